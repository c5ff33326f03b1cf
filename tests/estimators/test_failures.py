"""A worker that crashes, hangs, prints or does not start: what is said, and what goes on."""

import os
import signal
import time
from importlib import metadata

import pytest

from formcheck.errors import EngineError, ModelError
from formcheck.estimators import child as child_module
from formcheck.estimators.process import MediaPipeEstimator
from tests.estimators.fakes import estimator, is_running, video, wait_for


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


def test_a_worker_that_does_not_end_is_ended_by_force(model, monkeypatch):
    """Closing takes a bounded time."""
    monkeypatch.setattr(child_module, "CLOSE_S", 0.2)
    with estimator(model, "deaf") as opened:
        list(opened.estimate(video(1)))
        pid = opened._child.pid
    assert not is_running(pid)


def test_a_missing_engine_is_named(model, monkeypatch):
    """An installation without MediaPipe says so before anything starts."""

    def missing(name):
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    with pytest.raises(EngineError, match="Install formcheck again"):
        estimator(model)


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
