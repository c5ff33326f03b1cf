"""Ask for every kind of page once before anybody does, so that the first request is as any other.

What a page needs for the first time, its template compiled, its questions to the store put
together, libraries loaded, tables read, costs several times what the page itself does.
"""

import asyncio
import gc
import logging
from collections.abc import Iterator
from urllib.parse import quote, unquote

from starlette.types import ASGIApp, Message, Scope

from formcheck.patient_reports import ReportKind
from formcheck.store.listing import Asked
from formcheck.web.review.setting import ReviewSetting

_PAGES = (
    "/",
    "/?q=a+b",
    "/sessions?q=a+b",
    "/recordings",
    "/handover",
    "/exercises",
    "/exercises/new",
    "/new-person",
)
# A short one of so many: all that counts is that everything is done once.
_NEWEST = 20
_log = logging.getLogger(__name__)


def make_ready(app: ASGIApp, setting: ReviewSetting) -> None:
    """Ask an application for pages, and see to it that what is there now is not looked at again.

    Parameters
    ----------
    app
        The pages, without their door.
    """
    asyncio.run(_ask(app, list(pages_to_ask_for(setting))))
    # What is loaded by now stays until the end: looking through it for garbage, again and again,
    # would hold up one request in ten for longer than the page itself takes.
    gc.collect()
    gc.freeze()


def pages_to_ask_for(setting: ReviewSetting) -> Iterator[str]:
    """Yield the addresses of a page of each kind, of one of the newest sessions and its person."""
    yield from _PAGES
    newest = setting.store.listed(Asked(limit=_NEWEST)).sessions
    found = min((one for one in newest if one.n_sets), key=lambda one: one.duration_s, default=None)
    if found is None:
        return
    person, session = f"/people/{quote(found.person, safe='')}", f"/sessions/{found.id}"
    yield from (person, f"{person}/prescription", f"{person}/give-back")
    yield from (session, f"{session}/beside/{found.id}", f"/api/review{session}")
    for one in setting.store.session(found.id, poses=False).sets[:1]:
        about = f"/api/review{session}/sets/{quote(one.name, safe='')}"
        yield from (f"{about}/curves", f"{about}/poses")
        yield f"/api/review{session}/thresholds/{quote(one.exercise, safe='')}"
    for kind in ReportKind:
        asked = f"?session={found.id}" if kind is ReportKind.SESSION else ""
        yield f"/reports/{kind}/{quote(found.person, safe='')}{asked}"


async def _ask(app: ASGIApp, addresses: list[str]) -> None:
    for address in addresses:
        path, _, query = address.partition("?")
        scope: Scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "root_path": "",
            "path": unquote(path),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [],
            "client": None,
            "server": None,
        }
        try:
            await app(scope, _nothing_more, _to_nobody)
        except Exception as error:  # whoever asks for this page is told; the others are there
            _log.warning("%s is not ready: %r", path, error)


async def _nothing_more() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}


async def _to_nobody(_: Message) -> None:
    pass
