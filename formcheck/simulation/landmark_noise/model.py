"""Put all errors together."""

from dataclasses import dataclass

import numpy as np

from formcheck.landmarks import NAMES
from formcheck.pose import Pose, rounded_pose
from formcheck.simulation.camera import Camera
from formcheck.simulation.landmark_noise.bodies import ARMS, LEGS, LIMBS, SWAPPED, Bodies
from formcheck.simulation.landmark_noise.draws import Draws
from formcheck.simulation.landmark_noise.numbers import (
    Happening,
    NoiseNumbers,
    Places,
    Visibility,
    unsided,
)
from formcheck.simulation.landmark_noise.processes import (
    Flags,
    Generator,
    delayed,
    erring_s,
    happening,
    wander,
)
from formcheck.simulation.landmark_noise.straightening import straightened
from formcheck.simulation.rotations import Array
from formcheck.simulation.truth import Truth, middle_of_hips

_UNSIDED = [unsided(name) for name in NAMES]
_N = len(NAMES)
_TRUNK = [
    NAMES.index(f"{side}_{joint}") for side in ("left", "right") for joint in ("hip", "shoulder")
]


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """What the engine gives, as arrays.

    Attributes
    ----------
    time_s
        Shape (n,).
    image_px, world_m, visibility
        Shapes (n, 33, 2), (n, 33, 3) and (n, 33).
    is_found
        Whether there is anybody, shape (n,). Where not, the other numbers mean nothing.
    """

    time_s: Array
    image_px: Array
    world_m: Array
    visibility: Array
    is_found: Flags


@dataclass(frozen=True, slots=True, eq=False)
class _Errors:
    """Numbers of one kind of landmarks, in the picture or in space, as arrays by landmark."""

    bias: Array  # (33, 3)
    offset: Array  # (33, facing, near and far)
    wander: Array
    jitter: Array  # (33, near and far)

    @staticmethod
    def of(places: dict[str, Places], jitter: Array) -> "_Errors":
        chosen = [places[name] for name in _UNSIDED]
        return _Errors(
            np.array([place.bias for place in chosen]),
            np.array([[one.offset for one in place.spreads] for place in chosen]),
            np.array([[one.wander for one in place.spreads] for place in chosen]),
            jitter,
        )

    def drawn(self, draws: "Draws", bodies: Bodies) -> Array:
        """Return errors in trunk lengths without the bias, shape (n, 33, n axes)."""
        total = _between(self.jitter, bodies.hidden)[..., None] * draws.jitter
        for spread, draw in ((self.offset, draws.offset), (self.wander, draws.wander)):
            facing, sideways = spread[:, 0], bodies.sideways[:, None]
            aside = _between(spread[:, 1:], bodies.hidden)
            total += (facing + (aside - facing) * sideways)[..., None] * draw
        return np.asarray(total)


class LandmarkNoise:
    """Make of exact landmarks what MediaPipe would have made of a picture of the person.

    Parameters
    ----------
    numbers
        How large each error is.

    Examples
    --------
    A minute of somebody, as the analysis takes it::

        noise = LandmarkNoise.load()
        for time_s, pose in noise.seen(truth, camera, np.random.default_rng(7)):
            coach.update(time_s, pose)
    """

    def __init__(self, numbers: NoiseNumbers) -> None:
        self._numbers = numbers
        looks = [numbers.real.looks[name] for name in _UNSIDED]
        self._image = _Errors.of(
            numbers.rendered.image, np.array([(k.jitter_near, k.jitter_far) for k in looks])
        )
        self._world = _Errors.of(
            numbers.rendered.world,
            np.array([(k.world_jitter_near, k.world_jitter_far) for k in looks]),
        )
        self._depth_share = np.array([numbers.rendered.depth_share[name] for name in _UNSIDED])
        spreads = [numbers.rendered.depth_spread[name] for name in _UNSIDED]
        self._deeper = np.array([(1.0, 1.0, spread) for spread in spreads])
        self._alike = np.array([numbers.rendered.alike.get(name, (0, 0)) for name in _UNSIDED])
        self._visible = np.array(
            [(_triple(look.visibility_near), _triple(look.visibility_far)) for look in looks]
        )

    @classmethod
    def load(cls) -> "LandmarkNoise":
        """Return the noise with the numbers that come with formcheck."""
        return cls(NoiseNumbers.load())

    def seen(
        self, truth: Truth, camera: Camera, rng: Generator, strength: float = 1.0
    ) -> list[tuple[float, Pose | None]]:
        """Return each frame's time [s] and pose, None where nobody is found.

        Parameters
        ----------
        truth
            Exact landmarks.
        camera
            What they were seen with: landmarks outside of its picture are hardly visible.
        rng
            The same state gives the same errors.
        strength
            0 leaves everything exact, 1 is as fitted, 2 has errors twice as large and as often.
        """
        seen = self.arrays(truth, camera, rng, strength)
        size_px = camera.width_px, camera.height_px
        return [
            (
                time_s,
                rounded_pose(time_s, seen.image_px[k], seen.world_m[k], seen.visibility[k], size_px)
                if seen.is_found[k]
                else None,
            )
            for k, time_s in enumerate(seen.time_s.tolist())
        ]

    def arrays(self, truth: Truth, camera: Camera, rng: Generator, strength: float = 1.0) -> Seen:
        """Return the same as arrays, not rounded."""
        if strength < 0:
            raise ValueError(f"a strength of {strength}, expected 0 or more")
        bodies = Bodies.of(truth.image_px, truth.world_m, is_true=True)
        fitted = self._numbers.rendered
        wandering_s = erring_s(truth.time_s, truth.image_px, bodies.trunk_px, fitted.clock)
        draws = self._draws(wandering_s, 2, fitted.limb_share, rng)
        shift_px = self._shift(wandering_s, rng) * strength * bodies.trunk_px[:, None]
        image_px = self._image_px(truth, bodies, draws, strength) + shift_px[:, None]
        in_space = self._draws(wandering_s, 3, fitted.world_limb_share, rng)
        in_space = in_space.mixed(draws, fitted.shared_share)
        in_space = in_space.alike(bodies.axes[:, :, 1], self._alike_shares(bodies)).balanced()
        world_m = self._world_m(truth, bodies, in_space, strength)
        visibility = self._visibility(truth, bodies, camera, rng)
        for limbs in (ARMS, LEGS):
            frames = np.flatnonzero(self._is_swapped(truth.time_s, bodies, rng, strength))[:, None]
            for values in (image_px, world_m, visibility):
                values[frames, limbs] = values[frames, SWAPPED[limbs]]
        # The engine follows the trunk: without any of it in the picture there is nobody.
        is_there = _is_inside(truth, camera)[:, _TRUNK].any(-1) | (strength == 0)
        return Seen(
            truth.time_s,
            image_px,
            world_m,
            1 - (1 - visibility) * min(strength, 1.0),
            is_there & ~self._is_lost(truth.time_s, bodies, rng, strength),
        )

    def _draws(self, times_s: Array, n_axes: int, limb_share: float, rng: Generator) -> Draws:
        time_constant_s = self._numbers.rendered.wander_time_s
        alone, limbs = slice(_N), _N + LIMBS
        n_drawn = _N + int(LIMBS.max()) + 1
        offset = rng.standard_normal((n_drawn, n_axes))
        wandering = wander(times_s, time_constant_s, (n_drawn, n_axes), rng)
        own, shared = np.sqrt(1 - limb_share), np.sqrt(limb_share)
        return Draws(
            own * offset[alone] + shared * offset[limbs],
            own * wandering[:, alone] + shared * wandering[:, limbs],
            rng.standard_normal((len(times_s), _N, n_axes)),
        )

    def _alike_shares(self, bodies: Bodies) -> Array:
        facing, aside = self._alike.T
        return np.asarray(facing + (aside - facing) * bodies.sideways[:, None])

    def _shift(self, times_s: Array, rng: Generator) -> Array:
        """Return what all landmarks of the picture share, in trunk lengths, shape (n, 2)."""
        fitted = self._numbers.rendered
        wandering = wander(times_s, fitted.wander_time_s, (2,), rng)
        offset = fitted.body.offset * rng.standard_normal(2)
        return np.asarray(offset + fitted.body.wander * wandering)

    def _image_px(self, truth: Truth, bodies: Bodies, draws: Draws, strength: float) -> Array:
        late = delayed(truth.image_px, truth.time_s, self._numbers.rendered.lag_s * strength)
        bias = _along(bodies.axes[..., :2], self._image.bias)
        errors = bias + self._image.drawn(draws, bodies)
        return np.asarray(late + strength * errors * bodies.trunk_px[:, None, None])

    def _world_m(self, truth: Truth, bodies: Bodies, draws: Draws, strength: float) -> Array:
        rendered = self._numbers.rendered
        late = delayed(truth.world_m, truth.time_s, rendered.lag_s * strength)
        bias = _along(bodies.axes, self._world.bias)
        errors = bias + self._world.drawn(draws, bodies) * self._deeper
        flattened = np.array(late)
        flattened[..., 2] *= 1 - (1 - self._depth_share) * min(strength, 1.0)
        erring = flattened + strength * errors * bodies.trunk_m[:, None, None]
        lost = {joint: share * min(strength, 1.0) for joint, share in rendered.straightened.items()}
        world_m = straightened(erring, lost)
        return np.asarray(world_m - middle_of_hips(world_m)[:, None])

    def _visibility(self, truth: Truth, bodies: Bodies, camera: Camera, rng: Generator) -> Array:
        during = wander(truth.time_s, self._numbers.rendered.wander_time_s, (_N,), rng)
        always = rng.standard_normal(_N)
        middle, offset, wandering = (
            _between(self._visible[..., k], bodies.hidden) for k in range(3)
        )
        log_odds = middle + offset * always + wandering * during
        outside = self._numbers.real.visibility_outside
        guess = outside.middle + outside.offset * always + outside.wander * during
        guessed = np.minimum(log_odds, guess)
        return 1 / (1 + np.exp(-np.where(_is_inside(truth, camera), log_odds, guessed)))

    def _is_swapped(self, times_s: Array, bodies: Bodies, rng: Generator, strength: float) -> Flags:
        """Return where one pair of limbs is swapped: half of what happens to arms and legs."""
        real, is_lengthwise = self._numbers.real, bodies.is_lengthwise
        across = _scaled(real.swaps, strength / 2)
        lengthwise = _scaled(real.lengthwise_swaps, strength / 2)
        return happening(times_s, across, ~is_lengthwise, rng) | happening(
            times_s, lengthwise, is_lengthwise, rng
        )

    def _is_lost(self, times_s: Array, bodies: Bodies, rng: Generator, strength: float) -> Flags:
        real, is_lengthwise = self._numbers.real, bodies.is_lengthwise
        across = _scaled(real.dropouts, strength)
        lengthwise = _scaled(real.lengthwise_dropouts, strength)
        return happening(times_s, across, ~is_lengthwise, rng) | happening(
            times_s, lengthwise, is_lengthwise, rng
        )


def _scaled(kind: Happening, times: float) -> Happening:
    return kind.model_copy(update={"rate_per_min": kind.rate_per_min * times})


def _along(axes: Array, amounts: Array) -> Array:
    """Return amounts along each landmark's axes; shape (n, 33, n axes)."""
    return np.asarray(sum(axes[..., k, :] * amounts[:, k, None] for k in range(3)))


def _between(near_far: Array, hidden: Array) -> Array:
    """Return each landmark's value between near and far, shape (n, 33)."""
    return np.asarray(near_far[:, 0] + (near_far[:, 1] - near_far[:, 0]) * hidden)


def _is_inside(truth: Truth, camera: Camera) -> Flags:
    """Return which landmarks are inside of the picture, shape (n, 33)."""
    size_px = (camera.width_px, camera.height_px)
    return np.asarray(((truth.image_px >= 0) & (truth.image_px <= size_px)).all(-1))


def _triple(visibility: Visibility) -> tuple[float, float, float]:
    return visibility.middle, visibility.offset, visibility.wander
