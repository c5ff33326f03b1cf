"""Where rest and effort are in a demonstration: proposed, and as the therapist moves them.

The proposal looks for what repeats. Every measure that moves by more than it errs says how often it
went out and back; most of them agree, and of these the one that moves best gives the moments. What
goes out once and stays there is a posture that is held.
"""

import enum
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.authoring.courses import Course
from formcheck.authoring.demonstration import Demonstration, read_measures
from formcheck.authoring.sides import Followed, followed
from formcheck.errors import UsageError

# Fewer times its error, and a reading says nothing about rest and effort.
MOVES_FROM_ERRORS = 1.5
# One measure counts for so many times its error at most: no single one decides.
COUNTS_UP_TO = 10.0
# Who goes out once and stays there for longer holds a posture.
HELD_FROM_S = 3.0
# Readings of a moment are taken from this long before it to this long after.
AROUND_S = 0.2


class Kind(enum.StrEnum):
    """What is marked."""

    REST = "rest"
    EFFORT = "effort"


@dataclass(frozen=True, slots=True)
class Mark:
    """A time of rest or of effort [s]; a moment where both ends are the same."""

    kind: Kind
    from_s: float
    to_s: float

    def covers(self, time_s: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return which of these instants belong to it; a moment has a little around it."""
        around_s = AROUND_S if self.to_s - self.from_s < 2 * AROUND_S else 0.0
        covered: NDArray[np.bool_] = (time_s >= self.from_s - around_s) & (
            time_s <= self.to_s + around_s
        )
        return covered


@dataclass(frozen=True, slots=True)
class Marks:
    """All marks of a demonstration.

    Attributes
    ----------
    is_hold
        Whether one posture is held, instead of a movement repeated.
    """

    marks: tuple[Mark, ...]
    is_hold: bool = False

    @property
    def rests(self) -> tuple[Mark, ...]:
        """The marks of rest."""
        return tuple(one for one in self.marks if one.kind is Kind.REST)

    @property
    def efforts(self) -> tuple[Mark, ...]:
        """The marks of effort: one a repetition, or the time of the hold."""
        return tuple(one for one in self.marks if one.kind is Kind.EFFORT)

    @property
    def n_repetitions(self) -> int:
        """How many repetitions are marked; 0 of a hold."""
        return 0 if self.is_hold else len(self.efforts)

    @property
    def held_s(self) -> float:
        """How long the posture is held [s]; 0 of repetitions."""
        return sum(one.to_s - one.from_s for one in self.efforts) if self.is_hold else 0.0

    @property
    def longest_s(self) -> float:
        """The longest time from one effort to the next [s]."""
        moments = [(one.from_s + one.to_s) / 2 for one in self.efforts]
        return max((b - a for a, b in itertools.pairwise(moments)), default=0.0)


def checked(marks: Marks, demonstration: Demonstration) -> Marks:
    """Return marks in the order of time.

    Raises
    ------
    UsageError
        If they cannot be used: nothing is marked as effort, or outside of the demonstration.
    """
    first_s, last_s = demonstration.poses[0][0], demonstration.poses[-1][0]
    if not marks.efforts:
        raise UsageError("mark at least one moment of effort")
    if not marks.rests and not marks.is_hold:
        raise UsageError("mark at least one moment of rest, from which the movement starts")
    for one in marks.marks:
        if not first_s <= one.from_s <= one.to_s <= last_s:
            raise UsageError(
                f"a mark of {one.kind} at {one.from_s:.1f} s lies outside of the demonstration,"
                f" {first_s:.1f} to {last_s:.1f} s"
            )
    return Marks(tuple(sorted(marks.marks, key=lambda one: one.from_s)), marks.is_hold)


def proposed_marks(
    demonstration: Demonstration, count: int | None = None, *, is_hold: bool | None = None
) -> Marks:
    """Return where rest and effort seem to be.

    Parameters
    ----------
    count
        How many repetitions were shown; None where nobody has said so.
    is_hold
        Whether a posture is held; None to be told by how it goes.

    Raises
    ------
    UsageError
        If nothing repeats as often as was said, or nothing moves.
    """
    moving = [
        one
        for measure in read_measures()
        if (one := followed(demonstration, measure)) and _errors(one) >= MOVES_FROM_ERRORS
    ]
    if is_hold or (is_hold is None and count is None and _is_held(moving)):
        return _held(demonstration, moving)
    number = count or _most_agreed(moving)
    fitting = [one for one in moving if len(one.course.excursions) == number]
    if not number or not fitting:
        seen = sorted({len(one.course.excursions) for one in moving})
        raise UsageError(
            f"nothing goes out and back {number or 'even once'} in this demonstration"
            f" (measures that move do so {_listed(seen)} times): say how many repetitions were"
            " shown, or mark rest and effort yourself"
        )
    best = max(fitting, key=_merit)
    return _repeated(best.course)


def _errors(one: Followed) -> float:
    """Return how far a reading goes, in times what it errs."""
    return one.course.size / max(one.measure.expected_error, one.course.noise)


def _merit(one: Followed) -> float:
    return _errors(one) * one.course.regularity


def _most_agreed(moving: Sequence[Followed]) -> int:
    """Return how often most of what moves goes out and back; 0 where nothing does."""
    votes: dict[int, float] = {}
    for one in moving:
        number = len(one.course.excursions)
        votes[number] = votes.get(number, 0.0) + min(_merit(one), COUNTS_UP_TO)
    votes.pop(0, None)
    return max(votes, key=lambda number: votes[number], default=0)


def _repeated(course: Course) -> Marks:
    rests = [Mark(Kind.REST, time_s, time_s) for time_s in course.rests_s()]
    efforts = [Mark(Kind.EFFORT, one.effort_s, one.effort_s) for one in course.excursions]
    return Marks(tuple(sorted((*rests, *efforts), key=lambda one: one.from_s)))


def _is_held(moving: Sequence[Followed]) -> bool:
    if not moving:
        return True  # nothing moves: a posture from beginning to end
    if _most_agreed(moving) != 1:
        return False
    best = max((one for one in moving if len(one.course.excursions) == 1), key=_merit)
    (out,) = best.course.excursions
    return out.to_s - out.from_s >= HELD_FROM_S


def _held(demonstration: Demonstration, moving: Sequence[Followed]) -> Marks:
    """Return the time in which most of what moves into the posture stays there."""
    times = demonstration.time_s
    going = [one for one in moving if len(one.course.excursions) == 1]
    if not going:
        return Marks((Mark(Kind.EFFORT, float(times[0]), float(times[-1])),), is_hold=True)
    best = max(going, key=_errors).course
    from_s, to_s = _stays(best)
    rests = [one for one in best.rests_s() if not from_s <= one <= to_s]
    marks = [Mark(Kind.REST, one, one) for one in rests]
    marks.append(Mark(Kind.EFFORT, from_s, to_s))
    return Marks(tuple(sorted(marks, key=lambda one: one.from_s)), is_hold=True)


def _stays(course: Course) -> tuple[float, float]:
    """Return from when to when a reading is near the middle of what it is at its furthest."""
    (out,) = course.excursions
    inside = (course.time_s >= out.from_s) & (course.time_s <= out.to_s)
    level = float(np.median(course.values[inside]))
    near = inside & (np.abs(course.values - level) <= 0.25 * course.size)
    times = course.time_s[near]
    return float(times[0]), float(times[-1])


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers)) or "0"
