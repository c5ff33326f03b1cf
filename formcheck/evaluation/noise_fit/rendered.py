"""What rendered people, whose truth is known, say of the engine's errors."""

from collections.abc import Sequence

import numpy as np

from formcheck.evaluation.noise_fit import clock
from formcheck.evaluation.noise_fit.clip_errors import (
    Errors,
    errors_in_picture,
    errors_in_space,
)
from formcheck.evaluation.noise_fit.tracks import CORE, MEMBERS, Array, Known
from formcheck.landmarks import INDEX, NAMES, Side
from formcheck.simulation.landmark_noise import straightening
from formcheck.simulation.landmark_noise.bodies import ARMS, LEGS, LIMBS, Bodies
from formcheck.simulation.landmark_noise.draws import in_plane
from formcheck.simulation.landmark_noise.numbers import Clock, Places, Rendered, Spread, unsided

# What is hidden tells less of where the engine thinks a joint to be; a little of a ridge keeps
# directions that no clip shows at nothing.
_FAR_WEIGHT, _RIDGE = 0.25, 0.05
_LIMB_LANDMARKS = frozenset(
    unsided(NAMES[k]) for k in (INDEX["left_shoulder"], *ARMS.tolist(), *LEGS.tolist())
)
# A normal's standard deviation in its median distance from zero.
_SD_OF_MEDIAN = 1.4826


def fit_clock(clips: Sequence[Known]) -> Clock:
    """Return what clips of rendered people say of when errors change."""
    flat = [errors_in_picture(clip) for clip in clips]
    return clock.fitted(_erring(clips, _rest(flat, _lag_s(flat))))


def fit_rendered(clips: Sequence[Known], when: Clock, n_clock_clips: int) -> Rendered:
    """Return what clips of rendered people say.

    Parameters
    ----------
    when, n_clock_clips
        When errors change, and how many clips said so: more of them than of the others can be
        had, since nothing else of them is used.
    """
    flat = [errors_in_picture(clip) for clip in clips]
    lag_s = _lag_s(flat)
    depth_share = {
        name: round(_depth_share(clips, members), 2) for name, members in MEMBERS.items()
    }
    deep = [errors_in_space(clip, depth_share) for clip in clips]
    flat_rest, deep_rest = _rest(flat, lag_s), _rest(deep, lag_s)
    # In space everything is counted from the hips; only in the picture may all of it be off.
    shared = [left[:, CORE].mean(1, keepdims=True) for left in flat_rest]
    flat_rest = [left - common for left, common in zip(flat_rest, shared, strict=True)]
    image, world = _places(flat, flat_rest, lag_s), _places(deep, deep_rest, lag_s)
    return Rendered(
        clips=tuple(clip.track.name for clip in clips),
        n_frames=sum(len(clip.track.time_s) for clip in clips),
        n_looked_at=sum(len(clip.track.is_found) for clip in clips),
        lag_s=round(lag_s, 3),
        wander_time_s=round(clock.wander_time_s(_erring(clips, flat_rest), when), 2),
        clock_clips=n_clock_clips,
        clock=when,
        depth_share=depth_share,
        straightened=_straightened(clips, deep, world),
        depth_spread={
            name: round(_depth_spread(deep_rest, members), 2) for name, members in MEMBERS.items()
        },
        shared_share=round(_correlation(flat_rest, deep_rest), 2),
        limb_share=round(_limb_share(flat_rest), 2),
        world_limb_share=round(_limb_share(deep_rest), 2),
        alike=_alike_by_landmark(deep, deep_rest),
        alike_clips=len(clips),
        body=_spread([common[:, 0, :2] for common in shared]),
        image=image,
        world=world,
    )


def with_alike_of(fitted: Rendered, clips: Sequence[Known]) -> Rendered:
    """Return the numbers with how alike both sides err taken from other, more clips.

    It is a correlation, of which each clip gives one value: the four or five of a small set that
    face the camera made shoulders turn by twice as much as the engine turns them.
    """
    deep = [errors_in_space(clip, fitted.depth_share) for clip in clips]
    biases = {name: np.array(place.bias) for name, place in fitted.world.items()}
    rest = [_without_bias(clip, biases, fitted.lag_s) for clip in deep]
    alike = _alike_by_landmark(deep, rest)
    return fitted.model_copy(update={"alike": alike, "alike_clips": len(clips)})


def _erring(clips: Sequence[Known], rest: Sequence[Array]) -> list[clock.Erring]:
    erring = []
    for clip, left in zip(clips, rest, strict=True):
        truth = clip.truth
        trunk_px = Bodies.of(truth.image_px, truth.world_m).trunk_px
        erring.append(clock.Erring(truth.time_s, left, truth.image_px, trunk_px))
    return erring


def _lag_s(errors: Sequence[Errors]) -> float:
    """Return how late what moves is, by least squares of the errors on the speeds."""
    together = square = 0.0
    for clip in errors:
        near = ~clip.is_far
        changing = (clip.values - clip.values.mean(0))[:, near]
        speeds = clip.speeds[:, near]
        together -= float((changing * speeds).sum())
        square += float((speeds**2).sum())
    return max(0.0, together / square)


def _depth_share(clips: Sequence[Known], members: Sequence[int]) -> float:
    """Return the slope of the engine's depths on the true ones; each clip counts the same."""
    together = square = 0.0
    for clip in clips:
        seen, true = clip.track.world_m[:, members, 2], clip.truth.world_m[:, members, 2]
        together += float((seen * true).mean())
        square += float((true**2).mean())
    return min(max(together / square, 0.0), 1.0)


def _straightened(
    clips: Sequence[Known], errors: Sequence[Errors], world: dict[str, Places]
) -> dict[str, float]:
    """Return by how much bends are smaller than depth and bias alone make them."""
    shares = {}
    for joint in straightening.LIMBS:
        together = square = 0.0
        for clip, error in zip(clips, errors, strict=True):
            biases = {name: np.array(place.bias) for name, place in world.items()}
            bias = error.values - _without_bias(error, biases, 0.0)
            predicted = clip.track.world_m + error.bodies.trunk_m[:, None, None] * (
                bias - error.values
            )
            for side in Side:
                bends = straightening.bends_deg(predicted, joint, side)
                seen = straightening.bends_deg(clip.track.world_m, joint, side)
                together += float(((bends - seen) * bends).mean())
                square += float((bends**2).mean())
        shares[joint] = round(together / square, 3)
    return shares


def _rest(errors: Sequence[Errors], lag_s: float) -> list[Array]:
    """Return what lag and bias leave of the errors."""
    biases = {name: _bias(errors, members, lag_s) for name, members in MEMBERS.items()}
    return [_without_bias(clip, biases, lag_s) for clip in errors]


def _places(errors: Sequence[Errors], rest: Sequence[Array], lag_s: float) -> dict[str, Places]:
    """Return the numbers by landmark."""
    places = {}
    for name, members in MEMBERS.items():
        biases = _bias(errors, members, lag_s)
        along, outside, front = (round(float(value), 3) for value in biases)
        places[name] = Places(
            bias=(along, outside, front),
            facing=_side_spread(errors, rest, members, "facing"),
            near=_side_spread(errors, rest, members, "near"),
            far=_side_spread(errors, rest, members, "far"),
        )
    return places


def _without_bias(clip: Errors, biases: dict[str, Array], lag_s: float) -> Array:
    left = clip.without_lag(lag_s)
    for name, members in MEMBERS.items():
        axes = clip.bodies.axes[:, members, :, : left.shape[-1]]
        left[:, members] -= np.einsum("a,nlac->nlc", biases[name], axes)
    return left


def _bias(errors: Sequence[Errors], members: Sequence[int], lag_s: float) -> Array:
    """Return mean errors along the body's axes; each clip and side counts the same."""
    square, together = np.zeros((3, 3)), np.zeros(3)
    for clip in errors:
        values = clip.without_lag(lag_s)
        for member in members:
            weight = (_FAR_WEIGHT if clip.is_far[member] else 1.0) / len(values)
            axes = clip.bodies.axes[:, member, :, : values.shape[-1]]
            square += weight * np.einsum("nac,nbc->ab", axes, axes)
            together += weight * np.einsum("nac,nc->a", axes, values[:, member])
    ridge = _RIDGE * np.trace(square) / 3 * np.eye(3)
    return np.asarray(np.linalg.solve(square + ridge, together))


def _side_spread(
    errors: Sequence[Errors], rest: Sequence[Array], members: Sequence[int], side: str
) -> Spread:
    """Return how errors spread on one side; on all where no clip shows that side."""
    pairs = [
        (clip.side_of(member), left[:, member, :2])
        for clip, left in zip(errors, rest, strict=True)
        for member in members
    ]
    chosen = [left for own, left in pairs if own == side]
    return _spread(chosen or [left for _, left in pairs])


def _spread(errors: Sequence[Array]) -> Spread:
    """Return the spread of errors, each of one clip, of shape (n, n axes).

    By the middle clip: one in which the engine took the left arm for the right, which is a thing
    of its own here (swaps), would otherwise be spread over all the others.
    """
    offsets = [np.abs(one.mean(0)) for one in errors]
    wanders = [one.std(0) for one in errors]
    return Spread(
        offset=round(float(_SD_OF_MEDIAN * np.median(offsets)), 4),
        wander=round(float(np.median(wanders)), 4),
    )


def _depth_spread(rest: Sequence[Array], members: Sequence[int]) -> float:
    """Return how a landmark's errors of the depth compare with the others, in the middle clip."""
    squares = [(left[:, member] ** 2).mean(0) for left in rest for member in members]
    return float(np.median([np.sqrt(2 * z / (x + y)) for x, y, z in squares]))


def _limb_share(rest: Sequence[Array]) -> float:
    """Return how errors of landmarks of the same arm, leg or head correlate."""
    products = sum(np.einsum("nac,nbc->ab", left, left) / len(left) for left in rest)
    sizes = np.sqrt(np.diag(products))
    correlations = products / np.outer(sizes, sizes)
    is_same = np.triu(LIMBS[:, None] == LIMBS, 1)
    # The many landmarks of the head would outvote the limbs that measures are made of.
    is_same[: INDEX["left_shoulder"]] = False
    return float(correlations[is_same].mean().clip(0, 1))


def _alike(
    errors: Sequence[Errors], rest: Sequence[Array], members: Sequence[int], *, is_facing: bool
) -> float:
    """Return how errors in the plane of symmetry correlate between both sides."""
    found = []
    for clip, values in zip(errors, rest, strict=True):
        if clip.is_facing == is_facing:
            across = clip.bodies.axes[:, members[0], 1]
            left, right = (in_plane(values[:, member], across) for member in members)
            found.append(2 * (left * right).mean() / (left**2 + right**2).mean())
    return float(np.clip(np.median(found or [0.0]), 0.0, 0.95))


def _alike_by_landmark(
    errors: Sequence[Errors], rest: Sequence[Array]
) -> dict[str, tuple[float, float]]:
    return {
        name: (
            round(_alike(errors, rest, members, is_facing=True), 2),
            round(_alike(errors, rest, members, is_facing=False), 2),
        )
        for name, members in MEMBERS.items()
        if name in _LIMB_LANDMARKS
    }


def _correlation(first: Sequence[Array], second: Sequence[Array]) -> float:
    one = np.concatenate([left.ravel() for left in first])
    two = np.concatenate([left[..., :2].ravel() for left in second])
    return float((one * two).sum() / np.sqrt((one**2).sum() * (two**2).sum()))
