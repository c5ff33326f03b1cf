"""What somebody takes with them, and that nothing is left of whoever is erased."""

import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest

from formcheck.errors import StoreError
from formcheck.prescription.pain import Moment
from formcheck.recordings.calibration_file import CalibrationFile, save
from formcheck.recordings.folder_lock import FolderLock
from formcheck.recordings.session_facts import SessionFacts
from formcheck.store import OutcomeScore, PainRating, RedFlagScreen, RuleOverride
from formcheck.store.tables import Table
from tests.store.made_up import BEGAN, recording, repetition, session_record, set_record
from tests.store.test_said import CORRECTION, DRAFT

GONE = "zebedee-quux"
STAYS = "kim"


def journal(store, name, person):
    """Make the folder of a session as it is written while it goes on."""
    folder = store.folder / name
    folder.mkdir()
    facts = SessionFacts(started=BEGAN.isoformat(), language="en", plan=(), person=person)
    facts.save(folder / "session.json")
    (folder / "video-01.mkv").write_bytes(person.encode())
    return folder


def everything(store, person, number):
    """Keep something of every kind of a person; return the session's id."""
    unknown = replace(repetition(), peak_value=float("nan"))
    record = session_record(
        number,
        person,
        sets=(replace(set_record(), repetitions=(unknown, repetition(2), repetition(3))),),
        events=f"{person} said it hurts\n".encode(),
    )
    store.take_in(record)
    store.add_pain(person, PainRating(BEGAN, Moment.HURTS, 7, ("sharp",)))
    store.add_outcome(person, OutcomeScore(date(2026, 3, 1), "psfs", 4.5, {"by": person}))
    store.add_screen(person, RedFlagScreen(BEGAN))
    store.save_prescription(person, replace(DRAFT, toml=f'pseudonym = "{person}"\n'))
    store.add_override(person, RuleOverride(1, "heat_first", "Dr Example", "a bath", BEGAN))
    store.add_correction(replace(CORRECTION, session_id=record.id, who=person))
    store.keep_facts({person: (1, {"about": person})})
    return record.id


def traces(store, word):
    """Return the files beside the store in which a word is."""
    files = (path for path in store.folder.rglob("*") if path.is_file())
    return [path.name for path in files if word.encode() in path.read_bytes()]


def test_an_export_has_every_row(store, tmp_path):
    """All tables, the prescription, the log and the poses of one person, and nobody else's."""
    everything(store, STAYS, 2)
    session_id = everything(store, GONE, 1)
    store.export(GONE, tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        rows = json.loads(archive.read("rows.json"))
        names = set(archive.namelist())
        folder = f"sessions/{session_id}"
        assert archive.read(f"{folder}/set-01-glute_bridge.poses.npz") == recording()
        assert archive.read(f"{folder}/events.jsonl") == f"{GONE} said it hurts\n".encode()
        assert GONE in archive.read("prescriptions/revision-001.toml").decode()
        assert all(STAYS.encode() not in archive.read(name) for name in names)
    assert names >= {"README.txt", f"{folder}/session.json"}
    expected = set(Table.metadata.tables) - {"attempts", "holds", "faults", "checks"}
    expected -= {"rules_applied"}
    assert {name for name, found in rows.items() if found} == expected - {"abstentions"}
    assert set(rows) == set(Table.metadata.tables)
    assert [row["peak_value"] for row in rows["repetitions"]] == [None, 0.42, 0.42]
    assert rows["people"][0]["pseudonym"] == GONE
    assert len(rows["audit"]) == 8
    assert store.audit_trail()[-1].what == "person exported"


def test_erasure_leaves_no_trace(store):
    """Neither rows nor bytes of any file name whoever was erased; others keep everything."""
    theirs = [journal(store, "20260301T080000Z-aaaaaa", GONE)]
    stays = journal(store, "20260302T080000Z-bbbbbb", STAYS)
    gone_id = everything(store, GONE, 1)
    stays_id = everything(store, STAYS, 2)
    (store.folder / "backups").mkdir()
    store.backup(store.folder / "backups" / "formcheck.schema-0000.sqlite")
    calibration = CalibrationFile(exercise="cat_cow", view="side", person=GONE)
    save(calibration, store.folder / "calibrations" / "cat_cow.side.calibration.toml")
    before = store.session(stays_id)
    assert traces(store, GONE)

    done = store.erase(GONE)

    assert (done.n_sessions, done.n_folders, done.n_calibrations, done.n_backups) == (1, 1, 1, 1)
    assert traces(store, GONE) == []
    assert not any(path.exists() for path in theirs)
    assert stays.exists()
    assert [one.pseudonym for one in store.people] == [STAYS]
    assert not store.has_session(gone_id)
    assert store.session(stays_id) == before
    assert len(store.pain(STAYS)) == len(store.corrections(stays_id)) == 1
    assert store.check() == ()


def test_the_trail_keeps_only_that_somebody_was_erased(store):
    """Their entries are empty and the chain holds; when it happened and how many is there."""
    everything(store, STAYS, 2)
    n_before = len(store.audit_trail())
    everything(store, GONE, 1)
    n_theirs = len(store.audit_trail()) - n_before
    store.erase(GONE)
    trail = store.audit_trail()
    emptied = [entry for entry in trail if entry.erased_by is not None]
    assert len(emptied) == n_theirs
    assert {(e.who, e.what, e.subject, e.about, e.digest, e.time) for e in emptied} == {(None,) * 6}
    assert trail[-1].what == "person erased"
    assert trail[-1].about == f"{n_theirs} entries"
    everything(store, GONE, 3)
    store.erase(GONE)
    assert store.check() == ()


def test_calibrations_that_name_nobody_go_with_the_only_person(store):
    """Where others are in the store, whose they are is not known, and they stay."""
    path = store.folder / "calibrations" / "cat_cow.side.calibration.toml"
    save(CalibrationFile(exercise="cat_cow", view="side"), path)
    everything(store, GONE, 1)
    everything(store, STAYS, 2)
    assert store.erase(GONE).n_calibrations == 0
    assert store.erase(STAYS).n_calibrations == 1
    assert not path.exists()


def test_nothing_is_erased_while_a_session_goes_on(store):
    """It is named; nothing of the person is removed."""
    everything(store, GONE, 1)
    folder = journal(store, "20260301T080000Z-aaaaaa", GONE)
    with FolderLock(folder), pytest.raises(StoreError, match="going on"):
        store.erase(GONE)
    assert len(store.sessions(GONE)) == 1
    assert folder.exists()


def test_a_person_of_whom_there_is_only_a_folder_is_erased(store):
    """Also a session that was never taken in goes."""
    folder = journal(store, "20260301T080000Z-aaaaaa", GONE)
    assert store.erase(GONE).n_folders == 1
    assert not folder.exists()


def test_who_is_not_known_is_named(store):
    """With those who are: a slip of the pen erases and exports nobody."""
    everything(store, STAYS, 1)
    for do in (store.erase, lambda person: store.export(person, store.folder / "a.zip")):
        with pytest.raises(StoreError, match=f"'{GONE}'; it knows {STAYS}"):
            do(GONE)
    assert not (store.folder / "a.zip").exists()
