"""Define an exercise by showing it: what the page asks, and what it is told."""

import json

import pytest

from formcheck.recordings import RecordingHeader, RecordingWriter, own_exercises
from formcheck.store import Store
from tests.moving import FPS, moving
from tests.store.made_up import session_record, set_record
from tests.web.review.serving import served_review

HEADER = RecordingHeader("shown.mp4", 640, 480, FPS, "simulation", "1", "none", "0" * 64)
SCRIPT = "<script>alert(1)</script>"
API = "/api/review/demonstrations"


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    """Return the bytes of a recording of two glute bridges."""
    path = tmp_path_factory.mktemp("shown") / "shown.poses.npz"
    with RecordingWriter(path, HEADER) as writer:
        for time_s, pose in moving("glute_bridge", 2):
            writer.write(time_s, pose)
    return path.read_bytes()


@pytest.fixture
def server(tmp_path, recording):
    """Return the therapist's pages over a store with one set."""
    with Store.open(tmp_path / "sessions") as store:
        shown = set_record("set-01-glute_bridge", poses_of=recording)
        store.take_in(session_record(1, "robin", sets=(shown,)))
        with served_review(store) as running:
            yield running


def answer(server, path, value):
    """Post as the page does; return the status and what came back."""
    status, _, body = server.post(path, value)
    return status, json.loads(body)


def opened(server, recording):
    """Upload a demonstration; return its address and what is proposed."""
    origin = {
        "Origin": f"http://127.0.0.1:{server.port}",
        "Content-Type": "application/octet-stream",
    }
    status, _, body = server.request(f"{API}/upload", "POST", recording, origin)
    assert status == 200, body
    path = f"{API}/{json.loads(body)['key']}"
    return path, answer(server, f"{path}/proposal", {"count": 2})[1]


def draft(proposal, **choices):
    """Return what the page sends to have an exercise tried or saved."""
    marks = {"is_hold": proposal["is_hold"], "marks": proposal["marks"]}
    return {"marks": marks, "choices": {"name": "Our bridge", **choices}}


def test_from_a_stored_set_to_a_known_exercise(server):
    """A set of the store is opened, marked, ranked, tried, saved, and listed as unvalidated."""
    _, _, body = server.request(f"{API}?person=robin")
    (one,) = json.loads(body)
    status, found = answer(server, API, {"session": one["session"], "set": one["set"]})
    assert (status, found["view"]) == (200, "side")
    path = f"{API}/{found['key']}"
    _, proposal = answer(server, f"{path}/proposal", {})
    assert sum(mark["kind"] == "effort" for mark in proposal["marks"]) == 2
    best = proposal["moved"][0]
    assert "times its error" in best["says"]
    assert len(best["curve"]) == len(found["times"])
    _, trial = answer(server, f"{path}/trial", draft(proposal))
    assert (trial["is_right"], trial["says"]) == (True, "counted 2 of 2")
    assert "not validated" in trial["text"]
    status, saved = answer(server, f"{path}/save", draft(proposal, purpose=SCRIPT))
    assert (status, saved["id"], saved["is_validated"]) == (200, "own_our_bridge", False)
    assert list(own_exercises.own_exercises(server.setting.store.folder)) == ["own_our_bridge"]
    assert server.setting.exercise_name("own_our_bridge") == "Our bridge"
    page = server.request("/exercises")[2]
    assert b"own_our_bridge" in page
    assert b"Unvalidated" in page


def test_marks_that_are_moved_are_ranked_anew(server, recording):
    """One repetition less marked is one less that it must count."""
    path, proposal = opened(server, recording)
    fewer = {"is_hold": False, "marks": proposal["marks"][:-2]}
    status, ranking = answer(server, f"{path}/ranking", fewer)
    assert status == 200
    assert len(ranking["marks"]) == len(proposal["marks"]) - 2
    _, trial = answer(server, f"{path}/trial", draft(ranking))
    assert (trial["is_right"], trial["says"]) == (
        False,
        "counted 2 of 1, 1 of them where no effort is marked",
    )
    status, refused = answer(server, f"{path}/save", draft(ranking))
    assert (status, "not saved" in refused["says"]) == (422, True)


def test_a_fault_must_be_raised_where_it_is_shown(server, recording):
    """On the demonstration itself it is said to be; on the one with the fault it should be."""
    path, proposal = opened(server, recording)
    fault = {"measure": "knee_flexion", "side": "near", "bounds": {"max": 10}}
    fault |= {"says": SCRIPT, "cue": "Straighten."}
    asked = draft(proposal, faults=[fault]) | {"with_fault": path.removeprefix(f"{API}/")}
    _, trial = answer(server, f"{path}/trial", asked)
    assert [one["says"] for one in trial["raised"]] == [SCRIPT]
    assert [one["says"] for one in trial["raised_on_fault"]] == [SCRIPT]


def test_what_is_there_already_is_not_written_over_unasked(server, recording):
    """Only where it is ticked that it takes its place."""
    path, proposal = opened(server, recording)
    assert answer(server, f"{path}/save", draft(proposal))[0] == 200
    status, refused = answer(server, f"{path}/save", draft(proposal))
    assert (status, "already" in refused["says"]) == (422, True)
    assert answer(server, f"{path}/save", draft(proposal) | {"replaces": True})[0] == 200


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/gone/proposal", {}),
        ("/gone/trial", {"marks": {"is_hold": False, "marks": []}, "choices": {"name": "x"}}),
        ("", {"session": "../../etc", "set": "passwd"}),
    ],
)
def test_what_is_not_there_is_refused(server, path, value):
    """A demonstration that was forgotten, and a set that never was: with what to do."""
    status, refused = answer(server, f"{API}{path}", value)
    assert (status, bool(refused["says"])) == (422, True)


@pytest.mark.parametrize(
    "mark",
    [
        {"kind": "effort", "from_s": -1, "to_s": 0},
        {"kind": "effort", "from_s": 0, "to_s": "Infinity"},
        {"kind": "jump", "from_s": 0, "to_s": 0},
        {"kind": "effort", "from_s": 5000, "to_s": 5000},
    ],
)
def test_marks_that_cannot_be_are_refused(server, recording, mark):
    """They come from a page, and anything may be sent."""
    path, proposal = opened(server, recording)
    marks = {"is_hold": False, "marks": [*proposal["marks"], mark]}
    status, _, _ = server.post(f"{path}/ranking", marks)
    assert 400 <= status < 500


@pytest.mark.parametrize("contents", [b"", b"not a zip", b"PK\x03\x04" + b"\0" * 100])
def test_a_file_that_is_no_recording_is_refused(server, contents):
    """With what was expected, and nothing is kept."""
    origin = {"Origin": f"http://127.0.0.1:{server.port}"}
    status, _, body = server.request(f"{API}/upload", "POST", contents, origin)
    assert status == 422
    assert json.loads(body)["says"]
    assert not own_exercises.own_exercises(server.setting.store.folder)


def test_too_large_a_file_is_refused_before_it_is_read(server):
    """As soon as it says how large it is."""
    headers = {
        "Origin": f"http://127.0.0.1:{server.port}",
        "Content-Length": str(1 << 30),
    }
    status, _, _ = server.request(f"{API}/upload", "POST", b"", headers)
    assert status == 413


def test_only_a_few_demonstrations_are_kept(server, recording):
    """The oldest is forgotten, and it is said what to do."""
    first, _ = opened(server, recording)
    for _ in range(4):
        opened(server, recording)
    status, refused = answer(server, f"{first}/proposal", {})
    assert (status, "choose it again" in refused["says"]) == (422, True)
