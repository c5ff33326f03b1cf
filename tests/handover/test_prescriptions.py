"""How a prescription comes back: as the next revision, never over another one."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.errors import PrescriptionError
from formcheck.handover import open_file, open_prescription, save
from formcheck.prescription.model import Screening
from formcheck.prescription.seal import SealState, sealed
from formcheck.recordings import prescription_file
from tests.prescription.prescriptions import STARTS
from tests.robin import PLAN, ROBIN, prescribe

GOAL = "Carry the shopping"


def signed(plan=PLAN, **changed):
    """Return a prescription with a whole seal."""
    plan = plan.model_copy(update={"goal": GOAL, **changed})
    return sealed(plan, plan.therapist.name, Ed25519PrivateKey.generate(), STARTS)


@pytest.fixture
def alone(tmp_path):
    """Return the file of a signed prescription."""
    path = tmp_path / "robin.prescription.toml"
    prescription_file.save(signed(), path)
    return path


def test_a_signed_prescription_alone_is_the_next_revision(theirs, alone):
    """With who has signed it, and that its seal is whole; once."""
    opened = open_prescription(theirs, alone, STARTS)
    assert (opened.person, opened.seal, opened.merged.revisions) == (ROBIN, SealState.SEALED, [3])
    newest = theirs.prescription(ROBIN)
    assert (newest.revision, newest.based_on_revision) == (3, 2)
    assert newest.signed_by == newest.saved_by == PLAN.therapist.name
    assert open_prescription(theirs, alone, STARTS).merged.is_nothing_new
    prescribe(theirs)
    assert open_prescription(theirs, alone, STARTS).merged.is_nothing_new


def test_one_that_was_changed_after_it_was_signed_bears_no_name(theirs, alone):
    """It is said that its seal is broken, and nobody has signed it."""
    alone.write_text(alone.read_text().replace(GOAL, "Lift a car"))
    opened = open_prescription(theirs, alone, STARTS)
    assert (opened.seal, opened.merged.revisions) == (SealState.BROKEN, [3])
    assert theirs.prescription(ROBIN).signed_by is None


def test_one_that_blocks_is_refused(theirs, alone):
    """A warning sign that nobody has looked into: no session would begin with it."""
    flags = Screening(on=STARTS, positive=frozenset({"rf02"}))
    prescription_file.save(PLAN.model_copy(update={"red_flags": flags}), alone)
    with pytest.raises(PrescriptionError, match="something in it blocks"):
        open_prescription(theirs, alone, STARTS)
    assert theirs.prescription(ROBIN).revision == 2


def test_what_the_therapist_signed_comes_back_in_a_file(theirs, mine, alone, tmp_path):
    """There and back: the patient's next revision is the therapist's, with its seal."""
    save(theirs, ROBIN, tmp_path / "there.formcheck")
    open_file(mine, tmp_path / "there.formcheck")
    open_prescription(mine, alone, STARTS)
    save(mine, ROBIN, tmp_path / "back.formcheck")
    opened = open_file(theirs, tmp_path / "back.formcheck")
    assert (opened.merged.revisions, opened.seal) == ([3], SealState.SEALED)
    assert theirs.prescriptions(ROBIN) == mine.prescriptions(ROBIN)
    assert theirs.prescription(ROBIN).signed_by == PLAN.therapist.name


def test_one_that_was_made_from_an_older_one_is_told_and_left(theirs, mine, alone, tmp_path):
    """Both have saved a third revision: here stays what was here, until it is said otherwise."""
    save(theirs, ROBIN, tmp_path / "there.formcheck")
    open_file(mine, tmp_path / "there.formcheck")
    open_prescription(mine, alone, STARTS)
    save(mine, ROBIN, tmp_path / "back.formcheck")
    prescribe(theirs, PLAN.model_copy(update={"goal": "Paint the fence"}))
    before = theirs.prescriptions(ROBIN)
    (told,) = open_file(theirs, tmp_path / "back.formcheck").merged.conflicts
    assert "revision 3 of the prescription" in told
    assert "was made from revision 2, as was the one here" in told
    assert theirs.prescriptions(ROBIN) == before
    opened = open_file(theirs, tmp_path / "back.formcheck", prescription_comes_next=True)
    assert (opened.merged.revisions, opened.merged.conflicts) == ([4], [])
    assert theirs.prescription(ROBIN).toml == mine.prescription(ROBIN).toml
    assert theirs.prescriptions(ROBIN)[:3] == before
    again = open_file(theirs, tmp_path / "back.formcheck").merged
    assert (again.is_nothing_new, again.conflicts) == (True, [])


def test_what_is_no_prescription_is_refused(theirs, tmp_path):
    """Other text, far too much of it, nested beyond measure."""
    path = tmp_path / "x.prescription.toml"
    for text in ("goal = ", "a = " + "[" * 5_000, "#" * (1 << 21)):
        path.write_text(text)
        with pytest.raises(PrescriptionError):
            open_prescription(theirs, path, STARTS)
    assert theirs.prescription(ROBIN).revision == 2
