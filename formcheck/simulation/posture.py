"""What a body does at one instant: anatomical angles, and what hands and feet hold on to.

All angles are in degrees; flexion, abduction, outward rotation and pronation are positive,
and zero everywhere is the neutral posture.
"""

from dataclasses import dataclass, field

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.rotations import Array


@dataclass(frozen=True, slots=True)
class Bend:
    """Part of the spine: flexion, bend to the right and turn to the left [deg]."""

    flexion: float = 0.0
    bend: float = 0.0
    turn: float = 0.0

    def __add__(self, other: "Bend") -> "Bend":
        """Add angle by angle."""
        return Bend(self.flexion + other.flexion, self.bend + other.bend, self.turn + other.turn)


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """A place that the end of a limb holds on to.

    Attributes
    ----------
    target
        Where the wrist or ankle is [m].
    pole
        The direction in which the elbow or knee points.
    segment
        The segment in whose frame both are given; empty for the world.
    """

    target: Array
    pole: Array
    segment: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Arm:
    """One arm [deg]; with a reach, its shoulder and elbow angles follow from it.

    ``curl`` bends the fingers at each joint, ``thumb`` moves the thumb out of the palm.
    ``hand`` is the orientation of the hand: in the world, or, with ``hand_segment``, in the
    frame of that segment.
    """

    flexion: float = 0.0
    abduction: float = 5.0
    rotation: float = 0.0
    elbow: float = 5.0
    pronation: float = 0.0
    curl: float = 12.0
    thumb: float = 0.0
    shrug: float = 0.0
    reach: Reach | None = None
    hand: Array | None = None
    hand_segment: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """One leg [deg]; with a reach, its hip and knee angles follow from it.

    ``foot`` and ``toes`` are orientations in the world.
    """

    flexion: float = 0.0
    abduction: float = 3.0
    rotation: float = 0.0
    knee: float = 0.0
    reach: Reach | None = None
    foot: Array | None = None
    toes: Array | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Posture:
    """Everything that a body does at one instant.

    Attributes
    ----------
    position, orientation
        Where the pelvis is [m] and how it is turned.
    lumbar, thorax, neck
        The three parts of the spine; the angles of each are added to those below it.
    arms, legs
        By side.
    """

    position: Array
    orientation: Array = field(default_factory=lambda: np.eye(3))
    lumbar: Bend = Bend()
    thorax: Bend = Bend()
    neck: Bend = Bend()
    arms: dict[Side, Arm] = field(default_factory=lambda: dict.fromkeys(Side, Arm()))
    legs: dict[Side, Leg] = field(default_factory=lambda: dict.fromkeys(Side, Leg()))
