"""What somebody is to do, and in which manner."""

from dataclasses import dataclass

from formcheck.exercises.motion import Motion
from formcheck.landmarks import Side
from formcheck.simulation.interludes import Idle


@dataclass(frozen=True, slots=True)
class Manner:
    """How somebody moves.

    Attributes
    ----------
    pace
        How long everything takes against the motion's own pace.
    reach
        How far a repetition goes, as a share of the motion's own range.
    varies
        By which share tempo and range differ between repetitions.
    right_less
        By which share the right side's range is smaller.
    tires
        Which share of range is lost, and of time is added, with each repetition.
    hesitates, pauses
        How likely a repetition stops half-way, and a longer rest follows it.
    sway_deg, tremor_deg
        Amplitudes [deg].
    """

    pace: float = 1.0
    reach: float = 1.0
    varies: float = 0.03
    right_less: float = 0.0
    tires: float = 0.0
    hesitates: float = 0.0
    pauses: float = 0.0
    sway_deg: float = 0.3
    tremor_deg: float = 0.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One repetition, or one hold, that somebody is to do.

    Attributes
    ----------
    fault, way
        What to do wrong, and how many times the way to its threshold.
    reach
        Share of the range.
    side
        The working side where there is one.
    """

    fault: str = ""
    way: float = 1.5
    reach: float = 1.0
    side: Side = Side.LEFT


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody is to do.

    Attributes
    ----------
    attempts
        One after the other.
    hold_s
        How long each hold lasts [s], where the exercise is held.
    quiet_s
        How long the body is still before and after [s].
    enters, leaves
        Whether somebody walks in and gets into position first, and out of it again at the end.
    idles
        What is done between the repetitions, one after the other.
    """

    attempts: tuple[Attempt, ...]
    hold_s: float = 8.0
    quiet_s: float = 1.0
    enters: bool = False
    leaves: bool = False
    idles: tuple[Idle, ...] = ()


def planned(motion: Motion, n_attempts: int, first: Side = Side.LEFT, hold_s: float = 8.0) -> Plan:
    """Return a plan of clean attempts, the sides in turn where they take turns."""
    sides = [first if count % 2 == 0 else first.opposite for count in range(n_attempts)]
    if motion.sides != "turns":
        sides = [first] * n_attempts
    return Plan(tuple(Attempt(side=side) for side in sides), hold_s)
