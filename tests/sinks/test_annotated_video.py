"""The annotated video plays in a browser and keeps the times of its frames."""

import errno
from types import SimpleNamespace

import av
import numpy as np
import pytest
from av.error import InvalidDataError

from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.frame import Frame
from formcheck.pose import Pose
from formcheck.sinks import annotated_video
from formcheck.sinks.annotated_video import AnnotatedVideoSink
from tests.sinks.small_disk import small_disk

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


@pytest.mark.parametrize("n_frames", [1, 60])
def test_a_full_disk_leaves_no_video(tmp_path, n_frames):
    """Whether it fills up on the way or at the very end, and the encoder is let go of."""
    noise = np.random.default_rng(0)

    def write_noise():
        with small_disk(2000), AnnotatedVideoSink(tmp_path / "a.mp4", 30.0, (320, 240)) as sink:
            for number in range(n_frames):
                picture = noise.integers(0, 255, (240, 320, 3), dtype=np.uint8)
                sink.write(Snapshot(number / 30, None), Frame(number / 30, picture))

    with pytest.raises(OutputError, match="grows too large"):
        write_noise()
    assert not list(tmp_path.iterdir())


def test_a_video_with_a_hole_in_it_is_not_put_in_place(tmp_path, monkeypatch):
    """A frame that could not be written is lost even where the disk has space again at once."""
    sink = AnnotatedVideoSink(tmp_path / "a.mp4", 30.0, (64, 48))
    frame = Frame(0.0, np.zeros((48, 64, 3), np.uint8))

    def encode(_):
        monkeypatch.undo()
        raise OSError(errno.ENOSPC, "No space left on device")

    def write_frames():
        with sink:
            sink.write(Snapshot(0.0, None), frame)
            stream = sink._stream
            monkeypatch.setattr(sink, "_stream", SimpleNamespace(encode=encode))
            with pytest.raises(OutputError):
                sink.write(Snapshot(0.1, None), frame)
            assert sink._stream is stream

    with pytest.raises(OutputError, match="the disk is full"):
        write_frames()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("size", "expected"), [((4000, 3000), (1280, 960)), ((1080, 1920), (720, 1280))]
)
def test_large_pictures_are_made_smaller_and_marks_stay_on_the_body(tmp_path, size, expected):
    """The longest side is at most 1280 px, and what is drawn goes with the picture."""
    path = tmp_path / "a.mp4"
    width_px, height_px = size
    middle = np.full((33, 2), (0.5 * width_px, 0.5 * height_px))
    pose = Pose(0.0, middle, np.zeros((33, 3)), np.ones(33), width_px, height_px)
    with AnnotatedVideoSink(path, 30.0, size) as sink:
        black = np.zeros((height_px, width_px, 3), np.uint8)
        sink.write(Snapshot(0.0, pose), Frame(0.0, black))
    with av.open(str(path)) as video:
        picture = next(video.decode(video=0)).to_ndarray(format="rgb24")
    assert picture.shape == (expected[1], expected[0], 3)
    is_bright = picture.min(axis=2) > 200
    is_bright[: expected[1] // 3] = False  # the panel
    rows, columns = np.nonzero(is_bright)
    assert rows.mean() == pytest.approx(expected[1] / 2, abs=2)
    assert columns.mean() == pytest.approx(expected[0] / 2, abs=2)


def test_a_picture_of_one_pixel_makes_a_video(tmp_path):
    """The smallest size that H.264 has is taken."""
    path = tmp_path / "a.mp4"
    with AnnotatedVideoSink(path, 30.0, (1, 1)) as sink:
        sink.write(Snapshot(0.0, None), Frame(0.0, np.zeros((1, 1, 3), np.uint8)))
    assert times_s(path) == [0.0]


def test_a_build_without_an_encoder_is_said_before_anything_is_written(tmp_path, monkeypatch):
    """The message names what was expected and what to do."""
    monkeypatch.setattr(annotated_video, "ENCODERS", ("libnone",))
    with pytest.raises(OutputError, match=r"expected one of libnone.*--no-video"):
        write(tmp_path / "a.mp4")
    assert not list(tmp_path.iterdir())


def test_an_encoder_that_fails_is_an_error_of_the_output(tmp_path, monkeypatch):
    """One that this machine only seems to have: the message says how to go on without."""
    sink = AnnotatedVideoSink(tmp_path / "a.mp4", 30.0, SIZE_PX)

    def encode(_):
        raise InvalidDataError(1, "no such hardware")

    def write_a_frame():
        with sink:
            monkeypatch.setattr(sink, "_stream", SimpleNamespace(encode=encode))
            picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
            sink.write(Snapshot(0.0, None), Frame(0.0, picture))

    with pytest.raises(OutputError, match=r"the encoder failed .*no such hardware.*--no-video"):
        write_a_frame()
    assert not list(tmp_path.iterdir())


def test_an_instant_without_a_picture_is_left_out(tmp_path):
    """There is nothing to draw on; the frames around it keep their times."""
    path = tmp_path / "a.mp4"
    picture = np.zeros((SIZE_PX[1], SIZE_PX[0], 3), np.uint8)
    with AnnotatedVideoSink(path, 30.0, SIZE_PX) as sink:
        sink.write(Snapshot(0.0, None), Frame(0.0, picture))
        sink.write(Snapshot(0.1, None), None)
        sink.write(Snapshot(0.2, None), Frame(0.2, picture))
    assert times_s(path) == pytest.approx([0.0, 0.2], abs=1e-4)
