"""A prescription is changed step by step, and never becomes something that is none."""

from datetime import timedelta

import pytest

from formcheck.errors import PrescriptionError, UsageError
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.landmarks import Side
from formcheck.prescription.checks import blocks, check
from formcheck.prescription.editing import (
    as_if_sealed,
    begun,
    confirmed,
    looked_into,
    minded,
    screened,
    set_aside,
)
from formcheck.prescription.editing_items import (
    Place,
    accepted,
    added,
    moved,
    removed,
    replaced,
    with_dose,
    with_item,
    with_numbers,
)
from formcheck.prescription.editing_sessions import (
    divided,
    named,
    put_in_order,
    with_days,
    without_session,
)
from formcheck.prescription.made import with_facts
from formcheck.prescription.model import PlannedSession, Screening, Step
from formcheck.prescription.progression import Change, Proposal
from formcheck.prescription.red_flags import RedFlagId
from formcheck.prescription.saying import Saying
from tests.prescription.prescriptions import EXERCISES, STARTS, item, prescription, session

BRIDGE = Place(0, "glute_bridge")
TODAY = STARTS + timedelta(days=7)


def ids(plan, n=0):
    """Return the exercises of a session, in order."""
    return [one.exercise for one in plan.sessions[n].items]


def dose_of(plan, exercise="glute_bridge", n=0):
    """Return how much of an exercise is prescribed."""
    return next(one.dose for one in plan.sessions[n].items if one.exercise == exercise)


def test_a_change_begins_from_what_is_done_now():
    """Steps become part of it; it is the next revision, and no seal is on it."""
    plan = prescription(
        sessions=(PlannedSession(items=(item("glute_bridge", may_progress=True),)),)
    )
    now = Dose(repetitions=12)
    step = Step(exercise="glute_bridge", does="glute_bridge", dose=now, on=TODAY, reason="x")
    stepped = as_if_sealed(with_facts(plan, steps=(step,)), "A. Therapist", TODAY)
    draft = begun(stepped)
    assert (dose_of(draft), draft.steps, draft.signature) == (now, (), None)
    assert draft.revision == plan.revision + 1


def test_a_dose_is_changed_where_it_was_meant():
    """In its session and on its side alone."""
    sides = PlannedSession(
        days=["monday"],
        items=(item("heel_slide", side=Side.LEFT), item("heel_slide", side=Side.RIGHT)),
    )
    plan = prescription(sessions=(sides, session("heel_slide", days=["tuesday"])))
    more = Dose(sets=2, repetitions=7)
    changed = with_dose(plan, Place(0, "heel_slide", Side.RIGHT), more, EXERCISES)
    doses = [one.dose for part in changed.sessions for one in part.items]
    assert [one == more for one in doses] == [False, True, False]


def test_what_cannot_be_done_like_that_is_refused():
    """Seconds of what is counted, nothing in a session, twice the same, a session that is gone."""
    plan = prescription()
    with pytest.raises(PrescriptionError, match="expected repetitions"):
        with_dose(plan, Place(0, "cat_cow"), Dose(hold_s=20), EXERCISES)
    with pytest.raises(PrescriptionError, match="glute_bridge is there twice"):
        added(plan, 0, EXERCISES["glute_bridge"], "stiff")
    with pytest.raises(PrescriptionError, match="no longer part"):
        with_dose(plan, Place(0, "superman"), Dose(repetitions=3), EXERCISES)
    with pytest.raises(PrescriptionError, match="that session is no longer"):
        added(plan, 1, EXERCISES["superman"], "stiff")
    with pytest.raises(PrescriptionError, match="at least 1 item"):
        removed(prescription(sessions=(session("glute_bridge"),)), BRIDGE)


def test_exercises_come_go_and_take_each_others_place():
    """What takes a place begins with its own dose, and with no number of the other."""
    plan = with_numbers(prescription(), "glute_bridge", {"target": 22.0}, EXERCISES)
    other = replaced(plan, BRIDGE, EXERCISES["superman"])
    (new,) = (one for one in other.sessions[0].items if one.exercise == "superman")
    assert (new.dose, new.target, new.why) == (
        EXERCISES["superman"].starting_dose,
        None,
        plan.sessions[0].items[-1].why,
    )
    assert ids(removed(plan, BRIDGE)) == ids(plan)[:-1]
    assert ids(added(plan, 0, EXERCISES["superman"], "tires")) == [*ids(plan), "superman"]


def test_the_order_is_changed_by_hand_and_by_the_clinical_rule():
    """One place up; the first stays the first; stretching before strength again."""
    plan = prescription()
    up = moved(plan, BRIDGE, -1)
    assert ids(up) == [*ids(plan)[:3], "glute_bridge", "wall_angel"]
    first = Place(0, ids(plan)[0])
    assert ids(moved(plan, first, -1)) == ids(plan)
    turned = with_facts(plan, sessions=(session(*reversed(ids(plan))),))
    assert ids(put_in_order(turned, EXERCISES))[-1] in {"glute_bridge", "wall_angel"}


def test_numbers_are_set_and_taken_back():
    """A target stands for itself; None takes a number back; one that there is not is refused."""
    plan = with_numbers(prescription(), "wall_angel", {"target": 150.0}, EXERCISES)
    angel = next(one for one in plan.items if one.exercise == "wall_angel")
    assert (angel.target, dict(angel.thresholds)) == (150.0, {})
    back = with_numbers(plan, "wall_angel", {"target": None}, EXERCISES)
    assert next(one for one in back.items if one.exercise == "wall_angel").target is None
    with pytest.raises(PrescriptionError, match="no threshold nonsense"):
        with_numbers(plan, "wall_angel", {"nonsense": 1.0}, EXERCISES)
    with pytest.raises(PrescriptionError, match="is not prescribed"):
        with_numbers(plan, "superman", {"target": 1.0}, EXERCISES)


def test_a_proposal_is_accepted_wherever_the_exercise_is_done():
    """More of it, or another one; nothing that is not proposed."""
    days = (session("glute_bridge", days=["monday"]), session("glute_bridge", days=["friday"]))
    plan = prescription(sessions=days)
    here = plan.sessions[0].items[0]
    more = Proposal(Change.MORE_REPETITIONS, Saying("x"), dose=Dose(repetitions=12))
    changed = accepted(plan, here, more, EXERCISES)
    assert {dose_of(changed, n=n).repetitions for n in (0, 1)} == {12}
    easier = Proposal(Change.EASIER, Saying("x"), exercise="heel_slide")
    assert ids(accepted(plan, here, easier, EXERCISES), 1) == ["heel_slide"]
    with pytest.raises(PrescriptionError, match="nothing else is proposed"):
        accepted(plan, here, Proposal(Change.STAY, Saying("x")), EXERCISES)
    with pytest.raises(PrescriptionError, match="no longer part of the draft"):
        accepted(prescription(sessions=(session("superman"),)), here, more, EXERCISES)


def test_days_and_facts_are_those_of_the_model():
    """A day in two sessions, or a review before the start, is refused with its reason."""
    plan = prescription(
        sessions=(session("glute_bridge", days=["monday"]), session("cat_cow", days=["friday"]))
    )
    assert with_days(plan, 1, ["sunday"]).sessions[1].label == "Sunday"
    with pytest.raises(PrescriptionError, match="two sessions are on monday"):
        with_days(plan, 1, ["monday"])
    with pytest.raises(PrescriptionError, match="not after the start"):
        with_facts(plan, review=STARTS)
    with pytest.raises(PrescriptionError, match=r"sessions.*items|why"):
        with_item(plan, BRIDGE, why="")


def test_a_rule_is_set_aside_with_a_reason_and_minded_again():
    """One entry a rule; the reason may not be empty."""
    plan = set_aside(prescription(), "heat_first", "Dr Example", "too warm", TODAY)
    plan = set_aside(plan, "heat_first", "Dr Example", "summer", TODAY)
    assert [(one.rule, one.reason) for one in plan.overrides] == [("heat_first", "summer")]
    assert minded(plan, "heat_first").overrides == ()
    with pytest.raises(PrescriptionError, match="reason"):
        set_aside(plan, "heat_first", "Dr Example", " ", TODAY)


def test_a_caution_is_confirmed_and_goes_with_its_exercise():
    """What was confirmed of an exercise is gone once it is."""
    wrist = HealthCondition.WRIST_PAIN
    plan = confirmed(prescription(), "cat_cow", wrist, "Dr Example", "on fists")
    plan = confirmed(plan, "cat_cow", wrist, "Dr Example", "on forearms")
    assert [one.reason for one in plan.confirmed] == ["on forearms"]
    assert removed(plan, Place(0, "cat_cow")).confirmed == ()


def test_warning_signs_are_asked_and_looked_into():
    """What a therapist can clear no longer blocks; what is urgent cannot be cleared."""
    answers = Screening(on=TODAY, positive=frozenset({"rf08", "rf01"}))
    plan = screened(prescription(), answers.positive, TODAY)
    assert plan.red_flags == answers
    cleared = looked_into(plan, answers, RedFlagId.RF08, "Dr Example")
    assert cleared.red_flags.cleared == {"rf08": "Dr Example"}
    with pytest.raises(UsageError, match="cannot be cleared"):
        looked_into(plan, answers, RedFlagId.RF01, "Dr Example")
    with pytest.raises(PrescriptionError, match="not answered with yes"):
        looked_into(plan, answers, RedFlagId.RF09, "Dr Example")
    only = screened(prescription(), {"rf08"}, TODAY)
    done = looked_into(only, only.red_flags, RedFlagId.RF08, "Dr Example")
    findings = [check(one, EXERCISES, TODAY) for one in (only, done)]
    assert [len(blocks(one)) for one in findings] == [1, 0]


def test_a_draft_is_checked_as_it_would_be_sealed():
    """A hard exercise blocks without a seal; nobody keeps the seal that it is checked with."""
    plan = prescription(sessions=(session("cat_cow", "heel_slide", "bird_dog"),))
    assert EXERCISES["bird_dog"].level == 3

    def rules(one):
        return {found.rule.id for found in check(one, EXERCISES, TODAY)}

    assert "hard_only_signed" in rules(plan)
    assert "hard_only_signed" not in rules(as_if_sealed(plan, "Dr Example", TODAY))


def test_one_side_alone_is_done_or_both_again():
    """The other exercises stay; the same exercise may be there once for each side."""
    plan = prescription()
    place = Place(0, "heel_slide")
    left = with_item(plan, place, side=Side.LEFT)
    assert [item.side for item in left.items if item.side] == [Side.LEFT]
    assert with_item(left, Place(0, "heel_slide", Side.LEFT), side=None) == plan


def test_a_session_is_divided_among_its_days_named_and_left_out():
    """No day is lost by dividing; the only session stays."""
    plan = prescription()
    both = divided(plan, 0)
    first, second = both.sessions
    assert first.days | second.days == plan.sessions[0].days
    assert not first.days & second.days
    assert first.items == second.items == plan.sessions[0].items
    assert named(both, 1, " Gentle ").sessions[1].label == "Gentle"
    assert named(named(both, 1, "Gentle"), 1, "") == both
    assert without_session(both, 1).sessions == (first,)
    with pytest.raises(PrescriptionError, match="only session"):
        without_session(plan, 0)
    with pytest.raises(PrescriptionError, match="no longer part"):
        without_session(both, 2)
    with pytest.raises(PrescriptionError, match="one day alone"):
        divided(with_days(plan, 0, ["monday"]), 0)
