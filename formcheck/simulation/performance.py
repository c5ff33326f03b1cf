"""Somebody doing an exercise: keyframes over time, and what is true about them.

Every performance begins and ends with a second of quiet in the start position. No two
repetitions are quite alike, and nobody is quite still: tempo and depth vary, the trunk sways.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.kinematics import Placed, placed
from formcheck.simulation.motion import Keyframe, Motion
from formcheck.simulation.posture import Bend, Posture
from formcheck.simulation.skeleton import Skeleton

Values = dict[str, float]
PostureOf = Callable[[Skeleton, Values], Posture]

QUIET_S = 1.0
TEMPO_VARIES_BY = 0.05


@dataclass(frozen=True, slots=True)
class Repetition:
    """One true repetition.

    Attributes
    ----------
    start_s, peak_s, end_s
        When it began, was half-way (the middle of the pause), and was over [s].
    side
        The side to which it went, or None.
    fault
        What was wrong with it, by the name in the exercise's faults, or empty.
    """

    start_s: float
    peak_s: float
    end_s: float
    side: Side | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class FaultSpan:
    """A time in which something was wrong."""

    fault: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class Sway:
    """Small movements that nobody means to make.

    Attributes
    ----------
    size_deg
        Amplitude of each angle of the spine [deg].
    seed
        Chooses frequencies and phases.
    """

    size_deg: float
    seed: int

    def at(self, time_s: float) -> tuple[Bend, Bend, Bend]:
        """Return what is added to lumbar spine, thorax and neck at a time [s]."""
        rng = np.random.default_rng(self.seed)
        frequencies, phases = rng.uniform(0.12, 0.5, (3, 3)), rng.uniform(0, 2 * np.pi, (3, 3))
        angles = self.size_deg * np.sin(2 * np.pi * frequencies * time_s + phases)
        lumbar, thorax, neck = (Bend(*map(float, row)) for row in angles)
        return lumbar, thorax, neck


@dataclass(frozen=True, eq=False)
class Performance:
    """One person doing one exercise once.

    Attributes
    ----------
    exercise, variant
        Names in the catalogue; an empty variant is the exercise itself.
    posture_of
        Turns the values of the motion into a posture.
    motion
        Values over time.
    repetitions, holds_s, faults
        What is true about it.
    sway
        What is added to the spine.
    """

    exercise: str
    posture_of: PostureOf
    motion: Motion
    sway: Sway
    repetitions: tuple[Repetition, ...] = ()
    holds_s: tuple[tuple[float, float], ...] = ()
    faults: tuple[FaultSpan, ...] = ()
    variant: str = ""

    @property
    def duration_s(self) -> float:
        """How long it lasts [s]."""
        return self.motion.end_s

    def at(self, skeleton: Skeleton, time_s: float) -> Placed:
        """Return where the skeleton's segments are at a time [s]."""
        posture = self.posture_of(skeleton, self.motion.at(time_s))
        lumbar, thorax, neck = self.sway.at(time_s)
        swaying = replace(
            posture,
            lumbar=posture.lumbar + lumbar,
            thorax=posture.thorax + thorax,
            neck=posture.neck + neck,
        )
        return placed(skeleton, swaying)


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the parts of a repetition take [s]."""

    out_s: float
    hold_s: float
    back_s: float
    rest_s: float


@dataclass(slots=True)
class Script:
    """Writes keyframes and the truth about them, one movement after the other.

    Parameters
    ----------
    rest
        Values of the start position.
    seed
        Chooses how the repetitions differ.
    """

    rest: Values
    seed: int
    keyframes: list[Keyframe] = field(default_factory=list)
    repetitions: list[Repetition] = field(default_factory=list)
    now_s: float = 0.0

    def __post_init__(self) -> None:
        self._rng = np.random.default_rng(self.seed)
        self.keyframes.append(Keyframe(0.0, self.rest))
        self.stay(QUIET_S)

    _rng: np.random.Generator = field(init=False)

    def stay(self, duration_s: float) -> None:
        """Stay as it is for a time [s]."""
        self.move(self.keyframes[-1].values, duration_s)

    def move(self, values: Mapping[str, float], duration_s: float) -> None:
        """Move to other values within a time [s]."""
        self.now_s += duration_s
        self.keyframes.append(Keyframe(self.now_s, values))

    def repetition(
        self, peak: Values, tempo: Tempo, side: Side | None = None, fault: str = ""
    ) -> None:
        """Go out to a peak, pause there, come back and rest."""
        pace = float(self._rng.uniform(1 - TEMPO_VARIES_BY, 1 + TEMPO_VARIES_BY))
        start_s = self.now_s
        self.move(peak, tempo.out_s * pace)
        peak_s = self.now_s + tempo.hold_s / 2
        self.stay(tempo.hold_s)
        self.move(self.rest, tempo.back_s * pace)
        self.repetitions.append(Repetition(start_s, peak_s, self.now_s, side, fault))
        self.stay(tempo.rest_s)

    def varied(self, value: float, share: float = 0.02) -> float:
        """Return a value that is a little different each time."""
        return value * float(self._rng.uniform(1 - share, 1 + share))

    def motion(self) -> Motion:
        """Return the motion so far, with a second of quiet at its end."""
        self.stay(QUIET_S)
        return Motion(tuple(self.keyframes))

    def fault_spans(self) -> tuple[FaultSpan, ...]:
        """Return the spans of the repetitions that went wrong."""
        return tuple(
            FaultSpan(rep.fault, rep.start_s, rep.end_s) for rep in self.repetitions if rep.fault
        )


def of_repetitions(
    exercise: str, posture_of: PostureOf, script: Script, sway: Sway, variant: str = ""
) -> Performance:
    """Return the performance of the repetitions of a script."""
    return Performance(
        exercise,
        posture_of,
        script.motion(),
        sway,
        repetitions=tuple(script.repetitions),
        faults=script.fault_spans(),
        variant=variant,
    )
