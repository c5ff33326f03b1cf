"""Take over what another store holds of a person: what is new is added, nothing is overwritten."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session, undefer

from formcheck.errors import StoreError
from formcheck.store import saying
from formcheck.store.audit import FORMCHECK, Act, digest_of, note
from formcheck.store.corrections import Correction
from formcheck.store.people import person_row
from formcheck.store.prescriptions import copy_prescription, prescriptions
from formcheck.store.records import SessionRecord
from formcheck.store.statements import (
    OutcomeScore,
    PainRating,
    RedFlagScreen,
    RuleOverride,
    SavedPrescription,
)
from formcheck.store.tables import PersonRow, SessionRow, SetRow
from formcheck.store.taking_in import recording_digest, take_in

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What another store holds of a person.

    Attributes
    ----------
    person
        The pseudonym by which they go here.
    sessions
        Read once, one after the other.
    pain, screens
        What was said outside of these sessions.
    prescriptions
        The oldest first.
    prescription_comes_next
        Whether the newest of them becomes the next one here also where another was made here
        meanwhile.
    source
        What it came from, for the audit trail.
    """

    person: str
    sessions: Iterable[SessionRecord] = ()
    pain: Sequence[PainRating] = ()
    screens: Sequence[RedFlagScreen] = ()
    outcomes: Sequence[OutcomeScore] = ()
    overrides: Sequence[RuleOverride] = ()
    corrections: Sequence[Correction] = ()
    prescriptions: Sequence[SavedPrescription] = ()
    prescription_comes_next: bool = False
    source: str = ""


@dataclass(slots=True)
class Merged:
    """What was new, and what could not be taken over.

    Attributes
    ----------
    sessions
        Ids of those that are new.
    revisions
        Of the prescription, as they are numbered here.
    conflicts
        What here says something else, in plain words; it was left as it is.
    """

    sessions: list[str] = field(default_factory=list)
    n_pain: int = 0
    n_screens: int = 0
    n_outcomes: int = 0
    n_overrides: int = 0
    n_corrections: int = 0
    revisions: list[int] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)

    @property
    def is_nothing_new(self) -> bool:
        """Whether the store is as it was."""
        said = self.n_pain, self.n_screens, self.n_outcomes, self.n_overrides, self.n_corrections
        return not (self.sessions or self.revisions or any(said))


def merge(session: Session, handed: HandedOver, folder: Path) -> Merged:
    """Add what is new of a person.

    Parameters
    ----------
    session
        A transaction that writes: all of it or nothing.
    folder
        Of the store, where sessions lie that are not in it yet.

    Raises
    ------
    StoreError
        If something in it is nothing that a store can keep.
    """
    merged = Merged()
    try:
        _sessions(session, handed, folder, merged)
        _said(session, handed, merged)
        _corrections(session, handed, merged)
        _prescriptions(session, handed, merged)
    except (IntegrityError, StatementError, OverflowError) as error:
        reason = error.orig if isinstance(error, StatementError) else error
        raise StoreError(
            f"{handed.source} holds what no store can keep ({reason}). Nothing was changed"
        ) from error
    if not merged.is_nothing_new:
        token = person_row(session, handed.person).token
        note(session, FORMCHECK, Act.TAKEN_OVER, token, handed.source, digest_of(repr(merged)))
    return merged


def _sessions(session: Session, handed: HandedOver, folder: Path, merged: Merged) -> None:
    for one in handed.sessions:
        record = replace(one, person=handed.person)
        kept = session.get(SessionRow, record.id, options=[undefer(SessionRow.events)])
        if kept is not None:
            if not _is_the_same(session, kept, record):
                merged.conflicts.append(f"session {record.id} is here with other contents")
        elif (folder / record.id).exists():
            merged.conflicts.append(
                f"session {record.id} has a folder here that is not in the store yet"
            )
        else:
            take_in(session, record)
            merged.sessions.append(record.id)


def _is_the_same(session: Session, kept: SessionRow, record: SessionRecord) -> bool:
    """Whether a session is of the same person, and was made of the same files."""
    person = session.get_one(PersonRow, kept.person_id)
    asked = select(SetRow.name, SetRow.recording_sha256).where(SetRow.session_id == kept.id)
    sets = {(name, digest) for name, digest in session.execute(asked)}
    theirs = {(one.name, recording_digest(one.poses)) for one in record.sets}
    files = kept.facts, zlib.decompress(kept.events)
    return (
        person.pseudonym == record.person
        and sets == theirs
        and files == (record.facts, record.events)
    )


def _said(session: Session, handed: HandedOver, merged: Merged) -> None:
    person = handed.person
    for pain in _new(handed.pain, saying.pain(session, person, None)):
        saying.add_pain(session, person, pain)
        merged.n_pain += 1
    for screen in _new(handed.screens, saying.screens(session, person)):
        saying.add_screen(session, person, screen)
        merged.n_screens += 1
    for score in _new(handed.outcomes, saying.outcomes(session, person, None)):
        saying.add_outcome(session, person, score, person)
        merged.n_outcomes += 1
    for override in _new(handed.overrides, saying.overrides(session, person)):
        saying.add_override(session, person, override)
        merged.n_overrides += 1


def _new(theirs: Iterable[_Value], here: Iterable[_Value]) -> Iterator[_Value]:
    """Yield what is not here, once; answers have no hash, and times are all in UTC."""
    known = set(map(repr, here))
    for one in theirs:
        if repr(one) not in known:
            known.add(repr(one))
            yield one


def _corrections(session: Session, handed: HandedOver, merged: Merged) -> None:
    unknown: set[str] = set()
    for one in _new(handed.corrections, _corrections_here(session, handed)):
        kept = session.get(SessionRow, one.session_id)
        if kept is None or _is_told(one.session_id, merged.conflicts):
            unknown.add(one.session_id)
            continue
        saying.add_corrections(session, [one])
        merged.n_corrections += 1
    merged.conflicts += [f"corrections of session {one} were left out" for one in sorted(unknown)]


def _corrections_here(session: Session, handed: HandedOver) -> list[Correction]:
    ids = sorted({one.session_id for one in handed.corrections})
    return [one for session_id in ids for one in saying.corrections(session, session_id)]


def _is_told(session_id: str, conflicts: Iterable[str]) -> bool:
    return any(one.startswith(f"session {session_id} ") for one in conflicts)


def _prescriptions(session: Session, handed: HandedOver, merged: Merged) -> None:
    here = {one.revision: one for one in prescriptions(session, handed.person)}
    texts = {one.toml for one in here.values()}
    for one in handed.prescriptions:
        known = here.get(one.revision)
        if known is not None and known.toml == one.toml:
            continue
        if known is None and one.revision == len(here) + 1:
            here[one.revision] = _copied(session, handed, one, merged)
            continue
        newest = handed.prescriptions[-1]
        if newest.toml in texts:
            return
        if handed.prescription_comes_next:
            next_one = replace(newest, revision=len(here) + 1, based_on_revision=len(here))
            _copied(session, handed, next_one, merged)
        else:
            merged.conflicts.append(_other_revision(one, known))
        return


def _copied(
    session: Session, handed: HandedOver, one: SavedPrescription, merged: Merged
) -> SavedPrescription:
    copy_prescription(session, handed.person, one)
    merged.revisions.append(one.revision)
    return one


def _other_revision(theirs: SavedPrescription, here: SavedPrescription | None) -> str:
    told = _who_and_when(theirs)
    if here is None:
        return (
            f"revision {theirs.revision} of the prescription, {told}, was made from a revision"
            f" {theirs.based_on_revision} that is not here"
        )
    return (
        f"revision {theirs.revision} of the prescription, {told}, was made from revision"
        f" {theirs.based_on_revision}, as was the one here, {_who_and_when(here)}"
    )


def _who_and_when(one: SavedPrescription) -> str:
    return f"saved by {one.saved_by!r} on {one.saved_at:%Y-%m-%d}"
