"""A first prescription, drafted from a few answers: a draft like any other from there on."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formcheck.errors import PrescriptionError
from formcheck.exercises.aims import Aim
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.equipment import Equipment
from formcheck.prescription.condition_names import CLINICAL_NAMES
from formcheck.prescription.drafting import Answers, draft
from formcheck.prescription.made import first_mistake
from formcheck.prescription.model import NoHeat, Prescription
from formcheck.texts import Texts
from formcheck.web.review.desk import Desk
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting

NEW_PERSON = "/new-person"


class AnswersSent(BaseModel):
    """What is known of somebody before there is a plan, as `Answers` has it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    goal: Annotated[str, Field(max_length=200)]
    onset: date
    starts: date
    aims: Annotated[list[Aim], Field(max_length=len(Aim))]
    age_years: int | None = None
    pain_0_10: Annotated[int, Field(ge=0, le=10)] | None = None
    conditions: list[HealthCondition] = []
    equipment: list[Equipment] = []
    gets_down_alone: bool = True
    has_bed: bool = True
    first_stage_passed: bool = False
    no_heat: NoHeat | None = None
    wants_complement: bool = False

    def answers(self, person: str) -> Answers:
        """Return the same for the drafting."""
        sets = {
            "aims": tuple(self.aims),
            "conditions": frozenset(self.conditions),
            "equipment": frozenset(self.equipment),
        }
        return Answers(person=person, **{**dict(self), **sets})


def first_page(setting: ReviewSetting, pages: ReviewPages, desk: Desk) -> APIRouter:
    """Return where a first prescription is begun."""
    router = APIRouter()

    @router.get(NEW_PERSON)
    def new_person() -> HTMLResponse:
        return shown_first(setting, pages, "")

    @router.post("/api/review/people/{person}/draft/first")
    def first(person: str, sent: AnswersSent) -> JSONResponse:
        desk.begin(person, _drafted(setting, pages.texts, sent.answers(person)))
        return JSONResponse({})

    return router


def shown_first(setting: ReviewSetting, pages: ReviewPages, person: str) -> HTMLResponse:
    """Return the page that asks what a first prescription follows from.

    Parameters
    ----------
    person
        Whose it is to be; empty to ask for a pseudonym.
    """
    return pages.page(
        "review/first.html.j2",
        place="/",
        person=person,
        today=setting.today(),
        aims=tuple(Aim),
        conditions=CLINICAL_NAMES,
        equipment=tuple(Equipment),
        no_heat=tuple(NoHeat),
    )


def _drafted(setting: ReviewSetting, texts: Texts, answers: Answers) -> Prescription:
    try:
        return draft(answers, setting.exercises, lambda aim: texts.say(f"aim.{aim}"))
    except ValidationError as error:
        raise PrescriptionError(first_mistake(error)) from error
