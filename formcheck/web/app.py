"""The web application: a page, its files, a few questions it may ask, and one socket."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from fastapi import FastAPI, HTTPException, Request, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp

from formcheck.estimators.base import PoseEstimator
from formcheck.web.access import Access
from formcheck.web.connection import Connection
from formcheck.web.engine import EngineThread
from formcheck.web.live import LiveSession
from formcheck.web.my_page import MyPage, my_page
from formcheck.web.questions import beginning, choosing, reading
from formcheck.web.room import MOST_SOCKETS, Room
from formcheck.web.security import OPEN_PATH, REFUSED_PAGE, Door
from formcheck.web.setting import Setting

TICK_EVERY_S = 0.25
_TRY_AGAIN_LATER = 1013
_INDEX = "index.html"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


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

    app = FastAPI(lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(RequestValidationError, _unreadable)
    _add_files(app, static_files())
    _add_door(app, access)
    app.include_router(reading(session))
    app.include_router(choosing(session))
    app.include_router(beginning(session))
    if me := MyPage.of(setting):
        app.include_router(my_page(me))
    _add_socket(app, room)
    return Door(app, access)


def static_files() -> dict[str, Traversable]:
    """Return every file of the page by its path: nothing else is ever opened."""
    found: dict[str, Traversable] = {}

    def walk(folder: Traversable, prefix: str) -> None:
        for entry in folder.iterdir():
            if entry.is_dir():
                walk(entry, f"{prefix}{entry.name}/")
            elif PurePosixPath(entry.name).suffix in _TYPES:
                found[f"{prefix}{entry.name}"] = entry

    walk(resources.files("formcheck.web") / "static", "")
    return found


async def _unreadable(_: Request, __: Exception) -> Response:
    """Refuse a body without repeating it: what is wrong with it may not be written as JSON."""
    return PlainTextResponse("not understood", 422)


async def _tick(session: LiveSession) -> None:
    while True:
        await asyncio.sleep(TICK_EVERY_S)
        session.tick()


def _add_files(app: FastAPI, files: Mapping[str, Traversable]) -> None:
    def answer(name: str) -> Response:
        if name not in files:
            raise HTTPException(404)
        kind = _TYPES[PurePosixPath(name).suffix]
        return Response(files[name].read_bytes(), media_type=kind)

    @app.get("/")
    def index() -> Response:
        return answer(_INDEX)

    @app.get("/static/{name:path}")
    def static(name: str) -> Response:
        return answer(name)


def _add_door(app: FastAPI, access: Access) -> None:
    @app.get(OPEN_PATH)
    def opened(request: Request, token: str = "") -> Response:
        cookie = access.redeem(token)
        if cookie is None and access.is_known(request.headers.get("cookie", "")):
            return RedirectResponse("/", 303)  # the address was loaded again
        if cookie is None:
            return HTMLResponse(REFUSED_PAGE, 403)
        return RedirectResponse("/", 303, headers={"Set-Cookie": cookie})


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
