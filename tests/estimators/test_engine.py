"""MediaPipe itself, on the rendered person of a sample video."""

import itertools
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest

from formcheck.estimators.environment import worker_environment
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.sources.video import VideoSource

VIDEO = Path(__file__).resolve().parents[2] / "sample_videos" / "sit_to_stand.mp4"
N_FRAMES = 12


@pytest.fixture(scope="module")
def frames():
    """Return the first frames of the video."""
    with VideoSource(VIDEO) as source:
        return list(itertools.islice(source, N_FRAMES))


@pytest.fixture(scope="module")
def estimator(model):
    """Return an open estimator with MediaPipe's worker."""
    with MediaPipeEstimator(model) as opened:
        yield opened


def as_array(results):
    """Return every number of every pose; fails where there is none."""
    return np.array([np.column_stack([p.image, p.world, p.visibility]) for _, p in results])


@pytest.fixture(scope="module")
def poses(estimator, frames):
    """Return the numbers of the first stream."""
    return as_array(estimator.estimate(frames))


def test_a_rendered_person_is_found(poses, frames):
    """The nose is above the hips, the hips above the heels, all of them in the picture."""
    height_px, width_px = frames[0].image.shape[:2]
    for pose in poses:
        nose, hips, heels = pose[0], pose[[23, 24]], pose[[29, 30]]
        assert nose[1] < hips[:, 1].min() < heels[:, 1].min()
        assert 0 <= pose[:, 0].min() <= pose[:, 0].max() <= width_px
        assert 0 <= pose[:, 1].min() <= pose[:, 1].max() <= height_px


def test_a_second_stream_gives_the_same_numbers(estimator, frames, poses):
    """The engine remembers nothing of a video, and the lookahead changes nothing."""
    assert np.array_equal(as_array(estimator.estimate(frames, lookahead=0)), poses)
    assert np.array_equal(as_array(estimator.estimate(frames, lookahead=3)), poses)


def test_the_outline_is_beside_the_same_landmarks(estimator, frames, poses):
    """Looking for it changes no landmark, and the trunk of the rendered person has both edges."""
    results = list(estimator.estimate(frames, outline=True))
    assert np.array_equal(as_array(results), poses)
    edges = np.array([pose.outline for _, pose in results])
    assert np.isfinite(edges[..., 4:12]).all()
    # A trunk is a third to two thirds as wide as it is long.
    assert 0.3 < np.median(edges[:, :, 4:12].sum(1)) < 0.7


DIRECT = """
    import itertools, sys
    import mediapipe as mp, numpy as np
    from pathlib import Path
    from formcheck.sources.video import VideoSource
    vision = mp.tasks.vision
    base = mp.tasks.BaseOptions(model_asset_path=sys.argv[1])
    mode = vision.RunningMode.VIDEO
    options = vision.PoseLandmarkerOptions(base_options=base, running_mode=mode)
    with vision.PoseLandmarker.create_from_options(options) as landmarker:
        with VideoSource(Path(sys.argv[2])) as source:
            for frame in itertools.islice(source, int(sys.argv[3])):
                image = mp.Image(image_format=mp.ImageFormat.SRGB, data=frame.image)
                result = landmarker.detect_for_video(image, round(frame.time_s * 1000))
                height, width = frame.image.shape[:2]
                for point, space in zip(result.pose_landmarks[0], result.pose_world_landmarks[0]):
                    print(point.x * width, point.y * height, space.x, space.y, space.z,
                          point.visibility)
"""


def test_the_worker_gives_what_mediapipe_gives(model, poses, tmp_path):
    """Against MediaPipe called directly: the same, to the steps of a recording."""
    command = [sys.executable, "-c", textwrap.dedent(DIRECT), str(model), str(VIDEO), str(N_FRAMES)]
    answer = subprocess.run(
        command,
        env=worker_environment(os.environ),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    direct = np.array([line.split() for line in answer.stdout.splitlines()], float)
    difference = np.abs(direct.reshape(N_FRAMES, 33, 6) - poses).max(axis=(0, 1))
    assert (difference[:2] <= 0.0051).all()  # px
    assert (difference[2:5] <= 0.000051).all()  # m
    assert difference[5] <= 0.5001 / 255
