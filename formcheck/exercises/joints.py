"""The angles that a body can be told to have, by name: the vocabulary of a motion.

A posture is a row of numbers in the order of ``ANGLES``: where the pelvis is, how it is turned,
and every anatomical angle down the chain. Zero everywhere is the neutral posture: standing,
arms straight down, palms to the thighs.

An angle's name says joint and movement; the paired ones begin with their side
(``left_knee_flexion``). In a motion they may also begin with ``both``, or, where the sides take
turns, with ``working`` and ``other``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import Side

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Angle:
    """One degree of freedom.

    Attributes
    ----------
    least, most
        How far people can go [deg]; for the place of the pelvis how far it may be [m].
    stiffness
        How unwilling it is to leave its place, where a contact leaves the choice.
    is_lateral
        Whether the other side of the body does the opposite: bends and turns of the trunk.
    """

    least: float
    most: float
    stiffness: float = 1.0
    is_lateral: bool = False


# Limits lie somewhat outside of what healthy adults reach (normal values of the American
# Academy of Orthopaedic Surgeons, 1965, as compiled in Kapandji's Physiology of the Joints):
# they keep knees from bending forward, and judge nobody.
_TRUNK = {
    "pelvis_x": Angle(-9, 9, 0.05, is_lateral=True),
    "pelvis_y": Angle(-1, 3, 0.05),
    "pelvis_z": Angle(-9, 9, 0.05),
    "pelvis_heading": Angle(-360, 360, 1.0, is_lateral=True),
    "pelvis_roll": Angle(-180, 180, 1.0, is_lateral=True),
    "pelvis_pitch": Angle(-180, 180, 0.5),
    "lumbar_flexion": Angle(-45, 65, 4.0),
    "lumbar_bend": Angle(-35, 35, 4.0, is_lateral=True),
    "lumbar_turn": Angle(-20, 20, 4.0, is_lateral=True),
    "thorax_flexion": Angle(-40, 50, 4.0),
    "thorax_bend": Angle(-35, 35, 4.0, is_lateral=True),
    "thorax_turn": Angle(-60, 60, 4.0, is_lateral=True),
    "neck_flexion": Angle(-75, 65, 3.0),
    "neck_bend": Angle(-50, 50, 3.0, is_lateral=True),
    "neck_turn": Angle(-85, 85, 3.0, is_lateral=True),
}
_LIMB = {
    "shoulder_flexion": Angle(-70, 200),
    "shoulder_abduction": Angle(-60, 190),
    "shoulder_rotation": Angle(-110, 110, 1.5),
    "elbow_flexion": Angle(0, 152),
    "forearm_pronation": Angle(-95, 100),
    "wrist_flexion": Angle(-95, 90, 0.5),
    "wrist_deviation": Angle(-40, 40),
    "finger_curl": Angle(-12, 90, 9.0),
    "thumb_out": Angle(-30, 70, 9.0),
    "shrug": Angle(-12, 25, 4.0),
    "hip_flexion": Angle(-35, 140),
    "hip_abduction": Angle(-35, 70),
    "hip_rotation": Angle(-60, 65, 1.5),
    "knee_flexion": Angle(0, 160),
    "ankle_flexion": Angle(-75, 45, 0.5),
    "ankle_inversion": Angle(-40, 45, 0.7),
    "toe_flexion": Angle(-95, 45, 0.7),
}
ANGLES: dict[str, Angle] = _TRUNK | {
    f"{side}_{name}": angle for side in Side for name, angle in _LIMB.items()
}
INDEX: dict[str, int] = {name: index for index, name in enumerate(ANGLES)}
PLACES = slice(0, 3)
LEAST = np.array([angle.least for angle in ANGLES.values()])
MOST = np.array([angle.most for angle in ANGLES.values()])
STIFFNESS = np.array([angle.stiffness for angle in ANGLES.values()])
_BOTH = (Side.LEFT, Side.RIGHT)


def sides_of(name: str, working: Side) -> tuple[str, ...]:
    """Return the names that a name with ``both``, ``working`` or ``other`` stands for.

    Examples
    --------
    >>> sides_of("other_knee_flexion", Side.LEFT)
    ('right_knee_flexion',)
    """
    side, _, rest = name.partition("_")
    match side:
        case "both":
            return tuple(f"{one}_{rest}" for one in _BOTH)
        case "working":
            return (f"{working}_{rest}",)
        case "other":
            return (f"{working.opposite}_{rest}",)
    return (name,)


def spread(angles: Mapping[str, float], working: Side) -> dict[str, float]:
    """Return angles by their full names; those of the trunk are told for the left side.

    Raises
    ------
    KeyError
        Where there is no such angle.
    """
    told: dict[str, float] = {}
    for name, value in angles.items():
        for full in sides_of(name, working):
            turned = ANGLES[full].is_lateral and working is Side.RIGHT
            told[full] = -value if turned else value
    return told
