"""What somebody says about pain: how much, when, and what kind of feeling it is."""

import enum
from dataclasses import dataclass

from formcheck.errors import UsageError
from formcheck.prescription.saying import Saying

LEAST_PAIN, MOST_PAIN = 0, 10


class Moment(enum.StrEnum):
    """When pain is asked about, or told unasked (``hurts``)."""

    BEFORE = "before"
    AFTER_EXERCISE = "after_exercise"
    HURTS = "hurts"
    AFTER_SESSION = "after_session"
    NEXT_MORNING = "next_morning"

    @property
    def question(self) -> Saying:
        """What the patient is asked."""
        return Saying(f"pain_question.{self}")


class Quality(enum.StrEnum):
    """What kind of feeling it is, where that matters for what to do."""

    SHARP = "sharp"
    SHOOTING = "shooting"
    SPREADING = "spreading"
    NUMB = "numb"
    TINGLING = "tingling"
    WEAK = "weak"
    CHEST = "chest"
    BREATHLESS = "breathless"
    DIZZY = "dizzy"
    FAINT = "faint"
    HEART_STUMBLES = "heart_stumbles"
    COLD_SWEAT = "cold_sweat"
    SICK = "sick"
    SEES_BADLY = "sees_badly"
    BAD_HEADACHE = "bad_headache"

    @property
    def name_said(self) -> Saying:
        """How the patient knows it."""
        return Saying(f"pain_quality.{self}")


OF_NERVES = frozenset(
    {
        Quality.SHARP,
        Quality.SHOOTING,
        Quality.SPREADING,
        Quality.NUMB,
        Quality.TINGLING,
        Quality.WEAK,
    }
)
"""Pain that changes its kind, and what is newly numb or weak: a nerve may be in trouble (S04)."""

OF_HEART_AND_HEAD = frozenset(Quality) - OF_NERVES
"""What may come from heart, lungs or head (S05)."""


@dataclass(frozen=True, slots=True)
class PainSaid:
    """What somebody said about pain at one moment.

    Attributes
    ----------
    rating
        From 0, none, to 10, the worst that can be thought of; None where only a feeling was named.
    qualities
        What kind of feeling it is.

    Raises
    ------
    UsageError
        If the rating is not a whole number from 0 to 10, or nothing was said at all.

    Examples
    --------
    >>> PainSaid(Moment.BEFORE, 3).rating
    3
    """

    moment: Moment
    rating: int | None = None
    qualities: frozenset[Quality] = frozenset()

    def __post_init__(self) -> None:
        if self.rating is not None:
            _check(self.rating)
        elif not self.qualities:
            raise UsageError(
                "expected a rating of pain from 0 to 10, or what it feels like; got neither"
            )


def _check(rating: int) -> None:
    is_whole = isinstance(rating, int) and not isinstance(rating, bool)
    if not is_whole or not LEAST_PAIN <= rating <= MOST_PAIN:
        raise UsageError(
            f"expected pain as a whole number from {LEAST_PAIN} to {MOST_PAIN}, got {rating!r}\n"
            "0 is no pain, 10 the worst that you can think of."
        )
