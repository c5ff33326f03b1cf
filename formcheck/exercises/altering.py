"""Change single numbers of an exercise; what comes out is checked like a file."""

import math
from typing import TypeVar

from formcheck.exercises.readings import Record
from formcheck.exercises.schema import Bounds, FormRule, Signal

# Effort may lie short of the end of rest by less than the excursion (``Signal``).
SHORT_OF_REST = 0.999

_Part = TypeVar("_Part", bound=Record)


def changed(part: _Part, **values: object) -> _Part:
    """Return a part of an exercise with other values.

    Raises
    ------
    ValueError
        If they do not fit together.
    """
    fields = {name: getattr(part, name) for name in type(part).model_fields}
    return type(part).model_validate(fields | values)


def moved(rule: FormRule, advice: Bounds) -> FormRule:
    """Return a rule with other bounds; what counts as a fault moves along with the advice."""
    error = rule.error and Bounds(
        min=_along(rule.error.min, rule.advice.min, advice.min),
        max=_along(rule.error.max, rule.advice.max, advice.max),
    )
    return changed(rule, advice=advice, error=error)


def with_excursion(signal: Signal, excursion: float) -> Signal:
    """Return a signal of which so much counts; effort stays, or comes as near to rest as it may."""
    outward = signal.outward
    nearest = outward * signal.rest - SHORT_OF_REST * excursion
    return changed(
        signal,
        minimum_excursion=excursion,
        least_excursion=min(signal.least, excursion),
        effort=outward * max(outward * signal.effort, nearest),
    )


def _along(bound: float, before: float, now: float) -> float:
    return bound if math.isinf(before) else bound + now - before
