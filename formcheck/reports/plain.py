"""Values as JSON knows them: no NaN, no infinity, no enumerations, no sets."""

import math
from typing import Any


def known(value: Any) -> Any:
    """Return a value, None for a number that is none.

    Examples
    --------
    >>> known(math.nan), known(2.5)
    (None, 2.5)
    """
    return None if isinstance(value, float) and not math.isfinite(value) else value


def plain(value: Any) -> Any:
    """Return a tree of values with its enumerations as words and its tuples as lists."""
    match value:
        case dict():
            return {name: plain(part) for name, part in value.items()}
        case list() | tuple():
            return [plain(part) for part in value]
        case str():
            return str(value)
        case _:
            return known(value)


def with_sorted_sets(value: Any) -> Any:
    """Sort lists of words, which were sets, so that equal rules are written equally."""
    match value:
        case dict():
            return {name: with_sorted_sets(part) for name, part in value.items()}
        case list() if all(isinstance(part, str) for part in value):
            return sorted(value)
        case list():
            return [with_sorted_sets(part) for part in value]
        case _:
            return known(value)
