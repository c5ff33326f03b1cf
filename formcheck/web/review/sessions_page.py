"""Every session of everybody."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from formcheck.reviewing.searching import words_of
from formcheck.store.listing import Asked, SessionKind, SessionOrder
from formcheck.web.review.asked_for import ROWS, AskedFor, one_of
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting
from formcheck.weeks.going import rule_id

PATH = "/sessions"
KINDS = {
    SessionKind.NOT_REVIEWED: "Not reviewed",
    SessionKind.TO_TELL: "Stop rule to know of",
    SessionKind.HURT: "It hurt",
    SessionKind.FAULTS: "With faults",
    SessionKind.HARDLY_ASSESSED: "Hardly assessed",
    SessionKind.CORRECTED: "Corrected",
    SessionKind.REVIEWED: "Reviewed",
}
ORDERS = {
    SessionOrder.NEWEST: "Newest first",
    SessionOrder.NEEDIEST: "Neediest first",
    SessionOrder.OLDEST: "Oldest first",
}


def sessions_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the page of all sessions."""
    router = APIRouter()

    @router.get(PATH)
    def sessions(
        q: str = "", kind: str = "", order: str = "", person: str = "", page: str = ""
    ) -> HTMLResponse:
        only, by = one_of(SessionKind, kind), one_of(SessionOrder, order) or SessionOrder.NEWEST
        usual = None if by is SessionOrder.NEWEST else by
        asked = AskedFor.of(PATH, q, page, kind=only, order=usual, person=person[:64])
        words = words_of(asked.search, setting.exercises.values())
        found = setting.store.listed(
            Asked(words, only, person or None, by, offset=asked.offset, limit=ROWS)
        )
        return pages.page(
            "review/sessions.html.j2",
            place=PATH,
            asked=asked,
            chosen=only,
            person=person,
            order=by,
            kinds=KINDS,
            orders=ORDERS,
            sessions=found.sessions,
            n_found=found.n_found,
            stop_rules=_stop_rules,
        )

    return router


def _stop_rules(told: Sequence[str]) -> str:
    """Return the rules of what a session's log calls them, as a therapist knows them."""
    return ", ".join(dict.fromkeys(rule_id(one).upper() for one in told))
