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
    """

    start_s: float
    stands_s: tuple[float, ...]

    @property
    def score_s(self) -> float:
        """The time of the test: until the fifth stand [s]."""
        return self.stands_s[-1]


def timed(rises: Iterable[Rise]) -> StandTime | None:
    """Return the time of the first five stands of a recording that belong together, if any do.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> rises = [
    ...     SimpleNamespace(start_s=2.0 * n, outbound_s=0.75, end_s=2.0 * n + 1.75)
    ...     for n in range(5)
    ... ]
    >>> timed(rises).score_s
    8.75
    """
    together: list[Rise] = []
    for rise in rises:
        if together and rise.start_s - together[-1].end_s > LONGEST_SIT_S:
            together.clear()
        together.append(rise)
        if len(together) == N_STANDS:
            return _time_of(together)
    return None


def _time_of(rises: list[Rise]) -> StandTime:
    start_s = rises[0].start_s
    stands_s = tuple(rise.start_s + rise.outbound_s - start_s for rise in rises)
    return StandTime(start_s, stands_s)
