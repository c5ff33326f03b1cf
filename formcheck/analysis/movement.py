"""One movement away from rest and back: what is counted, judged and compared."""

import math
from dataclasses import dataclass

from formcheck.exercises.schema import Phase

# Taken from its class it takes ten times as long, and every picture asks for it dozens of times.
REST = Phase.REST


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement away from rest and back.

    Attributes
    ----------
    start_s, peak_s, end_s
        When the signal left rest, was furthest from it, and was back [s].
    outbound_s, effort_s, return_s
        Time until, within and after the furthest tenth of the excursion [s].
    start_value, peak_value
        The signal at rest and at its furthest.
    is_full
        Whether it was a repetition; otherwise it was an attempt.
    is_whole
        False where it was cut off before it was back at rest.
    is_continuous
        False where much of the way lies between two samples and little beside them: a limb that
        was hidden came into view, or one that was read was exchanged for another. Then the parts
        have no duration.
    rate_hz
        How many samples a second it was told by.
    """

    start_s: float
    peak_s: float
    end_s: float
    outbound_s: float
    effort_s: float
    return_s: float
    start_value: float
    peak_value: float
    is_full: bool
    is_whole: bool = True
    is_continuous: bool = True
    rate_hz: float = math.inf
