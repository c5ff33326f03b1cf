"""When to stop: rules on what was said and seen, from pain that rises to a stop that was asked for.

A stop always wins: once a session has ended, nothing that comes later starts it again, and of
several rules the most serious one decides and is the one that speaks.
"""

import enum
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from formcheck.errors import UsageError
from formcheck.exercises.readings import Record
from formcheck.prescription.pain import OF_HEART_AND_HEAD, OF_NERVES, Moment, PainSaid
from formcheck.prescription.saying import Saying
from formcheck.prescription.tables import Sources, read


class StopRuleId(enum.StrEnum):
    """One rule each; docs/stop-rules.md explains them."""

    S01 = "s01"
    S02 = "s02"
    S03 = "s03"
    S04 = "s04"
    S05 = "s05"
    S06 = "s06"
    S07 = "s07"
    S08 = "s08"
    S09 = "s09"


class StopRule(Record):
    """What one rule rests on."""

    id: StopRuleId
    basis: Literal["literature", "convention", "engineering"]
    sources: Sources
    note: str


class Bounds(Record):
    """The numbers of all rules; ratings are on the scale of 0 to 10."""

    rise: int
    pain: int
    pain_least: int
    pain_most: int
    start: int
    morning: int
    reduce_least: Annotated[float, Field(gt=0, lt=1)]
    reduce_most: Annotated[float, Field(gt=0, lt=1)]
    faulty_repetitions: Annotated[int, Field(ge=1)]
    away_s: Annotated[float, Field(gt=0)]


class StopTable(Record):
    """Everything in ``stop_rules.toml``."""

    limits: Bounds
    rules: tuple[StopRule, ...]


@cache
def stop_table() -> StopTable:
    """Return the rules and their numbers."""
    return read("stop_rules", StopTable)


class Action(enum.StrEnum):
    """What happens now; the later, the more it stops."""

    GO_ON = "go_on"
    ASK = "ask"
    STOP_EXERCISE = "stop_exercise"
    END_SESSION = "end_session"
    DO_NOT_START = "do_not_start"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do, by which rule, and what to say about it.

    Attributes
    ----------
    tells_therapist
        Whether the therapist has to know.
    screens_again
        Whether the questions about warning signs are asked before anything else.
    gentle_only
        Whether gentle stretching may be done all the same.
    """

    action: Action
    rule: StopRuleId | None = None
    says: Saying | None = None
    tells_therapist: bool = False
    screens_again: bool = False
    gentle_only: bool = False

    @property
    def stops(self) -> bool:
        """Whether what is being done does not go on."""
        return self.action not in {Action.GO_ON, Action.ASK}


GO_ON = Decision(Action.GO_ON)


@dataclass(frozen=True, slots=True)
class PainLimits:
    """What a therapist has set for one patient.

    Attributes
    ----------
    pain
        A session ends at more than this: 3 to 6.
    gentle_on_bad_days
        Whether gentle stretching is allowed on a day that begins with much pain.

    Raises
    ------
    UsageError
        If the limit is not within what a therapist may choose.
    """

    pain: int = 5
    gentle_on_bad_days: bool = False

    def __post_init__(self) -> None:
        limits = stop_table().limits
        if not limits.pain_least <= self.pain <= limits.pain_most:
            raise UsageError(
                f"expected a limit of pain from {limits.pain_least} to {limits.pain_most},"
                f" got {self.pain!r}"
            )


class ExerciseBegan(NamedTuple):
    """An exercise was begun; repetitions of the one before do not count for it."""

    exercise: str


class RepetitionSeen(NamedTuple):
    """A repetition was done; ``is_faulty`` with a fault at the level of an error."""

    is_faulty: bool


class LeftPicture(NamedTuple):
    """Somebody has been out of the picture for as long as this [s]."""

    for_s: float


class Fell(NamedTuple):
    """Somebody is suddenly on the floor and does not move."""


class StopSaid(NamedTuple):
    """Somebody said, tapped or pressed stop."""


Happening = PainSaid | ExerciseBegan | RepetitionSeen | LeftPicture | Fell | StopSaid

# From the least serious to the most serious: the last one that applies speaks.
_SERIOUS = (
    StopRuleId.S08,
    StopRuleId.S07,
    StopRuleId.S01,
    StopRuleId.S02,
    StopRuleId.S03,
    StopRuleId.S09,
    StopRuleId.S04,
    StopRuleId.S05,
)
_ENDS = {Action.END_SESSION, Action.DO_NOT_START}
_NOT_BEGUN = {Moment.BEFORE, Moment.NEXT_MORNING}


class StopWatch:
    """Decide after everything that is said and seen in one session whether it goes on.

    Parameters
    ----------
    limits
        What the therapist has set for this patient.

    Examples
    --------
    >>> watch = StopWatch()
    >>> str(watch.update(PainSaid(Moment.BEFORE, 2)).action)
    'go_on'
    >>> str(watch.update(PainSaid(Moment.HURTS, 5)).rule)
    's01'
    """

    def __init__(self, limits: PainLimits | None = None) -> None:
        self._limits = limits or PainLimits()
        self._most_pain = self._limits.pain
        self._bounds = stop_table().limits
        self._at_start: int | None = None
        self._has_risen = False
        self._faulty_in_a_row = 0
        self._ended: Decision | None = None

    def update(self, happening: Happening) -> Decision:
        """Return what to do after one thing that was said or seen."""
        decision = self._decision(happening)
        if self._ended and not _is_more_serious(decision, self._ended):
            return self._ended
        if decision.action in _ENDS and not decision.gentle_only:
            self._ended = decision
        return decision

    def _decision(self, happening: Happening) -> Decision:
        match happening:
            case PainSaid():
                return self._after_pain(happening)
            case RepetitionSeen(is_faulty):
                return self._after_repetition(is_faulty)
            case ExerciseBegan():
                self._faulty_in_a_row = 0
            case LeftPicture(for_s) if for_s < self._bounds.away_s:
                pass
            case LeftPicture() | Fell():
                return Decision(Action.ASK, StopRuleId.S08, Saying("stop_rule.s08"))
            case StopSaid():
                return Decision(Action.END_SESSION, StopRuleId.S09, Saying("stop_rule.s09"))
        return GO_ON

    def _after_pain(self, said: PainSaid) -> Decision:
        ends = Action.DO_NOT_START if said.moment in _NOT_BEGUN else Action.END_SESSION
        if said.qualities & OF_HEART_AND_HEAD:
            return _warning(ends, StopRuleId.S05, "stop_rule.s05")
        if said.qualities & OF_NERVES:
            return _warning(ends, StopRuleId.S04, "stop_rule.s04")
        if said.rating is None or said.moment is Moment.NEXT_MORNING:
            return GO_ON  # the morning after decides about the next session: `aftermath`
        if said.moment is Moment.BEFORE:
            self._at_start = said.rating
            if said.rating >= self._bounds.start:
                return self._too_bad_a_day(said.rating)
        if said.rating > self._most_pain:
            is_before = said.moment is Moment.BEFORE
            key = "stop_rule.s02_before" if is_before else "stop_rule.s02"
            says = Saying.of(key, limit=self._most_pain)
            return Decision(ends, StopRuleId.S02, says, tells_therapist=True)
        return self._after_rise(said.rating, said.moment)

    def _too_bad_a_day(self, rating: int) -> Decision:
        gentle = self._limits.gentle_on_bad_days
        if gentle:  # what is gentle must not make it any worse than it is
            self._most_pain = rating
        return Decision(
            Action.DO_NOT_START,
            StopRuleId.S03,
            Saying("stop_rule.s03_gentle" if gentle else "stop_rule.s03"),
            gentle_only=gentle,
        )

    def _after_rise(self, rating: int, moment: Moment) -> Decision:
        if self._at_start is None or rating - self._at_start <= self._bounds.rise:
            return GO_ON
        is_over = moment is Moment.AFTER_SESSION  # nothing is left to be made easier
        if self._has_risen or is_over:
            says = Saying("stop_rule.s01_after" if is_over else "stop_rule.s01_again")
            return Decision(Action.END_SESSION, StopRuleId.S01, says, tells_therapist=True)
        self._has_risen = True
        return Decision(Action.STOP_EXERCISE, StopRuleId.S01, Saying("stop_rule.s01"))

    def _after_repetition(self, is_faulty: bool) -> Decision:
        self._faulty_in_a_row = self._faulty_in_a_row + 1 if is_faulty else 0
        if self._faulty_in_a_row < self._bounds.faulty_repetitions:
            return GO_ON
        self._faulty_in_a_row = 0
        return Decision(Action.STOP_EXERCISE, StopRuleId.S07, Saying("stop_rule.s07"))


def _warning(ends: Action, rule: StopRuleId, key: str) -> Decision:
    return Decision(ends, rule, Saying(key), tells_therapist=True, screens_again=True)


def _is_more_serious(new: Decision, old: Decision) -> bool:
    if new.rule is None or old.rule is None:
        return False
    return new.action in _ENDS and _SERIOUS.index(new.rule) > _SERIOUS.index(old.rule)
