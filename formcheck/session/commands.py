"""What the patient may ask for, and what is done about it at each stage.

Everything is done at once; what does not fit the stage does nothing.
"""

from collections.abc import Callable, Mapping

from formcheck.session.asking import leave_question
from formcheck.session.calibrating import calibrate, can_calibrate, end, leave_placement
from formcheck.session.pausing import hold_on, resume
from formcheck.session.progress import Progress
from formcheck.session.stages import Command, PauseReason, SetEnd, Stage
from formcheck.session.vigil import GRACE_AFTER_KEY_S

# Stages that a pause can interrupt.
_ACTIVE = frozenset(
    {
        Stage.DEMONSTRATION,
        Stage.PLACEMENT,
        Stage.CALIBRATING,
        Stage.START,
        Stage.EXERCISING,
        Stage.REST,
    }
)

# What "next" does where nothing needs to be known for it.
_WITHOUT_WAITING: Mapping[Stage, Callable[[Progress], None]] = {
    Stage.WELCOME: Progress.begin,
    Stage.QUESTION: leave_question,
    Stage.DEMONSTRATION: Progress.place,
    Stage.PLACEMENT: leave_placement,
    Stage.CALIBRATING: end,
    Stage.REST: Progress.await_start,
    Stage.SUMMARY: Progress.leave,
}


def obey(progress: Progress, command: Command, exercise_id: str | None = None) -> None:
    """Do what the patient asks for.

    Parameters
    ----------
    exercise_id
        Which of the easier exercises to take; the first that is offered where it is None.
    """
    match command:
        case Command.STOP:
            _stop(progress)
        case Command.HURTS:
            _hurts(progress)
        case Command.BEGIN if progress.stage is Stage.WELCOME:
            progress.begin()
        case Command.NEXT:
            _next(progress)
        case _:
            if progress.stage in _ACTIVE:
                _while_active(progress, command)
            elif progress.is_stopped:
                _while_stopped(progress, command, exercise_id)
            elif progress.stage is Stage.PAUSED:
                _while_paused(progress, command, exercise_id)


def _while_active(progress: Progress, command: Command) -> None:
    match command:
        case Command.PAUSE:
            hold_on(progress, PauseReason.ASKED)
        case Command.TOO_HARD:
            hold_on(progress, PauseReason.TOO_HARD)
        case Command.STAY:
            progress.showing.stay()
        case Command.TELLING:
            progress.showing.tell(progress.time_s)
        case Command.CALIBRATE if can_calibrate(progress):
            calibrate(progress)
        case _:
            _leave_out(progress, command)


def _while_paused(progress: Progress, command: Command, exercise_id: str | None) -> None:
    match command:
        case Command.RESUME | Command.KEEP:
            resume(progress, GRACE_AFTER_KEY_S)
        case Command.TOO_HARD:
            hold_on(progress, PauseReason.TOO_HARD)
        case Command.EASIER if progress.offered:
            progress.take_easier(exercise_id)
        case _:
            _leave_out(progress, command)


def _while_stopped(progress: Progress, command: Command, exercise_id: str | None) -> None:
    """Leave out what a stop rule has stopped, or do it in an easier way."""
    match command:
        case Command.EASIER if progress.offered:
            progress.take_easier(exercise_id)
        case Command.SKIP_SET | Command.SKIP_EXERCISE:
            progress.skip_exercise()
        case _:
            pass


def _leave_out(progress: Progress, command: Command) -> None:
    match command:
        case Command.SKIP_SET:
            progress.end_set(SetEnd.SKIPPED)
        case Command.SKIP_EXERCISE:
            progress.skip_exercise()
        case Command.RESTART_PLACEMENT:
            progress.place()
        case _:
            pass


def _next(progress: Progress) -> None:
    """Go on to the next stage without waiting for what this one waits for."""
    match progress.stage:
        case Stage.START:
            progress.exercise(GRACE_AFTER_KEY_S)
        case Stage.PAUSED if progress.is_stopped:
            progress.skip_exercise()
        case Stage.PAUSED:
            resume(progress, GRACE_AFTER_KEY_S)
        case stage if go_on := _WITHOUT_WAITING.get(stage):
            go_on(progress)


def _hurts(progress: Progress) -> None:
    if progress.stage is Stage.ENDED:
        return
    progress.report_pain()
    is_paused = progress.stage is Stage.PAUSED and not progress.is_stopped
    if progress.stage in _ACTIVE or is_paused:
        hold_on(progress, PauseReason.HURTS)


def _stop(progress: Progress) -> None:
    if progress.stage is Stage.SUMMARY:
        progress.leave()
    elif progress.stage is not Stage.ENDED:
        progress.stop()
