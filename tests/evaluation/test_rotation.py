"""Ways to read a turn: exact ones read exact landmarks exactly, and errors are told as they are."""

import math
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis.turning import PELVIS_WITHIN_DEG, WITHIN_DEG
from formcheck.errors import LabelsError, UsageError
from formcheck.evaluation.synthetic.command import main
from formcheck.evaluation.synthetic.records import MeasuredWith
from formcheck.evaluation.synthetic.rotation.agreement import Agreement
from formcheck.evaluation.synthetic.rotation.candidates import CHEST, PELVIS, features_of
from formcheck.evaluation.synthetic.rotation.compared import (
    best,
    chest_of,
    judged,
    pelvis_of,
    turns_of,
)
from formcheck.evaluation.synthetic.rotation.page import page
from formcheck.evaluation.synthetic.rotation.real import RealSigns, read_take
from formcheck.evaluation.synthetic.rotation.said import said_of
from formcheck.evaluation.synthetic.rotation.seen import KEPT, SeenTurns, load, save
from formcheck.evaluation.synthetic.rotation.simulated import simulated_turns
from formcheck.exercises import library
from formcheck.landmarks import Side
from formcheck.measures.turns import FUSED_WEIGHT, PELVIS_SHARE, PELVIS_WEIGHT
from formcheck.simulation.turners import EXERCISE, FURTHEST_DEG, turners

ROOT = Path(__file__).parents[2]
TURNS = ROOT / "benchmarks" / "synthetic" / "rotation" / "turns.npz"
FPS = 10
HALVES_M = {"shoulder": 0.18, "hip": 0.10, "knee": 0.12, "ear": 0.07, "elbow": 0.25, "ankle": 0.12}
HEIGHTS_M = {"shoulder": -0.5, "hip": 0.0, "knee": 0.0, "ear": -0.7, "elbow": -0.3, "ankle": 0.4}


def turned(chest_deg, pelvis_deg=0.0, person=0, reads=lambda deg: deg) -> SeenTurns:
    """Return somebody who sits, turns once to each side, and is seen from the front from afar.

    Every part but the pelvis, the knees and the ankles turns with the chest.
    """
    times_s = np.arange(0, 6, 1 / FPS)
    shape = np.interp(times_s, [0, 1, 2, 2.5, 3.5, 4.5, 5, 6], [0, 0, 1, 1, 0, -1, -1, 0])
    chest, pelvis = chest_deg * shape, pelvis_deg * shape
    world = np.zeros((len(times_s), len(KEPT), 3))
    for column, name in enumerate(KEPT):
        side, _, part = name.partition("_")
        if name == "nose":
            heading, half_m, part = np.radians(chest + pelvis), 0.1, "ear"
            world[:, column, 0], world[:, column, 2] = (
                half_m * np.sin(heading),
                -half_m * np.cos(heading),
            )
        else:
            with_chest = part in {"shoulder", "ear", "elbow"}
            heading = np.radians(reads(chest + pelvis) if with_chest else pelvis)
            half_m = HALVES_M[part] * (1 if side == "left" else -1)
            world[:, column, 0], world[:, column, 2] = (
                half_m * np.cos(heading),
                half_m * np.sin(heading),
            )
        world[:, column, 1] = HEIGHTS_M[part]
    return SeenTurns(
        f"{person:02d}_crossed", person, "crossed", 0.0, 1.0, (640, 480),
        ((1.0, 3.5), (3.5, 5.9)), (Side.LEFT, Side.RIGHT),
        times_s, 320 + 400 * world[..., :2], world, np.ones(world.shape[:2]),
        chest, pelvis,
    )  # fmt: skip


def of_name(name):
    return next(candidate for candidate in (*CHEST, *PELVIS) if candidate.name == name)


@pytest.mark.parametrize("chest_deg", [15, 40, 65])
@pytest.mark.parametrize(
    "name",
    ["shoulders in space", "width of the shoulders by the trunk"],
)
def test_exact_landmarks_are_read_exactly(name, chest_deg):
    """Depth alone and width alone both say how far somebody turned who is seen as they are."""
    (left, right) = turns_of([turned(chest_deg)], chest_of)
    way = of_name(name)
    for turn in (left, right):
        read_deg = way.turn_deg(turn.at_furthest())[0]
        assert read_deg == pytest.approx(turn.sign * chest_deg, abs=0.5)
        assert turn.furthest_deg == pytest.approx(chest_deg)


def test_what_the_pelvis_does_is_no_turn_of_the_chest_against_it():
    """Shoulders that turn by 50 with a pelvis that turns by 20 have turned by 30 against it."""
    turn = turns_of([turned(30, pelvis_deg=20)], chest_of)[0]
    less = of_name("shoulders less pelvis in space")
    assert less.turn_deg(turn.at_furthest())[0] == pytest.approx(30, abs=0.5)
    assert turns_of([turned(30, 20)], pelvis_of)[0].true_deg.max() == pytest.approx(20)


def test_flattened_depth_is_stretched_back():
    """Shoulders of which two thirds of the depth are left are read as they truly stand."""

    def flat(deg):
        return np.degrees(np.arctan(np.tan(np.radians(deg)) / 1.5))

    features = features_of(turned(40, reads=flat))
    assert features["shoulders"].max() == pytest.approx(29.2, abs=0.1)
    assert features["stretched"].max() == pytest.approx(40, abs=0.1)


def people(*scales):
    """Return people of whom each reads every turn so many times as far as it is."""
    return [
        turned(chest_deg, person=number, reads=lambda deg, scale=scale: scale * deg)
        for number, scale in enumerate(scales)
        for chest_deg in (15, 30, 50)
    ]


def test_weights_come_from_one_half_and_figures_from_the_other():
    """A weight that is right for people with even numbers errs by what the others read more."""
    turns = turns_of(people(0.5, 0.6, 0.5, 0.6), chest_of)
    result = judged(of_name("ears in space, fitted"), turns)
    assert result.weights == (2.0,)
    assert result.left_out_deg == pytest.approx(0, abs=1e-6)
    assert result.peaks.n_people == 2
    assert result.peaks.bias == pytest.approx(0.2 * (15 + 30 + 50) / 3, abs=0.1)
    assert [round(one.bias, 1) for one in result.by_range] == [3.0, 6.0, 10.0]
    assert (result.n_right_side, result.n_turns) == (12, 12)


def test_what_moves_by_itself_is_not_chosen():
    """Ears that read every turn exactly lose against shoulders that do not."""
    turns = turns_of(people(0.8, 0.9, 0.85, 0.9), chest_of)
    exact = replace(judged(of_name("ears in space, fitted"), turns), left_out_deg=0.0)
    other = replace(judged(of_name("shoulders in space"), turns), left_out_deg=9.0)
    assert best([exact, other]) is other


def test_the_spread_has_a_part_between_people():
    """Two people who err by 0 and by 4, each always alike, spread by more than one of them does."""
    errors, who = np.array([0.0, 0, 0, 4, 4, 4]), np.array([0, 0, 0, 1, 1, 1])
    agreement = Agreement.of(errors, who)
    assert agreement.bias == pytest.approx(2)
    assert agreement.sd == pytest.approx(math.sqrt(8))
    assert agreement.limits == pytest.approx((2 - 5.54, 2 + 5.54), abs=0.01)
    assert agreement.within == pytest.approx(7.54, abs=0.01)
    assert agreement.bias_interval == (0, 4)
    assert Agreement.of(errors[:3], who[:3]) is None


def test_what_is_kept_is_read_back(tmp_path):
    """Clips come back as they were, to the steps that are kept."""
    clips = [turned(30, person=1), turned(60, pelvis_deg=10, person=2)]
    save(clips, tmp_path / "turns.npz")
    again = load(tmp_path / "turns.npz")
    for before, after in zip(clips, again, strict=True):
        assert after.name == before.name
        assert after.spans_s == before.spans_s
        assert after.sides == before.sides
        assert after.image_px == pytest.approx(before.image_px, abs=0.026)
        assert after.world_m == pytest.approx(before.world_m, abs=0.00026)
        assert after.chest_deg == pytest.approx(before.chest_deg, abs=0.026)
    with pytest.raises(LabelsError, match="rotation FOLDER"):
        load(tmp_path / "nothing.npz")


def test_a_pose_has_what_was_kept_and_nothing_else():
    """What is not kept is hidden."""
    _, pose = next(turned(30).poses())
    assert np.isfinite(pose.world[11]).all()
    assert np.isnan(pose.world[15]).all()
    assert pose.visibility[15] == 0


def test_a_take_is_read_in_its_order():
    """Who turns to the left first is read so, and the nose says the same."""
    clip = turned(40)
    take = read_take(pose for _, pose in clip.poses())
    assert take.sides == (Side.LEFT, Side.RIGHT)
    assert take.n_nose_agrees == 2
    assert read_take(pose for _, pose in turned(10).poses()).sides == ()


def test_everybody_turns_through_every_range_to_either_side():
    """Six turns to each side, one in each range of ten degrees, and the same for the same seed."""
    exercise = library.find(EXERCISE)
    everybody = list(turners(exercise, 2))
    assert [one.person for one in everybody] == [0, 0, 0, 1, 1, 1]
    for person in (0, 1):
        attempts = [
            attempt
            for one in everybody
            if one.person == person
            for attempt in one.scene.plan.attempts
        ]
        for side in Side:
            tens = [int(a.reach * FURTHEST_DEG / 10) for a in attempts if a.side is side]
            assert sorted(tens) == [1, 2, 3, 4, 5, 6]
    assert [one.scene for one in turners(exercise, 2)] == [one.scene for one in everybody]


def test_the_page_says_what_was_measured():
    """Every way to read a turn is on it, with the one that was chosen and the takes of people."""
    clips = people(0.8, 0.9, 0.85, 0.7)
    real = RealSigns(
        n_takes=9, n_both_sides=9, n_sides=18, n_nose_agrees=17,
        orders={"right, then left": 8}, n_labelled=2, n_labelled_right=2,
    )  # fmt: skip
    text = page(clips, clips[:6], real, MeasuredWith.now(0))
    for candidate in (*CHEST, *PELVIS):
        assert candidate.name in text
    assert "Chosen for the chest:" in text
    assert "17/18" in text
    assert "never accuracy on people" in text


def test_simulated_people_turn_as_rendered_ones_do():
    """Their truth has both sides, and what is seen of them is read near to it."""
    clip = next(simulated_turns(1))
    turns = turns_of([clip], chest_of)
    assert len(turns) == 4
    way = of_name("shoulders in space")
    errors = [abs(way.turn_deg(t.at_furthest())[0] - t.true_deg[t.furthest]) for t in turns]
    assert max(errors) < 40


def test_figures_of_people_need_everything_that_is_of_people(tmp_path, capsys):
    """A half of what is needed of real people is an error, not an empty section."""
    asked = ["--store", str(tmp_path), "rotation", "--labels", "x.json"]
    assert main(asked) == UsageError.exit_code
    assert "go together" in capsys.readouterr().err


def test_what_formcheck_reads_is_what_was_fitted():
    """The numbers in the core are those that the kept clips give."""
    clips = load(TURNS)
    chest = judged(of_name("the same and pelvis, fitted"), turns_of(clips, chest_of))
    pelvis = judged(of_name("pelvis in space, fitted"), turns_of(clips, pelvis_of))
    assert chest.weights == pytest.approx((FUSED_WEIGHT, PELVIS_WEIGHT))
    assert pelvis.weights == pytest.approx((PELVIS_SHARE,))


def within_of(clips: Iterable[SeenTurns]) -> list[float]:
    """Return within how much of what is read the truth is, as in `WITHIN_DEG`, then the pelvis'."""
    known = [one for one in said_of(clips) if not one.said.unknown]
    groups = [[one for one in known if one.said.chest_within_deg == w] for _, w in WITHIN_DEG]
    errors = [([one.error_deg for one in some], some) for some in groups]
    errors.append(([one.pelvis_error_deg for one in known], known))
    found = [
        Agreement.of(np.array(deg), np.array([one.turn.clip.person for one in some]))
        for deg, some in errors
    ]
    return [agreement.within for agreement in found]


def test_what_is_printed_is_what_was_measured():
    """No limit is better than what the kept clips give, and none is much worse."""
    printed = [*(within_deg for _, within_deg in WITHIN_DEG), PELVIS_WITHIN_DEG]
    for measured_deg, printed_deg in zip(within_of(load(TURNS)), printed, strict=True):
        assert measured_deg <= printed_deg < measured_deg + 2
