"""What a prescribed session asks, and that a stop rule always wins."""

import pytest

from formcheck.analysis.events import Fault, FaultStarted, Repetition, RepetitionCompleted
from formcheck.exercises.rules import BodyPart, Phase
from formcheck.prescription.aftermath import DayAfter
from formcheck.prescription.pain import Moment, PainSaid, Quality
from formcheck.prescription.red_flags import RedFlagId, ScreeningReason
from formcheck.prescription.stop_rules import PainLimits
from formcheck.session.events import (
    ExerciseSkipped,
    HeatAnswered,
    PainRated,
    RuleApplied,
    Screened,
    SetStarted,
)
from formcheck.session.routine import WAITS_FOR_PAIN_S, Asks, QuestionKind, Routine
from formcheck.session.stages import Command, PauseReason, Stage
from tests.session.puppets import CATALOGUE, Drive, puppet, repeated, session

PUPPETS = {
    name: puppet(name) for name in ("glute_bridge", "heel_slide", "side_bend", "sit_to_stand")
}
PLAN = (("side_bend", repeated(1, 2)), ("glute_bridge", repeated(1, 2)))
EVERYTHING = Asks(ScreeningReason.START, next_morning=True, heat_minutes=15)


def begun(asks: Asks = Asks(), plan=PLAN, **routine) -> Drive:  # noqa: B008 - it is frozen
    """Return a prescribed session that has left the welcome."""
    routine.setdefault("may_take", frozenset(CATALOGUE))
    drive = Drive(session(*plan, routine=Routine(asks, **routine)), PUPPETS)
    drive.command(Command.BEGIN)
    return drive


def rate(drive: Drive, rating: int | None, moment: Moment, *qualities: Quality) -> None:
    """Say how much it hurts."""
    said = PainSaid(moment, rating, frozenset(qualities))
    drive.happened += drive.flow.rate_pain(drive.time_s, said)


def exercising(pain: int = 2, **routine) -> Drive:
    """Return a prescribed session in the middle of its first set, begun with some pain."""
    drive = begun(**routine)
    rate(drive, pain, Moment.BEFORE)
    drive.until(Stage.EXERCISING)
    drive.wait(1.0)
    return drive


def after_first_exercise(pain: int = 2) -> Drive:
    """Return a session that asks about pain after its first exercise."""
    drive = exercising(pain)
    drive.until(Stage.QUESTION)
    return drive


def asked(drive: Drive) -> tuple[QuestionKind, Moment | None] | None:
    """Return what is asked."""
    question = drive.flow.view.question
    return (question.kind, question.moment) if question else None


def test_it_asks_in_order_and_then_shows_the_first_exercise():
    """Warning signs, the morning after, pain, heat; each once, all written down."""
    drive = begun(EVERYTHING)
    assert asked(drive) == (QuestionKind.WARNING_SIGNS, None)
    drive.happened += drive.flow.screen(drive.time_s, frozenset())
    assert asked(drive) == (QuestionKind.PAIN, Moment.NEXT_MORNING)
    rate(drive, 2, Moment.NEXT_MORNING)
    assert asked(drive) == (QuestionKind.PAIN, Moment.BEFORE)
    rate(drive, 3, Moment.BEFORE)
    assert asked(drive) == (QuestionKind.HEAT, None)
    drive.happened += drive.flow.answer_heat(drive.time_s, done=True)
    assert drive.flow.view.stage is Stage.DEMONSTRATION
    assert drive.of_kind(Screened)[0].positive == ()
    assert [one.rating for one in drive.of_kind(PainRated)] == [2, 3]
    assert drive.of_kind(HeatAnswered)[0].minutes == 15


def test_without_a_prescription_nothing_is_asked():
    """The session goes straight to its first exercise, and ends after its last."""
    drive = Drive(session(*PLAN), PUPPETS)
    drive.command(Command.BEGIN)
    assert drive.flow.view.stage is Stage.DEMONSTRATION
    drive.command(Command.HURTS)
    assert not drive.flow.view.asks_how_much


def test_pain_is_asked_after_each_exercise():
    """Also after the last one; then the session is over."""
    drive = after_first_exercise()
    assert asked(drive) == (QuestionKind.PAIN, Moment.AFTER_EXERCISE)
    rate(drive, 3, Moment.AFTER_EXERCISE)
    assert (drive.flow.view.stage, drive.flow.view.step_index) == (Stage.DEMONSTRATION, 1)
    drive.until(Stage.QUESTION)
    rate(drive, 2, Moment.AFTER_EXERCISE)
    assert drive.flow.view.stage is Stage.SUMMARY
    about = [one.exercise for one in drive.of_kind(PainRated)]
    assert about == [None, "side_bend", "glute_bridge"]


def test_who_says_nothing_after_an_exercise_is_not_waited_for_long():
    """Two metres from the keys nobody answers: it goes on by itself, and says how long it waits."""
    drive = after_first_exercise()
    assert drive.flow.view.countdown_s == pytest.approx(WAITS_FOR_PAIN_S, abs=0.2)
    drive.until(Stage.DEMONSTRATION, within_s=WAITS_FOR_PAIN_S + 1)
    assert [one.moment for one in drive.of_kind(PainRated)] == [Moment.BEFORE]


@pytest.mark.parametrize(
    ("asks", "leaves"),
    [(Asks(ScreeningReason.START), False), (Asks(), False), (Asks(next_morning=True), True)],
)
def test_what_is_needed_for_safety_cannot_be_left(asks, leaves):
    """Warning signs and pain before the start are answered; how the morning was need not be."""
    drive = begun(asks)
    before = asked(drive)
    drive.command(Command.NEXT)
    assert (asked(drive) != before) is leaves
    drive.wait(60.0)
    assert drive.flow.view.stage is Stage.QUESTION


def test_heat_can_be_left_and_is_written_down_as_left():
    """A reminder, no gate."""
    drive = begun(Asks(heat_minutes=10))
    rate(drive, 1, Moment.BEFORE)
    drive.command(Command.NEXT)
    assert drive.flow.view.stage is Stage.DEMONSTRATION
    assert drive.of_kind(HeatAnswered)[0].minutes is None


def test_a_warning_sign_ends_the_session_before_it_begins():
    """And says what to do, the most urgent first."""
    drive = begun(EVERYTHING)
    drive.happened += drive.flow.screen(drive.time_s, frozenset({RedFlagId.RF08, RedFlagId.RF01}))
    view = drive.flow.view
    assert view.stage is Stage.SUMMARY
    keys = [one.key for one in view.said_at_end]
    assert keys[:2] == ["screening.blocked", "red_flag_action.call_emergency_number"]
    assert drive.of_kind(Screened)[0].positive == ("rf01", "rf08")


@pytest.mark.parametrize(("pain", "begins"), [(5, True), (6, False), (7, False)])
def test_who_begins_with_too_much_pain_does_not_begin(pain, begins):
    """Over the limit of five: not today; seven and more: not at all."""
    drive = begun()
    rate(drive, pain, Moment.BEFORE)
    assert (drive.flow.view.stage is Stage.DEMONSTRATION) is begins
    assert bool(drive.of_kind(RuleApplied)) is not begins


def test_on_a_bad_day_only_gentle_exercises_are_left_where_the_therapist_allows_them():
    """The first is left out, the gentle one is shown; without any the session is over."""
    limits = PainLimits(gentle_on_bad_days=True)
    drive = begun(limits=limits, gentle=frozenset({"glute_bridge"}))
    rate(drive, 8, Moment.BEFORE)
    view = drive.flow.view
    assert (view.stage, view.exercise.id) == (Stage.DEMONSTRATION, "glute_bridge")
    none = begun(limits=limits, gentle=frozenset({"cat_cow"}))
    rate(none, 8, Moment.BEFORE)
    assert none.flow.view.stage is Stage.SUMMARY


@pytest.mark.parametrize(("pain", "stops"), [(4, False), (5, True)])
def test_pain_that_rises_by_more_than_two_stops_the_exercise_and_offers_an_easier_one(pain, stops):
    """From two: four goes on, five is stopped, and cannot be gone on with by any key."""
    drive = exercising(2)
    drive.command(Command.HURTS)
    assert drive.flow.view.asks_how_much
    rate(drive, pain, Moment.HURTS)
    view = drive.flow.view
    assert view.is_stopped is stops
    if not stops:
        assert view.pause_reason is PauseReason.HURTS
        return
    assert view.pause_reason is PauseReason.STOP_RULE
    assert view.pause_says is not None
    assert view.offered
    keys = [Command.RESUME, Command.KEEP, Command.TOO_HARD, Command.RESTART_PLACEMENT]
    for command in [*keys, Command.HURTS, Command.RESUME, Command.CALIBRATE]:
        drive.command(command)
        assert drive.flow.view.is_stopped
    drive.wait(5.0)
    assert drive.flow.view.is_stopped


def test_the_easier_one_is_done_instead():
    """Its demonstration follows."""
    drive = exercising(2)
    drive.command(Command.HURTS)
    rate(drive, 5, Moment.HURTS)
    drive.command(Command.EASIER)
    view = drive.flow.view
    assert (view.stage, view.exercise.id) == (Stage.DEMONSTRATION, "seated_thoracic_rotation")


def test_only_what_is_safe_for_this_person_is_offered():
    """What the prescription's conditions rule out is not."""
    drive = exercising(2, may_take=frozenset({"glute_bridge"}))
    drive.command(Command.TOO_HARD)
    assert drive.flow.view.offered == ()


@pytest.mark.parametrize("command", [Command.NEXT, Command.SKIP_SET, Command.SKIP_EXERCISE])
def test_what_was_stopped_is_left_out(command):
    """Going on means going on to what comes after it: here first how much it hurts now."""
    drive = exercising(2)
    drive.command(Command.HURTS)
    rate(drive, 5, Moment.HURTS)
    drive.command(command)
    assert drive.of_kind(ExerciseSkipped)
    assert asked(drive) == (QuestionKind.PAIN, Moment.AFTER_EXERCISE)


def test_pain_that_rises_again_ends_the_session():
    """The second time running it is enough for today, and the therapist has to know."""
    drive = exercising(2)
    drive.command(Command.HURTS)
    rate(drive, 5, Moment.HURTS)
    drive.command(Command.SKIP_EXERCISE)
    rate(drive, 5, Moment.AFTER_EXERCISE)
    assert drive.flow.view.stage is Stage.SUMMARY
    assert [one.key for one in drive.flow.view.said_at_end] == ["stop_rule.s01_again"]
    assert [one.tells_therapist for one in drive.of_kind(RuleApplied)] == [False, True]


def test_pain_that_has_risen_after_an_exercise_is_answered_before_the_next():
    """Nothing is left to stop: one may rest and go on, take an easier one, or stop."""
    drive = after_first_exercise(2)
    rate(drive, 5, Moment.AFTER_EXERCISE)
    view = drive.flow.view
    assert (view.stage, view.pause_reason) == (Stage.PAUSED, PauseReason.STOP_RULE)
    assert not view.is_stopped
    drive.command(Command.RESUME)
    assert (drive.flow.view.stage, drive.flow.view.step_index) == (Stage.DEMONSTRATION, 1)


@pytest.mark.parametrize(("quality", "rule"), [(Quality.TINGLING, "s04"), (Quality.CHEST, "s05")])
def test_a_feeling_that_warns_ends_the_session_and_asks_again(quality, rule):
    """Whatever the number; the next session begins with the questions about warning signs."""
    drive = exercising(2)
    drive.command(Command.HURTS)
    rate(drive, None, Moment.HURTS, quality)
    assert drive.flow.view.stage is Stage.SUMMARY
    assert drive.of_kind(RuleApplied)[0].rule == rule
    assert drive.of_kind(PainRated)[-1].qualities == (quality.value,)


def test_a_stop_is_said_aloud():
    """As the most important thing there is."""
    drive = exercising(2)
    drive.command(Command.HURTS)
    drive.wait(1.0)
    rate(drive, 9, Moment.HURTS)
    said = drive.tick().cue
    assert said is not None
    assert (said.kind, said.code) == ("stop", "saying")


def test_what_nobody_asked_for_is_left():
    """A rating of another moment, one too many, or answers to what is not asked change nothing."""
    drive = begun()
    rate(drive, 9, Moment.HURTS)
    drive.flow.screen(drive.time_s, frozenset(RedFlagId))
    drive.flow.answer_heat(drive.time_s, done=True)
    assert asked(drive) == (QuestionKind.PAIN, Moment.BEFORE)
    rate(drive, 1, Moment.BEFORE)
    rate(drive, 9, Moment.BEFORE)
    assert drive.flow.view.stage is Stage.DEMONSTRATION


def test_after_a_bad_morning_less_is_done():
    """Three more than usual: nearly a third less of everything, and it is said."""
    plan = (("side_bend", repeated(1, 10)),)
    drive = begun(Asks(next_morning=True), plan, days=[DayAfter(usual=2)])
    rate(drive, 5, Moment.NEXT_MORNING)
    rate(drive, 3, Moment.BEFORE)
    assert drive.flow.view.dose.repetitions == 7
    assert [one.action for one in drive.of_kind(RuleApplied)] == ["lessened"]
    usual = begun(Asks(next_morning=True), plan, days=[DayAfter(usual=2)])
    rate(usual, 4, Moment.NEXT_MORNING)
    rate(usual, 3, Moment.BEFORE)
    assert usual.flow.view.dose.repetitions == 10


def test_a_session_that_is_gone_on_with_knows_what_was_said():
    """Nothing is asked again, and pain is measured against how it began."""
    routine = Routine(EVERYTHING, said=[PainSaid(Moment.BEFORE, 1)])
    assert routine.first == ()
    assert routine.pain(PainSaid(Moment.HURTS, 4)).stops


def completed(number: int, *faults: str) -> RepetitionCompleted:
    """Return a repetition with these faults."""
    one = Repetition(
        number, "way", None, 0.0, 1.0, 2.0, 1.0, 0.0, 1.0, "knee", 0.0, 9.0, 9.0, 1.0, True, faults
    )
    return RepetitionCompleted(float(number), "side_bend", one)


def fault(severity: str) -> FaultStarted:
    """Return a fault that began."""
    one = Fault(
        "trunk_turns", severity, "knee", 1.0, 0.0, "deg", 5.0, Phase.EFFORT, BodyPart.TRUNK, None,
        0.0, 1.0, 0.5, "good", "It turns.", "Face forward.",
    )  # fmt: skip
    return FaultStarted(0.0, "side_bend", one)


@pytest.mark.parametrize(
    ("severities", "stops"),
    [
        (["error"] * 3, True),
        (["error"] * 2, False),
        (["error", "advice", "error", "error"], False),
        (["advice"] * 5, False),
    ],
)
def test_three_faulty_repetitions_in_a_row_stop_the_exercise(severities, stops):
    """Errors, not advice, and one after the other."""
    routine = Routine(Asks())
    decisions = [
        routine.seen([fault(severity), completed(number, "trunk_turns")])
        for number, severity in enumerate(severities, 1)
    ]
    assert any(decisions) is stops
    assert decisions[:2] == [None, None]


def test_a_new_exercise_begins_to_count_faulty_repetitions_anew():
    """Two of one and one of the next are no three."""
    routine = Routine(Asks())
    for number in (1, 2):
        routine.seen([fault("error"), completed(number, "trunk_turns")])
    routine.begins("glute_bridge")
    assert routine.seen([fault("error"), completed(1, "trunk_turns")]) is None


def test_a_side_alone_counts_where_it_alone_is_due():
    """Of bends to both sides those to the left: two of them need three or four bends."""
    from dataclasses import replace  # noqa: PLC0415

    from formcheck.landmarks import Side  # noqa: PLC0415
    from formcheck.session.flow import SessionFlow  # noqa: PLC0415
    from formcheck.session.plan import Plan, Step  # noqa: PLC0415

    step = Step(CATALOGUE["side_bend"], repeated(1, 2))
    both = puppet("side_bend", n=6)
    n_done = {}
    for side in (None, Side.LEFT):
        plan = Plan((replace(step, side=side),))
        drive = Drive(SessionFlow(plan, CATALOGUE), {"side_bend": both})
        drive.command(Command.BEGIN)
        drive.until(Stage.SUMMARY)
        n_done[side] = sum(isinstance(one, RepetitionCompleted) for one in drive.happened)
        assert drive.of_kind(SetStarted)
    assert n_done[None] == 2
    assert n_done[Side.LEFT] in {3, 4}
