"""What the coach sees at one instant: everything that a sink may draw, write or send."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

from formcheck.analysis.cues import Cue
from formcheck.analysis.events import Event, Fault, NotAssessed
from formcheck.exercises.schema import Exercise, Orientation, Phase
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.pose import Pose


@dataclass(frozen=True, slots=True)
class NamedValue:
    """One reading: NaN where it could not be taken."""

    measure: str
    side: str
    value: float


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value of the primary reading at which something changes, and what it is called."""

    name: str
    value: float


class Instant(NamedTuple):
    """What one instant came to, without what is only drawn; see `Snapshot`."""

    time_s: float
    pose: Pose | None
    not_assessed: NotAssessed | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the coach sees at one instant, and what has just happened.

    Attributes
    ----------
    exercise
        The exercise that is being followed; None while none is recognised.
    phase, count, n_attempts, held_s, is_holding
        Where it stands.
    is_in_position, is_at_start
        Whether the body is where the exercise is done, and whether it may begin from there;
        False where nothing could be read.
    primary
        The reading that repetitions are counted by, or the first condition of a hold.
    thresholds
        The thresholds of ``primary`` in force: drawn with its curve.
    total_held_s
        Time inside the posture over all holds so far.
    readings
        Every reading of this instant, in a fixed order for one exercise; those that no rule asked
        for are taken when they are looked at.
    active_faults
        Faults that are going on.
    not_assessed
        Why the movement cannot be judged now; None while it can.
    view, orientation, near_side
        How the camera sees the body; None while unknown.
    cue
        What to say now; None where nothing needs saying.
    events
        What has just happened, in order.
    """

    time_s: float
    pose: Pose | None
    exercise: Exercise | None = None
    phase: Phase = Phase.REST
    count: int = 0
    n_attempts: int = 0
    held_s: float = 0.0
    total_held_s: float = 0.0
    is_holding: bool = False
    is_in_position: bool = False
    is_at_start: bool = False
    primary: NamedValue | None = None
    thresholds: tuple[Threshold, ...] = ()
    readings: Collection[NamedValue] = ()
    active_faults: tuple[Fault, ...] = ()
    not_assessed: NotAssessed | None = None
    view: View | None = None
    orientation: Orientation | None = None
    near_side: Side | None = None
    cue: Cue | None = None
    events: tuple[Event, ...] = ()
