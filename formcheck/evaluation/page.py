"""The page on accuracy: what was measured on what, in words and tables, made by one command."""

from typing import Any

from formcheck.evaluation.evaluation import Evaluation
from formcheck.evaluation.notes import Notes
from formcheck.evaluation.report import (
    NOT_EXPLAINED,
    in_half,
    of_kind,
    sections,
    unseen,
)
from formcheck.evaluation.score import HOLD_EDGE_S
from formcheck.evaluation.scoring import HELD_ERROR_S, HELD_ERROR_SHARE
from formcheck.evaluation.tables import FEWEST_FAULT_CASES, summary_table, table
from formcheck.templating import environment


def render_page(evaluation: Evaluation, notes: Notes) -> str:
    """Return the page as Markdown."""
    templates = environment("formcheck.evaluation", autoescape=False, keeps_last_newline=True)
    template = templates.get_template("accuracy.md.j2")
    return template.render(
        measured=evaluation.measured_with,
        sections=sections(evaluation, notes),
        sources=table(
            ("folder", "repository", "licence", "half", "what"),
            [
                (s.folder, s.repository, s.licence, notes.split.half_of(s.folder) or "-", s.what)
                for s in notes.sources
            ],
        ),
        landmark_sets=table(
            ("set", "repository", "licence", "what"),
            [(s.folder, s.repository, s.licence, s.what) for s in notes.landmark_sets],
        )
        if evaluation.landmark_scores
        else "",
        split=notes.split,
        has_untouched=bool(in_half(evaluation.scores, notes, "untouched")),
        first_look=_first_look(notes),
        not_explained=NOT_EXPLAINED,
        hold_edge_s=HOLD_EDGE_S,
        held_error_s=HELD_ERROR_S,
        held_error_share=HELD_ERROR_SHARE,
        fewest_faults=FEWEST_FAULT_CASES,
        **_sizes(evaluation),
    )


def _sizes(evaluation: Evaluation) -> dict[str, int]:
    """Return how much was measured."""
    scores = evaluation.scores
    given = of_kind(scores, "given")
    return {
        "n_clips": len({s.file for s in scores}),
        "n_sources": len({s.source for s in scores}),
        "n_given": len(given),
        "n_given_sources": len({s.source for s in given}),
        "n_exercises_measured": len({s.exercise for s in given}),
        "n_exercises": len(evaluation.measured_with.exercises),
    }


def _first_look(notes: Notes) -> dict[str, Any] | None:
    """Return what the first run on the untouched half came to."""
    first = notes.first_look
    if first is None:
        return None
    given, auto = of_kind(first.scores, "given"), of_kind(first.scores, "auto")
    known = set(first.measured_with.exercises)
    clips = [s for s in unseen(given, notes) if s.exercise in known]
    return {
        "measured": first.measured_with,
        "summary": summary_table(
            [
                ("untouched half, exercise given", in_half(given, notes, "untouched")),
                ("of these, exercises added since", clips),
                ("untouched half, recognised (`auto`)", in_half(auto, notes, "untouched")),
            ]
        ),
        "clips": table(
            ("clip", "exercise", "asked for", "expected", "answered", "right"),
            [
                (
                    s.file,
                    s.exercise,
                    s.asked_for,
                    s.expected,
                    s.answered,
                    "yes" if s.is_right else "no",
                )
                for s in in_half(first.scores, notes, "untouched")
                if s.kind != "forbidden" or not s.is_right
            ],
        ),
    }
