"""Hand-over files in the therapist's pages: opened, and given back."""

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response

from formcheck.handover import Opened
from formcheck.prescription.day_words import in_words
from formcheck.prescription.seal import SealState
from formcheck.web.handing_over import Exchange, Looked
from formcheck.web.handover_routes import (
    FileAsked,
    Told,
    fetched,
    opening_routes,
    saved,
    upload_path,
)
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting

PLACE = "/handover"
_ADDRESS = "/api/review/handover"
FILE = upload_path(_ADDRESS)
_SEALS = {
    SealState.SEALED: "its seal is whole",
    SealState.BROKEN: "its seal is broken: it was changed after it was sealed",
    SealState.NONE: "it bears no seal",
}


def handover_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the pages on which files are opened and given back."""
    router = APIRouter()
    exchange = Exchange(setting.store)
    router.include_router(opening_routes(exchange, _ADDRESS, _Here(setting)))
    _add_pages(router, setting, pages)

    @router.post("/api/review/people/{person}/handover")
    def save(person: str, sent: FileAsked) -> JSONResponse:
        return saved(exchange, person, sent)

    @router.get("/handover/{file_id}/{name}")
    def fetch(file_id: str, name: str) -> Response:
        return fetched(exchange, file_id, name)

    return router


def _add_pages(router: APIRouter, setting: ReviewSetting, pages: ReviewPages) -> None:
    @router.get(PLACE)
    def opening() -> HTMLResponse:
        return pages.page("review/handover.html.j2", place=PLACE)

    @router.get("/people/{person}/give-back")
    def giving(person: str) -> HTMLResponse:
        if person not in {one.pseudonym for one in setting.store.people}:
            return pages.not_found(f"Nobody is called {person} here.")
        filled: dict[str, Any] = {
            "person": person,
            "saved": setting.store.prescription(person),
            "n_videos": _n_videos(setting, person),
        }
        return pages.page("review/give_back.html.j2", place="/", **filled)


def _n_videos(setting: ReviewSetting, person: str) -> int:
    folders = (setting.store.folder / one.id for one in setting.store.sessions(person))
    return sum(len(list(folder.glob("video-*.mkv"))) for folder in folders)


class _Here:
    """The therapist's side: anybody's file, under the name that is given to its person here."""

    def __init__(self, setting: ReviewSetting) -> None:
        self._setting = setting

    def today(self) -> date:
        return self._setting.today()

    def person(self, sent: str) -> str | None:
        return sent or None

    def looked(self, looked: Looked, language: str) -> Told:  # noqa: ARG002 - in English alone
        saved_at = looked.saved_at.astimezone() if looked.saved_at else None
        return {
            "person": looked.person,
            "is_known": looked.is_known,
            "is_prescription": looked.is_prescription,
            "saved": f"{in_words(saved_at)}, {saved_at:%H:%M}" if saved_at else "",
            "n_sessions": looked.n_sessions,
            "n_videos": looked.n_videos,
        }

    def opened(self, opened: Opened, language: str) -> Told:  # noqa: ARG002 - in English alone
        """Return what was new, as it is said on the command line."""
        new = opened.merged
        counts = {
            "new sessions": len(new.sessions),
            "new videos": len(opened.videos),
            "new pain ratings": new.n_pain,
            "new answers about warning signs": new.n_screens,
            "new outcomes": new.n_outcomes,
            "new rules set aside": new.n_overrides,
            "new corrections": new.n_corrections,
        }
        says = [f"{count} {what}" for what, count in counts.items() if count]
        if new.revisions and opened.seal is not None:
            revision = new.revisions[-1]
            says.append(f"the prescription is now revision {revision}, {_SEALS[opened.seal]}")
        return {
            "person": opened.person,
            "says": says or ["nothing new: everything in it was here already"],
            "conflicts": new.conflicts,
            "has_prescription": opened.manifest is not None and bool(opened.seal),
        }
