"""Text on pictures: plain words on dark panels, wrapped and placed so that they can be read.

Sizes follow the picture, so that text is as readable on a phone's portrait video as on Full HD.
OpenCV's fonts are only sure to have ASCII: other letters are written as their nearest.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Colour = tuple[int, int, int]

# RGB
PANEL_COLOUR: Colour = (16, 24, 32)
# So dark that all text on it has a contrast of 4.5 also where the picture is white.
PANEL_OPACITY = 0.85
FONT = cv2.FONT_HERSHEY_DUPLEX
_NEAREST = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2019": "'", "\u00b0": " deg"})


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


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a picture [px]."""

    x: int
    y: int
    width: int
    height: int

    def overlaps(self, other: "Box") -> bool:
        """Return whether the two share a pixel."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def pushed_into(self, picture: Picture) -> "Box":
        """Return the box moved back into the picture, as far as it fits."""
        height_px, width_px = picture.shape[:2]
        return replace(
            self,
            x=max(0, min(self.x, width_px - self.width)),
            y=max(0, min(self.y, height_px - self.height)),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text, in OpenCV's measure of size."""

    text: str
    size: float
    colour: Colour

    @property
    def extent(self) -> tuple[int, int]:
        """Width and height [px]."""
        (width, height), below = cv2.getTextSize(
            _ascii(self.text), FONT, self.size, _weight(self.size)
        )
        return width, height + below // 2


def wrapped(line: Line, width_px: int) -> list[Line]:
    """Return the line broken between words so that each part fits, where that can be done."""
    parts: list[Line] = []
    for word in line.text.split():
        longer = replace(line, text=f"{parts[-1].text} {word}") if parts else None
        if longer is not None and longer.extent[0] <= width_px:
            parts[-1] = longer
        else:
            parts.append(replace(line, text=word))
    return parts


def block_box(lines: Sequence[Line], padding: int) -> Box:
    """Return the room that lines take on a panel, at the picture's corner."""
    extents = [line.extent for line in lines]
    width = max(width for width, _ in extents) + 2 * padding
    height = sum(height for _, height in extents) + (len(lines) - 1) * (padding // 2)
    return Box(0, 0, width, height + 2 * padding)


def draw_block(
    picture: Picture, lines: Sequence[Line], box: Box, padding: int, *, centred: bool = False
) -> None:
    """Draw lines on a dark panel."""
    shade(picture, box)
    y = box.y + padding
    for line in lines:
        width, height = line.extent
        x = box.x + (box.width - width) // 2 if centred else box.x + padding
        y += height
        cv2.putText(
            picture, _ascii(line.text), (x, y), FONT, line.size, line.colour,
            _weight(line.size), cv2.LINE_AA,
        )  # fmt: skip
        y += padding // 2


def shade(picture: Picture, box: Box) -> None:
    """Darken a rectangle, as far as it lies in the picture."""
    x, y = max(0, box.x), max(0, box.y)
    part = picture[y : max(0, box.y + box.height), x : max(0, box.x + box.width)]
    panel = np.array(PANEL_COLOUR, np.float32) * PANEL_OPACITY
    part[:] = (part * (1 - PANEL_OPACITY) + panel).astype(np.uint8)


def first_free(candidates: Iterable[Box], taken: Sequence[Box]) -> Box | None:
    """Return the first box that overlaps none that is taken."""
    return next((box for box in candidates if not any(box.overlaps(t) for t in taken)), None)


def _ascii(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_NEAREST))
    return plain.encode("ascii", "ignore").decode()


def _weight(size: float) -> int:
    return max(1, round(size * 1.6))
