"""Archives that nobody should open: each is refused, and the store is as it was, row by row."""

import io
import os
import stat
import struct
import zipfile
import zlib

import pytest

from formcheck.errors import HandoverError
from formcheck.handover import archive as archives
from formcheck.handover import open_file
from formcheck.handover.manifest import MANIFEST, STATEMENTS
from tests.handover.hostile import FACTS, PLAN, POSES, RECORD, zipped


def test_made_anew_a_file_is_taken(good, mine, tmp_path):
    """What the tests here make is refused for what they change alone."""
    path = tmp_path / "again.formcheck"
    path.write_bytes(zipped(good))
    assert len(open_file(mine, path).merged.sessions) == 2


@pytest.mark.parametrize("contents", [b"", b"PK", b"%PDF-1.7 ...", b"\x1a\x45\xdf\xa3", b"[" * 99])
def test_another_kind_of_file_is_refused(refuses, contents):
    """Nothing, a picture, a video, text."""
    refuses(contents, "another kind of file")


def test_a_zip_of_something_else_is_refused(refuses):
    """A zip, but not of ours."""
    refuses(zipped({"a.txt": b"hello"}, told=False), "'a.txt' is no name that formcheck gives")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_file_that_was_cut_short_is_refused(good, refuses, share):
    """Wherever it was cut."""
    whole = zipped(good)
    refuses(whole[: int(len(whole) * share)], "no readable archive")


def test_any_changed_byte_of_the_contents_is_noticed(good, refuses):
    """What was stored as it is has no other check than its digest, and the zip's own."""
    whole = bytearray(zipped(good, compressed=False))
    whole[whole.index(good[POSES]) + 1000] ^= 1
    refuses(bytes(whole), "cannot be read|is not what was saved")


def test_contents_that_are_not_those_of_the_manifest_are_refused(good, refuses):
    """A file that was put in the place of another one, with a zip that is whole."""
    refuses(
        zipped({**good, FACTS: b"{}"}, told=False), "session.json' differ|is not what was saved"
    )


@pytest.mark.parametrize(
    "name",
    [
        "../../evil.json",
        "/etc/passwd",
        "C:\\evil.json",
        "..\\evil.json",
        "sessions/../../evil/record.json",
        "sessions/a/b/record.json",
        "sessions/.ssh/record.json",
        "sessions/x/video-01.mkv/../../a",
        "sessions/x/set-01-a\u202etxt.poses.npz",
        "sessions/x/",
        "prescriptions/revision-\u0661\u0662\u0663.toml",
        "statements.json\n",
        "formcheck.sqlite",
        "sessions/calibrations/record.json",
        "statements.py",
    ],
)
def test_a_name_that_formcheck_does_not_give_is_refused(good, refuses, name):
    """Ways out of a folder, hidden ones, those that look like others: none is ever a path."""
    refuses(zipped({**good, name: b"x"}), "is no name that formcheck gives")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("other", [STATEMENTS, MANIFEST, RECORD])
def test_a_name_that_is_there_twice_is_refused(good, refuses, other):
    """Two readers might each read another one."""
    whole = io.BytesIO(zipped(good))
    with zipfile.ZipFile(whole, "a") as archive:
        archive.writestr(other, b"{}")
    refuses(whole.getvalue(), "holds a file twice")


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO, stat.S_IFCHR])
def test_what_is_no_plain_file_is_refused(good, refuses, kind):
    """Links, folders, devices."""

    def change(entry):
        if entry.filename == STATEMENTS:
            entry.external_attr = (kind | 0o777) << 16

    refuses(zipped(good, change=change), "is no plain file")


def test_a_bomb_that_says_so_is_refused(good, refuses):
    """A file that unpacks to a thousand times its size is not unpacked."""
    bomb = {**good, FACTS: b" " * (8 << 20)}
    refuses(zipped(bomb), "session.json' says that it unpacks to 8388608 bytes")


def test_a_file_larger_than_its_kind_is_refused(good, refuses):
    """Every kind has a size that it never reaches."""
    big = {**good, PLAN: os.urandom((1 << 20) + 1)}
    refuses(zipped(big), "is larger than 1048576 bytes")


def test_a_bomb_that_hides_its_size_is_refused(good, refuses):
    """What unpacks to more than it says is read no further."""
    inner = zlib.compressobj(wbits=-15)
    squeezed = inner.compress(b" " * (8 << 20)) + inner.flush()
    whole = zipped({**good, FACTS: b"@" * 40_000})
    whole = patched_deflate(whole, FACTS, squeezed)
    refuses(whole, "session.json")


def patched_deflate(whole, name, squeezed):
    """Return a zip in which an entry is another deflate stream, under the sizes that it had."""
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        entries = {one.filename: (one, archive.read(one)) for one in archive.infolist()}
    rebuilt = io.BytesIO()
    with zipfile.ZipFile(rebuilt, "w") as archive:
        for other, (one, contents) in entries.items():
            plain = zipfile.ZipInfo(other)
            archive.writestr(plain, squeezed if other == name else contents)
            if other == name:
                entry = archive.getinfo(other)
                entry.compress_type, entry.file_size, entry.CRC = 8, one.file_size, one.CRC
                start = entry.header_offset
    changed = bytearray(rebuilt.getvalue())
    struct.pack_into("<H", changed, start + 8, zipfile.ZIP_DEFLATED)
    return bytes(changed)


def test_all_files_together_are_bounded(good, refuses, monkeypatch):
    """Many files that are large, each within its bound."""
    monkeypatch.setattr(archives, "MOST_BYTES", 10_000)
    refuses(zipped(good), "says that it unpacks to")


def test_the_number_of_files_is_bounded(good, refuses, monkeypatch):
    """More files than any hand-over has."""
    monkeypatch.setattr(archives, "MOST_FILES", 5)
    refuses(zipped(good), "more than 5")


def test_a_list_of_files_that_fills_the_memory_is_not_read(refuses, monkeypatch):
    """The list alone may be as long as the file."""
    many = {f"sessions/{number:060}/record.json": b"" for number in range(40)}
    monkeypatch.setattr(archives, "_MOST_AT_ONCE", 2_000)
    refuses(zipped(many, told=False), "no readable archive")


def test_a_way_to_compress_that_formcheck_never_uses_is_refused(good, refuses):
    """Each of them is one more thing that can go wrong."""

    def change(entry):
        entry.compress_type = zipfile.ZIP_LZMA

    refuses(zipped(good, change=change), "compressed in a way")


def test_an_error_names_what_was_expected_and_what_to_do(tmp_path, mine):
    """A file that is not there, too."""
    with pytest.raises(HandoverError, match="no such file; check its name"):
        open_file(mine, tmp_path / "none.formcheck")
