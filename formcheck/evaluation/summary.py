"""What the scores of one kind of run come to."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from formcheck.evaluation.f1 import Pair
from formcheck.evaluation.score import Score
from formcheck.shares import Share

NONE = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts, holds and abstentions apart; errors are means of their sizes, NaN of none.

    Attributes
    ----------
    clips
        Clips to count and clips to time together, answered rightly.
    exact, within_one, relative_error
        Of the clips to count.
    holds, start_error_s, end_error_s
        Of the clips to time; a hold that was not seen is wrong and has no error.
    held_time
        The looser question whether about the right time was held.
    abstained
        Clips on which "cannot judge" is the right answer.
    covered
        Clips to count or to time on which formcheck gave a count or a time.
    sides
        Repetitions attributed to the right side, of those whose side is labelled and seen.
    n_sides_labelled
        Repetitions whose side is labelled.
    """

    clips: Share
    exact: Share
    within_one: Share
    relative_error: float
    holds: Share
    start_error_s: float
    end_error_s: float
    held_time: Share
    abstained: Share
    covered: Share
    sides: Share
    n_sides_labelled: int


def summarise(scores: Iterable[Score]) -> Summary:
    """Sum up the runs in which the clip's own exercise was due."""
    due = [s for s in scores if s.kind in ("given", "auto")]
    counts = [s for s in due if s.expect == "count"]
    holds = [s for s in due if s.expect == "hold"]
    relative = [s.relative_error for s in counts if s.relative_error is not None]
    errors = [error for s in holds for error in s.holds]
    return Summary(
        clips=Share.of(s.is_right for s in (*counts, *holds)),
        exact=Share.of(s.is_right for s in counts),
        within_one=Share.of(s.is_within_one for s in counts),
        relative_error=_mean(relative),
        holds=Share.of(s.is_right for s in holds),
        start_error_s=_mean([abs(e.start_error_s) for e in errors if e.start_error_s is not None]),
        end_error_s=_mean([abs(e.end_error_s) for e in errors if e.end_error_s is not None]),
        held_time=Share.of(s.is_held_time_right for s in holds),
        abstained=Share.of(s.is_right for s in due if s.expect == "abstain"),
        covered=Share.of(not s.is_abstention for s in (*counts, *holds)),
        sides=Share(sum(s.sides.n_right for s in due), sum(s.sides.n_seen for s in due)),
        n_sides_labelled=sum(s.sides.n_labelled for s in due),
    )


@dataclass(frozen=True, slots=True)
class FaultCount:
    """How often one fault of one exercise was labelled, found, and raised beyond the labels.

    Attributes
    ----------
    n_also_raised
        Clips of the exercise on which it was raised and is not labelled. Labels name what was
        conspicuous, not everything: these are not all wrong.
    """

    exercise: str
    name: str
    n_labelled: int
    n_found: int
    n_also_raised: int


def told_apart(scores: Iterable[Score]) -> list[Pair]:
    """Return what was done in each clip and what ``auto`` said, `NONE` for none of the exercises.

    An understandable answer, or none, is the right one where the labels call it as good.
    """
    pairs = []
    for score in scores:
        if score.kind not in ("auto", "elsewhere"):
            continue
        done = score.exercise if score.kind == "auto" else NONE
        is_as_good = score.recognition in ("understandable", "none") and score.is_right
        is_right = score.recognition == "right" or is_as_good
        pairs.append((done, done if is_right else score.recognised or NONE))
    return pairs


def count_faults(scores: Iterable[Score]) -> list[FaultCount]:
    """Return every fault that is labelled or was raised, with the exercise given."""
    given = [s for s in scores if s.kind == "given"]
    named = {(s.exercise, name) for s in given for name in (*s.faults_labelled, *s.faults_found)}
    return [
        FaultCount(
            exercise=exercise,
            name=name,
            n_labelled=sum(name in s.faults_labelled for s in given if s.exercise == exercise),
            n_found=sum(
                name in s.faults_labelled and name in s.faults_found
                for s in given
                if s.exercise == exercise
            ),
            n_also_raised=sum(
                name not in s.faults_labelled and name in s.faults_found
                for s in given
                if s.exercise == exercise
            ),
        )
        for exercise, name in sorted(named)
    ]


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else math.nan
