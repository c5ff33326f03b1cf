"""A session as it is taken into the store and comes out again: plain frozen values.

What was seen is in the values of `formcheck.analysis`, so that reports read a session of the
store as they read one that has just been analysed.
"""

import enum
from dataclasses import dataclass
from datetime import datetime

from formcheck.analysis.events import Fault, Hold, Repetition, RepetitionAttempted
from formcheck.analysis.own_numbers import RangeBasis
from formcheck.analysis.verdict import Abstention, Check, Outcome
from formcheck.exercises.dose import Dose
from formcheck.session.events import PainReported, RuleApplied
from formcheck.session.stages import SetEnd
from formcheck.store.statements import PainRating, RedFlagScreen


class SessionEnd(enum.StrEnum):
    """How a session ended.

    ``kept`` was cut off and left as it was by the patient; ``cut_off`` was cut off and never
    asked for again.
    """

    FINISHED = "finished"
    STOPPED = "stopped"
    KEPT = "kept"
    CUT_OFF = "cut_off"


@dataclass(frozen=True, slots=True)
class SetRecord:
    """One set: what was asked for, what was seen, and the poses that it was seen in.

    Attributes
    ----------
    name
        That of its recording, without the suffix.
    step_index, set_number, dose
        Where in the plan it belongs, and what was due; None where the log does not say.
    started_s
        On the clock of the session [s], as all times.
    poses
        Its recording (``NAME.poses.npz``), byte for byte.
    """

    name: str
    step_index: int | None
    set_number: int | None
    exercise: str
    dose: Dose | None
    end: SetEnd
    started_s: float
    outcome: Outcome
    basis: RangeBasis
    duration_s: float
    n_frames: int
    n_frames_with_person: int
    assessed_share: float
    repetitions: tuple[Repetition, ...]
    attempts: tuple[RepetitionAttempted, ...]
    holds: tuple[Hold, ...]
    faults: tuple[Fault, ...]
    checks: tuple[Check, ...]
    abstentions: tuple[Abstention, ...]
    jumps_s: tuple[float, ...]
    poses: bytes


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """One session that is over.

    Attributes
    ----------
    id
        The name of its folder: a session is taken in once.
    person
        The pseudonym of whoever exercised.
    duration_s
        When the last thing happened, on the clock of the session [s].
    prescription_revision
        Of the prescription that it followed; None where it followed none.
    heat_minutes
        For how long the back was warmed before; None where it was not asked or answered.
    facts, events
        The files ``session.json`` and ``events.jsonl``, byte for byte.
    """

    id: str
    person: str
    started: datetime
    end: SessionEnd
    duration_s: float
    language: str
    formcheck_version: str
    prescription_revision: int | None
    facts: bytes
    events: bytes
    sets: tuple[SetRecord, ...]
    heat_minutes: int | None = None
    pain_reports: tuple[PainReported, ...] = ()
    pain_ratings: tuple[PainRating, ...] = ()
    screens: tuple[RedFlagScreen, ...] = ()
    rules_applied: tuple[RuleApplied, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session in a list.

    Attributes
    ----------
    exercises
        Ids, in the order in which they were begun.
    n_sets, n_sets_done
        Sets that were begun, and those that were done to their dose.
    n_with_faults
        Repetitions that counted and had an error or a tip.
    held_s
        Time inside postures [s].
    n_pain_reports
        How often "it hurts" was said.
    """

    id: str
    person: str
    started: datetime
    end: SessionEnd
    duration_s: float
    exercises: tuple[str, ...]
    n_sets: int
    n_sets_done: int
    n_repetitions: int
    n_with_faults: int
    held_s: float
    n_pain_reports: int
