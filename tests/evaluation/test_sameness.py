"""The same movement, seen otherwise, and what is said of it."""

import numpy as np
import pytest

from formcheck.evaluation.population import otherwise
from formcheck.evaluation.population.cases import cases
from formcheck.evaluation.synthetic import sameness
from formcheck.evaluation.synthetic.sameness import Pair, Said, SamenessFigures
from formcheck.exercises import library
from formcheck.landmarks import INDEX
from tests.people import poses

LATER = "a picture later"
SAGGING = "front_plank", "sags", "mirrored"


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
    """Thirty a second are every second one of sixty, fifteen every fourth.

    A picture later they are the others of the sixty.
    """
    stream = poses("bird_dog")[:40]
    seen = {name: len(see(stream)) for name, see in otherwise.OTHERWISE.items()}
    assert (seen["60 a second"], seen["15 a second"]) == (40, 10)
    first, later = (otherwise.OTHERWISE[name](stream) for name in (otherwise.AS_IT_IS, LATER))
    assert [time_s for pair in zip(first, later, strict=True) for time_s, _ in pair] == [
        time_s for time_s, _ in stream
    ]
    assert {seen[name] for name in seen if "second" not in name} == {seen[otherwise.AS_IT_IS]}


def test_what_differs_is_counted_and_named():
    """A count, an exercise and a fault may each differ; a hold within half a second does not."""
    plain = Said(3, 0.0, "bird_dog", None)
    pairs = [
        Pair("bird_dog", "", "mirrored", plain, plain),
        Pair("bird_dog", "", "mirrored", Said(2, 0.0, "", None), plain),
        Pair(*SAGGING, Said(0, 9.6, None, True), Said(0, 10.0, None, True)),
        Pair(*SAGGING, Said(0, 9.0, None, False), Said(0, 10.0, None, True)),
    ]
    ways = {one.otherwise: one for one in sameness.figures_of(pairs, seed=1).ways}
    figures = ways["mirrored"]
    assert (figures.counts.n_right, figures.counts.n) == (2, 4)
    assert (figures.exercises.n_right, figures.exercises.n) == (1, 2)
    assert (figures.faults.n_right, figures.faults.n) == (1, 2)
    assert [(one.exercise, one.what, one.n, one.of) for one in figures.differing] == [
        ("bird_dog", sameness.COUNT, 1, 2),
        ("bird_dog", sameness.RECOGNISED, 1, 2),
        ("front_plank", sameness.COUNT, 1, 2),
        ("front_plank", "sags", 1, 2),
    ]


@pytest.mark.parametrize(
    ("held_s", "said"),
    [(9.6, "Nothing."), (9.0, "| mirrored | front_plank | count or time | 1 of 1 |")],
)
def test_the_page_lists_what_differs(held_s, said):
    """Seen how, of which exercise, what of it, and in how many sessions of how many."""
    pairs = [Pair(*SAGGING, Said(0, held_s, None, True), Said(0, 10.0, None, True))]
    listed = sameness.chapter(sameness.figures_of(pairs, seed=1)).partition("### What differs")[2]
    assert said in listed


def test_a_session_is_seen_in_every_way_and_its_figures_kept(tmp_path):
    """One session: what is said of it in each way, figures in a file, the chapter of the page."""
    exercise = library.find("child_pose")
    pairs = sameness.pairs_of(exercise, [next(cases(exercise, 1, seed=1))])
    assert len(pairs) == len(otherwise.OTHERWISE) - 1
    assert {pair.plain.held_s > 0 for pair in pairs} == {True}
    figures = sameness.figures_of(pairs, seed=1)
    figures.save(tmp_path / "sameness.json")
    again = SamenessFigures.load(tmp_path / "sameness.json")
    assert again == figures
    assert "| mirrored |" in sameness.chapter(again)
