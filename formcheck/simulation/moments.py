"""A motion's moments as postures of somebody's body, with what rests on the floor and where.

Each moment follows from the one before: asked angles are exact, what stays in touch stays where
it was, and everything else moves as little as it can.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises.joints import ANGLES, INDEX, Array, sides_of, spread
from formcheck.exercises.motion import CONTACTS, Deviation, Moment, Motion
from formcheck.landmarks import Side
from formcheck.simulation.postures import full_names, start_posture
from formcheck.simulation.skeleton import Skeleton
from formcheck.simulation.solving import GUARD, Demands, Points, solved

_PELVIS_BEGINS_M = 0.5
_GUARD_ROUNDS = 4
_THROUGH_FLOOR_M = 0.002


@dataclass(frozen=True, eq=False)
class Body:
    """A skeleton with everything on it that can touch the floor."""

    skeleton: Skeleton
    points: Points

    @staticmethod
    def of(skeleton: Skeleton) -> "Body":
        """Return the body of a skeleton."""
        return Body(skeleton, Points.of(skeleton, CONTACTS))

    def settled(self, demands: Demands) -> Array:
        """Return solved postures of which nothing goes through the floor.

        Who holds on to nothing, on the way from one posture to another, rests on what is lowest.
        """
        postures = solved(self.skeleton, demands)
        postures = self._dropped(postures, np.asarray(~demands.holds.any((1, 2))))
        touched = demands.holds[..., 1]
        guarding = self.points.which({GUARD})
        for _ in range(_GUARD_ROUNDS):
            heights = self.points.at(self.skeleton, postures)[..., 1]
            sunk = (heights < self.points.heights_m - _THROUGH_FLOOR_M) & guarding & ~touched
            wrong = np.flatnonzero(sunk.any(1))
            if not len(wrong):
                break
            touched = touched | sunk
            holds, targets = demands.holds.copy(), demands.targets.copy()
            holds[..., 1] = touched
            targets[..., 1] = np.where(sunk, self.points.heights_m, targets[..., 1])
            demands = replace(demands, holds=holds, targets=targets)
            postures[wrong] = solved(self.skeleton, demands.only(wrong), postures[wrong])
        return postures

    def _dropped(self, postures: Array, falling: NDArray[np.bool_]) -> Array:
        """Return postures with some of them moved up or down until they rest on the floor."""
        if not falling.any():
            return postures
        guarding = self.points.which({GUARD})
        heights = self.points.at(self.skeleton, postures[falling])[:, guarding, 1]
        dropped = postures.copy()
        dropped[falling, INDEX["pelvis_y"]] += (self.points.heights_m[guarding] - heights).max(1)
        return dropped


@dataclass(frozen=True, eq=False)
class Keyframe:
    """A moment of a motion, solved.

    Attributes
    ----------
    posture
        Shape (n angles,).
    asked
        Which angles the moment asks for, shape (n angles,).
    contacts
        What rests on the floor.
    hovers
        What is kept at a height above it.
    places
        Where every point of the body's ``points`` is [m], shape (n points, 3).
    """

    posture: Array
    asked: NDArray[np.bool_]
    contacts: frozenset[str]
    hovers: frozenset[str]
    places: Array


@dataclass(frozen=True, eq=False)
class Moments:
    """The keyframes of one repetition, or of getting into a hold.

    Attributes
    ----------
    start, rest, effort
        ``start`` is where the exercise begins and ends.
    bow
        How far the body departs half-way from the straight way between rest and effort,
        shape (n angles,).
    bow_asked
        Which angles are asked for there.
    """

    start: Keyframe
    rest: Keyframe
    effort: Keyframe
    bow: Array
    bow_asked: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is done wrong, and by how much in units of its measure."""

    deviation: Deviation
    amount: float


@dataclass(frozen=True, slots=True)
class _Change:
    """What a fault puts in place of the clean angles [deg], heights [m] and contacts."""

    preferred: Array | None = None
    angles: Mapping[str, float] = field(default_factory=dict)
    heights_m: Mapping[str, float] = field(default_factory=dict)
    touches: tuple[str, ...] = ()
    lets_go: tuple[str, ...] = ()
    slides: tuple[str, ...] = ()


def moments_of(body: Body, motion: Motion, working: Side, wrong: Wrong | None = None) -> Moments:
    """Return the keyframes of a motion as somebody does it.

    Parameters
    ----------
    body
        Whose.
    motion
        What is done.
    working
        The side that works where only one does.
    wrong
        What is done wrong, if anything.
    """
    solving = _Solving(body, motion, working)
    clean = solving.moments(_Change(), _Change(), _Change())
    if wrong is None:
        return clean
    if wrong.deviation.at == "effort":
        return solving.ended(clean.start, clean.rest, solving.change(wrong, clean.effort))
    frames = (clean.start, clean.rest, clean.effort)
    return solving.moments(*(solving.change(wrong, frame) for frame in frames))


def moved_on(body: Body, before: Keyframe, moment: Moment, working: Side) -> Keyframe:
    """Return the keyframe that follows another one."""
    return _next(body, before, moment, working, _Change())


def settled_in(body: Body, posture: str, angles: Mapping[str, float]) -> Keyframe:
    """Return somebody in one of the starting postures, with some angles asked."""
    begin = _begun(body, posture, Side.LEFT)
    return _next(body, begin, Moment(angles=dict(angles)), Side.LEFT, _Change())


@dataclass(frozen=True, eq=False)
class _Solving:
    body: Body
    motion: Motion
    working: Side

    def moments(self, at_start: _Change, at_rest: _Change, at_effort: _Change) -> Moments:
        """Return the moments in turn, each from the one before."""
        motion = self.motion
        begin = _begun(self.body, motion.posture, self.working)
        if motion.start is None:
            start = rest = self._next(begin, motion.rest, at_rest)
        else:
            start = self._next(begin, motion.start, at_start)
            rest = self._next(start, motion.rest, at_rest)
        return self.ended(start, rest, at_effort)

    def ended(self, start: Keyframe, rest: Keyframe, at_effort: _Change) -> Moments:
        """Return the moments that begin as given, with the far end."""
        motion = self.motion
        effort = self._next(rest, motion.effort, at_effort)
        bow, bow_asked = np.zeros(len(ANGLES)), np.zeros(len(ANGLES), bool)
        if motion.midway is not None:
            middle = (rest.posture + effort.posture) / 2
            half = self._next(replace(rest, posture=middle), motion.midway, _Change())
            bow, bow_asked = half.posture - middle, half.asked
        return Moments(start, rest, effort, bow, bow_asked)

    def change(self, wrong: Wrong, clean: Keyframe) -> _Change:
        """Return what a fault puts in place of a clean moment."""
        angles = {}
        for name, unit in spread(wrong.deviation.per_unit, self.working).items():
            wanted = clean.posture[INDEX[name]] + unit * wrong.amount
            # Nobody does more of a fault than the joint allows.
            angles[name] = float(np.clip(wanted, ANGLES[name].least, ANGLES[name].most))
        heights_m = {}
        for name, unit in wrong.deviation.lifts_m.items():
            for full in sides_of(name, self.working):
                now = clean.places[self.body.points.which({full}), 1]
                heights_m[full] = float(now.mean()) + unit * wrong.amount
        what = wrong.deviation
        return _Change(clean.posture, angles, heights_m, what.touches, what.lets_go, what.slides)

    def _next(self, before: Keyframe, moment: Moment, change: _Change) -> Keyframe:
        return _next(self.body, before, moment, self.working, change)


def _begun(body: Body, posture: str, working: Side) -> Keyframe:
    """Return one of the starting postures; nothing is in its place yet."""
    named = start_posture(posture)
    angles = np.zeros(len(ANGLES))
    angles[INDEX["pelvis_y"]] = _PELVIS_BEGINS_M
    for name, value in spread(named.angles, working).items():
        angles[INDEX[name]] = value
    nowhere = np.full((len(body.points.contacts), 3), np.nan)
    contacts = frozenset(full_names(named.contacts, working))
    return Keyframe(angles, np.zeros(len(ANGLES), bool), contacts, frozenset(), nowhere)


def _next(body: Body, before: Keyframe, moment: Moment, working: Side, change: _Change) -> Keyframe:
    def full(contacts: tuple[str, ...]) -> frozenset[str]:
        return frozenset(full_names(contacts, working))

    preferred = before.posture if change.preferred is None else change.preferred
    posture, asked = preferred.copy(), np.zeros(len(ANGLES), bool)
    for name, value in (spread(moment.angles, working) | dict(change.angles)).items():
        posture[INDEX[name]], asked[INDEX[name]] = value, True
    hovers = _hovers(body, moment, working) | dict(change.heights_m)
    lets_go = {*full(moment.lets_go + change.lets_go), *hovers}
    touches = full(moment.touches + change.touches) - lets_go
    contacts = (before.contacts - lets_go) | touches
    targets, holds = _floor(body, before, contacts, touches | full(moment.slides + change.slides))
    for name, above_m in hovers.items():
        which = body.points.which({name})
        targets[which, 1] = above_m
        holds[which] = [False, True, False]
    demands = Demands(posture[None], asked[None], body.points, targets[None], holds[None])
    solution = body.settled(demands)
    places = body.points.at(body.skeleton, solution)[0]
    return Keyframe(solution[0], asked, contacts, frozenset(hovers), places)


def _hovers(body: Body, moment: Moment, working: Side) -> dict[str, Array | float]:
    """Return the height of what is kept above the floor [m]."""
    points = body.points
    return {
        full: points.heights_m[points.which({full})] + lift_m
        for name, lift_m in moment.lifts_m.items()
        for full in sides_of(name, working)
    }


def _floor(
    body: Body, before: Keyframe, contacts: frozenset[str], loose: frozenset[str]
) -> tuple[Array, NDArray[np.bool_]]:
    """Return where contacts hold: where they were, or at their height if they are loose."""
    points = body.points
    targets = np.zeros((len(points.contacts), 3))
    targets[:, 1] = points.heights_m
    holds = np.zeros(targets.shape, bool)
    holds[:, 1] = points.which(contacts)
    pinned = points.which(contacts - loose) & ~np.isnan(before.places[:, 0])
    targets[pinned] = before.places[pinned]
    holds[pinned] = True
    return targets, holds
