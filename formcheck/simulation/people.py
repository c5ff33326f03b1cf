"""A skeleton from a person's measures, with nothing to download.

Segment lengths are shares of the height (Drillis and Contini, in Winter, Biomechanics and Motor
Control of Human Movement, 4th ed., figure 4.1). Breadths of women and men against their height
follow the survey of Gordon and others (1988 Anthropometric Survey of U.S. Army Personnel), the
stoop of age that of Fon and others (American Journal of Roentgenology 134, 1980).
"""

from dataclasses import replace

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import SEGMENTS, Clearances, Skeleton, landmarks_on

# x (to the left), y (up) and z (to the front) as shares of the height; paired ones on the left.
_TRUNK = {
    "pelvis": (0.0, 0.530, 0.0),
    "lumbar_low": (0.0, 0.550, 0.0),
    "lumbar_mid": (0.0, 0.585, 0.0),
    "lumbar_high": (0.0, 0.620, 0.0),
    "thorax_low": (0.0, 0.670, 0.0),
    "thorax": (0.0, 0.750, 0.0),
    "neck_low": (0.0, 0.850, 0.0),
    "neck_mid": (0.0, 0.870, 0.006),
    "neck_high": (0.0, 0.890, 0.012),
    "head": (0.0, 0.905, 0.018),
}
_LEFT = {
    "clavicle": (0.015, 0.820, 0.0),
    "scapula": (0.06, 0.825, 0.0),
    "upper_arm": (0.105, 0.818, 0.0),
    "upper_arm_low": (0.105, 0.750, 0.0),
    "forearm": (0.105, 0.632, 0.0),
    "forearm_low": (0.105, 0.560, 0.0),
    "hand": (0.105, 0.486, 0.0),
    "thumb": (0.102, 0.470, 0.012),
    "thumb_tip": (0.095, 0.455, 0.022),
    "fingers": (0.105, 0.435, 0.0),
    "fingers_mid": (0.103, 0.418, 0.0),
    "fingers_tip": (0.100, 0.404, 0.0),
    "thigh": (0.055, 0.530, 0.0),
    "shank": (0.055, 0.285, 0.0),
    "foot": (0.055, 0.039, 0.0),
    "toes": (0.055, 0.014, 0.075),
}
_FACE = {
    "nose": (0.0, 0.015, 0.075),
    "mouth": (0.014, -0.010, 0.060),
    "ear": (0.045, 0.018, 0.0),
    "eye": (0.018, 0.030, 0.055),
    "eye_inner": (0.010, 0.030, 0.055),
    "eye_outer": (0.026, 0.030, 0.052),
}
_HAND_AND_FOOT = {
    "pinky": ("hand", (0.0, -0.055, -0.022)),
    "index": ("hand", (0.0, -0.055, 0.022)),
    "thumb": ("thumb_tip", (0.0, -0.01, 0.01)),
    "heel": ("foot", (0.0, -0.030, -0.030)),
    "foot_index": ("toes", (0.0, -0.006, 0.035)),
}
# In the order of `Clearances`.
_CLEARANCES = (
    *(0.039, 0.016, 0.022, 0.026, 0.014, 0.062, 0.062, 0.055),
    *(0.075, 0.066, 0.075, 0.052, 0.028, 0.070, 0.034, 0.026),
)
_MIRRORED = np.array([-1.0, 1, 1])
# How much wider shoulders and hips are than in the average of both sexes, for the same height:
# women's shoulders measure 0.223 of it and men's 0.226, their hips 0.211 and 0.195.
_BREADTHS = {"female": (0.97, 1.04), "male": (1.03, 0.96)}
_USUAL_BODY_MASS_INDEX = 23.0
_STOOPS_FROM_YEARS, _STOOPED_YEARS = 40.0, 85.0
# How far the head of the oldest is in front of where it was, as a share of the height.
_STOOP = 0.022
_STOOP_SHARES = {
    "neck_low": 0.35,
    "neck_mid": 0.6,
    "neck_high": 0.8,
    "head": 1.0,
}


def average_skeleton(height_m: float = 1.70) -> Skeleton:
    """Return the skeleton of an adult of average proportions.

    Examples
    --------
    >>> round(average_skeleton(2.0).length_m("left_thigh", "left_shank"), 3)
    0.49
    """

    def place(segment: str) -> Array:
        side, _, rest = segment.partition("_")
        if side not in tuple(Side):
            return np.array(_TRUNK[segment])
        left = np.array(_LEFT[rest])
        return left if side == Side.LEFT else left * _MIRRORED

    neutral = np.array([place(segment) for segment in SEGMENTS]) * height_m
    segments, offsets = landmarks_on(_landmark_points())
    clearances = np.array(_CLEARANCES)
    return Skeleton(
        neutral, segments, offsets * height_m, Clearances(*map(float, clearances * height_m))
    )


def adult_skeleton(sex: str, age_years: float, height_m: float, mass_kg: float) -> Skeleton:
    """Return the skeleton of a woman or a man.

    Women have narrower shoulders and wider hips, the head of the old is further forward, and
    whoever is heavy for the height lies higher above the floor.

    Parameters
    ----------
    sex
        ``female`` or ``male``.
    age_years, height_m, mass_kg
        Age, standing height [m] and weight [kg].

    Examples
    --------
    >>> slim, heavy = (adult_skeleton("male", 40, 1.75, mass_kg) for mass_kg in (60, 100))
    >>> slim.clearances.hip_back < heavy.clearances.hip_back
    True
    """
    average = average_skeleton(height_m)
    shoulders, hips = _BREADTHS[sex]
    neutral = average.neutral.copy()
    stooped = (age_years - _STOOPS_FROM_YEARS) / (_STOOPED_YEARS - _STOOPS_FROM_YEARS)
    for index, segment in enumerate(SEGMENTS):
        side, _, rest = segment.partition("_")
        if side in tuple(Side):
            neutral[index, 0] *= hips if rest in ("thigh", "shank", "foot", "toes") else shoulders
        neutral[index, 2] += (
            _STOOP_SHARES.get(segment, 0.0) * _STOOP * height_m * float(np.clip(stooped, 0, 1))
        )
    girth = girth_of(height_m, mass_kg)
    fleshy = ("hip_seat", "hip_back", "shoulder_back", "chest", "hip_front", "hip_side")
    clearances = {name: getattr(average.clearances, name) * girth for name in fleshy}
    return replace(average, neutral=neutral, clearances=replace(average.clearances, **clearances))


def girth_of(height_m: float, mass_kg: float) -> float:
    """Return how thick somebody is, against somebody of the usual weight for the height."""
    return float(np.sqrt(mass_kg / height_m**2 / _USUAL_BODY_MASS_INDEX))


def _landmark_points() -> dict[str, tuple[str, Array]]:
    points: dict[str, tuple[str, Array]] = {"nose": ("head", np.array(_FACE["nose"]))}
    for side in Side:
        mirror = np.ones(3) if side is Side.LEFT else _MIRRORED
        for name in ("ear", "eye", "eye_inner", "eye_outer"):
            points[f"{side}_{name}"] = ("head", np.array(_FACE[name]) * mirror)
        points[f"mouth_{side}"] = ("head", np.array(_FACE["mouth"]) * mirror)
        for name, (segment, offset) in _HAND_AND_FOOT.items():
            points[f"{side}_{name}"] = (f"{side}_{segment}", np.array(offset) * mirror)
    return points
