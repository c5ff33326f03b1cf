"""The same movement, seen otherwise, and what is said of it."""

import numpy as np
import pytest

from formcheck.evaluation.population import otherwise
from formcheck.evaluation.population.cases import cases
from formcheck.evaluation.synthetic import sameness
from formcheck.evaluation.synthetic.sameness import Said, SamenessFigures
from formcheck.exercises import library
from formcheck.landmarks import INDEX
from tests.people import poses


def test_a_mirror_image_of_a_mirror_image_is_the_pose_itself():
    """Left and right change together with the picture, and change back."""
    _, pose = poses("bird_dog")[40]
    once = otherwise.mirrored(pose)
    assert once.image[INDEX["left_wrist"], 0] == pytest.approx(
        pose.width_px - pose.image[INDEX["right_wrist"], 0]
    )
    twice = otherwise.mirrored(once)
    assert np.array_equal(twice.image, pose.image)
    assert np.array_equal(twice.world, pose.world)


def test_a_larger_picture_and_another_place_change_no_angle_of_the_picture():
    """Every landmark is as far from the first one, in shares of the picture's height."""
    _, pose = poses("bird_dog")[40]
    shape = (pose.image - pose.image[0]) / pose.height_px
    for other in (otherwise.scaled(pose, 2.25), otherwise.shifted(pose, 0.06)):
        again = (other.image - other.image[0]) / other.height_px
        assert again == pytest.approx(shape, abs=2 * 0.01 / pose.height_px)


def test_slower_cameras_see_some_of_the_pictures():
    """Thirty a second are every second one of sixty, fifteen every fourth."""
    stream = poses("bird_dog")[:40]
    seen = {name: len(see(stream)) for name, see in otherwise.OTHERWISE.items()}
    assert (seen["60 a second"], seen["15 a second"]) == (40, 10)
    assert {seen[name] for name in seen if "second" not in name} == {seen[otherwise.AS_IT_IS]}


def test_what_differs_is_counted_once_and_named():
    """A count, an exercise and a fault may each differ; a hold within half a second does not."""
    plain = Said(3, 0.0, "bird_dog", None)
    pairs = [
        ("bird_dog", "mirrored", plain, plain),
        ("bird_dog", "mirrored", Said(2, 0.0, "", None), plain),
        ("front_plank", "mirrored", Said(0, 9.6, None, True), Said(0, 10.0, None, True)),
        ("front_plank", "mirrored", Said(0, 9.0, None, False), Said(0, 10.0, None, True)),
    ]
    ways = {one.otherwise: one for one in sameness.figures_of(pairs, seed=1).ways}
    figures = ways["mirrored"]
    assert (figures.counts.n_right, figures.counts.n) == (2, 4)
    assert (figures.exercises.n_right, figures.exercises.n) == (1, 2)
    assert (figures.faults.n_right, figures.faults.n) == (1, 2)
    assert figures.differing == (("bird_dog", 1), ("front_plank", 1))


def test_a_session_is_seen_in_every_way_and_its_figures_kept(tmp_path):
    """One session: what is said of it in each way, figures in a file, the chapter of the page."""
    exercise = library.find("child_pose")
    pairs = sameness.pairs_of(exercise, [next(cases(exercise, 1, seed=1))])
    assert len(pairs) == len(otherwise.OTHERWISE) - 1
    assert {plain.held_s > 0 for *_, plain in pairs} == {True}
    figures = sameness.figures_of(pairs, seed=1)
    figures.save(tmp_path / "sameness.json")
    again = SamenessFigures.load(tmp_path / "sameness.json")
    assert again == figures
    assert "| mirrored |" in sameness.chapter(again)
