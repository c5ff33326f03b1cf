"""What the patient asks for is done at once, at every stage, and nothing ever raises."""

import pytest

from formcheck.session.events import EasierTaken, ExerciseSkipped, PainReported, SetEnded
from formcheck.session.own_ranges import OwnRanges
from formcheck.session.routine import Asks, Routine
from formcheck.session.stages import Command, PauseReason, SetEnd, Stage
from tests.session.puppets import Drive, puppet, repeated, session

PUPPETS = {name: puppet(name) for name in ("glute_bridge", "heel_slide", "side_bend")}
PLAN = (("glute_bridge", repeated(2, 2)), ("side_bend", repeated(1, 2)))


def at(stage: Stage) -> Drive:
    """Return a session that stands at a stage."""
    known = OwnRanges(asks=stage is Stage.CALIBRATING)
    routine = Routine(Asks()) if stage is Stage.QUESTION else None
    drive = Drive(session(*PLAN, known=known, routine=routine), PUPPETS)
    if stage is Stage.WELCOME:
        return drive
    drive.command(Command.BEGIN)
    match stage:
        case Stage.PAUSED:
            drive.until(Stage.EXERCISING)
            drive.command(Command.PAUSE)
        case Stage.SUMMARY | Stage.ENDED:
            drive.command(Command.STOP)
            if stage is Stage.ENDED:
                drive.command(Command.NEXT)
        case Stage.DEMONSTRATION:
            pass
        case _:
            drive.until(stage)
    assert drive.flow.view.stage is stage
    return drive


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("command", Command)
def test_every_command_at_every_stage(stage, command):
    """No command raises, the session can be gone on with, and a summary can be had."""
    drive = at(stage)
    drive.command(command)
    assert drive.flow.view.stage in Stage
    drive.command(command, "no_such_exercise")
    drive.tick()
    drive.flow.summary()


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.ENDED])
def test_stop_acts_at_once(stage):
    """Stop leads to the summary from everywhere, and from there to the end."""
    drive = at(stage)
    was_under_way = drive.flow.view.is_set_under_way
    events = drive.command(Command.STOP)
    assert drive.flow.view.stage is (Stage.ENDED if stage is Stage.SUMMARY else Stage.SUMMARY)
    assert any(isinstance(event, SetEnded) for event in events) is was_under_way
    assert not drive.flow.view.is_set_under_way


@pytest.mark.parametrize(
    "stage",
    [
        Stage.DEMONSTRATION,
        Stage.PLACEMENT,
        Stage.CALIBRATING,
        Stage.START,
        Stage.EXERCISING,
        Stage.REST,
    ],
)
@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (Command.PAUSE, PauseReason.ASKED),
        (Command.HURTS, PauseReason.HURTS),
        (Command.TOO_HARD, PauseReason.TOO_HARD),
    ],
)
def test_a_pause_goes_back_to_what_it_interrupted(stage, command, reason):
    """Pausing acts at once, says why, and does not go on before it is answered."""
    drive = at(stage)
    drive.command(command)
    view = drive.flow.view
    assert (view.stage, view.pause_reason, view.paused_stage) == (Stage.PAUSED, reason, stage)
    drive.wait(6.0)
    assert drive.flow.view.stage is Stage.PAUSED
    drive.command(Command.KEEP)
    assert drive.flow.view.stage is stage


def test_next_goes_on_without_waiting():
    """Each stage is left by "go on", but a set: it must be paused or skipped."""
    drive = Drive(session(*PLAN), PUPPETS)
    seen = []
    for _ in range(5):
        drive.command(Command.NEXT)
        seen.append(drive.flow.view.stage)
    assert seen == [
        Stage.DEMONSTRATION, Stage.PLACEMENT, Stage.START, Stage.EXERCISING, Stage.EXERCISING
    ]  # fmt: skip


def test_skipping_a_set_rests_and_goes_on_to_the_next():
    """A set that was begun is kept as skipped, and the next one follows after the rest."""
    drive = at(Stage.EXERCISING)
    drive.command(Command.SKIP_SET)
    assert (drive.flow.view.stage, drive.flow.view.set_number) == (Stage.REST, 2)
    assert [result.end for result in drive.flow.results] == [SetEnd.SKIPPED]
    drive.command(Command.SKIP_SET)  # the second one, not begun
    assert (drive.flow.view.stage, drive.flow.view.step_index) == (Stage.DEMONSTRATION, 1)
    drive.command(Command.SKIP_SET)
    assert drive.flow.view.stage is Stage.SUMMARY


def test_skipping_an_exercise_shows_the_next():
    """What was done of it is kept; after the last one comes the summary."""
    drive = at(Stage.PAUSED)
    events = drive.command(Command.SKIP_EXERCISE)
    assert [type(event) for event in events][-3:-1] == [SetEnded, ExerciseSkipped]
    assert (drive.flow.view.stage, drive.flow.view.step_index) == (Stage.DEMONSTRATION, 1)
    drive.command(Command.SKIP_EXERCISE)
    assert drive.flow.view.stage is Stage.SUMMARY


def test_too_hard_offers_what_is_easier():
    """The regression of the exercise's file is offered, and takes its place with its own dose."""
    drive = at(Stage.EXERCISING)
    drive.command(Command.TOO_HARD)
    assert [one.id for one in drive.flow.view.offered] == ["heel_slide"]
    assert drive.command(Command.EASIER, "side_bend") == ()  # not offered
    events = drive.command(Command.EASIER, "heel_slide")
    assert EasierTaken(drive.time_s, 0, "glute_bridge", "heel_slide") in events
    view = drive.flow.view
    assert (view.stage, view.exercise.id, view.set_number) == (
        Stage.DEMONSTRATION, "heel_slide", 1
    )  # fmt: skip
    assert view.dose == view.exercise.starting_dose
    drive.until(Stage.EXERCISING)
    drive.command(Command.STOP)
    summary = drive.flow.summary()
    assert [(one.step_index, one.exercise) for one in summary.exercises] == [
        (0, "glute_bridge"), (0, "heel_slide")
    ]  # fmt: skip


def test_nothing_is_offered_without_being_asked_for():
    """An easier exercise is taken only where it was offered."""
    drive = at(Stage.PAUSED)
    assert drive.flow.view.offered == ()
    assert drive.command(Command.EASIER) == ()


def test_pain_is_reported_with_its_exercise():
    """Pain pauses at once, is kept as an event, and offers what is easier."""
    drive = at(Stage.EXERCISING)
    reported, *_ = drive.command(Command.HURTS)
    assert reported == PainReported(drive.time_s, 0, "glute_bridge", 1)
    assert drive.flow.view.offered
    cue = drive.tick().cue
    assert (cue.kind, cue.code) == ("stop", "paused_hurts")


def test_setting_up_the_camera_again_keeps_the_set():
    """Back from the placement the set goes on with what was done of it."""
    drive = at(Stage.EXERCISING)
    while drive.tick().set_done < 1:
        pass
    drive.command(Command.RESTART_PLACEMENT)
    assert drive.flow.view.stage is Stage.PLACEMENT
    view = drive.until(Stage.EXERCISING)
    assert (view.set_number, view.set_done) == (1, 1)
