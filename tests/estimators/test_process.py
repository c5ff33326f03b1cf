"""The estimator with a worker that behaves; no engine is involved."""

import hashlib
import os
from importlib import metadata
from multiprocessing.shared_memory import SharedMemory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import SourceError
from formcheck.frame import Frame
from tests.estimators.fakes import estimator, is_running, picture, video


@pytest.fixture(scope="module")
def good(model):
    """Return an open estimator whose worker behaves; each test is one more stream to it."""
    with estimator(model) as opened:
        yield opened


@pytest.mark.parametrize("lookahead", [0, 1, 2, 5])
@pytest.mark.parametrize("n", [0, 1, 2, 7])
def test_every_frame_comes_back_once_in_order_with_its_own_pose(good, lookahead, n):
    """Whatever the lookahead, a pose belongs to the frame that it is given with."""
    results = list(good.estimate(video(n), lookahead=lookahead))
    assert [frame.time_s for frame, _ in results] == [index * 0.04 for index in range(n)]
    for index, (frame, pose) in enumerate(results):
        assert pose.time_s == frame.time_s
        # The fake answers x = time in ms and y = value, as fractions of a 6 x 4 px picture.
        assert pose.image[0].tolist() == [index * 40 * 6, index * 4]
        assert pose.world[32].tolist() == [0.1, 0.2, 0.3]
        assert pose.visibility.shape == (33,)
        assert (pose.width_px, pose.height_px) == (6, 4)


def test_the_lookahead_is_how_far_the_source_is_read_ahead(good):
    """With 0, a frame's pose is out before the next frame is read; with 2, two more are read."""
    for lookahead in (0, 2):
        read = []

        def source(read=read):
            for frame in video(6):
                read.append(frame.time_s)
                yield frame

        next(good.estimate(source(), lookahead=lookahead))
        assert len(read) == lookahead + 1


def test_nobody_is_none(model):
    """A picture without a person gives None, and the next one is still asked for."""
    with estimator(model, "nobody") as opened:
        assert [pose for _, pose in opened.estimate(video(3))] == [None] * 3


def test_poses_of_a_stream_have_an_outline_where_it_is_asked_for(good):
    """It comes as the worker gave it, in trunk lengths; each stream has it or not."""
    for asked in (True, True, False, True):
        ((_, pose),) = good.estimate(video(1), outline=asked)
        assert (pose.outline is not None) == asked
        assert not asked or pose.outline.tolist() == [[0.25] * 16] * 2


@pytest.mark.parametrize("asked", [(True,), (False,), (True, False, True)])
def test_the_very_first_stream_may_want_an_outline(model, asked):
    """The worker begins before anybody has said so; streams that nobody reads change nothing."""
    with estimator(model) as opened:
        for wants in asked[:-1]:
            opened.estimate(video(1), outline=wants)
        results = list(opened.estimate(video(3), outline=asked[-1]))
    assert [pose.time_s for _, pose in results] == [frame.time_s for frame, _ in results]
    assert [pose.outline is not None for _, pose in results] == [asked[-1]] * 3


SIZES = st.lists(st.tuples(st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=8)


def test_pictures_may_change_size_at_any_time(good):
    """Bigger and smaller pictures in any order arrive whole."""

    @given(SIZES)
    @settings(deadline=None)
    def check(sizes):
        frames = [Frame(i * 0.04, picture(i, h, w)) for i, (h, w) in enumerate(sizes)]
        for index, (_, pose) in enumerate(good.estimate(frames)):
            assert pose.image[0, 1] == index * sizes[index][0]

    check()


def test_times_given_to_the_engine_always_grow(good):
    """Two frames within a millisecond get different times, as the engine demands."""
    frames = [Frame(time_s, picture()) for time_s in (0.0, 0.0001, 0.0002, 0.010)]
    times_ms = [pose.image[0, 0] / 6 for _, pose in good.estimate(frames)]
    assert times_ms == [0, 1, 2, 10]


def test_a_row_of_videos_uses_one_worker(good):
    """Streams follow one another, also after one that was left half read."""
    first = good.estimate(video(5))
    next(first)
    pid = good._child.pid
    assert len(list(good.estimate(video(4)))) == 4
    assert good._child.pid == pid
    with pytest.raises(ValueError, match="this stream has ended"):
        list(first)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((4, 6, 3), np.uint16),
        np.zeros((4, 6), np.uint8),
        np.zeros((4, 6, 4), np.uint8),
        np.zeros((0, 6, 3), np.uint8),
    ],
    ids=["16 bits", "grey", "four channels", "empty"],
)
def test_a_picture_that_would_break_the_engine_never_reaches_it(good, image):
    """The message says what came and when, and the estimator stays usable."""
    with pytest.raises(ValueError, match=r"frame at 1\.20 s: expected uint8"):
        list(good.estimate([Frame(1.2, image)]))
    assert len(list(good.estimate(video(2)))) == 2


def test_a_picture_need_not_be_contiguous(good):
    """A flipped view is copied in the order that it shows."""
    image = np.concatenate([picture(1), picture(9)])[::-1]
    ((_, pose),) = good.estimate([Frame(0.0, image)])
    assert pose.image[0, 1] == 9 * 8


@pytest.mark.parametrize("lookahead", [0, 1, 3])
def test_a_source_that_breaks_gives_all_poses_before_the_break(good, lookahead):
    """A damaged end of a file costs nothing of what comes before it."""

    def broken():
        yield from video(5)
        raise SourceError("it breaks off")

    stream = good.estimate(broken(), lookahead=lookahead)
    assert [next(stream)[1].image[0, 1] for _ in range(5)] == [0, 4, 8, 12, 16]
    with pytest.raises(SourceError, match="breaks off"):
        next(stream)


def test_nothing_is_left_after_closing(model):
    """Neither a process nor shared memory; closing twice is harmless."""
    with estimator(model) as opened:
        results = opened.estimate(video(9))
        next(results)
        pid = opened._child.pid
        names = [memory.name for memory in opened._pictures._memories.values()]
        assert len(names) == 2
        SharedMemory(names[1]).close()  # it is there: its picture is under way
    opened.__exit__(None, None, None)
    assert not is_running(pid)
    for name in names:
        with pytest.raises(FileNotFoundError):
            SharedMemory(name)
    with pytest.raises(ValueError, match="this stream has ended"):
        next(results)


def test_ctrl_c_reaches_this_program_and_not_the_worker(model):
    """The worker has a process group of its own, so that closing can end it in order."""
    with estimator(model) as opened:
        assert os.getpgid(opened._child.pid) != os.getpgid(0)


def test_the_identity_names_engine_and_model(model):
    """Enough to get the same poses again."""
    identity = estimator(model).identity
    assert identity.engine == "mediapipe"
    assert identity.engine_version == metadata.version("mediapipe")
    assert identity.model == model.name
    assert identity.model_sha256 == hashlib.sha256(model.read_bytes()).hexdigest()


def test_an_estimator_must_be_open(model):
    """Using it outside of ``with`` is a mistake in the program."""
    with pytest.raises(ValueError, match="not open"):
        next(estimator(model).estimate(video(1)))
    with estimator(model) as opened, pytest.raises(ValueError, match="lookahead"):
        next(opened.estimate(video(1), lookahead=-1))


def test_an_open_estimator_is_not_opened_again(model):
    """It would leave its first worker behind; after closing it may be."""
    with estimator(model) as opened:
        with pytest.raises(ValueError, match="open already"):
            opened.__enter__()
        assert len(list(opened.estimate(video(2)))) == 2
    with opened:
        assert len(list(opened.estimate(video(2)))) == 2
