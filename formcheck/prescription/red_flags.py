"""Red flags: when pain may come from something that exercise does not treat.

Asked before a plan starts, every 28 days, after a stop for a new symptom, and whenever somebody
wants to. A yes blocks: an emergency or an urgent sign until a later screening is without it, the
rest until a therapist has cleared it by name. To the patient no cause is ever named.
"""

import datetime
import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from formcheck.errors import UsageError
from formcheck.exercises.readings import Record
from formcheck.prescription.model import Screening
from formcheck.prescription.saying import Saying
from formcheck.prescription.tables import Sources, read

SCREENING_DAYS = 28

INTRODUCTION = (
    Saying("screening.intro"),
    Saying("screening.say_yes"),
    Saying("screening.say_no"),
)
"""What is said before the questions: when in doubt yes; no if it has been examined."""


class RedFlagId(enum.StrEnum):
    """One sign each; what is asked stands with the texts (``red_flag``)."""

    RF01 = "rf01"
    RF02 = "rf02"
    RF03 = "rf03"
    RF04 = "rf04"
    RF05 = "rf05"
    RF06 = "rf06"
    RF07 = "rf07"
    RF08 = "rf08"
    RF09 = "rf09"
    RF10 = "rf10"
    RF11 = "rf11"
    RF12 = "rf12"


class Level(enum.StrEnum):
    """How urgent a sign is; the most urgent first."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    SOON = "soon"


class RedFlagAction(enum.StrEnum):
    """What the patient is to do; the most urgent first."""

    CALL_EMERGENCY_NUMBER = "call_emergency_number"
    EMERGENCY_DEPARTMENT_TODAY = "emergency_department_today"
    DOCTOR_TODAY = "doctor_today"
    DOCTOR_IN_TWO_DAYS = "doctor_in_two_days"
    DOCTOR_IN_THREE_DAYS = "doctor_in_three_days"
    DOCTOR_THIS_WEEK = "doctor_this_week"
    DOCTOR_SOON = "doctor_soon"
    THERAPIST_BEFORE_STARTING = "therapist_before_starting"
    THERAPIST_REVIEW = "therapist_review"


class ScreeningReason(enum.StrEnum):
    """Why the questions are asked now."""

    START = "start"
    REGULAR = "regular"
    ON_DEMAND = "on_demand"

    @property
    def says(self) -> Saying:
        """What the patient is told about it."""
        return Saying(f"screening_reason.{self}")


class Think(Record):
    """What a clinician thinks of, by language. For the therapist's page, never for the patient."""

    en: str
    de: str


class RedFlag(Record):
    """One sign: how urgent it is, what to do, and on what that rests."""

    id: RedFlagId
    level: Level
    action: RedFlagAction
    sources: Sources
    think: Think

    @property
    def question(self) -> Saying:
        """What the patient is asked."""
        return Saying(f"red_flag.{self.id}")

    @property
    def what_to_do(self) -> Saying:
        """What the patient is told to do if the answer is yes."""
        return Saying(f"red_flag_action.{self.action}")


class _Table(Record):
    flags: tuple[RedFlag, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """One time that the questions were answered.

    Attributes
    ----------
    positive
        Those answered with yes.
    """

    date: datetime.date
    positive: frozenset[RedFlagId] = frozenset()


@dataclass(frozen=True, slots=True)
class Clearance:
    """A therapist's word that one sign is no reason to wait; kept with the name.

    Raises
    ------
    UsageError
        If there is no name, or the sign is one that a therapist cannot clear from afar.
    """

    flag: RedFlagId
    therapist: str
    date: datetime.date

    def __post_init__(self) -> None:
        if not self.therapist.strip():
            raise UsageError(
                "a red flag is cleared by a therapist by name, got no name\nGive the name."
            )
        level = red_flags()[self.flag].level
        if level is not Level.SOON:
            raise UsageError(
                f"{self.flag} is an {level} sign and cannot be cleared\n"
                "It has to be examined; then ask the questions again."
            )


@dataclass(frozen=True, slots=True)
class ScreeningOutcome:
    """What a screening comes to.

    Attributes
    ----------
    open
        The signs that block, the most urgent first.
    cleared
        Those that a therapist has cleared by name.
    """

    open: tuple[RedFlag, ...]
    cleared: tuple[RedFlag, ...]

    @property
    def blocked(self) -> bool:
        """Whether exercises have to wait."""
        return bool(self.open)

    @property
    def says(self) -> tuple[Saying, ...]:
        """What the patient is told: first whether to begin, then what to do, most urgent first."""
        if not self.open:
            return (Saying("screening.clear"),)
        waits = {flag.level for flag in self.open} == {Level.SOON}
        first = Saying("screening.wait_for_therapist" if waits else "screening.blocked")
        return (first, *dict.fromkeys(flag.what_to_do for flag in self.open))


@cache
def red_flags() -> dict[RedFlagId, RedFlag]:
    """Return every red flag by id, in order of id."""
    return {flag.id: flag for flag in read("red_flags", _Table).flags}


def screening_due(
    last: Screen | None,
    today: datetime.date,
    plan_start: datetime.date | None = None,
    on_demand: bool = False,
) -> ScreeningReason | None:
    """Return why the questions have to be asked today, None where they need not.

    Parameters
    ----------
    plan_start
        A screening from before the plan's first day does not count for it.
    on_demand
        Somebody asks for it, or a stop rule does.

    Examples
    --------
    >>> screen = Screen(datetime.date(2026, 3, 1))
    >>> screening_due(screen, datetime.date(2026, 3, 28)), str(screening_due(None, screen.date))
    (None, 'start')
    """
    if last is None or (plan_start is not None and last.date < plan_start):
        return ScreeningReason.START
    if on_demand:
        return ScreeningReason.ON_DEMAND
    # A screening from the future is a clock that was wrong: ask again.
    age_days = (today - last.date).days
    return None if 0 <= age_days < SCREENING_DAYS else ScreeningReason.REGULAR


def outcome_of(screen: Screen, clearances: Iterable[Clearance] = ()) -> ScreeningOutcome:
    """Return whether exercises have to wait, and for what.

    A clearance from before the screening does not count: who says yes again says that it is new.
    """
    cleared = {one.flag for one in clearances if one.date >= screen.date}
    positive = sorted((red_flags()[flag] for flag in screen.positive), key=_urgency)
    return ScreeningOutcome(
        open=tuple(flag for flag in positive if flag.id not in cleared),
        cleared=tuple(flag for flag in positive if flag.id in cleared),
    )


def answered_now(positive: Iterable[RedFlagId]) -> ScreeningOutcome:
    """Return what answers come to that were given just now: nobody has looked into any of them."""
    found = sorted((red_flags()[flag] for flag in positive), key=_urgency)
    return ScreeningOutcome(open=tuple(found), cleared=())


def recorded_outcome(screening: Screening) -> ScreeningOutcome:
    """Return what the answers that stand in a prescription come to.

    Raises
    ------
    UsageError
        If there is no question with one of the ids.
    """
    known = set(RedFlagId)
    unknown = sorted((screening.positive | set(screening.cleared)) - known)
    if unknown:
        raise UsageError(
            f"there is no warning sign {', '.join(unknown)}\nKnown: {', '.join(RedFlagId)}."
        )
    return outcome_of(
        Screen(screening.on, frozenset(map(RedFlagId, screening.positive))),
        [
            Clearance(flag, screening.cleared[flag], screening.on)
            for flag in red_flags()
            if flag in screening.cleared and red_flags()[flag].level is Level.SOON
        ],
    )


def _urgency(flag: RedFlag) -> tuple[int, int, str]:
    return list(Level).index(flag.level), list(RedFlagAction).index(flag.action), flag.id
