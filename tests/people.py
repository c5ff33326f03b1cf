"""Exact landmarks of rendered people: the truth beside the sample clips, as poses.

They come from the skeleton that the clips were drawn from, not from a picture: with them the
core is tested without the engine. Variations that must not matter are made here.
"""

import json
from functools import cache
from pathlib import Path

import numpy as np

from formcheck.evaluation.population import otherwise
from formcheck.pose import Pose, rounded_pose
from formcheck.simulation.truth import Truth

SAMPLES = Path(__file__).parents[1] / "sample_videos"
LABELS = {
    Path(clip["file"]).stem: clip
    for clip in json.loads((SAMPLES / "labels.json").read_text(encoding="utf-8"))["clips"]
}
CLIPS = sorted(LABELS)
_UNVARIED = 1.0, 0.0, 0
SIZES_PX = {name: (clip["width"], clip["height"]) for name, clip in LABELS.items()}


def poses(
    clip: str,
    *,
    every: int = 1,
    scale: float = 1.0,
    mirrored: bool = False,
    noise_px: float = 0.0,
    seed: int = 0,
) -> list[tuple[float, Pose]]:
    """Return the poses of a sample clip.

    Parameters
    ----------
    every
        Take every n-th frame: a slower camera.
    scale
        Of the picture.
    mirrored
        Seen in a mirror: left and right of the person change with it.
    noise_px
        Standard deviation of noise added to the landmarks in the picture [px].
    """
    varied = scale, noise_px, seed
    seen = _unvaried(clip) if varied == _UNVARIED else _seen(clip, *varied)
    return [(one.time_s, otherwise.mirrored(one) if mirrored else one) for one in seen[::every]]


@cache
def _unvaried(clip: str) -> tuple[Pose, ...]:
    """Return a clip as it is: nearly every test asks for one, and a pose is never changed."""
    return _seen(clip, *_UNVARIED)


def _seen(clip: str, scale: float, noise_px: float, seed: int) -> tuple[Pose, ...]:
    truth = Truth.load(SAMPLES / f"{clip}.truth.npz")
    width_px, height_px = (round(side * scale) for side in SIZES_PX[clip])
    noise = np.random.default_rng(seed).normal(0, noise_px, truth.image_px.shape)
    image, size_px = truth.image_px * scale + noise, (width_px, height_px)
    seen = [
        rounded_pose(time_s, image[k], truth.world_m[k], np.ones(33), size_px)
        for k, time_s in enumerate(truth.time_s.tolist())
    ]
    for pose in seen:
        for landmarks in (pose.image, pose.world, pose.visibility):
            landmarks.setflags(write=False)
    return tuple(seen)
