"""The command that writes a page for each exercise."""

import json
import shutil

import pytest

from formcheck.cli.exercises.pages import moments_s, pages
from formcheck.evaluation.labels import Clip
from tests.people import SAMPLES


def test_pages_are_written_with_pictures_of_the_clips_there_are(tmp_path):
    """A strip is made where there is a clip and none yet; without either a page has none."""
    every = json.loads((SAMPLES / "labels.json").read_text(encoding="utf-8"))["clips"]
    (label,) = (clip for clip in every if clip["file"] == "wall_angel.mp4")
    for name in (label["file"], label["truth"]):
        shutil.copy(SAMPLES / name, tmp_path)
    (tmp_path / "labels.json").write_text(json.dumps({"clips": [label]}), encoding="utf-8")
    out, pictures = tmp_path / "pages", tmp_path / "pictures"
    pictures.mkdir()
    (pictures / "glute_bridge.jpg").write_bytes(b"kept")
    pages(out=out, pictures=pictures, clips=tmp_path)
    assert {picture.name for picture in pictures.iterdir()} == {
        "glute_bridge.jpg",
        "wall_angel.jpg",
    }
    assert (pictures / "glute_bridge.jpg").read_bytes() == b"kept"
    written = {page.stem: page.read_text(encoding="utf-8") for page in out.iterdir()}
    with_pictures = {name for name, page in written.items() if "![" in page}
    assert with_pictures == {"glute_bridge", "wall_angel"}
    assert "](../pictures/wall_angel.jpg)" in written["wall_angel"]


def test_moments_of_a_repetition():
    """Six: out to its furthest point, and back to rest."""
    clip = Clip(
        file="a.mp4",
        exercise="a",
        expect="count",
        repetition_times_s=(2.0, 6.0),
        repetition_spans_s=((1.0, 3.0), (5.0, 7.0)),
    )
    assert moments_s(clip) == pytest.approx([1.0, 1.4, 1.7, 2.0, 2.5, 3.0])


def test_moments_of_sides_in_turn():
    """Three of each side, from rest to the furthest point."""
    clip = Clip(
        file="a.mp4",
        exercise="a",
        expect="count",
        repetition_times_s=(2.0, (5.9, 6.1)),
        repetition_spans_s=((1.0, 3.0), (5.0, 7.0)),
        sides=("left", "right"),
    )
    assert moments_s(clip) == pytest.approx([1.0, 1.5, 2.0, 5.0, 5.5, 6.0])


def test_moments_of_a_hold():
    """The clip's beginning and end, and between them getting there and holding."""
    clip = Clip(file="a.mp4", exercise="a", expect="hold", holds_s=((2.0, 12.0),))
    assert moments_s(clip) == pytest.approx([0.0, 1.5, 2.3, 7.0, 11.7, float("inf")])
