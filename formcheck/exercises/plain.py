"""An exercise as plain values, the same ones for the same exercise: for files, seals and the wire.

What is as the schema says by default is left out, and sets stand in one order. Reading it back
gives the same exercise.
"""

import enum
import math
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import PlainSerializer

from formcheck.exercises.schema import Exercise

OWN_PREFIX = "own_"
"""What every id of an own exercise begins with: none that is built in does."""


def as_plain(exercise: Exercise) -> dict[str, Any]:
    """Return what an exercise says, as its file would, with its id.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> bridge = library.find("glute_bridge")
    >>> Exercise.model_validate(as_plain(bridge)) == bridge
    True
    """
    plain = _plain(exercise.model_dump(exclude_defaults=True))
    assert isinstance(plain, dict)
    return plain


def _plain(value: object) -> object:
    match value:
        case enum.Enum():
            return value.value
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): _plain(one) for name, one in value.items() if not _is_open(one)}
        case frozenset():
            return sorted(map(_plain, value), key=str)
        case tuple() | list():
            return [_plain(one) for one in value]
        case _:
            return value


def _is_open(value: object) -> bool:
    """Whether it is a bound that is none: TOML and JSON have no word for it that all know."""
    return isinstance(value, float) and math.isinf(value)


OwnExercises = Annotated[
    tuple[Exercise, ...],
    PlainSerializer(lambda own: [as_plain(one) for one in own], return_type=list[dict[str, Any]]),
]
"""Exercises that travel inside another document, because nobody else has their files."""
