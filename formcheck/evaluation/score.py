"""What one run on one clip came to, beside what is known of the clip.

Scores are plain records: they are written as JSON, read back, and every table is made from
them. Abstaining on a clip that can be counted or timed is a miss, unless its labels say that
"cannot judge" is as good an answer.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict

AUTO = "auto"
# A hold is right when it starts and ends within this of its label, which is good to 0.3 s.
HOLD_EDGE_S = 0.5

Kind = Literal["given", "forbidden", "auto", "elsewhere"]
Recognition = Literal["right", "understandable", "none", "wrong"]


class Record(BaseModel):
    """Base of everything that an evaluation writes."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class HoldError(Record):
    """How one labelled hold was timed: later (+) or earlier (-); None where it was not seen."""

    start_error_s: float | None = None
    end_error_s: float | None = None

    @property
    def is_right(self) -> bool:
        """Whether both ends are near enough."""
        return (
            self.start_error_s is not None
            and self.end_error_s is not None
            and max(abs(self.start_error_s), abs(self.end_error_s)) <= HOLD_EDGE_S
        )


class SideTally(Record):
    """Repetitions whose side is labelled, those of them that were seen, and those seen right."""

    n_labelled: int = 0
    n_seen: int = 0
    n_right: int = 0


class Score(Record):
    """How one run on one clip compares with its labels.

    Attributes
    ----------
    source
        Who the clip is from: its folder.
    asked_for
        The exercise that was given, or ``auto``.
    kind
        What the run shows: the clip's exercise ``given``, one that is ``forbidden`` on it,
        ``auto`` on an exercise that formcheck has, or ``auto`` on something ``elsewhere``.
    expected, answered
        Both in words.
    recognised
        What was counted or timed; None where nothing was.
    recognition
        Of an ``auto`` run: whether that is the clip's exercise, one that is understandable to
        take it for, nothing, or wrong.
    n_due
        Repetitions that are labelled, where a count is due.
    n_off
        Repetitions more (+) or fewer (-) than the nearest right count; None where nothing of
        the exercise was counted.
    holds
        Each labelled hold, where a hold is due.
    held_error_s
        Time held more (+) or less (-) than labelled; None where none was timed.
    is_held_time_right
        The looser question: whether the time held is right, wherever it lies.
    is_abstention
        Whether the answer was "cannot judge", or "none of these" to ``auto``.
    """

    file: str
    source: str
    exercise: str
    asked_for: str
    kind: Kind
    expect: Literal["count", "hold", "negative", "abstain"]
    expected: str
    answered: str
    is_right: bool
    is_abstention: bool
    recognised: str | None = None
    recognition: Recognition | None = None
    n_due: int | None = None
    n_off: int | None = None
    holds: tuple[HoldError, ...] = ()
    held_error_s: float | None = None
    is_held_time_right: bool = False
    sides: SideTally = SideTally()
    faults_labelled: tuple[str, ...] = ()
    faults_found: tuple[str, ...] = ()

    @property
    def is_within_one(self) -> bool:
        """Whether the count is right or one off; counting nothing of it is neither."""
        return self.is_right or (self.n_off is not None and abs(self.n_off) <= 1)

    @property
    def relative_error(self) -> float | None:
        """Share of the repetitions that were missed or added; None where none were due.

        Everything is missed where nothing was counted, unless that was as good an answer.
        """
        if not self.n_due or (self.is_right and self.n_off is None):
            return None
        return 1.0 if self.n_off is None else abs(self.n_off) / self.n_due
