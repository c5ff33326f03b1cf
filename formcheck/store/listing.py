"""List the sessions of everybody: found by words, narrowed down by kind, page by page."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from formcheck.analysis.verdict import TOO_LITTLE_ASSESSED
from formcheck.store.records import SessionEnd
from formcheck.store.summaries import FaultSeen
from formcheck.store.tables import PersonRow, SessionRow, SummaryRow


class SessionKind(enum.StrEnum):
    """What a list of sessions can be narrowed down to."""

    NOT_REVIEWED = "not_reviewed"
    REVIEWED = "reviewed"
    TO_TELL = "to_tell"
    HURT = "hurt"
    FAULTS = "faults"
    HARDLY_ASSESSED = "hardly_assessed"
    CORRECTED = "corrected"


class SessionOrder(enum.StrEnum):
    """In which order sessions are listed.

    ``neediest``: not reviewed before reviewed; of these what a therapist has to be told of, then
    where it hurt, then what could hardly be judged, then by how many repetitions had a fault.
    """

    NEWEST = "newest"
    OLDEST = "oldest"
    NEEDIEST = "neediest"


class Word(NamedTuple):
    """One word that is searched for.

    Attributes
    ----------
    text
        In small letters.
    exercises
        Ids of exercises that are called so.
    since, until
        The stretch of time that it names, if it names one.
    """

    text: str
    exercises: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Which sessions are asked for, and in which order.

    Attributes
    ----------
    words
        All of them must be found, each anywhere: in the pseudonym, in the name of an exercise, in
        what was wrong, in a comment, or as a day.
    person
        Only of this one.
    offset, limit
        Which of them, from 0, and how many at most.
    """

    words: tuple[Word, ...] = ()
    kind: SessionKind | None = None
    person: str | None = None
    order: SessionOrder = SessionOrder.NEWEST
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class ListedSession:
    """One session in a list of everybody's."""

    id: str
    person: str
    started: datetime
    end: SessionEnd
    duration_s: float
    exercises: tuple[str, ...]
    n_sets: int
    n_sets_done: int
    n_repetitions: int
    n_with_faults: int
    held_s: float
    assessed_share: float | None
    faults: tuple[FaultSeen, ...]
    n_pain_reports: int
    pain_before: int | None
    pain_highest: int | None
    to_tell: tuple[str, ...]
    n_corrections: int
    signed_off_by: str | None
    signed_off_at: datetime | None

    @property
    def is_hardly_assessed(self) -> bool:
        """Whether most of it could not be judged."""
        return self.assessed_share is not None and self.assessed_share < TOO_LITTLE_ASSESSED


class Listed(NamedTuple):
    """A page of a list, and how many there are in all."""

    sessions: tuple[ListedSession, ...]
    n_found: int


class Hits(NamedTuple):
    """How many sessions of somebody were found, and the newest of them."""

    n_sessions: int
    newest: str | None


_KINDS: dict[SessionKind, ColumnElement[bool]] = {
    SessionKind.NOT_REVIEWED: SummaryRow.signed_off_at.is_(None),
    SessionKind.REVIEWED: SummaryRow.signed_off_at.is_not(None),
    SessionKind.TO_TELL: SummaryRow.to_tell != (),
    SessionKind.HURT: SummaryRow.n_pain_reports > 0,
    SessionKind.FAULTS: SummaryRow.n_with_faults > 0,
    SessionKind.HARDLY_ASSESSED: SummaryRow.assessed_share < TOO_LITTLE_ASSESSED,
    SessionKind.CORRECTED: SummaryRow.n_corrections > 0,
}
_NEWEST = SummaryRow.started.desc(), SummaryRow.session_id.desc()
_ORDERS: dict[SessionOrder, tuple[Any, ...]] = {
    SessionOrder.NEWEST: _NEWEST,
    SessionOrder.OLDEST: (SummaryRow.started, SummaryRow.session_id),
    SessionOrder.NEEDIEST: (
        _KINDS[SessionKind.REVIEWED],
        _KINDS[SessionKind.TO_TELL].desc(),
        _KINDS[SessionKind.HURT].desc(),
        func.coalesce(_KINDS[SessionKind.HARDLY_ASSESSED], False).desc(),
        SummaryRow.n_with_faults.desc(),
        *_NEWEST,
    ),
}


def listed(session: Session, asked: Asked) -> Listed:
    """Return a page of the sessions that are asked for."""
    people = _people(session)
    which = and_(*_conditions(asked, people))
    n_found = session.scalar(select(func.count()).select_from(SummaryRow).where(which)) or 0
    page = select(SummaryRow.session_id).where(which).order_by(*_ORDERS[asked.order])
    ids = session.scalars(page.offset(asked.offset).limit(asked.limit)).all()
    names = {number: pseudonym for pseudonym, number in people.items()}
    rows = select(SummaryRow, SessionRow.end, SessionRow.duration_s)
    rows = rows.join(SessionRow, SessionRow.id == SummaryRow.session_id)
    found = {
        row.session_id: _session_of(row, names[row.person_id], end, duration_s)
        for row, end, duration_s in session.execute(rows.where(SummaryRow.session_id.in_(ids)))
    }
    return Listed(tuple(found[one] for one in ids), n_found)


def hits(session: Session, words: Sequence[Word]) -> dict[str, Hits]:
    """Return of whom anything is found, by pseudonym: in a session, or in their name alone."""
    people = _people(session)
    names = {number: pseudonym for pseudonym, number in people.items()}
    columns = SummaryRow.person_id, func.count(), func.max(SummaryRow.session_id)
    asked = select(*columns).where(*_conditions(Asked(tuple(words)), people))
    found = {
        names[number]: Hits(int(n), newest)
        for number, n, newest in session.execute(asked.group_by(SummaryRow.person_id))
    }
    for pseudonym in people:
        if all(word.text in pseudonym.casefold() for word in words):
            found.setdefault(pseudonym, Hits(0, None))
    return found


def summaries_of(session: Session, person: str) -> tuple[ListedSession, ...]:
    """Return every session of a person as it stands in a list, the oldest first."""
    everything = Asked(person=person, order=SessionOrder.OLDEST, limit=-1)
    return listed(session, everything).sessions


def _people(session: Session) -> dict[str, int]:
    rows = session.execute(select(PersonRow.pseudonym, PersonRow.id))
    return {row.pseudonym: row.id for row in rows}


def _conditions(asked: Asked, people: dict[str, int]) -> list[ColumnElement[bool]]:
    found = [_found(word, people) for word in asked.words]
    if asked.kind is not None:
        found.append(_KINDS[asked.kind])
    if asked.person is not None:
        found.append(SummaryRow.person_id == people.get(asked.person, -1))
    return found or [SummaryRow.session_id.is_not(None)]


def _found(word: Word, people: dict[str, int]) -> ColumnElement[bool]:
    """Return where a word is found; nothing in it is a pattern."""
    called = [number for pseudonym, number in people.items() if word.text in pseudonym.casefold()]
    ways = [func.instr(SummaryRow.words, word.text) > 0]
    ways += [func.instr(SummaryRow.exercises, f'"{one}"') > 0 for one in word.exercises]
    if called:
        ways.append(SummaryRow.person_id.in_(called))
    if word.since is not None and word.until is not None:
        ways.append(and_(SummaryRow.started >= word.since, SummaryRow.started < word.until))
    return or_(*ways)


def _session_of(row: SummaryRow, person: str, end: SessionEnd, duration_s: float) -> ListedSession:
    return ListedSession(
        id=row.session_id,
        person=person,
        started=row.started,
        end=end,
        duration_s=duration_s,
        exercises=row.exercises,
        n_sets=row.n_sets,
        n_sets_done=row.n_sets_done,
        n_repetitions=row.n_repetitions,
        n_with_faults=row.n_with_faults,
        held_s=row.held_s,
        assessed_share=row.assessed_share,
        faults=tuple(FaultSeen(*one) for one in row.faults),
        n_pain_reports=row.n_pain_reports,
        pain_before=row.pain_before,
        pain_highest=row.pain_highest,
        to_tell=row.to_tell,
        n_corrections=row.n_corrections,
        signed_off_by=row.signed_off_by,
        signed_off_at=row.signed_off_at,
    )
