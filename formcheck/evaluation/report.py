"""What an evaluation comes to, as Markdown and JSON.

Rendered people and real people are never mixed: the figures are by source.
"""

import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict

from formcheck.evaluation.run import AUTO
from formcheck.evaluation.score import Score, Share, summarise

FEWEST_FAULT_CASES = 10


def to_markdown(scores: Sequence[Score]) -> str:
    """Return the tables: headline, by exercise, by source, faults, and every miss."""
    given = [s for s in scores if s.asked_for != AUTO]
    auto = [s for s in scores if s.asked_for == AUTO]
    known = [s for s in auto if s.clip.exercise in {g.asked_for for g in given}]
    parts = [
        _headline([("exercise given", given), ("exercise recognised (auto)", known)]),
        _by("exercise", given, lambda s: s.clip.exercise),
        _by("source", given, lambda s: s.clip.source),
        _auto_elsewhere(auto, known),
        _faults(given),
        _misses([*given, *known]),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def to_json(scores: Sequence[Score]) -> str:
    """Return every score and the headline, for programs."""
    rows = [
        {
            "file": s.clip.file,
            "exercise": s.clip.exercise,
            "asked_for": s.asked_for,
            "expect": s.clip.expect,
            "answered": s.answered,
            "is_right": s.is_right,
            "n_off": s.n_off,
            "hold_error_s": s.hold_error_s,
            "is_abstention": s.is_abstention,
            "faults_found": sorted(s.faults_found),
        }
        for s in scores
    ]
    headline = {
        name: _finite(asdict(summarise(group)))
        for name, group in (
            ("given", [s for s in scores if s.asked_for != AUTO]),
            ("auto", [s for s in scores if s.asked_for == AUTO]),
        )
    }
    return json.dumps({"schema_version": "1.0", "headline": headline, "scores": rows}, indent=1)


def _finite(values: dict[str, object]) -> dict[str, object]:
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in values.items()
    }


_HEADER = (
    "| | counted exactly | within one | relative error | held right | hold error s"
    " | rightly nothing | could judge |\n|---|---|---|---|---|---|---|---|"
)


def _headline(groups: Iterable[tuple[str, Sequence[Score]]]) -> str:
    rows = [_row(name, group) for name, group in groups]
    return "\n".join([_HEADER, *rows])


def _row(name: str, scores: Sequence[Score]) -> str:
    summary = summarise(scores)
    cells = [
        name,
        str(summary.exact),
        str(summary.off_by_one),
        _number(summary.relative_error),
        str(summary.holds),
        _number(summary.hold_error_s),
        str(summary.negatives),
        str(summary.covered),
    ]
    return f"| {' | '.join(cells)} |"


def _number(value: float) -> str:
    return "-" if math.isnan(value) else f"{value:.2f}"


def _by(title: str, scores: Sequence[Score], key: object) -> str:
    assert callable(key)
    due = [s for s in scores if s.asked_for == s.clip.exercise]
    names = sorted({key(s) for s in due})
    rows = [_row(name, [s for s in due if key(s) == name]) for name in names]
    return "\n".join([f"By {title}, exercise given:\n", _HEADER, *rows]) if rows else ""


def _auto_elsewhere(auto: Sequence[Score], known: Sequence[Score]) -> str:
    """Say what ``auto`` made of clips that show no exercise that formcheck knows."""
    elsewhere = [s for s in auto if s not in known]
    if not elsewhere:
        return ""
    wrong = [s for s in elsewhere if s.exercise not in (None, *s.clip.near_ids)]
    silent = [s for s in elsewhere if s not in wrong]
    lines = [
        "Recognised (auto) on clips of exercises that formcheck does not know, none or one that"
        " is understandable to recognise instead: "
        f"{Share(len(silent), len(elsewhere))}"
    ]
    lines += [f"- {s.clip.file} ({s.clip.exercise}): {s.answered}" for s in wrong]
    return "\n".join(lines)


def _faults(scores: Sequence[Score]) -> str:
    due = [s for s in scores if s.asked_for == s.clip.exercise]
    cases = Counter(name for s in due for name in _labelled(s))
    if not cases:
        return ""
    rows = []
    for name, n_cases in sorted(cases.items()):
        hits = sum(name in _labelled(s) and name in s.faults_found for s in due)
        false = sum(name not in _labelled(s) and name in s.faults_found for s in due)
        found = (
            str(Share(hits, n_cases))
            if n_cases >= FEWEST_FAULT_CASES
            else f"{hits}/{n_cases}, not measurable yet"
        )
        rows.append(f"| {name} | {n_cases} | {found} | {false} |")
    head = "| fault | labelled clips | found | also raised on |\n|---|---|---|---|"
    return "\n".join([head, *rows])


def _labelled(score: Score) -> frozenset[str]:
    return frozenset(f.catalogue_fault for f in score.clip.faults if f.catalogue_fault)


def _misses(scores: Sequence[Score]) -> str:
    lines = [
        f"- {s.clip.file}, asked for {s.asked_for}: expected {_expected(s)}, got {s.answered}"
        for s in scores
        if not s.is_right
    ]
    return "\n".join(["Misses:", *lines]) if lines else "No misses."


def _expected(score: Score) -> str:
    if score.asked_for not in (score.clip.exercise, AUTO):
        return "nothing"
    match score.clip.expect:
        case "count":
            return f"{' or '.join(map(str, sorted(score.clip.counts_accepted)))} repetitions"
        case "hold":
            return f"{score.clip.held_s:.1f} s held"
        case _:
            return "nothing"
