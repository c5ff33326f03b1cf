"""Numbers as they are written, and views in which they may be read."""

from formcheck.authoring.demonstration import Demonstration
from formcheck.authoring.ranking import Moved
from formcheck.exercises.readings import Reading
from formcheck.measures import MEASURES, View


def rounded(value: float, of: Moved) -> float:
    """Return a number as it is written: to a tenth of what the measure errs, or finer."""
    digits = 1 if of.measure.unit == "deg" else 3
    return round(value, digits)


def at_share(share: float, of: Moved) -> float:
    """Return what is read at a share of the way from rest to effort."""
    return rounded(of.at_rest + share * of.change, of)


def readable_views(demonstration: Demonstration, reading: Reading) -> frozenset[View]:
    """Return from where it was shown, as far as the reading can be taken from there."""
    return (demonstration.views | {demonstration.view}) & MEASURES[reading.measure].views
