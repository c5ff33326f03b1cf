"""From the folder that a live session was written to, to the store.

A session's folder is its journal: what the store keeps is made of it by judging the poses of its
sets again, which comes out as it did live.
"""

import logging
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter

from formcheck.analysis.coach import Coach
from formcheck.analysis.verdict import Verdict
from formcheck.errors import FormcheckError, SourceError
from formcheck.exercises.dose import Dose
from formcheck.files import output_errors
from formcheck.pipeline import Run, replay
from formcheck.prescription.pain import PainSaid, Quality
from formcheck.recordings import SUFFIX, Recording
from formcheck.recordings.session_facts import (
    EVENTS,
    SESSION,
    RecordedSet,
    SessionFolder,
    is_session,
)
from formcheck.session.events import HeatAnswered, PainRated, PainReported, RuleApplied, Screened
from formcheck.session.stages import SetEnd
from formcheck.store import PainRating, RedFlagScreen, SessionEnd, SessionRecord, SetRecord, Store
from formcheck.store.people import UNNAMED

# What a record has of a verdict, called as the verdict calls it.
_JUDGED = (
    "outcome",
    "basis",
    "n_frames",
    "n_frames_with_person",
    "assessed_share",
    "repetitions",
    "attempts",
    "holds",
    "faults",
    "checks",
    "abstentions",
    "jumps_s",
)
_log = logging.getLogger(__name__)
_Event = Mapping[str, Any]
_Value = TypeVar("_Value")


def verdict_of(recorded: RecordedSet) -> tuple[Verdict, float]:
    """Return what a recorded set came to, and its last time [s]."""
    run = Run(Coach([recorded.exercise], {recorded.exercise.id: recorded.fit}))
    run.process(replay(Recording(recorded.path)))
    verdict = run.analysis().verdict
    return verdict, verdict.duration_s


def session_record(folder: SessionFolder) -> SessionRecord:
    """Return what the store keeps of a session that is over.

    Raises
    ------
    FormcheckError
        If it is still going on, or what there is of it cannot be read.
    """
    try:
        return _record(folder)
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(
            f"the log of the session in {folder.path} says what it never should ({error!r})"
        ) from error


def _record(folder: SessionFolder) -> SessionRecord:
    facts = folder.facts
    sets = tuple(map(set_record, folder.sets()))  # puts together what was cut off
    events = list(folder.events())
    started = datetime.fromisoformat(facts.started)
    started = started if started.tzinfo else started.replace(tzinfo=UTC)
    zero = started - timedelta(seconds=min(_times_s(events), default=0.0))
    return SessionRecord(
        id=folder.path.name,
        person=facts.person or UNNAMED,
        started=started,
        end=_end(events),
        duration_s=max((*_times_s(events), *(one.duration_s for one in sets)), default=0.0),
        language=facts.language,
        formcheck_version=facts.formcheck_version,
        prescription_revision=facts.prescription_revision,
        facts=_contents(folder.path / SESSION),
        events=_contents(folder.path / EVENTS),
        sets=sets,
        heat_minutes=_heat_minutes(events),
        pain_reports=tuple(_said(events, PainReported)),
        pain_ratings=tuple(_pain_ratings(folder.path.name, zero, events)),
        screens=tuple(_screens(folder.path.name, zero, events)),
        rules_applied=tuple(_said(events, RuleApplied)),
    )


def set_record(recorded: RecordedSet) -> SetRecord:
    """Return what the store keeps of a set, judged again."""
    verdict, until_s = verdict_of(recorded)
    started, dose = recorded.started, recorded.started.get("dose")
    return SetRecord(
        name=recorded.path.name.removesuffix(SUFFIX),
        step_index=_whole(started.get("step_index")),
        set_number=_whole(started.get("set_number")),
        exercise=recorded.exercise.id,
        dose=None if dose is None else Dose.model_validate(dose),
        end=SetEnd(recorded.ended["end"]) if recorded.ended else SetEnd.INTERRUPTED,
        started_s=float(started.get("time_s", 0.0)),
        duration_s=until_s,
        poses=_contents(recorded.path),
        **_judged(verdict),
    )


def judged_record(record: SetRecord, verdict: Verdict) -> SetRecord:
    """Return what would be kept of a set by another verdict."""
    return replace(record, **_judged(verdict))


def _judged(verdict: Verdict) -> dict[str, Any]:
    return {name: getattr(verdict, name) for name in _JUDGED}


def take_in_ended(
    store: Store, *, tidies: bool = False, waits: Callable[[], bool] = lambda: False
) -> list[str]:
    """Take every session of the store's folder that is over into the store.

    Over are those that have ended or were kept, and those that were cut off before another one
    began; the newest one, if it was cut off, may still be gone on with. What cannot be read is
    left where it is, and logged.

    Parameters
    ----------
    tidies
        Whether to remove the folders of those that had been taken in before, byte for byte, and
        hold no video.
    waits
        Asked before each session: whether the rest has to wait for another time.

    Returns
    -------
    list of str
        Those that are new in the store.
    """
    taken = []
    folders = sorted(path for path in store.folder.glob("*") if is_session(path))
    for path in folders:
        if waits():
            break
        try:
            folder = SessionFolder(path)
            if folder.is_going_on or not (folder.is_ended or path != folders[-1]):
                continue
            if not store.has_session(path.name):
                store.take_in(session_record(folder))
                taken.append(path.name)
            elif tidies:
                _tidy(store, folder)
        except FormcheckError as error:
            _log.warning("a session is not taken into the store: %s", error)
    return taken


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _end(events: Iterable[_Event]) -> SessionEnd:
    for event in events:
        if event["type"] == "SessionEnded":
            return SessionEnd.STOPPED if event.get("was_stopped") else SessionEnd.FINISHED
        if event["type"] == "SessionKept":
            return SessionEnd.KEPT
    return SessionEnd.CUT_OFF


def _times_s(events: Iterable[_Event]) -> Iterator[float]:
    return (float(event["time_s"]) for event in events if "time_s" in event)


def _said(events: Iterable[_Event], kind: type[_Value]) -> Iterator[_Value]:
    """Yield the events of a kind; what a log of an older formcheck does not say is None."""
    parsed = TypeAdapter(kind)
    names = [one.name for one in fields(kind)]  # type: ignore[arg-type]
    for event in events:
        if event["type"] == kind.__name__:
            yield parsed.validate_python({name: event.get(name) for name in names})


def _pain_ratings(
    session_id: str, zero: datetime, events: Iterable[_Event]
) -> Iterator[PainRating]:
    for one in _said(events, PainRated):
        time = zero + timedelta(seconds=one.time_s)
        said = PainSaid(one.moment, one.rating, frozenset(map(Quality, one.qualities)))
        yield PainRating(time, said.moment, said.rating, one.qualities, session_id, one.exercise)


def _screens(session_id: str, zero: datetime, events: Iterable[_Event]) -> Iterator[RedFlagScreen]:
    for one in _said(events, Screened):
        time = zero + timedelta(seconds=one.time_s)
        yield RedFlagScreen(time, one.positive, one.reason, session_id)


def _heat_minutes(events: Iterable[_Event]) -> int | None:
    return next((one.minutes for one in _said(events, HeatAnswered)), None)


def _contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error}") from error


def _tidy(store: Store, folder: SessionFolder) -> None:
    """Remove a folder of which everything is in the store."""
    if any(folder.path.glob("video-*")):
        return
    kept = store.session(folder.path.name)
    files = {SESSION: kept.facts, EVENTS: kept.events}
    files |= {f"{one.name}{SUFFIX}": one.poses for one in kept.sets}
    if all(_contents(folder.path / name) == contents for name, contents in files.items()):
        with output_errors(folder.path):
            shutil.rmtree(folder.path)
