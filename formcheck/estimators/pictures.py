"""Pictures in shared memory: written by formcheck, read by the worker.

A slot is one memory that is used again for picture after picture and replaced when a bigger
one comes. The writer owns every memory; the reader only looks. Once the reader has opened a
memory its name is removed, so that the system takes the memory back when both processes have
ended, however they end.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.shared_memory import SharedMemory
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import EngineError

Picture = NDArray[np.uint8]


class PictureWriter:
    """The formcheck side: owns the memories.

    Examples
    --------
    >>> with PictureWriter() as writer, PictureReader() as reader:
    ...     name = writer.write(0, np.full((2, 2, 3), 7, np.uint8))
    ...     int(reader.read(0, name, (2, 2)).sum())
    84
    """

    def __init__(self) -> None:
        self._memories: dict[int, SharedMemory] = {}
        self._named: set[int] = set()  # slots whose memory can still be opened by its name

    def write(self, slot: int, picture: Picture) -> str:
        """Copy a picture into a slot and return the name of its memory.

        Raises
        ------
        EngineError
            If there is not enough shared memory.
        """
        memory = self._memories.get(slot)
        if memory is None or memory.size < picture.nbytes:
            self._release(slot)
            memory = self._memories[slot] = _allocated(picture.nbytes)
            self._named.add(slot)
        np.copyto(np.ndarray(picture.shape, np.uint8, memory.buf), picture)
        return memory.name

    def hand_over(self, slot: int) -> None:
        """Remove the name of a slot's memory, which the reader has opened; both go on using it."""
        if slot in self._named:
            self._named.remove(slot)
            self._memories[slot].unlink()

    def close(self) -> None:
        """Give all shared memory back; later pictures get new memory."""
        for slot in list(self._memories):
            self._release(slot)

    def _release(self, slot: int) -> None:
        if slot in self._memories:
            self.hand_over(slot)
            self._memories.pop(slot).close()

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give all shared memory back."""
        self.close()


class PictureReader:
    """The worker's side: attaches to the memories that requests name."""

    def __init__(self) -> None:
        self._memories: dict[int, SharedMemory] = {}

    def read(self, slot: int, name: str, size_px: tuple[int, int]) -> Picture:
        """Return the picture in a slot, (height, width, 3), without copying it.

        Drop it before the slot is read again. ``size_px`` is width and height [px].
        """
        memory = self._memories.get(slot)
        if memory is None or memory.name != name:
            if memory is not None:
                memory.close()
            memory = self._memories[slot] = _attached(name)
        width_px, height_px = size_px
        return np.ndarray((height_px, width_px, 3), np.uint8, memory.buf)

    def __enter__(self) -> Self:
        """Return the reader itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Let go of every memory; they stay for the writer to remove."""
        for memory in self._memories.values():
            memory.close()
        self._memories.clear()


def _allocated(n_bytes: int) -> SharedMemory:
    try:
        memory = SharedMemory(create=True, size=n_bytes)
        try:
            _reserve(memory.name, n_bytes)
        except OSError:
            memory.close()
            memory.unlink()
            raise
    except OSError as error:
        raise EngineError(
            f"expected {n_bytes / 1e6:.0f} MB of shared memory for a picture, got: {error}. "
            "Close other programs; in a container give it more (for instance --shm-size=512m); "
            "or analyse a smaller picture"
        ) from error
    return memory


def _reserve(name: str, n_bytes: int) -> None:
    """Have Linux set the pages aside: where they lack, writing would kill this process."""
    if sys.platform != "linux":
        return
    descriptor = os.open(f"/dev/shm/{name}", os.O_RDWR)
    try:
        os.posix_fallocate(descriptor, 0, n_bytes)
    finally:
        os.close(descriptor)


def _attached(name: str) -> SharedMemory:
    if sys.version_info >= (3, 13):
        return SharedMemory(name, track=False)
    with _untracked():
        return SharedMemory(name)


@contextmanager
def _untracked() -> Iterator[None]:
    """Keep Python before 3.13 from removing, when the reader ends, what the writer owns."""
    register = resource_tracker.register
    resource_tracker.register = lambda *_: None
    try:
        yield
    finally:
        resource_tracker.register = register
