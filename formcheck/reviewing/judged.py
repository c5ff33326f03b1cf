"""What a session comes to, as the machine judged it and as it is true, side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from formcheck.analysis.events import Fault, Hold, Repetition
from formcheck.reviewing.layer import Laid
from formcheck.store import Correction, SessionRecord, SetRecord

Status = Literal["machine", "accepted", "rejected", "relabelled", "added"]
_Value = TypeVar("_Value", Repetition, Hold, Fault)


@dataclass(frozen=True, slots=True)
class Judged(Generic[_Value]):
    """One repetition, hold or fault.

    Attributes
    ----------
    key
        What names it as long as the session is kept, as ``repetition-3`` or ``added-17``.
    number
        Which one of its set, from 1, as the machine counted; None where somebody added it.
    by_machine
        As the machine judged it; None where it saw none.
    now
        As it is true; as the machine judged it, where it was rejected.
    status
        What became of it.
    comment
        What whoever corrected it wrote.
    """

    key: str
    number: int | None
    by_machine: _Value | None
    now: _Value
    status: Status = "machine"
    comment: str = ""

    @property
    def counts(self) -> bool:
        """Whether it is true."""
        return self.status != "rejected"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a set comes to."""

    n_repetitions: int = 0
    n_with_faults: int = 0
    held_s: float = 0.0
    n_faults: int = 0

    def __add__(self, other: "Figures") -> "Figures":
        """Return what two sets come to."""
        return Figures(
            self.n_repetitions + other.n_repetitions,
            self.n_with_faults + other.n_with_faults,
            self.held_s + other.held_s,
            self.n_faults + other.n_faults,
        )


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """One set, with what the machine said and what is true, in the order of time.

    Attributes
    ----------
    comments
        What was written about it, or a moment of it, and is not withdrawn.
    laid
        Every correction of it, those that were withdrawn and withdrawals among them.
    """

    record: SetRecord
    repetitions: tuple[Judged[Repetition], ...]
    holds: tuple[Judged[Hold], ...]
    faults: tuple[Judged[Fault], ...]
    by_machine: Figures
    now: Figures
    comments: tuple[Laid, ...] = ()
    laid: tuple[Laid, ...] = ()


@dataclass(frozen=True, slots=True)
class JudgedSession:
    """One session, with what somebody has said instead of the machine.

    Attributes
    ----------
    comments
        What was written about the session as a whole.
    signed_off
        That it was looked through; None until then.
    """

    record: SessionRecord
    sets: tuple[JudgedSet, ...]
    laid: tuple[Laid, ...] = ()
    comments: tuple[Laid, ...] = ()
    signed_off: Correction | None = None

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Everything that was said, in its order."""
        return tuple(one.correction for one in self.laid)


def figures(
    repetitions: Sequence[Repetition], holds: Sequence[Hold], faults: Sequence[Fault]
) -> Figures:
    """Return what repetitions, holds and faults come to."""
    return Figures(
        n_repetitions=len(repetitions),
        n_with_faults=sum(bool(one.faults) for one in repetitions),
        held_s=math.fsum(one.held_s for one in holds),
        n_faults=len(faults),
    )
