"""Reports about a person: to read in the browser, and to print."""

from typing import Annotated

from fastapi import APIRouter, Path, Query
from fastapi.responses import HTMLResponse, Response

from formcheck.patient_reports import ReportKind, Request, report
from formcheck.patient_reports.html import html_of, style
from formcheck.patient_reports.making import Format, file_name
from formcheck.patient_reports.pdf import pdf_of
from formcheck.texts.texts import ENGLISH
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting

STYLESHEET = "/reports/report.css"
_MOST_LETTERS = 200


def report_routes(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return where reports are: ``/reports/{kind}/{person}``, by session, language and format."""
    del pages  # a report has a page of its own, which is printed without the navigation
    router = APIRouter()

    @router.get(STYLESHEET)
    def report_style() -> Response:
        return Response(style(), media_type="text/css; charset=utf-8")

    @router.get("/reports/{kind}/{person}")
    def report_page(
        kind: ReportKind,
        person: Annotated[str, Path(max_length=_MOST_LETTERS)],
        session: Annotated[str | None, Query(max_length=_MOST_LETTERS)] = None,
        language: Annotated[str, Query(max_length=_MOST_LETTERS)] = ENGLISH,
        pictures: Annotated[bool, Query()] = False,
        as_format: Annotated[Format, Query(alias="format")] = Format.HTML,
    ) -> Response:
        asked = Request(kind, person, language, setting.today(), session or None, pictures)
        document = report(setting.store, asked, setting.exercises)
        if as_format is Format.HTML:
            return HTMLResponse(html_of(document, stylesheet=STYLESHEET))
        shown = f'inline; filename="{file_name(asked, as_format)}"'
        headers = {"Content-Disposition": shown}
        return Response(pdf_of(document), media_type="application/pdf", headers=headers)

    return router
