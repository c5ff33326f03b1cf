"""Turn a pose into the readings that an exercise asks for, or say why they cannot be taken.

A reading is refused, and is NaN, where the view does not show it, and where its landmarks cannot
be believed (``taking``).
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from formcheck import measures
from formcheck.analysis.body import BodyState
from formcheck.analysis.events import NotAssessed
from formcheck.analysis.taking import OneSide, Points, Taken
from formcheck.exercises.schema import Reading, SideChoice
from formcheck.landmarks import Side
from formcheck.measures import Measure, View
from formcheck.pose import Pose

_NAMED_SIDES = (SideChoice.LEFT, SideChoice.RIGHT)
_EXTREMES = (SideChoice.LARGER, SideChoice.SMALLER)


class Channel(tuple[str, SideChoice]):
    """The key of a reading: its measure and the side that was asked for."""

    __slots__ = ()


def channel(reading: Reading, working: Side | None = None) -> Channel:
    """Return the key under which this reading is found; unsided measures have one key.

    Parameters
    ----------
    working
        The side that moves, for readings of the working or the other side.
    """
    side = reading.side if measures.find(reading.measure).sided else SideChoice.MEAN
    if working and side is SideChoice.WORKING:
        side = SideChoice(working.value)
    elif working and side is SideChoice.OTHER:
        side = SideChoice(working.opposite.value)
    return Channel((reading.measure, side))


def _channels(reading: Reading) -> tuple[Channel, ...]:
    """Return every key under which this reading may be looked for."""
    return tuple(dict.fromkeys(channel(reading, working) for working in Side))


class _Asked:
    """One reading that is asked for.

    Attributes
    ----------
    both
        Its measure on the left and on the right.
    one
        Which of them is taken, by the side that is near; None where both are.
    """

    __slots__ = ("both", "choice", "measure", "one")

    def __init__(self, choice: SideChoice, left: OneSide, right: OneSide) -> None:
        self.measure = left.measure
        self.choice = choice
        self.both = left, right
        by_side = {Side.LEFT: left, Side.RIGHT: right}
        self.one: dict[Side, OneSide] | None = None
        if choice is SideChoice.NEAR:
            self.one = by_side
        elif choice is SideChoice.FAR:
            self.one = {side: by_side[side.opposite] for side in Side}
        elif choice in _NAMED_SIDES:
            self.one = dict.fromkeys(Side, by_side[Side(choice.value)])


Readings = Mapping[Channel, Taken]


class PoseReadings(Readings):
    """The readings of one pose, each taken when it is first asked for.

    Of many candidates only a few are in place; what nobody asks for is not computed.
    """

    __slots__ = ("_asked", "_body", "_on_side", "_points", "_pose", "_taken")

    def __init__(self, asked: Mapping[Channel, _Asked], pose: Pose, body: BodyState) -> None:
        self._asked = asked
        self._body = body
        self._pose = pose
        self._points: Points | None = None
        self._taken: dict[Channel, Taken] = {}
        self._on_side: dict[OneSide, Taken] = {}

    def __getitem__(self, key: Channel) -> Taken:
        """Take a reading."""
        taken = self._taken.get(key)
        if taken is None:
            taken = self._taken[key] = self._take(key)
        return taken

    def __contains__(self, key: object) -> bool:
        """Whether a reading can be asked for; nothing is taken by asking this."""
        return key in self._asked

    def __iter__(self) -> Iterator[Channel]:
        """Iterate over everything that can be asked for."""
        return iter(self._asked)

    def __len__(self) -> int:
        """Return how much can be asked for."""
        return len(self._asked)

    def value_taken(self, key: Channel) -> float:
        """Return the value where somebody has asked for it, else NaN."""
        return self._taken[key].value if key in self._taken else math.nan

    def let_go(self) -> None:
        """Keep what was asked for alone: what is asked for later is taken from the pose again."""
        self._points = None
        self._on_side = {}

    def _take(self, key: Channel) -> Taken:
        asked, view = self._asked[key], self._body.view
        if view not in asked.measure.views:
            return Taken(math.nan, refused=wrong_view(view, asked.measure.views))
        if asked.one is not None:
            return self._of(asked.one[self._body.near_side])
        left, right = asked.both
        both = self._of(left), self._of(right)
        return _extreme(asked.choice, both) if asked.choice in _EXTREMES else _mean(both)

    def _of(self, one: OneSide) -> Taken:
        """Return the measure of one side: it is taken once, whoever asks for it."""
        taken = self._on_side.get(one)
        if taken is None:
            if self._points is None:
                self._points = Points(self._pose)
            taken = self._on_side[one] = one.taken(self._points)
        return taken


class Reader:
    """Take a fixed set of readings from pose after pose.

    Parameters
    ----------
    asked
        Every reading that some rule needs; the same one may be asked for often.
    """

    def __init__(self, asked: Iterable[Reading]) -> None:
        keys = dict.fromkeys(key for reading in asked for key in _channels(reading))
        self.channels = tuple(keys)
        sided = {name: _either_side(measures.find(name)) for name, _ in self.channels}
        self._asked = {key: _asked(key, *sided[key[0]]) for key in self.channels}

    def read(self, pose: Pose, body: BodyState) -> PoseReadings:
        """Return the readings of this pose, in the order of ``channels``."""
        return PoseReadings(self._asked, pose, body)


def _either_side(measure: Measure) -> tuple[OneSide, OneSide]:
    """Return a measure on the left and on the right; one without sides is the same on both."""
    if not measure.sided:
        both = OneSide(measure, Side.LEFT, None)
        return both, both
    return OneSide(measure, Side.LEFT, Side.LEFT), OneSide(measure, Side.RIGHT, Side.RIGHT)


def _asked(key: Channel, left: OneSide, right: OneSide) -> _Asked:
    """Return what a key asks for; of a measure without sides either side is all there is."""
    return _Asked(key[1] if left.measure.sided else SideChoice.LEFT, left, right)


@cache
def wrong_view(view: View, views: frozenset[View]) -> NotAssessed:
    """Say that the camera looks from the wrong side, and what to do."""
    right = " or ".join(sorted(views))
    advice = {"side": "turn sideways to the camera", "front": "face the camera"}
    todo = next((advice[name] for name in sorted(views) if name in advice), "turn a little")
    says = f"seen from the {view}, needs {right}: {todo}"
    return NotAssessed("wrong_view", says, view=view, views=tuple(sorted(views)))


def _mean(both: Sequence[Taken]) -> Taken:
    """Average over the sides that can be seen."""
    left, right = both
    mean = math.fsum((left.value, right.value)) / 2
    if not math.isnan(mean):
        return Taken(mean)
    seen = [taken.value for taken in both if not math.isnan(taken.value)]
    if not seen:
        return both[0]._replace(side=None)
    refused = next((taken.refused for taken in both if math.isnan(taken.value)), None)
    return Taken(math.fsum(seen) / len(seen), other_refused=refused)


def _extreme(choice: SideChoice, both: Sequence[Taken]) -> Taken:
    """Keep the larger or the smaller reading of the sides that can be seen."""
    seen = [taken for taken in both if not math.isnan(taken.value)]
    if not seen:
        return both[0]
    if len(seen) == 1:
        unseen = next(taken for taken in both if taken is not seen[0])
        return seen[0]._replace(other_refused=unseen.refused)
    left, right = seen
    if choice is SideChoice.LARGER:
        return right if right.value > left.value else left
    return right if right.value < left.value else left
