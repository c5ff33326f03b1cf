"""Which part of the body a measure tells of: what is offered is one of each part first."""

from collections.abc import Mapping
from types import MappingProxyType

from formcheck.exercises.rules import BodyPart
from formcheck.measures import Measure

_MEASURES_OF: Mapping[BodyPart, tuple[str, ...]] = MappingProxyType(
    {
        BodyPart.HEAD: (
            "head_lift",
            "neck_flexion",
            "head_tilt",
            "face_tilt",
            "head_bend",
            "face_pitch",
            "ear_height",
            "head_elevation",
        ),
        BodyPart.SHOULDER: (
            "shoulder_elevation",
            "arm_elevation",
            "both_arms_elevation",
            "arms_difference",
            "diagonal_lead",
            "diagonal_reach",
            "upper_arm_elevation",
            "upper_arm_flexion",
            "elbow_height",
            "wrist_height",
            "hands_height_gap",
            "hands_gap_along_trunk",
            "hands_apart",
            "hands_by_shoulders",
            "hand_to_head",
            "elbow_offset",
        ),
        BodyPart.ELBOW: ("elbow_flexion", "raised_elbow_flexion", "forearm_elevation"),
        BodyPart.TRUNK: (
            "back_curve",
            "trunk_inclination",
            "forward_lean",
            "chest_lift",
            "trunk_height",
            "shoulder_width",
            "shoulder_breadth",
            "trunk_lean",
            "shoulder_tilt",
            "shoulder_stack",
            "trunk_elevation_in_space",
            "trunk_rotation",
            "trunk_turn_toward",
            "trunk_twist",
            "chest_rotation",
        ),
        BodyPart.HIP: (
            "hip_flexion",
            "hip_lift",
            "hip_above_body_line",
            "hip_above_knee_line",
            "hips_above_line",
            "hip_stack",
            "weight_shift",
            "hip_height",
            "hip_to_heel",
            "pelvis_rotation",
            "thigh_elevation",
            "thighs_apart",
            "thigh_elevation_in_space",
            "leg_elevation",
        ),
        BodyPart.KNEE: (
            "knee_flexion",
            "lunge_knee_flexion",
            "knee_valgus",
            "knee_gap",
            "knees_apart",
            "knee_flexion_in_space",
        ),
        BodyPart.FOOT: ("heel_height", "heels_apart", "lunge_shank_lean", "stance_width"),
    }
)
PARTS: Mapping[str, BodyPart] = MappingProxyType(
    {name: part for part, names in _MEASURES_OF.items() for name in names}
)
"""The part of every measure, by its name."""


def part_of(measure: Measure) -> BodyPart:
    """Return the part of the body that a measure tells of."""
    return PARTS[measure.name]
