"""What others send is refused or bounded, while the patient's own page goes on beside it."""

import json
import re
import socket
import threading
import time
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.web.serving import message, served

# Also where the machine that tests is busy with something else.
GOES_ON_WITHIN_S = 3.0


class Patient:
    """A page that shows pictures all the time and keeps count of its answers."""

    def __init__(self, server):
        self._page = server.page("the-patients-page")
        self._page.start_set()
        self.n_answered = 0
        self.failure = None
        self._is_done = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self):
        try:
            while not self._is_done.is_set():
                began_s = time.monotonic()
                got = self._page.show(self.n_answered, self.n_answered * 30.0)
                assert got["type"] == "frame", got
                self.n_answered += 1
                time.sleep(max(0.0, 0.03 - (time.monotonic() - began_s)))
        except Exception as failure:
            self.failure = failure

    def check(self):
        """Fail unless pictures go on being answered."""
        due, end_s = self.n_answered + 3, time.monotonic() + GOES_ON_WITHIN_S
        while self.n_answered < due:
            assert self.failure is None, self.failure
            assert time.monotonic() < end_s
            time.sleep(0.02)

    def close(self):
        """Close the page."""
        self._is_done.set()
        self._thread.join()
        self._page.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("sessions")) as server:
        server.open()
        yield server


@pytest.fixture(scope="module")
def patient(server):
    patient = Patient(server)
    yield patient
    patient.close()


@pytest.fixture(autouse=True)
def _goes_on(patient):
    yield
    patient.check()


FOREIGN = "http://evil.example"


def own_origin(server):
    return {"Origin": f"http://127.0.0.1:{server.port}"}


REFUSED = {
    "no cookie": (403, {"path": "/", "cookie": ""}),
    "another cookie": (403, {"path": "/", "cookie": "formcheck_{port}=guess"}),
    "a cookie of another name": (403, {"path": "/", "cookie": "session={cookie}"}),
    "a cookie that is none": (403, {"path": "/", "cookie": '\x7f;;=;"{{'}),
    "wrong token": (403, {"path": "/open?token=guess", "cookie": ""}),
    "empty token": (403, {"path": "/open?token=", "cookie": ""}),
    "used token": (403, {"path": "/open?token={token}", "cookie": ""}),
    "token beyond ASCII": (403, {"path": "/open?token=%C3%A9%FF", "cookie": ""}),
    "static without cookie": (403, {"path": "/static/js/main.js", "cookie": ""}),
    "state without cookie": (403, {"path": "/api/state", "cookie": ""}),
    "another host": (421, {"path": "/", "host": "evil.example"}),
    "a name for 127.0.0.1": (421, {"path": "/", "host": "rebound.example:{port}"}),
    "another port": (421, {"path": "/", "host": "127.0.0.1:1"}),
    "empty host": (421, {"path": "/", "host": ""}),
    "no such file": (404, {"path": "/static/js/none.js"}),
    "up": (404, {"path": "/static/../security.py"}),
    "up, encoded": (404, {"path": "/static/%2e%2e/security.py"}),
    "up, encoded twice": (404, {"path": "/static/%252e%252e/security.py"}),
    "up with backslash": (404, {"path": "/static/..%5csecurity.py"}),
    "an absolute path": (404, {"path": "/static//etc/passwd"}),
    "a null byte": (404, {"path": "/static/index.html%00.js"}),
    "a language that is a path": (404, {"path": "/api/texts/..%2f..%2fen"}),
    "a language there is none of": (404, {"path": "/api/texts/xx"}),
    "an exercise that is a path": (404, {"path": "/api/demonstration/..%2f..%2fetc%2fpasswd"}),
    "interactive docs": (404, {"path": "/docs"}),
    "schema": (404, {"path": "/openapi.json"}),
    "PUT": (405, {"path": "/api/plan", "method": "PUT"}),
    "TRACE": (405, {"path": "/", "method": "TRACE"}),
    "OPTIONS of another site": (
        405,
        {"path": "/api/plan", "method": "OPTIONS", "headers": {"Origin": FOREIGN}},
    ),
    "POST without origin": (403, {"path": "/api/plan", "method": "POST", "body": b"{}"}),
    "POST of another site": (
        403,
        {"path": "/api/plan", "method": "POST", "body": b"{}", "headers": {"Origin": FOREIGN}},
    ),
    "POST of a sandbox": (
        403,
        {"path": "/api/plan", "method": "POST", "body": b"{}", "headers": {"Origin": "null"}},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_request_is_refused(server, name):
    """Each is answered with its status, the headers of every answer, and nothing of a file."""
    status, request = REFUSED[name]
    request = {key: _filled(server, value) for key, value in request.items()}
    got, headers, body = server.request(**request)
    assert got == status
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in headers
    assert b"import" not in body
    assert b"root:" not in body


def _filled(server, value):
    if not isinstance(value, str):
        return value
    return re.sub(
        r"\{(port|token|cookie)\}",
        lambda found: {
            "port": str(server.port),
            "token": server.access.token,
            "cookie": server.cookie.partition("=")[2],
        }[found[1]],
        value,
    )


BODIES = {
    "no JSON": b"{",
    "nothing planned": b'{"exercises": []}',
    "unknown exercise": b'{"exercises": [{"id": "../../x", "sets": 1, "repetitions": 1}]}',
    "neither repeated nor held": b'{"exercises": [{"id": "cat_cow", "sets": 1}]}',
    "a hold of what is repeated": b'{"exercises": [{"id": "cat_cow", "sets": 1, "hold_s": 9}]}',
    "too many": b'{"exercises": [{"id": "cat_cow", "sets": 99999, "repetitions": 1}]}',
    "words for numbers": b'{"exercises": [{"id": "cat_cow", "sets": "2", "repetitions": 1}]}',
    "NaN": b'{"exercises": [{"id": "front_plank", "sets": 1, "hold_s": NaN}]}',
    "more than asked": b'{"exercises": [{"id": "cat_cow", "sets": 1, "repetitions": 1}], "x": 1}',
    "deep": b"[" * 8000 + b"]" * 8000,
}


@pytest.mark.parametrize("name", BODIES)
def test_a_wrong_body_is_refused(server, name):
    """A plan that the page could not have made changes nothing."""
    status, _, _ = server.request("/api/plan", "POST", BODIES[name], own_origin(server))
    assert status in {400, 422}
    assert json.loads(server.request("/api/state")[2])["plan"][0]["exercise_id"] == "glute_bridge"


def test_a_giant_body_is_refused(server):
    """One that says so before it is read; one that does not, once it is too long."""
    headers = own_origin(server) | {"Content-Length": str(10**9)}
    assert server.request("/api/plan", "POST", b"", headers)[0] == 413
    headers = own_origin(server) | {"Content-Length": "-1"}
    assert server.request("/api/plan", "POST", b"", headers)[0] in {400, 413}
    head = (
        f"POST /api/plan HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {server.cookie}\r\n"
        f"Origin: http://127.0.0.1:{server.port}\r\nContent-Type: application/json\r\n"
        "Transfer-Encoding: chunked\r\n\r\n"
    ).encode()
    chunk = b"4000\r\n" + b"[" * 0x4000 + b"\r\n"
    assert b" 413 " in server.raw(head + chunk * 20).split(b"\r\n")[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x16\x03\x01\x02\x00\x01" * 50,
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"\r\n" * 50_000,
    ],
    ids=["TLS", "two hosts", "no host", "a giant header", "a giant path", "blank lines"],
)
def test_what_is_no_request_is_refused(server, data):
    """It is answered with an error, or not at all, and never with the page."""
    answer = server.raw(data)
    assert answer == b"" or answer.split(b" ")[1].startswith(b"4")
    assert b"<title>" not in answer


def test_requests_that_never_end_hold_nobody_up(server):
    """Thirty half requests stay open and the page is served beside them."""
    half = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(30)]
    for one in half:
        one.sendall(b"GET / HTTP/1.1\r\nHost:")
    assert server.request("/api/state")[0] == 200
    for one in half:
        one.close()


@pytest.mark.parametrize(
    "changed",
    [
        {"cookie": ""},
        {"cookie": "formcheck=guess"},
        {"origin": FOREIGN},
        {"origin": ""},
        {"origin": "null"},
        {"host": "evil.example"},
    ],
    ids=["no cookie", "wrong cookie", "foreign origin", "no origin", "null origin", "wrong host"],
)
def test_a_wrong_socket_is_refused(server, changed):
    """A socket passes the same door as a request."""
    with pytest.raises(InvalidStatus) as refused:
        server.socket(**changed)
    assert refused.value.response.status_code == 403


TEXTS = {
    "no JSON": "{",
    "a number": "7",
    "a list": "[]",
    "no type": "{}",
    "unknown type": '{"type": "eval"}',
    "wrong type of a value": '{"type": "hello", "page_id": 7}',
    "a path for an id": '{"type": "hello", "page_id": "../../../etc/passwd"}',
    "a path for an exercise": '{"type": "command", "command": "easier", "exercise": "../x"}',
    "more than asked": '{"type": "take_over", "force": true}',
    "deep": "[" * 7000 + "]" * 7000,
    "a null byte": '{"type": "hello", "page_id": "abcdefgh\\u0000"}',
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_wrong_message_of_another_page_is_refused(server, name):
    """It is answered as bad, and the page is still told that the session is another's."""
    other = server.page("another-page")
    other.connection.send(TEXTS[name])
    assert other.receive_type("error")["code"] == "bad_message"
    other.send({"type": "hello", "page_id": "another-page", "language": "en"})
    assert other.receive_type("busy")
    other.close()


@pytest.mark.parametrize("command", ["stop", "pause", "rm"])
def test_another_page_commands_nothing(server, command):
    """Who does not own the session can neither stop nor pause it."""
    other = server.page("another-page")
    other.command(command)
    other.connection.send(message())
    with pytest.raises(TimeoutError):
        other.receive(0.2)
    other.close()


def test_a_giant_message_closes_its_socket(server):
    """A megabyte is not read, a text of 20 KiB is not parsed."""
    for giant in (b"\0" * 1_000_000, "x" * 20_000):
        other = server.page("another-page")
        other.connection.send(giant)
        assert other.close_code() == 1009


def test_a_flood_of_messages_closes_its_socket(server):
    """Who goes on in spite of being refused is closed; a flood gets few answers."""
    other = server.page("another-page")
    with suppress(ConnectionClosed):
        for _ in range(100_000):
            other.connection.send('{"type": "command", "command": "begin"}')
    assert other.close_code() == 1008


def test_a_flood_of_pictures_closes_its_socket(server):
    """Pictures of a page that does not own the session are dropped, and in the end it is."""
    other = server.page("another-page")
    with suppress(ConnectionClosed):
        for k in range(10_000):
            other.connection.send(message(time_ms=k, sequence=k))
    assert other.close_code() == 1008


def test_there_are_only_so_many_sockets(server):
    """Beyond a few sockets the next is turned away."""
    others = [server.socket() for _ in range(7)]
    with pytest.raises((InvalidStatus, ConnectionClosed)):
        server.socket().recv(timeout=5)
    for other in others:
        other.close()
    time.sleep(0.1)


def test_a_page_that_does_not_read_holds_nobody_up(server):
    """Who sends and never reads what comes back is served no more than it can take."""
    other = server.page("another-page")
    for _ in range(200):
        other.connection.send("{")
    other.connection.socket.close()


def test_the_token_opens_once(tmp_path):
    """Of two who have the address, the first gets in."""
    with served(tmp_path) as server:
        server.open()
        assert server.request(f"/open?token={server.access.token}", cookie="")[0] == 403
        assert server.request("/")[0] == 200
        assert server.request("/open?token=")[0] == 303  # the same browser, once more


def test_the_cookie_is_for_this_page_alone(tmp_path):
    """No script reads it, no other site sends it, and it is not the token."""
    with served(tmp_path) as server:
        _, headers, _ = server.request(f"/open?token={server.access.token}", cookie="")
        assert headers["Location"] == "/"
        cookie = headers["Set-Cookie"]
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert server.access.token not in cookie
