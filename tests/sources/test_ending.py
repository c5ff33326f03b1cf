"""A file that was cut off is called so where that can be told, and is never passed for whole."""

import struct
import time

import pytest

from formcheck.errors import DamagedSourceError
from formcheck.sources import container_file
from formcheck.sources.ending import UNKNOWN_LENGTH, Ending, ending_of
from formcheck.sources.video import VideoSource
from tests.sources.films import film, noise

FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
WITHOUT_INDEX = {"movflags": f"{FRAGMENTED['movflags']}+skip_trailer"}
KINDS = {
    "plain.mp4": ({}, Ending.STATED),
    "plain.mkv": ({}, Ending.STATED),
    "fragmented.mp4": ({"container": FRAGMENTED}, Ending.WHOLE),
    "browser.mp4": ({"container": WITHOUT_INDEX}, Ending.UNKNOWN),
    "browser.mkv": ({"container": {"live": "1"}}, Ending.UNKNOWN),
    "tv.ts": ({}, Ending.UNKNOWN),
    "a.gif": ({"codec": "gif", "pixels": "rgb8"}, Ending.WHOLE),
    "bare.h264": ({}, Ending.UNKNOWN),
}


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Return the bytes of a film of three seconds in each kind of file."""
    folder = tmp_path_factory.mktemp("films")
    pictures = noise(30)
    return {
        name: film(folder / name, pictures, rate_hz=10, **options).read_bytes()
        for name, (options, _) in KINDS.items()
    }


def ending(path):
    with container_file.opened(path) as container:
        return ending_of(path, container)


def read(path):
    """Return the number of frames, what is noted, and the error at the end."""
    n_frames = 0
    with VideoSource(path) as source:
        try:
            for _ in source:
                n_frames += 1
        except DamagedSourceError as error:
            return n_frames, source.info.note, str(error)
    return n_frames, source.info.note, None


@pytest.mark.parametrize("name", KINDS)
def test_a_whole_film_is_never_called_cut(films, tmp_path, name):
    """It is read to its end, and noted only where that cannot be told."""
    path = tmp_path / name
    path.write_bytes(films[name])
    expected = KINDS[name][1]
    assert ending(path) is expected
    note = UNKNOWN_LENGTH if expected is Ending.UNKNOWN else None
    assert read(path) == (30, note, None)


@pytest.mark.parametrize("name", ["fragmented.mp4", "browser.mp4", "a.gif"])
@pytest.mark.parametrize("share", [0.4, 0.6, 0.9])
def test_a_cut_film_without_a_length_breaks_off(films, tmp_path, name, share):
    """Its frames come first, then the error, however little is missing."""
    path = tmp_path / name
    path.write_bytes(films[name][: round(share * len(films[name]))])
    assert ending(path) is Ending.CUT
    n_frames, note, error = read(path)
    assert 30 * share - 5 <= n_frames <= 30 * share + 1
    assert note is None
    assert f"{n_frames}" in error
    assert "it breaks off" in error


@pytest.mark.parametrize("name", ["tv.ts", "browser.mkv", "bare.h264"])
def test_where_it_cannot_be_told_a_cut_film_says_so(films, tmp_path, name):
    """No error that would be a guess, and no silence either."""
    path = tmp_path / name
    path.write_bytes(films[name][: len(films[name]) // 2])
    n_frames, note, error = read(path)
    assert 10 <= n_frames <= 16
    assert (note, error) == (UNKNOWN_LENGTH, None)


def box(name, contents=b""):
    return struct.pack(">I4s", 8 + len(contents), name) + contents


def large_box(name, contents):
    return struct.pack(">I4sQ", 1, name, 16 + len(contents)) + contents


HEAD = box(b"ftyp", b"isom") + box(b"moov")
FRAGMENT = box(b"moof", b"1") + large_box(b"mdat", b"pictures")


class Opened:
    """A container of which only the kind is known."""

    class format:  # noqa: N801 - as PyAV has it
        """As PyAV has it."""

        name = "mov,mp4,m4a,3gp,3g2,mj2"

    duration = 1


@pytest.mark.parametrize(
    ("contents", "expected"),
    [
        (HEAD + box(b"mdat", b"x"), Ending.STATED),
        (HEAD + FRAGMENT, Ending.UNKNOWN),
        (HEAD + FRAGMENT + box(b"mfra"), Ending.WHOLE),
        ((HEAD + FRAGMENT)[:-1], Ending.CUT),
        (HEAD + FRAGMENT + box(b"moof"), Ending.CUT),
        (HEAD + FRAGMENT + b"\0\0\0", Ending.CUT),
        (HEAD + FRAGMENT + bytes(4) + b"mdat" + b"to the end", Ending.UNKNOWN),
        (HEAD + FRAGMENT + struct.pack(">I4s", 3, b"junk"), Ending.UNKNOWN),
    ],
)
def test_the_boxes_of_an_mp4_tell_how_it_ends(tmp_path, contents, expected):
    """A box beyond the file or pictures that never came: cut; an index at the end: whole."""
    path = tmp_path / "a.mp4"
    path.write_bytes(contents)
    assert ending_of(path, Opened) is expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [(b";", Ending.WHOLE), (b";\0\0\0", Ending.WHOLE), (b"\0", Ending.CUT), (b"x", Ending.CUT)],
)
def test_a_gif_ends_with_a_semicolon(tmp_path, monkeypatch, end, expected):
    """Some writers pad it with zeros."""
    monkeypatch.setattr(Opened.format, "name", "gif")
    path = tmp_path / "a.gif"
    path.write_bytes(b"GIF89a" + end)
    assert ending_of(path, Opened) is expected


def test_an_hour_of_fragments_is_looked_through_at_once(tmp_path):
    """A box a frame, as low-latency recorders write them."""
    path = tmp_path / "a.mp4"
    path.write_bytes(HEAD + FRAGMENT * 20_000)
    begin_s = time.monotonic()
    assert ending_of(path, Opened) is Ending.UNKNOWN
    assert time.monotonic() - begin_s < 2
