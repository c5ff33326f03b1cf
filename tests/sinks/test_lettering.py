"""Text on pictures can be read: it fits, stands out, and has no letter that the fonts lack."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.sinks import drawing
from formcheck.sinks.lettering import Box, Line, draw_block, first_free, shade, wrapped

WORDS = st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=12)


def luminance(colour):
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = np.asarray(colour) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


@pytest.mark.parametrize(
    "colour", [drawing.TEXT_COLOUR, drawing.QUIET_COLOUR, drawing.FAULT_COLOUR]
)
@pytest.mark.parametrize("ground", [0, 128, 255])
def test_text_stands_out_whatever_is_behind_its_panel(colour, ground):
    """A contrast of 4.5 at least, also in front of a white wall."""
    picture = np.full((4, 4, 3), ground, np.uint8)
    shade(picture, Box(0, 0, 4, 4))
    assert (luminance(colour) + 0.05) / (luminance(picture[0, 0]) + 0.05) >= 4.5


@given(words=WORDS, width_px=st.integers(60, 600))
def test_wrapping_loses_no_word_and_every_line_fits(words, width_px):
    """Only a single word may be wider than there is room."""
    lines = wrapped(Line(" ".join(words), 0.5, (255, 255, 255)), width_px)
    assert " ".join(line.text for line in lines).split() == words
    assert all(line.extent[0] <= width_px or " " not in line.text for line in lines)


def test_letters_that_the_fonts_lack_are_written_as_their_nearest():
    """An exercise of a therapist's own may be called anything."""
    pictures = []
    for text in ("Brucke, uber 90 deg", "Br\u00fccke, \u00fcber 90\u00b0"):
        picture = np.zeros((60, 400, 3), np.uint8)
        draw_block(picture, [Line(text, 0.6, (255, 255, 255))], Box(0, 0, 400, 60), 8)
        pictures.append(picture)
    assert pictures[0].max() == 255
    assert (pictures[0] == pictures[1]).all()


def test_boxes_that_touch_do_not_overlap():
    """One pixel decides."""
    box = Box(10, 10, 5, 5)
    assert not box.overlaps(Box(15, 10, 5, 5))
    assert not box.overlaps(Box(10, 15, 5, 5))
    assert box.overlaps(Box(14, 14, 5, 5))


def test_the_first_free_place_is_taken():
    """Where there is none, none is returned."""
    taken = [Box(0, 0, 10, 10)]
    assert first_free([Box(5, 5, 9, 9), Box(10, 0, 9, 9), Box(20, 0, 9, 9)], taken) == Box(
        10, 0, 9, 9
    )
    assert first_free([Box(5, 5, 9, 9)], taken) is None
