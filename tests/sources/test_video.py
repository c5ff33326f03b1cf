"""Any video gives upright RGB pictures at the file's own times, or says what is wrong."""

import os
import time

import av
import cv2
import numpy as np
import pytest

from formcheck.errors import DamagedSourceError, SourceError
from formcheck.sources import container_file
from formcheck.sources.opening import open_source
from formcheck.sources.video import VideoSource
from tests.sources.films import (
    BLUE,
    GREEN,
    HEIGHT_PX,
    RED,
    WHITE,
    WIDTH_PX,
    card,
    film,
    noise,
    sound_file,
)


def read(path, **options):
    """Return the frames before any error, the error, and the source."""
    frames = []
    try:
        with VideoSource(path, **options) as source:
            for frame in source:
                frames.append(frame)
    except DamagedSourceError as error:
        return frames, error, source
    return frames, None, source


def corners(image):
    """Return the colours of the four quarters: top left, top right, bottom left, bottom right."""
    height, width = image.shape[:2]
    at = [(y, x) for y in (height // 4, 3 * height // 4) for x in (width // 4, 3 * width // 4)]
    return [image[y, x].astype(int) for y, x in at]


def assert_card(image, expected=(RED, GREEN, BLUE, WHITE), tolerance=40):
    for seen, colour in zip(corners(image), expected, strict=True):
        assert np.abs(seen - colour).max() <= tolerance


@pytest.mark.parametrize("rate_hz", [10, 30, 60, 120])
def test_frames_have_the_times_of_the_file(tmp_path, rate_hz):
    """At any rate, the first frame is at 0 and the others at their own times."""
    frames, error, source = read(film(tmp_path / "a.mp4", [card()] * 6, rate_hz=rate_hz))
    assert error is None
    assert [frame.time_s for frame in frames] == pytest.approx(np.arange(6) / rate_hz)
    assert source.info.rate_hz == pytest.approx(rate_hz)
    assert source.info.n_frames == 6
    assert source.info.name == "a.mp4"


def test_variable_frame_rate_keeps_its_gaps(tmp_path):
    """Times are read, not computed from a rate."""
    ticks = [500, 533, 700, 701, 1900, 1940]
    frames, error, _ = read(film(tmp_path / "a.mkv", [card()] * 6, ticks=ticks))
    assert error is None
    assert [frame.time_s for frame in frames] == pytest.approx((np.array(ticks) - 500) / 1000)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_is_applied_once_and_the_right_way(tmp_path, rotation):
    """The picture stands as in OpenCV, which applies the file's rotation itself."""
    path = film(tmp_path / "a.mp4", [card()] * 3, rotation=rotation)
    frames, _, source = read(path)
    capture = cv2.VideoCapture(str(path))
    reference = cv2.cvtColor(capture.read()[1], cv2.COLOR_BGR2RGB)
    capture.release()
    assert frames[0].image.shape == reference.shape
    assert (source.info.width_px, source.info.height_px) == reference.shape[1::-1]
    assert np.abs(frames[0].image.astype(int) - reference).mean() < 5
    upright = np.allclose(corners(frames[0].image)[0], RED, atol=40)
    assert upright == (rotation == 0)


@pytest.mark.parametrize(
    ("codec", "pixels", "suffix"),
    [
        ("libx264", "yuv420p", ".mov"),
        ("libx264", "yuv422p10le", ".mp4"),
        ("libx264", "gray", ".mkv"),
        ("ffv1", "gray16le", ".mkv"),
        ("ffv1", "bgra", ".mkv"),
        ("png", "rgb48be", ".mov"),
        ("png", "rgba", ".mov"),
        ("libvpx-vp9", "yuv420p", ".webm"),
        ("mjpeg", "yuvj420p", ".avi"),
        ("gif", "rgb8", ".gif"),
    ],
)
def test_every_pixel_format_becomes_rgb(tmp_path, codec, pixels, suffix):
    """8-bit RGB in rows without gaps, whatever is in the file; 66 is no multiple of 32."""
    width_px = 64 if "420" in pixels else 66
    path = film(tmp_path / f"a{suffix}", [card(width_px)] * 3, codec=codec, pixels=pixels)
    frames, error, _ = read(path)
    assert error is None
    assert len(frames) == 3
    image = frames[0].image
    assert image.dtype == np.uint8
    assert image.shape == (HEIGHT_PX, width_px, 3)
    assert image.flags.c_contiguous
    if not pixels.startswith("gray"):
        assert_card(image)
    else:
        assert np.abs(image - image[:, :, :1].astype(int)).max() <= 2


def test_a_width_that_pyav_pads_is_delivered_without_gaps(tmp_path):
    """MediaPipe ignores strides: it found nobody in pictures of 500 px that were not copied."""
    frames, _, _ = read(film(tmp_path / "a.mp4", [card(500)] * 2))
    for frame in frames:
        assert frame.image.shape == (HEIGHT_PX, 500, 3)
        assert frame.image.strides == (1500, 3, 1)
        assert_card(frame.image)


def test_frames_without_a_time_follow_at_the_rate_of_the_file(tmp_path):
    """A bare H.264 stream has no times at all."""
    frames, error, source = read(film(tmp_path / "a.h264", [card()] * 6))
    assert error is None
    expected_s = np.arange(6) / source.info.rate_hz
    assert [frame.time_s for frame in frames] == pytest.approx(expected_s)


def test_a_picture_of_one_pixel_is_a_picture(tmp_path):
    """Useless, but no crash."""
    one = np.full((1, 1, 3), 200, np.uint8)
    frames, _, source = read(film(tmp_path / "a.mkv", [one] * 2, codec="ffv1", pixels="bgra"))
    assert [frame.image.tolist() for frame in frames] == [[[[200, 200, 200]]]] * 2
    assert (source.info.width_px, source.info.height_px) == (1, 1)


def test_large_pictures_are_scaled_to_full_hd(tmp_path):
    """An 8K film is delivered with a longest side of 1920, and says so."""
    path = film(tmp_path / "a.avi", [card(7680, 4320)], codec="mjpeg", pixels="yuvj420p")
    frames, _, source = read(path)
    assert (source.info.width_px, source.info.height_px) == (1920, 1080)
    assert frames[0].image.shape == (1080, 1920, 3)
    assert_card(frames[0].image)


def test_pixels_become_square(tmp_path):
    """A film with pixels twice as wide as high is delivered twice as wide: angles need it."""
    path = film(tmp_path / "a.mkv", [card()] * 2, pixel_aspect=2)
    frames, _, source = read(path)
    assert frames[0].image.shape == (HEIGHT_PX, 2 * WIDTH_PX, 3)
    assert source.info.width_px == 2 * WIDTH_PX


@pytest.mark.parametrize("name", ["a.txt", "a.jpg", "a.mp3", "a", "a%03d.bin", "ä:b.zip"])
def test_a_video_with_any_name_is_read(tmp_path, name):
    """Content counts, not the extension."""
    path = film(tmp_path / "a.mp4", [card()] * 3).rename(tmp_path / name)
    frames, error, _ = read(path)
    assert error is None
    assert len(frames) == 3


def test_a_stream_that_begins_on_the_way_is_the_end_of_nothing():
    """PyAV stumbles over it after the last packet; all packets have come by then."""

    class Container:
        def demux(self, stream):
            yield from (f"{stream} 1", f"{stream} 2")
            raise IndexError("list index out of range")

    assert list(container_file.packets(Container(), "video")) == ["video 1", "video 2"]


def test_looping_goes_on_in_time(tmp_path):
    """A film of 0.2 s shown for 1 s has 31 frames at 30 a second, evenly in time."""
    frames, _, _ = read(film(tmp_path / "a.mp4", [card()] * 6), loop_for_s=1.0001)
    assert [frame.time_s for frame in frames] == pytest.approx(np.arange(31) / 30)


def test_sound_beside_the_pictures_does_not_matter(tmp_path):
    """A film with sound, in a container that knows only one length for both, is whole."""
    frames, error, _ = read(film(tmp_path / "a.mkv", [card()] * 10, sound=True))
    assert error is None
    assert len(frames) == 10


def test_frames_that_are_not_to_be_shown_are_not_missed(tmp_path):
    """A clip trimmed on a phone keeps what was cut away, hidden; it is not broken off."""
    whole = film(tmp_path / "whole.mp4", [card()] * 60, key_every=60)
    path = tmp_path / "trimmed.mp4"
    with av.open(str(whole)) as source, av.open(str(path), "w") as target:
        stream = source.streams.video[0]
        copy = target.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.dts is not None:
                packet.pts -= 30 * 512
                packet.dts -= 30 * 512
                packet.stream = copy
                target.mux(packet)
    frames, error, _ = read(path)
    assert error is None
    assert len(frames) <= 60


def assert_refused(path, *words):
    with pytest.raises(SourceError) as caught, VideoSource(path):
        pass
    assert not isinstance(caught.value, DamagedSourceError)
    for word in (path.name, *words):
        assert word in str(caught.value)


def test_what_is_no_video_is_refused_with_what_to_do(tmp_path):
    """Missing, folder, empty, text, sound only, without frames: each has its own words."""
    assert_refused(tmp_path / "missing.mp4", "no such file", "check its name")
    assert_refused(tmp_path, "is a folder", "expected a video file")
    (tmp_path / "empty.mp4").touch()
    assert_refused(tmp_path / "empty.mp4", "0 bytes", "copy or record it again")
    (tmp_path / "text.mp4").write_text("hello " * 1000)
    assert_refused(tmp_path / "text.mp4", "cannot be read as a video", "Expected")
    assert_refused(sound_file(tmp_path / "sound.m4a"), "found only audio", "Choose")
    os.mkfifo(tmp_path / "pipe")
    assert_refused(tmp_path / "pipe", "device or pipe")


def test_an_unreadable_file_is_refused(tmp_path, monkeypatch):
    """Permissions are named; the test may run as root, who may read everything."""
    path = film(tmp_path / "a.mp4", [card()])

    def refuse(*_args, **_kwargs):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert_refused(path, "Permission denied", "check its permissions")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.m3u8", "#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/a.ts\n"),
        ("list.ffconcat", "ffconcat version 1.0\nfile a.mp4\n"),
        ("call.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nm=video 5004 RTP/AVP 96\n"),
        ("notes.txt", "hello\n" * 100),
    ],
)
def test_playlists_and_texts_are_not_followed(tmp_path, name, text):
    """No file makes the reader open another file or an address, or draw letters."""
    film(tmp_path / "a.mp4", [card()])
    (tmp_path / name).write_text(text)
    begin_s = time.monotonic()
    assert_refused(tmp_path / name, "cannot be read as a video")
    assert time.monotonic() - begin_s < 1


def test_a_cover_is_no_video(tmp_path, monkeypatch):
    """A sound file with a picture of its cover has no moving pictures."""
    path = film(tmp_path / "a.mp4", [card()])
    monkeypatch.setattr(container_file, "_is_cover", lambda _: True)
    assert_refused(path, "no moving pictures")


def test_a_film_cut_before_its_index_is_refused(tmp_path):
    """An MP4 whose index was never written holds nothing that can be read."""
    path = film(tmp_path / "a.mp4", noise(30))
    path.write_bytes(path.read_bytes()[:20_000])
    assert_refused(path, "cut off", "copy it again")


def test_a_film_without_a_readable_picture_is_refused(tmp_path):
    """The index is there, the pictures are not."""
    path = film(tmp_path / "a.mp4", noise(30), container={"movflags": "faststart"})
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"mdat") + 8])
    assert_refused(path, "without a single readable picture", "copy it again")


@pytest.mark.parametrize(
    ("name", "container"),
    [
        ("a.mp4", {"movflags": "faststart"}),
        ("a.mkv", {}),
        ("a.avi", {}),
    ],
)
@pytest.mark.parametrize("sound", [False, True])
def test_a_film_that_breaks_off_gives_its_frames_first(tmp_path, name, container, sound):
    """Then the error says how many, until when, and how many there should be."""
    path = film(tmp_path / name, noise(90), container=container, sound=sound)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    frames, error, source = read(path)
    assert 35 <= len(frames) <= 50
    assert f"{len(frames)} of about {source.info.n_frames} frames" in str(error)
    assert "copy it again" in str(error)
    assert error.exit_code == 3


def spoilt(path, first, n_bytes):
    data = bytearray(path.read_bytes())
    at = int(len(data) * first)
    data[at : at + n_bytes] = np.random.default_rng(1).bytes(n_bytes)
    path.write_bytes(data)


def test_damage_in_the_middle_leaves_the_good_frames_on_both_sides(tmp_path):
    """Smeared frames are left out, the frames after the next key frame are there again."""
    pictures = noise(90)
    path = film(tmp_path / "a.mp4", pictures, key_every=30, container={"movflags": "faststart"})
    whole, _, _ = read(path)
    spoilt(path, 0.36, 3000)
    frames, error, source = read(path)
    assert "damaged" in str(error)
    assert 10 < source.n_damaged_frames <= 30
    assert len(frames) + source.n_damaged_frames == pytest.approx(90, abs=2)
    assert frames[-1].time_s == pytest.approx(whole[-1].time_s)
    original = {round(frame.time_s * 30): frame.image.astype(int) for frame in whole}
    for frame in frames:
        assert np.abs(frame.image - original[round(frame.time_s * 30)]).mean() < 1


def test_a_short_damage_is_counted_and_not_called_one(tmp_path):
    """A third of a second cannot hide a repetition; the film is read to its end."""
    path = film(tmp_path / "a.mp4", noise(90), key_every=5, container={"movflags": "faststart"})
    spoilt(path, 0.52, 300)
    frames, error, source = read(path)
    assert error is None
    assert 1 <= source.n_damaged_frames <= 10
    assert len(frames) >= 80


def test_the_count_of_damaged_frames_begins_anew_with_each_reading(tmp_path):
    """Reading twice tells the same twice."""
    path = film(tmp_path / "a.mp4", noise(30), key_every=5, container={"movflags": "faststart"})
    spoilt(path, 0.5, 300)
    with VideoSource(path) as source:
        n_frames = sum(1 for _ in source)
        n_damaged = source.n_damaged_frames
        assert sum(1 for _ in source) == n_frames
        assert source.n_damaged_frames == n_damaged > 0


def test_a_film_that_changes_its_shape_breaks_off(tmp_path):
    """Landmarks of two picture shapes cannot be compared."""
    path = film(tmp_path / "a.ts", [card()] * 10, codec="mpeg2video")
    other = film(tmp_path / "b.ts", [card(48, 64)] * 10, codec="mpeg2video")
    path.write_bytes(path.read_bytes() + other.read_bytes())
    frames, error, _ = read(path)
    assert 8 <= len(frames) <= 10
    assert "change to 48 x 64" in str(error)


def test_a_film_that_changes_its_size_only_goes_on_in_the_first_size(tmp_path):
    """Browsers record smaller pictures while the computer is busy."""
    path = film(tmp_path / "a.ts", [card(128, 96)] * 10, codec="mpeg2video")
    other = film(tmp_path / "b.ts", [card(64, 48)] * 10, codec="mpeg2video")
    path.write_bytes(path.read_bytes() + other.read_bytes())
    frames, _, _ = read(path)
    assert {frame.image.shape for frame in frames} == {(96, 128, 3)}
    assert len(frames) >= 18


def test_the_info_is_there_only_inside_of_the_with_block(tmp_path):
    """A bug in the caller, not the user's fault."""
    with pytest.raises(ValueError, match="with block"):
        _ = VideoSource(tmp_path / "a.mp4").info


@pytest.mark.parametrize(("tag", "seconds"), [("00:01:02.500000000", 62.5), ("x", 0), ("1:2:y", 0)])
def test_matroska_writes_the_length_as_a_clock_does(tag, seconds):
    """Nonsense counts as unknown."""
    assert container_file._seconds(tag) == seconds


def test_a_path_opens_as_what_it_is(tmp_path):
    """A folder is a folder of pictures, anything else a video."""
    (tmp_path / "pictures").mkdir()
    assert type(open_source(tmp_path / "pictures")).__name__ == "FolderSource"
    assert type(open_source(tmp_path / "a.mp4")).__name__ == "VideoSource"
