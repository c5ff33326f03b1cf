"""Why a session pauses, what is said then, and where it goes back to."""

from dataclasses import dataclass

from formcheck.session.cues import SessionCueCode
from formcheck.session.stages import PauseReason, Stage

OFFERS_EASIER = frozenset({PauseReason.TOO_HARD, PauseReason.HURTS, PauseReason.STOP_RULE})
# What a stop rule says is said by it alone.
PAUSE_CUES: dict[PauseReason, SessionCueCode] = {
    PauseReason.ASKED: "paused",
    PauseReason.LEFT_POSITION: "paused_left_position",
    PauseReason.OUT_OF_VIEW: "paused_out_of_view",
    PauseReason.DOWN_UNEXPECTEDLY: "paused_down_unexpectedly",
    PauseReason.HURTS: "paused_hurts",
    PauseReason.TOO_HARD: "paused_too_hard",
}


@dataclass(frozen=True, slots=True)
class Pause:
    """Why it pauses, since when, and the stage that it goes back to."""

    reason: PauseReason
    since_s: float
    before: Stage
