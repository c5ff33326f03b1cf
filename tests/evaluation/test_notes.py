"""Notes are parsed at the door."""

import pytest

from formcheck.errors import LabelsError
from formcheck.evaluation.notes import Notes, load_notes


def test_files_that_are_not_there_are_passed_over(tmp_path):
    """Nothing has to be written before clips can be measured."""
    assert load_notes(tmp_path) == Notes()


def test_every_file_is_read(tmp_path):
    """A source, a half and an explanation come out as they went in."""
    (tmp_path / "split.json").write_text('{"tuned": ["a"], "untouched": ["b"]}', encoding="utf-8")
    (tmp_path / "sources.toml").write_text(
        '[[source]]\nfolder = "a"\nrepository = "a/x"\nlicence = "MIT"\nwhat = "1 clip"\n',
        encoding="utf-8",
    )
    (tmp_path / "explanations.toml").write_text(
        '[[miss]]\nfile = "a/b.mp4"\nasked_for = "auto"\ncause = "view"\nsays = "From behind."\n',
        encoding="utf-8",
    )
    notes = load_notes(tmp_path)
    assert [notes.split.half_of(name) for name in "abc"] == ["tuned", "untouched", None]
    assert [source.repository for source in notes.sources] == ["a/x"]
    assert [miss.says for miss in notes.explanations] == ["From behind."]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("split.json", "{", "not valid JSON"),
        ("split.json", '{"tuned": ["a"], "untouched": ["a"]}', "in both halves: a"),
        ("sources.toml", "a b", "not valid TOML"),
        ("sources.toml", '[[source]]\nfolder = "a"\n', "source.0.licence"),
        ("explanations.toml", '[[miss]]\ncause = "magic"\n', "miss.0.cause"),
    ],
)
def test_wrong_notes_are_named(tmp_path, name, text, says):
    """The message has the file and the field."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(LabelsError, match=says) as caught:
        load_notes(tmp_path)
    assert name in str(caught.value)


def test_a_folder_that_is_not_there_is_a_mistake(tmp_path):
    """Asking for notes that do not exist is not the same as having none."""
    with pytest.raises(LabelsError, match="--notes"):
        load_notes(tmp_path / "none")
