"""The landmarks of a set as arrays, for the formats that keep movement."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import N_LANDMARKS
from formcheck.pose import Pose

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class SetPoses:
    """Every instant of a set; NaN throughout where nobody was seen.

    Attributes
    ----------
    times_s
        On the clock of the set, rising, not always evenly [s], shape (n,).
    image_px
        Landmarks in the picture [px], shape (n, 33, 2), x right, y down, not mirrored.
    world_m
        Landmarks about the hip centre [m], shape (n, 33, 3), x right, y down, z away from the
        camera.
    visibility
        Probability that each landmark is seen, shape (n, 33), 0 to 1.
    """

    person: str
    session: str
    name: str
    exercise: str
    times_s: Array
    image_px: Array
    world_m: Array
    visibility: Array

    @classmethod
    def of(
        cls,
        timed: Iterable[tuple[float, Pose | None]],
        person: str,
        session: str,
        name: str,
        exercise: str,
    ) -> Self:
        """Return the poses of a set, as a recording yields them."""
        nobody = np.full((N_LANDMARKS, 6), np.nan)
        times_s, rows = [], []
        for time_s, pose in timed:
            times_s.append(time_s)
            rows.append(
                nobody
                if pose is None
                else np.column_stack((pose.image, pose.world, pose.visibility))
            )
        values = np.stack(rows) if rows else np.empty((0, N_LANDMARKS, 6))
        return cls(
            person, session, name, exercise, np.array(times_s, np.float64),
            values[..., :2], values[..., 2:5], values[..., 5],
        )  # fmt: skip

    @property
    def rate_hz(self) -> float:
        """Pictures a second, by the usual time between two; NaN where there are not two."""
        if len(self.times_s) < 2:
            return float("nan")
        return round(1 / float(np.median(np.diff(self.times_s))), 2)
