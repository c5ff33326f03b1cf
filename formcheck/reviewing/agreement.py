"""How often a therapist says that the machine was right, per exercise."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.shares import Share
from formcheck.store import Correction, CorrectionKind
from formcheck.store.corrections import in_force

_VERDICTS = {CorrectionKind.ACCEPTED, CorrectionKind.REJECTED, CorrectionKind.RELABELLED}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was said of the repetitions, holds and faults of one exercise.

    Attributes
    ----------
    exercise
        Its id.
    n_added
        What the machine has not seen.
    """

    exercise: str
    n_accepted: int
    n_rejected: int
    n_relabelled: int
    n_added: int

    @property
    def n_reviewed(self) -> int:
        """Of how many something was said."""
        return self.n_accepted + self.n_rejected + self.n_relabelled + self.n_added

    @property
    def share(self) -> Share:
        """In how many of them the machine was right."""
        return Share(self.n_accepted, self.n_reviewed)


def agreements(corrections: Iterable[Correction]) -> tuple[Agreement, ...]:
    """Return what corrections of any sessions come to, by the ids of the exercises.

    Only what somebody has said something about counts, and of each thing the last word.
    """
    verdicts: dict[tuple[object, ...], tuple[str, CorrectionKind]] = {}
    counts: dict[str, Counter[CorrectionKind]] = defaultdict(Counter)
    for one in in_force(corrections):
        if one.set_name is None:
            continue
        exercise = one.set_name.split("-", 2)[-1]
        if one.kind in _VERDICTS:
            place = one.session_id, one.set_name, one.subject, one.number
            verdicts[place] = exercise, one.kind
        elif one.kind is CorrectionKind.ADDED:
            counts[exercise][one.kind] += 1
    for exercise, kind in verdicts.values():
        counts[exercise][kind] += 1
    return tuple(
        Agreement(
            exercise,
            told[CorrectionKind.ACCEPTED],
            told[CorrectionKind.REJECTED],
            told[CorrectionKind.RELABELLED],
            told[CorrectionKind.ADDED],
        )
        for exercise, told in sorted(counts.items())
    )
