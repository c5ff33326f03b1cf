"""The pictures of a clip side by side."""

import cv2
import numpy as np
import pytest

from formcheck.simulation.rendering.strip import strip_of
from tests.people import SAMPLES

GAP_PX = 4
SECONDS_PX = 30  # what stands on the pictures


@pytest.mark.parametrize(("name", "n_rows"), [("glute_bridge", 2), ("wall_angel", 1)])
def test_a_strip_is_small_and_goes_there_and_back(name, n_rows):
    """Who lies gets two rows, who stands one; its last picture is like its first again."""
    video = SAMPLES / f"{name}.mp4"
    data = strip_of(video, video.with_suffix(".truth.npz"), [1.0, 1.5, 2.0, 2.5, 3.4, 4.3])
    assert len(data) <= 60 * 1024
    strip = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert strip.shape[1] == pytest.approx(960, abs=6)
    n_columns = 6 // n_rows
    width, height = (strip.shape[1] + GAP_PX) // n_columns, (strip.shape[0] + GAP_PX) // n_rows
    tiles = [
        strip[row * height :, column * width :][: height - SECONDS_PX, : width - GAP_PX]
        for row in range(n_rows)
        for column in range(n_columns)
    ]
    rest, furthest, back = (tiles[k].astype(float) for k in (0, 3, 5))
    assert np.abs(rest - furthest).mean() > 2 * np.abs(rest - back).mean()
