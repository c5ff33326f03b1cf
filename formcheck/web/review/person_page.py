"""A person: how the weeks go, what was done, what is prescribed, and what may be changed of it."""

from functools import partial
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from formcheck.prescription.outcomes import Measure, MeasureId, measures
from formcheck.prescription.saying import Saying
from formcheck.reports.number_words import own_number_labels
from formcheck.reports.prescription_changes import short_dose
from formcheck.store import OutcomeScore
from formcheck.texts import Texts
from formcheck.web.review import clinical_words
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.person_view import person_view
from formcheck.web.review.setting import ReviewSetting
from formcheck.weeks import charts


def person_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the page of a person."""
    router = APIRouter()
    words = person_words(pages.texts) | {"number_name": partial(_number_name, setting, pages.texts)}

    @router.get("/people/{person}")
    def person(person: str, page: int = 1) -> HTMLResponse:
        if person not in {one.pseudonym for one in setting.store.people}:
            return pages.not_found(f"Nobody is called {person} here.")
        view = person_view(setting, person, page)
        return pages.page("review/person.html.j2", place="/", view=view, **words)

    return router


def _number_name(setting: ReviewSetting, texts: Texts, exercise_id: str, name: str) -> str:
    """Return what a number of an exercise is called; one that is no longer there by its name."""
    found = setting.exercises.get(exercise_id)
    return own_number_labels(found, texts).get(name, name) if found else name


def person_words(texts: Texts) -> dict[str, Any]:
    """Return what the pages of a person say things with."""

    def told(saying: Saying) -> str:
        return texts.say(saying.key, **dict(saying.arguments))

    def amount(measure: Measure, value: float) -> str:
        if measure.unit == "s":
            return texts.say("time.seconds_short", n=value)
        return texts.number(value, 1)

    def score(one: OutcomeScore) -> str:
        return amount(measures()[MeasureId(one.measure)], one.score)

    return {
        "told": told,
        "amount": amount,
        "score": score,
        "box": charts,
        "dose": short_dose,
        "why": clinical_words.reason,
        "changes": clinical_words.CHANGES,
        "stop_rules": clinical_words.STOP_RULES,
    }
