"""The tables of an evaluation, as Markdown."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from formcheck.evaluation.f1 import macro_f1, macro_f1_interval
from formcheck.evaluation.score import Recognition, Score
from formcheck.evaluation.summary import NONE, FaultCount, count_faults, summarise, told_apart
from formcheck.shares import Share

FEWEST_FAULT_CASES = 10
_RECOGNITIONS: tuple[Recognition, ...] = ("right", "understandable", "none", "wrong")

Groups = Iterable[tuple[str, Sequence[Score]]]


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table, or nothing where it has no rows."""
    lines = [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    if not lines:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", "|---" * len(head) + "|", *lines])


def summary_table(groups: Groups) -> str:
    """Return what groups of runs come to, a row each; groups without runs have none."""
    head = (
        "", "clips right", "counted exactly", "within one", "relative error", "held right",
        "start error s", "end error s", "held time right", "rightly abstained", "gave an answer",
    )  # fmt: skip
    rows = []
    for name, scores in groups:
        summary = summarise(scores)
        if not (summary.clips.n or summary.abstained.n):
            continue
        rows.append(
            (
                name,
                summary.clips,
                summary.exact,
                summary.within_one,
                number(summary.relative_error),
                summary.holds,
                number(summary.start_error_s),
                number(summary.end_error_s),
                summary.held_time,
                summary.abstained,
                summary.covered,
            )
        )
    return table(head, rows)


def number(value: float | None) -> str:
    """Return a number as people read it, a dash where there is none."""
    return "-" if value is None or math.isnan(value) else f"{value:.2f}"


def grouped(scores: Sequence[Score], key: Callable[[Score], str | None]) -> Groups:
    """Return scores by a key, in its order; those without one are left out."""
    names = sorted({name for s in scores if (name := key(s)) is not None})
    return [(name, [s for s in scores if key(s) == name]) for name in names]


def sides_table(scores: Sequence[Score]) -> str:
    """Return how many repetitions were attributed to the right side, by exercise."""
    rows = []
    for name, group in grouped(scores, lambda s: s.exercise if s.sides.n_labelled else None):
        summary = summarise(group)
        rows.append((name, summary.n_sides_labelled, summary.sides.n, summary.sides))
    return table(
        ("", "repetitions with a labelled side", "counted with a side", "right side"), rows
    )


def negatives_table(scores: Sequence[Score]) -> str:
    """Return whether nothing was counted where nothing may be, with the exercise given."""
    forbidden = [s for s in scores if s.kind == "forbidden"]
    if not forbidden:
        return ""
    by_clip = [group for _, group in grouped(forbidden, lambda s: s.file)]
    rows = [
        ("runs with an exercise that must not be counted", Share.of(s.is_right for s in forbidden)),
        ("clips on which all of these runs were right", Share.of(map(_all_right, by_clip))),
    ]
    return table(("", "nothing counted"), rows)


def recognition_table(scores: Sequence[Score]) -> str:
    """Return what ``auto`` recognised; on clips of nothing that it knows, none is right."""
    rows = []
    for words, kind in (
        ("clips of exercises that formcheck has", "auto"),
        ("clips of anything else", "elsewhere"),
    ):
        group = [s for s in scores if s.kind == kind]
        tally = [sum(s.recognition == name for s in group) for name in _RECOGNITIONS]
        if group:
            rows.append((words, len(group), *tally, Share.of(s.is_right for s in group)))
    head = (
        "", "clips", "the right one", "an understandable one", "none of these", "a wrong one",
        "answer right",
    )  # fmt: skip
    return f"{table(head, rows)}\n\n{_mean_f1(scores)}" if rows else ""


def _mean_f1(scores: Iterable[Score]) -> str:
    """Return how well the exercises are told apart, in one sentence."""
    pairs = told_apart(scores)
    low, high = macro_f1_interval(pairs)
    return (
        f"Mean F1 over the {len({done for done, _ in pairs} - {NONE})} exercises of these clips and"
        f" none of these: **{macro_f1(Counter(pairs)):.2f}** ({low:.2f}-{high:.2f}, 95 % of"
        f" {len(pairs)} clips drawn again and again). An answer that the labels call as good is"
        " right."
    )


def faults_table(scores: Iterable[Score]) -> str:
    """Return how often faults were found; too few cases are said to be too few."""
    rows = []
    for count in count_faults(scores):
        rows.append(
            (count.exercise, count.name, count.n_labelled, _found(count), count.n_also_raised)
        )
    return table(("exercise", "fault", "labelled clips", "found", "also raised on"), rows)


def _found(count: FaultCount) -> str:
    if count.n_labelled >= FEWEST_FAULT_CASES:
        return str(Share(count.n_found, count.n_labelled))
    tally = f"{count.n_found}/{count.n_labelled}, " if count.n_labelled else ""
    return f"{tally}not measurable yet"


def _all_right(scores: Iterable[Score]) -> bool:
    return all(score.is_right for score in scores)
