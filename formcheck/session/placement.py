"""Whether the camera sees what an exercise needs, and the one thing to change if not."""

import enum
from dataclasses import dataclass


class PlacementCode(enum.StrEnum):
    """What is checked, the most important first."""

    SOMEBODY_SEEN = "somebody_seen"
    FRAME_RATE = "frame_rate"
    LIGHT = "light"
    NEAR_ENOUGH = "near_enough"
    IN_POSITION = "in_position"  # upright, or lying as the exercise begins
    LYING_ACROSS = "lying_across"  # the trunk does not point at the camera
    RIGHT_VIEW = "right_view"
    WHOLE_BODY_IN_PICTURE = "whole_body_in_picture"


class PlacementStatus(enum.StrEnum):
    """What is known about a check."""

    GOOD = "good"
    BAD = "bad"
    UNKNOWN = "unknown"


class Advice(enum.StrEnum):
    """What to do so that a check becomes good.

    Left and right are those of the picture as the patient sees it, in the mirror.
    """

    COME_INTO_PICTURE = "come_into_picture"
    FEWER_PROGRAMS = "fewer_programs"
    MORE_LIGHT = "more_light"
    LESS_LIGHT = "less_light"
    COME_CLOSER = "come_closer"
    STEP_BACK = "step_back"
    TAKE_POSITION = "take_position"
    LIE_ACROSS_PICTURE = "lie_across_picture"
    TURN_SIDEWAYS = "turn_sideways"
    FACE_CAMERA = "face_camera"
    TURN_A_LITTLE = "turn_a_little"
    RAISE_CAMERA = "raise_camera"
    LOWER_CAMERA = "lower_camera"
    MOVE_LEFT = "move_left"
    MOVE_RIGHT = "move_right"
    SHOW_PART = "show_part"  # inside of the picture, but hidden


@dataclass(frozen=True, slots=True)
class PictureQuality:
    """How good the picture is, measured by whoever decodes it.

    Attributes
    ----------
    mean_brightness
        Of all pixels, 0 black to 1 white.
    contrast
        Standard deviation of the brightness, 0 to 0.5.
    rate_hz
        Analysed pictures a second over the last second or two; NaN where not known.
    """

    mean_brightness: float
    contrast: float
    rate_hz: float


@dataclass(frozen=True, slots=True)
class PlacementCheck:
    """One thing that the camera needs.

    Attributes
    ----------
    advice
        What to do about it; None unless it is bad.
    part
        The part of the body that it is about, a landmark without its side (``ankle``), or empty.
    """

    code: PlacementCode
    status: PlacementStatus
    advice: Advice | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Placement:
    """How well the camera sees the patient.

    Attributes
    ----------
    checks
        All of them, in the order of `PlacementCode`.
    is_good
        Whether all have been good, or unknown and not needed, for a second.
    primary
        The one bad check to put right first; None where none is bad.
    """

    checks: tuple[PlacementCheck, ...]
    is_good: bool
    primary: PlacementCheck | None = None

    @property
    def advice(self) -> Advice | None:
        """The one thing to do now."""
        return self.primary.advice if self.primary else None
