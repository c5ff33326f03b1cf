"""Everybody who exercises here, who needs attention most first."""

import enum
import math
from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from formcheck.reviewing.attention_rules import RULES, NeedKind
from formcheck.reviewing.overview import PersonLine, overview
from formcheck.reviewing.searching import words_of
from formcheck.store.listing import Hits
from formcheck.web.review.asked_for import ROWS, AskedFor, one_of
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting
from formcheck.web.review.sparkline import sparkline

PATH = "/"


class PeopleOrder(enum.StrEnum):
    """In which order people are listed; else who needs attention most comes first."""

    NAME = "name"
    LAST_SESSION = "last"
    DAYS = "days"
    NOT_REVIEWED = "open"


def people_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the page of all people, which is the first one."""
    router = APIRouter()

    @router.get(PATH)
    def people(q: str = "", need: str = "", order: str = "", page: str = "") -> HTMLResponse:
        kind, by = one_of(NeedKind, need), one_of(PeopleOrder, order)
        asked = AskedFor.of(PATH, q, page, need=kind, order=by)
        lines = overview(setting.store, setting.exercises, setting.today())
        words = words_of(asked.search, setting.exercises.values())
        hits = setting.store.hits(words) if words else None
        found = [one for one in lines if hits is None or one.person in hits]
        counts = Counter(need for one in found for need in {need.kind for need in one.needs})
        shown = _ordered([one for one in found if kind is None or _has(one, kind)], by)
        return pages.page(
            "review/people.html.j2",
            place=PATH,
            asked=asked,
            chosen=kind,
            order=by,
            orders=PeopleOrder,
            rules=RULES.values(),
            counts=counts,
            n_people=len(lines),
            n_found=len(found),
            n_shown=len(shown),
            lines=shown[asked.offset : asked.offset + ROWS],
            hits=hits or {},
            no_hits=Hits(0, None),
            sparkline=sparkline,
        )

    return router


def _has(line: PersonLine, kind: NeedKind) -> bool:
    return any(one.kind is kind for one in line.needs)


def _ordered(lines: Sequence[PersonLine], order: PeopleOrder | None) -> list[PersonLine]:
    """Return people in another order; those who are alike in it stay in order of attention."""
    match order:
        case PeopleOrder.NAME:
            return sorted(lines, key=lambda one: (one.person.casefold(), one.person))
        case PeopleOrder.LAST_SESSION:
            return sorted(lines, key=_last_session, reverse=True)
        case PeopleOrder.DAYS:
            return sorted(lines, key=_share_of_days)
        case PeopleOrder.NOT_REVIEWED:
            return sorted(lines, key=lambda one: -one.facts.n_not_reviewed)
        case None:
            return list(lines)


def _last_session(line: PersonLine) -> float:
    newest = line.facts.newest
    return newest.started.timestamp() if newest else -math.inf


def _share_of_days(line: PersonLine) -> float:
    """Return which share of the planned days was done, to come first the less it was."""
    share = line.calendar.share if line.calendar else math.nan
    return math.inf if math.isnan(share) else share
