"""The fitted numbers, as they are in ``fitted.json``.

Lengths are shares of the trunk (from the middle of the hips to the middle of the shoulders).
Landmarks go by their names without the side: an error and its mirror image are the same.
"""

from importlib import resources
from typing import Self

from pydantic import BaseModel, ConfigDict

from formcheck.landmarks import NAMES

Three = tuple[float, float, float]


def unsided(name: str) -> str:
    """Return a landmark's name without its side: ``left_knee`` and ``right_knee`` are knees."""
    words = [word for word in name.split("_") if word not in {"left", "right"}]
    return "_".join(words)


UNSIDED: tuple[str, ...] = tuple(dict.fromkeys(unsided(name) for name in NAMES))


class Record(BaseModel):
    """Values that do not change and know no other field."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Spread(Record):
    """Standard deviations along one axis, in trunk lengths.

    Attributes
    ----------
    offset
        Of what stays for a whole clip.
    wander
        Of what comes and goes.
    """

    offset: float
    wander: float


class Places(Record):
    """Where a landmark is put, for both sides of the body.

    Attributes
    ----------
    bias
        Mean error in trunk lengths: along the limb or, from shoulders to head and at the hips,
        along the trunk upwards; to the outside; to the front.
    facing, near, far
        Spread of the other errors seen from the front, on the side towards the camera, and on
        the hidden side.
    """

    bias: Three
    facing: Spread
    near: Spread
    far: Spread

    @property
    def spreads(self) -> tuple[Spread, Spread, Spread]:
        """Facing, near and far."""
        return self.facing, self.near, self.far


class Visibility(Record):
    """Visibility on the scale of log odds: 0 is 0.5, 3 is 0.95.

    Attributes
    ----------
    middle
        Mean.
    offset, wander
        Standard deviation between clips, and within one.
    """

    middle: float
    offset: float
    wander: float


class Looks(Record):
    """What can be seen of a landmark's noise without knowing the truth.

    Attributes
    ----------
    jitter_near, jitter_far
        Standard deviation from frame to frame in the picture, in trunk lengths.
    world_jitter_near, world_jitter_far
        The same in space.
    visibility_near, visibility_far
        How visible the engine says it is.
    """

    jitter_near: float
    jitter_far: float
    world_jitter_near: float
    world_jitter_far: float
    visibility_near: Visibility
    visibility_far: Visibility


class Happening(Record):
    """What happens now and then, in some clips again and again and in most never.

    Attributes
    ----------
    watched_min
        In how much time it was looked for [min].
    clip_share
        Share of the clips in which it happens at all.
    rate_per_min
        How often it begins in these.
    duration_s
        How long it lasts on average [s].
    """

    watched_min: float
    clip_share: float
    rate_per_min: float
    duration_s: float


class Clock(Record):
    """How fast errors wander: as fast as somebody moves, between two bounds.

    Attributes
    ----------
    full_speed_per_s
        Mean speed of all landmarks in the picture from which on they wander at the full rate
        [trunk lengths/s].
    least_rate
        Share of that rate at which they wander in stillness.
    """

    full_speed_per_s: float
    least_rate: float


class Rendered(Record):
    """What was fitted to clips of rendered people, whose truth is known.

    Attributes
    ----------
    clips
        Their names.
    n_frames, n_looked_at
        In how many frames somebody was found, of how many.
    lag_s
        How late the landmarks are [s].
    wander_time_s
        Time constant of the wander at its full rate [s].
    clock_clips
        How many clips the clock was fitted to.
    clock
        At which rate it wanders.
    depth_share
        How much of the depth (z) is left in space, by landmark.
    straightened
        Share of a joint's bend that is lost in space, by joint.
    depth_spread
        Spread of the depth's errors as a multiple of those to the right and down, by landmark.
    shared_share
        Correlation of errors in space, to the right and down, with those in the picture.
    limb_share, world_limb_share
        Correlation of the offsets and wanders within an arm, a leg or the head.
    alike
        Correlation of errors in space, in the plane of symmetry, with those of the same landmark
        on the other side: of a body that faces the camera, and of one seen from the side.
    alike_clips
        How many clips this was fitted to.
    body
        Spread of what is the same for all landmarks of a picture.
    image, world
        By landmark.
    """

    clips: tuple[str, ...]
    n_frames: int
    n_looked_at: int
    lag_s: float
    wander_time_s: float
    clock_clips: int
    clock: Clock
    depth_share: dict[str, float]
    straightened: dict[str, float]
    depth_spread: dict[str, float]
    shared_share: float
    limb_share: float
    world_limb_share: float
    alike: dict[str, tuple[float, float]]
    alike_clips: int
    body: Spread
    image: dict[str, Places]
    world: dict[str, Places]


class Real(Record):
    """What was fitted to recordings of real people, whose truth is not known.

    Attributes
    ----------
    n_clips, n_frames
        How much there was.
    looks
        By landmark.
    visibility_outside
        Of landmarks outside of the picture.
    swaps, lengthwise_swaps
        Left and right legs, or arms, change places: where the trunk lies across the view, and
        where it points at the camera or away from it.
    dropouts, lengthwise_dropouts
        Nobody is found.
    """

    n_clips: int
    n_frames: int
    looks: dict[str, Looks]
    visibility_outside: Visibility
    swaps: Happening
    lengthwise_swaps: Happening
    dropouts: Happening
    lengthwise_dropouts: Happening


class NoiseNumbers(Record):
    """Everything that was fitted."""

    rendered: Rendered
    real: Real

    @classmethod
    def load(cls) -> Self:
        """Return the numbers that come with formcheck."""
        text = resources.files(__package__).joinpath("fitted.json").read_text("utf-8")
        return cls.model_validate_json(text)
