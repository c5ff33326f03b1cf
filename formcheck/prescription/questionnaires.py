"""Scores that are made of several answers: Roland-Morris, and activities that patients name."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field

from formcheck.errors import UsageError
from formcheck.exercises.readings import Record
from formcheck.prescription.outcomes import MeasureId, checked
from formcheck.prescription.saying import Saying
from formcheck.prescription.tables import read

MADE_FOR_LOW_BACK = Saying("roland_morris.low_back")
ONLY_IN_ENGLISH = Saying("roland_morris.english")
"""What is said beside the questionnaire: whom it was made for, and why it is not translated."""

N_ITEMS = 24
MOST_ACTIVITIES = 5


class RolandMorris(Record):
    """The questionnaire as it was published; made for low back pain.

    Attributes
    ----------
    language
        Of the sentences; they are shown in it whatever language the page has.
    """

    source: str
    language: str
    instructions: str
    items: Annotated[tuple[str, ...], Field(min_length=N_ITEMS, max_length=N_ITEMS)]


@cache
def roland_morris() -> RolandMorris:
    """Return instructions and sentences, unchanged."""
    return read("roland_morris", RolandMorris)


def roland_morris_score(ticked: Collection[int]) -> int:
    """Return the score: how many sentences describe the patient today.

    Parameters
    ----------
    ticked
        Their numbers, from 1 to 24. What does not apply is not ticked.

    Raises
    ------
    UsageError
        If there is no such sentence.

    Examples
    --------
    >>> roland_morris_score({1, 3, 24})
    3
    """
    numbers = set(ticked)
    strange = sorted(number for number in numbers if number not in range(1, N_ITEMS + 1))
    if strange:
        raise UsageError(f"expected sentences from 1 to {N_ITEMS}, got {strange}")
    return len(numbers)


@dataclass(frozen=True, slots=True)
class Activity:
    """Something that the patient named as hard, and how well it goes.

    Attributes
    ----------
    rating
        From 0, cannot be done at all, to 10, as well as before.
    """

    name: str
    rating: int

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UsageError("an activity needs a name: what is hard to do?")
        checked(MeasureId.PSFS_SINGLE, self.rating)


def activities_score(activities: Sequence[Activity]) -> tuple[MeasureId, float]:
    """Return the mean of the ratings, and as which measure it counts: one alone wanders more.

    Raises
    ------
    UsageError
        If there are none, too many, or one twice.

    Examples
    --------
    >>> measure, score = activities_score([Activity("lift my child", 3), Activity("drive", 6)])
    >>> str(measure), score
    ('psfs', 4.5)
    """
    if not 1 <= len(activities) <= MOST_ACTIVITIES:
        raise UsageError(
            f"expected 1 to {MOST_ACTIVITIES} activities, got {len(activities)}\n"
            "Name what is hard for you and matters most."
        )
    if len(_names(activities)) < len(activities):
        raise UsageError("the same activity is there twice: expected each once")
    mean = sum(one.rating for one in activities) / len(activities)
    return (MeasureId.PSFS if len(activities) > 1 else MeasureId.PSFS_SINGLE), mean


def _names(activities: Sequence[Activity]) -> frozenset[str]:
    return frozenset(one.name.strip().casefold() for one in activities)
