"""What a session says beside the Coach, and which of both is said.

The rules of `formcheck.analysis.cues` hold: one thing at a time, the most important first. What
waits for its turn is said a moment later or not at all; a change of stage drops it. There are
no sentences here, only codes (`SessionCueCode`) and what they are about.
"""

import math
from dataclasses import replace
from typing import Literal

from formcheck.analysis.cues import PRIORITY, SAME_CUE_COOLDOWN_S, Cue, CueKind
from formcheck.prescription.saying import Saying
from formcheck.session.placement import PlacementCheck

SessionCueCode = Literal[
    "placement",
    "placement_good",
    "calibrate_repetitions",
    "calibrate_posture",
    "calibration_counted",
    "calibrated",
    "not_calibrated",
    "take_start_position",
    "hold_still",
    "set_begins",
    "too_small",
    "another_exercise",
    "unknown_movement",
    "half_done",
    "seconds_left",
    "set_done",
    "exercise_done",
    "session_done",
    "stopped",
    "rest_nearly_over",
    "rest_over",
    "paused",
    "paused_left_position",
    "paused_out_of_view",
    "paused_down_unexpectedly",
    "paused_hurts",
    "paused_too_hard",
    "resumed",
]
# Down unexpectedly and pain stop everything; that nobody is seen must be heard from afar.
_KINDS: dict[str, CueKind] = {
    "paused_down_unexpectedly": "stop",
    "paused_hurts": "stop",
    "stopped": "stop",
    "paused_left_position": "safety",
    "paused_out_of_view": "safety",
    "calibration_counted": "count",
    "half_done": "count",
    "seconds_left": "count",
    "placement_good": "praise",
    "set_begins": "praise",
    "set_done": "praise",
    "exercise_done": "praise",
    "session_done": "praise",
    "resumed": "praise",
}
# After a count, so that the last number can be heard.
AFTER_COUNT_S = 1.2
WAITS_AT_MOST_S = 2.5
ANY_ADVICE_GAP_S = 4.0
# An advice must have stood for a moment: people who come in pass through everything.
ADVICE_STANDS_S = 1.0


def kind_of(code: SessionCueCode) -> CueKind:
    """Return how important a cue is."""
    return _KINDS.get(code, "form")


class SessionCues:
    """Collect what is to be said and let out one thing at a time."""

    def __init__(self) -> None:
        self._waiting: list[Cue] = []
        self._advised: dict[tuple[str, str], float] = {}
        self._advised_s = -math.inf
        self._standing: tuple[str, str] | None = None
        self._stands_since_s = math.nan

    def wish(
        self, time_s: float, code: SessionCueCode, n: float | None = None, after_s: float = 0.0
    ) -> None:
        """Have something said, now or a moment later."""
        arguments = () if n is None else (("n", n),)
        self._waiting.append(Cue(time_s + after_s, kind_of(code), "", code, arguments))

    def say(self, time_s: float, saying: Saying, kind: CueKind) -> None:
        """Have a sentence said that stands with the texts under a key of its own."""
        arguments = (("key", saying.key), *saying.arguments)
        self._waiting.append(Cue(time_s, kind, "", "saying", arguments))

    def drop(self) -> None:
        """Forget what waits: it no longer fits."""
        self._waiting.clear()

    def advise(self, time_s: float, check: PlacementCheck | None) -> None:
        """Have the one advice on the placement said, if it stands and was not said just now."""
        advice = (str(check.advice), check.part) if check else None
        if advice != self._standing:
            self._standing, self._stands_since_s = advice, time_s
        if advice is None or time_s - self._stands_since_s < ADVICE_STANDS_S:
            return
        said_s = self._advised.get(advice, -math.inf)
        is_due = time_s - said_s >= SAME_CUE_COOLDOWN_S
        if is_due and time_s - self._advised_s >= ANY_ADVICE_GAP_S:
            self._advised[advice] = self._advised_s = time_s
            arguments = (("advice", advice[0]), ("part", advice[1]))
            self._waiting.append(Cue(time_s, kind_of("placement"), "", "placement", arguments))

    def choose(self, time_s: float, coachs: Cue | None) -> Cue | None:
        """Return the one thing to say now: the Coach's cue, or one that waits."""
        self._waiting = [cue for cue in self._waiting if time_s - cue.time_s <= WAITS_AT_MOST_S]
        due = [cue for cue in self._waiting if cue.time_s <= time_s]
        due += [coachs] if coachs else []
        if not due:
            return None
        chosen = min(due, key=lambda cue: PRIORITY[cue.kind])
        if chosen is not coachs:
            self._waiting.remove(chosen)
        return replace(chosen, time_s=time_s)
