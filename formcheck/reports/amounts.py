"""Readings, ranges and sides in words, with as many digits as they are good for."""

import math

from formcheck.analysis.symmetry import Balance, SideSummary, Symmetry

_UNSURE = ", but the camera saw one limb better than the other: film the other side to be sure"
_WHOLE_UNITS = frozenset({"deg", "px"})


def number(value: float | None, digits: int = 1) -> str:
    """Return a number as people read it, a dash where it is not known.

    Examples
    --------
    >>> number(2.50), number(-0.04)
    ('2.5', '0')
    """
    if value is None or not math.isfinite(value):
        return "\u2013"
    text = f"{value:.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def reading(value: float | None, unit: str) -> str:
    """Return a reading without its unit: whole degrees and pixels, hundredths of the rest.

    Examples
    --------
    >>> reading(68.4, "deg"), reading(0.256, "trunk lengths")
    ('68', '0.26')
    """
    return number(value, 0 if unit in _WHOLE_UNITS else 2)


def amount(value: float | None, unit: str) -> str:
    """Return a reading with its unit; a ratio has none.

    Examples
    --------
    >>> amount(12.0, "deg"), amount(0.1, "ratio")
    ('12 deg', '0.1')
    """
    return f"{reading(value, unit)} {unit}" if unit != "ratio" else reading(value, unit)


def symmetry_in_words(symmetry: Symmetry) -> str:
    """Return what can be said of the two sides, in one sentence."""
    error = amount(symmetry.expected_error, symmetry.unit)
    match symmetry.balance:
        case Balance.DIFFERENCE:
            less = amount(abs(symmetry.difference), symmetry.unit)
            says = f"Sides: {less} less on the {symmetry.lesser} (expected error {error})"
            return f"{says}{_UNSURE if symmetry.is_near_and_far else ''}."
        case Balance.NO_DIFFERENCE:
            return f"Sides: no difference larger than the expected error of {error}."
        case Balance.TOO_FEW:
            return "Sides: not assessed, fewer than two repetitions on one of them."
        case Balance.ONE_SIDE:
            return _one_side(symmetry.left or symmetry.right)


def _one_side(only: SideSummary | None) -> str:
    if only is None:
        raise ValueError("a symmetry has at least one side")
    return f"Sides: not compared, every repetition was on the {only.side}."
