"""A server on a free port with an engine that knows every pose before, and a page for it."""

import asyncio
import http.client
import json
import socket
import struct
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial

import cv2
import numpy as np
import uvicorn
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from formcheck.estimators.base import EngineIdentity
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Dose
from formcheck.recordings.session_facts import is_session
from formcheck.session.plan import Plan, Step
from formcheck.web.access import Access
from formcheck.web.app import make_app
from formcheck.web.limits import PICTURES_PER_S, RateLimit
from formcheck.web.server import config, listening
from formcheck.web.setting import Setting
from tests.people import poses
from tests.web.simple_flow import SimpleFlow

IDENTITY = EngineIdentity("fake", "1", "none.task", "0" * 64)
ANSWER_S = 5.0


def jpeg(width=640, height=480, value=90):
    """Return a picture of one grey as a browser would send it."""
    picture = np.full((height, width, 3), value, np.uint8)
    return cv2.imencode(".jpg", picture)[1].tobytes()


PICTURE = jpeg()


def message(picture=PICTURE, time_ms=0.0, sequence=0, reserved=0):
    """Return a picture as the page sends it."""
    return struct.pack("<dII", time_ms, sequence, reserved) + picture


class KnownPoses:
    """An estimator that gives the poses of a sample clip, picture by picture.

    Attributes
    ----------
    failures
        Errors to raise instead of the next poses, in order.
    outlines
        For each stream, whether the outline of the trunk was asked for.
    gate
        While it is cleared, the engine hangs.
    """

    def __init__(self, clip="glute_bridge"):
        self._poses = [pose for _, pose in poses(clip)]
        self.identity = IDENTITY
        self.n_seen = self.n_opened = 0
        self.failures = []
        self.outlines = []
        self.gate = threading.Event()
        self.gate.set()

    def __enter__(self):
        self.n_opened += 1
        return self

    def __exit__(self, *_):
        pass

    @property
    def n_streams(self):
        """How many were begun."""
        return len(self.outlines)

    def estimate(self, frames, *, lookahead=1, outline=False):
        """Yield each picture with the next pose."""
        assert lookahead == 0
        self.outlines.append(outline)
        for frame in frames:
            self.gate.wait(10)
            if self.failures:
                raise self.failures.pop(0)
            pose = self._poses[self.n_seen % len(self._poses)]
            self.n_seen += 1
            yield frame, replace(pose, time_s=frame.time_s)


class Clock:
    """A clock that a test moves."""

    def __init__(self):
        self.now_s = 1000.0

    def __call__(self):
        """Return the time [s]."""
        return self.now_s


def paced():
    """Return what waits until the server takes one more picture: no longer than that."""
    limit = RateLimit(PICTURES_PER_S, at_once=PICTURES_PER_S - 20)

    def wait():
        while not limit.allows():
            time.sleep(0.002)

    return wait


def bridge_plan(sets=1, repetitions=50):
    """Return a plan of bridges that a clip of three does not bring to its end."""
    return Plan((Step(load_all()["glute_bridge"], Dose(sets=sets, repetitions=repetitions)),))


def session_folder(store):
    """Return the folder of the one session of a store."""
    (path,) = (one for one in store.iterdir() if is_session(one))
    return path


class Served:
    """A running server and the address to open."""

    def __init__(self, access, estimator, setting):
        self.access, self.estimator, self.setting = access, estimator, setting
        self.port = access.port
        self.cookie = ""

    def request(self, path, method="GET", body=None, headers=None, host=None, cookie=None):
        """Return status, headers and body of a request of the page, changed as asked."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=ANSWER_S)
        try:
            connection.putrequest(method, path, skip_host=True)
            sent = {
                "Host": host if host is not None else f"127.0.0.1:{self.port}",
                "Cookie": self.cookie if cookie is None else cookie,
                **(headers or {}),
            }
            if body is not None:
                sent.setdefault("Content-Length", str(len(body)))
                sent.setdefault("Content-Type", "application/json")
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()

    def post(self, path, value):
        """Post as the page does."""
        origin = {"Origin": f"http://127.0.0.1:{self.port}"}
        return self.request(path, "POST", json.dumps(value).encode(), origin)

    def raw(self, data, wait_s=ANSWER_S):
        """Send bytes and return what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait_s) as plain:
            got = b""
            try:
                plain.sendall(data)
                plain.shutdown(socket.SHUT_WR)
                while part := plain.recv(65536):
                    got += part
            except OSError:  # the server has had enough
                pass
            return got

    def open(self):
        """Use the token as the browser does."""
        status, headers, _ = self.request(f"/open?token={self.access.token}")
        assert status == 303
        self.cookie = headers["Set-Cookie"].split(";")[0]

    def socket(self, origin=None, cookie=None, host=None):
        """Return a socket as the page opens it, or changed."""
        headers = {"Cookie": self.cookie if cookie is None else cookie}
        own = f"127.0.0.1:{self.port}"
        listener = socket.create_connection(("127.0.0.1", self.port))
        return connect(
            f"ws://{host or own}/socket",
            sock=listener,
            origin=f"http://{own}" if origin is None else (origin or None),
            additional_headers=headers,
            compression=None,
            max_size=None,
            legacy=True,
        )

    def page(self, page_id="page-one-1234"):
        """Return a page that has said hello."""
        return Page(self.socket(), page_id)


class Page:
    """What a page does with its socket."""

    def __init__(self, connection, page_id):
        self.connection = connection
        self.heard = []
        self.send({"type": "hello", "page_id": page_id, "language": "en"})
        self.hello = self.receive()

    def send(self, value):
        """Send a message."""
        self.connection.send(json.dumps(value))

    def command(self, *names):
        """Press buttons."""
        for name in names:
            self.send({"type": "command", "command": name, "exercise": None})

    def receive(self, timeout_s=ANSWER_S):
        """Return the next message."""
        got = json.loads(self.connection.recv(timeout=timeout_s))
        self.heard.append(got)
        return got

    def receive_type(self, kind, timeout_s=ANSWER_S):
        """Return the next message of a type."""
        end_s = time.monotonic() + timeout_s
        while True:
            got = self.receive(max(0.01, end_s - time.monotonic()))
            if got["type"] == kind:
                return got

    def receive_stage(self, stage):
        """Wait until the session stands there."""
        while True:
            got = self.receive_type("stage")
            if got["stage"] == stage:
                return got

    def show(self, sequence, time_ms, picture=PICTURE):
        """Send a picture and return its answer; fail where it is not answered in time."""
        self.connection.send(message(picture, time_ms, sequence))
        end_s = time.monotonic() + ANSWER_S
        while True:
            got = self.receive(max(0.01, end_s - time.monotonic()))
            if got["type"] in {"frame", "error"} and got["seq"] == sequence:
                return got

    def start_set(self):
        """Go through the stages of the simple flow until a set has begun."""
        self.command("begin", "next", "next", "next")
        return self.receive_stage("exercising")

    def close_code(self, timeout_s=ANSWER_S):
        """Return the code with which the server closes the socket."""
        try:
            while True:
                self.connection.recv(timeout=timeout_s)
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def close(self):
        """Close the tab."""
        self.connection.close()


@contextmanager
def served(store, estimator=None, plan=None, **options):
    """Run a server in a thread; without a plan of the test's, with three sets of bridges."""
    estimator = estimator or KnownPoses()
    options.setdefault("flow", SimpleFlow)
    setting = Setting(
        exercises=load_all(),
        store=store,
        identity=IDENTITY,
        plan=plan or bridge_plan(),
        **options,
    )
    with running(partial(make_app, setting, estimator)) as access:
        try:
            yield Served(access, estimator, setting)
        finally:
            estimator.gate.set()


class Prompt(uvicorn.Server):
    """A server that ends at once when it is told to: most tests would wait for that alone.

    uvicorn looks ten times a second whether it shall end, and then waits for a tenth of a second.
    """

    async def main_loop(self):
        """Look a hundred times a second."""
        while not await self.on_tick(0):
            await asyncio.sleep(0.01)

    async def shutdown(self, sockets=None):
        """Close everything as uvicorn does, and wait no longer than that takes."""
        for listening_one in (*self.servers, *(sockets or ())):
            listening_one.close()
        state = self.server_state
        for connection in list(state.connections):
            connection.shutdown()
        until_s = time.monotonic() + self.config.timeout_graceful_shutdown
        while (state.connections or state.tasks) and time.monotonic() < until_s:
            await asyncio.sleep(0.005)
        for task in state.tasks:
            task.cancel()
        await self.lifespan.shutdown()


@contextmanager
def running(make):
    """Run the server of an application in a thread, and give the secrets of its door."""
    listener = listening()
    access = Access(listener.getsockname()[1])
    server = Prompt(config(make(access)))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    with ExitStack() as stack:
        thread.start()
        stack.callback(thread.join)
        stack.callback(setattr, server, "should_exit", True)
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield access
