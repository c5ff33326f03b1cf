"""An estimator whose worker has no engine, and videos for it."""

import os
import sys
import time
from pathlib import Path

import numpy as np

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
