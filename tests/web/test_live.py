"""A session over a real socket, with an engine that knows every pose before."""

import json
import time
from dataclasses import replace

import pytest

from formcheck.errors import EngineError
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Dose
from formcheck.recordings.session_facts import SessionFolder
from formcheck.session.flow import SessionFlow
from formcheck.session.plan import Plan, Step
from formcheck.session_records import verdict_of
from tests.people import poses
from tests.web.serving import Clock, jpeg, message, paced, served, session_folder


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        server.open()
        yield server


def show_clip(page, clock, n=None, clip="glute_bridge"):
    """Show a clip; return the answers."""
    answers, wait = [], paced()
    for k, (time_s, _) in enumerate(poses(clip)[:n]):
        wait()
        clock.now_s = 2000.0 + time_s
        answers.append(page.show(k, 500.0 + time_s * 1000))
    return answers


def test_a_set_is_counted_told_and_written(tmp_path):
    """Three bridges are three in the messages, in the log's events and in its recording."""
    clock = Clock()
    with served(tmp_path, monotonic=clock) as server:
        server.open()
        page = server.page()
        assert page.hello == {"type": "hello", "owner": True}
        page.start_set()
        answers = show_clip(page, clock)
        assert answers[-1]["count"] == 3
        assert [a["seq"] for a in answers] == list(range(len(answers)))
        page.command("stop")
        assert page.receive_stage("summary")["summary"]["n_sets_done"] == 1
    counts = [m["text"] for m in page.heard if m["type"] == "cue" and m["kind"] == "count"]
    assert counts
    assert set(counts) <= {"1", "2", "3"}
    with_others = [m for m in page.heard if m["type"] == "cue" and m["counted"]]
    assert len(counts) + len(with_others) == 3  # each is heard
    path = session_folder(tmp_path)
    folder = SessionFolder(path)
    assert folder.is_ended
    kinds = [event["type"] for event in folder.events()]
    assert kinds.count("RepetitionCompleted") == 3
    (recorded,) = folder.sets()
    assert recorded.exercise.id == "glute_bridge"
    assert (recorded.started["set_number"], recorded.ended["end"]) == (1, "stopped")
    verdict, _ = verdict_of(recorded)
    assert len(verdict.repetitions) == 3
    assert verdict.n_frames == len(answers)


def test_only_one_picture_waits(server):
    """While the engine hangs, the newest picture waits and those before it are dropped."""
    page = server.page()
    page.show(0, 0)
    server.estimator.gate.clear()
    for k in range(1, 10):
        page.connection.send(message(time_ms=33.0 * k, sequence=k))
        time.sleep(0.05)  # the first reaches the engine before the next comes
    server.estimator.gate.set()
    answered = [page.receive_type("frame")["seq"] for _ in range(2)]
    assert answered == [1, 9]
    assert page.show(10, 400)["timing"]["waiting"] == 0


def test_the_servers_time_is_all_of_it(server):
    """What a picture costs in formcheck is told with the making of its message."""
    timing = server.page().show(0, 0)["timing"]
    parts = ("decode_ms", "pose_ms", "analyse_ms", "describe_ms")
    assert all(timing[part] >= 0 for part in parts)
    assert timing["server_ms"] >= sum(timing[part] for part in parts) - 0.03


def test_one_session_after_the_other(tmp_path):
    """Pictures of a second session are looked at, though its time begins anew."""
    clock = Clock()
    plan = {"exercises": [{"id": "glute_bridge", "sets": 1, "repetitions": 50}]}
    with served(tmp_path, monotonic=clock) as server:
        server.open()
        page = server.page()
        for _ in range(2):
            page.start_set()
            for k in range(5):
                clock.now_s += 10.0
                assert page.show(k, clock.now_s * 1000)["landmarks"]
            page.command("stop")
            page.receive_stage("summary")
            assert server.post("/api/plan", plan)[0] == 200


def test_stop_does_not_wait_for_the_engine(server):
    """Who asks to stop is answered while the engine hangs."""
    page = server.page()
    page.start_set()
    page.show(0, 0)
    server.estimator.gate.clear()
    page.connection.send(message(time_ms=33.0, sequence=1))
    began_s = time.monotonic()
    page.command("stop")
    page.receive_stage("summary")
    assert time.monotonic() - began_s < 0.5


def test_a_lost_engine_comes_back(server, monkeypatch):
    """An engine that stops is said to have stopped, and goes on with the next pictures."""
    monkeypatch.setattr("formcheck.web.engine.TRY_AGAIN_AFTER_S", 0.1)
    page = server.page()
    page.start_set()
    assert page.show(0, 0)["landmarks"]
    server.estimator.failures = [EngineError("it stopped"), EngineError("and again")]
    assert page.show(1, 33)["code"] == "engine_stopped"
    assert page.show(2, 66)["code"] == "engine_stopped"
    assert page.show(3, 500)["landmarks"]
    assert server.estimator.n_opened == 3


@pytest.mark.parametrize("later_ms", [-5000.0, 0.0, 3_600_000.0, 1e15])
def test_time_goes_on_whatever_the_page_says(server, later_ms):
    """A page's clock that jumps or stands still moves the session by no more than passes."""
    page = server.page()
    page.start_set()
    page.show(0, 10_000.0)
    session_s = [page.show(k, 10_000.0 + later_ms)["set_time_s"] for k in (1, 2)]
    assert all(0 <= time_s < 5 for time_s in session_s)
    assert page.show(3, 10_033.0)["landmarks"]


def test_a_reload_lands_where_the_session_stands(server):
    """The same page on a new socket has the session at once; the old socket is closed."""
    page = server.page()
    page.start_set()
    n_streams = server.estimator.n_streams
    again = server.page()
    assert again.hello["owner"]
    assert again.receive_type("stage")["stage"] == "exercising"
    assert page.close_code() == 4001
    assert again.show(0, 5.0)["landmarks"]
    assert server.estimator.n_streams > n_streams


def test_the_outline_is_asked_for_where_the_exercise_at_hand_needs_it(tmp_path):
    """It costs time with every picture: a session looks for it in cat-cow, not in the bridge."""
    names = ("cat_cow", "glute_bridge")
    plan = Plan(tuple(Step(load_all()[name], Dose(repetitions=5)) for name in names))
    with served(tmp_path, plan=plan, flow=SessionFlow) as server:
        server.open()
        page = server.page()
        page.command("begin")
        page.show(0, 0.0)
        assert server.estimator.outlines[-1]
        page.command("skip_exercise")
        page.show(1, 33.0)
        page.show(2, 67.0)
        assert server.estimator.outlines[-2:] == [True, False]


def test_a_session_can_be_begun_anew(server):
    """Once it is over the same plan is gone through again, from the welcome; not before."""
    page = server.page()
    page.start_set()
    assert server.post("/api/new_session", {})[0] == 409
    page.command("stop")
    page.receive_stage("summary")
    assert server.post("/api/new_session", {})[0] == 200
    stage = page.receive_stage("welcome")
    assert (stage["exercise_id"], stage["set_done"]) == ("glute_bridge", 0)
    page.start_set()
    assert page.show(0, 0)["landmarks"]


def test_a_computer_that_slept_pauses_the_set(tmp_path):
    """After a gap in the time of day the patient is asked; what was counted is still there."""
    clock, wall = Clock(), Clock()
    with served(tmp_path, flow=SessionFlow, monotonic=clock, wall=wall) as server:
        server.open()
        page = server.page()
        page.start_set()
        answers = show_clip(page, clock)
        assert answers[-1]["set_done"] >= 2
        wall.now_s += 20.0  # the clock of the session slept as well
        stage = page.receive_stage("paused")
        assert stage["pause_reason"] == "out_of_view"
        assert stage["set_done"] == answers[-1]["set_done"]


def test_one_tab_owns_the_session(server):
    """A second tab is told so, cannot command, and gets the session only where it asks."""
    first, second = server.page(), server.page("page-two-1234")
    assert second.hello == {"type": "busy"}
    second.command("begin")
    second.connection.send(message())
    assert first.show(0, 0)["type"] == "frame"
    assert not any(m.get("stage") == "demonstration" for m in first.heard)
    second.send({"type": "take_over"})
    assert second.receive()["owner"]
    assert first.receive_type("busy")
    assert second.show(0, 0)["landmarks"]


def test_pictures_that_come_late_are_no_silence(tmp_path):
    """Where a page's clock falls behind ours by a second, nobody is taken to have gone."""
    clock = Clock()
    with served(tmp_path, monotonic=clock) as server:
        server.open()
        page = server.page()
        page.start_set()
        for k in range(40):
            clock.now_s += 0.07
            page.show(k, 33.0 * k)
            time.sleep(0.02)
        page.command("stop")
        page.receive_stage("summary")
    assert not any(m["type"] == "frame" and m["seq"] is None for m in page.heard)
    path = session_folder(tmp_path)
    assert verdict_of(SessionFolder(path).sets()[0])[0].n_frames_with_person == 40


def test_a_picture_that_was_held_back_is_left_out(tmp_path):
    """A picture older than what was told meanwhile does not reach the Coach at another time."""
    clock = Clock()
    with served(tmp_path, monotonic=clock) as server:
        server.open()
        page = server.page()
        page.start_set()
        clock.now_s += 0.5
        page.show(0, 0.0)
        server.estimator.gate.clear()
        page.connection.send(message(time_ms=33.0, sequence=1))
        time.sleep(0.1)
        clock.now_s += 1.5
        assert page.receive_type("frame")["seq"] is None
        server.estimator.gate.set()
        while page.receive_type("frame")["seq"] != 1:
            pass
        page.command("stop")
        page.receive_stage("summary")
    path = session_folder(tmp_path)
    assert verdict_of(SessionFolder(path).sets()[0])[0].n_frames_with_person == 1


def test_nobody_is_seen_while_no_picture_comes(tmp_path):
    """Where pictures stop, the Coach is told that nobody is seen, and the log holds it."""
    clock = Clock()
    with served(tmp_path, monotonic=clock) as server:
        server.open()
        page = server.page()
        page.start_set()
        show_clip(page, clock, 10)
        for _ in range(4):
            clock.now_s += 1.2
            assert page.receive_type("frame")["seq"] is None
        page.command("stop")
        page.receive_stage("summary")
    path = session_folder(tmp_path)
    verdict, until_s = verdict_of(SessionFolder(path).sets()[0])
    assert verdict.n_frames_with_person == 10
    assert verdict.n_frames >= 13
    assert until_s > 4


def test_another_camera_within_a_set_keeps_one_recording(server, tmp_path):
    """Pictures of another size within a set are placed on the size it began with."""
    page = server.page()
    page.start_set()
    page.show(0, 0)
    small = jpeg(320, 320)
    server.estimator._poses = [_scaled(pose) for pose in server.estimator._poses]
    assert page.show(1, 33, small)["landmarks"]
    page.command("stop")
    page.receive_stage("summary")
    time.sleep(0.3)
    path = session_folder(tmp_path)
    (recorded,) = SessionFolder(path).sets()
    assert verdict_of(recorded)[0].n_frames == 2


def _scaled(pose):
    return replace(pose, image=pose.image / 2, width_px=320, height_px=320)


def test_a_full_disk_costs_the_log_and_not_the_session(tmp_path):
    """Where the log cannot be written the page is told, and the set goes on."""
    blocked = tmp_path / "sessions"
    blocked.write_text("a file where the folder should be")
    with served(blocked) as server:
        server.open()
        page = server.page()
        page.command("begin", "next", "next", "next")
        assert page.receive_type("error")["code"] == "disk_full"
        page.receive_stage("exercising")
        assert page.show(0, 0)["landmarks"]


def test_a_plan_is_chosen_on_the_page(server):
    """A plan is taken before a session, and not within one."""
    plan = {"exercises": [{"id": "front_plank", "sets": 2, "hold_s": 20}]}
    page = server.page()
    assert server.post("/api/plan", plan)[0] == 200
    while page.receive_type("stage")["exercise_id"] != "front_plank":
        pass
    page.start_set()
    assert server.post("/api/plan", plan)[0] == 409


def test_the_language_is_the_pages(server):
    """Cues and errors come in the language that the page asks for; an unknown one is ignored."""
    page = server.page()
    english = page.show(0, 0, b"no picture")["text"]
    page.send({"type": "settings", "language": "de"})
    german = page.show(1, 33, b"no picture")["text"]
    page.send({"type": "settings", "language": "../../etc"})
    assert page.show(2, 66, b"no picture")["text"] == german != english


def test_a_demonstration_has_a_figure_in_the_picture(server):
    """Every exercise with a motion can be shown, all of it within the picture."""
    status, _, body = server.request("/api/demonstration/glute_bridge")
    shown = json.loads(body)
    assert status == 200
    assert shown["view"] == "side"
    assert all(0 <= v <= 1 for frame in shown["frames"] for point in frame for v in point)
    assert len(shown["frames"][0]) == 33
