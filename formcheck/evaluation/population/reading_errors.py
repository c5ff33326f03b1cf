"""How far readings on the engine's landmarks are from the same readings on the true ones."""

import math
from collections.abc import Iterable, Sequence

from formcheck import measures
from formcheck.analysis.body import BodyEstimator
from formcheck.analysis.readings import Reader
from formcheck.analysis.snapshot import Snapshot
from formcheck.evaluation.population.outcomes import ReadingErrors
from formcheck.exercises.schema import Exercise
from formcheck.pose import Pose

# Neighbouring frames err alike: of so many one is compared.
_EVERY = 5


def reading_errors(
    exercise: Exercise, snapshots: Sequence[Snapshot], exact: Iterable[Pose]
) -> tuple[ReadingErrors, ...]:
    """Return the errors of every reading that an exercise uses.

    Parameters
    ----------
    snapshots
        What the coach saw in each frame.
    exact
        The true pose of each frame.
    """
    body, reader = BodyEstimator(exercise.camera.views), Reader(exercise.readings())
    errors: list[list[float]] = [[] for _ in reader.channels]
    is_angle = [measures.find(name).unit == "deg" for name, _ in reader.channels]
    for frame, pose in enumerate(exact):
        state = body.update(pose)
        if frame % _EVERY:
            continue
        snapshot, true = snapshots[frame], reader.read(pose, state)
        for number, found in enumerate(snapshot.readings):
            error = found.value - true[reader.channels[number]].value
            if not math.isnan(error):
                errors[number].append(_turned(error) if is_angle[number] else error)
    return tuple(
        ReadingErrors(
            name, side.value, len(some), math.fsum(some), math.fsum(one * one for one in some)
        )
        for (name, side), some in zip(reader.channels, errors, strict=True)
    )


def _turned(error_deg: float) -> float:
    """Return the shorter way between two angles [deg]: 179 and -179 are 2 apart."""
    return (error_deg + 180) % 360 - 180
