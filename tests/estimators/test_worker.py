"""The worker's side: with a stand-in for MediaPipe, and with MediaPipe itself."""

import io
import os
import subprocess
import sys
import textwrap
import zipfile
from types import SimpleNamespace

import numpy as np
import pytest

from formcheck.errors import ModelError
from formcheck.estimators.pictures import PictureReader, PictureWriter
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.estimators.task_bundle import DETECTOR, LANDMARKS
from formcheck.estimators.wire import (
    N_LANDMARK_NUMBERS,
    Reply,
    ReplyKind,
    Request,
    RequestKind,
    read_reply,
)
from formcheck.estimators.worker import Worker
from formcheck.frame import Frame

STREAM = Request(RequestKind.STREAM)


class Landmarker:
    """Finds a body at (0.25, 0.5) in bright pictures; notes what is done to it."""

    def __init__(self, log, options):
        self._log = log
        self._log.append("made")
        self._has_mask = options.output_segmentation_masks

    def detect_for_video(self, image, time_ms):
        """Note the call; fail at time 13."""
        self._log.append((time_ms, int(image.data.max())))
        if time_ms == 13:
            raise ValueError("unlucky")
        found = image.data.max() > 100
        points = [SimpleNamespace(x=0.25, y=0.5, z=0.0, visibility=0.75)] * 33
        hips = SimpleNamespace(x=0.75, y=0.5, z=0.0, visibility=0.75)
        points[23], points[24] = hips, hips
        body = np.zeros((*image.data.shape[:2], 1), np.float32)
        body[10:40] = 1
        masks = [SimpleNamespace(numpy_view=lambda: body)] if self._has_mask else None
        return SimpleNamespace(
            pose_landmarks=[points] if found else [],
            pose_world_landmarks=[points] if found else [],
            segmentation_masks=masks,
        )

    def close(self):
        """Note the call."""
        self._log.append("closed")


def stand_in(log):
    """Return what the worker uses of MediaPipe."""
    vision = SimpleNamespace(
        PoseLandmarkerOptions=SimpleNamespace,
        RunningMode=SimpleNamespace(VIDEO="video"),
        PoseLandmarker=SimpleNamespace(
            create_from_options=lambda options: Landmarker(log, options)
        ),
    )
    return SimpleNamespace(
        tasks=SimpleNamespace(vision=vision, BaseOptions=SimpleNamespace),
        Image=SimpleNamespace,
        ImageFormat=SimpleNamespace(SRGB="rgb"),
    )


def serve(requests):
    """Serve requests and return the replies and what was done to the landmarkers."""
    log, answers = [], io.BytesIO()
    with PictureReader() as pictures:
        worker = Worker(stand_in(log), "model.task", pictures)
        worker.serve(io.BytesIO(b"".join(r.packed() for r in requests)), answers)
    answers.seek(0)
    return list(iter(lambda: read_reply(answers), None)), log


def test_every_stream_gets_a_fresh_landmarker_and_each_is_closed():
    """An unclosed landmarker can hang the process at its end."""
    replies, log = serve([STREAM, STREAM])
    assert [reply.kind for reply in replies] == [ReplyKind.READY] * 2
    assert log == ["made", "closed", "made", "closed"]


def test_pictures_are_answered_in_order():
    """A person, nobody, and a failure are told apart, each with the time of its request."""
    with PictureWriter() as writer:
        names = [
            writer.write(slot, np.full((2, 3, 3), v, np.uint8)) for slot, v in ((0, 9), (1, 200))
        ]
        requests = [
            Request(RequestKind.FRAME, slot, time_ms, 3, 2, names[slot])
            for slot, time_ms in ((0, 5), (1, 6), (1, 13))
        ]
        replies, log = serve([STREAM, *requests])
    assert [(r.kind, r.time_ms) for r in replies[1:]] == [
        (ReplyKind.NOBODY, 5),
        (ReplyKind.POSE, 6),
        (ReplyKind.FAILED, 13),
    ]
    assert np.frombuffer(replies[2].body, "<f4")[:6].tolist() == [0.25, 0.5, 0.75, 0.25, 0.5, 0]
    assert replies[3].text == "ValueError: unlucky"
    assert log == ["made", (5, 9), (6, 200), (13, 200), "closed"]


@pytest.mark.parametrize("kind", [RequestKind.STREAM, RequestKind.OUTLINED_STREAM])
def test_the_outline_is_looked_for_where_it_is_asked_for(kind):
    """In a body from row 10 to 40 with its trunk of 40 px along row 25 of the picture."""
    with PictureWriter() as writer:
        name = writer.write(0, np.full((50, 80, 3), 200, np.uint8))
        request = Request(RequestKind.FRAME, 0, 5, 80, 50, name)
        (_, reply), _ = serve([Request(kind), request])
    edges = np.frombuffer(reply.body, "<f4")[N_LANDMARK_NUMBERS:]
    assert len(edges) == 32
    if kind is RequestKind.OUTLINED_STREAM:
        assert edges == pytest.approx(15 / 40, abs=1 / 40)
    else:
        assert np.isnan(edges).all()


def test_the_landmarker_is_closed_when_formcheck_has_gone():
    """Nobody reads the replies any more: end in order, not with a traceback."""
    log = []

    class Broken(io.BytesIO):
        def write(self, _data):
            raise BrokenPipeError

    with PictureReader() as pictures:
        worker = Worker(stand_in(log), "model.task", pictures)
        worker.serve(io.BytesIO(STREAM.packed()), Broken())
    assert log == ["made", "closed"]


def test_a_long_failure_is_cut_to_the_size_of_a_reply():
    """A message of any length leaves the next reply where it should be."""
    first = Reply(ReplyKind.FAILED, 1, "é".encode() * 5000)
    stream = io.BytesIO(first.packed() + Reply(ReplyKind.READY).packed())
    assert read_reply(stream).text.startswith("éééé")
    assert read_reply(stream).kind is ReplyKind.READY
    assert read_reply(stream) is None


NOISY_ENGINE = """
    import os
    from types import SimpleNamespace as S
    import matplotlib
    if not hasattr(matplotlib, "__file__"):
        raise ImportError("this one needs the whole of matplotlib")
    def shout(*_, **__):
        os.write(1, b"fcp2 I print to standard output\\n")
        return S(pose_landmarks=[], pose_world_landmarks=[])
    class PoseLandmarker:
        close = detect_for_video = shout
        @classmethod
        def create_from_options(cls, options):
            shout()
            return cls()
    tasks = S(
        BaseOptions=S,
        vision=S(PoseLandmarkerOptions=S, RunningMode=S(VIDEO=1), PoseLandmarker=PoseLandmarker),
    )
    Image, ImageFormat = S, S(SRGB=1)
"""


def test_what_native_code_prints_does_not_reach_the_replies(model, tmp_path, monkeypatch):
    """Standard output is the engine's to write on; a MediaPipe that needs matplotlib gets it."""
    (tmp_path / "mediapipe.py").write_text(textwrap.dedent(NOISY_ENGINE))
    (tmp_path / "matplotlib.py").write_text("")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    frames = [Frame(index * 0.04, np.zeros((4, 4, 3), np.uint8)) for index in range(4)]
    with MediaPipeEstimator(model) as estimator:
        assert [pose for _, pose in estimator.estimate(frames)] == [None] * 4


USE = """
    import os, sys
    before = dict(os.environ)
    import numpy as np
    from formcheck.estimators import model_files
    from formcheck.estimators.process import MediaPipeEstimator
    from formcheck.frame import Frame
    black = np.zeros((120, 160, 3), np.uint8)
    with MediaPipeEstimator(model_files.find()) as estimator:
        frames = [Frame(index / 25, black) for index in range(3)]
        results = list(estimator.estimate(frames))
    assert [pose for _, pose in results] == [None] * 3, results
    assert dict(os.environ) == before
    print(sorted({"mediapipe", "cv2", "matplotlib", "av"} & set(sys.modules)))
"""


def test_a_program_that_uses_formcheck_stays_as_it_is(tmp_path):
    """Its environment is unchanged and the engine's libraries are not loaded into it.

    It is run in a folder with a file that would hide a module of the standard library.
    """
    (tmp_path / "struct.py").write_text("raise RuntimeError('taken from the current folder')")
    paths = os.pathsep.join(path for path in sys.path if path)
    answer = subprocess.run(
        [sys.executable, "-P", "-W", "error", "-c", textwrap.dedent(USE)],
        env={**os.environ, "PYTHONPATH": paths},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (answer.stdout, answer.stderr, answer.returncode) == ("[]\n", "", 0)


@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 1000, 3), (1500, 2, 3)])
def test_odd_pictures_are_pictures_without_a_person(model, shape):
    """The engine takes a picture of one pixel, and a strip, without harm."""
    with MediaPipeEstimator(model) as estimator:
        frames = [Frame(0.0, np.zeros(shape, np.uint8)), Frame(0.1, np.zeros(shape, np.uint8))]
        assert [pose for _, pose in estimator.estimate(frames)] == [None, None]


def test_networks_that_are_none_are_refused_in_words(tmp_path):
    """A bundle with the right names and nothing in it stops with the engine's own message."""
    path = tmp_path / "empty.task"
    with zipfile.ZipFile(path, "w") as bundle:
        for name in (DETECTOR, LANDMARKS):
            bundle.writestr(name, b"no network")
    with MediaPipeEstimator(path) as estimator, pytest.raises(ModelError, match=r"empty\.task"):
        list(estimator.estimate([Frame(0.0, np.zeros((4, 4, 3), np.uint8))]))
