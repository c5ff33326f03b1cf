"""What every table shares: the types of its columns, and how a value becomes a row."""

import enum
import json
import math
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

from sqlalchemy import Date, Dialect, Float, ForeignKey, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator

from formcheck.analysis.events import NotAssessed, Turn
from formcheck.landmarks import Side
from formcheck.measures import View

# A column's type follows from what it holds; what is told apart here is said with `Annotated`.


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, written so that text sorts by time."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> str | None:
        """Write it."""
        return None if value is None else f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"

    def process_result_value(self, value: str | None, _: Dialect) -> datetime | None:
        """Read it."""
        return None if value is None else datetime.fromisoformat(value)


class NumberOrNan(TypeDecorator[float]):
    """A reading; SQLite knows no NaN and would make nothing of it."""

    impl = Float
    cache_ok = True

    def process_bind_param(self, value: float | None, _: Dialect) -> float | None:
        """Write it."""
        return None if value is None or math.isnan(value) else value

    def process_result_value(self, value: float | None, _: Dialect) -> float:
        """Read it."""
        return math.nan if value is None else value


class Word(TypeDecorator[enum.StrEnum]):
    """One of a fixed set of words."""

    impl = String(32)
    cache_ok = True

    def __init__(self, words: type[enum.StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: enum.StrEnum | None, _: Dialect) -> str | None:
        """Write it."""
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _: Dialect) -> enum.StrEnum | None:
        """Read it."""
        return None if value is None else self.words(value)


class Json(TypeDecorator[Any]):
    """Anything that JSON knows, as text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _: Dialect) -> str | None:
        """Write it."""
        return None if value is None else self.written(value)

    def process_result_value(self, value: str | None, _: Dialect) -> Any:
        """Read it."""
        return None if value is None else self.read(json.loads(value))

    def written(self, value: Any) -> str:
        """Return the text of a value."""
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def read(self, value: Any) -> Any:
        """Return a value from what JSON gives."""
        return value


class Strings(Json):
    """Several words or sentences, in order."""

    cache_ok = True

    def read(self, value: Any) -> tuple[str, ...]:
        """Return them."""
        return tuple(value)


class Times(Json):
    """Several times [s], in order."""

    cache_ok = True

    def read(self, value: Any) -> tuple[float, ...]:
        """Return them."""
        return tuple(map(float, value))


class TurnJson(Json):
    """How far the trunk turned; what is not known of it is null."""

    cache_ok = True

    def written(self, value: Turn) -> str:
        """Return its text."""
        known = {
            name: None if isinstance(one, float) and math.isnan(one) else one
            for name, one in asdict(value).items()
        }
        return super().written(known)

    def read(self, value: Any) -> Turn:
        """Return it."""
        unknown = value.pop("unknown")
        numbers = {name: math.nan if one is None else one for name, one in value.items()}
        return Turn(**numbers, unknown=unknown)


class ReasonJson(Json):
    """Why something could not be judged."""

    cache_ok = True

    def written(self, value: NotAssessed) -> str:
        """Return its text."""
        return super().written(asdict(value))

    def read(self, value: Any) -> NotAssessed:
        """Return it."""
        views = {
            "view": View(value["view"]) if value["view"] else None,
            "views": tuple(map(View, value["views"])),
        }
        return NotAssessed(**{**value, **views})


Key = Annotated[int, mapped_column(primary_key=True)]
Reading = Annotated[float, mapped_column(NumberOrNan, nullable=True)]
JsonValue = Annotated[Any, mapped_column(Json)]


def parent(of: str) -> Any:
    """Return the column that names the row of another table that this one goes with."""
    return mapped_column(ForeignKey(of, ondelete="CASCADE"), index=True)


class Table(DeclarativeBase):
    """Base of every table; a row is made with the names of its columns."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - as SQLAlchemy declares it
        datetime: Moment,
        date: Date,
        float: Float,
        Side: Word(Side),
        tuple[str, ...]: Strings,
        tuple[float, ...]: Times,
        Turn: TurnJson,
        NotAssessed: ReasonJson,
    }


_Value = TypeVar("_Value")
_Row = TypeVar("_Row", bound=Table)


def row_of(table: type[_Row], value: Any, **beside: Any) -> _Row:
    """Return the row of a value whose fields are named like the columns.

    Parameters
    ----------
    beside
        What the row has and the value has not.
    """
    return table(**{one.name: getattr(value, one.name) for one in fields(value)}, **beside)


def value_of(kind: type[_Value], row: Table, **beside: Any) -> _Value:
    """Return the value that `row_of` made a row of."""
    names = (one.name for one in fields(kind) if one.name not in beside)  # type: ignore[arg-type]
    return kind(**{name: getattr(row, name) for name in names}, **beside)


def values_of(kind: type[_Value], rows: Iterable[Table]) -> tuple[_Value, ...]:
    """Return the values of several rows."""
    return tuple(value_of(kind, row) for row in rows)
