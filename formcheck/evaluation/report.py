"""An evaluation for people: its tables, its halves and every miss, as Markdown.

Rendered people and real people are never mixed: the figures are by source.
"""

from collections.abc import Iterable, Sequence

from formcheck.evaluation.evaluation import Evaluation
from formcheck.evaluation.landmark_tables import landmark_sections
from formcheck.evaluation.notes import HALVES, Half, Notes
from formcheck.evaluation.score import Kind, Score
from formcheck.evaluation.tables import (
    Groups,
    faults_table,
    grouped,
    negatives_table,
    recognition_table,
    sides_table,
    summary_table,
)

NOT_EXPLAINED = "not explained yet"

Section = tuple[str, str]


def to_markdown(evaluation: Evaluation, notes: Notes) -> str:
    """Return every table under its heading, and every miss."""
    return (
        "\n\n".join(f"## {title}\n\n{text}" for title, text in sections(evaluation, notes)) + "\n"
    )


def sections(evaluation: Evaluation, notes: Notes) -> list[Section]:
    """Return headings and what is under them; without cases there is no heading."""
    scores = evaluation.scores
    given = of_kind(scores, "given")
    found = [
        ("All clips", summary_table(headline_groups(scores))),
        ("The halves apart, exercise given", summary_table(half_groups(given, notes))),
        ("By exercise, exercise given", summary_table(grouped(given, lambda s: s.exercise))),
        ("By source, exercise given", summary_table(grouped(given, lambda s: s.source))),
        ("Sides, exercise given", sides_table(given)),
        ("Where nothing may be counted", negatives_table(scores)),
        ("Recognised by itself (`auto`)", recognition_table(scores)),
        ("Faults, exercise given", faults_table(scores)),
        ("Every miss", misses(scores, notes)),
        *(landmark_sections(evaluation.landmark_scores) if evaluation.landmark_scores else ()),
    ]
    return [(title, text) for title, text in found if text]


def of_kind(scores: Iterable[Score], kind: Kind) -> list[Score]:
    """Return the runs of one kind."""
    return [score for score in scores if score.kind == kind]


def headline_groups(scores: Sequence[Score]) -> Groups:
    """Return the runs with the exercise given, and with ``auto`` on the same clips."""
    return [
        ("exercise given", of_kind(scores, "given")),
        ("recognised (`auto`)", of_kind(scores, "auto")),
    ]


def half_groups(scores: Sequence[Score], notes: Notes) -> Groups:
    """Return the halves apart, and of the untouched one what truly is untouched."""
    groups: list[tuple[str, Sequence[Score]]] = [(h, in_half(scores, notes, h)) for h in HALVES]
    if notes.split.seen_before:
        groups.append(("untouched, exercises added since", unseen(scores, notes)))
    return groups


def in_half(scores: Iterable[Score], notes: Notes, half: Half) -> list[Score]:
    """Return the runs on clips of one half."""
    return [score for score in scores if notes.split.half_of(score.source) == half]


def unseen(scores: Iterable[Score], notes: Notes) -> list[Score]:
    """Return the runs on untouched clips of exercises that had not been seen before."""
    seen = notes.split.seen_before
    return [s for s in in_half(scores, notes, "untouched") if s.exercise not in seen]


def misses(scores: Iterable[Score], notes: Notes) -> str:
    """Return every run that was not right, each with what somebody wrote about it."""
    lines = [_miss(score, notes) for score in scores if not score.is_right]
    return "\n".join(lines) if lines else "None."


def _miss(score: Score, notes: Notes) -> str:
    explanation = notes.explanation(score)
    why = f"{explanation.cause}. {explanation.says}" if explanation else NOT_EXPLAINED
    return (
        f"- **{score.file}**, asked for {score.asked_for}: expected {score.expected}, got"
        f" {_answer(score)}. *Why:* {why}"
    )


def _answer(score: Score) -> str:
    """Return the answer, and how far the ends of a hold are off."""
    ends = [
        f"start {error.start_error_s:+.1f} s, end {error.end_error_s:+.1f} s"
        for error in score.holds
        if error.start_error_s is not None and error.end_error_s is not None
    ]
    return f"{score.answered} ({'; '.join(ends)})" if ends else score.answered
