"""Draws the pictures of a clip in several processes, in order and a few at a time.

Which process draws a picture changes nothing about it: a picture depends on the stage, the time
and the number of its frame alone.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
CHUNK = 8
# Each worker has one chunk in hand and one waiting; more would only fill the memory.
_CHUNKS_A_WORKER = 2


class Films(Protocol):
    """Something that draws the picture of any moment."""

    def frame(self, number: int, time_s: float) -> Picture:
        """Return a frame: the same for the same number and time."""
        ...


MakeStage = Callable[[], Films]
Progress = Callable[[int], None]


def n_processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class _Worker:
    """The stage of one process: made once, when the process begins."""

    stages: list[Films]

    def begin(self, make_stage: MakeStage) -> None:
        """Make the stage."""
        # Every process has one core for itself.
        cv2.setNumThreads(1)
        self.stages[:] = [make_stage()]

    def draw(self, first: int, times_s: Sequence[float]) -> list[Picture]:
        """Return frames one after the other."""
        stage = self.stages[0]
        return [stage.frame(first + offset, time_s) for offset, time_s in enumerate(times_s)]


_HERE = _Worker([])


def _begin(make_stage: MakeStage) -> None:
    _HERE.begin(make_stage)


def _draw(first: int, times_s: Sequence[float]) -> list[Picture]:
    return _HERE.draw(first, times_s)


def pictures(
    make_stage: MakeStage,
    times_s: Sequence[float],
    n_workers: int | None = None,
    progress: Progress = lambda _n_done: None,
) -> Iterator[Picture]:
    """Yield the frames of a stage in order, drawn ahead in other processes.

    Parameters
    ----------
    make_stage
        Makes the stage, once in each process; a function of a module or a ``partial`` of one,
        since it is sent there.
    times_s
        When each frame is taken [s].
    n_workers
        How many processes; None for as many as there are processors, 1 for none but this.
    progress
        Called with the number of frames yielded so far.
    """
    times = [float(time_s) for time_s in times_s]
    wanted = n_processors() if n_workers is None else n_workers
    n_used = max(1, min(wanted, -(-len(times) // CHUNK)))
    frames = _drawn_here(make_stage, times) if n_used == 1 else _drawn(make_stage, times, n_used)
    for n_done, picture in enumerate(frames, start=1):
        progress(n_done)
        yield picture


def _drawn_here(make_stage: MakeStage, times_s: list[float]) -> Iterator[Picture]:
    stage = make_stage()
    for number, time_s in enumerate(times_s):
        yield stage.frame(number, time_s)


def _drawn(make_stage: MakeStage, times_s: list[float], n_workers: int) -> Iterator[Picture]:
    # A fresh interpreter: a forked one can hang in a library that runs threads.
    context = get_context("spawn")
    pool = ProcessPoolExecutor(n_workers, context, initializer=_begin, initargs=(make_stage,))
    with pool:
        chunks = (
            (first, times_s[first : first + CHUNK]) for first in range(0, len(times_s), CHUNK)
        )
        waiting: deque[Future[list[Picture]]] = deque()
        try:
            for chunk in islice(chunks, n_workers * _CHUNKS_A_WORKER):
                waiting.append(pool.submit(_draw, *chunk))
            while waiting:
                done = waiting.popleft().result()
                for chunk in islice(chunks, 1):
                    waiting.append(pool.submit(_draw, *chunk))
                yield from done
        finally:
            # Whoever stops looking early need not wait for the rest.
            pool.shutdown(wait=True, cancel_futures=True)
