"""What pages ask about hand-over files, on the therapist's side and on the patient's."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from formcheck.errors import FormcheckError
from formcheck.handover import SUFFIX, Choice, Opened
from formcheck.web.handing_over import Asked, Exchange, Looked

_REFUSED = 422
_Secret = Annotated[str, Field(max_length=1000)]
_Name = Annotated[str, Field(max_length=300)]
Told = dict[str, Any]


class Side(Protocol):
    """Who opens a file, and in which words it is told what came of it."""

    def today(self) -> date:
        """Return the day here."""

    def person(self, sent: str) -> str | None:
        """Return what its person is called here, where something else was sent or nothing."""

    def looked(self, looked: Looked, language: str) -> Told:
        """Return what a file says of itself."""

    def opened(self, opened: Opened, language: str) -> Told:
        """Return what was new in it."""


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileSent(_Sent):
    """How a file that was sent is to be looked at or opened."""

    id: _Name
    name: _Name
    passphrase: _Secret = ""
    person: Annotated[str, Field(max_length=64)] = ""
    prescription_next: bool = False

    def asked(self, person: str | None) -> Asked:
        """Return the same for the exchange."""
        return Asked(self.name, self.passphrase or None, person, self.prescription_next)


class FileAsked(_Sent):
    """What is to go into a file."""

    since: date | None = None
    with_video: bool = False
    passphrase: _Secret = ""

    @property
    def choice(self) -> Choice:
        """The same for the packing."""
        start = datetime.combine(self.since, time()).astimezone() if self.since else None
        return Choice(start, self.with_video)


def upload_path(address: str) -> str:
    """Return where a file is sent to."""
    return f"{address}/file"


def opening_routes(exchange: Exchange, address: str, side: Side) -> APIRouter:
    """Return where files are sent to, looked at, and opened."""
    router = APIRouter()

    @router.post(upload_path(address))
    async def file(request: Request) -> JSONResponse:
        length = int(request.headers.get("content-length", "0"))
        try:
            file_id = await exchange.waiting.receive(request.stream(), length)
            is_sealed = await run_in_threadpool(exchange.needs_passphrase, file_id)
        except FormcheckError as error:
            return _refused(error)
        return JSONResponse({"id": file_id, "needs_passphrase": is_sealed})

    @router.post(f"{address}/look")
    def look(sent: FileSent, language: str = "") -> JSONResponse:
        return _told(lambda: side.looked(exchange.look(sent.id, sent.asked(None)), language))

    @router.post(f"{address}/open")
    def opened(sent: FileSent, language: str = "") -> JSONResponse:
        asked = sent.asked(side.person(sent.person))
        return _told(lambda: side.opened(exchange.open(sent.id, asked, side.today()), language))

    @router.post(f"{address}/away")
    def away(sent: FileSent) -> JSONResponse:
        exchange.waiting.forget(sent.id)
        return JSONResponse({})

    return router


def saved(exchange: Exchange, person: str, sent: FileAsked) -> JSONResponse:
    """Write a file, and return what there is to be told of it."""

    def save() -> Told:
        ready = exchange.save(person, sent.choice, sent.passphrase or None)
        return {
            "id": ready.id,
            "size_mb": round(ready.size_bytes / 1e6, 1),
            "n_sessions": ready.n_sessions,
            "n_videos": ready.n_videos,
            "is_open": not sent.passphrase,
        }

    return _told(save)


def fetched(exchange: Exchange, file_id: str, name: str) -> Response:
    """Return a file that was written, once; then it is gone from here."""
    try:
        path = exchange.waiting.given(file_id)
    except FormcheckError as error:
        return _refused(error)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        filename=name if name.endswith(SUFFIX) else f"hand-over{SUFFIX}",
        background=BackgroundTask(path.unlink, missing_ok=True),
    )


def _told(do: Callable[[], Told]) -> JSONResponse:
    try:
        return JSONResponse(do())
    except FormcheckError as error:
        return _refused(error)


def _refused(error: FormcheckError) -> JSONResponse:
    return JSONResponse({"says": str(error)}, _REFUSED)
