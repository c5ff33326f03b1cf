"""What the session page may say of a session, and how it becomes corrections."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from formcheck.errors import StoreError
from formcheck.landmarks import NAMES
from formcheck.reviewing.judged import JudgedSession, JudgedSet
from formcheck.reviewing.layer import Laid
from formcheck.store import Corrected, Correction, CorrectionKind, SetRecord
from formcheck.store.corrections import LONGEST_COMMENT

_Comment = Annotated[str, Field(max_length=LONGEST_COMMENT)]
_Word = Annotated[str, Field(max_length=64)]
_Said = Annotated[dict[_Word, _Word | int | FiniteFloat | None], Field(max_length=8)]
_ABOUT_ONE = {CorrectionKind.ACCEPTED, CorrectionKind.REJECTED}


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class CorrectionSent(_Sent):
    """What is said of a set, or of something in it."""

    subject: Literal["repetition", "hold", "fault", "set", "session"]
    number: Annotated[int, Field(ge=1, le=100_000)] | None = None
    kind: Literal["accepted", "rejected", "relabelled", "added", "moved", "comment"]
    after: _Said = Field(default_factory=dict)
    comment: _Comment = ""


class SignOffSent(_Sent):
    """That a session was looked through."""

    comment: _Comment = ""


class NumberSent(_Sent):
    """One number by which to judge."""

    name: Annotated[str, Field(max_length=128)]
    value: FiniteFloat


class NumbersSent(_Sent):
    """Other numbers of an exercise."""

    numbers: Annotated[tuple[NumberSent, ...], Field(max_length=100, strict=False)]


class Speaker:
    """Makes corrections of what is said now, by whoever reviews.

    Parameters
    ----------
    judged
        The session as it stands.
    """

    def __init__(self, judged: JudgedSession, who: str, now: datetime) -> None:
        self._judged, self._who = judged, who
        # What is said later is later, also on a clock that stands or goes back.
        last = max((one.time for one in judged.corrections), default=now)
        self._time = max(now, last + timedelta(microseconds=1)) if judged.corrections else now

    def said(self, record: SetRecord, sent: CorrectionSent) -> Correction:
        """Return what was said of a set."""
        kind, after = CorrectionKind(sent.kind), dict(sent.after)
        if kind is CorrectionKind.MOVED:
            after = {**after, "landmark": _landmark(after.get("landmark"))}
        is_of_session = sent.subject == "session"
        return self._made(
            set_name=None if is_of_session else record.name,
            subject=Corrected(sent.subject),
            number=sent.number,
            kind=kind,
            before=_before(record, sent),
            after=None if kind in _ABOUT_ONE and not after else after,
            comment=sent.comment,
        )

    def accepted(self, judged: JudgedSet) -> Iterator[Correction]:
        """Yield that everything in a set is right that nobody has said anything about."""
        told = (
            (Corrected.REPETITION, judged.repetitions),
            (Corrected.HOLD, judged.holds),
            (Corrected.FAULT, judged.faults),
        )
        for subject, values in told:
            for one in values:
                if one.status == "machine":
                    yield self._made(
                        set_name=judged.record.name,
                        subject=subject,
                        number=one.number,
                        kind=CorrectionKind.ACCEPTED,
                    )

    def signed_off(self, comment: str) -> Correction:
        """Return that the session was looked through."""
        kind = CorrectionKind.SIGNED_OFF
        return self._made(subject=Corrected.SESSION, kind=kind, comment=comment)

    def withdrawn(self, number: int) -> Correction:
        """Return that a correction does not hold any more.

        Raises
        ------
        StoreError
            If there is none of this number that holds.
        """
        laid = self._laid(number)
        if laid is None or not laid.holds:
            raise StoreError(f"there is no correction {number} that could be withdrawn")
        return replace(
            laid.correction,
            kind=CorrectionKind.WITHDRAWN,
            before=None,
            after={"withdraws": laid.correction.key},
            who=self._who,
            time=self._time,
            comment="",
        )

    def _laid(self, number: int) -> Laid | None:
        laid = self._judged.laid
        return laid[number - 1] if 1 <= number <= len(laid) else None

    def _made(self, **said: Any) -> Correction:
        values = {"set_name": None, "number": None, "before": None, "after": None, **said}
        return Correction(
            session_id=self._judged.record.id, who=self._who, time=self._time, **values
        )


def _before(record: SetRecord, sent: CorrectionSent) -> dict[str, Any] | None:
    """Return what the machine says of what is corrected, in short."""
    values: dict[str, tuple[Any, ...]] = {
        "repetition": record.repetitions,
        "hold": record.holds,
        "fault": record.faults,
    }
    found = values.get(sent.subject, ())
    if sent.number is None or sent.number > len(found):
        return None
    one = found[sent.number - 1]
    label = {"name": one.name} if sent.subject == "fault" else {"side": one.side and str(one.side)}
    return {"start_s": one.start_s, "end_s": one.end_s, **label}


def _landmark(sent: Any) -> Any:
    """Return the name of a landmark, of which the page knows the number."""
    if isinstance(sent, int) and 0 <= sent < len(NAMES):
        return NAMES[sent]
    return sent
