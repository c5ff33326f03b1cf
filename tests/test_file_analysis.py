"""What of a file's results is written when not all of them can be."""

import json
from dataclasses import replace

import pytest
from av.error import InvalidDataError

from formcheck import file_analysis
from formcheck.errors import EngineError, OutputError
from formcheck.estimators.base import EngineIdentity
from formcheck.exercises import library
from formcheck.file_analysis import Asked, Outputs, analyse_file
from formcheck.recordings import Recording
from formcheck.sinks import annotated_video
from formcheck.sinks.annotated_video import AnnotatedVideoSink
from formcheck.sinks.readings_table import ReadingsSink
from formcheck.sinks.recording import PoseRecordingSink
from tests.people import SIZES_PX, poses
from tests.sources.films import card, film

N_FRAMES = 40
ENDINGS = ["annotated.mp4", "html", "poses.npz", "readings.csv", "result.json"]


class Puppet:
    """An engine that sees the squat of the sample clip in whatever picture it gets."""

    identity = EngineIdentity("e", "1", "m", "0" * 64)

    def __init__(self, breaks_after=N_FRAMES + 1):
        self._breaks_after = breaks_after
        self.outline = None

    def estimate(self, frames, *, lookahead=1, outline=False):  # noqa: ARG002 - a puppet looks nowhere
        """Yield each picture with the next pose."""
        self.outline = outline
        seen = zip(frames, poses("squat"), strict=False)
        for number, (frame, (_, pose)) in enumerate(seen, start=1):
            if number > self._breaks_after:
                raise EngineError("it stopped")
            yield frame, replace(pose, time_s=frame.time_s)


@pytest.fixture
def analyse(tmp_path):
    """Return a function that analyses a short film; its results are in ``out``."""
    path = film(tmp_path / "a.mp4", [card(*SIZES_PX["squat"])] * N_FRAMES)
    asked = Asked([library.find("sit_to_stand")])

    def run(engine=None):
        return analyse_file(path, asked, Outputs(tmp_path / "out"), engine or Puppet())

    return run


def result(folder):
    """Return the result that was written."""
    return json.loads((folder / "out" / "a.result.json").read_text(encoding="utf-8"))


def names(folder):
    """Return what was written, hidden temporaries too."""
    return sorted(file.name.removeprefix("a.") for file in (folder / "out").iterdir())


def no_encoder(monkeypatch):
    monkeypatch.setattr(annotated_video, "ENCODERS", ("libnone",))


def fails_midway(monkeypatch):
    whole = AnnotatedVideoSink._encode

    def encode(self, frame):
        if frame and frame.pts > 0.5 / annotated_video.TIME_BASE:
            with self._encoder_errors():
                raise InvalidDataError(1, "no such hardware")
        whole(self, frame)

    monkeypatch.setattr(AnnotatedVideoSink, "_encode", encode)


def fails_at_the_end(monkeypatch):
    whole = AnnotatedVideoSink._encode

    def encode(self, frame):
        if frame is None:
            with self._encoder_errors():
                raise OSError(28, "No space left on device")
        whole(self, frame)

    monkeypatch.setattr(AnnotatedVideoSink, "_encode", encode)


@pytest.mark.parametrize(
    ("names", "asked_for", "is_looked_for"),
    [
        (["cat_cow"], False, True),
        (["sit_to_stand"], False, False),
        (["sit_to_stand"], True, True),
        (["sit_to_stand", "cat_cow"], False, False),
    ],
)
def test_the_outline_is_looked_for_where_it_is_needed(tmp_path, names, asked_for, is_looked_for):
    """By the exercise that is named, or as the user says: it costs time."""
    path, engine = film(tmp_path / "a.mp4", [card(*SIZES_PX["squat"])] * 3), Puppet()
    asked = Asked([library.load_all()[name] for name in names], outline=asked_for)
    analyse_file(path, asked, Outputs(tmp_path, video=False, page=False), engine)
    assert engine.outline == is_looked_for


def test_all_is_written(analyse, tmp_path):
    """Nothing failed, nothing is missing."""
    written = analyse()
    assert written.failure is None
    assert names(tmp_path) == ENDINGS
    assert sorted(file.name for file in written.files) == [f"a.{ending}" for ending in ENDINGS]


@pytest.mark.parametrize(
    ("break_it", "says"),
    [
        (no_encoder, "no H.264 encoder"),
        (fails_midway, "the encoder failed"),
        (fails_at_the_end, "the disk is full"),
    ],
)
def test_a_video_that_cannot_be_written_costs_nothing_else(
    analyse, tmp_path, monkeypatch, break_it, says
):
    """Result, page, readings and poses are there and whole; the failure says what is not."""
    break_it(monkeypatch)
    written = analyse()
    assert isinstance(written.failure, OutputError)
    assert says in str(written.failure)
    assert names(tmp_path) == ENDINGS[1:]
    assert result(tmp_path)["partial"] is None
    assert result(tmp_path)["n_frames"] == N_FRAMES
    assert Recording(tmp_path / "out" / "a.poses.npz").incomplete_reason is None
    assert "could not be written" in (tmp_path / "out" / "a.html").read_text(encoding="utf-8")


def test_the_video_of_an_earlier_run_is_not_taken_for_this_one(analyse, tmp_path, monkeypatch):
    """The page does not show it, and it is not listed; nor is it thrown away."""
    analyse()
    fails_midway(monkeypatch)
    written = analyse()
    assert tmp_path / "out" / "a.annotated.mp4" not in written.files
    assert "<video" not in (tmp_path / "out" / "a.html").read_text(encoding="utf-8")
    assert names(tmp_path) == ENDINGS


def test_an_engine_that_stops_says_more_than_a_missing_video(analyse, tmp_path, monkeypatch):
    """Both failed: the analysis is partial, and that is what is told."""
    no_encoder(monkeypatch)
    written = analyse(Puppet(breaks_after=10))
    assert isinstance(written.failure, EngineError)
    assert result(tmp_path)["partial"] == "it stopped"
    assert result(tmp_path)["n_frames"] == 10


def test_poses_and_page_that_cannot_be_written_cost_nothing_else(analyse, tmp_path, monkeypatch):
    """Each is named, and the result is there."""

    def refuse(*_args, **_options):
        raise OutputError("the disk is full")

    monkeypatch.setattr(PoseRecordingSink, "write", refuse)
    monkeypatch.setattr(file_analysis, "write_page", refuse)
    written = analyse()
    assert str(written.failure) == "the disk is full\nthe disk is full"
    assert names(tmp_path) == ["annotated.mp4", "readings.csv", "result.json"]
    endings = ("result.json", "readings.csv", "annotated.mp4")
    assert [file.name for file in written.files] == [f"a.{ending}" for ending in endings]


def test_where_nothing_can_be_written_the_analysis_ends_at_once(analyse, monkeypatch):
    """Nobody waits an hour for a result that has no place to go to."""

    class Careful(Puppet):
        n_seen = 0

        def estimate(self, frames, *, lookahead=1, outline=False):
            """Count what is looked at."""
            for pair in super().estimate(frames, lookahead=lookahead, outline=outline):
                self.n_seen += 1
                yield pair

    def refuse(*_args):
        raise OutputError("read-only")

    for sink in (AnnotatedVideoSink, PoseRecordingSink, ReadingsSink):
        monkeypatch.setattr(sink, "write", refuse)
    engine = Careful()
    with pytest.raises(OutputError, match="read-only"):
        analyse(engine)
    assert engine.n_seen <= 2
