"""What a session's page says beside its sets: nothing recognised, another exercise done."""

import json
from dataclasses import replace

import pytest

from formcheck.exercises.library import load_all
from formcheck.web.review.between_sets import between_sets
from tests.store.made_up import session_record


def told(*events):
    """Return what is told of a session whose log says this."""
    lines = "\n".join(json.dumps(one) for one in events)
    return between_sets(replace(session_record(1), events=lines.encode()), load_all())


def nothing(kind, start_s=10.0, end_s=25.0):
    """Return an event of a stretch without an exercise."""
    return {"type": "NoExerciseSeen", "time_s": start_s, "until_s": end_s, "kind": kind}


def test_what_is_none_of_the_exercises_is_told_with_its_times():
    """And nobody in view; a rest is no news."""
    found = told(nothing("unknown"), nothing("away", 40, 50), nothing("rest", 60, 70))
    assert found["unnamed"] == [
        {"start_s": 10.0, "end_s": 25.0, "says": "something else"},
        {"start_s": 40.0, "end_s": 50.0, "says": "nobody in the picture"},
    ]


def test_another_exercise_than_the_one_that_was_due_is_named():
    """By its name, where it is known here."""
    event = {"type": "AnotherExercise", "time_s": 5.0, "exercise": "cat_cow", "instead": "own_x"}
    assert told(event)["instead"] == [{"time_s": 5.0, "says": "own_x instead of Cat-cow"}]


@pytest.mark.parametrize(
    "event",
    [
        nothing("of no kind"),
        nothing("unknown", "soon"),
        nothing("unknown", float("nan")),
        {"type": "NoExerciseSeen"},
        {"type": "AnotherExercise", "time_s": 1.0, "exercise": ["cat_cow"], "instead": 3},
    ],
)
def test_what_is_not_understood_is_left_out(event):
    """A log from elsewhere may say anything."""
    assert told(event, nothing("unknown"))["instead"] == []
    assert len(told(event, nothing("unknown"))["unnamed"]) == 1
