"""Any of our values as JSON knows it: exercises by their ids, enumerations as words, no NaN."""

import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from pydantic import BaseModel

from formcheck.exercises.schema import Exercise


def as_json(value: Any) -> Any:
    """Return a tree of values as JSON can write it.

    Examples
    --------
    >>> as_json({"held": (1.0, math.nan)})
    {'held': [1.0, None]}
    """
    match value:
        case Exercise():
            return value.id
        case BaseModel():
            return value.model_dump(mode="json")
        case Mapping():
            return {str(key): as_json(part) for key, part in value.items()}
        case list() | tuple():
            # Curves are thousands of plain numbers.
            return [part if _is_number(part) else as_json(part) for part in value]
        case _ if is_dataclass(value):
            return {part.name: as_json(getattr(value, part.name)) for part in fields(value)}
    return _single(value)


def _is_number(value: Any) -> bool:
    return type(value) is float and math.isfinite(value)


def _single(value: Any) -> Any:
    match value:
        case None | bool() | int():
            return value
        case float():
            return value if math.isfinite(value) else None
        case str():
            return str(value)
    raise ValueError(f"{type(value).__name__} cannot be written as JSON")
