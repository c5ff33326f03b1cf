"""What a report of one session is made from, read from the store."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from pydantic import ValidationError

from formcheck.analysis.fitting import fitted
from formcheck.analysis.own_numbers import Fit
from formcheck.errors import FormcheckError, StoreError
from formcheck.exercises.schema import Exercise
from formcheck.patient_reports.judged import CountedSet, counted
from formcheck.patient_reports.set_readings import Poses
from formcheck.prescription.model import Prescription
from formcheck.recordings import Recording, prescription_file
from formcheck.recordings.session_journal import SessionJournal
from formcheck.reviewing.corrected import judged_session
from formcheck.reviewing.judged import JudgedSession
from formcheck.reviewing.layer import moved_landmarks
from formcheck.reviewing.poses import with_moved
from formcheck.store import SavedPrescription, SessionRecord, SetRecord, Store
from formcheck.store.figures import SetFigures

_log = logging.getLogger(__name__)
Progress = Callable[[int, int], None]
"""Told how much of how much is done."""


def silently(_done: int, _all: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class SetMaterial:
    """One set: what it came to, and the poses that it was seen in.

    Attributes
    ----------
    described
        The exercise with the numbers of this person, as it was done; None where it is not known.
    poses
        Empty where they cannot be read.
    """

    judged: CountedSet
    figures: SetFigures
    described: Exercise | None = None
    poses: Poses = field(default=(), repr=False)

    @property
    def exercise(self) -> str:
        """The id of what was done."""
        return self.judged.record.exercise


@dataclass(frozen=True)
class SessionMaterial:
    """One session, what was prescribed for it, and what a person has said about it.

    Attributes
    ----------
    judged
        As the machine judged it and as it is true.
    prescription, saved
        The revision that it followed; None where it followed none, or it cannot be read.
    exercises
        All that are known, those of the session's own among them.
    """

    judged: JudgedSession
    sets: tuple[SetMaterial, ...]
    prescription: Prescription | None
    saved: SavedPrescription | None
    exercises: Mapping[str, Exercise]

    @property
    def record(self) -> SessionRecord:
        """As the machine has judged it."""
        return self.judged.record

    @cached_property
    def by_exercise(self) -> tuple[tuple[SetMaterial, ...], ...]:
        """The sets of each step of the plan, in the order in which they were done."""
        steps = groupby(self.sets, key=lambda one: (one.judged.record.step_index, one.exercise))
        return tuple(tuple(sets) for _, sets in steps)

    @property
    def newest(self) -> datetime:
        """When the newest thing happened that is told."""
        ended = self.record.started + timedelta(seconds=self.record.duration_s)
        return max(ended, *(one.time for one in self.judged.corrections), ended)


def session_material(
    store: Store,
    person: str,
    session_id: str | None,
    exercises: Mapping[str, Exercise],
    progress: Progress = silently,
) -> SessionMaterial:
    """Return what there is of a session; of the newest one where none is named.

    Raises
    ------
    StoreError
        If there is no such person or session, or it is not theirs.
    """
    record = store.session(session_id or newest_session(store, person))
    if record.person != person:
        raise StoreError(f"the session {record.id!r} is not one of {person!r}")
    saved = _saved(store, person, record.prescription_revision)
    prescription = _parsed(saved, person)
    known = {**exercises, **_own_exercises(record.facts)}
    if prescription:
        known = {**known, **prescription.known(exercises)}
    judged = judged_session(record, store.corrections(record.id), known)
    fits = _fits(record, known)
    sets = []
    for number, one in enumerate(map(counted, judged.sets), start=1):
        figures = one.figures(record.started, record.id)
        poses = _poses(one.record.poses, one.record.name)
        moved = with_moved(poses, moved_landmarks(one.judged.laid))
        described = _described(one.record, known, fits)
        sets.append(SetMaterial(one, figures, described, moved))
        progress(number, len(record.sets))
    return SessionMaterial(judged, tuple(sets), prescription, saved, known)


def newest_session(store: Store, person: str) -> str:
    """Return the id of somebody's newest session.

    Raises
    ------
    StoreError
        If nobody is called so, or nothing was done yet.
    """
    require_person(store, person)
    lines = store.sessions(person)
    if not lines:
        raise StoreError(f"{person!r} has no session yet: there is nothing to report")
    return lines[-1].id


def require_person(store: Store, person: str) -> None:
    """Refuse who is not known.

    Raises
    ------
    StoreError
        If nobody is called so; the message says who is known.
    """
    names = [one.pseudonym for one in store.people]
    if person not in names:
        known = ", ".join(names) or "nobody"
        raise StoreError(f"the store does not know {person!r}; it knows {known}")


def _saved(store: Store, person: str, revision: int | None) -> SavedPrescription | None:
    if revision is None:
        return None
    return next((one for one in store.prescriptions(person) if one.revision == revision), None)


def _parsed(saved: SavedPrescription | None, person: str) -> Prescription | None:
    if saved is None:
        return None
    where = f"revision {saved.revision} of the prescription of {person}"
    try:
        return prescription_file.parsed(saved.toml, where)
    except FormcheckError as error:
        _log.warning("the report goes without the prescription: %s", error)
        return None


def _own_exercises(facts: bytes) -> dict[str, Exercise]:
    """Return the exercises that the session brought with it; none where they are not valid."""
    try:
        said: Any = json.loads(facts)
        own: Sequence[Any] = said.get("own_exercises", ())
        found = [Exercise.model_validate(one) for one in own]
    except (ValueError, AttributeError, TypeError, ValidationError):
        return {}
    return {one.id: one for one in found}


def _fits(record: SessionRecord, known: Mapping[str, Exercise]) -> dict[str, Fit]:
    """Return what was known of the person when each set was done, by the name of the set."""
    names = [one.name for one in record.sets if one.exercise in known]
    try:
        journal = SessionJournal(record.facts, record.events, f"session {record.id}")
        return {told.name: told.fit for told in journal.sets(names, known)}
    except FormcheckError as error:
        _log.warning("the report goes without what was known of the person: %s", error)
        return {}


def _described(
    one: SetRecord, known: Mapping[str, Exercise], fits: Mapping[str, Fit]
) -> Exercise | None:
    exercise = known.get(one.exercise)
    if exercise is None or one.name not in fits:
        return exercise
    try:
        return fitted(exercise, fits[one.name])
    except ValueError as error:  # numbers that do not go with each other, or with this exercise
        _log.warning("the report goes without the numbers of a set: %s", error)
        return exercise


def _poses(recording: bytes, name: str) -> Poses:
    try:
        return tuple(Recording(recording, name=name))
    except FormcheckError as error:
        _log.warning("the report goes without the poses of a set: %s", error)
        return ()
