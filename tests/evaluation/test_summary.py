"""What scores add up to."""

import math

import pytest

from formcheck.evaluation.score import HoldError, SideTally
from formcheck.evaluation.summary import NONE, count_faults, summarise, told_apart
from formcheck.shares import Share
from tests.evaluation.cases import scored

COUNTS = [
    scored(n_due=5, n_off=0),
    scored(n_due=4, n_off=-1, is_right=False),
    scored(n_due=4, is_right=False, is_abstention=True),
    scored(n_due=3, is_right=True, is_abstention=True),
]
HOLDS = [
    scored(
        expect="hold", is_held_time_right=True,
        holds=(HoldError(start_error_s=-0.2, end_error_s=0.4),),
    ),
    scored(
        expect="hold", is_right=False, is_held_time_right=True,
        holds=(HoldError(start_error_s=0.6, end_error_s=0.0),),
    ),
    scored(expect="hold", is_right=False, holds=(HoldError(),)),
]  # fmt: skip


def test_counts_and_holds_are_summed_up_apart_and_together():
    """Three of seven are right; an abstention is a miss where it is not as good an answer."""
    summary = summarise([*COUNTS, *HOLDS])
    assert summary.clips == Share(3, 7)
    assert (summary.exact, summary.within_one) == (Share(2, 4), Share(3, 4))
    assert (summary.holds, summary.held_time) == (Share(1, 3), Share(2, 3))
    assert summary.covered == Share(5, 7)


def test_errors_are_means_of_their_sizes():
    """Early and late do not cancel out; what was not seen, or rightly not counted, has none."""
    summary = summarise([*COUNTS, *HOLDS])
    assert summary.relative_error == pytest.approx((0 + 0.25 + 1) / 3)
    assert summary.start_error_s == pytest.approx(0.4)
    assert summary.end_error_s == pytest.approx(0.2)
    assert math.isnan(summarise(COUNTS).start_error_s)


def test_what_may_not_be_counted_is_in_no_headline():
    """Runs with another exercise, and on clips of something else, are reported elsewhere."""
    others = [scored(kind="forbidden"), scored(kind="elsewhere", expect="count")]
    assert summarise(others).clips == Share(0, 0)


def test_clips_that_cannot_be_judged_are_apart():
    """They are neither counted nor timed, and nobody can cover them."""
    summary = summarise([scored(expect="abstain", is_abstention=True)])
    assert (summary.abstained, summary.clips, summary.covered) == (
        Share(1, 1), Share(0, 0), Share(0, 0),
    )  # fmt: skip


def test_sides_add_up_over_repetitions():
    """Two clips, seven labelled repetitions, six seen, five right."""
    tallies = [SideTally(n_labelled=4, n_seen=4, n_right=3),
               SideTally(n_labelled=3, n_seen=2, n_right=2)]  # fmt: skip
    summary = summarise([scored(sides=tally) for tally in tallies])
    assert (summary.sides, summary.n_sides_labelled) == (Share(5, 6), 7)


def test_faults_are_counted_by_exercise_with_the_exercise_given():
    """A fault of the same name belongs to another exercise there; ``auto`` is not counted twice."""
    scores = [
        scored(faults_labelled=("fast",), faults_found=("fast", "low")),
        scored(faults_labelled=("fast",)),
        scored(faults_found=("fast",)),
        scored(exercise="bridge", faults_found=("fast",)),
        scored(kind="auto", faults_labelled=("fast",), faults_found=("fast",)),
    ]
    rows = [(f.exercise, f.name, f.n_labelled, f.n_found, f.n_also_raised) for f in
            count_faults(scores)]  # fmt: skip
    assert rows == [
        ("bridge", "fast", 0, 0, 1),
        ("squat", "fast", 2, 1, 1),
        ("squat", "low", 0, 0, 1),
    ]


def test_what_the_labels_call_as_good_is_told_apart_rightly():
    """An understandable answer and none are right where they may be, else what was said counts."""
    runs = [
        scored(kind="auto", exercise="cat_cow", recognition="right", recognised="cat_cow"),
        scored(kind="auto", exercise="cat_cow", recognition="none"),
        scored(kind="auto", exercise="cat_cow", recognition="none", is_right=False),
        scored(kind="elsewhere", recognition="understandable", recognised="side_bend"),
        scored(kind="elsewhere", recognition="wrong", recognised="side_bend", is_right=False),
        scored(kind="given", exercise="cat_cow"),
    ]
    assert told_apart(runs) == [
        ("cat_cow", "cat_cow"),
        ("cat_cow", "cat_cow"),
        ("cat_cow", NONE),
        (NONE, NONE),
        (NONE, "side_bend"),
    ]
