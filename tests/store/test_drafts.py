"""A draft outlives the page, its steps can be taken back, and it goes with its person."""

import pytest

from formcheck.errors import StoreError
from formcheck.prescription.made import with_facts
from formcheck.store import PrescriptionDraft, drafts
from formcheck.store.drafts import MOST_STEPS, Draft
from tests.prescription.prescriptions import prescription

PLAN = prescription(person="robin")
DRAFT = Draft(person="robin", based_on=3, steps=(PLAN,))


def noted(n):
    """Return the plan with a note."""
    return with_facts(PLAN, notes=str(n))


def test_a_draft_is_there_again_as_it_was(tmp_path):
    """With every step; other people have none."""
    changed = DRAFT.changed(noted(1)).changed(noted(2))
    drafts.save(tmp_path, changed)
    assert drafts.load(tmp_path, "robin") == changed
    assert drafts.load(tmp_path, "somebody else") is None


def test_steps_are_taken_back_one_by_one():
    """What changes nothing is no step; the first one stays."""
    changed = DRAFT.changed(noted(1)).changed(noted(1)).changed(noted(2))
    assert [one.notes for one in changed.steps] == ["", "1", "2"]
    back = changed.undone().undone()
    assert (back.now, back.can_undo) == (PLAN, False)
    assert back.undone() == back


def test_only_the_last_steps_are_kept():
    """A draft does not grow without end."""
    draft = DRAFT
    for n in range(MOST_STEPS + 5):
        draft = draft.changed(noted(n))
    assert (len(draft.steps), draft.now.notes) == (MOST_STEPS, str(MOST_STEPS + 4))


def test_a_damaged_draft_is_said_and_not_followed(tmp_path):
    """With the place where it lies."""
    drafts.save(tmp_path, DRAFT)
    (path,) = (tmp_path / drafts.FOLDER).iterdir()
    path.write_text("{", encoding="utf-8")
    with pytest.raises(StoreError, match=f"move .*{path.name} away"):
        drafts.load(tmp_path, "robin")


def test_a_draft_goes_with_whoever_is_erased(store):
    """And stays where somebody else is."""
    for person in ("robin", "kim"):
        store.save_prescription(person, PrescriptionDraft("goal = 'x'", "5e1f", 0, "Dr Example"))
        drafts.save(store.folder, DRAFT.model_copy(update={"person": person}))
    store.erase("robin")
    assert drafts.load(store.folder, "robin") is None
    assert drafts.load(store.folder, "kim") is not None
