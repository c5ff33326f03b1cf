"""A session, looked at in minutes: what was seen, what the machine says of it, what is so."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from formcheck.store import SessionRecord
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting

_MISSING = "There is no such session."


def session_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the pages of one session, and of two beside each other.

    What stands on them is asked for by their scripts (`session_api`); the pages themselves only
    say whose session it is.
    """
    router = APIRouter()

    def found(session_id: str) -> SessionRecord | None:
        if not setting.store.has_session(session_id):
            return None
        return setting.store.session(session_id, poses=False)

    @router.get("/sessions/{session_id}")
    def one_session(session_id: str) -> HTMLResponse:
        session = found(session_id)
        if session is None:
            return pages.not_found(_MISSING)
        return pages.page("review/session.html.j2", place="/", session=session)

    @router.get("/sessions/{session_id}/beside/{other_id}")
    def beside(
        session_id: str, other_id: str, exercise: Annotated[str, Query(max_length=100)] = ""
    ) -> HTMLResponse:
        session, other = found(session_id), found(other_id)
        if session is None or other is None or session.person != other.person:
            return pages.not_found(_MISSING)
        return pages.page(
            "review/beside.html.j2", place="/", session=session, other=other, exercise=exercise
        )

    return router
