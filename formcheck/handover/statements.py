"""What was said and decided about a person, as a hand-over file holds it in JSON."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from formcheck.errors import FormcheckError
from formcheck.handover.archive import first_mistake, refused
from formcheck.prescription.outcomes import MeasureId, checked
from formcheck.prescription.pain import LEAST_PAIN, MOST_PAIN
from formcheck.prescription.red_flags import RedFlagId
from formcheck.store import (
    Correction,
    OutcomeScore,
    PainRating,
    RedFlagScreen,
    RuleOverride,
    SessionRecord,
)
from formcheck.store.corrections import check

_Value = TypeVar("_Value")
# JSON knows no NaN: what could not be read is written as a word.
_CONFIG = ConfigDict(ser_json_inf_nan="strings")


@dataclass(frozen=True, slots=True)
class Revision:
    """What is known of a revision of the prescription beside its own text."""

    revision: int
    based_on_revision: int
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Statements:
    """Everything that was said outside of sessions, and over what the machine says of them."""

    pain: tuple[PainRating, ...] = ()
    screens: tuple[RedFlagScreen, ...] = ()
    outcomes: tuple[OutcomeScore, ...] = ()
    overrides: tuple[RuleOverride, ...] = ()
    corrections: tuple[Correction, ...] = ()
    revisions: tuple[Revision, ...] = ()


_STATEMENTS = TypeAdapter(tuple[Statements], config=_CONFIG)
_RECORDS = TypeAdapter(tuple[SessionRecord], config=_CONFIG)


def written_statements(statements: Statements) -> bytes:
    """Return them as JSON."""
    return _STATEMENTS.dump_json((statements,))


def parsed_statements(contents: bytes, where: str) -> Statements:
    """Read them.

    Raises
    ------
    HandoverError
        If they are not as formcheck writes them.
    """
    found = _parsed(_STATEMENTS, contents, where)
    _check_pain(found.pain, where)
    _check_screens(found.screens, where)
    _check_corrections(found.corrections, where)
    for score in found.outcomes:
        _check_outcome(score, where)
    parts = {one.name: tuple(_in_utc(getattr(found, one.name), where)) for one in fields(found)}
    return Statements(**parts)


def written_record(record: SessionRecord) -> bytes:
    """Return a session as JSON, without its files, which lie beside it."""
    sets = tuple(replace(one, poses=b"") for one in record.sets)
    # Enumerations may be there as their plain words; the other side has them parsed.
    return _RECORDS.dump_json((replace(record, facts=b"", events=b"", sets=sets),), warnings=False)


def parsed_record(contents: bytes, where: str) -> SessionRecord:
    """Read a session; its files have to be put into it.

    Raises
    ------
    HandoverError
        If it is not as formcheck writes it.
    """
    found = _parsed(_RECORDS, contents, where)
    sessions = {one.session_id for one in found.pain_ratings}
    sessions |= {one.session_id for one in found.screens}
    if sessions - {found.id}:
        raise refused(where, "something in it was said in another session")
    _check_pain(found.pain_ratings, where)
    _check_screens(found.screens, where)
    (record,) = _in_utc((found,), where)
    return replace(
        record,
        pain_ratings=tuple(_in_utc(record.pain_ratings, where)),
        screens=tuple(_in_utc(record.screens, where)),
    )


def _parsed(adapter: TypeAdapter[tuple[_Value]], contents: bytes, where: str) -> _Value:
    try:
        (found,) = adapter.validate_json(contents)
    except ValidationError as error:
        raise refused(where, first_mistake(error)) from error
    return found


def _check_pain(ratings: Iterable[PainRating], where: str) -> None:
    for one in ratings:
        if one.value is not None and not LEAST_PAIN <= one.value <= MOST_PAIN:
            raise refused(where, "pain is not from 0 to 10")


def _check_screens(screens: Iterable[RedFlagScreen], where: str) -> None:
    known = {flag.value for flag in RedFlagId}
    if any(not known.issuperset(one.positive) for one in screens):
        raise refused(where, "it names a warning sign that is not known")


def _check_corrections(corrections: Iterable[Correction], where: str) -> None:
    for one in corrections:
        try:
            check(one)
        except ValueError as error:
            raise refused(where, f"a correction in it says what none can ({error})") from error


def _check_outcome(score: OutcomeScore, where: str) -> None:
    try:
        checked(MeasureId(score.measure), score.score)
    except (ValueError, FormcheckError) as error:
        raise refused(
            where, "an outcome is no measure that is known, or not on its scale"
        ) from error


def _in_utc(values: Iterable[_Value], where: str) -> Iterable[_Value]:
    """Yield values with their times in UTC, as the store gives them back."""
    for one in values:
        times: dict[str, Any] = {}
        for field in fields(one):  # type: ignore[arg-type]  # every one is a dataclass
            value = getattr(one, field.name)
            if isinstance(value, datetime):
                if value.tzinfo is None:
                    raise refused(where, "a time has no zone")
                times[field.name] = value.astimezone(UTC)
        yield replace(one, **times)  # type: ignore[type-var]
