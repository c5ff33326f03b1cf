"""A session as the machine judged it and as it is true, side by side.

The machine's verdict is never changed: what a therapist has said is laid over it, and what counts
now follows from both.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from formcheck.analysis.events import Fault, Hold, Repetition
from formcheck.exercises.schema import Exercise
from formcheck.reviewing.faults_said import added_fault, renamed
from formcheck.reviewing.judged import (
    Judged,
    JudgedSession,
    JudgedSet,
    Status,
    figures,
)
from formcheck.reviewing.layer import Laid, added, comment_on, comments, laid_over, verdict_on
from formcheck.store import Corrected, Correction, CorrectionKind, SessionRecord, SetRecord, Store
from formcheck.store.corrections import AddedFault, AddedMovement, OtherSide, Renamed, content

_STATUS: dict[CorrectionKind, Status] = {
    CorrectionKind.ACCEPTED: "accepted",
    CorrectionKind.REJECTED: "rejected",
    CorrectionKind.RELABELLED: "relabelled",
}
_Value = TypeVar("_Value", Repetition, Hold, Fault)
_Moved = TypeVar("_Moved", bound=Repetition | Hold)
_Said = TypeVar("_Said")


def reviewed(
    store: Store, session_id: str, exercises: Mapping[str, Exercise], *, poses: bool = False
) -> JudgedSession:
    """Return a session of the store as it is judged now.

    Parameters
    ----------
    poses
        Whether the recordings of its sets are needed.

    Raises
    ------
    StoreError
        If there is none of this id.
    """
    record = store.session(session_id, poses=poses)
    return judged_session(record, store.corrections(session_id), exercises)


def judged_session(
    record: SessionRecord, corrections: Sequence[Correction], exercises: Mapping[str, Exercise]
) -> JudgedSession:
    """Return a session with what was said over it.

    Parameters
    ----------
    exercises
        By id: what faults are called that the machine has not seen.
    """
    laid = laid_over(corrections)
    of_session = [one for one in laid if one.correction.set_name is None]
    signed = [
        one.correction
        for one in of_session
        if one.holds and one.correction.kind is CorrectionKind.SIGNED_OFF
    ]
    sets = (
        judged_set(
            one,
            [said for said in laid if said.correction.set_name == one.name],
            exercises.get(one.exercise),
        )
        for one in record.sets
    )
    return JudgedSession(
        record, tuple(sets), laid, comments(of_session), signed[-1] if signed else None
    )


def judged_set(
    record: SetRecord, laid: Sequence[Laid], exercise: Exercise | None = None
) -> JudgedSet:
    """Return a set with what was said over it."""
    faults = _judged(Corrected.FAULT, record.faults, laid, lambda one: _fault(one, exercise))
    faults += [
        Judged(_key(one), None, None, added_fault(said, exercise), "added", one.correction.comment)
        for one, said in _said(laid, Corrected.FAULT, AddedFault)
    ]
    repetitions = _judged(Corrected.REPETITION, record.repetitions, laid, _to_side)
    repetitions += [
        Judged(_key(one), None, None, _repetition(said), "added", one.correction.comment)
        for one, said in _said(laid, Corrected.REPETITION, AddedMovement)
    ]
    holds = _judged(Corrected.HOLD, record.holds, laid, _to_side)
    holds += [
        Judged(_key(one), None, None, _hold(said), "added", one.correction.comment)
        for one, said in _said(laid, Corrected.HOLD, AddedMovement)
    ]
    repetitions = [replace(one, now=_with_faults(one.now, faults)) for one in repetitions]
    holds = [replace(one, now=_with_faults(one.now, faults)) for one in holds]
    return JudgedSet(
        record,
        tuple(sorted(repetitions, key=lambda one: one.now.start_s)),
        tuple(sorted(holds, key=lambda one: one.now.start_s)),
        tuple(sorted(faults, key=lambda one: one.now.start_s)),
        figures(record.repetitions, record.holds, record.faults),
        figures(
            [one.now for one in repetitions if one.counts],
            [one.now for one in holds if one.counts],
            [one.now for one in faults if one.counts],
        ),
        comments(laid),
        tuple(laid),
    )


_Changed = Callable[[Correction], Callable[[_Value], _Value]]


def _judged(
    subject: Corrected, values: Sequence[_Value], laid: Sequence[Laid], changed: _Changed[_Value]
) -> list[Judged[_Value]]:
    """Return what the machine has seen, each with the last word on it."""
    found = []
    for number, value in enumerate(values, start=1):
        said = verdict_on(laid, subject, number)
        status: Status = _STATUS[said.kind] if said else "machine"
        now = changed(said)(value) if said and status == "relabelled" else value
        comment = comment_on(laid, subject, number)
        found.append(Judged(f"{subject}-{number}", number, value, now, status, comment))
    return found


def _said(
    laid: Sequence[Laid], subject: Corrected, kind: type[_Said]
) -> Iterator[tuple[Laid, _Said]]:
    """Yield what the machine has not seen."""
    for one in added(laid, subject):
        said = content(one.correction)
        if isinstance(said, kind):
            yield one, said


def _key(one: Laid) -> str:
    return f"added-{one.number}"


def _fault(said: Correction, exercise: Exercise | None) -> Callable[[Fault], Fault]:
    label = content(said)
    assert isinstance(label, Renamed)
    name = label.name
    return lambda fault: renamed(fault, name, exercise)


def _to_side(said: Correction) -> Callable[[_Moved], _Moved]:
    label = content(said)
    assert isinstance(label, OtherSide)
    side = label.side
    return lambda movement: replace(movement, side=side)


def _repetition(said: AddedMovement) -> Repetition:
    """Return a repetition that nothing was measured of."""
    peak_s = (said.start_s + said.end_s) / 2 if said.peak_s is None else said.peak_s
    return Repetition(
        number=0,
        variant="",
        side=said.side,
        start_s=said.start_s,
        peak_s=peak_s,
        end_s=said.end_s,
        outbound_s=peak_s - said.start_s,
        effort_s=0.0,
        return_s=said.end_s - peak_s,
        measure="",
        start_value=math.nan,
        peak_value=math.nan,
        target=math.nan,
        reached=math.nan,
    )


def _hold(said: AddedMovement) -> Hold:
    return Hold(
        number=0,
        variant="",
        start_s=said.start_s,
        end_s=said.end_s,
        held_s=said.end_s - said.start_s,
        n_breaks=0,
        faults=(),
        side=said.side,
    )


def _with_faults(movement: _Moved, faults: Sequence[Judged[Fault]]) -> _Moved:
    """Return a movement with the faults that are true of it."""
    gone = {
        one.by_machine.name
        for one in faults
        if one.by_machine
        and one.status in {"rejected", "relabelled"}
        and _overlap(one.by_machine, movement)
    }
    there = {one.now.name for one in faults if one.counts and _overlap(one.now, movement)}
    kept: list[str] = [name for name in movement.faults if name not in gone or name in there]
    new: list[str] = [
        one.now.name
        for one in faults
        if one.status in {"relabelled", "added"} and _overlap(one.now, movement)
    ]
    return replace(movement, faults=tuple(dict.fromkeys([*kept, *new])))


def _overlap(fault: Fault, movement: Repetition | Hold) -> bool:
    return fault.start_s <= movement.end_s and fault.end_s >= movement.start_s
