"""What the engine saw of people who turn, and what is true: kept small, in one file.

Only what a turn can be read from is kept of a pose, in steps that are far below the engine's
jitter, so that everything can be computed again, in other ways, without rendering.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import LabelsError
from formcheck.evaluation.noise_fit.command import TRUTH_SUFFIX, recorded
from formcheck.evaluation.noise_fit.tracks import Known, Track
from formcheck.files import atomic_path, ensure_folder
from formcheck.landmarks import INDEX, N_LANDMARKS, Side
from formcheck.pose import Pose
from formcheck.recordings import Recording
from formcheck.simulation.truth import ANGLES, Truth

Array = NDArray[np.float64]

KEPT = (
    "nose",
    *(
        f"{side}_{name}"
        for name in ("ear", "shoulder", "elbow", "hip", "knee", "ankle")
        for side in Side
    ),
)
"""The landmarks that are kept."""

_STEPS_PER_PX, _STEPS_PER_M, _STEPS_PER_DEG, _VISIBILITY_STEPS = 20, 2000, 20, 255
_KEPT_INDICES = [INDEX[name] for name in KEPT]


@dataclass(frozen=True, eq=False)
class SeenTurns:
    """One clip of somebody who turns to either side.

    Attributes
    ----------
    name, person, arms
        Of the clip, of who is in it, and how the arms are held.
    azimuth_deg, camera_height_m
        Where the camera stands: 0 in front, + on the person's left.
    size_px
        Of the picture.
    spans_s, sides
        From when to when each turn lasts [s], and to which side it goes.
    time_s
        Of each frame in which somebody was found, shape (n,).
    image_px, world_m, visibility
        What the engine saw of the landmarks in the order of ``KEPT``: shapes (n, 13, 2),
        (n, 13, 3) and (n, 13).
    chest_deg
        The true turn of the chest against the pelvis, + to the left, shape (n,).
    pelvis_deg
        The true heading of the pelvis, 0 square to the camera, + to the left, shape (n,).
    """

    name: str
    person: int
    arms: str
    azimuth_deg: float
    camera_height_m: float
    size_px: tuple[int, int]
    spans_s: tuple[tuple[float, float], ...]
    sides: tuple[Side, ...]
    time_s: Array
    image_px: Array
    world_m: Array
    visibility: Array
    chest_deg: Array
    pelvis_deg: Array

    @cached_property
    def _column(self) -> dict[str, int]:
        return {name: column for column, name in enumerate(KEPT)}

    def picture(self, landmark: str) -> Array:
        """Return where a landmark is in the picture [px], shape (n, 2)."""
        return np.asarray(self.image_px[:, self._column[landmark]])

    def space(self, landmark: str) -> Array:
        """Return where a landmark is in space [m], shape (n, 3)."""
        return np.asarray(self.world_m[:, self._column[landmark]])

    def during(self, span_s: tuple[float, float]) -> NDArray[np.intp]:
        """Return which frames lie within a span."""
        return np.flatnonzero((self.time_s >= span_s[0]) & (self.time_s <= span_s[1]))

    def poses(self) -> Iterator[tuple[float, Pose]]:
        """Yield the kept part of each pose; everything else is hidden."""
        for k, time_s in enumerate(self.time_s.tolist()):
            image, world = np.full((N_LANDMARKS, 2), np.nan), np.full((N_LANDMARKS, 3), np.nan)
            visibility = np.zeros(N_LANDMARKS)
            image[_KEPT_INDICES], world[_KEPT_INDICES] = self.image_px[k], self.world_m[k]
            visibility[_KEPT_INDICES] = self.visibility[k]
            yield time_s, Pose(time_s, image, world, visibility, *self.size_px)


def seen_turns(folder: Path, progress: Callable[[int, int | None], None]) -> list[SeenTurns]:
    """Let the engine look once at each clip of a folder that `formcheck.simulation.samples` made.

    Raises
    ------
    LabelsError
        If there are no clips of people who turn.
    """
    path = folder / "labels.json"
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))["clips"]
        labels = [label for label in labels if "arms" in label]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LabelsError(f"{path} does not say what the clips show ({error})") from error
    if not labels:
        raise LabelsError(
            f"{path} has no clips of people who turn; make some with"
            f" `python -m formcheck.simulation.samples --turners 24 --out {folder}`"
        )
    poses = ensure_folder(folder / "poses")
    seen = []
    for number, label in enumerate(labels, start=1):
        video = folder / label["file"]
        truth = Truth.load(folder / f"{video.stem}{TRUTH_SUFFIX}")
        seen.append(_seen(label, recorded(video, poses), truth))
        progress(number, len(labels))
    return seen


def _seen(label: dict[str, object], recording: Recording, truth: Truth) -> SeenTurns:
    header = recording.header
    name = Path(str(label["file"])).stem
    facts = label | {"name": name, "size_px": (header.width_px, header.height_px)}
    return seen_beside(facts, recording, truth)


def seen_beside(
    facts: Mapping[str, object], poses: Iterable[tuple[float, Pose | None]], truth: Truth
) -> SeenTurns:
    """Return what is kept of poses and of the truth beside them.

    Parameters
    ----------
    facts
        As in a label of the clip, with its ``name`` and ``size_px``.
    """
    parsed = json.loads(json.dumps(facts))
    known = Known.of(Track.of(parsed["name"], poses, tuple(parsed["size_px"])), truth)
    track = known.track
    return _made(
        parsed,
        track.time_s,
        track.image_px[:, _KEPT_INDICES],
        track.world_m[:, _KEPT_INDICES],
        track.visibility[:, _KEPT_INDICES],
        known.truth.angles_deg[:, ANGLES.index("chest_turn")],
        _headings_deg(known.truth.world_m),
    )


def _made(facts: Mapping[str, Any], *columns: Array) -> SeenTurns:
    return SeenTurns(
        facts["name"],
        facts["person"],
        facts["arms"],
        facts["azimuth_deg"],
        facts["camera_height_m"],
        tuple(facts["size_px"]),
        tuple((start_s, end_s) for start_s, end_s in facts["repetition_spans_s"]),
        tuple(Side(side) for side in facts["sides"]),
        *columns,
    )


def _headings_deg(world_m: Array) -> Array:
    """Return how far the true line of the hips is turned about the upright.

    The line is level in the room; that the camera looks down at it is taken back.
    """
    across = world_m[:, INDEX["left_hip"]] - world_m[:, INDEX["right_hip"]]
    away = np.copysign(np.hypot(across[:, 1], across[:, 2]), across[:, 2])
    return np.asarray(np.degrees(np.arctan2(away, across[:, 0])))


def save(turns: Sequence[SeenTurns], path: Path) -> None:
    """Keep clips in one compressed file."""
    labels = [
        {
            "name": one.name,
            "person": one.person,
            "arms": one.arms,
            "azimuth_deg": one.azimuth_deg,
            "camera_height_m": one.camera_height_m,
            "size_px": one.size_px,
            "repetition_spans_s": one.spans_s,
            "sides": one.sides,
            "n_frames": len(one.time_s),
        }
        for one in turns
    ]
    ensure_folder(path.parent)
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(
            file,
            labels=np.array(json.dumps(labels)),
            time_ms=_joined([one.time_s for one in turns], 1000, np.int32),
            image=_steps([one.image_px for one in turns], _STEPS_PER_PX),
            world=_steps([one.world_m for one in turns], _STEPS_PER_M),
            visibility=_joined([one.visibility for one in turns], _VISIBILITY_STEPS, np.uint8),
            chest=_joined([one.chest_deg for one in turns], _STEPS_PER_DEG, np.int16),
            pelvis=_joined([one.pelvis_deg for one in turns], _STEPS_PER_DEG, np.int16),
        )


def _joined(parts: list[Array], steps: int, kind: type[np.generic]) -> NDArray[np.generic]:
    return np.rint(np.concatenate(parts) * steps).astype(kind)


def _steps(parts: list[Array], steps: int) -> NDArray[np.generic]:
    """Return frame after frame as what has changed, which is small, coordinate by coordinate."""
    whole = np.rint(np.concatenate(parts) * steps).astype(np.int32)
    changes = np.diff(whole, axis=0, prepend=np.zeros_like(whole[:1]))
    return np.ascontiguousarray(np.moveaxis(changes, 0, -1)).astype(np.int16)


def load(path: Path) -> list[SeenTurns]:
    """Read what `save` wrote.

    Raises
    ------
    LabelsError
        If there is nothing.
    """
    if not path.is_file():
        raise LabelsError(
            f"{path} does not exist; make it with"
            " `python -m formcheck.evaluation.synthetic rotation FOLDER`"
        )
    with np.load(path) as stored:
        labels = json.loads(str(stored["labels"]))
        columns = [
            stored["time_ms"] / 1000,
            _summed(stored["image"], _STEPS_PER_PX),
            _summed(stored["world"], _STEPS_PER_M),
            stored["visibility"] / _VISIBILITY_STEPS,
            stored["chest"] / _STEPS_PER_DEG,
            stored["pelvis"] / _STEPS_PER_DEG,
        ]
    ends = np.cumsum([label["n_frames"] for label in labels])[:-1]
    parts = zip(*(np.split(column, ends) for column in columns), strict=True)
    return [_made(label, *part) for label, part in zip(labels, parts, strict=True)]


def _summed(changes: NDArray[np.int16], steps: int) -> Array:
    whole = np.cumsum(changes.astype(np.int64), axis=-1)
    return np.moveaxis(whole, -1, 0) / steps
