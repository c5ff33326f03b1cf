"""The estimator and a worker that behaves or misbehaves on purpose; no engine is involved."""

import hashlib
import os
import signal
import sys
import time
from importlib import metadata
from multiprocessing.shared_memory import SharedMemory
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import EngineError, ModelError, SourceError
from formcheck.estimators import child as child_module
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.frame import Frame

FAKE = str(Path(__file__).with_name("fake_worker.py"))


def estimator(model, behaviour="good", **options):
    """Return an estimator with the fake worker."""
    return MediaPipeEstimator(model, command=[sys.executable, FAKE, behaviour], **options)


def picture(value=0, height=4, width=6):
    """Return a picture of one value."""
    return np.full((height, width, 3), value, np.uint8)


def video(n, *, pause_s=0.0):
    """Yield n frames of 25 a second; the picture holds the frame's number."""
    for index in range(n):
        time.sleep(pause_s)
        yield Frame(index * 0.04, picture(index))


def is_running(pid):
    """Whether there is such a process, be it a zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(condition, within_s=5.0):
    """Wait until something is so; fail if it does not come in time."""
    end_s = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < end_s
        time.sleep(0.01)


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


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("crash", r"stopped at 0\.08 s: ended by SIGKILL .*memory[\s\S]*the end of the world"),
        ("abort", r"stopped at 0\.08 s: ended by SIGABRT"),
        ("exit", r"stopped at 0\.08 s: exit code 3"),
        ("garbage", r"expected a reply of the pose engine at 0\.08 s.*hello, I am a l"),
        ("unknown", r"a message of unknown kind 99"),
        ("failed", r"failed at 0\.08 s: ValueError: no"),
        ("other", r"answered at 0\.08 s for another picture"),
    ],
)
def test_a_failure_is_named_and_keeps_what_came_before(model, fault, message):
    """The poses up to the failure are given; one error says when, how and what was written."""
    results = []
    with estimator(model, f"{fault}@2") as opened:
        stream = opened.estimate(video(6))
        results += [next(stream), next(stream)]
        with pytest.raises(EngineError, match=message):
            next(stream)
    assert [pose.image[0, 1] for _, pose in results] == [0, 4]


def test_the_next_video_gets_a_new_worker(model):
    """A crash in one video of many costs that video alone."""
    with estimator(model, "crash@2") as opened:
        with pytest.raises(EngineError):
            list(opened.estimate(video(6)))
        assert [pose.image[0, 1] for _, pose in opened.estimate(video(2))] == [0, 4]


@pytest.mark.parametrize("waits", [False, True], ids=["at work", "idle"])
def test_a_worker_that_is_killed_from_outside_is_reported(model, waits):
    """Somebody kills the process in mid-video; the next video gets a new one."""
    with estimator(model) as opened:
        stream = opened.estimate(video(6), lookahead=0)
        next(stream)
        os.kill(opened._child.pid, signal.SIGKILL)
        if waits:
            opened._child._process.wait()
        with pytest.raises(EngineError, match=r"stopped at 0\.04 s: ended by SIGKILL"):
            next(stream)
        assert len(list(opened.estimate(video(2)))) == 2


def test_poses_that_a_dying_worker_still_gave_are_given(model):
    """It ends while nothing is asked of it; the error names the first picture without a pose."""
    with estimator(model) as opened:
        stream = opened.estimate(video(9), lookahead=2)
        next(stream)
        wait_for(lambda: opened._child._replies.qsize() == 2)
        os.kill(opened._child.pid, signal.SIGKILL)
        opened._child._process.wait()
        assert [next(stream)[1].image[0, 1] for _ in range(2)] == [4, 8]
        with pytest.raises(EngineError, match=r"stopped at 0\.12 s: ended by SIGKILL"):
            next(stream)


def test_a_worker_that_dies_between_two_videos_is_replaced(model):
    """The second video is analysed as if nothing had happened."""
    with estimator(model) as opened:
        list(opened.estimate(video(2)))
        os.kill(opened._child.pid, signal.SIGKILL)
        opened._child._process.wait()
        assert len(list(opened.estimate(video(2)))) == 2


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


def test_a_worker_that_hangs_is_ended(model):
    """After the time limit comes an error, and the process is gone."""
    with estimator(model, "hang@1", timeout_s=0.3) as opened:
        pid = opened._child.pid
        with pytest.raises(EngineError, match=r"within 0\.3 s at 0\.04 s, got none"):
            list(opened.estimate(video(3)))
    assert not is_running(pid)


def test_a_worker_that_does_not_start_is_reported_with_its_last_words(model):
    """A missing system library is named."""
    with pytest.raises(EngineError, match=r"exit code 1[\s\S]*libGL"):  # noqa: SIM117
        with estimator(model, "nostart") as opened:
            list(opened.estimate(video(1)))


def test_a_program_that_is_not_there_is_reported(model):
    """The message names what could not be started."""
    with pytest.raises(EngineError, match="no-such-program"):
        MediaPipeEstimator(model, command=["/no-such-program"]).__enter__()


def test_a_model_that_the_engine_refuses_is_a_model_error(model):
    """The engine's own words are passed on, with what to do."""
    with estimator(model, "badmodel") as opened:
        for _ in range(2):  # also when it is tried again
            with pytest.raises(ModelError, match=r"not a model.*--model"):
                list(opened.estimate(video(1)))


def test_live_goes_on_after_a_crash(model):
    """With ``restart`` the frames meanwhile have no pose, and then poses come again."""
    with estimator(model, "crash@3", restart=True) as opened:
        stream = opened.estimate(video(400, pause_s=0.02), lookahead=0)
        before = [next(stream) for _ in range(4)]
        assert [pose is not None for _, pose in before] == [True, True, True, False]
        assert "SIGKILL" in opened.last_failure
        frame, pose = next(result for result in stream if result[1] is not None)
    assert pose.time_s == frame.time_s > before[-1][0].time_s


def test_live_gives_up_after_three_restarts_in_a_minute(model):
    """A worker that crashes at every first picture is not started for ever."""
    with estimator(model, "crash@0", restart=True) as opened:
        with pytest.raises(EngineError, match="stopped again after 3 restarts"):
            list(opened.estimate(video(400, pause_s=0.02), lookahead=0))
        assert len(opened._restarts_s) == 3


def test_restarts_are_forgiven_after_a_minute(model):
    """Four crashes spread over an evening do not end it."""
    with estimator(model, "crash@1", restart=True) as opened:
        opened._restarts_s = [time.monotonic() - 60.1] * 3
        results = list(opened.estimate(video(2), lookahead=0))
        assert "SIGKILL" in opened.last_failure
    assert [pose is None for _, pose in results] == [False, True]


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


def test_a_worker_that_does_not_end_is_ended_by_force(model, monkeypatch):
    """Closing takes a bounded time."""
    monkeypatch.setattr(child_module, "CLOSE_S", 0.2)
    with estimator(model, "deaf") as opened:
        list(opened.estimate(video(1)))
        pid = opened._child.pid
    assert not is_running(pid)


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


def test_a_missing_engine_is_named(model, monkeypatch):
    """An installation without MediaPipe says so before anything starts."""

    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(EngineError, match="Install formcheck again"):
        estimator(model)


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


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (0, "exit code 0"),
        (0xC0000005, "exit code 0xc0000005"),
        (-6, "ended by SIGABRT (native code gave up)"),
        (-1000, "ended by signal 1000"),
    ],
)
def test_how_a_process_ended_is_said_in_words(code, words):
    """Signals by name, Windows' codes in hexadecimal."""
    assert child_module.describe_exit(code) == words
