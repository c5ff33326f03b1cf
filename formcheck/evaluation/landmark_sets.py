"""Landmarks that others recorded, as poses: sets without pictures, each in coordinates of its own.

They are measured on for the report only, and never mixed with clips: no set has MediaPipe's
world landmarks, so depth and scale had to be restored by assumptions that each reader states.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import LabelsError
from formcheck.landmarks import INDEX, N_LANDMARKS, NAMES
from formcheck.pose import Pose, rounded_pose

Points = NDArray[np.float64]

# MediaPipe gives every body a trunk of about half a metre.
TRUNK_M = 0.5
# Where a set lost position and size: a person of this size in the middle of a picture.
TRUNK_PX = 150.0
PICTURE_PX = (1280, 1000)
_MIDDLE_PX = (640.0, 360.0)
# Beyond this the recovery of RepCount's landmarks has failed. (The set says from 5, but somebody
# who stands and is seen from the side is up to seven times as high as wide.)
_LARGEST_BOX_WIDTHS = 8.0
KERAAL_PICTURE_PX = (960, 540)
_SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@dataclass(frozen=True, slots=True)
class LandmarkStream:
    """One recording of a set.

    Attributes
    ----------
    shows
        What is done, in the set's own words.
    exercise
        The same as formcheck's catalogue calls it; ``other`` where it has none.
    poses
        Times and poses; None where the set has nobody.
    remarks
        What the set's describers say of it.
    """

    set_name: str
    name: str
    shows: str
    exercise: str
    n_repetitions: int
    poses: tuple[tuple[float, Pose | None], ...]
    remarks: str


@dataclass(frozen=True, slots=True)
class SquatFrame:
    """One picture's landmarks, taken standing or squatting."""

    is_down: bool
    pose: Pose


def repcount_streams(folder: Path) -> Iterator[LandmarkStream]:
    """Yield the recordings of RepCount: x, y and z in widths of each frame's own box.

    Position and size were lost: every frame is scaled so that the trunk has one length.
    """
    for row in _rows(folder / "repcount_labels.csv"):
        data = _arrays(folder / "repcount" / f"{row['name']}.npz")
        rate_hz = float(row["fps"])
        frames = zip(data["landmarks"].astype(np.float64), data["ok"].tolist(), strict=True)
        yield LandmarkStream(
            set_name="RepCount",
            name=row["name"],
            shows=row["exercise"].replace("_", " "),
            exercise=row["catalogue_exercise"],
            n_repetitions=int(row["count"]),
            poses=tuple(
                (k / rate_hz, _of_box(points, k / rate_hz) if is_found else None)
                for k, (points, is_found) in enumerate(frames)
            ),
            remarks=row["remarks"],
        )


def keraal_streams(folder: Path) -> Iterator[LandmarkStream]:
    """Yield the takes of KERAAL: x and y in shares of the picture, z about the scale of x."""
    data = _arrays(folder / "keraal_blazepose.npz")
    width_px, height_px = KERAAL_PICTURE_PX
    for row in _rows(folder / "keraal_labels.csv"):
        rate_hz = float(row["fps"])
        in_px = data[row["key"]].astype(np.float64) * (width_px, height_px, width_px)
        yield LandmarkStream(
            set_name="KERAAL",
            name=row["key"],
            shows=row["exercise"],
            exercise=row["catalogue_exercise"],
            n_repetitions=int(row["repetitions"]),
            poses=tuple(
                (k / rate_hz, _of_pixels(points, k / rate_hz)) for k, points in enumerate(in_px)
            ),
            remarks=f"{row['label']}, low: {row['low_arm_of_subject']}"
            if row["low_arm_of_subject"]
            else row["label"],
        )


def exercise_correction_frames(folder: Path, height_share: float) -> list[SquatFrame]:
    """Return the single frames of Exercise-Correction.

    Parameters
    ----------
    height_share
        Height of the pictures over their width, which the set does not say.
    """
    scale = np.array([1.0, height_share, 1.0])
    return [
        SquatFrame(row["label"] == "down", _of_named(row, "{name}_{axis}", scale))
        for row in _rows(folder / "exercise_correction_squat_train.csv.gz")
    ]


def kalatz_frames(folder: Path) -> list[SquatFrame]:
    """Return the single frames of squats of exercise_recognition: one unit for all axes."""
    return [
        SquatFrame(row["pose"] == "squats_down", _of_named(row, "{axis}_{name}", np.ones(3)))
        for row in _rows(folder / "kalatz_train.csv.gz")
        if row["pose"].startswith("squats_")
    ]


def _of_box(points: Points, time_s: float) -> Pose | None:
    if not np.isfinite(points).all() or np.abs(points).max() > _LARGEST_BOX_WIDTHS:
        return None
    return _of_any_unit(points, np.ones(N_LANDMARKS), time_s)


def _of_any_unit(points: Points, visibility: Points, time_s: float) -> Pose | None:
    """Return a pose scaled by its trunk, in the middle of a picture."""
    hips, trunk = _hips_and_trunk(points)
    if not trunk > 1e-3:
        return None
    in_trunks = (points - hips) / trunk
    image_px = in_trunks[:, :2] * TRUNK_PX + _MIDDLE_PX
    return rounded_pose(time_s, image_px, in_trunks * TRUNK_M, visibility, PICTURE_PX)


def _of_pixels(points_px: Points, time_s: float) -> Pose | None:
    """Return a pose whose place in the picture is known; its trunk is upright."""
    if not np.isfinite(points_px).all():
        return None
    hips, _ = _hips_and_trunk(points_px)
    _, upright_px = _hips_and_trunk(points_px * (1, 1, 0))
    if not upright_px > 1:
        return None
    world_m = (points_px - hips) * (TRUNK_M / upright_px)
    return rounded_pose(time_s, points_px[:, :2], world_m, np.ones(N_LANDMARKS), KERAAL_PICTURE_PX)


def _of_named(row: dict[str, str], column: str, scale: Points) -> Pose:
    """Return the pose of a row of named columns; landmarks that it lacks are hidden."""
    points = np.full((N_LANDMARKS, 3), np.nan)
    visibility = np.zeros(N_LANDMARKS)
    for index, name in enumerate(NAMES):
        if column.format(name=name, axis="x") in row:
            points[index] = [float(row[column.format(name=name, axis=a)]) for a in "xyz"]
            visibility[index] = float(row.get(column.format(name=name, axis="v"), 1.0))
    pose = _of_any_unit(points * scale, visibility, time_s=0.0)
    if pose is None:
        raise LabelsError(f"a row of single frames has no trunk: {row}")
    return pose


def _hips_and_trunk(points: Points) -> tuple[Points, float]:
    hips = points[_HIPS].mean(axis=0)
    return hips, float(np.linalg.norm(points[_SHOULDERS].mean(axis=0) - hips))


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path} cannot be read ({error}); expected a table of landmarks") from (
            error
        )
    return list(csv.DictReader(text.splitlines()))


def _arrays(path: Path) -> dict[str, NDArray[Any]]:
    try:
        with np.load(path, allow_pickle=False) as data:
            return {name: data[name] for name in data.files}
    except (OSError, ValueError) as error:
        raise LabelsError(f"{path} cannot be read ({error}); expected arrays of landmarks") from (
            error
        )
