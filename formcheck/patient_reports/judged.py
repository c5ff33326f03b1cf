"""What a set came to: the machine's verdict, under what a person has said about it.

The one place of the reports that says what counts; everything else asks here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from formcheck.analysis.events import Fault, Hold, Repetition
from formcheck.store import Correction, SetRecord


@dataclass(frozen=True, slots=True)
class JudgedSet:
    """A set with what counts of it now.

    Attributes
    ----------
    record
        As the machine has judged it.
    reviewers
        Who has said something about it, each once.
    """

    record: SetRecord
    repetitions: tuple[Repetition, ...]
    holds: tuple[Hold, ...]
    faults: tuple[Fault, ...]
    reviewers: tuple[str, ...] = ()

    @property
    def held_s(self) -> float:
        """Time inside the posture [s]."""
        return math.fsum(one.held_s for one in self.holds)

    def as_record(self) -> SetRecord:
        """Return the set as if the machine had judged it as it counts now."""
        return replace(
            self.record, repetitions=self.repetitions, holds=self.holds, faults=self.faults
        )


def judged(record: SetRecord, corrections: Sequence[Correction]) -> JudgedSet:
    """Return a set as it counts, with the corrections that were laid over it."""
    about = [one for one in corrections if one.set_name == record.name]
    return JudgedSet(
        record,
        record.repetitions,
        record.holds,
        record.faults,
        tuple(dict.fromkeys(one.who for one in about)),
    )
