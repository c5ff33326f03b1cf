"""Whoever exercises here, by a pseudonym."""

import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from formcheck.errors import StoreError
from formcheck.store.audit import FORMCHECK, Act, digest_of, note
from formcheck.store.tables import PersonRow, row_of, values_of

UNNAMED = "patient"
"""Who exercises where nobody is named."""

# Not formcheck itself: in the audit trail that is nobody.
_PSEUDONYMS = re.compile(rf"(?!{FORMCHECK}$)[\w.-][\w .-]{{0,63}}")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who exercises here, and since when the store knows them."""

    pseudonym: str
    since: datetime


def people(session: Session) -> tuple[Person, ...]:
    """Return everybody, by pseudonym."""
    return values_of(Person, session.scalars(select(PersonRow).order_by(PersonRow.pseudonym)))


def person_row(session: Session, pseudonym: str) -> PersonRow:
    """Return somebody's row; whoever is new is added.

    Raises
    ------
    StoreError
        If it is no pseudonym.
    """
    found = session.scalar(select(PersonRow).where(PersonRow.pseudonym == pseudonym))
    if found:
        return found
    if not _PSEUDONYMS.fullmatch(pseudonym):
        raise StoreError(
            f"expected a pseudonym of 1 to 64 letters, digits, spaces, '.', '-' or '_',"
            f" and not {FORMCHECK!r}; got {pseudonym!r}"
        )
    person = Person(pseudonym, datetime.now(UTC))
    row = row_of(PersonRow, person, token=secrets.token_hex(8))
    session.add(row)
    session.flush()
    note(session, FORMCHECK, Act.PERSON_ADDED, row.token, "", digest_of(pseudonym))
    return row


def known_row(session: Session, pseudonym: str) -> PersonRow:
    """Return the row of somebody who is known.

    Raises
    ------
    StoreError
        If nobody is called so.
    """
    found = session.scalar(select(PersonRow).where(PersonRow.pseudonym == pseudonym))
    if found is None:
        known = ", ".join(one.pseudonym for one in people(session)) or "nobody"
        raise StoreError(f"the store does not know {pseudonym!r}; it knows {known}")
    return found
