"""What recordings of real people, whose truth is not known, say of the engine's noise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from formcheck.evaluation.noise_fit.tracks import MEMBERS, Array, Flags, Track, jitter
from formcheck.landmarks import INDEX
from formcheck.simulation.landmark_noise.bodies import Bodies
from formcheck.simulation.landmark_noise.numbers import Happening, Looks, Real, Visibility

_FEWEST_FRAMES = 20
_LARGEST_LOG_ODDS = 6.0
# Percentiles between which a normal has what is within one standard deviation.
_WITHIN_ONE_SD = (15.87, 84.13)

_SWAP_TIME_S, _LONGEST_SWAP_S = 0.15, 5.0
_SWAP_SEPARATION = 0.2
_SHORTEST_WATCH_S = 1.0


def fit_real(tracks: Sequence[Track]) -> Real:
    """Return what recordings of real people say."""
    bodies = [Bodies.of(track.image_px, track.world_m) for track in tracks]
    looks = {name: _looks(tracks, bodies, members) for name, members in MEMBERS.items()}
    outside = [
        _log_odds(track)[~_is_inside(track)] for track in tracks if not _is_inside(track).all()
    ]
    pairs = list(zip(tracks, bodies, strict=True))

    def counted(count: _Count, *, is_lengthwise: bool) -> Happening:
        return _together(
            [count(track, body, body.is_lengthwise == is_lengthwise) for track, body in pairs]
        )

    return Real(
        n_clips=len(tracks),
        n_frames=sum(len(track.is_found) for track in tracks),
        looks=looks,
        visibility_outside=_visibility(outside),
        swaps=counted(_swaps, is_lengthwise=False),
        lengthwise_swaps=counted(_swaps, is_lengthwise=True),
        dropouts=counted(_dropouts, is_lengthwise=False),
        lengthwise_dropouts=counted(_dropouts, is_lengthwise=True),
    )


def _looks(tracks: Sequence[Track], bodies: Sequence[Bodies], members: Sequence[int]) -> Looks:
    jitters: dict[tuple[str, bool], list[float]] = {}
    odds: dict[bool, list[Array]] = {False: [], True: []}
    for track, body in zip(tracks, bodies, strict=True):
        # Where the trunk points at the camera it covers the legs: no such view is asked for.
        is_usable, log_odds = _is_inside(track) & ~body.is_lengthwise[:, None], _log_odds(track)
        for member in members:
            is_near, is_hidden = body.far[:, member] < 0.3, body.hidden[:, member] > 0.7
            for is_far, on_side in ((False, is_near), (True, is_hidden)):
                frames = on_side & is_usable[:, member]
                if frames.sum() < _FEWEST_FRAMES:
                    continue
                odds[is_far].append(log_odds[frames, member])
                for kind, points, scale in (
                    ("image", track.image_px, body.trunk_px),
                    ("world", track.world_m, body.trunk_m),
                ):
                    value = jitter(points[:, member] / np.median(scale), frames)
                    jitters.setdefault((kind, is_far), []).append(value)

    def middle(kind: str, *, is_far: bool) -> float:
        found = jitters.get((kind, is_far)) or jitters[kind, False]
        return round(float(np.median(found)), 5)

    return Looks(
        jitter_near=middle("image", is_far=False),
        jitter_far=middle("image", is_far=True),
        world_jitter_near=middle("world", is_far=False),
        world_jitter_far=middle("world", is_far=True),
        visibility_near=_visibility(odds[False]),
        visibility_far=_visibility(odds[True] or odds[False]),
    )


def _is_inside(track: Track) -> Flags:
    return np.asarray(((track.image_px >= 0) & (track.image_px <= track.size_px)).all(-1))


def _log_odds(track: Track) -> Array:
    with np.errstate(divide="ignore"):
        odds = np.log(track.visibility / (1 - track.visibility))
    return np.asarray(odds.clip(-_LARGEST_LOG_ODDS, _LARGEST_LOG_ODDS))


def _visibility(clips: Sequence[Array]) -> Visibility:
    if not clips:
        return Visibility(middle=0.0, offset=0.0, wander=0.0)
    means = [values.mean() for values in clips]
    # By the middle clips: a limb that is covered all the time in one of them is none of the rest.
    low, high = np.percentile(means, _WITHIN_ONE_SD)
    return Visibility(
        middle=round(float(np.median(means)), 2),
        offset=round(float(high - low) / 2, 2),
        wander=round(float(np.median([values.std() for values in clips])), 2),
    )


@dataclass(frozen=True, slots=True)
class _Counted:
    """How often something began, in how much time, and how long each took."""

    n: int
    watched_s: float
    durations_s: tuple[float, ...]


_Count: TypeAlias = Callable[[Track, Bodies, Flags], _Counted]


def _together(parts: Sequence[_Counted]) -> Happening:
    affected = [part for part in parts if part.n and part.watched_s > _SHORTEST_WATCH_S]
    minutes = sum(part.watched_s for part in affected) / 60
    durations = [duration for part in affected for duration in part.durations_s]
    if affected and not durations:
        durations = [_SWAP_TIME_S]  # begun and not seen to end: at least as long as is looked at
    n_watched = sum(part.watched_s > _SHORTEST_WATCH_S for part in parts)
    return Happening(
        watched_min=round(sum(part.watched_s for part in parts) / 60, 1),
        clip_share=round(len(affected) / n_watched, 3) if n_watched else 0.0,
        rate_per_min=round(sum(part.n for part in affected) / minutes, 2) if minutes else 0.0,
        duration_s=round(float(np.mean(durations)), 2) if durations else 0.0,
    )


def _dropouts(track: Track, body: Bodies, is_meant: Flags) -> _Counted:
    """Count the times without a person after a meant frame with one."""
    del body
    lasts = np.flatnonzero(track.is_found[:-1] & ~track.is_found[1:])
    returns = np.append(np.flatnonzero(track.is_found), len(track.is_found) - 1)
    durations = []
    for last in lasts.tolist():
        if is_meant[track.is_found[: last + 1].sum() - 1]:
            back = returns[returns > last][0]
            durations.append(float(track.all_times_s[back] - track.all_times_s[last + 1]))
    return _Counted(len(durations), _watched_s(track, is_meant), tuple(durations))


def _watched_s(track: Track, is_meant: Flags) -> float:
    """Return how long the meant frames are together, gaps apart."""
    return float(is_meant[1:] @ np.diff(track.time_s).clip(0, _SWAP_TIME_S))


def _swaps(track: Track, body: Bodies, is_meant: Flags) -> _Counted:
    """Count when legs or arms change places; a change back ends the swap."""
    n, durations = 0, []
    for joints in (("knee", "ankle"), ("elbow", "wrist")):
        since_s = None
        for time_s in _changes_s(track, body, joints, is_meant):
            if since_s is not None and time_s - since_s < _LONGEST_SWAP_S:
                durations.append(time_s - since_s)
                since_s = None
            else:
                n, since_s = n + 1, time_s
    return _Counted(n, _watched_s(track, is_meant), tuple(durations))


def _changes_s(track: Track, body: Bodies, joints: Sequence[str], is_meant: Flags) -> list[float]:
    """Return when two limbs are, within a moment, where the other was."""
    left = track.image_px[:, [INDEX[f"left_{joint}"] for joint in joints]]
    right = track.image_px[:, [INDEX[f"right_{joint}"] for joint in joints]]
    step = max(1, round(_SWAP_TIME_S / float(np.median(np.diff(track.time_s)))))
    before, after = slice(None, -step), slice(step, None)
    kept = _distance(left[before], left[after]) + _distance(right[before], right[after])
    crossed = _distance(left[before], right[after]) + _distance(right[before], left[after])
    apart = _distance(left, right) / body.trunk_px
    is_apart = np.minimum(apart[before], apart[after]) > _SWAP_SEPARATION * len(joints)
    is_soon = track.time_s[after] - track.time_s[before] < 2 * _SWAP_TIME_S
    is_change = (crossed < kept / 2) & is_apart & is_soon & is_meant[after]
    begins = is_change & ~np.concatenate([[False], is_change[:-1]])
    return [float(time_s) for time_s in track.time_s[after][begins]]


def _distance(first: Array, second: Array) -> Array:
    return np.asarray(np.linalg.norm(first - second, axis=-1).sum(-1))
