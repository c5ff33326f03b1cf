"""Keep what an upper layer has put together of each person, until something new is known of them.

What the store does not know is what the facts say; it knows when they have to be made anew: every
writing about a person is an entry of the audit trail.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from formcheck.store.people import known_row
from formcheck.store.tables import AuditRow, PersonFactsRow, PersonRow


@dataclass(frozen=True, slots=True)
class KeptFacts:
    """What was put together of a person.

    Attributes
    ----------
    stamp
        What is known now: the number of the newest entry about them in the audit trail.
    facts
        As JSON knows them; None where there are none, or something new is known since.
    """

    person: str
    since: datetime
    stamp: int
    facts: Any


def kept_facts(session: Session, person: str | None = None) -> tuple[KeptFacts, ...]:
    """Return what there is of everybody or of one person, by pseudonym."""
    newest = select(func.max(AuditRow.number)).where(AuditRow.subject == PersonRow.token)
    stamp = func.coalesce(newest.correlate(PersonRow).scalar_subquery(), 0)
    asked = (
        select(
            PersonRow.pseudonym, PersonRow.since, stamp, PersonFactsRow.stamp, PersonFactsRow.facts
        )
        .join(PersonFactsRow, PersonFactsRow.person_id == PersonRow.id, isouter=True)
        .order_by(PersonRow.pseudonym)
    )
    if person is not None:
        asked = asked.where(PersonRow.pseudonym == person)
    return tuple(
        KeptFacts(pseudonym, since, now, facts if now == then else None)
        for pseudonym, since, now, then, facts in session.execute(asked)
    )


def keep_facts(session: Session, person: str, stamp: int, facts: Any) -> None:
    """Keep what was put together of a person when so much was known.

    Raises
    ------
    StoreError
        If nobody is called so.
    """
    row = known_row(session, person)
    session.execute(delete(PersonFactsRow).where(PersonFactsRow.person_id == row.id))
    session.add(PersonFactsRow(person_id=row.id, stamp=stamp, facts=facts))
