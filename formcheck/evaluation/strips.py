"""A strip of pictures for each miss: what was seen when, beside what the labels say.

The pictures are of people who have not agreed to be shown: strips are for the eyes of whoever
looks for a cause, on the machine that has the clips. The folder ignores itself for git.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np

from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.evaluation.labels import Clip
from formcheck.evaluation.poses import ClipPoses
from formcheck.evaluation.run import analyse
from formcheck.evaluation.score import Score
from formcheck.evaluation.strip_plot import PLOT_HEIGHT, draw_plot, labelled_spans
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder
from formcheck.frame import Frame
from formcheck.measures import View
from formcheck.sinks.drawing import draw_skeleton
from formcheck.sinks.lettering import Box, Colour, Line, Picture, Scale, block_box, draw_block
from formcheck.sources.opening import open_source

N_PICTURES = 12
N_COLUMNS = 6
PICTURE_WIDTH = 320
LABELLED_COLOUR: Colour = (120, 230, 140)
TEXT_COLOUR: Colour = (255, 255, 255)
TITLE_HEIGHT = 40


def write_strip(
    folder: Path, clip: Clip, score: Score, poses: ClipPoses, exercises: Mapping[str, Exercise]
) -> Path:
    """Draw what formcheck saw on a clip, and return where the picture is.

    Parameters
    ----------
    folder
        Made where it is not there; git is told to pass over what is in it.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    recording = poses.of(clip)
    wanted = np.unique(np.linspace(0, recording.n_frames - 1, N_PICTURES).round().astype(int))
    kept = _Kept(frozenset(wanted.tolist()))
    analysis = analyse(recording, score.asked_for, exercises, kept)
    pictures = _pictures(poses.video(clip), kept.snapshots, clip)
    sheet = _sheet(pictures)
    title = _title(f"{clip.file}, asked for {score.asked_for}: expected {score.expected}, got"
                   f" {score.answered}", sheet.shape[1])  # fmt: skip
    plot = np.zeros((PLOT_HEIGHT, sheet.shape[1], 3), np.uint8)
    draw_plot(plot, analysis, clip)
    _ignore_for_git(folder)
    name = f"{clip.file.replace('/', '__')}--{score.asked_for}.png"
    _save(folder / name, np.vstack([title, sheet, plot]))
    return folder / name


class _Kept:
    """A sink that keeps the snapshots of chosen frames."""

    def __init__(self, wanted: frozenset[int]) -> None:
        self._wanted = wanted
        self._n_seen = 0
        self.snapshots: dict[int, Snapshot] = {}

    def __enter__(self) -> Self:
        """Nothing to open."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing to close."""

    def write(self, snapshot: Snapshot, frame: Frame | None) -> None:  # noqa: ARG002 - a sink
        """Keep it where it is wanted."""
        if self._n_seen in self._wanted:
            self.snapshots[self._n_seen] = snapshot
        self._n_seen += 1


def _pictures(video: Path, snapshots: Mapping[int, Snapshot], clip: Clip) -> list[Picture]:
    spans = labelled_spans(clip)
    pictures = []
    with open_source(video) as source:
        for number, frame in enumerate(source):
            if number in snapshots:
                pictures.append(_picture(frame, snapshots[number], spans))
            if len(pictures) == len(snapshots):
                break
    return pictures


def _picture(frame: Frame, snapshot: Snapshot, spans: Sequence[tuple[float, float]]) -> Picture:
    """Return a small picture with its skeleton, time, signal and count."""
    drawn = frame.image.copy()
    if snapshot.pose is not None:
        near_side = None if snapshot.view is View.FRONT else snapshot.near_side
        draw_skeleton(drawn, snapshot.pose, near_side, Scale.of(drawn))
    height = round(PICTURE_WIDTH * drawn.shape[0] / drawn.shape[1])
    resized = cv2.resize(drawn, (PICTURE_WIDTH, height), interpolation=cv2.INTER_AREA)
    small = np.ascontiguousarray(resized, np.uint8)
    is_labelled = any(start_s <= snapshot.time_s <= end_s for start_s, end_s in spans)
    colour = LABELLED_COLOUR if is_labelled else TEXT_COLOUR
    lines = [Line(text, 0.42, colour) for text in _words(snapshot)]
    block = block_box(lines, 4)
    draw_block(small, lines, Box(0, 0, block.width, block.height), 4)
    return small


def _words(snapshot: Snapshot) -> list[str]:
    """Return what stands on a picture."""
    primary = snapshot.primary
    done = f"count {snapshot.count}, {snapshot.phase}"
    if snapshot.total_held_s > 0:
        done += f", held {snapshot.total_held_s:.1f} s"
    how = f"{snapshot.view or '-'} {snapshot.orientation or '-'} near {snapshot.near_side or '-'}"
    words = [f"{snapshot.time_s:.2f} s  {done}", how]
    if primary is not None:
        words.append(f"{primary.measure} {primary.value:.2f}")
    if snapshot.not_assessed is not None:
        words.append(snapshot.not_assessed.code)
    return words


def _sheet(pictures: Sequence[Picture]) -> Picture:
    """Return the pictures in rows."""
    if not pictures:
        return np.zeros((1, N_COLUMNS * PICTURE_WIDTH, 3), np.uint8)
    blank = np.zeros_like(pictures[0])
    missing = -len(pictures) % N_COLUMNS
    filled = [*pictures, *[blank] * missing]
    starts = range(0, len(filled) + 1, N_COLUMNS)
    return np.vstack([np.hstack(filled[a:b]) for a, b in pairwise(starts)])


def _title(text: str, width: int) -> Picture:
    title = np.zeros((TITLE_HEIGHT, width, 3), np.uint8)
    draw_block(title, [Line(text, 0.6, TEXT_COLOUR)], Box(0, 0, width, TITLE_HEIGHT), 10)
    return title


def _ignore_for_git(folder: Path) -> None:
    ignore = ensure_folder(folder) / ".gitignore"
    if not ignore.exists():
        with atomic_path(ignore) as temporary:
            temporary.write_text("*\n", encoding="utf-8")


def _save(path: Path, picture: Picture) -> None:
    is_made, data = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    if not is_made:
        raise OutputError(f"cannot write {path}: the picture could not be made")
    with atomic_path(path) as temporary:
        temporary.write_bytes(data.tobytes())
