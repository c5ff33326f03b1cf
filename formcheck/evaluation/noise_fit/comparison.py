"""Simulated errors beside the engine's, on the same truth.

The numbers for a clip are fitted to the other clips: a clip does not vouch for itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.evaluation.noise_fit.rendered import fit_rendered
from formcheck.evaluation.noise_fit.tracks import CORE, Array, Known, Track, jitter
from formcheck.landmarks import INDEX
from formcheck.simulation.camera import Camera
from formcheck.simulation.landmark_noise import LandmarkNoise, NoiseNumbers
from formcheck.simulation.landmark_noise.bodies import Bodies
from formcheck.simulation.rotations import angles_deg

N_SEEDS = 20


@dataclass(frozen=True, slots=True)
class Figures:
    """How far landmarks are from the truth.

    Attributes
    ----------
    middle, high
        Median and 95th percentile of the distance of core joints in the picture [% of trunk].
    near, far
        Median on the side towards the camera, and on the hidden side; the latter is NaN where
        nothing is hidden [% of trunk].
    space
        Median distance in space [% of trunk].
    knee_deg, knee_in_space_deg
        Root mean square error of the nearer knee's angle in the picture and in space [deg].
    jitter
        From frame to frame [% of trunk].
    """

    middle: float
    high: float
    near: float
    far: float
    space: float
    knee_deg: float
    knee_in_space_deg: float
    jitter: float


@dataclass(frozen=True, slots=True)
class Compared:
    """One clip: the engine's errors, and simulated ones.

    Attributes
    ----------
    engine
        What the engine did.
    simulated
        Middle of what the noise does over many seeds.
    middles
        From the lowest to the highest median error of these seeds [% of trunk].
    """

    name: str
    engine: Figures
    simulated: Figures
    middles: tuple[float, float]


def compare(clips: Sequence[Known], numbers: NoiseNumbers) -> list[Compared]:
    """Compare every clip with what the others predict."""
    compared = []
    for clip in clips:
        others = [other for other in clips if other is not clip]
        fitted = fit_rendered(others, numbers.rendered.clock, numbers.rendered.clock_clips)
        noise = LandmarkNoise(numbers.model_copy(update={"rendered": fitted}))
        simulated = [figures_of(_simulated(clip, noise, seed)) for seed in range(N_SEEDS)]
        middles = [figures.middle for figures in simulated]
        compared.append(
            Compared(
                clip.track.name,
                figures_of(clip),
                _middle(simulated),
                (min(middles), max(middles)),
            )
        )
    return compared


def figures_of(clip: Known) -> Figures:
    """Return how far a clip's landmarks are from the truth."""
    seen, truth = clip.track, clip.truth
    bodies = Bodies.of(truth.image_px, truth.world_m)
    flat = np.linalg.norm(seen.image_px - truth.image_px, axis=-1) / bodies.trunk_px[:, None]
    deep = np.linalg.norm(seen.world_m - truth.world_m, axis=-1) / bodies.trunk_m[:, None]
    is_far = bodies.hidden[:, CORE] > 0.5
    core = flat[:, CORE] * 100
    side = "left" if bodies.hidden[:, CORE[0]].mean() < 0.5 else "right"
    in_trunks = seen.image_px / np.median(bodies.trunk_px)
    return Figures(
        middle=float(np.median(core)),
        high=float(np.percentile(core, 95)),
        near=float(np.median(core[~is_far])),
        far=float(np.median(core[is_far])) if is_far.any() else float("nan"),
        space=float(np.median(deep[:, CORE]) * 100),
        knee_deg=_rms(_knee_deg(seen.image_px, side) - _knee_deg(truth.image_px, side)),
        knee_in_space_deg=_rms(_knee_deg(seen.world_m, side) - _knee_deg(truth.world_m, side)),
        jitter=float(np.median([jitter(in_trunks[:, k]) for k in CORE]) * 100),
    )


def _simulated(clip: Known, noise: LandmarkNoise, seed: int) -> Known:
    camera = Camera(np.zeros(3), np.array([0, 0, -1.0]), *clip.track.size_px)
    seen = noise.arrays(clip.truth, camera, np.random.default_rng(seed))
    track = Track(
        clip.track.name,
        seen.time_s,
        seen.image_px,
        seen.world_m,
        seen.visibility,
        seen.is_found,
        seen.time_s,
        clip.track.size_px,
    )
    return Known(track, clip.truth)


def _knee_deg(points: Array, side: str) -> Array:
    hip, knee, ankle = (points[:, INDEX[f"{side}_{joint}"]] for joint in ("hip", "knee", "ankle"))
    if points.shape[-1] == 2:
        flat = np.zeros((len(points), 1))
        hip, knee, ankle = (np.concatenate([place, flat], -1) for place in (hip, knee, ankle))
    return angles_deg(hip, knee, ankle)


def _rms(values: Array) -> float:
    return float(np.sqrt((values**2).mean()))


def _middle(figures: Sequence[Figures]) -> Figures:
    names = Figures.__dataclass_fields__
    return Figures(
        **{name: float(np.median([getattr(one, name) for one in figures])) for name in names}
    )
