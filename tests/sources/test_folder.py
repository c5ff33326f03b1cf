"""A folder of pictures is a film at a constant rate."""

import cv2
import numpy as np
import pytest

from formcheck.errors import SourceError
from formcheck.sources.folder import SUFFIXES, FolderSource
from tests.sources.films import HEIGHT_PX, WIDTH_PX, card


def save(path, picture):
    """Write a picture as OpenCV has it (BGR)."""
    encoded = cv2.imencode(path.suffix, picture)[1]
    path.write_bytes(encoded.tobytes())
    return path


def grey(level):
    return np.full((HEIGHT_PX, WIDTH_PX, 3), level, np.uint8)


def refused(folder):
    """Return the message of the error."""
    with pytest.raises(SourceError) as caught, FolderSource(folder) as source:
        list(source)
    return str(caught.value)


def test_pictures_come_in_natural_order_at_the_rate(tmp_path):
    """Picture 2 is before picture 10, whatever the case of the letters."""
    for number, name in enumerate(["img2.png", "IMG10.png", "img²1.png", "img11_2.png"]):
        save(tmp_path / name, grey(10 * number))
    with FolderSource(tmp_path, rate_hz=10) as source:
        assert source.info.n_frames == 4
        assert source.info.rate_hz == 10
        assert source.info.name == tmp_path.name
        assert (source.info.width_px, source.info.height_px) == (WIDTH_PX, HEIGHT_PX)
        frames = list(source)
    assert [int(frame.image[0, 0, 0]) for frame in frames] == [0, 10, 30, 20]
    assert [frame.time_s for frame in frames] == pytest.approx([0, 0.1, 0.2, 0.3])


@pytest.mark.parametrize("suffix", sorted(SUFFIXES))
def test_every_kind_of_picture_becomes_rgb(tmp_path, suffix):
    """Red stays red; names in any script are read."""
    save(tmp_path / f"Übung {suffix}", card()[:, :, ::-1])
    with FolderSource(tmp_path) as source:
        (frame,) = source
    red, blue = frame.image[5, 5].astype(int), frame.image[-5, 5].astype(int)
    assert np.abs(red - (255, 0, 0)).max() < 30
    assert np.abs(blue - (0, 0, 255)).max() < 30
    assert frame.image.dtype == np.uint8
    assert frame.image.flags.c_contiguous


@pytest.mark.parametrize(
    "picture",
    [
        np.full((20, 30), 128, np.uint8),
        np.full((20, 30), 128 * 256, np.uint16),
        np.full((20, 30, 3), 128 * 256, np.uint16),
        np.full((20, 30, 4), 128, np.uint8),
    ],
    ids=["grey", "grey 16 bits", "colour 16 bits", "alpha"],
)
def test_grey_16_bits_and_alpha_are_read(tmp_path, picture):
    """They become the same middle grey."""
    save(tmp_path / "a.png", picture)
    with FolderSource(tmp_path) as source:
        (frame,) = source
    assert frame.image.shape == (20, 30, 3)
    assert set(frame.image.ravel().tolist()) <= {127, 128, 129}


def test_large_pictures_are_scaled_to_full_hd(tmp_path):
    """As films are."""
    save(tmp_path / "a.jpg", np.zeros((3000, 4000, 3), np.uint8))
    with FolderSource(tmp_path) as source:
        assert (source.info.width_px, source.info.height_px) == (1920, 1440)


def test_what_is_no_picture_is_passed_over(tmp_path):
    """Other files, hidden files of a Mac's memory stick, folders with a picture's name."""
    save(tmp_path / "a.png", grey(1))
    (tmp_path / "._a.png").write_bytes(b"Mac")
    (tmp_path / "notes.txt").write_text("x")
    (tmp_path / "b.png").mkdir()
    with FolderSource(tmp_path) as source:
        assert len(list(source)) == 1


def test_a_folder_that_cannot_be_used_is_refused(tmp_path, monkeypatch):
    """Missing, without pictures, not to be listed."""
    assert "no such folder" in refused(tmp_path / "missing")
    assert "has no pictures: expected .bmp, .jpeg" in refused(tmp_path)
    assert "Videos are named themselves" in refused(tmp_path)

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "iterdir", refuse)
    assert "cannot be listed (Permission denied)" in refused(tmp_path)


@pytest.mark.parametrize("contents", [b"", b"not a picture"])
def test_a_picture_that_cannot_be_read_is_named(tmp_path, contents):
    """The message names the file and what to do with it."""
    save(tmp_path / "a1.png", grey(1))
    (tmp_path / "a2.png").write_bytes(contents)
    assert "a2.png is not a readable picture: remove it" in refused(tmp_path)


def test_a_picture_that_was_cut_off_is_named(tmp_path):
    """Half a picture is not shown as one with an empty half."""
    whole = save(tmp_path / "a1.png", card()[:, :, ::-1]).read_bytes()
    (tmp_path / "a2.png").write_bytes(whole[: len(whole) // 2])
    assert "a2.png is not a readable picture" in refused(tmp_path)


def test_a_picture_that_may_not_be_read_or_decoded_is_named(tmp_path, monkeypatch):
    """Permissions and OpenCV's own errors."""
    save(tmp_path / "a1.png", grey(1))

    def fail(*_):
        raise cv2.error("too many pixels")

    with monkeypatch.context() as patch:
        patch.setattr(cv2, "imdecode", fail)
        assert "a1.png is not a readable picture" in refused(tmp_path)

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "read_bytes", refuse)
    assert "a1.png cannot be read (Permission denied)" in refused(tmp_path)


def test_pictures_of_different_sizes_are_refused(tmp_path):
    """The first that differs is named, with both sizes."""
    save(tmp_path / "a1.png", grey(1))
    save(tmp_path / "a2.png", np.zeros((10, 20, 3), np.uint8))
    message = refused(tmp_path)
    assert "a2.png is 20 x 10" in message
    assert f"{WIDTH_PX} x {HEIGHT_PX}" in message


def test_wrong_use_is_a_bug(tmp_path):
    """A rate of 0, and asking before opening."""
    with pytest.raises(ValueError, match="above 0"):
        FolderSource(tmp_path, rate_hz=0)
    with pytest.raises(ValueError, match="with block"):
        _ = FolderSource(tmp_path).info
