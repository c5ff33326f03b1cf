"""Pausing and going on: what is stopped for a while, and what it goes back to."""

from formcheck.session.events import Paused, Resumed
from formcheck.session.pauses import PAUSE_CUES, Pause
from formcheck.session.progress import Progress
from formcheck.session.stages import PauseReason, Stage


def hold_on(progress: Progress, reason: PauseReason) -> None:
    """Pause, or pause for another reason."""
    before = progress.pause.before if progress.pause else progress.stage
    since_s = progress.pause.since_s if progress.pause else progress.time_s
    if progress.running:
        progress.running.rests()
    if not progress.pause:
        progress.look_anew()
    progress.pause = Pause(reason, since_s, before)
    progress.inquiry.pause_says = None
    progress.cues.drop()
    if cue := PAUSE_CUES.get(reason):
        progress.cues.wish(progress.time_s, cue)
    progress.happened(Paused(progress.time_s, reason))
    progress.go(Stage.PAUSED)


def resume(progress: Progress, grace_s: float = 0.0) -> None:
    """Go back to what was interrupted.

    Parameters
    ----------
    grace_s
        How long nobody needs to be in position yet [s].
    """
    pause, progress.pause = progress.pause, None
    if pause is None:
        return
    progress.inquiry.asks_how_much = False
    progress.cues.drop()
    progress.happened(Resumed(progress.time_s, pause.since_s, pause.reason))
    paused_s = progress.time_s - pause.since_s
    progress.rest_until_s += paused_s
    progress.showing.wait(paused_s)
    progress.calibrates_until_s += paused_s
    if pause.before is Stage.EXERCISING:
        progress.exercise(grace_s)
        progress.cues.wish(progress.time_s, "resumed")
    elif pause.before is Stage.START:
        progress.await_start()
    else:
        progress.go(pause.before)
