"""Opposite arm and leg make a bird-dog, also where the engine takes the legs for one another."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import RepetitionCompleted
from formcheck.exercises import library
from formcheck.landmarks import INDEX
from formcheck.pose import Pose
from tests.people import LABELS, poses

CLIP = "bird_dog"
ARM = ("elbow", "wrist", "pinky", "index", "thumb")
LEG = ("knee", "ankle", "heel", "foot_index")


def n_counted(seen: Iterable[tuple[float, Pose]]) -> int:
    """Return how many repetitions are counted."""
    coach = Coach([library.find("bird_dog")])
    events = [event for time_s, pose in seen for event in coach.update(time_s, pose).events]
    events += coach.finish().events
    return sum(isinstance(event, RepetitionCompleted) for event in events)


def exchanged(parts: tuple[str, ...], when: Callable[[float], bool]) -> list[tuple[float, Pose]]:
    """Return the clip with these parts of left and right under each other's names at times."""
    left, right = ([INDEX[f"{side}_{part}"] for part in parts] for side in ("left", "right"))
    seen = []
    for time_s, pose in poses(CLIP):
        image, world = pose.image.copy(), pose.world.copy()
        if when(time_s):
            image[left + right], world[left + right] = image[right + left], world[right + left]
        seen.append((time_s, replace(pose, image=image, world=world)))
    return seen


def is_at_the_furthest(time_s: float) -> bool:
    """Whether somebody is about half a second before or after the furthest of a repetition."""
    return any(abs(time_s - peak_s) < 0.5 for peak_s in LABELS[CLIP]["repetition_times_s"])


def test_legs_that_are_taken_for_one_another_for_a_second_change_no_count():
    """The straighter leg is the one that is stretched out, whatever it is called."""
    assert n_counted(exchanged(LEG, is_at_the_furthest)) == n_counted(poses(CLIP)) > 0


def test_arm_and_leg_of_one_side_are_no_bird_dog():
    """Who never lifts opposite limbs has done something else."""
    assert n_counted(exchanged(ARM, lambda _: True)) == 0
