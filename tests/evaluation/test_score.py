"""Scores say no more than the labels allow."""

import pytest

from formcheck.errors import LabelsError
from formcheck.evaluation.labels import Clip, load_labels
from formcheck.evaluation.run import AUTO, runs_on
from formcheck.evaluation.score import Share
from formcheck.exercises import library


@pytest.mark.parametrize(
    ("n_right", "n", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (81, 263, 0.2553, 0.3662)],
)
def test_intervals_are_those_of_the_literature(n_right, n, low, high):
    """Wilson's interval without continuity correction; 81 of 263 is Newcombe's (1998) example."""
    assert Share(n_right, n).interval == pytest.approx((low, high), abs=1e-4)


def test_of_none_nothing_is_known():
    """No case leaves the whole range open, and is written as a dash."""
    assert Share(0, 0).interval == (0.0, 1.0)
    assert str(Share(0, 0)) == "-"


@pytest.mark.parametrize("forbidden", [("cat_cow",), ("*",)])
def test_what_must_not_be_counted_is_asked_for(forbidden):
    """A clip runs with its own exercise, each forbidden one once, and auto."""
    exercises = library.load_all()
    clip = Clip(file="a.mp4", exercise="glute_bridge", expect="count", must_not_count=forbidden)
    expected = {"cat_cow"} if forbidden == ("cat_cow",) else set(exercises) - {"glute_bridge"}
    first, *others, last = runs_on(clip, exercises)
    assert (first, last) == ("glute_bridge", AUTO)
    assert sorted(others) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not valid JSON"),
        ('{"clips": []}', "clips"),
        ('{"clips": [{"file": "a", "exercise": "b", "expect": "win"}]}', "clips.0.expect"),
    ],
)
def test_wrong_labels_are_named(tmp_path, text, says):
    """The message has the file and the field."""
    path = tmp_path / "labels.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LabelsError, match=says) as caught:
        load_labels(path)
    assert str(path) in str(caught.value)
