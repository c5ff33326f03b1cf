"""The patient's own page: how the weeks go, and what they enter about pain and daily life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from formcheck.errors import FormcheckError
from formcheck.exercises.schema import Exercise
from formcheck.prescription.outcomes import MeasureId
from formcheck.store import Store
from formcheck.texts import Texts, languages
from formcheck.texts.texts import ENGLISH
from formcheck.web.my_words import MyWords
from formcheck.web.outcomes_sent import OutcomeSent, Refused, score_of
from formcheck.web.setting import Setting
from formcheck.weeks import Weeks, kept_of, weeks_of


@dataclass(frozen=True, slots=True)
class MyPage:
    """Whose page it is, and what it is made from.

    Attributes
    ----------
    setting
        Gives what sessions begin with now: another prescription may be followed than at first.
    """

    store: Store
    setting: Callable[[], Setting]

    @classmethod
    def of(cls, setting: Callable[[], Setting]) -> "MyPage | None":
        """Return the page of whoever exercises here; None where no store is open."""
        programme = setting().programme
        store = programme.store if programme else setting().opened
        return None if store is None else cls(store, setting)

    @property
    def person(self) -> str | None:
        """None where nothing is prescribed yet: then there is a file to be opened, and no more."""
        programme = self.setting().programme
        return programme.person if programme else None

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """All that are known, by id."""
        return self.setting().exercises

    @property
    def language(self) -> str | None:
        """What was asked for on the command line; None for the browser's."""
        return self.setting().chosen_language

    def today(self) -> date:
        """Return the day where the person is."""
        return self.setting().today()

    def weeks(self) -> Weeks | None:
        """Return how the weeks go; None where nothing is prescribed.

        Raises
        ------
        FormcheckError
            If what is kept cannot be read.
        """
        today = self.today()
        if self.person is None:
            return None
        kept = kept_of(self.store, self.person, today)
        return weeks_of(kept, self.exercises, today) if kept else None


def my_page(page: MyPage) -> APIRouter:
    """Return the page, and where what is entered on it is sent."""
    router = APIRouter()

    @router.get("/me")
    def me(request: Request, language: str = "", saved: str = "") -> HTMLResponse:
        chosen = _words(page, language, request)
        try:
            weeks = page.weeks()
        except FormcheckError as error:
            return HTMLResponse(chosen.trouble(str(error)), 500)
        is_saved = saved in set(MeasureId)
        entered = page.store.outcomes(page.person) if page.person else ()
        return HTMLResponse(chosen.page(weeks, entered, is_saved=is_saved))

    @router.post("/api/me/outcomes")
    def outcomes(sent: OutcomeSent, request: Request, language: str = "") -> JSONResponse:
        chosen = _words(page, language, request)
        try:
            score = score_of(sent, page.today())
        except Refused as refused:
            return JSONResponse({"field": refused.field, "says": chosen.told(refused.says)}, 422)
        if page.person is None:
            return JSONResponse({"field": "", "says": chosen.no_plan}, 422)
        try:
            page.store.add_outcome(page.person, score)
        except FormcheckError as error:
            return JSONResponse({"field": "", "says": str(error)}, 500)
        return JSONResponse({"saved": score.measure})

    return router


def _words(page: MyPage, asked: str, request: Request) -> MyWords:
    language = _language(page, asked, request.headers.get("accept-language", ""))
    return MyWords(Texts.load(language), page.exercises)


def _language(page: MyPage, asked: str, accepted: str) -> str:
    """Return the language that is asked for, or chosen at the start, or the browser's first."""
    wanted = (one.split(";")[0].strip().split("-")[0].lower() for one in accepted.split(","))
    known = languages()
    return next((one for one in (asked, page.language, *wanted) if one and one in known), ENGLISH)
