"""Whether what is done is the exercise that is due."""

from dataclasses import replace

import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.confirming import Confirmer
from formcheck.exercises import library
from tests.people import CLIPS, LABELS, poses

EXERCISES = library.load_all()
CANDIDATES = library.searched(EXERCISES.values())
# Recognised only where it is named, or held for less than that takes.
UNSAID = {name for name, one in EXERCISES.items() if one.only_when_named}
TOO_SHORT = {"seated_twist"}


def instead(stream, due):
    """Return what is done instead of an exercise, with the time since when."""
    coach, confirmer = Coach([EXERCISES[due]]), Confirmer(EXERCISES[due], CANDIDATES)
    for time_s, pose in stream:
        confirmer.update(time_s, pose, coach.update(time_s, pose))
    confirmer.finish(coach.finish())
    return [(one.exercise, one.since_s) for one in confirmer.instead]


@pytest.mark.parametrize("clip", CLIPS)
def test_the_exercise_that_is_due_is_taken_for_no_other(clip):
    """Who does what was asked for is not told that it is something else."""
    assert instead(poses(clip, every=2), LABELS[clip]["exercise"]) == []


@pytest.mark.parametrize(
    "clip",
    [one for one in CLIPS if LABELS[one]["exercise"] not in UNSAID and one not in TOO_SHORT],
)
def test_another_exercise_is_named(clip):
    """Of whoever is asked for a heel slide or a side plank it is said what they do instead."""
    done = LABELS[clip]["exercise"]
    due = "heel_slide" if done != "heel_slide" else "side_plank"
    ((said, since_s),) = instead(poses(clip, every=2), due)
    label = LABELS[clip]
    first_s = [*label["repetition_times_s"], *(start_s for start_s, _ in label["holds_s"])][0]
    assert said == done
    assert since_s <= first_s + 0.5


def test_half_of_the_pictures_are_enough():
    """Where pictures come thirty times a second every other one is followed; it says the same."""
    due = EXERCISES["heel_slide"]
    coach, confirmer = Coach([due]), Confirmer(due, CANDIDATES, every_s=0.05)
    for time_s, pose in poses("glute_bridge"):
        confirmer.update(time_s, pose, coach.update(time_s, pose))
    assert [one.exercise for one in confirmer.instead] == ["glute_bridge"]
    assert confirmer._coach.n_frames < 0.6 * len(poses("glute_bridge"))


def test_what_comes_after_the_due_exercise_is_something_else():
    """Bridges were asked for and done; then bird-dogs follow."""
    bridges, bird_dogs = poses("glute_bridge", every=2), poses("bird_dog", every=2)
    end_s = bridges[-1][0] + 0.1
    later = [(end_s + s, replace(pose, time_s=end_s + s)) for s, pose in bird_dogs]
    ((said, since_s),) = instead([*bridges, *later], "glute_bridge")
    assert said == "bird_dog"
    assert since_s > end_s
