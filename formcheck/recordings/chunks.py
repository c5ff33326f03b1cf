"""Poses as a few arrays of whole steps, and back.

A chunk is ``time_s`` (float64), ``found`` (bool), ``image`` (int32), ``world`` (int32) and
``visibility`` (uint8); the last three only for the frames with a person, and beside them
``outline`` (int32) where any of these has one, NaN in those that have none. Their numbers are the
steps that `formcheck.pose.rounded_pose` rounds to, as differences from frame to frame that wrap
around, which compress well; the first row is as it is. What is no sensible landmark is kept as
far as it can be: NaN as NaN, positions beyond 2^31 steps at that limit, visibility within 0
and 1, and 0 for NaN.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import N_LANDMARKS
from formcheck.pose import (
    IMAGE_STEPS_PER_PX,
    OUTLINE_PLACES,
    OUTLINE_STEPS,
    VISIBILITY_STEPS,
    WORLD_STEPS_PER_M,
    Pose,
)

FRAMES_PER_CHUNK = 512
_OUTLINE_SHAPE = 2, len(OUTLINE_PLACES)
_NAN_STEPS = np.iinfo(np.int32).min
_LARGEST_STEPS = np.iinfo(np.int32).max


def chunk_arrays(times_s: Sequence[float], poses: Sequence[Pose | None]) -> dict[str, NDArray[Any]]:
    """Return the arrays of a chunk by name."""
    found = [pose for pose in poses if pose is not None]
    arrays: dict[str, NDArray[Any]] = {
        "time_s": np.array(times_s, np.float64),
        "found": np.array([pose is not None for pose in poses], np.bool_),
    }
    if found:
        arrays["image"] = _steps([pose.image for pose in found], IMAGE_STEPS_PER_PX)
        arrays["world"] = _steps([pose.world for pose in found], WORLD_STEPS_PER_M)
        seen = np.nan_to_num(np.stack([pose.visibility for pose in found]).clip(0, 1))
        arrays["visibility"] = _differences(np.rint(seen * VISIBILITY_STEPS).astype(np.uint8))
    if any(pose.outline is not None for pose in found):
        none = np.full(_OUTLINE_SHAPE, np.nan)
        edges = [none if pose.outline is None else pose.outline for pose in found]
        arrays["outline"] = _steps(edges, OUTLINE_STEPS)
    return arrays


def chunk_poses(
    load: Callable[[str], NDArray[Any]], size_px: tuple[int, int], *, has_outline: bool = False
) -> list[tuple[float, Pose | None]]:
    """Return the instants of a chunk.

    Parameters
    ----------
    load
        Gives the array of a name.
    size_px
        Width and height of the picture [px].
    has_outline
        Whether there is an array of outlines.

    Raises
    ------
    ValueError
        If the arrays are not those of a chunk.
    """

    def array(name: str, kind: type[np.generic], *row_shape: int) -> NDArray[Any]:
        values = load(name)
        if values.dtype != kind or values.ndim == 0 or values.shape[1:] != row_shape:
            raise ValueError(f"{name} is {values.dtype} {values.shape}")
        return values

    times_s, found = array("time_s", np.float64).tolist(), array("found", np.bool_).tolist()
    if not any(found):
        return [(time_s, None) for time_s, _ in zip(times_s, found, strict=True)]
    image = _restored(array("image", np.int32, N_LANDMARKS, 2), IMAGE_STEPS_PER_PX)
    world = _restored(array("world", np.int32, N_LANDMARKS, 3), WORLD_STEPS_PER_M)
    visibility = np.cumsum(array("visibility", np.uint8, N_LANDMARKS), 0, np.uint8)
    outlines: list[NDArray[np.float64] | None] = [None] * len(image)
    if has_outline:
        edges = _restored(array("outline", np.int32, *_OUTLINE_SHAPE), OUTLINE_STEPS)
        outlines = [None if np.isnan(one).all() else one for one in edges]
    if not len(image) == len(world) == len(visibility) == len(outlines) == sum(found):
        raise ValueError("its arrays are not equally long")
    bodies = zip(image, world, visibility / VISIBILITY_STEPS, outlines, strict=True)
    return [
        (time_s, _pose(time_s, size_px, *next(bodies)) if is_found else None)
        for time_s, is_found in zip(times_s, found, strict=True)
    ]


def _pose(
    time_s: float,
    size_px: tuple[int, int],
    image: NDArray[np.float64],
    world: NDArray[np.float64],
    visibility: NDArray[np.float64],
    outline: NDArray[np.float64] | None,
) -> Pose:
    return Pose(time_s, image, world, visibility, *size_px, outline)


def _steps(arrays: list[NDArray[np.float64]], steps_per_unit: int) -> NDArray[np.int32]:
    """Return whole steps as differences from frame to frame; the first frame as it is."""
    steps = np.rint(np.stack(arrays) * steps_per_unit).clip(-_LARGEST_STEPS, _LARGEST_STEPS)
    return _differences(np.where(np.isnan(steps), _NAN_STEPS, steps).astype(np.int32))


def _restored(differences: NDArray[np.int32], steps_per_unit: int) -> NDArray[np.float64]:
    steps = np.cumsum(differences, axis=0, dtype=np.int32)
    return np.where(steps == _NAN_STEPS, np.nan, steps / steps_per_unit)


def _differences(steps: NDArray[Any]) -> NDArray[Any]:
    """Return each row less the one before, wrapping around; the first row as it is."""
    return np.diff(steps, axis=0, prepend=np.zeros_like(steps[:1]))
