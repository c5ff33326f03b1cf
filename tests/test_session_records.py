"""From the folder of a session to the store."""

import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from formcheck.analysis.verdict import Outcome
from formcheck.prescription.pain import Moment
from formcheck.recordings import RecordingHeader
from formcheck.recordings.folder_lock import FolderLock
from formcheck.recordings.session_facts import EVENTS, PlannedStep, SessionFacts, SessionFolder
from formcheck.recordings.session_log import SessionLog
from formcheck.session.stages import SetEnd
from formcheck.session_records import session_record, take_in_ended, verdict_of
from formcheck.store import PainRating, RedFlagScreen, SessionEnd, Store
from tests.people import SIZES_PX, poses
from tests.web.serving import bridge_plan

HEADER = RecordingHeader("live session", *SIZES_PX["glute_bridge"], 30.0, "fake", "1", "", "")
SESSION_ENDED = {"type": "SessionEnded", "time_s": 40.0, "was_stopped": False}


@pytest.fixture
def store(tmp_path):
    """Return the store of a folder of sessions."""
    with Store.open(tmp_path) as opened:
        yield opened


def written(folder, *last, person="", is_cut=False, n_frames=None):
    """Write a session of one set of bridges, and what is said after it."""
    (step,) = bridge_plan(sets=2, repetitions=3).steps
    planned = PlannedStep(exercise=step.exercise.id, dose=step.dose)
    facts = SessionFacts(
        started="2026-03-01T08:30:00+00:00", language="de", plan=(planned,), person=person
    )
    log = SessionLog(folder, facts)
    name = log.begin_set("glute_bridge", HEADER)
    about = {"set": name, "step_index": 0, "set_number": 1, "exercise": "glute_bridge"}
    dose = step.dose.model_dump(mode="json")
    log.event("SetStarted", {**about, "time_s": 2.5, "dose": dose})
    for time_s, pose in poses("glute_bridge")[:n_frames]:
        log.pose(time_s, pose)
    hurts = {"step_index": 0, "exercise": "glute_bridge", "set_number": 1}
    log.event("PainReported", {**hurts, "time_s": 20.0})
    if not is_cut:
        log.event("SetEnded", {**about, "time_s": 30.0, "end": "done"})
        log.end_set()
    log.close()
    with (folder / EVENTS).open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(event) + "\n" for event in last)
    return SessionFolder(folder)


def test_a_record_says_what_the_session_came_to(tmp_path):
    """Person, dose, times, end and pain are the log's; what was seen is the verdict's."""
    folder = written(tmp_path / "20260301T083000Z-000001", SESSION_ENDED, person="robin")
    record = session_record(folder)
    (one,), (recorded,) = record.sets, folder.sets()
    verdict, _ = verdict_of(recorded)
    assert (record.id, record.person, record.language) == (folder.path.name, "robin", "de")
    assert (record.end, record.duration_s) == (SessionEnd.FINISHED, 40.0)
    assert [report.time_s for report in record.pain_reports] == [20.0]
    assert (one.name, one.end, one.started_s) == ("set-01-glute_bridge", SetEnd.DONE, 2.5)
    assert (one.dose.sets, one.dose.repetitions) == (2, 3)
    assert (one.outcome, len(one.repetitions)) == (Outcome.COUNTED, 3)
    assert one.repetitions == verdict.repetitions
    assert one.checks == verdict.checks
    assert one.poses == recorded.path.read_bytes()
    assert record.events == (folder.path / EVENTS).read_bytes()


def test_what_was_said_in_a_session_is_kept_with_its_time(store):
    """Pain, warning signs and heat are the patient's, rules what was made of them."""
    rated = {"moment": "hurts", "rating": 6, "qualities": ["sharp"], "exercise": "glute_bridge"}
    folder = written(
        store.folder / "20260301T083000Z-aaaaaa",
        {"type": "Screened", "time_s": 3.5, "reason": "plan_begins", "positive": ["R04"]},
        {"type": "HeatAnswered", "time_s": 4.5, "minutes": 15},
        {"type": "PainRated", "time_s": 62.5, **rated},
        {
            "type": "RuleApplied",
            "time_s": 62.5,
            "rule": "S02",
            "action": "stop_exercise",
            "tells_therapist": True,
            "step_index": 0,
        },
        SESSION_ENDED,
        n_frames=30,
    )
    (taken,) = take_in_ended(store)
    began = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)  # with the first event, at 2.5 s
    minute = began + timedelta(seconds=60)
    rating = PainRating(minute, Moment.HURTS, 6, ("sharp",), taken, "glute_bridge")
    assert store.pain("patient") == (rating,)
    screen = RedFlagScreen(began + timedelta(seconds=1), ("R04",), "plan_begins", taken)
    assert store.screens("patient") == (screen,)
    kept = store.session(taken)
    assert kept == session_record(folder)
    assert kept.heat_minutes == 15
    assert [(one.rule, one.step_index) for one in kept.rules_applied] == [("S02", 0)]


@pytest.mark.parametrize(
    ("last", "end"),
    [
        ({**SESSION_ENDED, "was_stopped": True}, SessionEnd.STOPPED),
        ({"type": "SessionKept"}, SessionEnd.KEPT),
        ({"type": "Paused", "time_s": 33.0}, SessionEnd.CUT_OFF),
    ],
)
def test_how_a_session_ended_is_kept(tmp_path, last, end):
    """Stopped, kept as it was, or cut off; a set that was cut off is put together."""
    record = session_record(written(tmp_path / "s", last, is_cut=True, n_frames=60))
    assert record.end is end
    assert record.person == "patient"
    assert [one.end for one in record.sets] == [SetEnd.INTERRUPTED]


def test_what_is_over_is_taken_in_and_what_is_not_stays(store, caplog):
    """Ended ones, and those cut off before the newest; not the newest cut, going on, or damaged."""
    folder = store.folder
    written(folder / "20260301T000000Z-aaaaaa", is_cut=True, n_frames=30)
    going_on = written(folder / "20260302T000000Z-bbbbbb", SESSION_ENDED, n_frames=30)
    written(folder / "20260303T000000Z-cccccc", SESSION_ENDED, n_frames=30)
    damaged = written(folder / "20260304T000000Z-dddddd", SESSION_ENDED, n_frames=30)
    (damaged.path / "set-01-glute_bridge.poses.npz").write_bytes(b"nothing of the kind")
    written(folder / "20260305T000000Z-eeeeee", is_cut=True, n_frames=30)
    with FolderLock(going_on.path):
        taken = take_in_ended(store)
    assert [name[-6:] for name in taken] == ["aaaaaa", "cccccc"]
    assert "not taken into the store" in caplog.text
    assert [line.id for line in store.sessions("patient")] == taken
    assert [name[-6:] for name in take_in_ended(store)] == ["bbbbbb"]


@pytest.mark.parametrize(
    "event",
    [
        {"type": "PainRated", "time_s": 3.0, "moment": "before", "rating": 11, "qualities": []},
        {"type": "PainRated", "time_s": 3.0, "moment": "at noon", "rating": 1, "qualities": []},
        {"type": "PainRated", "time_s": 3.0, "moment": "before", "rating": 1, "qualities": None},
        {"type": "PainReported", "time_s": 3.0},
        {"type": "RuleApplied", "time_s": 3.0, "rule": 4},
        {"type": "SetStarted", "set": "set-01-glute_bridge", "step_index": "first"},
        {"type": "Paused", "time_s": "soon"},
        {"type": "Paused", "time_s": None},
        {"type": "SetEnded", "set": "set-01-glute_bridge", "time_s": 9.0},
        {"type": "SetEnded", "set": "set-01-glute_bridge", "end": "well", "time_s": 9.0},
    ],
)
def test_a_log_that_says_what_it_never_should_keeps_nobody_from_exercising(store, caplog, event):
    """It stays in its folder and is named; the others are taken in."""
    written(store.folder / "20260301T000000Z-aaaaaa", event, SESSION_ENDED, n_frames=10)
    written(store.folder / "20260302T000000Z-bbbbbb", SESSION_ENDED, n_frames=10)
    assert [name[-6:] for name in take_in_ended(store)] == ["bbbbbb"]
    assert "not taken into the store" in caplog.text


def test_folders_go_at_the_next_start_where_all_of_them_is_in_the_store(store):
    """Taken in before, byte for byte, and without a video; anything else stays."""
    plain = written(store.folder / "20260301T000000Z-aaaaaa", SESSION_ENDED, n_frames=30).path
    filmed = written(store.folder / "20260302T000000Z-bbbbbb", SESSION_ENDED, n_frames=30).path
    (filmed / "video-01.mkv").write_bytes(b"pictures")
    changed = written(store.folder / "20260303T000000Z-cccccc", SESSION_ENDED, n_frames=30).path
    assert len(take_in_ended(store, tidies=True)) == 3
    assert plain.exists()
    with (changed / EVENTS).open("a", encoding="utf-8") as file:
        file.write('{"type": "Noted"}\n')
    assert take_in_ended(store, tidies=True) == []
    assert [path.exists() for path in (plain, filmed, changed)] == [False, True, True]
    assert len(store.sessions("patient")) == 3
    assert store.check() == ()


def test_a_session_that_is_exported_is_judged_again_the_same(store, tmp_path_factory):
    """The folder in an export is a session's folder."""
    written(store.folder / "20260301T000000Z-aaaaaa", SESSION_ENDED, person="robin")
    (taken,) = take_in_ended(store)
    away = tmp_path_factory.mktemp("away")
    with zipfile.ZipFile(store.export("robin", away / "robin.zip")) as archive:
        archive.extractall(away)
    assert session_record(SessionFolder(away / "sessions" / taken)) == store.session(taken)
