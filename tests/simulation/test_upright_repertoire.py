"""The truth of side bends and wall angels."""

import numpy as np
import pytest

from formcheck.landmarks import Side
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.rotations import angle_deg
from formcheck.simulation.upright_repertoire import UPRIGHT_REPERTOIRE

SKELETON = average_skeleton()


@pytest.mark.parametrize("name", ["side_bend", "side_bend_seated"])
def test_bends_go_to_their_side_by_25_degrees_and_alternate(name: str) -> None:
    """At each peak the shoulders lean 25 degrees to the named side, the other arm overhead."""
    performance = UPRIGHT_REPERTOIRE[name](SKELETON, 1)
    assert [rep.side for rep in performance.repetitions] == [Side.LEFT, Side.RIGHT] * 2
    for rep in performance.repetitions:
        assert rep.side is not None
        body = performance.at(SKELETON, rep.peak_s)
        shoulders = body.at("left_upper_arm") + body.at("right_upper_arm")
        line = shoulders - body.at("left_thigh") - body.at("right_thigh")
        towards = 1 if rep.side is Side.LEFT else -1
        assert towards * np.degrees(np.arctan2(line[0], line[1])) == pytest.approx(25, abs=3)
        head = body.at("head")[1]
        hanging, hip = body.at(f"{rep.side}_hand"), body.at(f"{rep.side}_thigh")
        assert towards * (hanging[0] - hip[0]) > 0.05
        assert body.at(f"{rep.side.opposite}_hand")[1] > head > body.at(f"{rep.side}_hand")[1]


@pytest.mark.parametrize("name", ["wall_angel", "wall_angel_seated"])
def test_forearms_point_up_at_the_wall_and_only_the_fault_is_uneven(name: str) -> None:
    """Elbows are bent by 90 degrees at rest; hands are as high as each other but in the fault."""
    performance = UPRIGHT_REPERTOIRE[name](SKELETON, 1)
    rest = performance.at(SKELETON, 0.0)
    for side in Side:
        joints = [rest.at(f"{side}_{part}") for part in ("upper_arm", "forearm", "hand")]
        assert angle_deg(*joints) == pytest.approx(90, abs=1)
        assert joints[2][1] > joints[1][1] + 0.2
    for rep in performance.repetitions:
        body = performance.at(SKELETON, rep.peak_s)
        uneven = body.at("left_hand")[1] - body.at("right_hand")[1]
        assert (uneven > 0.05) == (rep.fault == "arms_uneven")
        assert body.at("left_hand")[1] > body.at("head")[1] + 0.1
