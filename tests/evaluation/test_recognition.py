"""What is recognised where nothing is named: figures that can be reckoned by hand."""

import numpy as np
import pytest

from formcheck.analysis.events import ExerciseLikely, ExerciseRecognised
from formcheck.analysis.timeline import ExerciseSet, Segment, SegmentKind
from formcheck.errors import LabelsError
from formcheck.evaluation.f1 import f1
from formcheck.evaluation.population import whole_sessions
from formcheck.evaluation.population.whole_sessions import DuePart, WholeSession, judged
from formcheck.evaluation.synthetic.recognition import (
    due_of,
    is_named_alone,
    moves_from_s,
    said_early,
)
from formcheck.evaluation.synthetic.recognition_figures import (
    Confusion,
    RecognitionFigures,
    chapter,
)
from formcheck.evaluation.synthetic.records import MeasuredWith, Tally
from formcheck.exercises import library
from formcheck.exercises.joints import ANGLES, INDEX
from formcheck.simulation.performance import Performance
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.unsteadiness import Tremor

EXERCISES = library.load_all()


def figures(
    *said: tuple[str, str, int],
    outside: tuple[str, ...] = (),
    others: tuple[tuple[str, str, int], ...] = (),
) -> RecognitionFigures:
    """Return figures of these pairs of what was done and what was said."""
    return RecognitionFigures(
        measured_with=MeasuredWith.now(1),
        said=tuple(Confusion(due=due, said=what, n=n) for due, what, n in said),
        soon=Tally(n_right=3, n=4),
        soon_held=Tally(n_right=0, n=1),
        n_whole=1,
        parts=Tally(n_right=8, n=8),
        counts=Tally(n_right=7, n=8),
        outside=outside,
        others=tuple(Confusion(due=due, said=what, n=n) for due, what, n in others),
    )


def test_f1_is_the_harmonic_mean():
    """Of four a three are said, and of four said to be a three are: both shares are 3/4."""
    said = ("a", "a", 3), ("a", "b", 1), ("b", "a", 1), ("b", "b", 1), ("", "", 2)
    counts = {(due, what): n for due, what, n in said}
    assert [f1(counts, name) for name in ("a", "b", "")] == pytest.approx([0.75, 0.5, 1])
    made = figures(*said)
    assert made.macro_f1 == pytest.approx((0.75 + 0.5 + 1) / 3)
    assert (made.right.n_right, made.right.n) == (6, 8)


def test_other_movements_are_none_of_the_exercises():
    """A curl that is taken for a row costs both of them; a front raise may be the opening form."""
    others = (("biceps curl", "", 3), ("biceps curl", "band_row", 1))
    others += (("front raise", "taichi_commencing", 4),)
    made = figures(("band_row", "band_row", 3), ("", "", 1), others=others)
    assert (made.left_alone.n_right, made.left_alone.n) == (7, 8)
    row, none_of_these = 2 * 3 / (3 + 4), 2 * 8 / (9 + 8)
    assert made.macro_f1 == pytest.approx((row + none_of_these) / 2)
    text = chapter(made)
    assert "| other movement: biceps curl | band_row | 1 |" in text
    assert "front raise" not in text


def test_the_page_names_every_confusion():
    """What was taken for something else is there, rests and nothing included."""
    text = chapter(figures(("cat_cow", "", 2), ("", "front_plank", 1), outside=("side_bend",)))
    assert "| cat_cow | none of these | 2 |" in text
    assert "| only rests | front_plank | 1 |" in text
    assert "| whole session: nothing of it | side_bend | 1 |" in text


def test_figures_are_read_as_they_were_written(tmp_path):
    """And something else is refused."""
    path = tmp_path / "recognition.json"
    made = figures(("a", "a", 1))
    made.save(path)
    assert RecognitionFigures.load(path) == made
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(LabelsError, match="synthetic recognition"):
        RecognitionFigures.load(path)


@pytest.mark.parametrize(("late_s", "is_early"), [(0.0, True), (2.0, True), (2.1, False)])
def test_what_is_said_within_two_seconds_is_early(late_s, is_early):
    """From the first movement on, likely or recognised; what was said before it is not of it."""
    said = [ExerciseLikely(9.9, "cat_cow"), ExerciseRecognised(10 + late_s, "bird_dog", 9)]
    assert said_early(said, 10, "", 12.0) == ({"bird_dog"} if is_early else set())


@pytest.mark.parametrize(
    ("name", "by", "expected_s"),
    [("left_knee_flexion", 20, 1.2), ("thorax_bend", -20, 1.2), ("pelvis_z", 3, 1)],
)
def test_a_movement_is_seen_from_two_degrees_on(name, by, expected_s):
    """Ten degrees a second from one second on; where nothing turns it is the beginning itself."""
    knots = np.zeros((4, len(ANGLES)))
    knots[:, INDEX[name]] = np.array([0.0, 0.0, by / 2, by])
    still = np.zeros(len(ANGLES))
    tremor = Tremor(still, still, still, np.array([0.0, 3.0]), np.zeros(2))
    person = skeleton_of(Person("female", 40, 1.7))
    moving = Performance("e", "v", person, np.array([0.0, 1.0, 2.0, 3.0]), knots, tremor)
    assert moves_from_s(moving, 1.0) == pytest.approx(expected_s, abs=0.1)


def test_both_ways_to_reckon_the_two_seconds_are_on_the_page():
    """From the beginning, and from when there is something to be seen, where that was measured."""
    made = figures(("a", "a", 1))
    assert "two degrees" not in chapter(made)
    since_moving = made.model_copy(update={"soon_moving": Tally(n_right=4, n=4)})
    text = chapter(since_moving)
    assert "| likely within two seconds of the first movement, and nothing else | 3/4" in text
    assert "two degrees (0.1 to 0.8 s later) | 4/4" in text


def test_what_was_likely_on_the_way_into_a_posture_still_stands():
    """Unless something else was said since; and what else was said on the way in is over."""
    likely, other = ExerciseLikely(9, "glute_bridge"), ExerciseLikely(9.5, "heel_slide")
    assert said_early([likely], 10, "glute_bridge", 12) == {"glute_bridge"}
    assert said_early([likely, other], 10, "glute_bridge", 12) == set()
    assert said_early([likely], 10, "", 12) == set()


def test_what_looks_the_same_by_its_file_may_be_likely_as_well():
    """A plank before a push-up, the push-up while a plank is held; not a side bend."""
    assert is_named_alone("push_up_plus", {"push_up_plus", "front_plank"}, EXERCISES)
    assert is_named_alone("front_plank", {"push_up_plus", "front_plank"}, EXERCISES)
    assert not is_named_alone("push_up_plus", {"front_plank"}, EXERCISES)
    assert not is_named_alone("push_up_plus", {"push_up_plus", "side_bend"}, EXERCISES)


def test_who_waits_at_the_top_of_a_push_up_holds_a_plank():
    """Who waits lying on the side does nothing, whatever is said of it."""
    assert due_of(EXERCISES["push_up_plus"], "front_plank") == "front_plank"
    assert due_of(EXERCISES["push_up_plus"], "") == ""
    assert due_of(EXERCISES["open_book"], "side_plank") == ""


class Told:
    """As much of an analysis as is judged."""

    def __init__(self, *timeline: Segment) -> None:
        self.timeline = timeline


def segment(exercise: str, start_s: float, end_s: float, n: int = 4) -> Segment:
    """Return a stretch of one set."""
    one = ExerciseSet(start_s, end_s, n, 0, 0.0, ())
    return Segment(SegmentKind.EXERCISE, start_s, end_s, exercise, (one,))


@pytest.mark.parametrize(("late_s", "is_found"), [(1.9, True), (2.1, False)])
def test_borders_must_be_within_two_seconds(late_s, is_found):
    """Just inside and just outside."""
    session = WholeSession((), (DuePart("cat_cow", 10, 30, 4),))
    (part,) = judged(session, Told(segment("cat_cow", 10 + late_s, 30)), EXERCISES).parts
    assert part.is_found is is_found
    assert part.n_counted == 4


def test_what_was_not_done_is_outside():
    """Another exercise at any time; but not the plank that push-ups begin from."""
    session = WholeSession((), (DuePart("push_up_plus", 10, 30, 4),))
    told = Told(
        segment("front_plank", 4, 9), segment("push_up_plus", 10, 30), segment("side_bend", 40, 50)
    )
    assert judged(session, told, EXERCISES).outside == ("side_bend",)
    late = Told(segment("front_plank", 60, 70))
    assert judged(session, late, EXERCISES).outside == ("front_plank",)


def test_a_whole_session_of_one_exercise_is_found():
    """Somebody comes in, does bridges and goes out: they are counted, and nothing else is."""
    exercise = EXERCISES["glute_bridge"]
    session = whole_sessions.whole_session([exercise], seed=3)
    candidates = library.searched(EXERCISES.values())
    told = whole_sessions.analysed(session, candidates)
    answer = judged(session, told, EXERCISES)
    assert [part.is_found for part in answer.parts] == [True]
    assert answer.parts[0].n_counted == answer.parts[0].due.n
    assert answer.outside == ()
