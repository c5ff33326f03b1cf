"""What is asked in a prescribed session, where that stands, and what was said about it."""

import math
from collections import deque
from collections.abc import Iterable

from formcheck.prescription.saying import Saying
from formcheck.session.routine import Question, Routine


class Inquiry:
    """Questions that wait for an answer.

    Parameters
    ----------
    routine
        What is asked and what follows from it; None asks nothing.

    Attributes
    ----------
    until_s
        Until when an answer is waited for [s].
    asks_how_much
        Whether somebody who said that it hurts may say how much.
    exercise_before
        The id of the exercise that a question is about; None before the first.
    pause_says
        What a stop rule says in the pause at hand.
    said_at_end
        Why the session ended, where a rule ended it.
    screens_again
        Whether warning signs have to be asked about before the next session.
    """

    def __init__(self, routine: Routine | None) -> None:
        self.routine = routine
        self._waiting = deque(routine.first if routine else ())
        self.until_s = math.inf
        self.asks_how_much = False
        self.exercise_before: str | None = None
        self.pause_says: Saying | None = None
        self.said_at_end: tuple[Saying, ...] = ()
        self.screens_again = False

    @property
    def question(self) -> Question | None:
        """What is asked now, or next."""
        return self._waiting[0] if self._waiting else None

    def add(self, questions: Iterable[Question]) -> None:
        """Ask more, after what waits."""
        self._waiting.extend(questions)

    def ask(self, time_s: float) -> None:
        """Begin to wait for the answer of the first question."""
        waits_s = self.question.waits_s if self.question else None
        self.until_s = math.inf if waits_s is None else time_s + waits_s

    def answered(self) -> None:
        """Be done with the first question."""
        self._waiting.popleft()
        self.until_s = math.inf

    def forget(self) -> None:
        """Ask nothing more."""
        self._waiting.clear()
        self.until_s = math.inf
