"""MediaPipe's pose landmarker, running in a process of its own.

The worker starts as soon as the estimator is opened and loads its library while the caller
opens the video. With a lookahead, the next picture is decoded while the worker looks at this
one. Pictures go through shared memory, the rest through pipes; see ``wire.py``.
"""

import os
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.errors import EngineError, FormcheckError, ModelError
from formcheck.estimators import model_files
from formcheck.estimators.base import EngineIdentity
from formcheck.estimators.child import Child
from formcheck.estimators.conversion import pose_of, require_picture
from formcheck.estimators.environment import worker_environment
from formcheck.estimators.pictures import PictureWriter
from formcheck.estimators.wire import ReplyKind, Request, RequestKind
from formcheck.frame import Frame
from formcheck.pose import Pose

START_TIMEOUT_S = 60.0
MAX_RESTARTS = 3
RESTART_WINDOW_S = 60.0


@dataclass(frozen=True, slots=True)
class _Sent:
    """A frame that is under way, and the worker that has it; None if no worker has."""

    frame: Frame
    time_ms: int
    slot: int
    child: Child | None


class _UntilFailure:
    """Frames up to a failure of their source, which is kept until their poses have been given."""

    def __init__(self, frames: Iterable[Frame]) -> None:
        self._frames = frames
        self.failure: FormcheckError | None = None

    def __iter__(self) -> Iterator[Frame]:
        try:
            yield from self._frames
        except FormcheckError as error:
            self.failure = error


class MediaPipeEstimator:
    """Find one person in each picture with MediaPipe, VIDEO mode.

    Parameters
    ----------
    model
        The ``.task`` bundle.
    timeout_s
        How long one picture may take [s].
    restart
        Start a worker that stopped again, at most three times a minute, and give None for the
        frames meanwhile: for a camera, where the next frame matters more than the last.
    command
        What to start instead of formcheck's own worker; it gets the path of the model.

    Raises
    ------
    ModelError
        If the model cannot be read or is no pose model.

    Attributes
    ----------
    last_failure
        Why the worker was last started again; empty if it never was.

    Examples
    --------
    Frames of a source in, poses out::

        with MediaPipeEstimator(model_files.find()) as estimator, open_video(path) as frames:
            for frame, pose in estimator.estimate(frames):
                ...
    """

    def __init__(
        self,
        model: Path,
        *,
        timeout_s: float = 20.0,
        restart: bool = False,
        command: Sequence[str] | None = None,
    ) -> None:
        found = model_files.checked(model)
        self._timeout_s = timeout_s
        self._restart = restart
        own = (sys.executable, "-P", "-m", "formcheck.estimators.worker")
        self._command = [*(command or own), str(model.resolve())]
        self._identity = EngineIdentity("mediapipe", _version(), model.name, found.sha256)
        self._pictures = PictureWriter()
        self._child: Child | None = None
        self._is_open = False
        self._stream: object = None
        self._n_awaited = 0  # landmarkers that were asked for, of which the worker has yet to tell
        self._is_fresh = False  # its landmarker has not seen a picture yet
        self._outline = False  # it looks for the outline of the trunk too
        self._recovering = False
        self._restarts_s: list[float] = []
        self.last_failure = ""

    @property
    def identity(self) -> EngineIdentity:
        """Which engine and model these poses come from."""
        return self._identity

    def __enter__(self) -> Self:
        """Start the worker without waiting for it."""
        if self._is_open:
            raise ValueError("the estimator is open already")
        self._start()
        self._is_open = True
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the worker and give the shared memory back."""
        self._is_open = False
        self._stream = None
        try:
            if self._child is not None:
                child, self._child = self._child, None
                child.close()
        finally:
            self._pictures.close()

    def estimate(
        self, frames: Iterable[Frame], *, lookahead: int = 1, outline: bool = False
    ) -> Iterator[tuple[Frame, Pose | None]]:
        """Yield every frame with its pose, in order; see `PoseEstimator.estimate`.

        The outline takes a mask of the body in each picture: 2.4 ms for 640 x 480 pixels, in
        proportion to their number.

        Raises
        ------
        EngineError
            If the worker stops, hangs or cannot work.
        ModelError
            If the engine refuses the model.
        ValueError
            If a picture is not RGB uint8, or the estimator is not open.
        FormcheckError
            What ``frames`` raises, after the poses of all frames before it.
        """
        if lookahead < 0:
            raise ValueError(f"lookahead must be 0 or more, got {lookahead}")
        if not self._is_open:
            raise ValueError("the estimator is not open: use it in a `with` block")
        waiting: deque[_Sent] = deque()
        time_ms = -1
        stream = self._begin_stream(outline=outline)
        source = _UntilFailure(frames)
        for index, frame in enumerate(source):
            self._require_current(stream)
            time_ms = max(time_ms + 1, round(frame.time_s * 1000))
            waiting.append(self._submit(frame, time_ms, index % (lookahead + 1)))
            if len(waiting) > lookahead:
                yield self._collect(waiting.popleft())
        while waiting:
            self._require_current(stream)
            yield self._collect(waiting.popleft())
        if source.failure is not None:
            raise source.failure

    def _require_current(self, stream: object) -> None:
        if stream is not self._stream:
            raise ValueError("this stream has ended: another was begun, or the `with` block left")

    def _begin_stream(self, *, outline: bool) -> object:
        is_other, self._outline = outline != self._outline, outline
        if self._child is None or not self._child.is_running:  # it failed in the stream before
            self._discard()
            self._start()
        elif is_other or not self._is_fresh:
            self._request_landmarker(self._child)
        self._stream = object()
        return self._stream

    def _start(self) -> None:
        self._pictures.close()  # a new worker cannot open what was handed over to another
        self._child = Child(self._command, worker_environment(os.environ))
        self._n_awaited = 0
        self._request_landmarker(self._child)

    def _request_landmarker(self, child: Child) -> None:
        # The first stream may want another one than the worker began with: both are told.
        self._n_awaited, self._is_fresh = self._n_awaited + 1, True
        child.send(Request(RequestKind.OUTLINED_STREAM if self._outline else RequestKind.STREAM))

    def _submit(self, frame: Frame, time_ms: int, slot: int) -> _Sent:
        require_picture(frame)
        try:
            child = self._ready_child()
            if child is not None:
                height_px, width_px = frame.image.shape[:2]
                memory = self._pictures.write(slot, frame.image)
                child.send(Request(RequestKind.FRAME, slot, time_ms, width_px, height_px, memory))
                self._is_fresh = False
        except EngineError as error:
            self._recover(error)
            child = None
        return _Sent(frame, time_ms, slot, child)

    def _ready_child(self) -> Child | None:
        """Return the worker once it is ready; None while one that stopped is starting again."""
        assert self._child is not None
        while self._n_awaited:
            starting_s = time.monotonic() - self._child.started_s
            if self._recovering and not self._child.has_answered and starting_s < START_TIMEOUT_S:
                return None
            reply = self._child.receive(START_TIMEOUT_S, "while it started")
            while reply.kind in (ReplyKind.POSE, ReplyKind.NOBODY):  # of a stream left half read
                reply = self._child.receive(START_TIMEOUT_S, "while it started")
            if reply.kind is ReplyKind.FAILED:
                self._discard()
                raise ModelError(
                    f"the pose engine cannot use the model {self._command[-1]}: {reply.text}. "
                    "Name another with --model, or run `formcheck models fetch`"
                )
            self._n_awaited, self._recovering = self._n_awaited - 1, False
        return self._child

    def _collect(self, sent: _Sent) -> tuple[Frame, Pose | None]:
        if sent.child is None or sent.child is not self._child:
            return sent.frame, None
        task = f"at {sent.frame.time_s:.2f} s"
        try:
            reply = sent.child.receive(self._timeout_s, task)
            if reply.kind is ReplyKind.FAILED:
                raise EngineError(f"the pose engine failed {task}: {reply.text}")
            if reply.kind is ReplyKind.READY or reply.time_ms != sent.time_ms:
                raise EngineError(f"the pose engine answered {task} for another picture")
        except EngineError as error:
            self._recover(error)
            return sent.frame, None
        self._pictures.hand_over(sent.slot)
        return sent.frame, pose_of(sent.frame, reply)

    def _recover(self, error: EngineError) -> None:
        """Start a worker that failed again where that is wanted; otherwise raise the error."""
        self._discard()
        if not self._restart:
            raise error
        now_s = time.monotonic()
        recent = [at_s for at_s in self._restarts_s if now_s - at_s < RESTART_WINDOW_S]
        if len(recent) >= MAX_RESTARTS:
            raise EngineError(
                f"the pose engine stopped again after {MAX_RESTARTS} restarts within "
                f"{RESTART_WINDOW_S:.0f} s. {error}"
            ) from error
        self._restarts_s = [*recent, now_s]
        self.last_failure = str(error)
        self._recovering = True
        self._start()

    def _discard(self) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            child.kill()


def _version() -> str:
    try:
        return metadata.version("mediapipe")
    except metadata.PackageNotFoundError as error:
        raise EngineError(
            "expected the package mediapipe beside formcheck, found none. "
            f"Install formcheck again, with {sys.executable}"
        ) from error
