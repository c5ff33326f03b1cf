"""Sum each session up in one row, so that a list of ten thousand of them reads no more than that.

A summary says nothing of its own: it is written with what it sums up, in the same transaction,
and can be made anew at any time.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Row, Select, delete, func, insert, select
from sqlalchemy.orm import Session

from formcheck.prescription.pain import Moment
from formcheck.session.stages import SetEnd
from formcheck.store.corrections import Correction, CorrectionKind, in_force
from formcheck.store.tables import (
    CorrectionRow,
    FaultRow,
    HoldRow,
    PainReportRow,
    PainRow,
    RepetitionRow,
    RuleAppliedRow,
    SessionRow,
    SetRow,
    SummaryRow,
    value_of,
)

_AT_ONCE = 200
_NOT_IN_IT = {Moment.BEFORE, Moment.NEXT_MORNING}


class FaultSeen(NamedTuple):
    """What was wrong in a session, and how often.

    Attributes
    ----------
    is_error
        Whether it ever was more than a tip.
    """

    exercise: str
    name: str
    says: str
    n: int
    is_error: bool


def sum_up(session: Session, ids: Iterable[str]) -> None:
    """Write the summaries of some sessions anew, in the transaction that has changed them."""
    session.flush()
    for some in _pieces(sorted(set(ids))):
        session.execute(delete(SummaryRow).where(SummaryRow.session_id.in_(some)))
        if rows := list(_summed(session, some)):
            session.execute(insert(SummaryRow), rows)


def contradicting(session: Session) -> list[str]:
    """Return the sessions whose summaries are not what they come to, or are not there."""
    found: list[str] = []
    columns = SummaryRow.__table__.columns
    for some in _pieces(session.scalars(select(SessionRow.id).order_by(SessionRow.id)).all()):
        kept = session.execute(select(*columns).where(columns.session_id.in_(some)))
        there = {row.session_id: dict(row._mapping) for row in kept}
        summed = _summed(session, some)
        found += [one["session_id"] for one in summed if there.get(one["session_id"]) != one]
    return found


def _pieces(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))


def _summed(session: Session, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    parts = _Parts(session, ids)
    asked = select(SessionRow.id, SessionRow.person_id, SessionRow.started)
    for row in session.execute(asked.where(SessionRow.id.in_(ids)).order_by(SessionRow.id)):
        yield {
            "session_id": row.id,
            "person_id": row.person_id,
            "started": row.started,
            **parts.of_sets(row.id),
            **parts.beside_sets(row.id),
        }


class _Parts:
    """What some sessions consist of, read with one question a table."""

    def __init__(self, session: Session, ids: Sequence[str]) -> None:
        self._session, self._ids = session, ids
        self._sets = self._rows(
            SetRow, SetRow.exercise, SetRow.end, SetRow.n_frames, SetRow.assessed_share
        )
        about = FaultRow.name, FaultRow.says, FaultRow.severity
        self._faults = self._rows(FaultRow, SetRow.exercise, *about)
        self._repetitions = self._n_repetitions()
        self._holds = self._rows(HoldRow, HoldRow.held_s)
        self._pain = self._rows(PainRow, PainRow.time, PainRow.moment, PainRow.value)
        self._rules = self._rows(
            RuleAppliedRow, RuleAppliedRow.rule, RuleAppliedRow.tells_therapist
        )
        self._hurts = self._rows(PainReportRow)
        self._corrections = self._said(ids)

    def of_sets(self, session_id: str) -> dict[str, Any]:
        """Return what a summary says of what was done and seen."""
        sets = self._sets[session_id]
        n_repetitions, n_with_faults = self._repetitions.get(session_id, (0, 0))
        return {
            "exercises": tuple(dict.fromkeys(one.exercise for one in sets)),
            "n_sets": len(sets),
            "n_sets_done": sum(one.end is SetEnd.DONE for one in sets),
            "n_repetitions": n_repetitions,
            "n_with_faults": n_with_faults,
            "held_s": math.fsum(one.held_s for one in self._holds[session_id]),
            "assessed_share": _assessed_share(sets),
            "faults": [list(one) for one in self._faults_seen(session_id)],
        }

    def beside_sets(self, session_id: str) -> dict[str, Any]:
        """Return what it says of what was said, and decided."""
        pain = sorted(self._pain[session_id], key=lambda one: one.time)
        before = [one.value for one in pain if one.moment is Moment.BEFORE]
        in_it = (one.value for one in pain if one.moment not in _NOT_IN_IT)
        rules = (one.rule for one in self._rules[session_id] if one.tells_therapist)
        corrections = self._corrections[session_id]
        signed_off = [one for one in corrections if one.kind is CorrectionKind.SIGNED_OFF]
        return {
            "n_pain_reports": len(self._hurts[session_id]),
            "pain_before": next((one for one in reversed(before) if one is not None), None),
            "pain_highest": max((one for one in in_it if one is not None), default=None),
            "to_tell": tuple(dict.fromkeys(rules)),
            "n_corrections": len(corrections) - len(signed_off),
            "signed_off_by": signed_off[-1].who if signed_off else None,
            "signed_off_at": signed_off[-1].time if signed_off else None,
            "words": self._words(session_id),
        }

    def _faults_seen(self, session_id: str) -> list[FaultSeen]:
        found = self._faults[session_id]
        n = Counter((one.exercise, one.name) for one in found)
        errors = {(one.exercise, one.name) for one in found if one.severity == "error"}
        says = {(one.exercise, one.name): one.says for one in found}
        return [FaultSeen(*kind, says[kind], n[kind], kind in errors) for kind in n]

    def _words(self, session_id: str) -> str:
        """Return everything that is searched for in words, in small letters."""
        exercises = (one.exercise.replace("_", " ") for one in self._sets[session_id])
        faults = (f"{one.name.replace('_', ' ')}\n{one.says}" for one in self._faults[session_id])
        comments = (one.comment for one in self._corrections[session_id])
        said = dict.fromkeys([*exercises, *faults, *comments])
        return "\n".join(one for one in said if one).casefold()

    def _said(self, ids: Sequence[str]) -> dict[str, tuple[Correction, ...]]:
        """Return what was said instead of the machine, and not withdrawn, by session."""
        asked = (
            select(CorrectionRow, SetRow.name)
            .outerjoin(SetRow, CorrectionRow.set_id == SetRow.id)
            .where(CorrectionRow.session_id.in_(ids))
            .order_by(CorrectionRow.id)
        )
        told: dict[str, list[Correction]] = {one: [] for one in ids}
        for row, name in self._session.execute(asked):
            told[row.session_id].append(value_of(Correction, row, set_name=name))
        return {one: in_force(said) for one, said in told.items()}

    def _rows(self, table: Any, *columns: Any) -> dict[str, list[Row[Any]]]:
        """Return the rows of a table by session, in the order in which they were added."""
        asked, of = _with_session(table, *columns)
        found: dict[str, list[Row[Any]]] = defaultdict(list)
        for row in self._session.execute(asked.where(of.in_(self._ids)).order_by(table.id)):
            found[row[0]].append(row)
        return found

    def _n_repetitions(self) -> dict[str, tuple[int, int]]:
        """Return how many repetitions counted, and how many of them had something wrong."""
        faulty = func.coalesce(func.sum(RepetitionRow.faults != ()), 0)
        asked, of = _with_session(RepetitionRow, func.count(), faulty)
        rows = self._session.execute(asked.where(of.in_(self._ids)).group_by(of))
        return {session_id: (int(n), int(n_faulty)) for session_id, n, n_faulty in rows}


def _with_session(table: Any, *columns: Any) -> tuple[Select[Any], Any]:
    """Return the question for columns of a table beside the session that they go with."""
    if hasattr(table, "session_id"):
        return select(table.session_id, *columns), table.session_id
    asked = select(SetRow.session_id, *columns).join(table, table.set_id == SetRow.id)
    return asked, SetRow.session_id


def _assessed_share(sets: Sequence[Row[Any]]) -> float | None:
    """Return which share of the pictures could be judged; None where there was none."""
    n_frames = sum(one.n_frames for one in sets)
    if not n_frames:
        return None
    assessed = math.fsum(one.n_frames * one.assessed_share for one in sets)
    return float(assessed / n_frames)
