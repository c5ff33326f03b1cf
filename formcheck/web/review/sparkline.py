"""A course of ratings as a small line in a row of a table."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from formcheck.prescription.pain import MOST_PAIN

WIDTH, HEIGHT, MARGIN = 110, 26, 3


class Sparkline(NamedTuple):
    """A line from left to right, and where its last point is [px]; what it says in words."""

    points: str
    last_x: float
    last_y: float
    says: str


def sparkline(ratings: Sequence[tuple[date, int]]) -> Sparkline | None:
    """Return the line of ratings from 0 to 10, by day; None where there is none."""
    if not ratings:
        return None
    first = ratings[0][0].toordinal()
    n_days = max(ratings[-1][0].toordinal() - first, 1)
    across, down = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN
    points = [
        (
            MARGIN + across * ((day.toordinal() - first) / n_days if len(ratings) > 1 else 1),
            MARGIN + down * (1 - value / MOST_PAIN),
        )
        for day, value in ratings
    ]
    x, y = points[-1]
    told = ", ".join(str(value) for _, value in ratings)
    return Sparkline(
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points), round(x, 1), round(y, 1), told
    )
