"""Everybody who exercises here."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting


def people_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the page of all people, which is the first one."""
    router = APIRouter()

    @router.get("/")
    def people() -> HTMLResponse:
        return pages.page("review/people.html.j2", place="/", people=setting.store.people)

    return router
