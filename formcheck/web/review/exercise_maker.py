"""Define an exercise by showing it, on one page: from a stored set or an upload to its file."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from formcheck.authoring import (
    Choices,
    Demonstration,
    Kind,
    Mark,
    Marks,
    Trial,
    drafted,
    exercise_text,
    proposed_marks,
    ranked,
    tried,
    watched,
)
from formcheck.authoring.marks import checked
from formcheck.errors import UsageError
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.schema import Exercise
from formcheck.recordings import own_exercises
from formcheck.store import Store
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting
from formcheck.web.review.shown import (
    ShownDemonstrations,
    plain_marks,
    plain_moved,
    plain_times,
)
from formcheck.web.review.shown_file import Received, SentDemonstrations

PLACE = "/exercises"
UPLOAD = "/api/review/demonstrations/upload"
_DEMONSTRATION = "/api/review/demonstrations/{key}"
_MOST_SESSIONS = 12
Seconds = Annotated[float, Field(ge=0, le=1e5, allow_inf_nan=False)]


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SetSent(_Sent):
    """Which set of which session is the demonstration."""

    session: str
    set: str


class AskedSent(_Sent):
    """How many repetitions are shown, or that a posture is held; None to be told."""

    count: Annotated[int, Field(ge=1, le=100)] | None = None
    is_hold: bool | None = None


class MarkSent(_Sent):
    """A mark as the page has it."""

    kind: Kind
    from_s: Seconds
    to_s: Seconds


class MarksSent(_Sent):
    """All marks."""

    is_hold: bool
    marks: Annotated[tuple[MarkSent, ...], Field(max_length=400)]

    def checked(self, demonstration: Demonstration) -> Marks:
        """Return them as they are worked with."""
        marks = tuple(Mark(one.kind, one.from_s, one.to_s) for one in self.marks)
        return checked(Marks(marks, self.is_hold), demonstration)


class DraftSent(_Sent):
    """What is to become an exercise.

    Attributes
    ----------
    with_fault
        The key of a demonstration that shows the faults; None where there is none.
    replaces
        Whether one of the same name may be written over.
    """

    marks: MarksSent
    choices: Choices
    with_fault: str | None = None
    replaces: bool = False


def exercise_maker(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the pages of exercises, and what the maker of own ones may ask."""
    router, shown = APIRouter(), ShownDemonstrations()
    _add_pages(router, setting, pages)
    _add_demonstrations(router, setting, shown)
    _add_drafts(router, setting, shown, pages)
    return router


def _add_pages(router: APIRouter, setting: ReviewSetting, pages: ReviewPages) -> None:
    @router.get(PLACE)
    def exercises() -> HTMLResponse:
        own = own_exercises.own_exercises(setting.store.folder)
        return pages.page(
            "review/exercises.html.j2",
            place=PLACE,
            own=list(own.values()),
            built_in=[one for one in setting.exercises.values() if one.id not in own],
            unreadable=own_exercises.unreadable(setting.store.folder),
        )

    @router.get(f"{PLACE}/new")
    def maker() -> HTMLResponse:
        return pages.page(
            "review/exercise_maker.html.j2",
            place=PLACE,
            people=setting.store.people,
            equipment=list(Equipment),
        )

    assert exercises is not None
    assert maker is not None


def _add_demonstrations(
    router: APIRouter, setting: ReviewSetting, shown: ShownDemonstrations
) -> None:
    sent = SentDemonstrations()

    @router.get("/api/review/demonstrations")
    def sets(person: str) -> JSONResponse:
        return JSONResponse(list(_sets_of(setting.store, person, setting)))

    @router.post("/api/review/demonstrations")
    def of_set(which: SetSent) -> JSONResponse:
        recording = setting.store.recording(which.session, which.set)
        return _opened(shown, watched(recording))

    @router.post(UPLOAD)
    async def upload(request: Request) -> JSONResponse:
        with Received() as received:
            await received.take(request.stream())
            return _opened(shown, await run_in_threadpool(sent.read, received.path))

    assert sets is not None
    assert of_set is not None
    assert upload is not None


def _sets_of(store: Store, person: str, setting: ReviewSetting) -> list[Mapping[str, object]]:
    """Return the sets of a person's last sessions, the newest first."""
    lines = sorted(store.sessions(person), key=lambda line: line.started, reverse=True)
    return [
        {
            "session": line.id,
            "set": one.name,
            "started": line.started.isoformat(),
            "exercise": setting.exercise_name(one.exercise),
        }
        for line in lines[:_MOST_SESSIONS]
        for one in store.session(line.id, poses=False).sets
    ]


def _opened(shown: ShownDemonstrations, demonstration: Demonstration) -> JSONResponse:
    return JSONResponse(
        {
            "key": shown.keep(demonstration),
            "duration_s": round(demonstration.duration_s, 2),
            "from_s": round(demonstration.poses[0][0], 2),
            "to_s": round(demonstration.poses[-1][0], 2),
            "view": demonstration.view.value,
            "times": plain_times(demonstration),
        }
    )


def _add_drafts(
    router: APIRouter, setting: ReviewSetting, shown: ShownDemonstrations, pages: ReviewPages
) -> None:
    def ranking(demonstration: Demonstration, marks: Marks) -> JSONResponse:
        moved = ranked(demonstration, marks)
        rows = plain_moved(demonstration, moved, pages.texts)
        return JSONResponse({**plain_marks(marks), "moved": rows})

    @router.post(f"{_DEMONSTRATION}/proposal")
    def proposal(key: str, sent: AskedSent) -> JSONResponse:
        demonstration = shown.of(key)
        return ranking(
            demonstration, proposed_marks(demonstration, sent.count, is_hold=sent.is_hold)
        )

    @router.post(f"{_DEMONSTRATION}/ranking")
    def ranking_of(key: str, sent: MarksSent) -> JSONResponse:
        demonstration = shown.of(key)
        return ranking(demonstration, sent.checked(demonstration))

    @router.post(f"{_DEMONSTRATION}/trial")
    def trial(key: str, sent: DraftSent) -> JSONResponse:
        demonstration = shown.of(key)
        marks = sent.marks.checked(demonstration)
        exercise = drafted(demonstration, marks, sent.choices, setting.today())
        wrong = shown.of(sent.with_fault) if sent.with_fault else None
        return JSONResponse(_plain_trial(exercise, demonstration, marks, wrong))

    @router.post(f"{_DEMONSTRATION}/save")
    def save(key: str, sent: DraftSent) -> Response:
        demonstration = shown.of(key)
        marks = sent.marks.checked(demonstration)
        return JSONResponse(_saved(setting, demonstration, marks, sent, setting.today()))

    assert proposal is not None
    assert ranking_of is not None
    assert trial is not None
    assert save is not None


def _plain_trial(
    exercise: Exercise, demonstration: Demonstration, marks: Marks, wrong: Demonstration | None
) -> dict[str, object]:
    found = tried(exercise, demonstration, marks)
    return {
        "id": exercise.id,
        "is_right": found.is_right,
        "says": found.says(),
        "counted_by": _counted_by(exercise),
        "raised": _raised(exercise, found),
        "raised_on_fault": wrong and _raised(exercise, tried(exercise, wrong, Marks(()))),
        "text": exercise_text(exercise, ranked(demonstration, marks)),
    }


def _counted_by(exercise: Exercise) -> dict[str, str]:
    variant = exercise.variants[0]
    readings = variant.repetition.signals if variant.repetition else ()
    if variant.hold:
        return {"measure": variant.hold.conditions[0].measure, "side": ""}
    return {"measure": readings[0].measure, "side": readings[0].side.value}


def _raised(exercise: Exercise, trial: Trial) -> list[dict[str, str]]:
    return [
        {"name": one.name, "says": one.says}
        for one in exercise.findings
        if one.name in trial.fault_names
    ]


def _saved(
    setting: ReviewSetting,
    demonstration: Demonstration,
    marks: Marks,
    sent: DraftSent,
    today: date,
) -> dict[str, object]:
    """Keep the exercise; from here on it is known to the other pages."""
    exercise = drafted(demonstration, marks, sent.choices, today)
    trial = tried(exercise, demonstration, marks)
    if not trial.is_right:
        raise UsageError(f"it does not count its own demonstration ({trial.says()}): not saved")
    folder = setting.store.folder
    if not sent.replaces and own_exercises.file_of(folder, exercise.id).exists():
        raise UsageError(
            f"there is an own exercise {exercise.id} already: give it another name, or tick that"
            " it takes its place"
        )
    text = exercise_text(exercise, ranked(demonstration, marks))
    path = own_exercises.save(folder, exercise.id, text)
    setting.exercises[exercise.id] = exercise
    return {"id": exercise.id, "file": path.name, "is_validated": exercise.is_validated}
