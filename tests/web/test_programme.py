"""A prescription in the live session: what is due, what is asked, what is minded."""

from datetime import datetime, timedelta

import pytest

from formcheck.errors import PrescriptionError
from formcheck.estimators.base import EngineIdentity
from formcheck.prescription.model import Screening, Weekday
from formcheck.prescription.pain import Moment, PainSaid
from formcheck.prescription.red_flags import ScreeningReason
from formcheck.session.routine import Question, QuestionKind
from formcheck.store import PainRating, RedFlagScreen, Store
from formcheck.web.programme import Programme
from formcheck.web.setting import Setting
from tests.prescription.prescriptions import EXERCISES, STARTS, item, prescription, session

NOON = datetime(STARTS.year, STARTS.month, STARTS.day, 12).astimezone()


@pytest.fixture
def store(tmp_path):
    """Return an empty store."""
    with Store.open(tmp_path) as opened:
        yield opened


def programme(store, **given) -> Programme:
    """Return the sound prescription, changed."""
    return Programme(prescription(**given), 1, EXERCISES, store)


def asks(one: Programme, now=NOON) -> list[tuple[QuestionKind, Moment | None]]:
    """Return what is asked before the first exercise."""
    return [(q.kind, q.moment) for q in one.routine(now).first]


def rated(store, days: float, moment: Moment, value, session_id="s", words=()) -> None:
    """Have somebody say how much it hurts, some days after the start."""
    time = NOON + timedelta(days=days)
    store.add_pain("P 17", PainRating(time, moment, value, tuple(words), session_id))


def test_todays_exercises_come_with_the_patients_numbers(store):
    """In the order of the prescription, each with its dose and side; set numbers win as fits."""
    one = programme(store)
    plan = one.plan(STARTS)
    assert [step.exercise.id for step in plan.steps] == [i.exercise for i in one.prescription.items]
    (threshold,) = one.fits(STARTS)["seated_thoracic_rotation"].thresholds
    assert (threshold.name, threshold.value) == ("target", 35.0)


def test_what_a_session_says_of_itself_has_the_patients_numbers(store, tmp_path):
    """Else its sets would be judged otherwise when they are taken into the store."""
    one = programme(store)
    identity = EngineIdentity("fake", "1", "none", "0" * 64)
    setting = Setting(EXERCISES, tmp_path, identity, programme=one, wall=NOON.timestamp)
    facts = setting.facts(one.plan(STARTS), "en")
    assert facts.thresholds == {"seated_thoracic_rotation": {"target": 35.0}}
    assert facts.fits() == one.fits(STARTS)


def test_on_a_day_of_rest_nothing_is_due_and_the_next_day_is_known(store):
    """Nor before the start."""
    days = [Weekday.MONDAY, Weekday.THURSDAY]
    one = programme(store, sessions=(session("cat_cow", "heel_slide", days=days),))
    assert one.plan(STARTS + timedelta(1)) is None
    assert one.next_day(STARTS + timedelta(1)) == STARTS + timedelta(3)
    assert one.next_day(STARTS - timedelta(30)) == STARTS


def test_what_blocks_keeps_the_session_from_beginning(store):
    """And the error says what, and what to do instead."""
    one = programme(store, sessions=(session("yoga_downward_dog"),), conditions={"glaucoma"})
    with pytest.raises(PrescriptionError, match=r"yoga_downward_dog.*glaucoma.*Instead"):
        one.plan(STARTS)


def test_warning_signs_are_asked_in_the_session_itself(store):
    """They do not keep it from opening, but come first in it."""
    one = programme(store, red_flags=None)
    assert one.plan(STARTS)
    assert asks(one)[0] == (QuestionKind.WARNING_SIGNS, None)


@pytest.mark.parametrize(("days", "is_asked"), [(0, False), (27, False), (28, True), (40, True)])
def test_warning_signs_are_asked_again_after_28_days(store, days, is_asked):
    """By whoever screened last: the therapist, or the program."""
    one = programme(store)
    now = NOON + timedelta(days=days)
    assert (QuestionKind.WARNING_SIGNS in dict(asks(one, now))) is is_asked
    if is_asked:
        store.add_screen("P 17", RedFlagScreen(now - timedelta(days=1), ()))
        assert QuestionKind.WARNING_SIGNS not in dict(asks(one, now))


def test_a_yes_is_asked_about_again_until_it_is_cleared(store):
    """By a therapist, by name, in a prescription of that day or later."""
    store.add_screen("P 17", RedFlagScreen(NOON, ("rf08",)))
    later = NOON + timedelta(days=2)
    assert QuestionKind.WARNING_SIGNS in dict(asks(programme(store), later))
    day = STARTS + timedelta(days=1)
    cleared = Screening(on=day, positive={"rf08"}, cleared={"rf08": "A. Therapist"})
    assert QuestionKind.WARNING_SIGNS not in dict(asks(programme(store, red_flags=cleared), later))


def test_a_feeling_that_warns_has_the_signs_asked_about_next_time(store):
    """And no more once they were."""
    rated(store, 0.1, Moment.HURTS, 4, words=("tingling",))
    one, tomorrow = programme(store), NOON + timedelta(days=1)
    first = one.routine(tomorrow).first[0]
    assert first == Question(QuestionKind.WARNING_SIGNS, reason=ScreeningReason.ON_DEMAND)
    store.add_screen("P 17", RedFlagScreen(tomorrow, ()))
    later = tomorrow + timedelta(hours=1)
    assert QuestionKind.WARNING_SIGNS not in dict(asks(one, later))


def test_the_morning_after_is_asked_about_once_and_only_soon(store):
    """On the day after, and the one after that; not on the same day, not a week later."""
    rated(store, 0, Moment.BEFORE, 3)
    one = programme(store)
    question = QuestionKind.PAIN, Moment.NEXT_MORNING
    asked_on = [n for n in range(8) if question in asks(one, NOON + timedelta(days=n))]
    assert asked_on == [1, 2]
    rated(store, 1, Moment.NEXT_MORNING, 3, "t")
    assert question not in asks(one, NOON + timedelta(days=1.1))


def test_heat_is_a_matter_of_stretching_days(store):
    """Of a session that stretches, for as long as it is prescribed."""
    assert programme(store).routine(NOON).first[-1].minutes == 15
    without = programme(store, sessions=(session("heel_slide", "glute_bridge"),))
    assert QuestionKind.HEAT not in dict(asks(without))


def test_what_was_said_is_not_asked_again(store):
    """In a session that is gone on with."""
    assert programme(store).routine(NOON, [PainSaid(Moment.BEFORE, 2)]).first == ()


def test_only_what_is_right_for_the_patient_may_take_a_place(store):
    """Not what the prescription's conditions rule out."""
    routine = programme(store, conditions={"glaucoma"}).routine(NOON)
    assert "yoga_downward_dog" not in routine.may_take
    assert "cat_cow" in routine.may_take


def test_what_is_usual_is_the_middle_of_the_last_week_or_the_baseline(store):
    """A bad morning is measured against it: two more is not too much, three is."""
    one = programme(store)  # its baseline is 45 of 100
    assert one.routine(NOON).after(PainSaid(Moment.NEXT_MORNING, 9)) is None  # no session before
    for day in range(5):
        rated(store, day, Moment.BEFORE, 2, f"s{day}")
    routine = one.routine(NOON + timedelta(days=5))
    assert routine.after(PainSaid(Moment.NEXT_MORNING, 4)) is None
    assert routine.after(PainSaid(Moment.NEXT_MORNING, 5)).share == pytest.approx(0.3)


def test_one_side_alone_is_due_where_it_is_prescribed(store):
    """The plan's step says so."""
    left = item("side_bend", side="left")
    plan = programme(store, sessions=({"items": (left,)},)).plan(STARTS)
    assert plan.steps[0].side.value == "left"
