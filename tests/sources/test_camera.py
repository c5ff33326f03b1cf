"""A camera gives its newest picture, or says why it gives none."""

import sys
import threading

import cv2
import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.sources import camera
from formcheck.sources.camera import CameraSource, open_camera, why_not


class FakeCapture:
    """A camera that delivers what a test hands it, when the test hands it."""

    def __init__(self, *pictures, is_there=True):
        self.is_there = is_there
        self.is_released = False
        self.settings = {}
        self._pictures = list(pictures)
        self._handed = threading.Semaphore(len(pictures))
        self._looked = threading.Semaphore(0)

    def isOpened(self):  # noqa: N802
        """Whether it is there."""
        return self.is_there

    def set(self, name, value):
        """Take a setting."""
        self.settings[name] = value

    def release(self):
        """Be given back."""
        self.is_released = True

    def hand(self, *pictures):
        """Deliver pictures and wait until the reader has come back for more."""
        self._pictures += pictures
        for _ in pictures:
            self._handed.release()
        self.wait_until_read()

    def wait_until_read(self):
        """Return once the reader has asked again after the last picture."""
        while self._pictures:
            self._looked.acquire(timeout=1)
        assert self._looked.acquire(timeout=1)

    def read(self):
        """Wait a little for the next picture."""
        self._looked.release()
        if not self._handed.acquire(timeout=0.02):
            return False, None
        picture = self._pictures.pop(0)
        if isinstance(picture, Exception):
            raise picture
        return True, picture


def level(value, shape=(4, 6, 3)):
    return np.full(shape, value, np.uint8)


def source_of(capture, **options):
    return CameraSource(0, open_capture=lambda _: capture, **options)


def test_a_slow_reader_gets_the_newest_picture_only():
    """Pictures that came meanwhile are never queued."""
    capture = FakeCapture(level(0))
    with source_of(capture) as source:
        frames = iter(source)
        assert next(frames).image[0, 0, 0] == 0
        capture.hand(*(level(value) for value in range(1, 6)))
        assert next(frames).image[0, 0, 0] == 5
        capture.hand(level(6))
        assert next(frames).image[0, 0, 0] == 6


def test_times_are_those_of_the_pictures_and_increase():
    """The first is 0; a clock too coarse to tell two apart is helped on by a millisecond."""
    times_s = iter([100.0, 100.5, 100.5, 101.0])
    capture = FakeCapture(level(0))
    with source_of(capture, clock=lambda: next(times_s)) as source:
        frames = iter(source)
        seen_s = [next(frames).time_s]
        for value in (1, 2, 3):
            capture.hand(level(value))
            seen_s.append(next(frames).time_s)
    assert seen_s == pytest.approx([0, 0.5, 0.501, 1.0])


@pytest.mark.parametrize("shape", [(4, 6), (4, 6, 1), (4, 6, 4)])
def test_infrared_cameras_become_rgb(shape):
    """Grey and four channels are understood."""
    with source_of(FakeCapture(level(9, shape))) as source:
        assert next(iter(source)).image.shape == (4, 6, 3)


def test_sixteen_bits_become_eight():
    """Depth is halved, brightness kept."""
    with source_of(FakeCapture(np.full((4, 6), 0x80FF, np.uint16))) as source:
        assert set(next(iter(source)).image.ravel().tolist()) == {0x80}


def test_the_size_is_asked_for_and_the_delivered_one_is_told():
    """Pictures are RGB, the camera's BGR."""
    picture = level(0)
    picture[..., 0] = 200
    capture = FakeCapture(picture)
    with source_of(capture, width_px=640, height_px=480) as source:
        assert capture.settings[cv2.CAP_PROP_FRAME_WIDTH] == 640
        assert capture.settings[cv2.CAP_PROP_FRAME_HEIGHT] == 480
        assert (source.info.width_px, source.info.height_px) == (6, 4)
        assert source.info.name == "camera 0"
        assert source.info.rate_hz is None
        assert next(iter(source)).image[0, 0].tolist() == [0, 0, 200]
    assert capture.is_released


def test_leaving_stops_the_thread_and_the_frames():
    """No thread stays, the camera is given back, OpenCV's messages are as they were."""
    log_level = cv2.utils.logging.getLogLevel()
    capture = FakeCapture(level(0))
    with source_of(capture) as source:
        assert cv2.utils.logging.getLogLevel() == cv2.utils.logging.LOG_LEVEL_SILENT
        frames = iter(source)
        next(frames)
    assert list(frames) == []
    assert "camera" not in {thread.name for thread in threading.enumerate()}
    assert cv2.utils.logging.getLogLevel() == log_level


def test_a_camera_that_cannot_be_opened_is_given_back():
    """The message ends with the command that lists the cameras."""
    capture = FakeCapture(is_there=False)
    with pytest.raises(SourceError, match="formcheck doctor"), source_of(capture):
        pass
    assert capture.is_released


def test_a_camera_that_sends_nothing_is_an_error():
    """At the start, and the camera is given back."""
    capture = FakeCapture()
    with pytest.raises(SourceError, match=r"no picture for 0\.05 s: check"):
        source_of(capture, silent_for_s=0.05).__enter__()
    assert capture.is_released


def test_a_camera_that_stops_is_an_error():
    """Bad, empty and failing reads are not pictures."""
    capture = FakeCapture(level(0))
    with source_of(capture, silent_for_s=0.1) as source:
        frames = iter(source)
        next(frames)
        capture.hand(cv2.error("lost"), np.zeros((0, 0, 3), np.uint8), None)
        with pytest.raises(SourceError, match="no picture for"):
            next(frames)


def test_a_camera_that_changes_its_size_is_an_error():
    """Landmarks of two picture sizes cannot be compared."""
    capture = FakeCapture(level(0))
    with source_of(capture) as source:
        frames = iter(source)
        next(frames)
        capture.hand(level(0, (6, 4, 3)))
        with pytest.raises(SourceError, match="from 6 x 4 to 4 x 6"):
            next(frames)


def test_a_camera_that_hangs_is_left_alone():
    """Releasing it under a driver that hangs would end the process."""
    capture = FakeCapture(level(0))
    source = source_of(capture, silent_for_s=0.05).__enter__()
    end = threading.Event()
    hanging = threading.Event()

    def hang():
        hanging.set()
        end.wait()
        return False, None

    capture.read = hang
    assert hanging.wait(1)
    source.__exit__(None, None, None)
    assert not capture.is_released
    end.set()


def test_the_reason_is_as_clear_as_the_system_allows(tmp_path, monkeypatch):
    """Linux tells a missing camera from a forbidden and a busy one; others do not."""
    assert "connect one" in why_not(3, tmp_path, "linux")
    for name in ("video0", "video10", "video2", "video-x"):
        (tmp_path / name).touch()
    assert "choose one of 0, 2, 10 with --camera" in why_not(3, tmp_path, "linux")
    assert "another program" in why_not(2, tmp_path, "linux")
    assert "privacy settings" in why_not(2, tmp_path, "darwin")
    monkeypatch.setattr(camera.os, "access", lambda *_: False)
    assert "join the group 'video'" in why_not(2, tmp_path, "linux")


@pytest.mark.parametrize(
    ("platform", "works", "expected"),
    [
        ("linux", True, [(1,)]),
        ("win32", True, [(1, cv2.CAP_DSHOW)]),
        ("win32", False, [(1, cv2.CAP_DSHOW), (1,)]),
    ],
)
def test_windows_tries_the_quick_way_first(monkeypatch, platform, works, expected):
    """Elsewhere OpenCV chooses."""
    asked = []

    def capture(*arguments):
        asked.append(arguments)
        return FakeCapture(is_there=works)

    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(cv2, "VideoCapture", capture)
    assert isinstance(open_camera(1), FakeCapture)
    assert asked == expected


def test_a_real_missing_camera_is_refused():
    """With OpenCV itself, not a stand-in."""
    with pytest.raises(SourceError, match="camera 97"), CameraSource(97):
        pass
