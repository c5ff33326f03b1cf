"""The process of the pose engine: ``python -m formcheck.estimators.worker MODEL``.

It makes a landmarker for each stream, answers each picture with landmarks, and ends when its
input ends. Started by ``process.py``, which also gives it the environment that keeps the
engine's usage reports on this machine; it is not meant to be started by hand.
"""

import os
import signal
import struct
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, BinaryIO

import numpy as np

from formcheck.estimators.outline import trunk_outline
from formcheck.estimators.pictures import PictureReader
from formcheck.estimators.wire import (
    N_NUMBERS,
    N_OUTLINE_NUMBERS,
    Reply,
    ReplyKind,
    Request,
    RequestKind,
    read_request,
)

_BODY = struct.Struct(f"<{N_NUMBERS}f")
_NO_OUTLINE = (float("nan"),) * N_OUTLINE_NUMBERS
_SHOULDERS, _HIPS = (11, 12), (23, 24)


def main() -> None:
    """Serve requests until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: formcheck ends this process in order
    # Native code prints to descriptor 1: keep the replies apart from it.
    replies = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    mediapipe = import_mediapipe()
    with PictureReader() as pictures:
        worker = Worker(mediapipe, sys.argv[1], pictures)
        worker.serve(sys.stdin.buffer, replies)


class Worker:
    """Answer requests with one landmarker at a time."""

    def __init__(self, mediapipe: ModuleType, model: str, pictures: PictureReader) -> None:
        self._mediapipe = mediapipe
        self._model = model
        self._pictures = pictures
        self._outline = False
        self._landmarker: Any = None

    def serve(self, requests: BinaryIO, replies: BinaryIO) -> None:
        """Answer every request; close the landmarker at the end."""
        try:
            while (request := read_request(requests)) is not None:
                replies.write(self._answer(request).packed())
        except BrokenPipeError:
            pass  # formcheck has gone: nobody is left to answer
        finally:
            self._close()

    def _answer(self, request: Request) -> Reply:
        try:
            if request.kind is RequestKind.FRAME:
                return self._estimate(request)
            self._begin(outline=request.kind is RequestKind.OUTLINED_STREAM)
            return Reply(ReplyKind.READY)
        # What MediaPipe raises; the other side decides what it means.
        except (ValueError, RuntimeError, OSError, AttributeError) as error:
            text = f"{type(error).__name__}: {error}"
            return Reply(ReplyKind.FAILED, request.time_ms, text.encode())

    def _begin(self, *, outline: bool) -> None:
        self._close()
        self._outline = outline
        tasks = self._mediapipe.tasks
        options = tasks.vision.PoseLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_path=self._model),
            running_mode=tasks.vision.RunningMode.VIDEO,
            num_poses=1,  # more would switch MediaPipe's own smoothing off
            output_segmentation_masks=outline,
        )
        self._landmarker = tasks.vision.PoseLandmarker.create_from_options(options)

    def _estimate(self, request: Request) -> Reply:
        size_px = request.width_px, request.height_px
        picture = self._pictures.read(request.slot, request.memory, size_px)
        rgb = self._mediapipe.ImageFormat.SRGB
        image = self._mediapipe.Image(image_format=rgb, data=picture)  # a copy
        result = self._landmarker.detect_for_video(image, request.time_ms)
        if not result.pose_landmarks:
            return Reply(ReplyKind.NOBODY, request.time_ms)
        numbers: list[float] = []
        for point, space in zip(
            result.pose_landmarks[0], result.pose_world_landmarks[0], strict=True
        ):
            numbers += (point.x, point.y, point.visibility, space.x, space.y, space.z)
        numbers += self._outline_of(result, size_px)
        return Reply(ReplyKind.POSE, request.time_ms, _BODY.pack(*numbers))

    def _outline_of(self, result: Any, size_px: tuple[int, int]) -> Sequence[float]:
        if not self._outline:
            return _NO_OUTLINE
        points = result.pose_landmarks[0]
        hip, shoulder = (
            np.mean([(points[k].x, points[k].y) for k in pair], 0) * size_px
            for pair in (_HIPS, _SHOULDERS)
        )
        mask = np.squeeze(result.segmentation_masks[0].numpy_view())
        edges: list[float] = trunk_outline(mask, hip, shoulder).ravel().tolist()
        return edges

    def _close(self) -> None:
        if self._landmarker is not None:
            landmarker, self._landmarker = self._landmarker, None
            landmarker.close()


def import_mediapipe() -> ModuleType:
    """Import MediaPipe without the plotting and microphone libraries that it loads at import.

    They take 0.6 of 0.9 s, and on a first start matplotlib also lists all fonts; nothing here
    needs them. A MediaPipe that cannot do with the stand-ins is imported as it is.
    """
    stand_ins = ("matplotlib", "matplotlib.pyplot", "sounddevice")
    sys.modules.update({name: ModuleType(name) for name in stand_ins})
    vars(sys.modules["matplotlib"])["pyplot"] = sys.modules["matplotlib.pyplot"]
    try:
        import mediapipe  # noqa: PLC0415
    except (ImportError, AttributeError):
        for name in stand_ins:
            del sys.modules[name]
        import mediapipe  # noqa: PLC0415
    return mediapipe  # type: ignore[no-any-return]


if __name__ == "__main__":
    main()
