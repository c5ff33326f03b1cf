"""What is left of a session, whatever ends it."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import OutputError, SourceError
from formcheck.exercises.library import load_all
from formcheck.pose import OUTLINE_PLACES, OUTLINE_STEPS
from formcheck.recordings import Recording, RecordingHeader
from formcheck.recordings.session_facts import EVENTS, PlannedStep, SessionFacts, SessionFolder
from formcheck.recordings.session_log import SessionLog, new_session_folder
from formcheck.recordings.set_recording import SetRecording
from formcheck.session.flow import SessionFlow
from formcheck.session_records import verdict_of
from formcheck.web.unfinished import find_unfinished, is_in_use
from tests.people import poses
from tests.web.serving import Clock, Served, bridge_plan, paced, served, session_folder
from tests.web.simple_flow import SimpleFlow

HEADER = RecordingHeader("live session", 640, 480, 30.0, "fake", "1", "none", "0" * 64)
PARENT = Path(__file__).parents[2]


def facts():
    """Return what a session of two sets of bridges says of itself."""
    (step,) = bridge_plan(sets=2, repetitions=6).steps
    planned = PlannedStep(exercise=step.exercise.id, dose=step.dose)
    return SessionFacts(started="2026-01-01T10:00:00+00:00", language="en", plan=(planned,))


def written(folder, instants):
    """Write a session of one set that is not ended, and close it in order."""
    log = SessionLog(folder, facts())
    dose = facts().plan[0].dose.model_dump(mode="json")
    name = log.begin_set("glute_bridge", HEADER)
    log.event(
        "SetStarted",
        {
            "set": name,
            "time_s": 0.0,
            "step_index": 0,
            "set_number": 1,
            "exercise": "glute_bridge",
            "dose": dose,
        },
    )
    for time_s, pose in instants:
        log.pose(time_s, pose)
    log.close()
    return SessionFolder(folder)


def test_poses_come_back_bit_for_bit(tmp_path):
    """What a log was given is what its recording yields, gaps and all."""
    instants = [
        (time_s, None if 20 < k < 40 else pose)
        for k, (time_s, pose) in enumerate(poses("glute_bridge")[:200])
    ]
    (recorded,) = written(tmp_path / "s", instants).sets()
    got = list(Recording(recorded.path))
    assert [time_s for time_s, _ in got] == [time_s for time_s, _ in instants]
    for (_, pose), (_, again) in zip(instants, got, strict=True):
        assert (pose is None) == (again is None)
        if pose is not None:
            assert (pose.image == again.image).all()
            assert (pose.world == again.world).all()
            assert (pose.visibility == again.visibility).all()


def test_the_outline_of_the_trunk_comes_back(tmp_path):
    """What was seen of the edge of the body is in the recording of a set, where there was any."""
    edges = np.arange(2 * len(OUTLINE_PLACES)).reshape(2, -1) / OUTLINE_STEPS
    instants = [
        (time_s, replace(pose, outline=edges if k % 2 else None))
        for k, (time_s, pose) in enumerate(poses("cat_cow")[:40])
    ]
    (recorded,) = written(tmp_path / "s", instants).sets()
    got = [pose.outline for _, pose in Recording(recorded.path)]
    assert [outline is None for outline in got] == [k % 2 == 0 for k in range(40)]
    assert all((outline == edges).all() for outline in got[1::2])


def test_a_line_that_was_cut_off_costs_itself(tmp_path):
    """Events up to the cut are read; the half one is left out."""
    folder = written(tmp_path / "s", poses("glute_bridge")[:30])
    with (folder.path / EVENTS).open("a") as file:
        file.write('{"type": "RepetitionCompl')
    assert [event["type"] for event in folder.events()] == ["SetStarted"]
    assert not folder.is_ended


def test_a_chunk_that_was_cut_off_costs_itself(tmp_path):
    """Of a set whose last chunk is half written, the chunks before it are put together."""
    (tmp_path / "s").mkdir()
    facts().save(tmp_path / "s" / "session.json")
    recording = SetRecording(tmp_path / "s" / "set-01-glute_bridge", HEADER)
    instants = poses("glute_bridge")[:90]
    for k, (time_s, pose) in enumerate(instants):
        recording.add(time_s, pose)
        if k % 30 == 29:
            recording.flush()
    last = max((tmp_path / "s" / "set-01-glute_bridge").glob("*.npz"))
    last.write_bytes(last.read_bytes()[:-100])
    (recorded,) = SessionFolder(tmp_path / "s").sets()
    found = Recording(recorded.path)
    assert len(list(found)) == 60
    assert found.incomplete_reason


def test_a_disk_that_fails_is_told_once(tmp_path):
    """Where a set cannot be written that is told once, and nothing stops."""
    told = []
    folder = tmp_path / "s"
    log = SessionLog(folder, facts(), told.append)
    (folder / "set-01-glute_bridge").write_text("a file is in the way")
    log.begin_set("glute_bridge", HEADER)
    log.pose(0.0, None)
    log.begin_set("glute_bridge", HEADER)
    log.close()
    assert [type(error) for error in told] == [OutputError]
    assert log.failure is told[0]


def test_names_sort_by_time_and_are_new(tmp_path):
    """Two sessions of one second have two folders."""
    now = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
    first, second = new_session_folder(tmp_path, now), new_session_folder(tmp_path, now)
    assert first != second
    assert first.name.startswith("20260102T030405Z-")


def test_what_is_no_session_is_refused(tmp_path):
    """A folder without session.json, or with a broken one, is named."""
    with pytest.raises(SourceError, match=re.escape(str(tmp_path))):
        SessionFolder(tmp_path)
    (tmp_path / "session.json").write_text('{"format": "formcheck session"}')
    with pytest.raises(SourceError, match="started"):
        SessionFolder(tmp_path)


def test_a_cut_session_goes_on_at_its_set(tmp_path):
    """What was seen of the set that was cut is there, and that set comes again; so is pain."""
    instants = poses("glute_bridge")
    folder = written(tmp_path / "a", instants)
    said = {"type": "PainReported", "time_s": 3.0, "step_index": 0}
    with (folder.path / "events.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps(said) + "\n")
    unfinished = find_unfinished(tmp_path, load_all())
    assert unfinished.described()["n_sets"] == 2
    resumed = unfinished.resumed()
    assert resumed.earlier.resume_at == (0, 1)
    assert resumed.earlier.results == ()
    assert resumed.earlier.n_pain_reports == 1
    assert [time_s for time_s, _ in resumed.cut.seen] == [time_s for time_s, _ in instants]
    assert resumed.last_s >= instants[-1][0]


def test_a_kept_session_is_not_offered_again(tmp_path):
    """Keeping leaves the recordings and ends the offer."""
    folder = written(tmp_path / "a", poses("glute_bridge")[:30])
    find_unfinished(tmp_path, load_all()).keep()
    assert find_unfinished(tmp_path, load_all()) is None
    assert len(folder.sets()) == 1


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """Return the store of a server that was killed after two bridges, and when it saw them."""
    store = tmp_path_factory.mktemp("killed")
    return store, killed_after_two(store)


def killed_after_two(store):
    """Kill a server after two bridges; return the times of its pictures on the page's clock."""
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.web.killed", str(store)],
        stdout=subprocess.PIPE,
        cwd=PARENT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(PARENT)},
    )
    try:
        port, token = server.stdout.readline().split()
        page = _opened(int(port), token)
        page.start_set()
        return _shown_until(page, 2)
    finally:
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
        server.stdout.close()


def _shown_until(page, count):
    shown_s = []
    began_s = time.monotonic()
    for k, (time_s, _) in enumerate(poses("glute_bridge")):
        time.sleep(max(0.0, began_s + time_s - time.monotonic()))
        shown_s.append(time_s)
        if page.show(k, time_s * 1000)["count"] == count:
            break
    return shown_s


def test_kill_9_loses_at_most_a_second(killed):
    """A server that is killed in the middle of a set leaves all but its last second."""
    store, shown_s = killed
    path = session_folder(store)
    (recorded,) = SessionFolder(path).sets()
    times_s = [time_s for time_s, _ in Recording(recorded.path)]
    assert len(times_s) <= len(shown_s)
    assert -1e-6 <= (shown_s[-1] - shown_s[0]) - (times_s[-1] - times_s[0]) <= 1.0
    assert len(verdict_of(recorded)[0].repetitions) in {1, 2}


def test_a_killed_session_is_gone_on_with(killed, tmp_path):
    """The next server offers the session that was cut, and adds to it where it was."""
    shutil.copytree(killed[0], tmp_path, dirs_exist_ok=True)
    with served(tmp_path, plan=bridge_plan(sets=2, repetitions=6)) as server:
        server.open()
        offered = json.loads(server.request("/api/state")[2])["unfinished"]
        assert (offered["n_sets_done"], offered["exercises"]) == (0, ["glute_bridge"])
        assert server.post("/api/unfinished", {"action": "resume"})[0] == 200
        page = server.page()
        assert page.receive_type("stage")["stage"] == "demonstration"
        page.command("next", "next", "next")
        page.receive_stage("exercising")
        assert page.show(0, 0.0)["count"] in {1, 2}
        page.command("stop")
        assert page.receive_stage("summary")["summary"]["n_sets_done"] == 1
    path = session_folder(tmp_path)
    folder = SessionFolder(path)
    assert folder.is_ended
    (recorded,) = folder.sets()
    assert recorded.ended["end"] == "stopped"
    assert len(verdict_of(recorded)[0].repetitions) in {1, 2}


def test_what_keeps_a_session_from_being_left_is_told(tmp_path, monkeypatch):
    """A disk that is full is the answer, and no failure of the server's."""

    def full(_):
        raise OutputError("the disk is full")

    written(tmp_path / "a", poses("glute_bridge")[:30])
    monkeypatch.setattr("formcheck.web.unfinished.LeftOver.keep", full)
    with served(tmp_path, plan=bridge_plan(sets=2, repetitions=6)) as server:
        server.open()
        answer = server.post("/api/unfinished", {"action": "keep"})
        assert answer[0] == 409
        assert b"the disk is full" in answer[2]


def _opened(port, token):
    """Return a page of a server in another process."""

    class Access:
        """What a page knows of a server."""

    access = Access()
    access.port, access.token = port, token
    server = Served(access, None, None)
    server.open()
    return server.page()


def test_a_session_that_goes_on_is_not_offered(tmp_path):
    """While one formcheck is in a session, another one on its store does not touch that."""
    with served(tmp_path) as first:
        first.open()
        page = first.page()
        page.start_set()
        page.show(0, 0.0)
        path = session_folder(tmp_path)
        ran = subprocess.run(
            [sys.executable, "-m", "tests.web.offered", str(tmp_path)],
            capture_output=True, check=True, cwd=PARENT, text=True,
            env={**os.environ, "PYTHONPATH": str(PARENT)},
        )  # fmt: skip
        assert json.loads(ran.stdout) == {"is_in_use": True, "unfinished": None}
        with pytest.raises(SourceError, match="going on"):
            SessionFolder(path).sets()
        with pytest.raises(OutputError, match="another formcheck"):
            SessionLog(path, facts())
    assert not is_in_use(tmp_path)
    assert find_unfinished(tmp_path, load_all()) is not None


def test_who_comes_second_cannot_resume(tmp_path):
    """Offered the same session twice, the second to go on with it is refused."""
    written(tmp_path / "a", poses("glute_bridge")[:60])
    with served(tmp_path) as first, served(tmp_path) as second:
        for server in (first, second):
            server.open()
            assert json.loads(server.request("/api/state")[2])["unfinished"]
        assert first.post("/api/unfinished", {"action": "resume"})[0] == 200
        assert second.post("/api/unfinished", {"action": "resume"})[0] == 409
        assert json.loads(second.request("/api/state")[2])["unfinished"] is None


@pytest.mark.parametrize("end", ["done", "stopped"])
def test_cut_off_before_its_last_line_a_session_goes_on_to_its_summary(tmp_path, end):
    """Killed between the end of the last set and that of the session, nothing is done again."""
    folder = written(tmp_path / "a", poses("glute_bridge"))
    (recorded,) = folder.sets()
    started = dict(recorded.started)
    number = 2 if end == "done" else 1
    lines = [{**started, "set_number": number}, {**started, "set_number": number}]
    lines[1] |= {"type": "SetEnded", "end": end}
    (folder.path / EVENTS).write_text("\n".join(map(json.dumps, lines)))
    with served(tmp_path, flow=SessionFlow) as server:
        server.open()
        assert server.post("/api/unfinished", {"action": "resume"})[0] == 200
        stage = server.page().receive_type("stage")
        assert stage["stage"] == "summary"
        assert stage["summary"]["exercises"][0]["sets"][0]["end"] == end
    assert SessionFolder(folder.path).is_ended
    assert find_unfinished(tmp_path, load_all()) is None


def test_analyze_has_the_live_verdict(tmp_path):
    """The result of a session's folder is that of its live sets, number by number."""
    results = []

    class Told(SimpleFlow):
        """Keeps what the sets came to."""

        def __init__(self, *arguments, **named):
            super().__init__(*arguments, **named)
            self._results = results

    clock = Clock()
    with served(tmp_path / "sessions", flow=Told, monotonic=clock) as server:
        server.open()
        page = server.page()
        page.start_set()
        wait = paced()
        for k, (time_s, _) in enumerate(poses("glute_bridge")[::2]):
            wait()
            clock.now_s = 2000.0 + time_s / 2
            server.estimator.n_seen = 2 * k
            page.show(k, 500.0 + time_s * 500)
        page.command("stop")
        page.receive_stage("summary")
    path = session_folder(tmp_path / "sessions")
    ran = subprocess.run(
        [sys.executable, "-m", "formcheck.cli.app", "analyze", str(path), "--json",
         "--out", str(tmp_path / "out")],
        capture_output=True, check=True, cwd=PARENT, env={**os.environ, "PYTHONPATH": str(PARENT)},
    )  # fmt: skip
    (result,) = json.loads(ran.stdout)
    (live,) = results
    assert live.verdict.repetitions
    got = [(one["start_s"], one["peak_s"], one["peak_value"]) for one in result["repetitions"]]
    assert got == [(r.start_s, r.peak_s, r.peak_value) for r in live.verdict.repetitions]
    faults = [(one["name"], one["start_s"], one["value"]) for one in result["faults"]]
    assert faults == [(f.name, f.start_s, f.value) for f in live.verdict.faults]
    assert result["n_frames"] == live.verdict.n_frames
    (recorded,) = SessionFolder(path).sets()
    verdict, _ = verdict_of(recorded)
    assert replace(verdict, exercise=None) == replace(live.verdict, exercise=None)
