"""Hand-over files in the therapist's pages: opened, and given back."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.background import BackgroundTask

from formcheck.handover import SUFFIX, Choice, Opened
from formcheck.prescription.seal import SealState
from formcheck.web.handing_over import Asked, Exchange
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting

PLACE = "/handover"
FILE = "/api/review/handover/file"
_Secret = Annotated[str, Field(max_length=1000)]
_Name = Annotated[str, Field(max_length=300)]
_SEALS = {
    SealState.SEALED: "its seal is whole",
    SealState.BROKEN: "its seal is broken: it was changed after it was sealed",
    SealState.NONE: "it bears no seal",
}


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileSent(_Sent):
    """How a file that was sent is to be looked at or opened."""

    id: _Name
    name: _Name
    passphrase: _Secret = ""
    person: Annotated[str, Field(max_length=64)] = ""
    prescription_next: bool = False

    @property
    def asked(self) -> Asked:
        """The same for the exchange."""
        return Asked(
            self.name, self.passphrase or None, self.person or None, self.prescription_next
        )


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


def handover_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the pages on which files are opened and given back."""
    router = APIRouter()
    exchange = Exchange(setting.store)
    _add_pages(router, setting, pages)
    _add_opening(router, setting, exchange)
    _add_giving(router, exchange)
    return router


def _add_pages(router: APIRouter, setting: ReviewSetting, pages: ReviewPages) -> None:
    @router.get(PLACE)
    def opening() -> HTMLResponse:
        return pages.page("review/handover.html.j2", place=PLACE)

    @router.get("/people/{person}/give-back")
    def giving(person: str) -> HTMLResponse:
        if person not in {one.pseudonym for one in setting.store.people}:
            return pages.not_found(f"Nobody is called {person} here.")
        saved = setting.store.prescription(person)
        n_videos = sum(
            1 for one in setting.store.sessions(person) for _ in _videos(setting, one.id)
        )
        filled: dict[str, Any] = {"person": person, "saved": saved, "n_videos": n_videos}
        return pages.page("review/give_back.html.j2", place="/", **filled)


def _videos(setting: ReviewSetting, session_id: str) -> list[Path]:
    return list((setting.store.folder / session_id).glob("video-*.mkv"))


def _add_opening(router: APIRouter, setting: ReviewSetting, exchange: Exchange) -> None:
    @router.post(FILE)
    async def file(request: Request) -> JSONResponse:
        length = request.headers.get("content-length", "0")
        file_id = await exchange.receive(request.stream(), int(length))
        return JSONResponse({"id": file_id, "needs_passphrase": exchange.needs_passphrase(file_id)})

    @router.post("/api/review/handover/look")
    def look(sent: FileSent) -> JSONResponse:
        found = exchange.look(sent.id, sent.asked)
        saved = found.saved_at.astimezone() if found.saved_at else None
        return JSONResponse(
            {
                "person": found.person,
                "is_known": found.is_known,
                "is_prescription": found.is_prescription,
                "saved": f"{saved.day} {saved:%B %Y, %H:%M}" if saved else "",
                "n_sessions": found.n_sessions,
                "n_videos": found.n_videos,
            }
        )

    @router.post("/api/review/handover/open")
    def opened(sent: FileSent) -> JSONResponse:
        return JSONResponse(_told(exchange.open(sent.id, sent.asked, setting.today())))

    @router.post("/api/review/handover/away")
    def away(sent: FileSent) -> JSONResponse:
        exchange.forget(sent.id)
        return JSONResponse({})


def _add_giving(router: APIRouter, exchange: Exchange) -> None:
    @router.post("/api/review/people/{person}/handover")
    def save(person: str, sent: FileAsked) -> JSONResponse:
        ready = exchange.save(person, sent.choice, sent.passphrase or None)
        return JSONResponse(
            {
                "id": ready.id,
                "size_mb": round(ready.size_bytes / 1e6, 1),
                "n_sessions": ready.n_sessions,
                "n_videos": ready.n_videos,
                "is_open": not sent.passphrase,
            }
        )

    @router.get("/handover/{file_id}/{name}")
    def fetch(file_id: str, name: str) -> FileResponse:
        path = exchange.path(file_id)
        called = name if name.endswith(SUFFIX) else f"hand-over{SUFFIX}"
        gone = BackgroundTask(exchange.forget, file_id)
        return FileResponse(
            path, media_type="application/octet-stream", filename=called, background=gone
        )


def _told(done: Opened) -> dict[str, Any]:
    """Return what was new, as it is said on the command line."""
    new = done.merged
    counts = {
        "new sessions": len(new.sessions),
        "new videos": len(done.videos),
        "new pain ratings": new.n_pain,
        "new answers about warning signs": new.n_screens,
        "new outcomes": new.n_outcomes,
        "new rules set aside": new.n_overrides,
        "new corrections": new.n_corrections,
    }
    says = [f"{count} {what}" for what, count in counts.items() if count]
    if new.revisions and done.seal is not None:
        revision = new.revisions[-1]
        says.append(f"the prescription is now revision {revision}, {_SEALS[done.seal]}")
    return {
        "person": done.person,
        "says": says or ["nothing new: everything in it was here already"],
        "conflicts": new.conflicts,
        "has_prescription": done.manifest is not None and bool(done.seal),
    }
