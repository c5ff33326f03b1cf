"""Whether everything needed is in the picture, and which way to go if not."""

from collections.abc import Iterable

from formcheck.landmarks import NAMES
from formcheck.pose import Pose
from formcheck.session.needed import Needed, indices
from formcheck.session.placement import Advice

# In shares of the picture: what is out by less still counts as in, once it was in.
MARGIN = 0.01
# A body that takes up more of the picture than this does not fit by moving the camera.
FITS_UP_TO = 0.94
MIN_VISIBILITY = 0.5

Missing = tuple[Advice, str]


def missing(pose: Pose, needed: Needed, *, was_good: bool) -> Missing | None:
    """Return what to do about the part that is furthest outside, or hidden; None if all is in."""
    margin = -MARGIN if was_good else MARGIN
    found = [index for part in sorted(needed.all) for index in indices(part)]
    left, right, above, below = _excesses(pose, found)
    worst, index = max(left, right, above, below)
    if worst > -margin:
        return _advice(pose, found, margin), _part(index)
    return _hidden(pose, needed.decisive, was_good=was_good)


def _excesses(pose: Pose, found: Iterable[int]) -> list[tuple[float, int]]:
    """Return how far the landmarks reach past each edge, in shares of the picture, and which."""
    points = [(pose.image[index].tolist(), index) for index in found]
    width, height = float(pose.width_px), float(pose.height_px)
    return [
        max((-x / width, index) for (x, _), index in points),
        max((x / width - 1, index) for (x, _), index in points),
        max((-y / height, index) for (_, y), index in points),
        max((y / height - 1, index) for (_, y), index in points),
    ]


def _advice(pose: Pose, found: list[int], margin: float) -> Advice:
    excess = [share for share, _ in _excesses(pose, found)]
    left, right, above, below = excess
    is_out = [share > -margin for share in excess]
    too_wide = 1 + left + right > FITS_UP_TO
    too_high = 1 + above + below > FITS_UP_TO
    across, upright = is_out[0] or is_out[1], is_out[2] or is_out[3]
    if (across and (too_wide or upright)) or (upright and too_high):
        return Advice.STEP_BACK
    if across:
        # Out at the left of the picture is out at the right of the mirror.
        return Advice.MOVE_LEFT if is_out[0] else Advice.MOVE_RIGHT
    return Advice.RAISE_CAMERA if is_out[2] else Advice.LOWER_CAMERA


def _hidden(pose: Pose, parts: Iterable[str], *, was_good: bool) -> Missing | None:
    """Return a part of which neither side is seen."""
    least = MIN_VISIBILITY - 0.1 if was_good else MIN_VISIBILITY
    for part in sorted(parts):
        if max(float(pose.visibility[index]) for index in indices(part)) < least:
            return Advice.SHOW_PART, part
    return None


def _part(index: int) -> str:
    name = NAMES[index]
    return name.partition("_")[2] if name.startswith(("left_", "right_")) else name
