"""Which prescription a live session follows: one that is given, or the one in the store."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.cli.output import console
from formcheck.errors import UsageError
from formcheck.exercises.library import load_all
from formcheck.prescription.day_words import in_words
from formcheck.prescription.model import Prescription
from formcheck.prescription.seal import digest
from formcheck.recordings import prescription_file

if TYPE_CHECKING:
    from formcheck.store import SavedPrescription, Store
    from formcheck.web.programme import Programme


def programme_of(
    store: "Store", file: Path | None, person: str | None, today: date
) -> "Programme | None":
    """Return what is prescribed, with what may change by itself; None where nothing is.

    Parameters
    ----------
    file
        A prescription to follow from here on: it is kept as the next revision of the store.
    person
        Whose prescription of the store to follow; the only one's where it is None.

    Raises
    ------
    PrescriptionError
        If the file is none, or something in it blocks.
    UsageError
        If it cannot be told whose prescription is meant.
    """
    # SQLAlchemy is slow to load, and no other command of a session needs it.
    from formcheck.web.programme import Programme  # noqa: PLC0415

    if file is not None:
        prescription = prescription_file.load(file)
        if person not in {None, prescription.person}:
            raise UsageError(f"{file} is for {prescription.person}, and not for {person}")
        # What blocks is not followed from here on, either.
        Programme(prescription, 1, load_all(), store).refuse_blocked(today)
        saved = kept(store, prescription)
    else:
        found = _of_store(store, person)
        if found is None:
            return None
        saved = found
    current = prescription_file.parsed(saved.toml, f"revision {saved.revision} of the store")
    return stepped(store, current, saved.revision, today)


def stepped(store: "Store", prescription: Prescription, revision: int, today: date) -> "Programme":
    """Return a programme with the steps that its therapist allows, kept from here on."""
    # SQLAlchemy is slow to load, and no other command of a session needs it.
    from formcheck.web.programme import Programme  # noqa: PLC0415
    from formcheck.weeks import advanced, kept_of, weeks_of  # noqa: PLC0415

    exercises = load_all()
    past = kept_of(store, prescription.person, today, prescription)
    proposed = weeks_of(past, exercises, today).proposals if past else ()
    changed = advanced(prescription, proposed, exercises, today)
    as_it_was = Programme(prescription, revision, exercises, store)
    taken = [one for one in proposed if one.proposal.applies]
    if not taken or Programme(changed, revision, exercises, store).findings(today):
        return as_it_was
    return Programme(changed, kept(store, changed).revision, exercises, store, taken)


def kept(store: "Store", prescription: Prescription) -> "SavedPrescription":
    """Return a prescription as the store has it, added where it is another than its newest.

    Of the same orders the steps that were taken since stay, also where a seal is new.
    """
    from formcheck.handover import as_here, signed  # noqa: PLC0415
    from formcheck.store import PrescriptionDraft  # noqa: PLC0415

    newest = store.prescription(prescription.person)
    prescription = as_here(newest, prescription)
    if newest and newest.toml == prescription_file.written(prescription):
        return newest
    signed_by, signed_at = signed(prescription)
    therapist = prescription.therapist.name if prescription.therapist else ""
    draft = PrescriptionDraft(
        toml=prescription_file.written(prescription),
        digest=digest(prescription),
        based_on_revision=newest.revision if newest else 0,
        saved_by=therapist or prescription.person,
        signed_by=signed_by,
        signed_at=signed_at,
    )
    return store.save_prescription(prescription.person, draft)


def say_day_of_rest(programme: "Programme", today: date) -> None:
    """Say that nothing is due today, and when something is next."""
    upcoming = programme.next_day(today)
    when = f" The next session is on {upcoming:%A}, {in_words(upcoming)}." if upcoming else ""
    console.print(f"Nothing is due today.{when} Choose freely, or rest.", highlight=False)


def _of_store(store: "Store", person: str | None) -> "SavedPrescription | None":
    known = [one.pseudonym for one in store.people if store.prescription(one.pseudonym)]
    if person is not None:
        if person not in known:
            raise UsageError(
                f"nothing is prescribed for {person!r} in {store.folder}: give --prescription FILE"
                + (f" (there is something for {', '.join(known)})" if known else "")
            )
        return store.prescription(person)
    if len(known) > 1:
        raise UsageError(
            f"several people have prescriptions here: give --person, {', '.join(known)}"
        )
    return store.prescription(known[0]) if known else None
