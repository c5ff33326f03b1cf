"""The web application: a page, its files, a few questions it may ask, and one socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI, WebSocket
from fastapi.responses import Response
from starlette.types import ASGIApp

from formcheck.estimators.base import PoseEstimator
from formcheck.web.access import Access
from formcheck.web.connection import Connection
from formcheck.web.engine import EngineThread
from formcheck.web.live import LiveSession
from formcheck.web.my_exchange import UPLOADS, my_exchange
from formcheck.web.my_page import MyPage, my_page
from formcheck.web.questions import beginning, choosing, reading
from formcheck.web.room import MOST_SOCKETS, Room
from formcheck.web.security import Door
from formcheck.web.setting import Setting
from formcheck.web.shell import shell, static_file, static_files

TICK_EVERY_S = 0.25
_TRY_AGAIN_LATER = 1013
_INDEX = "index.html"


def make_app(setting: Setting, estimator: PoseEstimator, access: Access) -> ASGIApp:
    """Return the application behind its door.

    Parameters
    ----------
    setting
        What the sessions are started with.
    estimator
        Opened when the server starts and closed when it ends.
    access
        The secrets of this run.
    """
    session = LiveSession(setting)
    room = Room(session, EngineThread(estimator, session))

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        room.engine.start()
        ticking = asyncio.create_task(_tick(session))
        yield
        ticking.cancel()
        with suppress(asyncio.CancelledError):
            await ticking
        room.engine.close()
        session.close()

    app = shell(access, life)
    _add_index(app)
    app.include_router(reading(session))
    app.include_router(choosing(session))
    app.include_router(beginning(session))
    if me := MyPage.of(lambda: session.setting):
        app.include_router(my_page(me))
        app.include_router(my_exchange(me, session.follow_anew))
    _add_socket(app, room)
    return Door(app, access, UPLOADS)


async def _tick(session: LiveSession) -> None:
    while True:
        await asyncio.sleep(TICK_EVERY_S)
        session.tick()


def _add_index(app: FastAPI) -> None:
    @app.get("/")
    def index() -> Response:
        return static_file(static_files(), _INDEX)


def _add_socket(app: FastAPI, room: Room) -> None:
    @app.websocket("/socket")
    async def socket(socket: WebSocket) -> None:
        if room.n_sockets >= MOST_SOCKETS:
            await socket.close(_TRY_AGAIN_LATER)
            return
        await socket.accept()
        room.n_sockets += 1
        try:
            await Connection(socket, room).run()
        finally:
            room.n_sockets -= 1
