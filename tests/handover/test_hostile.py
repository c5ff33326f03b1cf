"""Files that nobody should open: each is refused, and the store is as it was, row by row."""

import hashlib
import io
import json
import os
import stat
import struct
import zipfile
import zlib

import pytest

from formcheck.errors import FormcheckError, HandoverError
from formcheck.handover import archive as archives
from formcheck.handover import open_file, save
from formcheck.handover.manifest import MANIFEST, STATEMENTS, session_file
from formcheck.handover.sealing import CHUNK_BYTES, SealingWriter
from formcheck.store import Store
from tests.handover.made_up import SCRIPT, fill, rows, session
from tests.robin import ROBIN
from tests.store.made_up import set_record

PASSPHRASE = "eleven grey herons"
RECORD = session_file(session().id, "record.json")
FACTS = session_file(session().id, "session.json")
POSES = session_file(session().id, f"{set_record().name}.poses.npz")
PLAN = "prescriptions/revision-001.toml"


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Return the entries of a file as it is saved, once for all tests."""
    folder = tmp_path_factory.mktemp("saved")
    path = folder / "good.formcheck"
    with Store.open(folder / "patient") as store:
        fill(store)
        save(store, ROBIN, path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def good(saved):
    """Return those entries, to be changed."""
    return dict(saved)


@pytest.fixture
def refuses(mine, tmp_path):
    """Return what checks that a file is refused with a reason and changes nothing."""

    def check(contents, says, passphrase=None):
        path = tmp_path / "hostile.formcheck"
        path.write_bytes(contents)
        database = mine.path.read_bytes()
        before, files = rows(mine), all_files(tmp_path)
        with pytest.raises(FormcheckError, match=says) as told:
            open_file(mine, path, passphrase)
        assert "\x1b" not in str(told.value)
        assert rows(mine) == before
        assert mine.path.read_bytes() == database
        assert all_files(tmp_path) == files

    return check


def all_files(folder):
    """Return every file but those that SQLite keeps beside the database while it is open."""
    return {path for path in folder.rglob("*") if not path.name.endswith(("-wal", "-shm"))}


def zipped(entries, *, compressed=True, change=lambda _: None, told=True):
    """Return a zip of entries, whose manifest tells of them all truly, where there is one."""
    if told:
        entries = {**entries, MANIFEST: manifest_of(entries)}
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, contents in entries.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
            change(entry)
            archive.writestr(entry, contents)
    return whole.getvalue()


def manifest_of(entries):
    """Return a manifest that tells of entries truly, though they be anything."""
    said = json.loads(entries[MANIFEST])
    said["files"] = {
        name: {"size_bytes": len(contents), "sha256": hashlib.sha256(contents).hexdigest()}
        for name, contents in entries.items()
        if name != MANIFEST
    }
    return json.dumps(said).encode()


def altered(good, name, **changed):
    """Return entries of which the JSON of one says something else."""
    (said,) = json.loads(good[name])
    return {**good, name: json.dumps([{**said, **changed}]).encode()}


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


@pytest.mark.parametrize(
    ("said", "says"),
    [
        (b"not json", "Invalid JSON"),
        (b"\xff\xfe{}", "Invalid JSON|hand-over file as formcheck saves"),
        (b"[" * 50_000, "recursion|Invalid JSON|hand-over file as formcheck saves"),
        (b'{"format": "something else"}', "'format'"),
        (b'{"format": "formcheck handover", "format_version": 99}', "newer formcheck"),
        (b'{"format": "formcheck handover", "format_version": 1}', "'person'"),
    ],
)
def test_a_manifest_that_is_none_is_refused(good, refuses, said, says):
    """With what is wrong with it; of a newer formcheck with what to do."""
    refuses(zipped({**good, MANIFEST: said}, told=False), says)


@pytest.mark.parametrize("person", ["", "../robin", "<b>robin</b>", "\x1b[2J", "a" * 65])
def test_a_pseudonym_that_is_none_is_refused(good, refuses, person):
    """What would be a path, a script or an order to the terminal is no pseudonym."""
    manifest = json.dumps({**json.loads(good[MANIFEST]), "person": person}).encode()
    refuses(zipped({**good, MANIFEST: manifest}), "'person'")


@pytest.mark.parametrize("name", [RECORD, STATEMENTS])
@pytest.mark.parametrize(
    "said", [b"", b"null", b"[]", b"[{}]", b'["\xff"]', b'["\\ud800"]', b"[" * 50_000, b"PK\3\4"]
)
def test_json_of_another_schema_is_refused(good, refuses, name, said):
    """Empty, other types, invalid UTF-8, half a character, nested beyond measure, a zip."""
    refuses(zipped({**good, name: said}), "expected a hand-over file")


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "20260101T000000Z-abcdef"},
        {"id": "../../x"},
        {"person": "kim"},
        {"started": "2026-03-02T08:30:00"},
        {"duration_s": "NaN"},
        {"prescription_revision": 10**30},
        {"end": "never"},
        {"sets": []},
        {"heat_minutes": {"a": 1}},
    ],
)
def test_a_session_that_says_what_none_says_is_refused(good, refuses, changed):
    """Another's id or person, times without a zone, numbers that no store keeps."""
    refuses(zipped(altered(good, RECORD, **changed)), "expected a hand-over|no store can keep")


@pytest.mark.parametrize(
    "changed",
    [
        {"pain": [{"time": "2026-03-01T20:30:00Z", "moment": "next_morning", "value": 11}]},
        {"outcomes": [{"day": "2026-03-01", "measure": "rmdq", "score": 99}]},
        {"outcomes": [{"day": "2026-03-01", "measure": "horoscope", "score": 1}]},
        {"revisions": []},
        {"screens": [{"time": "2026-03-01T20:30:00Z", "positive": ["rf99"]}]},
        {"screens": "none"},
    ],
)
def test_statements_beyond_their_scale_are_refused(good, refuses, changed):
    """Pain of 11, a score that the measure has not, prescriptions not told of, signs not known."""
    refuses(zipped(altered(good, STATEMENTS, **changed)), "expected a hand-over file")


def test_what_fails_late_takes_back_what_went_before(good, refuses):
    """The second session is refused when the first one has been written: neither is there."""
    late = session_file(session(2).id, "session.json")
    refuses(zipped({**good, late: b"{}"}), "session.json")


@pytest.mark.parametrize(
    "poses",
    [
        b"nothing of the kind",
        zipped({"inner.zip": zipped({"a": b"b"}, told=False)}, told=False),
        zipped({"meta.json": b" " * 5_000_000}, told=False),
    ],
    ids=["no zip", "a zip in a zip", "a bomb in it"],
)
def test_a_recording_that_is_none_is_refused(good, refuses, poses):
    """The landmarks of a set are looked into before they are kept."""
    refuses(zipped({**good, POSES: poses}, compressed=False), "is no recording of poses")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (b"import os; os.system('true')", "not valid TOML"),
        (b"a = " + b"[" * 5_000, "nested too deeply|not valid TOML"),
        (b'goal = "\xff"', "is no text"),
        (b'goal = "x"', "not a valid prescription"),
    ],
)
def test_a_prescription_that_is_none_is_refused(good, refuses, text, says):
    """Nothing in it runs; what is wrong is said."""
    refuses(zipped({**good, PLAN: text}), says)


def test_a_prescription_for_another_person_is_refused(good, refuses):
    """Nobody follows what somebody else was given."""
    manifest = json.dumps({**json.loads(good[MANIFEST]), "person": "kim"}).encode()
    entries = {**good, MANIFEST: manifest}
    refuses(zipped(entries), "about 'kim', and the prescription in it is for 'robin'")


def test_who_sealed_a_prescription_is_not_believed(good, mine, tmp_path):
    """A name in the file is worth nothing without a seal."""
    assert b"signed_by" not in good[STATEMENTS]
    path = tmp_path / "x.formcheck"
    path.write_bytes(zipped(good))
    open_file(mine, path)
    assert {one.signed_by for one in mine.prescriptions(ROBIN)} == {None}


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"kind": "not_one"}, "kind"),
        ({"subject": "everything"}, "subject"),
        ({"kind": "signed_off"}, "cannot be signed_off"),
        ({"kind": "relabelled", "after": {"side": "<script>"}}, "side"),
        ({"kind": "relabelled", "after": {"side": "left", "run": "rm"}}, "run"),
        ({"kind": "added", "number": None, "after": {"start_s": 3, "end_s": -1}}, "end_s"),
        ({"kind": "withdrawn", "after": {"withdraws": "' or 1=1 --"}}, "withdraws"),
        ({"set_name": None}, "names it"),
        ({"number": -1}, "no number"),
        ({"number": 99}, "no number 99"),
        ({"set_name": "set-99-glute_bridge"}, "no set"),
        ({"comment": "a" * 5000}, "at most"),
        ({"who": ""}, "who says so"),
        ({"before": "a" * 5000}, "longer than"),
    ],
    ids=json.dumps,
)
def test_a_correction_that_none_can_say_is_refused(good, refuses, changed, says):
    """Of an unknown kind, of nothing, with something hidden in it, or without end."""
    (said,) = json.loads(good[STATEMENTS])
    corrections = [{**said["corrections"][0], **changed}]
    refuses(zipped(altered(good, STATEMENTS, corrections=corrections)), says)


def test_scripts_in_texts_stay_texts(theirs, mine, tmp_path):
    """A comment that is a script, or an order to a database, comes out as it was written."""
    path = tmp_path / "x.formcheck"
    save(theirs, ROBIN, path)
    open_file(mine, path)
    (laid,) = mine.corrections(session().id)
    assert laid.comment == SCRIPT
    assert SCRIPT in {one.reason for one in mine.screens(ROBIN)}
    assert mine.check() == ()


def sealed(contents, passphrase=PASSPHRASE):
    """Return contents as they are encrypted."""
    whole = io.BytesIO()
    with SealingWriter(whole, passphrase) as writer:
        writer.write(contents)
    return whole.getvalue()


def test_a_sealed_file_that_was_changed_anywhere_is_refused(good, refuses):
    """One bit of its parameters, of its contents, of its end."""
    whole = sealed(zipped(good))
    for place in (25, 40, 64, 500, len(whole) // 2, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        refuses(bytes(changed), "another one|damaged or cut short", PASSPHRASE)


def test_a_sealed_file_without_its_end_or_in_another_order_is_refused(refuses):
    """Cut where a chunk ends, two exchanged, one twice, one added, nothing but its header."""
    whole = sealed(os.urandom(3 * CHUNK_BYTES))
    step = CHUNK_BYTES + 16
    start = len(whole) - 3 * step
    head, one, two, three = (
        whole[:start], whole[start : start + step], whole[start + step : start + 2 * step],
        whole[start + 2 * step :],
    )  # fmt: skip
    for parts in ((one, two), (two, one, three), (one, one, three), (one, two, three, three), ()):
        refuses(head + b"".join(parts), "damaged or cut short", PASSPHRASE)
    refuses(head + b"".join((one, two, three)), "no readable archive", PASSPHRASE)


def test_parameters_that_exhaust_the_machine_are_refused(refuses):
    """A header may not ask for gigabytes of memory."""
    whole = bytearray(sealed(b"x"))
    whole[19] = 30
    refuses(bytes(whole), "damaged or cut short", PASSPHRASE)


def test_a_hostile_file_is_hostile_in_a_seal_too(good, refuses):
    """Who knows the passphrase is not believed either."""
    refuses(sealed(zipped({**good, "../x": b""})), "is no name that formcheck gives", PASSPHRASE)


def test_an_error_names_what_was_expected_and_what_to_do(tmp_path, mine):
    """A file that is not there, too."""
    with pytest.raises(HandoverError, match="no such file; check its name"):
        open_file(mine, tmp_path / "none.formcheck")
