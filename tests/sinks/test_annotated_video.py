"""The annotated video plays in a browser and keeps the times of its frames."""

import errno

import av
import numpy as np
import pytest

from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.frame import Frame
from formcheck.sinks.annotated_video import AnnotatedVideoSink

TIMES_S = (0.0, 0.033, 0.2, 0.21, 0.9)
SIZE_PX = (501, 333)


def write(path, *, breaks_after=None):
    """Write frames with uneven times."""
    picture = np.full((SIZE_PX[1], SIZE_PX[0], 3), 90, np.uint8)
    with AnnotatedVideoSink(path, 30.0, SIZE_PX) as sink:
        for number, time_s in enumerate(TIMES_S):
            if number == breaks_after:
                raise RuntimeError("the source broke off")
            sink.write(Snapshot(time_s, None), Frame(time_s, picture))


def times_s(path):
    """Return the times of the frames of a video."""
    with av.open(str(path)) as video:
        return [frame.time for frame in video.decode(video=0)]


def test_browsers_play_it_and_times_are_true(tmp_path):
    """H.264 in yuv420p, the index in front, even size, every frame at its own time."""
    path = tmp_path / "a.mp4"
    write(path)
    contents = path.read_bytes()
    assert contents.index(b"moov") < contents.index(b"mdat")
    with av.open(str(path)) as video:
        context = video.streams.video[0].codec_context
        found = context.name, context.pix_fmt, context.width, context.height
    assert found == ("h264", "yuv420p", 500, 332)
    assert times_s(path) == pytest.approx(TIMES_S, abs=1e-4)


def test_an_error_midway_leaves_a_whole_video_of_what_came_before(tmp_path):
    """What was drawn until then can be watched."""
    path = tmp_path / "a.mp4"
    with pytest.raises(RuntimeError):
        write(path, breaks_after=3)
    assert times_s(path) == pytest.approx(TIMES_S[:3], abs=1e-4)


def test_a_place_that_cannot_be_written_to_is_left_as_it_was(tmp_path):
    """The error has the number of what failed, and no file is there."""
    with pytest.raises(OutputError) as caught:
        write(tmp_path / "missing" / "a.mp4")
    assert isinstance(caught.value.__cause__, OSError)
    assert caught.value.__cause__.errno == errno.ENOENT
    assert not list(tmp_path.iterdir())
