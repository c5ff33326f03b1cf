"""A prescription is changed in the page: checked at once, signed, and never lost."""

import re
from contextlib import contextmanager

import pytest

from formcheck.exercises.contraindications import HealthCondition
from formcheck.prescription.made import with_facts
from formcheck.prescription.model import PlannedSession, Screening
from formcheck.prescription.seal import SealState, state_of
from formcheck.recordings import prescription_file, therapist_key
from formcheck.store import RedFlagScreen
from tests.prescription.own import OWN
from tests.prescription.prescriptions import item, prescription
from tests.robin import BRIDGE, PLAN, ROBIN, day, prescribe, session_on
from tests.web.review.serving import THERAPIST
from tests.web.review.test_person_page import page_on, shown
from tests.web.test_my_page import words

WHOLE = prescription(person=ROBIN, red_flags=Screening(on=day(34)), next_contact=day(40))
DRAFT = f"/api/review/people/{ROBIN}/draft"
PAGE = f"/people/{ROBIN}/prescription"
AT_BRIDGE = {"session": 0, "exercise": "glute_bridge"}
SIGNED = {"name": "Dr Example", "licence": "PT 1"}
MORE = {"kind": "dose", **AT_BRIDGE, "sets": 1, "repetitions": 6, "rest_s": 30}


@contextmanager
def draft_on(folder, plan=WHOLE, fill=lambda _: None, number=35):
    """Serve the pages; ``change`` makes a change and returns what the page then says."""
    with page_on(number, folder, plan, fill) as (server, store):
        server.change = lambda **change: asked(server, "changes", {"change": change})
        yield server, store


def asked(server, what, value=None, status=200):
    """Post something about the draft, and return the answer as text."""
    got, _, body = server.post(f"{DRAFT}/{what}", value or {})
    assert got == status, body
    return body.decode()


def newest(store):
    """Return what is prescribed now."""
    return prescription_file.parsed(store.prescription(ROBIN).toml, "the store")


def test_an_own_exercise_goes_with_the_prescription(tmp_path):
    """It is offered as unvalidated; prescribed it is in the prescription, whole and sealed."""
    with draft_on(tmp_path) as (server, store):
        server.setting.exercises[OWN.id] = OWN
        text = words(server.change(kind="add", session=0, exercise=OWN.id))
        assert "Added: Our bridge" in text
        assert "Our bridge is unvalidated" in text
        assert "unvalidated" in shown(server, PAGE)
        asked(server, "sign", {**SIGNED, "passphrase": "a long one"})
        plan = newest(store)
    assert plan.own_exercises == (OWN,)
    assert state_of(plan) is SealState.SEALED


def test_a_change_is_checked_signed_and_becomes_the_next_revision(tmp_path):
    """Sealed with the key that is made for it, by who is named; the draft is gone."""
    with draft_on(tmp_path) as (server, store):
        text = words(server.change(**MORE))
        assert "Glute bridge: 1 x 5 → 1 x 6" in text
        assert "Nothing blocks." in text
        assert store.prescription(ROBIN).revision == 1
        assert asked(server, "sign", {**SIGNED, "passphrase": "a long one"}) == '{"revision":2}'
        saved, plan = store.prescription(ROBIN), newest(store)
        assert therapist_key.load(server.setting.key, "a long one")
        assert "Go on with the change" not in shown(server)
    assert (saved.based_on_revision, saved.signed_by, saved.saved_by) == (
        1,
        "Dr Example",
        THERAPIST,
    )
    assert (state_of(plan), plan.revision) == (SealState.SEALED, 2)
    bridge = next(one for one in plan.items if one.exercise == "glute_bridge")
    assert bridge.dose.repetitions == 6


def test_a_passphrase_is_asked_for_and_a_wrong_one_signs_nothing(tmp_path):
    """The draft stays; the passphrase stands in no answer."""
    with draft_on(tmp_path) as (server, store):
        therapist_key.make(server.setting.key, "the right one")
        server.change(**MORE)
        assert 'type="password"' in shown(server, PAGE)
        for wrong in ("", "a wrong one"):
            answer = asked(server, "sign", {**SIGNED, "passphrase": wrong}, 422)
            assert "a wrong one" not in answer
        assert store.prescription(ROBIN).revision == 1
        assert asked(server, "sign", {**SIGNED, "passphrase": "the right one"})


def test_what_blocks_is_not_signed(tmp_path):
    """Said while it is changed, and refused where it is signed all the same."""
    with draft_on(tmp_path) as (server, store):
        text = server.change(kind="screening", positive=["rf08"])
        assert "answered with yes and not looked into: rf08" in text
        assert re.search(r'id="sign-button" disabled', text)
        assert "rf08" in asked(server, "sign", SIGNED, 422)
        assert store.prescription(ROBIN).revision == 1
        text = server.change(kind="looked_into", flag="rf08")
        assert f"Looked into by {THERAPIST}" in text
        assert asked(server, "sign", SIGNED)
        assert newest(store).red_flags.cleared == {"rf08": THERAPIST}


def test_answers_of_a_session_are_looked_into(tmp_path):
    """The word is about the day on which they were given, and sessions may begin again."""

    def fill(store):
        store.add_screen(ROBIN, RedFlagScreen(session_on(34).started, ("rf08", "rf01")))

    with draft_on(tmp_path, fill=fill) as (server, _):
        text = server.change(kind="looked_into", flag="rf08")
        assert "It has to be examined" in text
        status, _, body = server.post(
            f"{DRAFT}/changes", {"change": {"kind": "looked_into", "flag": "rf01"}}
        )
        assert (status, b"cannot be cleared" in body) == (422, True)


def test_a_rule_is_set_aside_with_a_reason_and_kept_with_who(tmp_path):
    """It no longer warns; the store has it once the prescription is signed."""
    with draft_on(tmp_path, with_facts(WHOLE, next_contact=None)) as (server, store):
        assert "no next contact with the therapist is set" in shown(server, PAGE)
        text = words(server.change(kind="rule", rule="live_contact", reason="abroad until May"))
        assert f"Set aside by {THERAPIST}" in text
        assert asked(server, "sign", SIGNED)
        (kept,) = store.overrides(ROBIN)
    assert (kept.rule, kept.who, kept.reason) == ("live_contact", THERAPIST, "abroad until May")
    assert kept.prescription_revision == 2


def test_a_caution_is_confirmed_where_it_blocks(tmp_path):
    """With how it may be done."""
    wrist = HealthCondition.WRIST_PAIN
    with draft_on(tmp_path, with_facts(WHOLE, conditions=frozenset({wrist}))) as (server, _):
        assert 'data-confirm="cat_cow"' in shown(server, PAGE)
        text = server.change(
            kind="confirm", exercise="cat_cow", condition=wrist.value, reason="on the fists"
        )
        assert 'data-confirm="cat_cow"' not in text
        assert "Nothing blocks." in text


def test_a_draft_survives_and_each_step_is_taken_back(tmp_path):
    """A reload shows it again; nothing is prescribed by it; discarded, it is gone."""
    with draft_on(tmp_path) as (server, store):
        server.change(**MORE)
        server.change(kind="facts", notes="calls on Monday")
        assert "calls on Monday" in shown(server, PAGE)
        assert "Go on with the change" in shown(server)
        assert "calls on Monday" not in asked(server, "undo")
        assert "1 x 5 → 1 x 6" in words(shown(server, PAGE))
        asked(server, "discard")
        assert "Nothing yet." in shown(server, PAGE)
        assert store.prescription(ROBIN).revision == 1


def test_a_revision_that_was_saved_meanwhile_is_told_and_nothing_is_lost(tmp_path):
    """Neither is overwritten: the draft may take its place once it was looked at."""
    with draft_on(tmp_path) as (server, store):
        server.change(**MORE)
        prescribe(store, with_facts(WHOLE, notes="from another room"))
        assert "Revision 2 was saved meanwhile" in shown(server, PAGE)
        assert "the draft is kept" in asked(server, "sign", SIGNED, 409)
        text = words(asked(server, "rebase"))
        assert "Notes: from another room → none" in text
        assert asked(server, "sign", SIGNED) == '{"revision":3}'
        assert [one.revision for one in store.prescriptions(ROBIN)] == [1, 2, 3]


def test_a_proposal_is_accepted(tmp_path):
    """What is proposed after three good sessions becomes part of the draft."""
    plan = with_facts(PLAN, red_flags=Screening(on=day(34)))

    def fill(store):
        for number in (32, 33, 34):
            store.take_in(session_on(number))

    with draft_on(tmp_path, plan, fill) as (server, _):
        assert 'data-accept="glute_bridge"' in shown(server)
        text = words(server.change(kind="proposal", exercise=BRIDGE.exercise))
        assert "Glute bridge: 1 x 5 → 1 x 6" in text


def test_exercises_days_numbers_and_facts_are_changed(tmp_path):
    """Everything that the page offers, one after the other."""
    made = (
        ({"kind": "add", "session": 0, "exercise": "superman"}, "Added: Superman"),
        ({"kind": "replace", **AT_BRIDGE, "by": "bird_dog"}, "Left out: Glute bridge"),
        ({"kind": "remove", "session": 0, "exercise": "bird_dog"}, "Added: Superman"),
        ({"kind": "move", "session": 0, "exercise": "cat_cow", "by": -1}, "Another order"),
        ({"kind": "order"}, "Added: Superman"),
        (
            {"kind": "days", "session": 0, "days": ["monday", "friday"]},
            "every day → Monday, Friday",
        ),
        (
            {"kind": "numbers", "exercise": "wall_angel", "numbers": {"target": 140}},
            "target: that of the exercise → 140",
        ),
        (
            {"kind": "item", "session": 0, "exercise": "cat_cow", "may_progress": True},
            "may change by itself: no → yes",
        ),
        (
            {"kind": "facts", "last_contact": "2026-04-06", "next_contact": None},
            "Next contact: 11 April 2026 → none",
        ),
        ({"kind": "facts", "heat_left_out": "patient_declines"}, "15 minutes → patient declines"),
        (
            {"kind": "facts", "conditions": ["glaucoma"], "equipment": []},
            "To be minded: none → glaucoma",
        ),
    )
    with draft_on(tmp_path) as (server, _):
        for change, said in made:
            assert said in words(server.change(**change)), change


def test_numbers_of_the_session_page_become_part_of_the_draft(tmp_path):
    """And are refused where the exercise has none of that name."""
    address = f"/api/review/people/{ROBIN}/thresholds/glute_bridge"
    with draft_on(tmp_path) as (server, _):
        numbers = {"numbers": [{"name": "target", "value": 21}]}
        assert server.post(address, numbers)[0] == 200
        assert (
            "Glute bridge, lift of the hip over the shoulder: target: that of the exercise → 21"
            in words(shown(server, PAGE))
        )
        numbers["numbers"][0]["name"] = "nonsense"
        status, _, body = server.post(address, numbers)
        assert (status, b"no threshold nonsense" in body) == (422, True)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "dose", **AT_BRIDGE, "sets": 0, "repetitions": 5, "rest_s": 30},
        {"kind": "dose", **AT_BRIDGE, "sets": 1, "rest_s": 30},
        {"kind": "add", "session": 0, "exercise": "../../etc/passwd"},
        {"kind": "add", "session": 7, "exercise": "superman"},
        {"kind": "days", "session": 0, "days": []},
        {"kind": "facts", "review": "1999-01-01"},
        {"kind": "rule", "rule": "Not A Rule", "reason": "because"},
        {"kind": "proposal", "exercise": "superman"},
        {"kind": "nothing"},
        {},
    ],
)
def test_what_cannot_be_is_refused_and_the_draft_is_as_it_was(tmp_path, change):
    """With its reason, and never half."""
    with draft_on(tmp_path) as (server, _):
        server.change(**MORE)
        before = shown(server, PAGE)
        assert server.post(f"{DRAFT}/changes", {"change": change})[0] == 422
        assert shown(server, PAGE) == before


def test_who_has_no_prescription_is_told_so(tmp_path):
    """Nothing can be changed where nothing is."""

    def fill(store):
        store.take_in(session_on(0))

    with draft_on(tmp_path, None, fill) as (server, _):
        assert server.post(f"{DRAFT}/changes", {"change": MORE})[0] == 422


def test_the_prescription_alone_is_a_file_to_be_saved(tmp_path):
    """As the store has it; it opens on the other side."""
    with draft_on(tmp_path) as (server, store):
        status, headers, body = server.request(f"/people/{ROBIN}/prescription.toml")
        assert (status, body.decode()) == (200, store.prescription(ROBIN).toml)
        assert "attachment" in headers["Content-Disposition"]


def test_markup_in_what_was_written_stays_text(tmp_path):
    """In notes, reasons and the name of a session."""
    bad = "<script>alert(1)</script>"
    plan = with_facts(
        WHOLE, sessions=(PlannedSession(name=bad, items=(item("cat_cow", why=bad),)),)
    )
    with draft_on(tmp_path, plan) as (server, _):
        server.change(kind="facts", notes=bad, goal=bad)
        html = server.change(kind="rule", rule="live_contact", reason=bad)
        assert bad not in html + shown(server, PAGE) + shown(server)
        assert "&lt;script&gt;" in html


ANSWERS = {
    "goal": "Dig the garden",
    "onset": "2025-11-01",
    "starts": "2026-04-06",
    "aims": ["bending", "trunk_control"],
    "pain_0_10": 4,
}


def test_a_first_prescription_is_drafted_from_a_few_answers(tmp_path):
    """For somebody who is new: nobody is known by it until it is signed, as revision 1."""
    with draft_on(tmp_path, None) as (server, store):
        assert "A new person" in shown(server, "/new-person")
        assert "A first prescription for robin" in shown(server, PAGE)
        assert asked(server, "first", ANSWERS) == "{}"
        assert "There is a prescription" not in shown(server, PAGE)
        assert store.people == ()
        assert "already" in asked(server, "first", ANSWERS, 422)
        assert "have not been asked" in words(shown(server, PAGE))
        asked(server, "changes", {"change": {"kind": "screening", "positive": []}})
        assert asked(server, "sign", SIGNED) == '{"revision":1}'
        plan = newest(store)
        assert (plan.goal, plan.person) == ("Dig the garden", ROBIN)
        assert state_of(plan) is SealState.SEALED


@pytest.mark.parametrize(
    "wrong",
    [{"goal": " "}, {"aims": ["flying"]}, {"onset": "2027-01-01"}, {"age_years": 3}, {"more": 1}],
)
def test_answers_that_cannot_be_are_refused(tmp_path, wrong):
    """And nothing is begun."""
    with draft_on(tmp_path, None) as (server, _):
        asked(server, "first", ANSWERS | wrong, 422)
        assert "A first prescription" in shown(server, PAGE)


def test_sides_tempo_and_sessions_are_changed_where_they_are_shown(tmp_path):
    """One side alone, times that are told, a session of its own for every second day, its name."""
    place = {"session": 0, "exercise": "glute_bridge"}
    with draft_on(tmp_path) as (server, store):
        text = words(server.change(kind="tempo", tempo_s=[2, 1, 3], **place))
        assert "Glute bridge, tempo: none → 2-1-3 s" in text
        refused = {"change": {"kind": "tempo", "tempo_s": [0, 0, 0], **place}}
        assert b"of at most a minute together" in server.post(f"{DRAFT}/changes", refused)[2]
        html = server.change(kind="divide", session=0)
        assert 'id="drop-1"' in html
        assert 'value="tuesday" checked' in html.partition('id="session-1"')[2]
        server.change(kind="name", session=1, name="<b>Gentle</b>")
        server.change(kind="side", session=1, exercise="wall_angel", to="left")
        server.change(kind="drop", session=0)
        assert asked(server, "sign", SIGNED)
        plan = newest(store)
    (left,) = plan.sessions
    assert left.name == "<b>Gentle</b>"
    assert {item.exercise: item.tempo_s for item in left.items}["glute_bridge"] == (2, 1, 3)
    assert {item.exercise: item.side for item in left.items}["wall_angel"] == "left"
