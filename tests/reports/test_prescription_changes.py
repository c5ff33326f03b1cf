"""What is different in a prescription is said in plain words, and nothing else is."""

from datetime import timedelta

from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.prescription.editing import confirmed, looked_into, minded, screened, set_aside
from formcheck.prescription.editing_items import Place, moved, removed, with_item
from formcheck.prescription.editing_sessions import with_days
from formcheck.prescription.made import with_facts
from formcheck.prescription.model import Heat, NoHeat, Screening
from formcheck.prescription.red_flags import RedFlagId
from formcheck.reports.prescription_changes import changes
from tests.prescription.prescriptions import EXERCISES, STARTS, prescription, session

TODAY = STARTS + timedelta(days=7)
BRIDGE = Place(0, "glute_bridge")


def said(after, before=None):
    """Return every difference as a line."""
    return [str(one) for one in changes(before or prescription(), after, EXERCISES)]


def test_nothing_is_said_where_nothing_differs():
    """Nor of a first prescription, which has nothing before it."""
    assert said(prescription()) == []
    assert changes(None, prescription(), EXERCISES) == ()


def test_an_exercise_that_is_done_otherwise():
    """Its dose, rest, numbers, purpose, and whether it changes by itself."""
    changed = with_item(
        prescription(),
        BRIDGE,
        dose=Dose(sets=2, repetitions=8, rest_s=60),
        target=22.0,
        why="sits long",
        may_progress=True,
    )
    assert said(changed) == [
        "Glute bridge: 1 x 5 -> 2 x 8",
        "Glute bridge, rest: 30 s -> 60 s",
        "Glute bridge, what for: tires when standing -> sits long",
        "Glute bridge, may change by itself: no -> yes",
        "Glute bridge, lift of the hip over the shoulder: target: that of the exercise -> 22",
    ]


def test_what_comes_goes_and_moves():
    """Exercises, their order, sessions and days."""
    plan = prescription()
    assert said(removed(plan, BRIDGE)) == ["Left out: Glute bridge: 1 x 5"]
    assert said(plan, removed(plan, BRIDGE)) == ["Added: Glute bridge: 1 x 5"]
    assert said(moved(plan, BRIDGE, -1))[0].startswith("Another order: ")
    two = prescription(
        sessions=(session("cat_cow", days=["monday"]), session("superman", days=["friday"]))
    )
    one = prescription(sessions=(session("cat_cow", days=["monday"]),))
    assert said(two, one)[0] == "Another session: Friday"
    assert said(one, two) == ["No longer a session: Friday"]
    assert said(with_days(one, 0, ["sunday"]), one) == ["Days: Monday -> Sunday"]


def test_what_is_known_of_the_person():
    """Dates, conditions, warmth, notes."""
    changed = with_facts(
        prescription(),
        next_contact=STARTS + timedelta(days=14),
        conditions=frozenset({HealthCondition.WRIST_PAIN}),
        heat=Heat(left_out=NoHeat.PATIENT_DECLINES),
        notes="calls on Monday",
    )
    assert said(changed) == [
        "Next contact: 9 March 2026 -> 16 March 2026",
        "Notes: none -> calls on Monday",
        "To be minded: none -> pain in wrist or hand when leaning on it",
        "Warmth before stretching: 15 minutes -> patient declines",
    ]


def test_what_was_asked_looked_into_confirmed_and_set_aside():
    """By whom and why."""
    plan = screened(prescription(), {"rf08"}, TODAY)
    cleared = looked_into(plan, Screening(on=TODAY, positive={"rf08"}), RedFlagId.RF08, "Dr E")
    assert said(cleared) == [
        "Warning signs asked: 9 March 2026: rf08",
        "Warning sign rf08 looked into: Dr E",
    ]
    sure = confirmed(prescription(), "cat_cow", HealthCondition.WRIST_PAIN, "Dr E", "on fists")
    assert said(sure) == [
        "Confirmed: Cat-cow with pain in wrist or hand when leaning on it: Dr E: on fists"
    ]
    aside = set_aside(prescription(), "heat_first", "Dr E", "summer", TODAY)
    assert said(aside) == ["Set aside: heat first: Dr E: summer"]
    assert said(minded(aside, "heat_first"), aside) == ["Minded again: heat first"]
