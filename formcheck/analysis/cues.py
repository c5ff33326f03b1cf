"""What to say to the patient, and when to keep quiet.

One thing at a time: stop before safety before form before count before praise. A count is said
at once or not at all; the same correction is not repeated within eight seconds; a correction
that was followed is acknowledged.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from formcheck.analysis.events import (
    AssessmentPaused,
    Event,
    Fault,
    FaultEnded,
    FaultStarted,
    HoldEnded,
    NotAssessed,
    PersonLost,
    RepetitionCompleted,
    SceneJumped,
)

SAME_CUE_COOLDOWN_S = 8.0
ANY_FORM_CUE_GAP_S = 2.5
ACKNOWLEDGEMENT = "Better."
NOBODY_TEXT = "I cannot see you. Please come back into the picture."
JUMPED_TEXT = "The picture jumped: please take the start position again, alone in the picture."

CueKind = Literal["stop", "safety", "form", "count", "praise"]
CueCode = Literal[
    "nobody", "picture_jumped", "not_assessed", "fault", "better", "repetition", "held"
]
PRIORITY: dict[CueKind, int] = {"stop": 0, "safety": 1, "form": 2, "count": 3, "praise": 4}


@dataclass(frozen=True, slots=True)
class Cue:
    """One short sentence for the patient, shown and spoken.

    Attributes
    ----------
    text
        In plain English.
    code, arguments
        What it says, for other languages: a stable word (`CueCode`, or one of whoever else
        speaks) and what it is about, by name: ``n`` for a number, ``name`` for a fault.
    refused
        What a cue that something cannot be judged is about.
    """

    time_s: float
    kind: CueKind
    text: str
    code: str = ""
    arguments: tuple[tuple[str, str | float], ...] = ()
    refused: NotAssessed | None = None


class CuePolicy:
    """Choose at most one cue for each instant.

    Examples
    --------
    >>> cue = CuePolicy().update(0.0, [PersonLost(time_s=0.0, since_s=-1.0)])
    >>> cue.kind, cue.text
    ('safety', 'I cannot see you. Please come back into the picture.')
    """

    def __init__(self) -> None:
        self._last_said_s: dict[str, float] = {}
        self._last_form_s = float("-inf")
        self._corrected: set[str] = set()

    def update(self, time_s: float, events: Iterable[Event]) -> Cue | None:
        """Take what has just happened; return what to say, if anything."""
        return self.choose([wish for event in events if (wish := self._wish(time_s, event))])

    def choose(self, wishes: Iterable[Cue]) -> Cue | None:
        """Return the most important of what somebody would like to say now, if any is due."""
        allowed = [wish for wish in wishes if self._is_due(wish)]
        if not allowed:
            return None
        cue = min(allowed, key=lambda wish: PRIORITY[wish.kind])
        self._last_said_s[cue.text] = cue.time_s
        if cue.kind == "form":
            self._last_form_s = cue.time_s
        return cue

    def _wish(self, time_s: float, event: Event) -> Cue | None:
        match event:
            case PersonLost():
                cue = Cue(time_s, "safety", NOBODY_TEXT, "nobody")
            case SceneJumped():
                cue = Cue(time_s, "safety", JUMPED_TEXT, "picture_jumped")
            case AssessmentPaused(reason=reason) if reason.code != "nobody_in_view":
                cue = Cue(time_s, "safety", reason.says, "not_assessed", refused=reason)
            case FaultStarted(fault=fault):
                cue = self._correction(time_s, fault)
            case FaultEnded(fault=fault):
                return self._acknowledgement(time_s, fault)
            case RepetitionCompleted(repetition=repetition):
                number = repetition.number
                cue = Cue(time_s, "count", str(number), "repetition", (("n", number),))
            case HoldEnded(hold=hold):
                held_s = round(hold.held_s)
                cue = Cue(time_s, "count", f"Held for {held_s} seconds.", "held", (("n", held_s),))
            case _:
                return None
        return cue

    def _correction(self, time_s: float, fault: Fault) -> Cue:
        self._corrected.add(fault.name)
        return Cue(time_s, "form", fault.cue, "fault", (("name", fault.name),))

    def _acknowledgement(self, time_s: float, fault: Fault) -> Cue | None:
        """Praise only a correction that was asked for and lasted beyond the fault's start."""
        if fault.name not in self._corrected or fault.end_s <= fault.start_s:
            return None
        self._corrected.discard(fault.name)
        was_said = fault.cue in self._last_said_s
        return Cue(time_s, "praise", ACKNOWLEDGEMENT, "better") if was_said else None

    def _is_due(self, cue: Cue) -> bool:
        if cue.kind == "count":
            return True
        said_s = self._last_said_s.get(cue.text, float("-inf"))
        if cue.time_s - said_s < SAME_CUE_COOLDOWN_S:
            return False
        return cue.kind != "form" or cue.time_s - self._last_form_s >= ANY_FORM_CUE_GAP_S
