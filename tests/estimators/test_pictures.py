"""Pictures cross in shared memory that is replaced as they grow and is all given back."""

import errno
import os
import sys
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import EngineError
from formcheck.estimators.pictures import PictureReader, PictureWriter

WRITES = st.lists(st.tuples(st.integers(0, 2), st.integers(1, 90), st.integers(1, 90)), max_size=9)


@given(WRITES)
def test_what_is_read_is_what_was_written(writes):
    """Any sizes in any slots in any order."""
    with PictureWriter() as writer, PictureReader() as reader:
        for number, (slot, height, width) in enumerate(writes):
            picture = np.arange(height * width * 3, dtype=np.uint32).reshape(height, width, 3)
            picture = ((picture + number) % 251).astype(np.uint8)
            name = writer.write(slot, picture)
            assert np.array_equal(reader.read(slot, name, (width, height)), picture)


def test_a_slot_keeps_its_memory_until_a_bigger_picture_comes():
    """A video takes one memory a slot, however long it is."""
    small, big = np.zeros((10, 10, 3), np.uint8), np.zeros((200, 200, 3), np.uint8)
    with PictureWriter() as writer:
        first = writer.write(0, small)
        assert writer.write(0, small) == first
        second = writer.write(0, big)
        assert second != first
        assert writer.write(0, small) == second
        with pytest.raises(FileNotFoundError):
            SharedMemory(first)
    with pytest.raises(FileNotFoundError):
        SharedMemory(second)


def test_a_memory_that_was_handed_over_has_no_name_and_works_on():
    """Nobody else can open it, and nothing is left of it if both sides are killed."""
    with PictureWriter() as writer, PictureReader() as reader:
        name = writer.write(0, np.full((2, 3, 3), 1, np.uint8))
        reader.read(0, name, (3, 2))
        for _ in range(2):  # again after every picture
            writer.hand_over(0)
        with pytest.raises(FileNotFoundError):
            SharedMemory(name)
        assert writer.write(0, np.full((2, 3, 3), 5, np.uint8)) == name
        assert reader.read(0, name, (3, 2)).tolist() == [[[5] * 3] * 3] * 2
        writer.close()
        assert writer.write(0, np.zeros((2, 3, 3), np.uint8)) != name


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can reserve shared memory")
def test_too_little_shared_memory_is_an_error_and_not_a_crash(monkeypatch):
    """A container gives 64 MB: two pictures in 8K do not fit."""

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full)
    with (
        PictureWriter() as writer,
        pytest.raises(EngineError, match=r"expected 3 MB of shared memory.*--shm-size"),
    ):
        writer.write(0, np.zeros((1000, 1000, 3), np.uint8))
    assert writer._memories == {}
