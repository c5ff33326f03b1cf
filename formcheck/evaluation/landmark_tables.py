"""The tables of what was measured on landmarks that others recorded."""

from collections.abc import Sequence
from statistics import fmean

from formcheck.evaluation.landmark_scores import LandmarkScores, Separation, StreamScore
from formcheck.evaluation.score import AUTO
from formcheck.evaluation.tables import number, table
from formcheck.shares import Share


def landmark_sections(scores: LandmarkScores) -> list[tuple[str, str]]:
    """Return headings and tables: counts with the exercise given, ``auto``, single frames."""
    given = [s for s in scores.streams if s.asked_for != AUTO]
    auto = [s for s in scores.streams if s.asked_for == AUTO]
    return [
        ("Landmark sets: counts, exercise given", counts_table(given)),
        ("Landmark sets: each recording, exercise given", streams_table(given)),
        ("Landmark sets: `auto` on other exercises", elsewhere_table(auto)),
        ("Landmark sets: single frames of squats", separation_table(scores.separations)),
    ]


def counts_table(streams: Sequence[StreamScore]) -> str:
    """Return exact, off by one (0 of 1 too, as is usual for RepCount) and relative error."""
    rows = []
    for name in sorted({(s.set_name, s.asked_for) for s in streams}):
        group = [s for s in streams if (s.set_name, s.asked_for) == name]
        off = [abs(s.n_counted - s.n_labelled) for s in group]
        relative = [o / max(1, s.n_labelled) for o, s in zip(off, group, strict=True)]
        rows.append(
            (
                *name,
                Share.of(o == 0 for o in off),
                Share.of(o <= 1 for o in off),
                number(fmean(relative)),
            )
        )
    return table(("set", "exercise", "exact", "off by at most one", "relative error"), rows)


def streams_table(streams: Sequence[StreamScore]) -> str:
    """Return every recording whose exercise was given."""
    rows = [
        (
            s.set_name, s.name, s.n_labelled, s.n_counted, s.n_attempts,
            " ".join(side[0] for side in s.sides) or "-", f"{100 * s.found_share:.0f} %",
            s.remarks or "-",
        )
        for s in streams
    ]  # fmt: skip
    head = (
        "set", "recording", "labelled", "counted", "too small", "sides", "frames with a person",
        "remarks of the set",
    )  # fmt: skip
    return table(head, rows)


def elsewhere_table(streams: Sequence[StreamScore]) -> str:
    """Return on how many recordings of exercises that formcheck has not nothing was recognised."""
    rows = []
    for shows in sorted({s.shows for s in streams}):
        group = [s for s in streams if s.shows == shows]
        names = [s.recognised for s in group if s.recognised]
        tally = ", ".join(f"{name} {names.count(name)}" for name in sorted(set(names)))
        rows.append((shows, Share.of(s.recognised is None for s in group), tally or "-"))
    return table(("recordings of", "nothing recognised", "recognised instead"), rows)


def separation_table(separations: Sequence[Separation]) -> str:
    """Return how well the signal of the squat tells standing from squatting."""
    rows = [
        (
            s.set_name, s.measure, s.n_up, s.n_down, s.n_unread, number(s.auc),
            f"{number(s.share_up_at_rest)} (rest {s.rest:g})",
            f"{number(s.share_down_at_effort)} (counts from {s.effort:g})",
        )
        for s in separations
    ]  # fmt: skip
    head = (
        "set", "signal", "frames up", "frames down", "unread", "area under the curve",
        "share of up at rest", "share of down that counts",
    )  # fmt: skip
    return table(head, rows)
