"""The audit trail: who did what and when, each entry holding fast the one before it.

An entry's digest is over everything that it says and a random salt, its link over that digest and
the link before. Changing, adding or taking out an entry therefore shows. Where a person is erased
their entries are emptied, digest and link stay, and an entry says how many were emptied, with a
digest over them: the chain holds, and what it was about cannot be guessed without the salt.

This shows mistakes and meddling with single entries; whoever owns the computer could make the
whole chain anew, and nothing on it alone can prevent that.
"""

import enum
import hashlib
import json
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from formcheck.store.tables import AuditRow, value_of

FIRST = "0" * 64
FORMCHECK = "formcheck"


class Act(enum.StrEnum):
    """What can be done."""

    PERSON_ADDED = "person added"
    SESSION_TAKEN_IN = "session taken in"
    PAIN_RATED = "pain rated"
    OUTCOME_RECORDED = "outcome recorded"
    SCREEN_ANSWERED = "red-flag questions answered"
    PRESCRIPTION_SAVED = "prescription saved"
    PRESCRIPTION_SIGNED = "prescription signed"
    RULE_OVERRIDDEN = "rule set aside"
    VERDICT_CORRECTED = "verdict corrected"
    PERSON_EXPORTED = "person exported"
    HANDED_OVER = "handed over"
    TAKEN_OVER = "taken over"
    PERSON_ERASED = "person erased"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the trail.

    Attributes
    ----------
    what
        An `Act`; None, as all but the number, where the person has been erased since.
    subject
        The token of the person that it is about; empty where it is about nobody.
    about
        Which session, prescription or the like.
    digest
        SHA-256 of the contents.
    erased_by
        The number of the entry that says that this one was emptied.
    """

    number: int
    time: datetime | None
    who: str | None
    what: str | None
    subject: str | None
    about: str | None
    digest: str | None
    erased_by: int | None


def digest_of(*parts: str | bytes) -> str:
    """Return one digest over several parts, in order."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(hashlib.sha256(data).digest())
    return whole.hexdigest()


def note(session: Session, who: str, what: Act, subject: str, about: str, digest: str) -> AuditRow:
    """Add an entry, in the transaction in which it happens."""
    newest = select(AuditRow.link).order_by(AuditRow.number.desc()).limit(1)
    previous = session.scalar(newest) or FIRST
    said = [f"{datetime.now(UTC).isoformat()}", who, str(what), subject, about, digest]
    salt = secrets.token_hex(16)
    entry_digest = _entry_digest(said, salt)
    row = AuditRow(
        time=datetime.fromisoformat(said[0]),
        who=who,
        what=str(what),
        subject=subject,
        about=about,
        digest=digest,
        salt=salt,
        entry_digest=entry_digest,
        previous=previous,
        link=digest_of(previous, entry_digest),
        erased_by=None,
    )
    session.add(row)
    session.flush()
    return row


def empty(session: Session, token: str, pseudonym: str) -> None:
    """Take everything about a person out of the trail, and say so in it."""
    is_theirs = (AuditRow.subject == token) | (AuditRow.who == pseudonym)
    rows = list(session.scalars(select(AuditRow).where(is_theirs).order_by(AuditRow.number)))
    said = note(
        session, FORMCHECK, Act.PERSON_ERASED, "", f"{len(rows)} entries", _emptied_digest(rows)
    )
    for row in rows:
        row.time = row.who = row.what = row.subject = row.about = row.digest = row.salt = None
        row.erased_by = said.number
    session.flush()


def entries(session: Session) -> tuple[Entry, ...]:
    """Return the whole trail, the oldest first."""
    rows = session.scalars(select(AuditRow).order_by(AuditRow.number))
    return tuple(value_of(Entry, row) for row in rows)


def problems(session: Session) -> Iterator[str]:
    """Yield what is wrong with the trail, in plain words."""
    rows = session.scalars(select(AuditRow).order_by(AuditRow.number)).all()
    previous = FIRST
    for number, row in enumerate(rows, start=1):
        if row.number != number:
            yield f"the audit trail lacks entry {number}"
            return
        if row.previous != previous or row.link != digest_of(previous, row.entry_digest):
            yield f"entry {number} of the audit trail does not follow from the one before it"
            return
        if row.erased_by is None and not _says_what_it_said(row):
            yield f"entry {number} of the audit trail was changed"
        previous = row.link
    yield from _wrongly_emptied(rows)
    counted = session.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")) or 0
    if counted != len(rows):
        yield f"the audit trail ends at entry {len(rows)}; {counted} were written"


def _says_what_it_said(row: AuditRow) -> bool:
    if row.time is None or row.salt is None:
        return False
    fields = row.who, row.what, row.subject, row.about, row.digest
    said = [row.time.isoformat(), *(field or "" for field in fields)]
    return row.entry_digest == _entry_digest(said, row.salt)


def _wrongly_emptied(rows: Sequence[AuditRow]) -> Iterator[str]:
    emptied: dict[int, list[AuditRow]] = {}
    for row in rows:
        if row.erased_by is not None:
            emptied.setdefault(row.erased_by, []).append(row)
    for row in (row for row in rows if row.what == Act.PERSON_ERASED):
        if row.digest != _emptied_digest(emptied.pop(row.number, [])):
            yield f"entry {row.number} of the audit trail erased others than those empty now"
    for lost in emptied.values():
        yield f"entry {lost[0].number} of the audit trail was emptied, and nothing says why"


def _entry_digest(said: list[str], salt: str) -> str:
    return digest_of(json.dumps([*said, salt]))


def _emptied_digest(rows: Iterable[AuditRow]) -> str:
    return digest_of(*(f"{row.number} {row.entry_digest}" for row in rows))
