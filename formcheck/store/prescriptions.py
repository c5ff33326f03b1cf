"""Prescriptions, each saving a revision of its own: nothing is ever overwritten."""

from datetime import UTC, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from formcheck.errors import StaleRevisionError
from formcheck.store.audit import Act, digest_of, note
from formcheck.store.people import person_row
from formcheck.store.statements import PrescriptionDraft, SavedPrescription
from formcheck.store.tables import PersonRow, PrescriptionRow, row_of, value_of, values_of


def save_prescription(session: Session, person: str, draft: PrescriptionDraft) -> SavedPrescription:
    """Add a revision.

    Raises
    ------
    StaleRevisionError
        If another one has been saved since the one that this was made from.
    """
    row = person_row(session, person)
    newest = newest_prescription(session, person)
    there = newest.revision if newest else 0
    if draft.based_on_revision != there:
        raise _stale(person, draft, newest)
    saved = SavedPrescription(
        revision=there + 1,
        based_on_revision=draft.based_on_revision,
        toml=draft.toml,
        digest=draft.digest,
        signed_by=draft.signed_by,
        signed_at=draft.signed_at,
        saved_by=draft.saved_by,
        saved_at=datetime.now(UTC),
    )
    _add(session, row, saved)
    return saved


def copy_prescription(session: Session, person: str, saved: SavedPrescription) -> None:
    """Add a revision as another store has it; it has to be the next one here."""
    _add(session, person_row(session, person), saved)


def newest_prescription(session: Session, person: str) -> SavedPrescription | None:
    """Return what is prescribed now; None where nothing was."""
    found = session.scalar(_of(person).order_by(PrescriptionRow.revision.desc()).limit(1))
    return value_of(SavedPrescription, found) if found else None


def prescriptions(session: Session, person: str) -> tuple[SavedPrescription, ...]:
    """Return every revision, the oldest first."""
    rows = session.scalars(_of(person).order_by(PrescriptionRow.revision))
    return values_of(SavedPrescription, rows)


def _add(session: Session, person: PersonRow, saved: SavedPrescription) -> None:
    session.add(row_of(PrescriptionRow, saved, person_id=person.id))
    what = Act.PRESCRIPTION_SIGNED if saved.signed_by else Act.PRESCRIPTION_SAVED
    about = f"prescription {saved.revision}"
    note(session, saved.saved_by, what, person.token, about, digest_of(saved.toml))


def _of(person: str) -> Select[PrescriptionRow]:
    theirs = select(PersonRow.id).where(PersonRow.pseudonym == person).scalar_subquery()
    return select(PrescriptionRow).where(PrescriptionRow.person_id == theirs)


def _stale(
    person: str, draft: PrescriptionDraft, newest: SavedPrescription | None
) -> StaleRevisionError:
    if newest is None:
        return StaleRevisionError(
            f"there is no prescription of {person} yet; this one says that it was made from"
            f" revision {draft.based_on_revision}. Nothing was saved: save it as a new one."
        )
    return StaleRevisionError(
        f"{newest.saved_by} has saved revision {newest.revision} of the prescription of {person}"
        f" on {newest.saved_at:%Y-%m-%d at %H:%M} UTC; yours was made from revision"
        f" {draft.based_on_revision}. Nothing was overwritten: open revision {newest.revision}"
        " and make your changes in it."
    )
