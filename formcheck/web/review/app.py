"""The therapist's application: its pages, each with the questions that it may ask."""

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.types import ASGIApp

from formcheck.errors import FormcheckError
from formcheck.incoming.arriving import LARGEST_BYTES
from formcheck.web.access import Access
from formcheck.web.handing_over import LARGEST_FILE_BYTES
from formcheck.web.review.draft_page import draft_page
from formcheck.web.review.exercise_maker import UPLOAD, exercise_maker
from formcheck.web.review.handover_page import FILE, handover_page
from formcheck.web.review.made_ready import make_ready
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.people_page import people_page
from formcheck.web.review.person_page import person_page
from formcheck.web.review.recordings_page import UPLOAD_PATH, recordings_page
from formcheck.web.review.report_routes import report_routes
from formcheck.web.review.session_api import session_api
from formcheck.web.review.session_page import session_page
from formcheck.web.review.sessions_page import sessions_page
from formcheck.web.review.setting import ReviewSetting
from formcheck.web.review.shown_file import LARGEST_UPLOAD_BYTES
from formcheck.web.security import Door
from formcheck.web.shell import shell

# Where files may be sent to, and of how many bytes at most.
UPLOADS: dict[str, int] = {
    UPLOAD_PATH: LARGEST_BYTES,
    FILE: LARGEST_FILE_BYTES,
    UPLOAD: LARGEST_UPLOAD_BYTES,
}
_API = "/api/"


def make_review_app(setting: ReviewSetting, access: Access, *, asks_first: bool = False) -> ASGIApp:
    """Return the application behind its door.

    Parameters
    ----------
    setting
        What it is started with.
    access
        The secrets of this run.
    asks_first
        Whether to ask for every kind of page once, so that nobody waits for what only the first
        request needs: for a process that serves these pages and nothing else.
    """
    app, pages = shell(access), ReviewPages(setting)
    _add_troubles(app, pages)
    app.include_router(people_page(setting, pages))
    app.include_router(session_page(setting, pages))
    app.include_router(session_api(setting, pages))
    app.include_router(person_page(setting, pages))
    app.include_router(draft_page(setting, pages))
    app.include_router(report_routes(setting, pages))
    app.include_router(recordings_page(setting, pages))
    app.include_router(handover_page(setting, pages))
    app.include_router(sessions_page(setting, pages))
    app.include_router(exercise_maker(setting, pages))
    if asks_first:
        make_ready(app, setting)
    return Door(app, access, UPLOADS)


def _add_troubles(app: FastAPI, pages: ReviewPages) -> None:
    @app.exception_handler(FormcheckError)
    async def trouble(request: Request, error: FormcheckError) -> Response:
        """Say what can be put right: as a page, or to the page that has asked."""
        if request.url.path.startswith(_API):
            return JSONResponse({"says": str(error)}, 422)
        what = str(error)
        return pages.page("review/trouble.html.j2", place="/", status=422, what=what)

    @app.exception_handler(404)
    async def missing(request: Request, _: Exception) -> Response:
        if request.url.path.startswith(_API):
            return JSONResponse({"says": "there is no such thing"}, 404)
        return pages.not_found("There is no such page.")

    assert trouble is not None
    assert missing is not None
