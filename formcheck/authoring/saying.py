"""What moved, in words: 'bend of the knee: 92 to 171 degrees, 9 times its error'."""

from formcheck.authoring.ranking import Moved
from formcheck.reports.rule_words import RuleWords
from formcheck.texts import Texts

_UNITS = {"deg": "degrees", "trunk lengths": "trunk lengths", "ratio": "", "px": "px"}
_HARDLY_KNOWN_BELOW = 0.95


def says_moved(moved: Moved, texts: Texts) -> str:
    """Return how far a reading moved, against its error, and what to mind about it."""
    times = f"{moved.errors:.0f}" if moved.errors >= 2 else f"{moved.errors:.1f}"
    said = f"{name_of(moved, texts)}: {way_of(moved)}, {times} times its error"
    if moved.swings:
        said += ", to either side"
    if moved.handed:
        said += ", to this side only"
    if moved.known_share < _HARDLY_KNOWN_BELOW:
        said += f", seen {moved.known_share:.0%} of the time"
    return said


def way_of(moved: Moved) -> str:
    """Return what was read at rest and at effort, with its unit."""
    digits = 0 if moved.measure.unit == "deg" else 2
    unit = _UNITS[moved.measure.unit]
    return f"{moved.at_rest:.{digits}f} to {moved.at_effort:.{digits}f} {unit}".strip()


def name_of(moved: Moved, texts: Texts) -> str:
    """Return what a reading is called, with its side where it has sides."""
    return RuleWords(texts).reading(moved.reading)
