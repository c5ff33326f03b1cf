"""What every page of ours stands on: the files of the page, and the door that opens once."""

from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import Lifespan

from formcheck.web.access import Access
from formcheck.web.security import OPEN_PATH, REFUSED_PAGE

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}


def shell(access: Access, life: Lifespan[FastAPI] | None = None) -> FastAPI:
    """Return an application that serves the files of the page and lets in who has the token.

    Parameters
    ----------
    access
        The secrets of this run.
    life
        What is started with the server and ended with it.
    """
    app = FastAPI(lifespan=life, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_exception_handler(RequestValidationError, _unreadable)
    _add_files(app, static_files())
    _add_door(app, access)
    return app


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


def static_file(files: Mapping[str, Traversable], name: str) -> Response:
    """Return a file of the page, or that there is none."""
    if name not in files:
        raise HTTPException(404)
    kind = _TYPES[PurePosixPath(name).suffix]
    return Response(files[name].read_bytes(), media_type=kind)


async def _unreadable(_: Request, __: Exception) -> Response:
    """Refuse a body without repeating it: what is wrong with it may not be written as JSON."""
    return PlainTextResponse("not understood", 422)


def _add_files(app: FastAPI, files: Mapping[str, Traversable]) -> None:
    @app.get("/static/{name:path}")
    def static(name: str) -> Response:
        return static_file(files, name)


def _add_door(app: FastAPI, access: Access) -> None:
    @app.get(OPEN_PATH)
    def opened(request: Request, token: str = "") -> Response:
        cookie = access.redeem(token)
        if cookie is None and access.is_known(request.headers.get("cookie", "")):
            return RedirectResponse("/", 303)  # the address was loaded again
        if cookie is None:
            return HTMLResponse(REFUSED_PAGE, 403)
        return RedirectResponse("/", 303, headers={"Set-Cookie": cookie})
