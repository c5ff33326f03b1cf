"""A recording's timeline in plain words: what was done when, a line each."""

from collections.abc import Iterator

from formcheck.analysis.timeline import SegmentKind
from formcheck.reports.amounts import number
from formcheck.reports.result import Result
from formcheck.reports.rows import SegmentRow, SetRow

SEGMENT_WORDS = {
    SegmentKind.REST: "rest",
    SegmentKind.UNKNOWN: "something else",
    SegmentKind.AWAY: "nobody in the picture",
}


def timeline_in_words(result: Result) -> Iterator[str]:
    """Yield a line for each stretch."""
    for part in result.timeline:
        what = part.exercise_name or SEGMENT_WORDS[part.kind]
        much = how_much(part)
        said = f"{what}: {much}" if much else what
        yield f"{clock(part.start_s)} to {clock(part.end_s)}  {said}"


def how_much(part: SegmentRow) -> str:
    """Return how often and how long, set by set; nothing for what is no exercise.

    Examples
    --------
    >>> one = SetRow(start_s=0, end_s=9, n_repetitions=3, n_attempts=0, held_s=0, faults=())
    >>> part = SegmentRow(
    ...     kind="exercise", start_s=0, end_s=30, exercise="a", exercise_name="A", sets=(one, one)
    ... )
    >>> how_much(part)
    '2 sets: 3, 3 repetitions'
    """
    if not part.sets:
        return ""
    sets = ", ".join(_amount(one) for one in part.sets)
    is_counted = all(one.n_repetitions for one in part.sets)
    if is_counted:
        noun = "repetition" if sets == "1" else "repetitions"
        sets = f"{sets} {noun}"
    return f"{len(part.sets)} sets: {sets}" if len(part.sets) > 1 else sets


def clock(time_s: float) -> str:
    """Return a time as minutes and seconds.

    Examples
    --------
    >>> clock(75.4)
    '1:15'
    """
    minutes, seconds = divmod(round(time_s), 60)
    return f"{minutes}:{seconds:02}"


def _amount(one: SetRow) -> str:
    if one.held_s and one.n_repetitions:
        return f"{one.n_repetitions} and {number(one.held_s)} s held"
    return f"held {number(one.held_s)} s" if one.held_s else str(one.n_repetitions)
