"""Put together what is known of a person, from what the store keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from formcheck.errors import FormcheckError
from formcheck.exercises.schema import Exercise
from formcheck.prescription.aftermath import next_session
from formcheck.prescription.model import Baseline, Prescription, Weekday
from formcheck.prescription.outcomes import PAIN, Verdict
from formcheck.prescription.progression import Change, is_quiet
from formcheck.prescription.red_flags import RedFlagId, recorded_outcome
from formcheck.prescription.seal import state_of
from formcheck.prescription.stop_rules import PainLimits
from formcheck.recordings import prescription_file
from formcheck.reviewing.facts import (
    Facts,
    Mark,
    NewFault,
    NotQuiet,
    PainChange,
    Programme,
    Told,
    Waiting,
)
from formcheck.store import Store
from formcheck.store.listing import ListedSession
from formcheck.weeks import kept_of, weeks_of
from formcheck.weeks.courses import Course
from formcheck.weeks.days import local_day
from formcheck.weeks.kept import LATEST_DAYS
from formcheck.weeks.pain_around import PainAround, pain_around, usual_pain
from formcheck.weeks.warning_signs import newest_answers

N_PAIN_SHOWN = 20


def facts_of(store: Store, person: str, exercises: Mapping[str, Exercise]) -> Facts:
    """Return what is known of a person.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    sessions = store.summaries(person)
    programme, prescription = _programme(store, person, exercises, sessions)
    around = pain_around(store.pain(person))
    found = replace(
        _of_sessions(sessions),
        pain=tuple((one.day, one.before) for one in around if one.before is not None)[
            -N_PAIN_SHOWN:
        ],
        not_quiet=_not_quiet(around, {one.id: one for one in sessions}, prescription),
        programme=programme,
    )
    return _with_warning_signs(found, store, person, prescription)


def _of_sessions(sessions: Sequence[ListedSession]) -> Facts:
    open_ones = [one for one in sessions if one.signed_off_at is None]
    newest = sessions[-1] if sessions else None
    is_open = newest is not None and newest.signed_off_at is None
    return Facts(
        n_sessions=len(sessions),
        n_not_reviewed=len(open_ones),
        newest=_mark(newest) if newest else None,
        oldest_not_reviewed=_mark(open_ones[0]) if open_ones else None,
        done=_days_done(sessions),
        to_tell=tuple(Told(_mark(one), one.to_tell) for one in reversed(open_ones) if one.to_tell),
        new_faults=_new_faults(sessions) if is_open else (),
        assessed_share=newest.assessed_share if newest and is_open else None,
    )


def _mark(session: ListedSession) -> Mark:
    return Mark(session.id, session.started)


def _days_done(sessions: Sequence[ListedSession]) -> tuple[date, ...]:
    """Return the last days on which anything was done: who ended before that has done nothing."""
    days = {local_day(one.started) for one in sessions if one.n_repetitions or one.held_s > 0}
    first = max(days) - timedelta(days=LATEST_DAYS) if days else date.min
    return tuple(sorted(day for day in days if day > first))


def _new_faults(sessions: Sequence[ListedSession]) -> tuple[NewFault, ...]:
    *before, newest = sessions
    done = {exercise for one in before for exercise in one.exercises}
    known = {(seen.exercise, seen.name) for one in before for seen in one.faults if seen.is_error}
    return tuple(
        NewFault(seen.exercise, seen.name, seen.says)
        for seen in newest.faults
        if seen.is_error and seen.exercise in done and (seen.exercise, seen.name) not in known
    )


def _not_quiet(
    around: Sequence[PainAround],
    sessions: Mapping[str, ListedSession],
    prescription: Prescription | None,
) -> NotQuiet | None:
    """Return how pain around the newest session was not within the rules; None where it was."""
    asked = [one for one in around if one.before is not None and one.session_id in sessions]
    if not asked or sessions[asked[-1].session_id].signed_off_at is not None:
        return None
    last, session = asked[-1], sessions[asked[-1].session_id]
    usual = usual_pain(around, prescription.baseline if prescription else Baseline())
    limit = prescription.pain_limit if prescription else PainLimits().pain
    before = last.before or 0
    highest = max((value for _, value in last.said), default=before)
    days = [one.day_after(usual) for one in around]
    too_much = last.day_after(usual).was_too_much
    if is_quiet(before, highest, limit, too_much):
        return None
    smaller = next_session(days)
    again = smaller is not None and smaller.tells_therapist
    return NotQuiet(_mark(session), before, highest, limit, too_much, again)


def _programme(
    store: Store,
    person: str,
    exercises: Mapping[str, Exercise],
    sessions: Sequence[ListedSession],
) -> tuple[Programme | None, Prescription | None]:
    saved = store.prescription(person)
    if saved is None:
        return None, None
    day = local_day(saved.saved_at)
    empty = Programme(saved.revision, day, day)
    try:
        plan = prescription_file.parsed(saved.toml, f"revision {saved.revision}")
        unknown = sorted({one.exercise for one in plan.items} - exercises.keys())
        if unknown:
            return replace(empty, trouble=f"no exercise {', '.join(unknown)} is known here"), None
        pain, waiting = _so_far(store, person, plan, exercises, sessions)
    except FormcheckError as error:
        return replace(empty, trouble=str(error)), None
    days = {day for session in plan.sessions for day in session.days}
    return Programme(
        revision=saved.revision,
        saved=day,
        starts=plan.starts,
        days=tuple(day for day in Weekday if day in days),
        last_contact=plan.last_contact,
        seal=state_of(plan),
        waiting=waiting,
        pain=pain,
    ), plan


def _so_far(
    store: Store,
    person: str,
    plan: Prescription,
    exercises: Mapping[str, Exercise],
    sessions: Sequence[ListedSession],
) -> tuple[tuple[PainChange, ...], tuple[Waiting, ...]]:
    """Return how pain has changed, and what waits, as the patient saw it after the last session."""
    if not sessions:
        return (), ()
    today = local_day(sessions[-1].started)
    kept = kept_of(store, person, today, plan)
    assert kept is not None
    weeks = weeks_of(kept, exercises, today)
    waiting = tuple(
        Waiting(one.item.exercise, one.proposal.change, one.proposal.exercise)
        for one in weeks.proposals
        if one.proposal.needs_therapist
        or (one.proposal.change is not Change.STAY and not one.proposal.applies)
    )
    return tuple(_changes(weeks.courses)), waiting


def _changes(courses: Sequence[Course]) -> Iterator[PainChange]:
    """Yield what has become of pain since the start, by each measure of it."""
    for one in courses:
        if one.measure.id in PAIN and one.change is not None:
            is_worse = one.change.verdict is Verdict.WORSE
            day = one.points[-1].day
            yield PainChange(
                one.measure.id, one.change.baseline, one.change.now, day, is_worse=is_worse
            )


def _with_warning_signs(
    facts: Facts, store: Store, person: str, prescription: Prescription | None
) -> Facts:
    last = newest_answers(prescription.red_flags if prescription else None, store.screens(person))
    if last is None:
        return facts
    known = set(RedFlagId)  # a file from elsewhere may name others
    cleared = {flag: who for flag, who in last.cleared.items() if flag in known}
    ours = last.model_copy(update={"positive": last.positive & known, "cleared": cleared})
    still_open = tuple(flag.id for flag in recorded_outcome(ours).open)
    return replace(facts, red_flags=still_open, red_flags_since=last.on)
