"""Put together the bundle of a person, have it checked, and write it.

FHIR R4B: most clinics run R4, and none of the resources used here differs between the two
(docs/decisions/0025-fhir.md).
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.exchange.fhir.entries import Entries
from formcheck.exchange.fhir.observations import Observations
from formcheck.exchange.fhir.plan import Plans, Revision
from formcheck.exchange.fhir.vocabulary import Codes, Resource
from formcheck.exchange.known import known_exercises
from formcheck.exchange.span import EVER, Span
from formcheck.exercises.schema import Exercise
from formcheck.file_analysis import Progress, no_progress
from formcheck.files import atomic_path
from formcheck.reviewing.corrected import reviewed
from formcheck.reviewing.judged import JudgedSession
from formcheck.store import Store


def bundle_of(
    store: Store, person: str, span: Span = EVER, progress: Progress = no_progress
) -> Resource:
    """Return what is kept of a person as a FHIR bundle.

    Parameters
    ----------
    span
        Of the sessions, pain and scores; what is prescribed now always goes along.

    Raises
    ------
    StoreError
        If something of it cannot be read.
    """
    since = next(one.since for one in store.people if one.pseudonym == person)
    # The same pseudonym elsewhere is somebody else: the moment it was first written tells them.
    owner = f"{person}|{since.isoformat()}"
    entries, codes = Entries(owner), Codes()
    subject = _patient(entries, person)
    exercises = known_exercises(store, [person])
    sessions = _sessions(store, person, exercises, span, progress)
    names = {one.id: one.name for one in exercises.values()}
    plans = Plans(entries, codes, subject, names)
    plans.add(_revisions(store, person, sessions))
    observations = Observations(entries, codes, plans, subject)
    for session in sessions:
        observations.add_session(session)
    for rating in store.pain(person, span.since):
        if span.has(rating.time):
            observations.add_pain(rating)
    for score in store.outcomes(person):
        if span.has_day(score.day):
            observations.add_outcome(score)
    for system in codes.systems():
        entries.add(system["url"], system)
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "entry": entries.bundled(),
    }


def write_bundle(bundle: Resource, path: Path) -> None:
    """Check a bundle against FHIR R4B, and write it as JSON.

    Raises
    ------
    OutputError
        If it cannot be written, or the extra is not installed.
    """
    check(bundle)
    with atomic_path(path) as temporary:
        text = json.dumps(bundle, ensure_ascii=False, indent=1, allow_nan=False)
        temporary.write_text(text + "\n", encoding="utf-8")


def check(bundle: Resource) -> None:
    """Check a bundle against FHIR R4B.

    Raises
    ------
    ValueError
        If it is none; pydantic's message says where.
    OutputError
        If the extra is not installed.
    """
    try:
        from fhir.resources.R4B.bundle import Bundle  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise OutputError("FHIR needs fhir.resources: install formcheck[exchange]") from error
    Bundle.model_validate(bundle)


def _patient(entries: Entries, person: str) -> Resource:
    """Add the patient: a pseudonym, and nothing else that is known of them."""
    system = entries.address("pseudonyms", "")
    patient = {
        "resourceType": "Patient",
        "identifier": [{"type": {"text": "pseudonym"}, "system": system, "value": person}],
    }
    return entries.add("", patient)


def _sessions(
    store: Store, person: str, exercises: Mapping[str, Exercise], span: Span, progress: Progress
) -> list[JudgedSession]:
    lines = store.sessions(person, span.since, span.until)
    found = []
    for number, line in enumerate(lines):
        progress(number, len(lines))
        found.append(reviewed(store, line.id, exercises))
    progress(len(lines), len(lines))
    return found


def _revisions(store: Store, person: str, sessions: list[JudgedSession]) -> list[Revision]:
    """Return what is prescribed now, and every revision that a session followed."""
    saved = store.prescriptions(person)
    followed = {session.record.prescription_revision for session in sessions}
    newest = max((one.revision for one in saved), default=0)
    return [Revision.of(one) for one in saved if one.revision in {newest, *followed}]
