"""Draw what the coach saw onto a picture.

Sizes follow the picture's height, so that text is as readable on a phone's portrait video as on
Full HD. Text stands on dark panels; a fault has a shape and words as well as a colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.events import Fault
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import BodyPart
from formcheck.landmarks import BONES, INDEX, NAMES, Side
from formcheck.pose import Pose

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

# RGB
NEAR_COLOUR: Colour = (255, 255, 255)
FAR_COLOUR: Colour = (120, 200, 255)
FAULT_COLOUR: Colour = (255, 140, 40)
TEXT_COLOUR: Colour = (255, 255, 255)
QUIET_COLOUR: Colour = (200, 208, 216)
PANEL_COLOUR: Colour = (16, 24, 32)
PANEL_OPACITY = 0.72
MIN_VISIBILITY = 0.5
FONT = cv2.FONT_HERSHEY_DUPLEX

_PART_LANDMARK = {
    BodyPart.HEAD: "ear",
    BodyPart.SHOULDER: "shoulder",
    BodyPart.ELBOW: "elbow",
    BodyPart.TRUNK: "hip",
    BodyPart.HIP: "hip",
    BodyPart.KNEE: "knee",
    BodyPart.FOOT: "ankle",
}
# Hershey fonts know ASCII alone.
_ASCII = str.maketrans({"\u2013": "-", "\u2019": "'", "\u00b0": " deg"})


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes for a picture of this size [px]."""

    line: int
    text: float
    margin: int

    @classmethod
    def of(cls, picture: Picture) -> "Scale":
        """Return sizes that suit the picture."""
        short_px = min(picture.shape[:2])
        return cls(
            line=max(1, round(short_px / 240)),
            text=max(0.4, short_px / 720),
            margin=max(4, round(short_px / 45)),
        )


def annotate(picture: Picture, snapshot: Snapshot, caption: str) -> Picture:
    """Return a copy of the picture with skeleton, counter, faults and caption.

    Parameters
    ----------
    caption
        The cue that is being said; empty for none.
    """
    drawn = picture.copy()
    scale = Scale.of(drawn)
    if snapshot.pose is not None:
        draw_skeleton(drawn, snapshot.pose, snapshot.near_side, scale)
        for fault in snapshot.active_faults:
            draw_fault(drawn, snapshot.pose, fault, snapshot.near_side, scale)
    _draw_panel(drawn, _status_lines(snapshot), scale)
    if snapshot.not_assessed is not None:
        _draw_bar(drawn, f"Not assessed: {snapshot.not_assessed.says}", scale, QUIET_COLOUR)
    elif caption:
        _draw_bar(drawn, caption, scale, TEXT_COLOUR)
    return drawn


def draw_skeleton(picture: Picture, pose: Pose, near_side: Side | None, scale: Scale) -> None:
    """Draw bones and joints; the far side thinner, what is hidden not at all."""
    points = np.rint(pose.image).astype(int)
    height_px, width_px = picture.shape[:2]
    inside = (
        (pose.visibility >= MIN_VISIBILITY)
        & (points >= 0).all(axis=1)
        & (points < (width_px, height_px)).all(axis=1)
    )
    for first, second in BONES:
        if not (inside[first] and inside[second]):
            continue
        is_far = near_side is not None and NAMES[first].startswith(near_side.opposite)
        colour = FAR_COLOUR if is_far else NEAR_COLOUR
        start, end = tuple(points[first].tolist()), tuple(points[second].tolist())
        width = scale.line if is_far else scale.line + 1
        cv2.line(picture, start, end, PANEL_COLOUR, width + 2, cv2.LINE_AA)
        cv2.line(picture, start, end, colour, width, cv2.LINE_AA)
    for index in {end for bone in BONES for end in bone}:
        if inside[index]:
            centre = tuple(points[index].tolist())
            cv2.circle(picture, centre, scale.line + 2, PANEL_COLOUR, -1, cv2.LINE_AA)
            cv2.circle(picture, centre, scale.line + 1, NEAR_COLOUR, -1, cv2.LINE_AA)


def draw_fault(
    picture: Picture, pose: Pose, fault: Fault, near_side: Side | None, scale: Scale
) -> None:
    """Draw a double ring around the body part concerned, and its cue beside it."""
    side = fault.side or near_side or Side.LEFT
    centre = pose.image[INDEX[f"{side}_{_PART_LANDMARK[fault.body_part]}"]]
    if not np.isfinite(centre).all():
        return
    x, y = np.rint(centre).astype(int).tolist()
    radius = max(8, round(min(picture.shape[:2]) / 16))
    for ring, width in ((radius, scale.line + 3), (round(radius * 0.7), scale.line)):
        cv2.circle(picture, (x, y), ring, PANEL_COLOUR, width + 2, cv2.LINE_AA)
        cv2.circle(picture, (x, y), ring, FAULT_COLOUR, width, cv2.LINE_AA)
    word = "!" if fault.severity == "error" else "tip"
    _draw_text_box(picture, f"{word} {fault.cue}", (x + radius, y - radius), scale, FAULT_COLOUR)


def _status_lines(snapshot: Snapshot) -> list[tuple[str, float, Colour]]:
    """Return the panel's lines as (text, size, colour)."""
    if snapshot.exercise is None:
        return [("no exercise recognised yet", 1.0, QUIET_COLOUR)]
    lines = [(snapshot.exercise.name, 1.0, TEXT_COLOUR)]
    if snapshot.exercise.is_hold:
        minutes, seconds = divmod(snapshot.held_s, 60)
        lines.append((f"{minutes:02.0f}:{seconds:04.1f}", 2.6, TEXT_COLOUR))
        lines.append(("holding" if snapshot.is_holding else "not held", 0.9, QUIET_COLOUR))
        if snapshot.total_held_s > snapshot.held_s:
            lines.append((f"in all {snapshot.total_held_s:.1f} s", 0.9, QUIET_COLOUR))
        return lines
    lines.append((str(snapshot.count), 3.0, TEXT_COLOUR))
    lines.append((snapshot.phase.value, 0.9, QUIET_COLOUR))
    if snapshot.n_attempts:
        lines.append((f"too small: {snapshot.n_attempts}", 0.9, QUIET_COLOUR))
    return lines


def _draw_panel(picture: Picture, lines: Sequence[tuple[str, float, Colour]], scale: Scale) -> None:
    sizes = [_size(text, scale.text * size) for text, size, _ in lines]
    gap = scale.margin // 2
    width = max(width for width, _ in sizes) + 2 * scale.margin
    height = sum(height + gap for _, height in sizes) + 2 * scale.margin - gap
    _shade(picture, (scale.margin, scale.margin), (width, height))
    y = 2 * scale.margin
    for (text, size, colour), (_, text_height) in zip(lines, sizes, strict=True):
        y += text_height
        _write(picture, text, (2 * scale.margin, y), scale.text * size, colour)
        y += gap


def _draw_bar(picture: Picture, text: str, scale: Scale, colour: Colour) -> None:
    """Draw a caption across the bottom, smaller where it would not fit."""
    height_px, width_px = picture.shape[:2]
    size = scale.text * 1.1
    text_width, _ = _size(text, size)
    size *= min(1.0, (width_px - 2 * scale.margin) / max(1, text_width))
    text_width, text_height = _size(text, size)
    bar = text_height + 2 * scale.margin
    _shade(picture, (0, height_px - bar), (width_px, bar))
    x = (width_px - text_width) // 2
    _write(picture, text, (x, height_px - scale.margin), size, colour)


def _draw_text_box(
    picture: Picture, text: str, corner: tuple[int, int], scale: Scale, colour: Colour
) -> None:
    """Draw text on a panel, pushed back into the picture where it would leave it."""
    size = scale.text * 0.85
    width, height = _size(text, size)
    pad = scale.margin // 2
    height_px, width_px = picture.shape[:2]
    x = max(0, min(corner[0], width_px - width - 2 * pad))
    y = max(0, min(corner[1] - height, height_px - height - 2 * pad))
    _shade(picture, (x, y), (width + 2 * pad, height + 2 * pad))
    _write(picture, text, (x + pad, y + pad + height), size, colour)


def _size(text: str, size: float) -> tuple[int, int]:
    (width, height), below = cv2.getTextSize(text.translate(_ASCII), FONT, size, _weight(size))
    return width, height + below // 2


def _weight(size: float) -> int:
    return max(1, round(size * 1.6))


def _write(
    picture: Picture, text: str, corner: tuple[int, int], size: float, colour: Colour
) -> None:
    plain = text.translate(_ASCII)
    cv2.putText(picture, plain, corner, FONT, size, colour, _weight(size), cv2.LINE_AA)


def _shade(picture: Picture, corner: tuple[int, int], size: tuple[int, int]) -> None:
    """Darken a rectangle, as far as it lies in the picture."""
    x, y = max(0, corner[0]), max(0, corner[1])
    part = picture[y : corner[1] + size[1], x : corner[0] + size[0]]
    panel = np.array(PANEL_COLOUR, np.float32) * PANEL_OPACITY
    part[:] = (part * (1 - PANEL_OPACITY) + panel).astype(np.uint8)
