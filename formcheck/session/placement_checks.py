"""One function for each thing that the camera needs; what has been good is kept a little longer."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise, Orientation
from formcheck.landmarks import INDEX
from formcheck.measures import View
from formcheck.pose import Pose
from formcheck.session.framing import missing
from formcheck.session.needed import Needed
from formcheck.session.placement import (
    Advice,
    PictureQuality,
    PlacementCheck,
    PlacementCode,
    PlacementStatus,
)

# Pictures a second: the core refuses below 7.5. From, and below which it is no longer enough.
ENOUGH_HZ, TOO_FEW_HZ = 9.0, 8.0
# Brightness and contrast of the whole picture (engineering: a lit room reads 0.3 to 0.6).
BRIGHT_ENOUGH, TOO_DARK = 0.14, 0.11
NOT_TOO_BRIGHT, TOO_BRIGHT = 0.92, 0.95
CONTRAST_ENOUGH, TOO_FLAT = 0.04, 0.03
# Trunk (or shoulders, where it is foreshortened) in shares of the picture's longer side.
NEAR_ENOUGH, TOO_FAR = 0.065, 0.055


@dataclass(frozen=True, slots=True)
class Look:
    """What there is to judge the placement by, and what was good before.

    Attributes
    ----------
    needed
        What the exercise needs to see, in each view.
    """

    exercise: Exercise
    needed: Mapping[View, Needed]
    snapshot: Snapshot
    picture: PictureQuality | None
    rate_hz: float
    good: frozenset[PlacementCode]


def checks(look: Look) -> tuple[PlacementCheck, ...]:
    """Return every check, in the order of their codes."""
    return tuple(_RULES[code](look) for code in PlacementCode)


def _check(code: PlacementCode, advice: Advice | None, part: str = "") -> PlacementCheck:
    status = PlacementStatus.GOOD if advice is None else PlacementStatus.BAD
    return PlacementCheck(code, status, advice, part)


def _unknown(code: PlacementCode) -> PlacementCheck:
    return PlacementCheck(code, PlacementStatus.UNKNOWN)


def _is_seen(snapshot: Snapshot) -> bool:
    refused = snapshot.not_assessed
    return snapshot.pose is not None and (refused is None or refused.code != "implausible")


def _is_in_position(look: Look) -> bool:
    return look.snapshot.orientation in orientations(look.exercise)


def orientations(exercise: Exercise) -> frozenset[Orientation]:
    """Return how the trunk may lie in any way of doing an exercise."""
    return frozenset().union(*(variant.orientations for variant in exercise.variants))


def _somebody_seen(look: Look) -> PlacementCheck:
    code = PlacementCode.SOMEBODY_SEEN
    return _check(code, None if _is_seen(look.snapshot) else Advice.COME_INTO_PICTURE)


def _frame_rate(look: Look) -> PlacementCheck:
    code = PlacementCode.FRAME_RATE
    if math.isnan(look.rate_hz):
        return _unknown(code)
    least = TOO_FEW_HZ if code in look.good else ENOUGH_HZ
    return _check(code, None if look.rate_hz >= least else Advice.FEWER_PROGRAMS)


def _light(look: Look) -> PlacementCheck:
    code, picture = PlacementCode.LIGHT, look.picture
    if picture is None:
        return _unknown(code)
    was_good = code in look.good
    if picture.mean_brightness > (TOO_BRIGHT if was_good else NOT_TOO_BRIGHT):
        return _check(code, Advice.LESS_LIGHT)
    is_dark = picture.mean_brightness < (TOO_DARK if was_good else BRIGHT_ENOUGH)
    is_flat = picture.contrast < (TOO_FLAT if was_good else CONTRAST_ENOUGH)
    return _check(code, Advice.MORE_LIGHT if is_dark or is_flat else None)


def _near_enough(look: Look) -> PlacementCheck:
    code, pose = PlacementCode.NEAR_ENOUGH, look.snapshot.pose
    if pose is None or not _is_seen(look.snapshot):
        return _unknown(code)
    least = TOO_FAR if code in look.good else NEAR_ENOUGH
    return _check(code, None if body_size(pose) >= least else Advice.COME_CLOSER)


def body_size(pose: Pose) -> float:
    """Return the length of the trunk, or the width of the shoulders, by the picture's size."""
    left, right, left_hip, right_hip = (
        pose.image[INDEX[name]].tolist()
        for name in ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
    )
    trunk_px = math.hypot(
        left[0] + right[0] - left_hip[0] - right_hip[0],
        left[1] + right[1] - left_hip[1] - right_hip[1],
    )
    return max(trunk_px / 2, math.dist(left, right)) / max(pose.width_px, pose.height_px)


def _in_position(look: Look) -> PlacementCheck:
    code = PlacementCode.IN_POSITION
    if look.snapshot.orientation is None or _points_at_camera(look):
        return _unknown(code)
    return _check(code, None if _is_in_position(look) else Advice.TAKE_POSITION)


def _lying_across(look: Look) -> PlacementCheck:
    code = PlacementCode.LYING_ACROSS
    if _points_at_camera(look):
        return _check(code, Advice.LIE_ACROSS_PICTURE)
    return _check(code, None) if _is_in_position(look) else _unknown(code)


def _points_at_camera(look: Look) -> bool:
    """Whether somebody lies with feet or head to the camera, which may look like standing."""
    refused, pose = look.snapshot.not_assessed, look.snapshot.pose
    if refused and refused.code == "wrong_view" and not refused.views:
        return True
    if pose is None or _is_in_position(look):
        return False
    shoulders, hips = (
        pose.world[INDEX[f"left_{part}"]] + pose.world[INDEX[f"right_{part}"]]
        for part in ("shoulder", "hip")
    )
    _, up_m, away_m = (shoulders - hips).tolist()
    return abs(away_m) > abs(up_m) and Orientation.UPRIGHT not in orientations(look.exercise)


def _right_view(look: Look) -> PlacementCheck:
    code, view = PlacementCode.RIGHT_VIEW, look.snapshot.view
    if view is None or not _is_in_position(look):
        return _unknown(code)
    right = look.exercise.camera.views
    if view in right:
        return _check(code, None)
    is_lying = look.snapshot.orientation is not Orientation.UPRIGHT
    if View.SIDE in right:
        return _check(code, Advice.LIE_ACROSS_PICTURE if is_lying else Advice.TURN_SIDEWAYS)
    return _check(code, Advice.FACE_CAMERA if View.FRONT in right else Advice.TURN_A_LITTLE)


def _whole_body(look: Look) -> PlacementCheck:
    code, pose, view = (
        PlacementCode.WHOLE_BODY_IN_PICTURE,
        look.snapshot.pose,
        look.snapshot.view,
    )
    if pose is None or view is None or not _is_in_position(look):
        return _unknown(code)
    seen_from = view if view in look.exercise.camera.views else look.exercise.camera.view
    found = missing(pose, look.needed[seen_from], was_good=code in look.good)
    return _check(code, *found) if found else _check(code, None)


_RULES: dict[PlacementCode, Callable[[Look], PlacementCheck]] = {
    PlacementCode.SOMEBODY_SEEN: _somebody_seen,
    PlacementCode.FRAME_RATE: _frame_rate,
    PlacementCode.LIGHT: _light,
    PlacementCode.NEAR_ENOUGH: _near_enough,
    PlacementCode.IN_POSITION: _in_position,
    PlacementCode.LYING_ACROSS: _lying_across,
    PlacementCode.RIGHT_VIEW: _right_view,
    PlacementCode.WHOLE_BODY_IN_PICTURE: _whole_body,
}
