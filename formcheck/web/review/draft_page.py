"""Where a prescription is changed: a draft, what the rules say of it, and signing it."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

from formcheck.errors import StaleRevisionError
from formcheck.recordings import therapist_key
from formcheck.web.review.changes_sent import ChangeSent
from formcheck.web.review.desk import Desk, OnDesk, Signing
from formcheck.web.review.draft_view import draft_words
from formcheck.web.review.first_page import first_page, shown_first
from formcheck.web.review.item_changes import Numbers
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.person_page import person_words
from formcheck.web.review.setting import ReviewSetting

_CONFLICT = 409
_Line = Annotated[str, Field(max_length=200)]


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SigningSent(_Sent):
    """Who signs; the passphrase goes no further than to the key."""

    name: _Line
    licence: _Line
    passphrase: Annotated[str, Field(max_length=1000)] = ""


class NumberSent(_Sent):
    """A number of an exercise; None takes it back."""

    name: Annotated[str, Field(max_length=64)]
    value: FiniteFloat | None


class NumbersSent(_Sent):
    """Numbers of an exercise for one person."""

    numbers: Annotated[list[NumberSent], Field(max_length=60)]


def draft_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the page on which a prescription is changed, and what it asks for."""
    router = APIRouter()
    desk = Desk(setting)
    shown = _Shown(setting, pages)
    router.include_router(first_page(setting, pages, desk))
    _add_pages(router, desk, shown)
    _add_changes(router, desk, shown)
    _add_ends(router, desk)

    @router.get("/people/{person}/prescription.toml")
    def file(person: str) -> Response:
        return _as_file(setting, pages, person)

    return router


class _Shown:
    """Show a draft as a page, or what a change may alter of it."""

    def __init__(self, setting: ReviewSetting, pages: ReviewPages) -> None:
        self._setting, self._pages = setting, pages
        self._words = person_words(pages.texts) | draft_words(setting, pages.texts)

    def first(self, person: str) -> HTMLResponse:
        return shown_first(self._setting, self._pages, person)

    def page(self, person: str, found: OnDesk) -> HTMLResponse:
        return self._filled("review/draft.html.j2", person, found)

    def body(self, person: str, found: OnDesk) -> HTMLResponse:
        return self._filled("review/draft_body.html.j2", person, found)

    def _filled(self, template: str, person: str, found: OnDesk) -> HTMLResponse:
        key = therapist_key.protection(self._setting.key)
        filled = {"person": person, "desk": found, "key": key, **self._words}
        return self._pages.page(template, place="/", **filled)


def _add_pages(router: APIRouter, desk: Desk, shown: _Shown) -> None:
    @router.get("/people/{person}/prescription")
    def page(person: str) -> HTMLResponse:
        if not desk.has_something(person):
            return shown.first(person)
        return shown.page(person, desk.open(person))

    @router.get("/people/{person}/prescription/body")
    def body(person: str) -> HTMLResponse:
        return shown.body(person, desk.open(person))


def _add_changes(router: APIRouter, desk: Desk, shown: _Shown) -> None:
    @router.post("/api/review/people/{person}/draft/changes")
    def change(person: str, sent: ChangeSent) -> HTMLResponse:
        return shown.body(person, desk.change(person, sent))

    @router.post("/api/review/people/{person}/draft/undo")
    def undo(person: str) -> HTMLResponse:
        return shown.body(person, desk.undo(person))

    @router.post("/api/review/people/{person}/draft/rebase")
    def rebase(person: str) -> HTMLResponse:
        return shown.body(person, desk.rebase(person))

    @router.post("/api/review/people/{person}/thresholds/{exercise}")
    def thresholds(person: str, exercise: str, sent: NumbersSent) -> JSONResponse:
        numbers = {one.name: one.value for one in sent.numbers}
        change = Numbers(kind="numbers", exercise=exercise, numbers=numbers)
        found = desk.change(person, ChangeSent(change=change))
        return JSONResponse(_as_told(person, found))


def _add_ends(router: APIRouter, desk: Desk) -> None:
    @router.post("/api/review/people/{person}/draft/discard")
    def discard(person: str) -> JSONResponse:
        desk.discard(person)
        return JSONResponse({})

    @router.post("/api/review/people/{person}/draft/sign")
    def sign(person: str, sent: SigningSent) -> JSONResponse:
        try:
            saved = desk.sign(person, Signing(sent.name, sent.licence, sent.passphrase or None))
        except StaleRevisionError as error:
            return JSONResponse({"says": str(error)}, _CONFLICT)
        return JSONResponse({"revision": saved.revision})


def _as_told(person: str, found: OnDesk) -> Mapping[str, Any]:
    says = f"It is part of the draft of the prescription of {person}: look at it there and sign it."
    return {"says": says, "n_blocking": len(found.blocking)}


def _as_file(setting: ReviewSetting, pages: ReviewPages, person: str) -> Response:
    saved = setting.store.prescription(person)
    if saved is None:
        return pages.not_found(f"Nothing is prescribed for {person}.")
    name = f"prescription-revision-{saved.revision:03d}.prescription.toml"
    return Response(
        saved.toml,
        media_type="application/toml",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
