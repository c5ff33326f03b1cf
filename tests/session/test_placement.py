"""The placement: green by itself, steady, and one thing to do at a time."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.coach import Coach
from formcheck.exercises import library
from formcheck.measures import View
from formcheck.pose import Pose
from formcheck.session.needed import needed
from formcheck.session.placement import (
    Advice,
    PictureQuality,
    Placement,
    PlacementCode,
    PlacementStatus,
)
from formcheck.session.placement_checks import (
    BRIGHT_ENOUGH,
    ENOUGH_HZ,
    NEAR_ENOUGH,
    TOO_DARK,
    TOO_FAR,
    TOO_FEW_HZ,
    body_size,
)
from formcheck.session.placement_coach import GREEN_AFTER_S, PlacementCoach
from tests.session.puppets import BRIGHT, CATALOGUE, puppet

BRIDGE = puppet("glute_bridge").poses[0]
BEND = puppet("side_bend").poses[0]


class Looking:
    """A Coach and a placement coach of one exercise, shown pose after pose."""

    def __init__(self, name: str, fps: int = 15) -> None:
        self.coach = Coach([CATALOGUE[name]])
        self.placement = PlacementCoach(CATALOGUE[name])
        self.step_s = 1 / fps
        self.time_s = 0.0

    def show(
        self, pose: Pose | None, for_s: float, picture: PictureQuality | None = BRIGHT
    ) -> Placement:
        """Show a still pose for a time; return how the placement is then."""
        end_s = self.time_s + for_s
        while self.time_s < end_s - 1e-9:
            self.time_s += self.step_s
            shown = replace(pose, time_s=self.time_s) if pose else None
            found = self.placement.update(self.coach.update(self.time_s, shown), picture)
        return found

    def seconds_to(self, good: bool, pose: Pose | None) -> float:
        """Return how long it takes to become good, or not good, with this pose."""
        start_s = self.time_s
        while self.show(pose, self.step_s).is_good is not good:
            assert self.time_s - start_s < 10
        return self.time_s - start_s


def moved(pose: Pose, x: float = 0.0, y: float = 0.0, scale: float = 1.0) -> Pose:
    """Return a body moved by shares of the picture, after scaling about its middle."""
    middle = np.array([pose.width_px, pose.height_px]) / 2
    image = (pose.image - middle) * scale + middle + np.array([x, y]) * 2 * middle
    return replace(pose, image=image)


def advised(name: str, pose: Pose | None, picture: PictureQuality | None = BRIGHT):
    """Return the advice, and the part it is about, after two seconds."""
    primary = Looking(name).show(pose, 2.0, picture).primary
    return (primary.advice, primary.part) if primary else None


@pytest.mark.parametrize("name", CATALOGUE)
def test_every_exercise_goes_green_in_its_own_place(name):
    """In the start position, seen from where the camera should be, nothing is wanted."""
    looking = Looking(name)
    pose = puppet(name).poses[0]
    assert looking.seconds_to(True, pose) == pytest.approx(GREEN_AFTER_S, abs=0.1)
    assert looking.show(pose, 5.0).primary is None


@pytest.mark.parametrize("fps", [10, 15, 30, 60])
def test_it_takes_a_second_to_become_good_and_another_to_be_lost(fps):
    """Green comes and goes after a second, at any frame rate; a glitch changes nothing."""
    looking = Looking("glute_bridge", fps)
    assert looking.seconds_to(True, BRIDGE) == pytest.approx(1.0, abs=0.11)
    away = moved(BRIDGE, x=0.3)
    assert looking.show(away, 0.6).is_good
    assert looking.show(BRIDGE, 1.0).is_good
    assert looking.seconds_to(False, away) == pytest.approx(1.0, abs=0.11)
    assert not looking.show(BRIDGE, 0.6).is_good
    assert looking.show(BRIDGE, 0.6).is_good


def test_a_person_lost_for_a_moment_has_not_gone():
    """The engine may miss somebody for some frames."""
    looking = Looking("glute_bridge")
    looking.show(BRIDGE, 2.0)
    assert looking.show(None, 0.4).primary is None
    assert looking.show(None, 0.4).advice is Advice.COME_INTO_PICTURE


@pytest.mark.parametrize(
    ("x", "y", "advice"),
    [
        (0.3, 0.0, Advice.MOVE_RIGHT),  # out at the right of the picture: left in the mirror
        (-0.3, 0.0, Advice.MOVE_LEFT),
        (0.0, -0.6, Advice.RAISE_CAMERA),
        (0.0, 0.6, Advice.LOWER_CAMERA),
    ],
)
def test_who_is_at_the_edge_is_told_which_way(x, y, advice):
    """Where the whole body would fit, it need only move, or the camera."""
    assert advised("glute_bridge", moved(BRIDGE, x=x, y=y))[0] is advice


def test_who_is_too_near_is_told_to_step_back_and_what_is_missing():
    """A body larger than the picture cannot be moved into it."""
    advice, part = advised("side_bend", moved(BEND, scale=2.5))
    assert advice is Advice.STEP_BACK
    assert part in needed(CATALOGUE["side_bend"], View.FRONT).all


def test_near_enough_has_two_bounds():
    """Just above the upper one is near enough, just below the lower one too far; between stays."""
    size = body_size(BRIDGE)

    def at(share: float) -> Pose:
        return moved(BRIDGE, scale=share / size)

    looking = Looking("glute_bridge")
    between = (NEAR_ENOUGH + TOO_FAR) / 2
    assert looking.show(at(between), 2.0).advice is Advice.COME_CLOSER
    assert looking.show(at(NEAR_ENOUGH + 0.001), 2.0).primary is None
    assert looking.show(at(between), 2.0).primary is None
    assert looking.show(at(TOO_FAR - 0.001), 2.0).advice is Advice.COME_CLOSER


@pytest.mark.parametrize(
    ("name", "azimuth_deg", "advice"),
    [
        ("side_bend", 90.0, Advice.FACE_CAMERA),
        ("glute_bridge", 0.0, Advice.LIE_ACROSS_PICTURE),
    ],
)
def test_the_wrong_view_says_how_to_turn(name, azimuth_deg, advice):
    """Standing people turn; lying people lie across the picture."""
    assert advised(name, puppet(name, azimuth_deg=azimuth_deg).poses[0])[0] is advice


def test_who_stands_where_one_lies_is_told_to_take_the_position():
    """Nothing else is asked of somebody who has not lain down yet."""
    looking = Looking("glute_bridge")
    standing = puppet("side_bend", azimuth_deg=90.0).poses[0]
    found = looking.show(standing, 2.0)
    assert found.advice is Advice.TAKE_POSITION
    bad = [check.code for check in found.checks if check.status is PlacementStatus.BAD]
    assert bad == [PlacementCode.IN_POSITION]


def test_a_hidden_part_is_named():
    """A part of which neither side is seen must be shown."""
    visibility = np.ones(33)
    visibility[[23, 24]] = 0.2
    assert advised("glute_bridge", replace(BRIDGE, visibility=visibility)) == (
        Advice.SHOW_PART,
        "hip",
    )


def test_light_and_rate_come_first_and_have_two_bounds():
    """Without light or pictures nothing can be judged; what is not measured is no hindrance."""
    looking = Looking("glute_bridge")
    assert looking.show(BRIDGE, 2.0, None).is_good

    def lit(brightness: float) -> PictureQuality:
        return replace(BRIGHT, mean_brightness=brightness)

    assert looking.show(BRIDGE, 2.0, lit(TOO_DARK + 0.001)).advice is Advice.MORE_LIGHT
    assert looking.show(BRIDGE, 2.0, lit(BRIGHT_ENOUGH + 0.001)).advice is None
    assert looking.show(BRIDGE, 2.0, lit(TOO_DARK + 0.001)).advice is None
    assert looking.show(BRIDGE, 2.0, lit(TOO_DARK - 0.001)).advice is Advice.MORE_LIGHT
    assert looking.show(BRIDGE, 2.0, lit(0.99)).advice is Advice.LESS_LIGHT
    slow = replace(lit(0.01), rate_hz=TOO_FEW_HZ - 0.1)
    assert looking.show(BRIDGE, 2.0, slow).advice is Advice.FEWER_PROGRAMS
    between = replace(BRIGHT, rate_hz=(TOO_FEW_HZ + ENOUGH_HZ) / 2)
    assert looking.show(BRIDGE, 2.0, between).advice is Advice.FEWER_PROGRAMS
    assert looking.show(BRIDGE, 2.0, BRIGHT).advice is None
    assert looking.show(BRIDGE, 2.0, between).advice is None


def test_an_advice_stands_long_enough_to_be_followed():
    """Two things that are wrong by turns do not make two advices by turns."""
    looking = Looking("glute_bridge")
    small = 0.9 * TOO_FAR / body_size(BRIDGE)
    far, aside = moved(BRIDGE, scale=small), moved(BRIDGE, x=0.3)
    both = moved(BRIDGE, x=0.5, scale=small)
    advices = [looking.show(pose, 0.2).advice for pose in (aside, both, aside, both, aside)]
    assert len(set(advices)) == 1
    assert looking.show(far, 2.0).advice is Advice.COME_CLOSER


def test_what_must_be_seen_follows_from_the_rules():
    """A bridge reads hips, knees and feet; a turn of the seated trunk needs no head."""
    assert {"shoulder", "hip", "knee"} <= needed(library.find("glute_bridge"), View.SIDE).decisive
    assert "ankle" in needed(library.find("glute_bridge"), View.SIDE).all
    assert "ear" not in needed(library.find("seated_thoracic_rotation"), View.FRONT).all


def test_somebody_who_walks_in_lies_down_and_gets_up_again():
    """Walking in nothing is good; lying it goes green; getting up it is lost again."""
    looking = Looking("glute_bridge")
    whole = puppet("glute_bridge", n=1, enters=True, leaves=True)
    good = [looking.show(pose, looking.step_s).is_good for pose in whole.poses[::4]]
    changes = [k for k in range(1, len(good)) if good[k] != good[k - 1]]
    assert not good[0]
    assert len(changes) == 2
    assert 5 < changes[0] / 15 < 12
    assert not good[-1]
