"""What the page may ask for and choose besides the socket; ids are looked up, never opened."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import JSONResponse

import formcheck
from formcheck.errors import FormcheckError
from formcheck.exercises.schema import Dose, Exercise
from formcheck.session.plan import Plan, Step
from formcheck.texts import Texts, languages
from formcheck.web.demonstration import Demonstration, demonstration
from formcheck.web.describing import plan_json
from formcheck.web.live import LiveSession
from formcheck.web.messages import (
    NewSessionSent,
    PlannedExercise,
    PlanSent,
    SettingsBody,
    UnfinishedSent,
)
from formcheck.web.plain import as_json
from formcheck.web.video import encoder


def reading(session: LiveSession) -> APIRouter:
    """Return the questions that change nothing."""
    router = APIRouter(prefix="/api")
    shown: dict[str, Demonstration | None] = {}

    @router.get("/state")
    def state() -> dict[str, Any]:
        return _state(session)

    @router.get("/texts/{language}")
    def texts(language: str) -> JSONResponse:
        if language not in languages():
            raise HTTPException(404)
        return JSONResponse(Texts.load(language).table(session.setting.exercises.values()))

    @router.get("/demonstration/{exercise_id}")
    def demonstrated(exercise_id: str) -> JSONResponse:
        exercise = session.setting.exercises.get(exercise_id)
        if exercise is not None and exercise_id not in shown:
            shown[exercise_id] = demonstration(exercise)
        found = shown.get(exercise_id)
        if found is None:
            raise HTTPException(404)
        return JSONResponse(as_json(found))

    return router


def choosing(session: LiveSession) -> APIRouter:
    """Return the answers that the patient gives before a session."""
    router = APIRouter(prefix="/api")

    @router.post("/plan")
    def plan(sent: PlanSent) -> dict[str, Any]:
        steps = tuple(_step(one, session.setting.exercises) for one in sent.exercises)
        if not session.choose(Plan(steps)):
            raise HTTPException(409)
        return _state(session)

    @router.post("/settings")
    def settings(sent: SettingsBody) -> dict[str, Any]:
        if sent.language not in languages():
            raise HTTPException(422)
        session.speak(sent.language)
        return _state(session)

    return router


def beginning(session: LiveSession) -> APIRouter:
    """Return how to go on with a session that was cut off, and how to begin anew after one."""
    router = APIRouter(prefix="/api")

    @router.post("/new_session")
    def new_session(_: NewSessionSent) -> dict[str, Any]:
        _or_conflict(session.begin_anew)
        return _state(session)

    @router.post("/ask_signs")
    def ask_signs(_: NewSessionSent) -> dict[str, Any]:
        _or_conflict(session.ask_signs)
        return _state(session)

    @router.post("/unfinished")
    def unfinished(sent: UnfinishedSent) -> dict[str, Any]:
        if sent.action == "keep":
            _or_conflict(session.keep_unfinished)
        else:
            _or_conflict(session.resume_unfinished)
        return _state(session)

    return router


def _or_conflict(do: Callable[[], bool]) -> None:
    """Do what a session may be asked for, or answer that it cannot be done now, and why."""
    try:
        is_done, why = do(), None
    except FormcheckError as error:
        is_done, why = False, str(error)
    if not is_done:
        raise HTTPException(409, why)


def _steps(session: LiveSession) -> list[dict[str, Any]]:
    """Return what has changed by itself since the last session, and why."""
    programme = session.setting.programme
    return [
        {"exercise_id": one.item.exercise, "text": session.said(one.proposal.says)}
        for one in (programme.steps if programme else ())
    ]


def _step(sent: PlannedExercise, exercises: Mapping[str, Exercise]) -> Step:
    exercise = exercises.get(sent.id)
    if exercise is None or (sent.repetitions is None) == (sent.hold_s is None):
        raise HTTPException(422)
    dose = Dose(
        sets=sent.sets,
        repetitions=sent.repetitions,
        hold_s=sent.hold_s,
        rest_s=exercise.starting_dose.rest_s,
    )
    if not exercise.fits(dose):
        raise HTTPException(422)
    return Step(exercise, dose)


def _state(session: LiveSession) -> dict[str, Any]:
    setting, unfinished = session.setting, session.left_over.session
    return {
        "version": formcheck.__version__,
        "languages": [{"code": code, "name": name} for code, name in languages().items()],
        "language": setting.chosen_language,
        "plan": plan_json(session.plan) if session.plan else [],
        "exercises": [
            {
                "id": exercise.id,
                "level": exercise.level,
                "view": exercise.camera.view,
                "is_hold": exercise.is_hold,
                "needs_floor": exercise.needs_floor,
                "contraindications": as_json(exercise.contraindications),
                "dose": as_json(exercise.starting_dose),
                "has_demonstration": bool(exercise.motion),
            }
            for exercise in setting.exercises.values()
        ],
        "person": setting.programme.person if setting.programme else None,
        "has_my_page": setting.programme is not None or setting.opened is not None,
        "steps": _steps(session),
        "unfinished": unfinished.described() if unfinished else None,
        "folder": str(setting.store),
        "in_use": session.is_in_use,
        "can_store_video": encoder() is not None,
        "stores_video": session.stores_video,
    }
