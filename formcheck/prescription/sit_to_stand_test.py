"""The five-times sit-to-stand test, timed from repetitions of the exercise, live or recorded.

The published test runs from a command until the fifth stand is reached (Guralnik et al. 2000); a
camera hears no command. The clock here starts when the first rise begins, so that it lacks the time
somebody takes to react: it is compared with the same person's earlier times, and with norms only
with that said. A stand that was not reached is not counted, and the time runs on.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

EXERCISE, VARIANT = "sit_to_stand", "sit_to_stand"
N_STANDS = 5
# Who sits for longer has stopped, and the next rise begins another test; convention.
LONGEST_SIT_S = 5.0


class Rise(Protocol):
    """A repetition from sitting to standing and back, as `analysis.events.Repetition` has it."""

    @property
    def start_s(self) -> float:
        """When the rise began [s]."""

    @property
    def outbound_s(self) -> float:
        """How long it took until standing [s]."""

    @property
    def end_s(self) -> float:
        """When the seat was reached again [s]."""


@dataclass(frozen=True, slots=True)
class StandTime:
    """How long five stands took.

    Attributes
    ----------
    start_s
        When the first rise began, on the clock of the recording [s].
    stands_s
        When each stand was reached, since then [s].
    seated_s
        When the seat was reached again after the fifth, since then [s].
    """

    start_s: float
    stands_s: tuple[float, ...]
    seated_s: float

    @property
    def score_s(self) -> float:
        """The time of the test: until the fifth stand [s]."""
        return self.stands_s[-1]


@dataclass(frozen=True, slots=True)
class StandState:
    """How far the test is.

    Attributes
    ----------
    n_stands
        Stands so far.
    time
        The result, once there were five.
    began_anew
        Whether it started again with this stand, after too long a rest.
    """

    n_stands: int
    time: StandTime | None = None
    began_anew: bool = False


class FiveTimesTest:
    """Time five stands; one repetition at a time.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rises = [
    ...     SimpleNamespace(start_s=2.0 * n, outbound_s=0.75, end_s=2.0 * n + 1.75)
    ...     for n in range(5)
    ... ]
    >>> test = FiveTimesTest()
    >>> [test.update(rise).n_stands for rise in rises], test.state.time.score_s
    ([1, 2, 3, 4, 5], 8.75)
    """

    def __init__(self) -> None:
        self._rises: list[Rise] = []
        self._state = StandState(0)

    @property
    def state(self) -> StandState:
        """How far the test is."""
        return self._state

    def update(self, rise: Rise) -> StandState:
        """Take the next repetition; what comes after the fifth changes nothing."""
        if self._state.time:
            return self._state
        rests = bool(self._rises) and rise.start_s - self._rises[-1].end_s > LONGEST_SIT_S
        if rests:
            self._rises.clear()
        self._rises.append(rise)
        time = _time_of(self._rises) if len(self._rises) == N_STANDS else None
        self._state = StandState(len(self._rises), time, rests)
        return self._state

    def interrupted(self) -> StandState:
        """Begin anew: nobody was seen, or somebody stopped."""
        if self._state.time is None:
            self._rises.clear()
            self._state = StandState(0)
        return self._state


def timed(rises: Iterable[Rise]) -> StandTime | None:
    """Return the time of the first five stands of a recording that belong together, if any do."""
    test = FiveTimesTest()
    for rise in rises:
        test.update(rise)
    return test.state.time


def _time_of(rises: list[Rise]) -> StandTime:
    start_s = rises[0].start_s
    stands_s = tuple(rise.start_s + rise.outbound_s - start_s for rise in rises)
    return StandTime(start_s, stands_s, rises[-1].end_s - start_s)
