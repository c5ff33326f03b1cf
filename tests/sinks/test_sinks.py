"""What every sink that writes a file keeps to."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.analysis.snapshot import Snapshot
from formcheck.frame import Frame
from formcheck.recordings import Recording, RecordingHeader
from formcheck.sinks.annotated_video import AnnotatedVideoSink
from formcheck.sinks.readings_table import ReadingsSink
from formcheck.sinks.recording import PoseRecordingSink

SIZE_PX = (64, 48)
HEADER = RecordingHeader(
    source="clip.mp4", width_px=64, height_px=48, rate_hz=30.0, engine="e", engine_version="1",
    model="m", model_sha256="0" * 64,
)  # fmt: skip
SINKS = {
    "a.mp4": lambda path: AnnotatedVideoSink(path, 30.0, SIZE_PX),
    "a.csv": lambda path: ReadingsSink(path, []),
    "a.parquet": lambda path: ReadingsSink(path, []),
    "a.poses.npz": lambda path: PoseRecordingSink(path, HEADER),
}


def run(path: Path, n_frames: int, error: type[BaseException]) -> None:
    """Write some frames, then fail."""
    picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    with SINKS[path.name](path) as sink:
        for number in range(n_frames):
            sink.write(Snapshot(number / 30, None), Frame(number / 30, picture))
        raise error


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
@pytest.mark.parametrize("name", SINKS)
def test_what_came_before_an_error_is_put_in_place(tmp_path, name, error):
    """A single frame is enough, and no temporary stays behind."""
    with pytest.raises(error):
        run(tmp_path / name, 1, error)
    assert [file.name for file in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("name", SINKS)
def test_a_run_without_a_frame_leaves_an_earlier_file_as_it_is(tmp_path, name):
    """An engine that does not start must not cost the results of yesterday."""
    path = tmp_path / name
    path.write_text("of yesterday")
    with pytest.raises(RuntimeError):
        run(path, 0, RuntimeError)
    assert path.read_text() == "of yesterday"
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_recording_that_an_error_cut_short_says_so(tmp_path):
    """Whoever judges it again learns that it is not whole."""
    path = tmp_path / "a.poses.npz"
    with pytest.raises(RuntimeError):
        run(path, 3, RuntimeError)
    recording = Recording(path)
    assert recording.n_frames == 3
    assert "RuntimeError" in recording.incomplete_reason
