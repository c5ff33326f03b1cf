"""What a prescribed session asks beside its exercises, and when it stops for what was said.

Warning signs where they are due, how the morning after was, pain before the first exercise, and
heat; then pain after each exercise, and whenever it hurts. What follows from the answers is decided
by the stop rules (`formcheck.prescription.stop_rules`); a session without a prescription asks
nothing.
"""

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from formcheck.analysis.events import FaultEnded, FaultStarted, RepetitionCompleted
from formcheck.prescription.aftermath import DayAfter, Smaller, next_session
from formcheck.prescription.pain import Moment, PainSaid
from formcheck.prescription.red_flags import ScreeningReason
from formcheck.prescription.saying import Saying
from formcheck.prescription.stop_rules import (
    Decision,
    ExerciseBegan,
    PainLimits,
    RepetitionSeen,
    StopWatch,
)
from formcheck.session.events import SessionEvent

# After an exercise people lie two metres from the keys: who says nothing is not waited for longer.
WAITS_FOR_PAIN_S = 25.0


class QuestionKind(enum.StrEnum):
    """What is asked."""

    WARNING_SIGNS = "warning_signs"
    PAIN = "pain"
    HEAT = "heat"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be answered before it goes on.

    Attributes
    ----------
    moment
        Of a question about pain: which moment it is about.
    reason
        Of warning signs: why they are asked about now.
    minutes
        Of heat: how long.
    """

    kind: QuestionKind
    moment: Moment | None = None
    reason: ScreeningReason | None = None
    minutes: int | None = None

    @property
    def says(self) -> Saying | None:
        """What is said aloud; warning signs are read one by one."""
        return self.moment.question if self.moment else None

    @property
    def may_be_left(self) -> bool:
        """Whether it goes on without an answer, too."""
        return self.kind is QuestionKind.HEAT or self.moment in {
            Moment.AFTER_EXERCISE,
            Moment.HURTS,
            Moment.NEXT_MORNING,
        }

    @property
    def waits_s(self) -> float | None:
        """How long an answer is waited for [s]; for ever where it is None."""
        return WAITS_FOR_PAIN_S if self.moment is Moment.AFTER_EXERCISE else None


AFTER_EXERCISE = Question(QuestionKind.PAIN, Moment.AFTER_EXERCISE)


@dataclass(frozen=True, slots=True)
class Asks:
    """What is asked before the first exercise.

    Attributes
    ----------
    screening
        Why warning signs are asked about; None where they are not.
    next_morning
        Whether the morning after the last session is asked about.
    heat_minutes
        How long the back is to be warmed; None where it is not.
    """

    screening: ScreeningReason | None = None
    next_morning: bool = False
    heat_minutes: int | None = None

    def questions(self) -> Iterator[Question]:
        """Yield them in order."""
        if self.screening:
            yield Question(QuestionKind.WARNING_SIGNS, reason=self.screening)
        if self.next_morning:
            yield Question(QuestionKind.PAIN, Moment.NEXT_MORNING)
        yield Question(QuestionKind.PAIN, Moment.BEFORE)
        if self.heat_minutes:
            yield Question(QuestionKind.HEAT, minutes=self.heat_minutes)


class Routine:
    """Watch over one prescribed session.

    Parameters
    ----------
    asks
        What is asked before the first exercise.
    limits
        Pain at which it ends, as the therapist has set it.
    gentle
        Ids of exercises that may be done on a bad day.
    may_take
        Ids of exercises that are safe for this person: only they take the place of a harder one.
    days
        Pain around the sessions before, the latest last.
    said
        What had been said of pain before the session was cut off: it is not asked again.
    """

    def __init__(
        self,
        asks: Asks,
        limits: PainLimits | None = None,
        gentle: frozenset[str] = frozenset(),
        may_take: frozenset[str] = frozenset(),
        days: Sequence[DayAfter] = (),
        said: Sequence[PainSaid] = (),
    ) -> None:
        self._watch = StopWatch(limits)
        self.gentle = gentle
        self.may_take = may_take
        is_begun = any(one.moment is Moment.BEFORE for one in said)
        self.first = () if is_begun else tuple(asks.questions())
        self._days = tuple(days)
        self._errors: set[str] = set()
        for one in said:
            self._watch.update(one)

    def pain(self, said: PainSaid) -> Decision:
        """Return what follows from what was said."""
        return self._watch.update(said)

    def after(self, said: PainSaid) -> Smaller | None:
        """Return by how much less is to be done today after such a morning; None for all."""
        if said.moment is not Moment.NEXT_MORNING or not self._days:
            return None
        last = replace(self._days[-1], next_morning=said.rating)
        return next_session((*self._days[:-1], last))

    def begins(self, exercise_id: str) -> None:
        """Take note that an exercise is begun."""
        self._errors.clear()
        self._watch.update(ExerciseBegan(exercise_id))

    def seen(self, events: Sequence[SessionEvent]) -> Decision | None:
        """Return what follows from what happened in a set; None for nothing."""
        decision = None
        for event in events:
            match event:
                case FaultStarted() | FaultEnded() if event.fault.severity == "error":
                    self._errors.add(event.fault.name)
                case RepetitionCompleted():
                    is_faulty = bool(self._errors & set(event.repetition.faults))
                    self._errors.clear()
                    now = self._watch.update(RepetitionSeen(is_faulty))
                    decision = now if now.stops else decision
        return decision
