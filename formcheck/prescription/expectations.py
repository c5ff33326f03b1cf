"""What to expect, by how long the pain has lasted: the clinical document's numbers and no others.

They are averages over many people, mainly of low back pain, and no promise.
"""

import datetime
import enum

from formcheck.prescription.model import LONG_LASTING_WEEKS
from formcheck.prescription.saying import Saying

# From 0 to 100, on average, in pain that has lasted for more than 12 weeks (SEED).
PAIN_POINTS, FUNCTION_POINTS = 10, 3


class Duration(enum.StrEnum):
    """How long pain has lasted: less than 12 weeks, or longer."""

    SHORT = "short"
    LONG = "long"


def duration_of(onset: datetime.date, today: datetime.date) -> Duration:
    """Return whether pain is short or long-lasting; from 12 weeks on it is long.

    Examples
    --------
    >>> str(duration_of(datetime.date(2026, 1, 1), datetime.date(2026, 3, 1)))
    'short'
    """
    weeks = (today - onset).days / 7
    return Duration.LONG if weeks >= LONG_LASTING_WEEKS else Duration.SHORT


def expectations(onset: datetime.date, today: datetime.date) -> tuple[Saying, ...]:
    """Return what to tell somebody whose pain began on a day."""
    return (
        *_OF_DURATION[duration_of(onset, today)],
        Saying("expectation.average"),
        Saying("expectation.low_back"),
        Saying("expectation.stay_active"),
    )


_OF_DURATION = {
    Duration.LONG: (
        Saying.of("expectation.long_pain", points=PAIN_POINTS),
        Saying.of("expectation.long_function", points=FUNCTION_POINTS),
        Saying("expectation.long_term"),
    ),
    Duration.SHORT: (
        Saying("expectation.short_better"),
        Saying("expectation.short_same"),
        Saying("expectation.short_safe"),
    ),
}
