"""The pose engine in a thread of its own, always on the newest picture.

One picture is under way and at most one waits; a newer one takes the place of the one that
waits. A picture that is no picture, an engine that stops, a bug behind it: each costs its own
picture and none of the next.
"""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import FormcheckError
from formcheck.estimators.base import PoseEstimator
from formcheck.frame import Frame
from formcheck.pose import Pose
from formcheck.web.pictures import PictureError, decoded

TRY_AGAIN_AFTER_S = 3.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Arrived:
    """A picture from the page that nobody has looked at yet.

    Attributes
    ----------
    sequence
        The page's number of it.
    time_s
        When it was taken, on the session's clock [s].
    arrived_s
        When it came, on the monotonic clock [s].
    """

    sequence: int
    time_s: float
    jpeg: bytes
    arrived_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the engine found in a picture, and how long that took.

    Attributes
    ----------
    pose
        None for nobody.
    waited_ms, decode_ms, pose_ms
        From arrival to work, and the work [ms].
    n_waiting
        How many newer pictures wait already: 0 or 1.
    """

    arrived: Arrived
    picture: NDArray[np.uint8]
    pose: Pose | None
    waited_ms: float
    decode_ms: float
    pose_ms: float
    n_waiting: int = 0


class Listener(Protocol):
    """Who is told of every picture; called from the engine's thread."""

    @property
    def needs_outline(self) -> bool:
        """Whether the outline of the trunk is wanted with the next picture."""
        ...

    def seen(self, seen: Seen) -> None:
        """Take what was found."""

    def refused(self, arrived: Arrived, error: PictureError) -> None:
        """Hear that it was no picture."""

    def failed(self, arrived: Arrived | None, error: FormcheckError) -> None:
        """Hear that the engine stopped; it will be started again."""


class EngineThread:
    """Estimate poses in the background.

    Parameters
    ----------
    estimator
        Opened and closed in the thread.
    listener
        Told of what becomes of every picture that is not replaced by a newer one.
    """

    def __init__(self, estimator: PoseEstimator, listener: Listener) -> None:
        self._estimator = estimator
        self._listener = listener
        self._changed = threading.Condition()
        self._waiting: Arrived | None = None
        self._current: Arrived | None = None
        self._is_new_stream = False
        self._is_closing = False
        self._started_s = self._decode_ms = 0.0
        self._thread = threading.Thread(target=self._run, name="pose engine", daemon=True)

    def start(self) -> None:
        """Start the engine without waiting for it."""
        self._thread.start()

    def submit(self, arrived: Arrived) -> Arrived | None:
        """Hand over the newest picture; return the one that had been waiting, which is lost."""
        with self._changed:
            lost, self._waiting = self._waiting, arrived
            self._changed.notify()
        return lost

    def begin_stream(self) -> None:
        """Forget the person of the pictures so far: another page, or the same one anew."""
        with self._changed:
            self._waiting, self._is_new_stream = None, True
            self._changed.notify()

    def close(self) -> None:
        """End the thread and the engine."""
        with self._changed:
            self._is_closing = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._is_closing:
            try:
                with self._estimator as estimator:
                    self._streams(estimator)
            except FormcheckError as error:
                self._listener.failed(self._current, error)
                self._pause(TRY_AGAIN_AFTER_S)

    def _streams(self, estimator: PoseEstimator) -> None:
        while not self._is_closing:
            outline = self._listener.needs_outline
            for frame, pose in estimator.estimate(
                self._frames(outline=outline), lookahead=0, outline=outline
            ):
                self._deliver(frame, pose)

    def _frames(self, *, outline: bool) -> Iterator[Frame]:
        """Yield decoded pictures until the stream ends, or one with a different outline is due."""
        with self._changed:
            self._is_new_stream = False
        last_s = float("-inf")
        while (arrived := self._next()) is not None:
            self._current, self._started_s = arrived, time.monotonic()
            try:
                picture = decoded(arrived.jpeg)
            except PictureError as error:
                self._listener.refused(arrived, error)
                continue
            is_new_clock = arrived.time_s <= last_s  # another session has begun
            if is_new_clock or self._listener.needs_outline != outline:
                self._put_back(arrived)
                return
            last_s = arrived.time_s
            self._decode_ms = (time.monotonic() - self._started_s) * 1e3
            yield Frame(arrived.time_s, picture)

    def _put_back(self, arrived: Arrived) -> None:
        """Have a picture begin the next stream, unless a newer one has come."""
        with self._changed:
            self._waiting = self._waiting or arrived

    def _next(self) -> Arrived | None:
        """Wait for a picture; None where the stream ends."""
        with self._changed:
            self._changed.wait_for(
                lambda: self._waiting is not None or self._is_new_stream or self._is_closing
            )
            if self._is_new_stream or self._is_closing:
                return None
            arrived, self._waiting = self._waiting, None
            return arrived

    def _deliver(self, frame: Frame, pose: Pose | None) -> None:
        assert self._current is not None
        arrived, now_s = self._current, time.monotonic()
        waited_ms = (self._started_s - arrived.arrived_s) * 1e3
        n_waiting = int(self._waiting is not None)
        pose_ms = (now_s - self._started_s) * 1e3 - self._decode_ms
        seen = Seen(arrived, frame.image, pose, waited_ms, self._decode_ms, pose_ms, n_waiting)
        try:
            self._listener.seen(seen)
        except Exception:  # a bug costs one picture, not the session of somebody on the floor
            _log.exception("a picture could not be worked on")

    def _pause(self, seconds: float) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_closing, timeout=seconds)
