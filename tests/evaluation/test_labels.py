"""Labels are parsed at the door, and say what is right."""

import pytest

from formcheck.errors import LabelsError
from formcheck.evaluation.labels import Clip, load_labels


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not valid JSON"),
        ('{"clips": []}', "clips"),
        ('{"clips": [{"file": "a", "exercise": "b", "expect": "win"}]}', "clips.0.expect"),
    ],
)
def test_wrong_labels_are_named(tmp_path, text, says):
    """The message has the file and the field."""
    path = tmp_path / "labels.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LabelsError, match=says) as caught:
        load_labels(path)
    assert str(path) in str(caught.value)


def test_missing_labels_are_named(tmp_path):
    """A wrong path is a mistake that the user can put right."""
    with pytest.raises(LabelsError, match=r"none\.json: no such file"):
        load_labels(tmp_path / "none.json")
    path = tmp_path / "video.mp4"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LabelsError, match="it holds no text"):
        load_labels(path)


def test_times_may_be_moments_or_stretches(tmp_path):
    """A repetition's time is its furthest moment, or from when to when it stays there."""
    path = tmp_path / "labels.json"
    path.write_text(
        '{"clips": [{"file": "a/b.mp4", "exercise": "x", "expect": "count", "called": "for people",'
        ' "repetition_times_s": [1, [2, 3.5]], "sides": ["left", null]}]}',
        encoding="utf-8",
    )
    (clip,) = load_labels(path).clips
    assert clip.repetition_times_s == (1, (2, 3.5))
    assert clip.sides == ("left", None)
    assert clip.source == "a"


@pytest.mark.parametrize(
    ("near", "forbidden", "acceptable"),
    [
        (("a", "b"), (), {"a", "b"}),
        (("a", "b"), ("b",), {"a"}),
        (("a", "b"), ("*",), set()),
    ],
)
def test_what_must_not_be_counted_is_never_understandable(near, forbidden, acceptable):
    """A forbidden exercise is wrong even where it is near."""
    clip = Clip(
        file="a", exercise="other", expect="negative", near_ids=near, must_not_count=forbidden
    )
    assert clip.acceptable_ids == acceptable
