"""The weeks of a programme come out of what is kept, to the number."""

from dataclasses import replace
from datetime import timedelta

import pytest

from formcheck.exercises.dose import Dose
from formcheck.exercises.library import load_all
from formcheck.landmarks import Side
from formcheck.prescription.adherence import DayStatus
from formcheck.prescription.model import PlannedSession, Screening, Weekday
from formcheck.prescription.outcomes import Verdict
from formcheck.prescription.progression import Change
from formcheck.prescription.review import ReviewState, ReviewVerdict
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.session.events import RuleApplied
from formcheck.store import RedFlagScreen, Store
from formcheck.weeks import advanced, kept_of, weeks_of
from tests.robin import (
    ANGEL,
    BRIDGE,
    PLAN,
    ROBIN,
    day,
    done_set,
    outcome,
    prescribe,
    session_on,
    stands,
)

EXERCISES = load_all()


@pytest.fixture
def store(tmp_path):
    """Return a store with Robin's prescription."""
    with Store.open(tmp_path / "sessions") as opened:
        prescribe(opened)
        yield opened


def weeks(store, today):
    """Return Robin's weeks on a day of the programme."""
    return weeks_of(kept_of(store, ROBIN, day(today)), EXERCISES, day(today))


def done(store, *numbers, **changed):
    """Take in a session on each of some days."""
    for number in numbers:
        store.take_in(session_on(number, **changed))


def proposed(store, today):
    """Return what is proposed for the bridge, and for the angel."""
    return {one.item.exercise: one.proposal for one in weeks(store, today).proposals}


def test_nothing_is_told_of_who_has_no_prescription(store):
    """There is no programme whose weeks these could be."""
    assert kept_of(store, "somebody else", day(0)) is None


# Today


def test_today_has_the_plan_of_its_weekday_and_tomorrow_is_next(store):
    """Every day is planned; it counts as done only once something was."""
    due = weeks(store, 3).due
    assert [one.exercise for one in due.session.items] == [ANGEL.exercise, BRIDGE.exercise]
    assert (due.is_done, due.next_day, due.waits_for) == (False, day(4), ())
    done(store, 3)
    assert weeks(store, 3).due.is_done


def test_a_day_of_rest_names_the_next_day(store):
    """Monday, Wednesday, Friday: on a Saturday it is Monday, before the start the first day."""
    days = frozenset({Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY})
    sessions = (PlannedSession(days=days, items=(ANGEL, BRIDGE)),)
    prescribe(store, PLAN.model_copy(update={"sessions": sessions}))
    saturday = weeks(store, 5).due
    assert (saturday.session, saturday.next_day) == (None, day(7))
    assert weeks(store, -9).due.next_day == day(0)


def test_warning_signs_that_nobody_has_looked_into_come_before_exercises(store):
    """Answers of a session count from the day after; a newer screening without any clears them."""
    began = session_on(2).started
    store.add_screen(ROBIN, RedFlagScreen(began, ("rf01",)))
    assert weeks(store, 3).due.waits_for[0].key == "screening.blocked"
    cleared = Screening(on=day(3))
    prescribe(store, PLAN.model_copy(update={"red_flags": cleared}))
    assert weeks(store, 3).due.waits_for == ()


# Sessions


def test_the_last_sessions_say_what_was_done_and_how_it_felt(store):
    """The latest first, six at most; clean is what had no error: 8 of 10."""
    done(store, *range(7))
    done(store, 7, pain=(3, 4), sets=(done_set(ANGEL, n_clean=3), done_set(BRIDGE, 1)))
    past = weeks(store, 7).past
    assert [one.day for one in past] == [day(n) for n in (7, 6, 5, 4, 3, 2)]
    last = past[0]
    assert (last.pain_before, last.pain_after) == (3, 4)
    assert (last.n_sets_done, last.n_sets, last.n_repetitions) == (2, 2, 10)
    assert last.exercises == (ANGEL.exercise, BRIDGE.exercise)
    assert last.clean_share == pytest.approx(0.8)


def test_what_could_not_be_judged_has_no_clean_share(store):
    """None is not the same as clean."""
    done(store, 0, sets=(done_set(BRIDGE, judged=False),))
    assert weeks(store, 0).past[0].clean_share is None


def test_the_therapist_hears_what_a_stop_rule_wants_told(store):
    """Of the last session alone, each rule once; not what nobody has to know."""
    told = RuleApplied(70.0, "s02", "end_session", True, 0)
    done(store, 0, rules_applied=(replace(told, rule="s04"),))
    quiet = replace(told, rule="s07", action="stop_exercise", tells_therapist=False)
    done(store, 1, rules_applied=(quiet, told, replace(told, rule="s06_again")))
    assert weeks(store, 1).to_tell == (StopRuleId.S02, StopRuleId.S06)


def test_a_missed_day_is_met_kindly(store):
    """Done, missed, missed, and today still open: no blame, and nothing is lower."""
    done(store, 0)
    days = weeks(store, 3).calendar
    statuses = [one.status for one in days.days]
    missed = DayStatus.MISSED
    assert statuses == [DayStatus.DONE, missed, missed, DayStatus.OPEN]
    assert (days.says.key, dict(days.says.arguments)) == ("adherence.missed", {"n": 2})
    assert (days.n_done, days.n_planned) == (1, 3)


def test_a_session_without_a_movement_is_no_day_done(store):
    """One that pain kept from beginning is told among the sessions, and the day stays open."""
    done(store, 0, sets=(), pain=(8, None))
    found = weeks(store, 0)
    assert [one.status for one in found.calendar.days] == [DayStatus.OPEN]
    assert found.past[0].pain_before == 8


# Courses


def test_pain_before_each_session_is_compared_with_the_first(store):
    """6, 5, 5, 4: two points better, which is important, and no chance."""
    for number, before in enumerate((6, 5, 5, 4)):
        done(store, number, pain=(before, before))
    course = weeks(store, 3).course("pain_0_10")
    assert course.points == tuple((day(n), value) for n, value in enumerate((6, 5, 5, 4)))
    assert (course.baseline, course.important, course.within_error) == (6, 4, (4, 8))
    assert course.change.verdict is Verdict.IMPROVED


@pytest.mark.parametrize(
    ("measure", "baseline", "score", "verdict"),
    [
        ("pain_0_100", 45, 26, Verdict.WITHIN_ERROR),  # 19 points: within the error of 20
        ("pain_0_100", 45, 25, Verdict.IMPROVED),
        ("pain_0_100", 45, 65, Verdict.WORSE),
        ("psfs", 4.0, 5.9, Verdict.WITHIN_ERROR),
        ("psfs", 4.0, 6.0, Verdict.IMPROVED),
    ],
)
def test_a_change_inside_the_error_is_never_called_progress(
    store, measure, baseline, score, verdict
):
    """Just inside and just outside; the start is that of the prescription."""
    outcome(store, 30, measure, score)
    course = weeks(store, 30).course(measure)
    assert course.baseline == baseline
    assert course.change.verdict is verdict
    assert course.change.is_progress == (verdict is Verdict.IMPROVED)


def test_lines_of_a_chart_stay_on_its_scale(store):
    """Function grows: important from 6 of 10 on; the error about a start of 45 is 25 to 65."""
    outcome(store, 1, "psfs", 4.5)
    outcome(store, 1, "pain_0_100", 50)
    outcome(store, 1, "odi", 6)
    found = weeks(store, 1)
    assert (found.course("psfs").important, found.course("psfs").within_error) == (6, (2, 6))
    pain = found.course("pain_0_100")
    assert (pain.important, pain.within_error) == (30, (25, 65))
    assert found.course("odi").within_error == (0, 16.5)


def test_without_a_start_in_the_plan_the_first_score_is_one(store):
    """One alone is compared with nothing; of two on a day the later one counts."""
    outcome(store, 0, "rmdq", 14)
    assert weeks(store, 0).course("rmdq").change is None
    outcome(store, 28, "rmdq", 13)
    outcome(store, 28, "rmdq", 9)
    course = weeks(store, 28).course("rmdq")
    assert (course.baseline, course.points[-1].value, course.change.better_by) == (14, 9, 5)


def test_only_the_same_activities_are_compared(store):
    """Other activities begin anew."""
    prescribe(store, PLAN.model_copy(update={"baseline": type(PLAN.baseline)()}))

    def rated(number, **ratings):
        answers = [{"name": name, "rating": rating} for name, rating in ratings.items()]
        outcome(store, number, "psfs", sum(ratings.values()) / len(ratings), answers)

    rated(0, drive=2, lift=3)
    rated(10, drive=5, lift=5)
    assert weeks(store, 10).course("psfs").change.better_by == 2.5
    rated(20, drive=6, swim=1)
    course = weeks(store, 20).course("psfs")
    assert (course.baseline, course.change) == (3.5, None)


def test_five_stands_and_the_global_rating_have_their_own_scales(store):
    """Seconds are better when fewer; a rating of change needs nothing from before."""
    outcome(store, 0, "sit_to_stand_5", 16.0)
    outcome(store, 30, "sit_to_stand_5", 11.5)
    outcome(store, 30, "global_rating", 3)
    found = weeks(store, 30)
    assert found.course("sit_to_stand_5").change.verdict is Verdict.IMPROVED
    rating = found.course("global_rating")
    assert (rating.baseline, rating.change.verdict) == (None, Verdict.IMPROVED)


def test_five_stands_that_the_camera_has_timed_are_offered(store):
    """From the first rise to the fifth stand, 8.8 s; of the newest session that has five."""
    done(store, 0, sets=(stands(0, 2, 4, 6, 8),))
    assert weeks(store, 3).stood == (day(0), pytest.approx(8.8))
    done(store, 1, sets=(stands(0, 3, 6, 9, 12),))
    done(store, 2, sets=(stands(0, 2, 4, 6),))
    assert weeks(store, 3).stood == (day(1), pytest.approx(12.8))
    assert weeks(store, 3).course("sit_to_stand_5") is None


def test_squats_and_stands_with_a_long_rest_are_no_five_stands(store):
    """The test is one way of doing it, without stopping."""
    done(store, 0, sets=(stands(0, 2, 4, 6, 8, variant="squat"),))
    done(store, 1, sets=(stands(0, 2, 4, 20, 22),))
    assert weeks(store, 3).stood is None


# Review


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (27, ReviewState.NOT_YET),
        (28, ReviewState.DUE),
        (42, ReviewState.DUE),
        (43, ReviewState.OVERDUE),
    ],
)
def test_the_review_is_prepared_from_day_28_on(store, today, state):
    """Not the day before; after day 42 it is overdue, and prepared all the same."""
    done(store, 0, today - 1)
    outcome(store, today - 1, "pain_0_100", 20)
    ahead = weeks(store, today).review
    assert ahead.state is state
    assert (ahead.prepared is not None) == (state is not ReviewState.NOT_YET)
    assert (ahead.earliest, ahead.latest, ahead.on) == (day(28), day(42), PLAN.review)


def test_the_prepared_review_compares_pain_function_days_and_form(store):
    """Pain 25 better, function within the error; 4 of 35 days; clean 8 of 10 and then all."""
    done(store, 0, sets=(done_set(ANGEL, n_clean=3), done_set(BRIDGE, 1)))
    done(store, 32, 33, 34)
    outcome(store, 34, "pain_0_100", 20)
    outcome(store, 34, "psfs", 5)
    prepared = weeks(store, 35).review.prepared
    assert prepared.verdict is ReviewVerdict.IMPROVED
    assert [one.verdict for one in prepared.changes] == [Verdict.IMPROVED, Verdict.WITHIN_ERROR]
    assert (prepared.calendar.n_done, prepared.calendar.n_planned) == (4, 35)
    assert (prepared.form.at_first, prepared.form.now) == (pytest.approx(0.8), 1.0)


def test_scores_from_weeks_ago_are_not_compared_at_the_review(store):
    """They are asked for anew: what was two weeks ago still counts, a day more does not."""
    outcome(store, 21, "pain_0_100", 20)
    assert weeks(store, 35).review.prepared.verdict is ReviewVerdict.IMPROVED
    nothing = weeks(store, 36).review.prepared.verdict
    assert nothing is ReviewVerdict.NOTHING_TO_COMPARE


def test_pain_before_sessions_stands_in_where_the_last_week_was_not_asked_about(store):
    """Each of both alone is compared; both together would count the same twice."""
    done(store, 0, pain=(6, 6))
    done(store, 34, pain=(3, 3))
    alone = weeks(store, 35).review.prepared
    assert [one.measure for one in alone.changes] == ["pain_0_10"]
    outcome(store, 34, "pain_0_100", 40)
    both = weeks(store, 35).review.prepared
    assert [one.measure for one in both.changes] == ["pain_0_100"]


def test_a_review_that_was_held_is_done(store):
    """The therapist was seen on day 30; on day 20 it was too early to count."""
    for contact, state in ((30, ReviewState.DONE), (20, ReviewState.DUE)):
        prescribe(store, PLAN.model_copy(update={"last_contact": day(contact)}))
        assert weeks(store, 35).review.state is state


def test_a_contact_that_is_over_is_not_announced(store):
    """It is told up to its day."""
    assert weeks(store, 7).review.next_contact == PLAN.next_contact == day(7)
    assert weeks(store, 8).review.next_contact is None


# What comes next


def test_three_good_sessions_propose_more_and_it_applies_where_allowed(store):
    """Of five repetitions one more; for the angel the therapist has not allowed it."""
    done(store, 0, 1)
    assert proposed(store, 2)["glute_bridge"].change is Change.STAY
    done(store, 2)
    found = proposed(store, 3)
    assert found["glute_bridge"].change is Change.MORE_REPETITIONS
    assert found["glute_bridge"].dose.repetitions == 6
    assert found["glute_bridge"].applies
    assert not found["wall_angel"].applies


@pytest.mark.parametrize(
    ("last", "key"),
    [
        ({"pain": (2, 5)}, "progress.pain_first"),
        ({"sets": (done_set(BRIDGE, n_clean=3),)}, "progress.form_first"),
        ({"sets": (done_set(BRIDGE, judged=False),)}, "progress.not_judged"),
        ({"pain": (None, None)}, "progress.too_early"),
    ],
)
def test_one_session_that_was_not_good_keeps_it_as_it_is(store, last, key):
    """Pain that rose, faults, form that nobody saw; one without a question follows no plan."""
    done(store, 0, 1)
    done(store, 2, **last)
    assert proposed(store, 3)["glute_bridge"].says.key == key


def test_a_bad_morning_after_proposes_less(store):
    """It was asked for in the next session, and is about the one before."""
    done(store, 0, 1)
    done(store, 2, morning=6)
    found = weeks(store, 3)
    figures = next(one.figures for one in found.proposals if one.item == BRIDGE)
    assert [one.pain_quiet for one in figures] == [True, False, True]


def test_a_rule_that_stopped_an_exercise_is_that_exercises(store):
    """The one whose set had begun last: the bridge, not the angel before it."""
    rule = RuleApplied(130.0, "s07", "stop_exercise", False, 1)
    done(store, 0, rules_applied=(rule,))
    stopped = {one.item.exercise: one.figures[-1].stopped_by for one in weeks(store, 1).proposals}
    assert stopped == {"wall_angel": None, "glute_bridge": StopRuleId.S07}


def test_after_a_week_off_everything_starts_a_little_lower(store):
    """Five repetitions become fewer, and nothing is grown meanwhile."""
    done(store, 0, 1, 2)
    found = proposed(store, 10)["glute_bridge"]
    assert (found.change, found.says.key) == (Change.LESS, "progress.after_gap")
    assert found.applies


def test_what_applies_is_a_step_beside_what_was_prescribed(store):
    """The bridge has its new dose, the angel its old one; where nothing applies nothing changes."""
    assert advanced(PLAN, weeks(store, 0).proposals, EXERCISES, day(0)) == PLAN
    done(store, 0, 1, 2)
    new = advanced(PLAN, weeks(store, 3).proposals, EXERCISES, day(3))
    assert new.sessions == PLAN.sessions
    assert [(one.exercise, one.on) for one in new.steps] == [("glute_bridge", day(3))]
    doses = {one.exercise: one.dose for one in new.items}
    assert doses == {"wall_angel": ANGEL.dose, "glute_bridge": Dose(sets=1, repetitions=6)}


def test_the_sides_of_one_exercise_are_two(store):
    """Left and right of a heel slide are told by their order in the session."""
    left, right = (
        BRIDGE.model_copy(update={"exercise": "heel_slide", "side": side}) for side in Side
    )
    plan = PLAN.model_copy(update={"sessions": (PlannedSession(items=(left, right)),)})
    prescribe(store, plan)
    done(store, 0, sets=(done_set(left), done_set(right, 1, n_clean=2)))
    figures = [one.figures[-1].clean_share for one in weeks(store, 1).proposals]
    assert figures == [1.0, pytest.approx(0.4)]


def test_weeks_are_told_for_a_year(store):
    """The first and the latest sessions are looked at, and the calendar has every day."""
    done(store, 0, 300, 364)
    found = weeks(store, 365)
    assert len(found.calendar.days) == 366
    assert found.past[0].day == day(364)
    assert found.today - found.past[0].day == timedelta(days=1)
