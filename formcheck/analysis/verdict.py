"""What a whole recording comes to: the one summary that every report and table is made from.

A verdict never says "good form": it lists what was found wrong, what was watched without
anything wrong being seen (and for how much of the time it could be watched), and what was not
checked. Not being able to judge is a result of its own.
"""

import enum
import math
from dataclasses import dataclass

from formcheck.analysis.events import (
    AssessmentPaused,
    AssessmentResumed,
    Fault,
    FaultEnded,
    Hold,
    HoldEnded,
    NotAssessed,
    Repetition,
    RepetitionAttempted,
    RepetitionCompleted,
)
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise, FormRule


class Outcome(enum.StrEnum):
    """What can be said of a recording."""

    COUNTED = "counted"
    HELD = "held"
    NOTHING_DONE = "nothing_done"
    NOT_ASSESSED = "not_assessed"


class CheckStatus(enum.StrEnum):
    """What can be said of one possible fault."""

    FOUND = "found"
    NOTHING_WRONG_SEEN = "nothing_wrong_seen"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Check:
    """One possible fault and what became of it.

    Attributes
    ----------
    assessed_share
        Share of the repetitions (of the frames, for a hold) in which it could be judged.
    reason
        Why it could not, where the status is not assessed.
    """

    name: str
    says: str
    status: CheckStatus
    n_found: int
    assessed_share: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Abstention:
    """A stretch of time that could not be judged [s], and why."""

    start_s: float
    end_s: float
    reason: NotAssessed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was done, how often, how long, what was wrong and what could not be judged.

    Attributes
    ----------
    exercise
        The exercise asked for or recognised; None for "none of these".
    assessed_share
        Share of the frames in which the exercise could be judged, 0 to 1.
    not_checked
        What matters for this exercise and no camera can see, in plain words.
    """

    outcome: Outcome
    exercise: Exercise | None
    duration_s: float
    n_frames: int
    n_frames_with_person: int
    assessed_share: float
    repetitions: tuple[Repetition, ...]
    attempts: tuple[RepetitionAttempted, ...]
    holds: tuple[Hold, ...]
    faults: tuple[Fault, ...]
    checks: tuple[Check, ...]
    not_checked: tuple[str, ...]
    abstentions: tuple[Abstention, ...]

    @property
    def held_s(self) -> float:
        """Time inside the posture over all holds [s]."""
        return math.fsum(hold.held_s for hold in self.holds)
