from functools import partial

import numpy as np
import pytest

from formcheck.simulation.rendering.light import DIM, grained
from formcheck.simulation.rendering.parallel import CHUNK, Picture, n_processors, pictures


class Grey:
    """A stage whose frames are as bright as the time, with noise."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def frame(self, number: int, time_s: float) -> Picture:
        """Return a grey frame."""
        plain = np.full((6, 8, 3), int(time_s), np.uint8)
        return grained(plain, DIM, self.seed, number)


class Broken:
    """A stage that fails."""

    def frame(self, number: int, _time_s: float) -> Picture:
        """Raise."""
        raise ValueError(f"frame {number}")


TIMES_S = [float(time_s) for time_s in range(60, 60 + 3 * CHUNK + 1)]


def test_frames_are_the_same_whatever_the_number_of_workers() -> None:
    """Byte for byte and in order, and the progress counts every one."""
    seen: list[int] = []
    alone = list(pictures(partial(Grey, 3), TIMES_S, 1))
    spread = list(pictures(partial(Grey, 3), TIMES_S, 2, seen.append))
    assert len(alone) == len(TIMES_S)
    assert all((one == two).all() for one, two in zip(alone, spread, strict=True))
    assert seen == list(range(1, len(TIMES_S) + 1))


def test_frames_are_drawn_only_when_they_are_wanted() -> None:
    """One process draws no frame ahead."""
    drawn: list[int] = []

    class Counting(Grey):
        """Remembers which frames were drawn."""

        def frame(self, number: int, time_s: float) -> Picture:
            """Return a frame."""
            drawn.append(number)
            return super().frame(number, time_s)

    frames = pictures(partial(Counting, 1), TIMES_S, 1)
    next(frames)
    assert drawn == [0]


def test_a_clip_of_no_frames_is_empty() -> None:
    """No process is started."""
    assert list(pictures(Broken, [])) == []
    assert n_processors() >= 1


def test_an_error_in_a_worker_arrives() -> None:
    """With the message of the worker."""
    with pytest.raises(ValueError, match="frame 0"):
        list(pictures(Broken, TIMES_S, 2))
