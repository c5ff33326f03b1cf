"""The layer of corrections over a session: which hold, and what each is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formcheck.store.corrections import (
    Corrected,
    Correction,
    CorrectionKind,
    MovedLandmark,
    content,
    withdrawn_keys,
)

# What settles whether the machine was right about one thing; the last word counts.
_VERDICTS = {CorrectionKind.ACCEPTED, CorrectionKind.REJECTED, CorrectionKind.RELABELLED}


@dataclass(frozen=True, slots=True)
class Laid:
    """A correction of a session.

    Attributes
    ----------
    number
        Its place among all of the session, from 1.
    is_withdrawn
        Whether it does not hold any more.
    """

    number: int
    correction: Correction
    is_withdrawn: bool

    @property
    def holds(self) -> bool:
        """Whether it says something that counts now."""
        return not self.is_withdrawn and self.correction.kind is not CorrectionKind.WITHDRAWN


def laid_over(corrections: Sequence[Correction]) -> tuple[Laid, ...]:
    """Return the corrections of a session, in their order, with those that were withdrawn."""
    withdrawn = withdrawn_keys(corrections)
    return tuple(
        Laid(number, one, bool(withdrawn) and one.key in withdrawn)
        for number, one in enumerate(corrections, start=1)
    )


def verdict_on(laid: Iterable[Laid], subject: Corrected, number: int | None) -> Correction | None:
    """Return the last word on what the machine has seen; None where nobody has said anything."""
    said = [one for one in _about(laid, subject, number) if one.kind in _VERDICTS]
    return said[-1] if said else None


def comment_on(laid: Iterable[Laid], subject: Corrected, number: int | None) -> str:
    """Return what was written last about it."""
    said = [one.comment for one in _about(laid, subject, number) if one.comment.strip()]
    return said[-1] if said else ""


def added(laid: Iterable[Laid], subject: Corrected) -> list[Laid]:
    """Return what the machine has not seen."""
    return [
        one
        for one in laid
        if one.holds
        and one.correction.subject is subject
        and one.correction.kind is CorrectionKind.ADDED
    ]


def comments(laid: Iterable[Laid]) -> tuple[Laid, ...]:
    """Return the comments that hold."""
    return tuple(one for one in laid if one.holds and one.correction.kind is CorrectionKind.COMMENT)


def moved_landmarks(laid: Iterable[Laid]) -> tuple[MovedLandmark, ...]:
    """Return where landmarks were moved to, the last word last."""
    moved = (content(one.correction) for one in laid if one.holds)
    return tuple(one for one in moved if isinstance(one, MovedLandmark))


def _about(laid: Iterable[Laid], subject: Corrected, number: int | None) -> list[Correction]:
    told = (one.correction for one in laid if one.holds)
    return [one for one in told if one.subject is subject and one.number == number]
