"""A file has its final name only when it is whole, and a failing disk says what to do."""

import errno
import hashlib
import os

import pytest

from formcheck.errors import OutputError
from formcheck.files import atomic_path, ensure_folder, output_errors, sha256_of, temporary_beside


def names(folder):
    """Return the names in a folder, hidden ones too."""
    return sorted(file.name for file in folder.iterdir())


def test_a_whole_file_is_moved_into_place(tmp_path):
    """Until the end of the block the old contents stand; the temporary is hidden and goes."""
    final = tmp_path / "a.csv"
    final.write_text("old")
    with atomic_path(final) as path:
        path.write_text("new")
        assert path.name.startswith(".")
        assert path.suffix == ".csv"
        assert final.read_text() == "old"
    assert final.read_text() == "new"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_interrupted_file_leaves_nothing(tmp_path, error):
    """The old contents stay, and no temporary."""
    final = tmp_path / "a.csv"
    final.write_text("old")

    def write():
        with atomic_path(final) as path:
            path.write_text("half")
            raise error

    with pytest.raises(error):
        write()
    assert final.read_text() == "old"
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full: free some space"),
        (errno.EDQUOT, "quota"),
        (errno.EFBIG, "too large"),
        (errno.EACCES, "may not write"),
        (errno.EPERM, "may not write"),
        (errno.EROFS, "read-only"),
        (errno.ENAMETOOLONG, "shorter"),
        (errno.EIO, os.strerror(errno.EIO)),
    ],
)
def test_every_failure_of_a_disk_says_what_to_do(tmp_path, number, words):
    """The message names the file; what has no words of its own keeps the system's."""
    with pytest.raises(OutputError, match=words) as caught, output_errors(tmp_path / "a.csv"):
        raise OSError(number, os.strerror(number))
    assert "a.csv" in str(caught.value)
    assert caught.value.exit_code == 7


def test_an_error_without_a_number_keeps_its_words(tmp_path):
    """Libraries raise such."""
    with pytest.raises(OutputError, match="no idea"), output_errors(tmp_path):
        raise OSError("no idea")


def test_real_impossible_places_say_what_to_do(tmp_path):
    """A file for a folder, a folder for a file, a missing folder, a name too long."""
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    for final, words in (
        (tmp_path / "file" / "a.csv", "a part of that path is a file"),
        (tmp_path / "folder", "a folder of that name"),
        (tmp_path / "missing" / "a.csv", "does not exist"),
        (tmp_path / ("a" * 250 + ".csv"), "name is too long"),
    ):
        with pytest.raises(OutputError, match=words), atomic_path(final) as path:
            path.write_text("x")
    assert names(tmp_path) == ["file", "folder"]


def test_folders_are_made_with_those_above(tmp_path):
    """Twice is as good as once, and nothing is left in them."""
    folder = tmp_path / "a" / "b"
    assert ensure_folder(folder) == ensure_folder(folder) == folder
    assert names(folder) == []


def test_a_folder_that_cannot_be_made_is_an_error(tmp_path):
    """A file is in the way."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot write"):
        ensure_folder(tmp_path / "file" / "b")
    with pytest.raises(OutputError, match="cannot write"):
        ensure_folder(tmp_path / "file")


def test_a_folder_that_may_not_be_written_to_is_an_error(tmp_path, monkeypatch):
    """Found before the analysis, not after it."""

    def refuse(_):
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(type(tmp_path), "touch", refuse)
    with pytest.raises(OutputError, match="may not write"):
        ensure_folder(tmp_path)


def test_the_temporary_keeps_the_suffix(tmp_path):
    """Writers choose the format by it."""
    assert temporary_beside(tmp_path / "a.b.mp4") == tmp_path / ".a.b.part.mp4"
    assert temporary_beside(tmp_path / "a") == tmp_path / ".a.part"


def test_the_hash_is_that_of_the_contents(tmp_path):
    """Known answer."""
    (tmp_path / "a").write_bytes(b"abc" * 100_000)
    assert sha256_of(tmp_path / "a") == hashlib.sha256(b"abc" * 100_000).hexdigest()
