"""What counts as right, rule by rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.evaluation.score import AUTO, HoldError
from formcheck.evaluation.scoring import score
from tests.evaluation.cases import (
    KNOWN,
    abstained,
    clip,
    counted,
    held,
    none_of_these,
)

PLANK = clip("hold", exercise="plank", holds_s=((2, 12),))
ELSEWHERE = clip("count", exercise="other", near_ids=("bridge",), must_not_count=("plank",))
NEGATIVE = clip("negative", exercise="other", must_not_count=("*",), near_ids=("bridge",))


@given(n=st.integers(0, 12))
def test_a_count_is_right_only_where_it_is_the_labelled_one(n):
    """Five are labelled: five are right, four and six within one, none is neither."""
    found = score(clip(), "squat", counted(n), KNOWN)
    assert found.is_right == (n == 5)
    assert found.is_within_one == (n in (4, 5, 6))
    assert found.n_off == (n - 5 if n else None)
    assert found.relative_error == pytest.approx(abs(n - 5) / 5 if n else 1.0)


def test_counting_none_of_one_is_not_within_one():
    """A clip with a single repetition cannot be passed by counting nothing."""
    found = score(clip(repetitions=1), "squat", counted(0), KNOWN)
    assert (found.is_right, found.is_within_one, found.relative_error) == (False, False, 1.0)


@pytest.mark.parametrize(("n", "n_off"), [(2, 0), (3, 0), (1, -1), (5, 2)])
def test_every_defensible_count_is_right(n, n_off):
    """How far a count is off is told from the nearest one that is right."""
    found = score(clip(repetitions=3, repetitions_accept=(2, 3)), "squat", counted(n), KNOWN)
    assert (found.n_off, found.is_right) == (n_off, n_off == 0)


def test_none_is_right_where_the_labels_accept_it():
    """A movement of a few centimetres may be left uncounted where the labels say so."""
    small = clip(repetitions=2, repetitions_accept=(0, 2))
    assert score(small, "squat", counted(0), KNOWN).is_right
    assert not score(small, "squat", counted(1), KNOWN).is_right
    assert not score(small, AUTO, counted(2, "bridge"), KNOWN).is_right


def test_abstaining_is_a_miss():
    """Where there is something to count, "cannot judge" is wrong and not covered."""
    found = score(clip(), "squat", abstained(), KNOWN)
    assert (found.is_right, found.is_abstention, found.n_off) == (False, True, None)
    assert (found.relative_error, found.answered) == (1.0, "cannot judge")


def test_abstaining_is_right_where_the_labels_call_it_as_good():
    """It is right and yet an abstention; that nothing was done is another answer, and wrong."""
    either = clip(expect_also="abstain")
    found = score(either, "squat", abstained(), KNOWN)
    assert (found.is_right, found.is_abstention, found.relative_error) == (True, True, None)
    assert not score(either, "squat", counted(0), KNOWN).is_right
    assert score(either, "squat", counted(5), KNOWN).is_right


@pytest.mark.parametrize(
    ("result", "is_right"),
    [(abstained(), True), (counted(0), False), (counted(2), False), (none_of_these(), True)],
)
def test_where_nothing_can_be_judged_only_saying_so_is_right(result, is_right):
    """To claim that nothing was done is not the same as being unable to judge."""
    asked_for = "squat" if result.exercise else AUTO
    assert score(clip("abstain"), asked_for, result, KNOWN).is_right == is_right


@pytest.mark.parametrize(
    ("start_s", "end_s", "is_right"),
    [(2, 12, True), (2.5, 11.5, True), (1.5, 12.5, True), (2.51, 12, False), (2, 12.51, False)],
)
def test_a_hold_is_right_when_both_ends_are_within_half_a_second(start_s, end_s, is_right):
    """Just below and just above the tolerance, at either end."""
    found = score(PLANK, "plank", held((start_s, end_s), exercise="plank"), KNOWN)
    expected = HoldError(start_error_s=round(start_s - 2, 3), end_error_s=round(end_s - 12, 3))
    assert (found.is_right, found.holds) == (is_right, (expected,))
    assert found.is_held_time_right


def test_a_hold_in_two_pieces_is_not_right():
    """The looser figure of the time held may still be."""
    found = score(PLANK, "plank", held((2, 7), (7.5, 12), exercise="plank"), KNOWN)
    assert (found.is_right, found.is_held_time_right) == (False, True)
    assert found.held_error_s == pytest.approx(-0.5)


def test_holds_are_compared_with_the_one_that_they_share_most_with():
    """Two labelled, one found: the other has no error and is missed."""
    both = clip("hold", exercise="plank", holds_s=((0, 4), (6, 20)))
    found = score(both, "plank", held((6.2, 20), exercise="plank"), KNOWN)
    assert found.holds == (HoldError(), HoldError(start_error_s=0.2, end_error_s=0.0))
    assert not found.is_right


def test_a_hold_that_was_never_seen_has_no_error():
    """Nothing held, nothing timed, and a miss."""
    found = score(PLANK, "plank", counted(0, "plank"), KNOWN)
    assert (found.is_right, found.holds, found.held_error_s) == (False, (HoldError(),), None)
    assert not found.is_held_time_right


def test_a_second_answer_without_times_asks_only_that_it_was_held():
    """A high plank may be timed where its push-ups are too small to count."""
    either = clip(repetitions=2, expect_also="hold", near_ids=("plank",))
    assert score(either, AUTO, held((1, 5), exercise="plank"), KNOWN).is_right
    assert not score(either, AUTO, held((1, 5), exercise="bridge"), KNOWN).is_right


@pytest.mark.parametrize(
    ("result", "is_right"),
    [
        (counted(0, "bridge"), True),
        (abstained("bridge"), True),
        (counted(1, "bridge"), False),
        (held((1, 2), exercise="bridge"), False),
    ],
)
def test_where_another_exercise_was_asked_for_nothing_may_be_counted(result, is_right):
    """One repetition or one hold of it is wrong, whatever the clip shows."""
    found = score(clip(), "bridge", result, KNOWN)
    assert (found.kind, found.is_right, found.expected) == ("forbidden", is_right, "nothing")
    assert (found.n_due, found.n_off, found.faults_labelled) == (None, None, ())


@pytest.mark.parametrize(
    ("labelled", "result", "recognition", "is_right"),
    [
        (clip(), counted(5), "right", True),
        (clip(), counted(4), "right", False),
        (clip(), none_of_these(), "none", False),
        (clip(), counted(5, "bridge"), "wrong", False),
        (clip(near_ids=("bridge",)), counted(5, "bridge"), "understandable", False),
        (ELSEWHERE, none_of_these(), "none", True),
        (ELSEWHERE, counted(3, "bridge"), "understandable", True),
        (ELSEWHERE, counted(3, "squat"), "wrong", False),
        (ELSEWHERE, held((1, 9), exercise="plank"), "wrong", False),
        (NEGATIVE, none_of_these(), "none", True),
        (NEGATIVE, counted(3, "bridge"), "wrong", False),
        (clip("negative"), counted(1), "wrong", False),
    ],
)
def test_recognising(labelled, result, recognition, is_right):
    """An understandable answer is right only where formcheck does not have the exercise."""
    found = score(labelled, AUTO, result, KNOWN)
    assert (found.recognition, found.is_right) == (recognition, is_right)
    assert found.kind == ("auto" if labelled.exercise == "squat" and labelled.expect == "count"
                          else "elsewhere")  # fmt: skip


def test_none_of_these_is_an_abstention():
    """On a clip that can be counted it is not covered."""
    assert score(clip(), AUTO, none_of_these(), KNOWN).is_abstention


def test_sides_are_matched_by_time():
    """The second of three was not counted: the third is compared with the third label."""
    labelled = clip(
        repetitions=3, repetition_times_s=(2, (3.8, 4.2), 6.1), sides=("left", "right", "left")
    )
    all_three = counted(3, sides=("left", "left", "left"))
    two = all_three.model_copy(
        update={"repetitions": (all_three.repetitions[0], all_three.repetitions[2])}
    )
    sides = score(labelled, "squat", all_three, KNOWN).sides
    assert (sides.n_labelled, sides.n_seen, sides.n_right) == (3, 3, 2)
    sides = score(labelled, "squat", two, KNOWN).sides
    assert (sides.n_labelled, sides.n_seen, sides.n_right) == (3, 2, 2)


def test_sides_without_times_are_matched_by_order():
    """A label without a side, and a repetition without one, are not compared."""
    labelled = clip(repetitions=3, sides=("left", None, "right"))
    sides = score(labelled, "squat", counted(3, sides=("left", "left")), KNOWN).sides
    assert (sides.n_labelled, sides.n_seen, sides.n_right) == (2, 1, 1)


def test_faults_are_those_of_the_labels_and_of_the_result():
    """Faults that formcheck has no name for are not labelled for it."""
    labelled = clip(faults=({"catalogue_fault": "too_fast"}, {"fault": "smiles"}))
    found = score(labelled, "squat", counted(5, faults=("too_fast", "leans", "leans")), KNOWN)
    assert (found.faults_labelled, found.faults_found) == (("too_fast",), ("leans", "too_fast"))


@pytest.mark.parametrize(
    ("labelled", "asked_for", "words"),
    [
        (clip(repetitions=1), "squat", "1 repetition"),
        (clip(repetitions_accept=(6,), expect_also="abstain"), AUTO,
         "5 or 6 repetitions or cannot judge"),
        (PLANK, "plank", "held 2.0 to 12.0 s"),
        (PLANK, "squat", "nothing"),
        (ELSEWHERE, AUTO, "nothing or bridge"),
        (NEGATIVE, AUTO, "nothing"),
    ],
)  # fmt: skip
def test_what_was_expected_is_said_in_words(labelled, asked_for, words):
    """A miss can be read without the labels."""
    assert score(labelled, asked_for, abstained(), KNOWN).expected == words
