"""What an exercise can help a person with: what a plan for one person is chosen by."""

import enum


class Aim(enum.StrEnum):
    """Something that a person finds hard, and an exercise works on."""

    TURNING = "turning"
    BENDING = "bending"
    SIDE_BENDING = "side_bending"
    OPEN_CHEST = "open_chest"
    REACHING_UP = "reaching_up"
    TRUNK_CONTROL = "trunk_control"
    TRUNK_ENDURANCE = "trunk_endurance"
    SHOULDER_BLADES = "shoulder_blades"
    NECK = "neck"
    RISING = "rising"
    LIFTING = "lifting"
    BALANCE = "balance"
