"""Sound archives that say what none says: refused, and the store is as it was, row by row."""

import json

import pytest

from formcheck.handover import open_file, save
from formcheck.handover.manifest import MANIFEST, STATEMENTS, session_file
from tests.handover.hostile import PLAN, POSES, RECORD, altered, zipped
from tests.handover.made_up import SCRIPT, session
from tests.robin import ROBIN


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
