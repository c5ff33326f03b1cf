"""Clips, results and scores made by hand: what is right about them is known."""

from formcheck.analysis.verdict import Outcome
from formcheck.evaluation.labels import Clip
from formcheck.evaluation.score import Score
from formcheck.reports.result import Result
from formcheck.reports.rows import HoldRow, RepetitionRow
from tests.reports.rows import FAULT, REPETITION, result

KNOWN = ("squat", "plank", "bridge")


def clip(expect="count", **labels) -> Clip:
    """Return a clip of a squat with five repetitions, unless its labels say otherwise."""
    five = {"repetitions": 5} if expect == "count" else {}
    return Clip(**{"file": "anna/a.mp4", "exercise": "squat", "expect": expect, **five, **labels})


def repetition(number, *, side=None) -> RepetitionRow:
    """Return the repetition from second ``2 n - 1`` to ``2 n + 1``, furthest at ``2 n``."""
    times = {"start_s": 2 * number - 1, "peak_s": 2 * number, "end_s": 2 * number + 1}
    return REPETITION.model_copy(update={"number": number, "side": side, **times})


def counted(n=5, exercise="squat", sides=(), faults=()) -> Result:
    """Return a result with so many repetitions; with none, nothing was done."""
    rows = tuple(repetition(k + 1, side=sides[k] if k < len(sides) else None) for k in range(n))
    return result(
        Outcome.COUNTED if n else Outcome.NOTHING_DONE,
        exercise=exercise,
        repetitions=rows,
        faults=tuple(FAULT.model_copy(update={"name": name}) for name in faults),
    )


def held(*spans, exercise="squat") -> Result:
    """Return a result with holds from when to when."""
    holds = tuple(
        HoldRow(
            number=k, variant="v", start_s=start_s, end_s=end_s, held_s=end_s - start_s,
            n_breaks=0, faults=(),
        )
        for k, (start_s, end_s) in enumerate(spans, start=1)
    )  # fmt: skip
    return result(Outcome.HELD, exercise=exercise, holds=holds)


def abstained(exercise="squat") -> Result:
    """Return "cannot judge"."""
    return result(Outcome.NOT_ASSESSED, exercise=exercise)


def none_of_these() -> Result:
    """Return what ``auto`` says where it recognises nothing."""
    return result(Outcome.NOTHING_DONE, exercise=None, exercise_name=None)


def scored(*, is_right=True, kind="given", expect="count", **values) -> Score:
    """Return a score with these values."""
    plain = {
        "file": "anna/a.mp4", "source": "anna", "exercise": "squat", "asked_for": "squat",
        "expected": "5 repetitions", "answered": "squat x 5", "is_abstention": False,
    }  # fmt: skip
    return Score(**{**plain, "is_right": is_right, "kind": kind, "expect": expect, **values})
