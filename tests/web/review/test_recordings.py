"""The page of recordings: what comes, what is refused, and what is asked about it."""

import json
import socket
import time
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from formcheck.incoming.queue import Queue
from formcheck.store import Store
from formcheck.web.review import recordings_page
from formcheck.web.review.recordings_page import UPLOAD_PATH
from tests.incoming.brought import recording, video
from tests.web import serving
from tests.web.review.serving import served_review

API = "/api/review/recordings"
DATE_MS = 1772353800000


class Idle:
    """Stands in the place of what works off in the background."""

    def __init__(self, _):
        pass

    def start(self):
        """Do nothing."""

    def close(self):
        """Do nothing."""


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "sessions") as opened:
        yield opened


@pytest.fixture
def bridge(tmp_path):
    """Return the bytes of a recording of bridges."""
    return recording(tmp_path / "bridge.poses.npz", "glute_bridge", n_frames=40).read_bytes()


@pytest.fixture
def served(store, monkeypatch):
    """Return a server that analyses nothing."""
    monkeypatch.setattr(recordings_page, "Background", Idle)
    monkeypatch.setattr(serving, "ANSWER_S", 30.0)  # a process is started for each file
    with served_review(store) as server:
        yield server


def sent(server, body, name="bridge.poses.npz", **options):
    """Send a file; return status and answer."""
    query = urlencode({"name": name, "person": "robin", "modified_ms": DATE_MS, **options})
    headers = {"Content-Type": "application/octet-stream", **ours(server)}
    status, _, answer = server.request(f"{UPLOAD_PATH}?{query}", "POST", body, headers)
    return status, json.loads(answer)


def ours(server):
    """Return what the page of ours sends with a question."""
    return {"Origin": f"http://127.0.0.1:{server.port}"}


def asked(server, what, body=None):
    """Ask for something; return status and answer."""
    body = json.dumps(body or {}).encode()
    status, _, answer = server.request(f"{API}/{what}", "POST", body, ours(server))
    return status, json.loads(answer or "null")


def listed(server):
    """Return the list."""
    return json.loads(server.request(API)[2])


def test_a_file_that_comes_is_listed_with_its_date(served, store, bridge):
    """For whom, from when by the date of the file, and again it is not new."""
    status, answer = sent(served, bridge, exercise="glute_bridge", keep="true")
    assert (status, answer["is_new"]) == (201, True)
    (one,) = listed(served)
    assert one == answer["recording"]
    assert (one["person"], one["name"], one["state"]) == ("robin", "bridge.poses.npz", "waiting")
    assert (one["recorded"], one["date_from"]) == ("2026-03-01T08:30:00+00:00", "file")
    assert (one["exercise"], one["keeps_video"]) == ("Glute bridge", True)
    assert not sent(served, bridge, name="other.npz")[1]["is_new"]
    assert Queue(store.folder).contents(one["id"]).read_bytes() == bridge


def test_several_come_at_once_and_no_more_than_that(served, bridge, monkeypatch):
    """One more than may is refused, in words."""
    monkeypatch.setattr(recordings_page, "MOST_AT_ONCE", 1)
    with half_sent(served, bridge):
        status, answer = sent(served, bridge)
    assert status == 422
    assert "on their way already" in answer["says"]
    assert sent(served, bridge)[0] == 201


@contextmanager
def half_sent(server, body):
    """Send half of a file, and go away."""
    query = urlencode({"name": "half.npz", "person": "robin"})
    lines = [
        f"POST {UPLOAD_PATH}?{query} HTTP/1.1",
        f"Host: 127.0.0.1:{server.port}",
        f"Cookie: {server.cookie}",
        f"Origin: http://127.0.0.1:{server.port}",
        f"Content-Length: {len(body)}",
    ]
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode() + body[: len(body) // 2])
        time.sleep(0.5)
        yield
    time.sleep(0.5)


def test_what_breaks_off_on_its_way_leaves_nothing(served, store, bridge):
    """Half a file is none."""
    with half_sent(served, bridge):
        assert len(list((store.folder / "incoming" / ".arriving").iterdir())) == 1
    assert list((store.folder / "incoming" / ".arriving").iterdir()) == []
    assert listed(served) == []


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"person": ""}, "expected the pseudonym"),
        ({"person": "../../etc"}, "expected the pseudonym"),
        ({"exercise": "moonwalk"}, "there is no exercise"),
    ],
)
def test_what_is_asked_for_wrongly_is_refused(served, bridge, options, says):
    """Nothing of it stays."""
    status, answer = sent(served, bridge, **options)
    assert status == 422
    assert says in answer["says"]
    assert listed(served) == []


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "it is empty"),
        (b"this is no film at all" * 99, "film.mp4 cannot be read as a video"),
        (b"PK\x03\x04" + bytes(99), "none that formcheck wrote"),
    ],
)
def test_what_is_no_recording_is_refused_in_words(served, body, says):
    """By its own name."""
    status, answer = sent(served, body, name="film.mp4")
    assert status == 422
    assert says in answer["says"]
    assert listed(served) == []


def test_a_reader_that_is_broken_by_a_file_takes_nothing_down(served, bridge, monkeypatch):
    """Foreign files are looked at in a process of their own."""
    monkeypatch.setattr("formcheck.incoming.apart.sys.executable", "false")
    status, answer = sent(served, bridge, name="film.mp4")
    assert status == 422
    assert "film.mp4 cannot be looked at" in answer["says"]
    assert served.request("/recordings")[0] == 200


def test_it_is_said_before_it_comes_whether_it_may(served):
    """Whose, and how large."""
    assert asked(served, "announce", {"person": "robin", "size_bytes": 9})[0] == 204
    for wrong in ({"person": "", "size_bytes": 9}, {"person": "robin", "size_bytes": 1 << 40}):
        assert asked(served, "announce", wrong)[0] == 422


def test_only_this_path_takes_large_bodies_and_only_of_our_page(served):
    """Others are refused at the door, as is one that says it is endless."""
    large = str(1 << 20)
    for path in (f"{API}/announce", f"{UPLOAD_PATH}/x", API):
        headers = {"Content-Length": large, **ours(served)}
        assert served.request(path, "POST", b"", headers)[0] == 413
    headers = {"Content-Length": str(1 << 50), **ours(served)}
    assert served.request(UPLOAD_PATH, "POST", b"", headers)[0] == 413
    foreign = {"Origin": "http://example.com"}
    assert served.request(UPLOAD_PATH, "POST", b"x", foreign)[0] == 403
    assert served.request(API, cookie="")[0] == 403


def test_a_body_that_does_not_say_how_long_it_is_is_refused(served):
    """It might never end."""
    headers = {"Transfer-Encoding": "chunked", **ours(served)}
    path = f"{UPLOAD_PATH}?name=a.mp4&person=robin"
    status, _, answer = served.request(path, "POST", None, headers)
    assert status == 422
    assert "says how long it is" in json.loads(answer)["says"]


def test_its_date_is_changed_and_it_is_cancelled_tried_again_and_removed(served, bridge):
    """Each as far as it goes; what cannot be is refused in words."""
    one = sent(served, bridge)[1]["recording"]["id"]
    status, answer = asked(served, f"{one}/date", {"recorded": "2026-02-01T10:00:00+01:00"})
    assert (status, answer["date_from"]) == (200, "told")
    assert answer["recorded"].startswith("2026-02-01T10:00:00")
    assert asked(served, f"{one}/date", {"recorded": "1815-06-18T10:00:00Z"})[0] == 422
    without_zone = json.dumps({"recorded": "2026-02-01T10:00:00"}).encode()
    path = f"{API}/{one}/date"
    assert served.request(path, "POST", without_zone, ours(served))[0] == 422
    assert asked(served, f"{one}/remove")[0] == 422
    assert asked(served, f"{one}/cancel")[1]["state"] == "cancelled"
    assert "bring it again" in asked(served, f"{one}/retry")[1]["says"]
    assert asked(served, f"{one}/remove")[0] == 204
    assert listed(served) == []
    for path in (f"{one}/cancel", "..%2F..%2Fetc/cancel", "0000000000000000/remove"):
        assert asked(served, path)[0] in {404, 422}


def test_a_script_in_a_name_is_only_letters(served, bridge):
    """In the list it is text; the page itself holds no name of a file."""
    name = "<img src=x onerror=alert(1)>.npz"
    sent(served, bridge, name=name)
    assert listed(served)[0]["name"] == name
    _, headers, body = served.request("/recordings")
    assert b"onerror" not in body
    assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_from_the_page_to_a_session_of_the_store(store, tmp_path, monkeypatch):
    """Analysed beside the server, by a process of its own; the link leads to the session."""
    monkeypatch.setattr(serving, "ANSWER_S", 30.0)
    film = recording(tmp_path / "a.poses.npz", "glute_bridge").read_bytes()
    with served_review(store) as server:
        assert sent(server, film, exercise="glute_bridge")[0] == 201
        for _ in range(600):
            (one,) = listed(server)
            if one["is_over"]:
                break
            time.sleep(0.1)
    assert (one["state"], one["reason"]) == ("done", "")
    assert [line.id for line in store.sessions("robin")] == [one["session"]]


def test_a_video_is_looked_at_when_it_comes(served, tmp_path):
    """By its contents, whatever it is called."""
    film = video(tmp_path / "a.mp4", n_frames=5).read_bytes()
    status, answer = sent(served, film, name="holiday.txt")
    assert (status, answer["recording"]["name"]) == (201, "holiday.txt")
