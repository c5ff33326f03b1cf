"""What is asked for on a clip, and that the engine looks at it once."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.estimators.base import EngineIdentity
from formcheck.evaluation.labels import Labels
from formcheck.evaluation.poses import ClipPoses
from formcheck.evaluation.run import evaluate, runs_on
from formcheck.evaluation.score import AUTO, Score
from formcheck.evaluation.strips import write_strip
from formcheck.exercises import library
from formcheck.frame import Frame
from formcheck.pose import Pose
from tests.evaluation.cases import clip
from tests.people import LABELS, poses

EXERCISES = {name: library.find(name) for name in ("glute_bridge", "cat_cow", "front_plank")}
EVERY_NTH = 3
BRIDGES = poses("glute_bridge", every=EVERY_NTH)
N_BRIDGES = LABELS["glute_bridge"]["repetitions"]


class FakeEngine:
    """Gives the true poses of the sample clip of bridges, whatever the pictures show."""

    def __init__(self, version: str = "1") -> None:
        self.identity = EngineIdentity("fake", version, "fake.task", "f" * 64)
        self.n_opened = 0
        self.n_streams = 0

    def __enter__(self) -> "FakeEngine":
        self.n_opened += 1
        return self

    def __exit__(self, *_: object) -> None:
        self.n_opened -= 1

    def estimate(
        self, frames: Iterable[Frame], *, lookahead: int = 1, outline: bool = False
    ) -> Iterator[tuple[Frame, Pose | None]]:
        """Pair the pictures with the poses, at the times of the pictures."""
        assert self.n_opened == 1
        assert lookahead >= 0
        assert not outline
        self.n_streams += 1
        for frame, (_, pose) in zip(frames, BRIDGES, strict=True):
            height_px, width_px = frame.image.shape[:2]
            visible = np.ones(33)
            yield frame, Pose(frame.time_s, pose.image, pose.world, visible, width_px, height_px)


def film(folder: Path) -> None:
    """Write a folder of grey pictures, one for each pose."""
    folder.mkdir(parents=True)
    pose = BRIDGES[0][1]
    picture = np.full((pose.height_px, pose.width_px, 3), 90, np.uint8)
    data = cv2.imencode(".jpg", picture)[1].tobytes()
    for number in range(len(BRIDGES)):
        (folder / f"{number}.jpg").write_bytes(data)


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """Return a folder with one clip of bridges, and what is labelled of it."""
    folder = tmp_path_factory.mktemp("clips")
    film(folder / "anna" / "bridge")
    # The pictures of a folder are 30 a second: three times as fast as the poses were.
    labelled = clip(
        file="anna/bridge", exercise="glute_bridge", repetitions=N_BRIDGES,
        repetition_times_s=(1.0,), must_not_count=("cat_cow",),
    )  # fmt: skip
    return folder, Labels(clips=(labelled,))


@pytest.mark.parametrize("forbidden", [("cat_cow",), ("cat_cow", "cat_cow", "unknown"), ("*",)])
def test_what_must_not_be_counted_is_asked_for(forbidden):
    """A clip runs with its own exercise, each forbidden one once, and auto."""
    bridge = clip(exercise="glute_bridge", must_not_count=forbidden)
    expected = ["cat_cow", "front_plank"] if forbidden == ("*",) else ["cat_cow"]
    assert runs_on(bridge, EXERCISES) == ["glute_bridge", *expected, AUTO]


def test_on_a_clip_of_nothing_every_exercise_is_asked_for():
    """Except for one that it is understandable to count."""
    nothing = clip("negative", exercise="other", near_ids=("cat_cow",))
    assert runs_on(nothing, EXERCISES) == ["glute_bridge", "front_plank", AUTO]


def test_a_clip_of_an_exercise_that_formcheck_has_not_runs_with_auto_alone():
    """Nothing can be given that formcheck does not know."""
    assert runs_on(clip(exercise="cartwheel"), EXERCISES) == [AUTO]


def test_the_engine_looks_at_a_clip_once(clips, tmp_path):
    """All runs share the poses, a second evaluation opens no engine, another engine looks anew."""
    folder, labels = clips
    engine, again, newer = FakeEngine(), FakeEngine(), FakeEngine("2")
    found: list[list[Score]] = []
    for each in (engine, again, newer):
        with ClipPoses(folder, tmp_path, each) as kept:
            found.append([s for _, s in evaluate(labels, kept, EXERCISES, lambda *_: None)])
    assert [s.asked_for for s in found[0]] == ["glute_bridge", "cat_cow", AUTO]
    assert found[0] == found[1] == found[2]
    assert [each.n_streams for each in (engine, again, newer)] == [1, 0, 1]
    assert [each.n_opened for each in (engine, again, newer)] == [0, 0, 0]


def test_a_recording_that_broke_off_is_not_used(clips, tmp_path):
    """Poses of half a clip would give half of the count."""
    folder, labels = clips

    class Failing(FakeEngine):
        def estimate(self, frames, *, lookahead=1, outline=False):
            found = super().estimate(frames, lookahead=lookahead, outline=outline)
            yield from (pair for _, pair in zip(range(5), found, strict=False))
            raise SourceError("broken off")

    with ClipPoses(folder, tmp_path, Failing()) as kept, pytest.raises(SourceError):
        kept.of(labels.clips[0])
    with ClipPoses(folder, tmp_path, FakeEngine()) as kept:
        assert kept.of(labels.clips[0]).n_frames == len(BRIDGES)


def test_a_clip_that_is_not_there_is_named(tmp_path):
    """The message says where clips are looked for."""
    with ClipPoses(tmp_path, tmp_path, FakeEngine()) as kept, pytest.raises(SourceError) as caught:
        kept.of(clip(file="anna/none.mp4"))
    assert "none.mp4" in str(caught.value)
    assert "beside the labels" in str(caught.value)


def test_a_strip_shows_the_clip_and_is_passed_over_by_git(clips, tmp_path):
    """Two rows of pictures with a title and a plot, in a folder that ignores itself."""
    folder, labels = clips
    with ClipPoses(folder, tmp_path / "poses-of-clips", FakeEngine()) as kept:
        (tmp_path / "poses-of-clips").mkdir()
        ((shown, scored), *_) = list(evaluate(labels, kept, EXERCISES, lambda *_: None))
        path = write_strip(tmp_path / "misses", shown, scored, kept, EXERCISES)
    picture = cv2.imread(str(path))
    pose = BRIDGES[0][1]
    row_px = round(320 * pose.height_px / pose.width_px)
    assert picture.shape == (40 + 2 * row_px + 300, 6 * 320, 3)
    assert (tmp_path / "misses" / ".gitignore").read_text(encoding="utf-8") == "*\n"
    assert path.name == "anna__bridge--glute_bridge.png"
    labelled_lane = picture[40 + 2 * row_px + 300 - 4 * 22 :][:22]
    is_green = (labelled_lane == (140, 230, 120)).all(axis=-1)
    assert is_green.any()
