"""My page: the patient gives a file to their therapist, and opens what they were given."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from formcheck.errors import FormcheckError
from formcheck.handover import Opened
from formcheck.prescription.seal import SealState
from formcheck.texts import Texts, languages
from formcheck.texts.texts import ENGLISH
from formcheck.web.handing_over import LARGEST_FILE_BYTES, Exchange, Looked
from formcheck.web.handover_routes import (
    FileAsked,
    Told,
    fetched,
    opening_routes,
    saved,
    upload_path,
)
from formcheck.web.my_page import MyPage

ADDRESS = "/api/me/handover"
_NOTHING_TO_GIVE = 422
UPLOADS: Mapping[str, int] = {upload_path(ADDRESS): LARGEST_FILE_BYTES}


def my_exchange(page: MyPage, follow_anew: Callable[[], bool]) -> APIRouter:
    """Return what My page asks about hand-over files.

    Parameters
    ----------
    follow_anew
        Has the session follow what is prescribed now; False where it does so after the one that is
        under way.
    """
    router = APIRouter()
    exchange = Exchange(page.store)
    router.include_router(opening_routes(exchange, ADDRESS, _Mine(page, follow_anew)))

    @router.post(f"{ADDRESS}/save")
    def save(sent: FileAsked) -> JSONResponse:
        if page.person is None:
            return JSONResponse({"says": ""}, _NOTHING_TO_GIVE)
        return saved(exchange, page.person, sent)

    @router.get("/me/handover/{file_id}/{name}")
    def fetch(file_id: str, name: str) -> Response:
        return fetched(exchange, file_id, name)

    return router


class _Mine:
    """The patient's side: whatever is opened is about them, under the name that they have here.

    Who has none yet gets the one in the file.
    """

    def __init__(self, page: MyPage, follow_anew: Callable[[], bool]) -> None:
        self._page = page
        self._follow_anew = follow_anew
        self._texts = {code: Texts.load(code) for code in languages()}

    def today(self) -> date:
        return self._page.today()

    def person(self, sent: str) -> str | None:  # noqa: ARG002 - nobody else is here
        return self._page.person

    def looked(self, looked: Looked, language: str) -> Told:
        texts = self._texts.get(language, self._texts[ENGLISH])
        if looked.saved_at is None:
            return {"about": texts.say("exchange.plan_for", person=looked.person)}
        day = texts.date(looked.saved_at.astimezone().date())
        return {"about": texts.say("exchange.file_of", person=looked.person, date=day)}

    def opened(self, opened: Opened, language: str) -> Told:
        texts = self._texts.get(language, self._texts[ENGLISH])
        found = list(self._new(opened, texts))
        return {
            "says": found or [texts.say("exchange.nothing_new")],
            "conflicts": opened.merged.conflicts,
            "can_follow": any("prescription" in one for one in opened.merged.conflicts),
        }

    def _new(self, opened: Opened, texts: Texts) -> Iterator[str]:
        """Yield what was new, in the patient's words."""
        if opened.merged.revisions:
            yield texts.say("exchange.new_plan")
            yield texts.say(f"exchange.seal_{opened.seal or SealState.NONE}")
            yield self._followed(texts)
        yield from _beside_the_plan(opened, texts)

    def _followed(self, texts: Texts) -> str:
        """Say from when on a new plan counts, or what keeps it from beginning."""
        try:
            is_now = self._follow_anew()
        except FormcheckError as error:
            return str(error)
        return texts.say("exchange.counts_now" if is_now else "exchange.counts_next")


def _beside_the_plan(opened: Opened, texts: Texts) -> Iterator[str]:
    new = opened.merged
    if new.n_corrections:
        yield texts.say("exchange.new_corrections", n=new.n_corrections)
    if new.sessions:
        yield texts.say("exchange.new_sessions", n=len(new.sessions))
    n_said = new.n_pain + new.n_screens + new.n_outcomes + new.n_overrides
    if n_said:
        yield texts.say("exchange.new_entries", n=n_said)
