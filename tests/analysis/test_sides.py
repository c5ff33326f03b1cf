"""A movement belongs to the side that makes it, and what belongs to a side is judged there."""

import math

import numpy as np
import pytest

from formcheck.analysis.body import BodyState
from formcheck.analysis.events import FaultEnded, HoldEnded, NotAssessed, RepetitionCompleted
from formcheck.analysis.own_range import OwnRange
from formcheck.analysis.readings import Channel, channel
from formcheck.analysis.signals import SignalCounter
from formcheck.analysis.taking import Taken
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.schema import (
    Exercise,
    Orientation,
    Reading,
    SideChoice,
    Signal,
)
from formcheck.landmarks import Side
from formcheck.measures import View

SEEN_FROM_THE_SIDE = BodyState(View.SIDE, Orientation.SUPINE, Side.LEFT)
FPS = 20

LEG_STRETCH = {
    "id": "leg_stretch",
    "name": "Leg stretch",
    "level": 1,
    "purpose": "Legs.",
    "instructions": "One leg, then the other.",
    "camera": {
        "view": "side",
        "height_m": (0.5, 1.0),
        "place": "Beside you.",
        "must_be_in_frame": "Everything.",
    },
    "variants": [
        {
            "id": "moving",
            "name": "One after the other",
            "orientations": ["supine"],
            "repetition": {
                "longest_s": 10,
                "signals": [
                    {
                        "measure": "knee_flexion",
                        "side": "smaller",
                        "rest": 80,
                        "effort": 40,
                        "minimum_excursion": 40,
                        "target": 10,
                    }
                ],
                "requires": [
                    {
                        "measure": "hip_flexion",
                        "side": "mean",
                        "statistic": "peak",
                        "min": 50,
                    }
                ],
            },
        }
    ],
    "form": [
        {
            "name": name,
            "says": "It moves.",
            "cue": "Keep it still.",
            "why": "Because.",
            "body_part": "foot",
            "measure": "leg_elevation",
            "side": side,
            "advice": {"max": 20},
            "phases": ["outbound", "effort", "return"],
            "views": ["side"],
        }
        for name, side in (("working_leg_high", "working"), ("other_leg_high", "other"))
    ],
    "not_checked": [{"name": "spine", "says": "The spine.", "why": "No landmark."}],
}


def leg_stretch(**replaced: object) -> Exercise:
    """Return the exercise of these tests."""
    return Exercise.model_validate(LEG_STRETCH | replaced)


def legs(n_frames: int) -> dict[str, np.ndarray]:
    """Return both legs at rest: knees and hips bent, heels down."""
    return {
        "left_knee": np.full(n_frames, 100.0),
        "right_knee": np.full(n_frames, 100.0),
        "left_leg": np.zeros(n_frames),
        "right_leg": np.zeros(n_frames),
        "hip": np.full(n_frames, 60.0),
    }


def stretched(body: dict[str, np.ndarray], side: str, start_s: float, lasts_s: float = 3) -> None:
    """Stretch one knee within a span, and come back."""
    index = np.arange(round(start_s * FPS), round((start_s + lasts_s) * FPS))
    way = (1 - np.cos(2 * np.pi * (index - index[0]) / len(index))) / 2
    body[f"{side}_knee"][index] -= 90 * way


def smaller_knee(body: dict[str, np.ndarray], k: int) -> Taken:
    """Return the straighter of the knees that are seen."""
    knees = [Taken(float(body[f"{side.value}_knee"][k]), side) for side in Side]
    seen = [taken for taken in knees if not math.isnan(taken.value)]
    best = min(seen, key=lambda taken: taken.value)
    hidden = NotAssessed("landmarks_hidden", "knee hidden") if len(seen) < len(knees) else None
    return best._replace(other_refused=hidden)


def follow(exercise: Exercise, body: dict[str, np.ndarray]) -> list[object]:
    """Return the events of a tracker that sees this body."""
    tracker = Tracker(exercise)
    events: list[object] = []
    for k in range(len(body["hip"])):
        readings = {
            Channel(("knee_flexion", SideChoice.SMALLER)): smaller_knee(body, k),
            Channel(("hip_flexion", SideChoice.MEAN)): Taken(float(body["hip"][k])),
        }
        for side in Side:
            key = Channel(("leg_elevation", SideChoice(side.value)))
            readings[key] = Taken(float(body[f"{side.value}_leg"][k]), side)
        events += tracker.update(k / FPS, SEEN_FROM_THE_SIDE, readings)
    return events


def repetitions(events: list[object]) -> list[Side | None]:
    """Return the sides of the repetitions."""
    return [e.repetition.side for e in events if isinstance(e, RepetitionCompleted)]


def test_a_repetition_belongs_to_the_limb_that_moved():
    """Left, right, right: each is the patient's side at its furthest."""
    body = legs(15 * FPS)
    for side, start_s in (("left", 1), ("right", 5), ("right", 9)):
        stretched(body, side, start_s)
    assert repetitions(follow(leg_stretch(), body)) == [Side.LEFT, Side.RIGHT, Side.RIGHT]


def test_limbs_that_are_exchanged_at_the_furthest_point_change_no_side():
    """For two frames the resting leg is read far beyond the one that is stretched."""
    body = legs(5 * FPS)
    stretched(body, "left", 1)
    swapped = slice(round(2.4 * FPS), round(2.4 * FPS) + 2)
    body["right_knee"][swapped], body["left_knee"][swapped] = -5.0, 100.0
    assert repetitions(follow(leg_stretch(), body)) == [Side.LEFT]


def test_what_was_read_before_a_movement_does_not_give_it_its_side():
    """A long stretch of one leg and a short one of the other, with no rest between them."""
    body = legs(10 * FPS)
    stretched(body, "left", 1, lasts_s=4)
    stretched(body, "right", 4.0, lasts_s=2)
    assert repetitions(follow(leg_stretch(), body)) == [Side.LEFT, Side.RIGHT]


SWING = Signal(
    measure="trunk_lean",
    directions="both",
    rest=8,
    effort=14,
    minimum_excursion=12,
    target=30,
)


def swings(values: list[float]) -> list[tuple[Side | None, float, float]]:
    """Return side, start and end of what is counted in a signed reading, ten times a second."""
    counter, found = SignalCounter(SWING, 10, OwnRange()), []
    key = channel(SWING)
    for number, value in enumerate(values):
        done = counter.update(number / 10, {key: Taken(value)})
        if done and done.movement:
            found.append((done.side, done.movement.start_s, done.movement.end_s))
    return found


def test_a_swing_straight_to_the_other_side_is_the_same_in_a_mirror():
    """What ends on one side may begin on the other in the same picture, whichever is the first."""
    lean = [0.0] * 5 + [10, 20, 30, 30, 20, 10, -20, -30, -30, -20, -10] + [0.0] * 5
    left, right = swings(lean)
    assert (left[0], right[0]) == (Side.LEFT, Side.RIGHT)
    mirrored = [(side and side.opposite, *span) for side, *span in swings([-v for v in lean])]
    assert mirrored == [left, right]


def test_two_limbs_that_move_together_are_one_repetition():
    """A far leg guessed after the near one does not count twice."""
    body = legs(7 * FPS)
    stretched(body, "left", 1)
    stretched(body, "right", 1.1)
    assert len(repetitions(follow(leg_stretch(), body))) == 1


@pytest.mark.parametrize("hidden_s", [(2.8, 4.5), (3.5, 5.0), (4.0, 12.0)])
def test_a_limb_that_goes_out_of_sight_on_its_way_has_not_returned(hidden_s):
    """A far leg that passes behind the near one is one repetition, seen again or not."""
    body = legs(12 * FPS)
    stretched(body, "right", 1, lasts_s=6)
    body["right_knee"][round(hidden_s[0] * FPS) : round(hidden_s[1] * FPS)] = math.nan
    assert repetitions(follow(leg_stretch(), body)) == [Side.RIGHT]


def test_a_hidden_limb_has_returned_once_the_other_one_moves():
    """Left, out of sight for good at its furthest, and then right: two repetitions."""
    body = legs(9 * FPS)
    stretched(body, "left", 1)
    body["left_knee"][round(2.5 * FPS) :] = math.nan
    stretched(body, "right", 4.2)
    assert repetitions(follow(leg_stretch(), body)) == [Side.LEFT, Side.RIGHT]


@pytest.mark.parametrize(
    ("high_leg", "fault"), [("left", "working_leg_high"), ("right", "other_leg_high")]
)
def test_a_fault_of_the_working_side_is_not_one_of_the_other(high_leg, fault):
    """The same reading is another fault on the leg that works and on the one that waits."""
    body = legs(6 * FPS)
    stretched(body, "left", 1)
    body[f"{high_leg}_leg"][:] = 30
    found = {e.fault.name for e in follow(leg_stretch(), body) if isinstance(e, FaultEnded)}
    assert found == {fault}


def test_a_movement_without_what_goes_with_it_is_not_counted():
    """With the hip straight it is another exercise; a hip that is hidden speaks for nothing."""
    body = legs(6 * FPS)
    stretched(body, "left", 1)
    assert len(repetitions(follow(leg_stretch(), body))) == 1
    body["hip"][:] = 49.9
    assert repetitions(follow(leg_stretch(), body)) == []
    body["hip"][:] = math.nan
    assert len(repetitions(follow(leg_stretch(), body))) == 1


HELD = {
    "id": "held",
    "name": "Leg stretched and held",
    "orientations": ["supine"],
    "hold": {
        "settle_s": 4,
        "grace_s": 0.5,
        "target_s": 10,
        "conditions": [{"measure": "knee_flexion", "side": "smaller", "max": 20}],
    },
}


@pytest.mark.parametrize(("has_sides", "side"), [(True, Side.RIGHT), (False, None)])
def test_a_hold_belongs_to_a_side_where_it_has_sides(has_sides, side):
    """The reading of the smaller of two limbs tells which; where both hold it tells nothing."""
    held = HELD | {"hold": HELD["hold"] | {"has_sides": has_sides}}
    body = legs(14 * FPS)
    body["right_knee"][: 8 * FPS] = 10
    (end,) = [e for e in follow(leg_stretch(variants=[held]), body) if isinstance(e, HoldEnded)]
    assert end.hold.side is side


@pytest.mark.parametrize(("top_s", "n_counted", "n_held"), [(3.5, 1, 0), (6.0, 0, 1)])
def test_what_stays_up_is_held_and_not_counted_as_well(top_s, n_counted, n_held):
    """A pause at the top is part of a repetition, until it is long enough to be a hold."""
    exercise = leg_stretch(variants=[*LEG_STRETCH["variants"], HELD])
    body = legs(14 * FPS)
    knee = body["right_knee"]
    seconds = np.arange(len(knee)) / FPS
    knee[:] = np.interp(seconds, [0, 1, 2, 2 + top_s, 3 + top_s], [100, 100, 10, 10, 100])
    events = follow(exercise, body)
    holds = [e.hold for e in events if isinstance(e, HoldEnded)]
    assert (len(repetitions(events)), len(holds)) == (n_counted, n_held)
    assert all(hold.held_s == pytest.approx(top_s, abs=0.5) for hold in holds)
    assert all(hold.side is Side.RIGHT for hold in holds)


def test_what_decides_may_not_ask_which_side_moves():
    """The working side is known only within a movement, which the signal itself defines."""
    with pytest.raises(ValueError, match="known only within a movement; use larger or smaller"):
        leg_stretch(
            variants=[
                HELD
                | {
                    "hold": HELD["hold"]
                    | {"conditions": [{"measure": "knee_flexion", "side": "working", "max": 20}]}
                }
            ]
        )


@pytest.mark.parametrize("working", list(Side))
def test_working_and_other_are_the_sides_of_the_movement(working):
    """The key of a reading follows the side that works; without one it stays open."""
    knee = {choice: Reading(measure="knee_flexion", side=choice) for choice in ("working", "other")}
    assert channel(knee["working"], working)[1].value == working.value
    assert channel(knee["other"], working)[1].value == working.opposite.value
    assert channel(knee["other"])[1] is SideChoice.OTHER


def test_what_must_go_with_it_may_be_asked_for_at_the_peak():
    """A hip that is bent only before and after is not bent when the leg is stretched."""
    exercise = leg_stretch(
        variants=[
            LEG_STRETCH["variants"][0]
            | {
                "repetition": LEG_STRETCH["variants"][0]["repetition"]
                | {
                    "requires": [
                        {
                            "measure": "hip_flexion",
                            "side": "mean",
                            "statistic": "at_peak",
                            "min": 50,
                        }
                    ]
                }
            }
        ]
    )
    body = legs(6 * FPS)
    stretched(body, "left", 1)
    assert len(repetitions(follow(exercise, body))) == 1
    body["hip"][round(2.2 * FPS) : round(2.8 * FPS)] = 40
    assert repetitions(follow(exercise, body)) == []
