"""What the entries of a hand-over file say, checked, as values that a store can take over."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import ValidationError

from formcheck.errors import FormcheckError, HandoverError
from formcheck.handover.archive import Archive, first_mistake, refused
from formcheck.handover.manifest import (
    RECORD,
    SET_NAME,
    STATEMENTS,
    prescription_file_name,
    session_file,
)
from formcheck.handover.revisions import signed
from formcheck.handover.statements import (
    Revision,
    Statements,
    parsed_record,
    parsed_statements,
)
from formcheck.prescription.model import Prescription
from formcheck.prescription.seal import digest
from formcheck.recordings import Recording, prescription_file
from formcheck.recordings.meta import SUFFIX as POSES
from formcheck.recordings.session_facts import EVENTS, SESSION, SessionFacts
from formcheck.recordings.session_facts import FORMAT_VERSION as SESSION_FORMAT_VERSION
from formcheck.store import HandedOver, SavedPrescription, SessionRecord, SetRecord


@dataclass(frozen=True, slots=True)
class Contents:
    """A whole file that was looked through.

    Attributes
    ----------
    handed
        What the store takes over.
    newest
        The newest prescription in it; None where there is none.
    """

    handed: HandedOver
    newest: Prescription | None


def contents_of(archive: Archive, person: str, *, prescription_comes_next: bool) -> Contents:
    """Return what a file holds.

    Sessions are read one after the other, while the store takes them over.

    Parameters
    ----------
    person
        Who it is about, as they are called here.

    Raises
    ------
    HandoverError
        If something in it is not as formcheck writes it, or the prescription is for another person.
    """
    said = parsed_statements(archive.contents(STATEMENTS), f"{archive.name}/{STATEMENTS}")
    plans = {one.revision: _plan(archive, one) for one in said.revisions}
    _check_files(archive, said, plans)
    newest = plans[max(plans)] if plans else None
    if newest is not None and newest.person not in {person, archive.manifest.person}:
        raise HandoverError(
            f"{archive.name} is about {archive.manifest.person!r}, and the prescription in it is"
            f" for {newest.person!r}. Nothing was changed: if they are the same person, open it"
            f" with --person {newest.person!r}"
        )
    handed = HandedOver(
        person=person,
        sessions=_sessions(archive),
        pain=said.pain,
        screens=said.screens,
        outcomes=said.outcomes,
        overrides=said.overrides,
        corrections=said.corrections,
        prescriptions=[
            _saved(one, plans[one.revision], _text(archive, one.revision)) for one in said.revisions
        ],
        prescription_comes_next=prescription_comes_next,
        source=f"hand-over of {archive.manifest.saved_at:%Y-%m-%d %H:%M} UTC",
    )
    return Contents(handed, newest)


def _plan(archive: Archive, revision: Revision) -> Prescription:
    where = f"{archive.name}/{prescription_file_name(revision.revision)}"
    try:
        return prescription_file.parsed(_text(archive, revision.revision), where)
    except RecursionError as error:
        raise refused(where, "it is nested too deeply") from error


def _text(archive: Archive, revision: int) -> str:
    name = prescription_file_name(revision)
    try:
        return archive.contents(name).decode()
    except UnicodeDecodeError as error:
        raise refused(archive.name, f"{name} is no text") from error


def _saved(revision: Revision, plan: Prescription, text: str) -> SavedPrescription:
    """Return a revision; who has sealed it is not believed but looked up in its seal."""
    name, moment = signed(plan)
    return SavedPrescription(
        revision=revision.revision,
        based_on_revision=revision.based_on_revision,
        toml=text,
        digest=digest(plan),
        signed_by=name,
        signed_at=moment,
        saved_by=revision.saved_by,
        saved_at=revision.saved_at,
    )


def _check_files(archive: Archive, said: Statements, plans: dict[int, Prescription]) -> None:
    """Refuse revisions that are missing, and sessions that are named and not there."""
    if [one.revision for one in said.revisions] != list(range(1, len(plans) + 1)):
        raise refused(archive.name, "its prescriptions are not numbered from 1")
    if any(one.based_on_revision >= one.revision for one in said.revisions):
        raise refused(archive.name, "a prescription was made from a later one")
    told = {prescription_file_name(revision) for revision in plans}
    found = {name for name in archive.manifest.files if name.startswith("prescriptions/")}
    if told != found:
        raise refused(archive.name, "a prescription in it is not told of")
    ids = set(archive.manifest.session_ids)
    named = {name.split("/")[1] for name in archive.manifest.files if name.startswith("sessions/")}
    if named != ids:
        raise refused(archive.name, f"a session in it has no {RECORD}")
    if not {one.session_id for one in said.corrections} <= ids:
        raise refused(archive.name, "it corrects a session that is not in it")


def _sessions(archive: Archive) -> Iterator[SessionRecord]:
    for session_id in archive.manifest.session_ids:
        yield _session(archive, session_id)


def _session(archive: Archive, session_id: str) -> SessionRecord:
    """Return a session with its files."""
    where = f"{archive.name}/{session_file(session_id, RECORD)}"
    record = parsed_record(archive.contents(session_file(session_id, RECORD)), where)
    names = [one.name for one in record.sets]
    if record.id != session_id or len(set(names)) != len(names):
        raise refused(where, "it names another session, or a set twice")
    if record.person != archive.manifest.person:
        raise refused(where, "it is about another person")
    found = {name for name in archive.manifest.files if name.startswith(f"sessions/{session_id}/")}
    recordings = {session_file(session_id, f"{name}{POSES}") for name in names}
    if recordings != {name for name in found if name.endswith(POSES)}:
        raise refused(where, "its sets are not those of its recordings")
    return replace(
        record,
        facts=_facts(archive, session_id),
        events=archive.contents(session_file(session_id, EVENTS)),
        sets=tuple(_with_poses(archive, session_id, one) for one in record.sets),
    )


def _facts(archive: Archive, session_id: str) -> bytes:
    name = session_file(session_id, SESSION)
    contents = archive.contents(name)
    try:
        facts = SessionFacts.model_validate_json(contents)
    except ValidationError as error:
        raise refused(f"{archive.name}/{name}", first_mistake(error)) from error
    if facts.format_version > SESSION_FORMAT_VERSION:
        raise HandoverError(
            f"{archive.name}/{name} was written by a newer formcheck: update formcheck."
            " Nothing was changed"
        )
    return contents


def _with_poses(archive: Archive, session_id: str, one: SetRecord) -> SetRecord:
    if not SET_NAME.fullmatch(one.name) or not one.name.endswith(f"-{one.exercise}"):
        raise refused(archive.name, "a set is not named like its exercise")
    name = session_file(session_id, f"{one.name}{POSES}")
    contents = archive.contents(name)
    try:
        Recording(contents, name=name)
    except FormcheckError as error:
        raise refused(archive.name, f"{name} is no recording of poses ({error})") from error
    return replace(one, poses=contents)
