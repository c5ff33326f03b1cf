"""Draw what the coach saw onto a picture.

A fault has a shape and words as well as a colour. What the engine only guessed is dashed, and
what it guessed outside the picture is not drawn: nobody should take it for something seen.
"""

import math
from collections.abc import Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

from formcheck.analysis.events import Fault
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import BodyPart, Phase
from formcheck.landmarks import BONES, INDEX, NAMES, Side
from formcheck.measures import View
from formcheck.pose import Pose
from formcheck.sinks.lettering import (
    PANEL_COLOUR,
    Box,
    Colour,
    Line,
    Picture,
    Scale,
    block_box,
    draw_block,
    first_free,
    wrapped,
)

# RGB
NEAR_COLOUR: Colour = (255, 255, 255)
FAR_COLOUR: Colour = (120, 200, 255)
FAULT_COLOUR: Colour = (255, 140, 40)
TEXT_COLOUR: Colour = (255, 255, 255)
QUIET_COLOUR: Colour = (200, 208, 216)
MIN_VISIBILITY = 0.5
LABEL_SHARE = 0.45  # of the picture's width, at most

_PART_LANDMARK = {
    BodyPart.HEAD: "ear",
    BodyPart.SHOULDER: "shoulder",
    BodyPart.ELBOW: "elbow",
    BodyPart.TRUNK: "hip",
    BodyPart.HIP: "hip",
    BodyPart.KNEE: "knee",
    BodyPart.FOOT: "ankle",
}

# As the live page calls them.
_PHASES = {
    Phase.REST: "start position",
    Phase.OUTBOUND: "going out",
    Phase.EFFORT: "furthest point",
    Phase.RETURN: "coming back",
}


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
        # From the front neither side is nearer, whichever is tracked.
        near_side = None if snapshot.view is View.FRONT else snapshot.near_side
        draw_skeleton(drawn, snapshot.pose, near_side, scale)
    taken = [_draw_panel(drawn, _status_lines(snapshot, scale), scale)]
    if snapshot.not_assessed is not None:
        says = f"Not assessed: {snapshot.not_assessed.says}"
        taken.append(_draw_bar(drawn, says, scale, QUIET_COLOUR))
    elif caption:
        taken.append(_draw_bar(drawn, caption, scale, TEXT_COLOUR))
    if snapshot.pose is not None:
        draw_faults(drawn, snapshot, snapshot.pose, scale, taken)
    return drawn


def draw_skeleton(picture: Picture, pose: Pose, near_side: Side | None, scale: Scale) -> None:
    """Draw bones and joints: the far side thinner, what is hidden dashed."""
    height_px, width_px = picture.shape[:2]
    x, y = pose.image.T
    inside = (x >= 0) & (x < width_px) & (y >= 0) & (y < height_px)  # False for NaN
    seen = inside & (pose.visibility >= MIN_VISIBILITY)
    # Those nearer to the camera last, on top.
    for first, second in sorted(BONES, key=lambda bone: not _is_far(bone[0], near_side)):
        start, end = pose.image[first], pose.image[second]
        is_far = _is_far(first, near_side)
        colour = FAR_COLOUR if is_far else NEAR_COLOUR
        if seen[first] and seen[second]:
            width = scale.line if is_far else scale.line + 2
            _stroke(picture, start, end, colour, width)
        elif inside[first] and inside[second]:
            for dash_start, dash_end in _dashes(start, end, 4 * scale.line):
                _stroke(picture, dash_start, dash_end, colour, 1)
    for index in {end for bone in BONES for end in bone}:
        if seen[index]:
            centre = _pixel(pose.image[index])
            cv2.circle(picture, centre, scale.line + 3, PANEL_COLOUR, -1, cv2.LINE_AA)
            cv2.circle(picture, centre, scale.line + 2, NEAR_COLOUR, -1, cv2.LINE_AA)


def draw_faults(
    picture: Picture, snapshot: Snapshot, pose: Pose, scale: Scale, taken: list[Box]
) -> None:
    """Draw rings around the body parts concerned, two for an error, and each cue beside them.

    Parameters
    ----------
    taken
        Where no label may lie; the labels are added.
    """
    radius = max(8, round(min(picture.shape[:2]) / 16))
    faults = sorted(snapshot.active_faults, key=lambda fault: fault.severity != "error")
    marks = [
        (fault, _pixel(place))
        for fault in faults
        if np.isfinite(place := _place(pose, fault, snapshot.near_side)).all()
    ]
    for fault, centre in marks:
        rings = (radius, round(radius * 0.7)) if fault.severity == "error" else (radius,)
        for ring in rings:
            cv2.circle(picture, centre, ring, PANEL_COLOUR, scale.line + 4, cv2.LINE_AA)
            cv2.circle(picture, centre, ring, FAULT_COLOUR, scale.line + 1, cv2.LINE_AA)
        taken.append(Box(centre[0] - radius, centre[1] - radius, 2 * radius, 2 * radius))
    for fault, centre in marks:
        taken.append(_draw_label(picture, fault, (*centre, radius), scale, taken))


def _is_far(landmark: int, near_side: Side | None) -> bool:
    return near_side is not None and NAMES[landmark].startswith(near_side.opposite)


def _stroke(picture: Picture, start: ArrayLike, end: ArrayLike, colour: Colour, width: int) -> None:
    """Draw a line with a dark edge, which shows on a white wall too."""
    ends = _pixel(start), _pixel(end)
    cv2.line(picture, *ends, PANEL_COLOUR, width + 2, cv2.LINE_AA)
    cv2.line(picture, *ends, colour, width, cv2.LINE_AA)


def _dashes(
    start: ArrayLike, end: ArrayLike, length_px: int
) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Yield the dashes of a line, each followed by a gap of the same length."""
    first, along = np.asarray(start, np.float64), np.subtract(end, start)
    n_steps = max(2, round(math.hypot(*along) / length_px))
    for step in range(0, n_steps, 2):
        yield first + along * (step / n_steps), first + along * ((step + 1) / n_steps)


def _place(pose: Pose, fault: Fault, near_side: Side | None) -> NDArray[np.float64]:
    side = fault.side or near_side or Side.LEFT
    place: NDArray[np.float64] = pose.image[INDEX[f"{side}_{_PART_LANDMARK[fault.body_part]}"]]
    return place


def _pixel(point: ArrayLike) -> tuple[int, int]:
    x, y = np.rint(point).astype(int).tolist()
    return x, y


def _draw_label(
    picture: Picture, fault: Fault, ring: tuple[int, int, int], scale: Scale, taken: list[Box]
) -> Box:
    """Write a cue beside its ring, where it covers nothing else; return where it is."""
    x, y, radius = ring
    padding = max(2, scale.margin // 2)
    word = "!" if fault.severity == "error" else "tip:"
    line = Line(f"{word} {fault.cue}", scale.text * 0.85, FAULT_COLOUR)
    lines = wrapped(line, round(LABEL_SHARE * picture.shape[1]))
    size = block_box(lines, padding)
    corners = [
        (left, top + step * size.height // 2)
        for step in (0, 1, -1, 2, -2, 3, -3, 4, -4)
        for top in (y - radius - size.height // 2, y + radius - size.height // 2)
        for left in (x + radius + padding, x - radius - padding - size.width)
    ]
    candidates = [
        Box(left, top, size.width, size.height).pushed_into(picture) for left, top in corners
    ]
    box = first_free(candidates, taken) or candidates[0]
    draw_block(picture, lines, box, padding)
    return box


def _status_lines(snapshot: Snapshot, scale: Scale) -> list[Line]:
    """Return what the panel says."""

    def line(text: str, size: float, colour: Colour) -> Line:
        return Line(text, scale.text * size, colour)

    if snapshot.exercise is None:
        return [line("no exercise recognised yet", 1.0, QUIET_COLOUR)]
    lines = [line(snapshot.exercise.name, 1.0, TEXT_COLOUR)]
    if snapshot.exercise.is_hold or snapshot.is_holding:
        minutes, tenths = divmod(round(10 * snapshot.held_s), 600)  # whole: never 00:60.0
        lines.append(line(f"{minutes:02d}:{tenths / 10:04.1f}", 2.6, TEXT_COLOUR))
        lines.append(line("holding" if snapshot.is_holding else "not held", 0.9, QUIET_COLOUR))
        if snapshot.total_held_s > snapshot.held_s:
            lines.append(line(f"in all {snapshot.total_held_s:.1f} s", 0.9, QUIET_COLOUR))
        return lines
    lines.append(line(str(snapshot.count), 3.0, TEXT_COLOUR))
    lines.append(line(_PHASES[snapshot.phase], 0.9, QUIET_COLOUR))
    if snapshot.n_attempts:
        lines.append(line(f"too small: {snapshot.n_attempts}", 0.9, QUIET_COLOUR))
    return lines


def _draw_panel(picture: Picture, lines: Sequence[Line], scale: Scale) -> Box:
    size = block_box(lines, scale.margin)
    box = Box(scale.margin, scale.margin, size.width, size.height)
    draw_block(picture, lines, box, scale.margin)
    return box


def _draw_bar(picture: Picture, text: str, scale: Scale, colour: Colour) -> Box:
    """Write across the bottom, on as many lines as it takes; return where it is."""
    height_px, width_px = picture.shape[:2]
    lines = wrapped(Line(text, scale.text * 1.1, colour), width_px - 2 * scale.margin)
    size = block_box(lines, scale.margin)
    box = Box(0, height_px - size.height, width_px, size.height)
    draw_block(picture, lines, box, scale.margin, centred=True)
    return box
