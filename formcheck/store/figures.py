"""What each set came to, in figures: how much was done, and how much of it was clean.

For whatever looks at many sessions at once: a whole session is read only where it is opened.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeVar

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from formcheck.analysis.verdict import TOO_LITTLE_ASSESSED, CheckStatus
from formcheck.exercises.dose import Dose
from formcheck.session.events import RuleApplied
from formcheck.session.stages import SetEnd
from formcheck.store.records import SetRecord
from formcheck.store.tables import (
    CheckRow,
    FaultRow,
    HoldRow,
    PersonRow,
    RepetitionRow,
    RuleAppliedRow,
    SessionRow,
    SetRow,
    value_of,
)

_Value = TypeVar("_Value")
_SET_COLUMNS = (
    SetRow.id,
    SetRow.session_id,
    SetRow.step_index,
    SetRow.set_number,
    SetRow.exercise,
    SetRow.dose,
    SetRow.end,
    SetRow.started_s,
)


@dataclass(frozen=True, slots=True)
class SetFigures:
    """One set in figures.

    Attributes
    ----------
    session_started
        When the session began that it is of.
    n_repetitions, n_with_error
        Repetitions that counted, and those of them with a fault at the level of an error.
    held_s
        Time inside the posture [s].
    posture_s, error_s
        From reaching to leaving the posture, breaks included, and how much of that went by with
        an error [s].
    is_judged
        Whether at least one possible fault could be watched for half of it.
    """

    session_id: str
    session_started: datetime
    step_index: int | None
    set_number: int | None
    exercise: str
    dose: Dose | None
    end: SetEnd
    started_s: float
    n_repetitions: int
    n_with_error: int
    held_s: float
    posture_s: float
    error_s: float
    is_judged: bool


def figures_of(one: SetRecord, session_id: str, session_started: datetime) -> SetFigures:
    """Return a set of a session in figures, as the store would."""
    errors = [fault for fault in one.faults if fault.severity == "error"]
    told = [repetition.faults for repetition in one.repetitions]
    return SetFigures(
        session_id=session_id,
        session_started=session_started,
        step_index=one.step_index,
        set_number=one.set_number,
        exercise=one.exercise,
        dose=one.dose,
        end=one.end,
        started_s=one.started_s,
        n_repetitions=len(one.repetitions),
        n_with_error=_n_with_error(told, errors),
        held_s=math.fsum(hold.held_s for hold in one.holds),
        posture_s=math.fsum(hold.end_s - hold.start_s for hold in one.holds),
        error_s=_overlap_s(one.holds, errors),
        is_judged=any(
            check.status is not CheckStatus.NOT_ASSESSED
            and check.assessed_share >= TOO_LITTLE_ASSESSED
            for check in one.checks
        ),
    )


@dataclass(frozen=True, slots=True)
class RuleFollowed:
    """A stop rule that decided something, and the session in which it did."""

    session_id: str
    applied: RuleApplied


def set_figures(
    session: Session, person: str, since: datetime | None, until: datetime | None
) -> tuple[SetFigures, ...]:
    """Return the sets of the sessions that began from ``since`` to before ``until``, in order."""
    asked = _Asked(session, person, since, until)
    n_repetitions, judged = asked.n_repetitions(), asked.judged()
    repetitions, errors, holds = asked.faulty_repetitions(), asked.errors(), asked.holds()
    return tuple(
        SetFigures(
            session_id=row.session_id,
            session_started=row.started,
            step_index=row.step_index,
            set_number=row.set_number,
            exercise=row.exercise,
            dose=None if row.dose is None else Dose.model_validate(row.dose),
            end=row.end,
            started_s=row.started_s,
            n_repetitions=n_repetitions.get(row.id, 0),
            n_with_error=_n_with_error(repetitions[row.id], errors[row.id]),
            held_s=math.fsum(one.held_s for one in holds[row.id]),
            posture_s=math.fsum(one.end_s - one.start_s for one in holds[row.id]),
            error_s=_overlap_s(holds[row.id], errors[row.id]),
            is_judged=row.id in judged,
        )
        for row in asked.sets()
    )


def rules_followed(
    session: Session, person: str, since: datetime | None, until: datetime | None
) -> tuple[RuleFollowed, ...]:
    """Return what stop rules decided in those sessions, in order."""
    rows = _Asked(session, person, since, until).rules()
    return tuple(RuleFollowed(row.session_id, value_of(RuleApplied, row)) for row in rows)


class _Span(Protocol):
    @property
    def start_s(self) -> float: ...
    @property
    def end_s(self) -> float: ...


class _Named(_Span, Protocol):
    @property
    def name(self) -> str: ...


class _Held(NamedTuple):
    held_s: float
    start_s: float
    end_s: float


class _Error(NamedTuple):
    name: str
    start_s: float
    end_s: float


class _Asked:
    """What belongs to the sets of some sessions, by the number of the set."""

    def __init__(
        self, session: Session, person: str, since: datetime | None, until: datetime | None
    ) -> None:
        self._session = session
        self._is_wanted = [PersonRow.pseudonym == person]
        if since is not None:
            self._is_wanted.append(SessionRow.started >= since)
        if until is not None:
            self._is_wanted.append(SessionRow.started < until)

    def sets(self) -> Iterable[Row[Any]]:
        asked = self._of_sessions(select(*_SET_COLUMNS, SessionRow.started))
        return self._session.execute(asked.order_by(SessionRow.started, SetRow.id))

    def rules(self) -> Iterable[RuleAppliedRow]:
        asked = select(RuleAppliedRow).join(SessionRow, RuleAppliedRow.session_id == SessionRow.id)
        asked = asked.join(PersonRow, SessionRow.person_id == PersonRow.id)
        in_order = SessionRow.started, RuleAppliedRow.id
        return self._session.scalars(asked.where(*self._is_wanted).order_by(*in_order))

    def n_repetitions(self) -> dict[int, int]:
        asked = self._beside(RepetitionRow, func.count()).group_by(RepetitionRow.set_id)
        return {set_id: int(n) for set_id, n in self._session.execute(asked)}

    def faulty_repetitions(self) -> dict[int, list[tuple[str, ...]]]:
        asked = self._beside(RepetitionRow, RepetitionRow.faults)
        return self._lists(asked.where(RepetitionRow.faults != ()), tuple)

    def errors(self) -> dict[int, list[_Error]]:
        asked = self._beside(FaultRow, FaultRow.name, FaultRow.start_s, FaultRow.end_s)
        return self._lists(asked.where(FaultRow.severity == "error"), _Error)

    def holds(self) -> dict[int, list[_Held]]:
        return self._lists(
            self._beside(HoldRow, HoldRow.held_s, HoldRow.start_s, HoldRow.end_s), _Held
        )

    def judged(self) -> set[int]:
        asked = self._beside(CheckRow).where(
            CheckRow.status != CheckStatus.NOT_ASSESSED,
            CheckRow.assessed_share >= TOO_LITTLE_ASSESSED,
        )
        return {set_id for (set_id,) in self._session.execute(asked.distinct())}

    def _beside(self, table: Any, *columns: Any) -> Any:
        asked = select(table.set_id, *columns).join(SetRow, table.set_id == SetRow.id)
        return self._of_sessions(asked)

    def _of_sessions(self, asked: Any) -> Any:
        asked = asked.join(SessionRow, SetRow.session_id == SessionRow.id)
        asked = asked.join(PersonRow, SessionRow.person_id == PersonRow.id)
        found: Select[Any] = asked.where(*self._is_wanted)
        return found

    def _lists(self, asked: Select[Any], kind: Callable[..., _Value]) -> dict[int, list[_Value]]:
        found: dict[int, list[_Value]] = defaultdict(list)
        for set_id, *values in self._session.execute(asked):
            found[set_id].append(kind(*values))
        return found


def _n_with_error(repetitions: Sequence[tuple[str, ...]], errors: Sequence[_Named]) -> int:
    names = {one.name for one in errors}
    return sum(not names.isdisjoint(told) for told in repetitions)


def _overlap_s(holds: Sequence[_Span], errors: Sequence[_Span]) -> float:
    """Return for how long any error lasted while the posture was held [s]."""
    pieces = (
        (max(hold.start_s, error.start_s), min(hold.end_s, error.end_s))
        for hold in holds
        for error in errors
    )
    return _covered_s((start_s, end_s) for start_s, end_s in pieces if start_s < end_s)


def _covered_s(spans: Iterable[tuple[float, float]]) -> float:
    """Return how much time some spans take together; where they overlap it counts once."""
    total_s, until_s = 0.0, -math.inf
    for start_s, end_s in sorted(spans):
        total_s += max(0.0, end_s - max(start_s, until_s))
        until_s = max(until_s, end_s)
    return total_s
