"""People whose landmarks err, with some of the fitted numbers changed."""

import numpy as np

from formcheck.landmarks import NAMES
from formcheck.simulation.camera import Camera
from formcheck.simulation.landmark_noise import LandmarkNoise, NoiseNumbers
from formcheck.simulation.landmark_noise.numbers import Clock, Happening, Spread
from formcheck.simulation.truth import ANGLES, Truth

CAMERA = Camera(np.array([0, 1.0, 4.0]), np.array([0, 1.0, 0]), 640, 480)
NUMBERS = NoiseNumbers.load()
STILL = Spread(offset=0, wander=0)
NEVER = Happening(watched_min=1, clip_share=0, rate_per_min=0, duration_s=0)
# People here are motionless; this is how their errors would wander if they moved.
AS_IN_MOVEMENT = Clock(full_speed_per_s=1.0, least_rate=1.0)
ALWAYS = Happening(watched_min=1, clip_share=1, rate_per_min=60, duration_s=0.5)
PX_PER_M = 200
TRUNK_M = 0.5


def standing_m():
    """Return a person who looks at the camera, about the middle of the hips [m]."""
    places = dict.fromkeys(NAMES, (0.0, -0.7, -0.1))
    for side, out in (("left", 1), ("right", -1)):
        places |= {
            f"{side}_shoulder": (0.18 * out, -TRUNK_M, 0.0),
            f"{side}_elbow": (0.25 * out, -0.25, 0.02),
            f"{side}_wrist": (0.27 * out, 0.0, -0.02),
            f"{side}_pinky": (0.28 * out, 0.07, -0.02),
            f"{side}_index": (0.26 * out, 0.08, -0.02),
            f"{side}_thumb": (0.25 * out, 0.05, -0.04),
            f"{side}_hip": (0.1 * out, 0.0, 0.0),
            f"{side}_knee": (0.11 * out, 0.42, -0.01),
            f"{side}_ankle": (0.12 * out, 0.82, 0.03),
            f"{side}_heel": (0.12 * out, 0.86, 0.06),
            f"{side}_foot_index": (0.14 * out, 0.88, -0.1),
            f"{side}_eye": (0.03 * out, -0.74, -0.1),
            f"{side}_ear": (0.07 * out, -0.72, 0.0),
        }
    return np.array([places[name] for name in NAMES])


def truth_of(world_m, times_s):
    """Return what is true of motionless people, seen straight from the front."""
    world = np.broadcast_to(world_m, (len(times_s), *world_m.shape[-2:])).copy()
    image = world[..., :2] * PX_PER_M + (320, 230)
    return Truth(times_s, image, world, np.zeros((len(times_s), len(ANGLES))))


def turned(world_m, about, angle_deg):
    """Return it turned about x (0) or y (1)."""
    cos, sin = np.cos(np.radians(angle_deg)), np.sin(np.radians(angle_deg))
    first, second = [axis for axis in range(3) if axis != about]
    places_m = world_m.copy()
    places_m[:, first] = cos * world_m[:, first] - sin * world_m[:, second]
    places_m[:, second] = sin * world_m[:, first] + cos * world_m[:, second]
    return places_m


def times_at(fps, duration_s=20.0):
    """Return the times of the frames [s]."""
    return np.arange(round(duration_s * fps)) / fps


def noise_of(*, happens=NEVER, **rendered):
    """Return the noise with other numbers; without swaps and dropouts unless asked for."""
    kinds = ("swaps", "lengthwise_swaps", "dropouts", "lengthwise_dropouts")
    real = NUMBERS.real.model_copy(update=dict.fromkeys(kinds, happens))
    fitted = NUMBERS.rendered.model_copy(update=rendered)
    return LandmarkNoise(NoiseNumbers(rendered=fitted, real=real))


def without(part):
    """Return places without bias, or without everything else."""
    nothing = {"bias": (0.0, 0.0, 0.0)}
    if part == "chance":
        nothing = {"facing": STILL, "near": STILL, "far": STILL}
    return {
        kind: {
            name: place.model_copy(update=nothing)
            for name, place in getattr(NUMBERS.rendered, kind).items()
        }
        for kind in ("image", "world")
    }


def first_places(world_m):
    """Return a person in the picture [px] and in space [m], for a second."""
    truth = truth_of(world_m, times_at(10, 1))
    return truth.image_px, truth.world_m


STANDING = standing_m()
FROM_THE_SIDE = turned(STANDING, 1, -90)
