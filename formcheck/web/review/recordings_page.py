"""Recordings from anywhere: dropped on the page, followed while they are analysed.

A file comes as a plain body and goes straight to the disk. Its name is only shown; where it goes
to, and what it is asked about by, is an id of ours.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, NonNegativeInt
from starlette.requests import ClientDisconnect

from formcheck.errors import UsageError
from formcheck.exercises.schema import Exercise
from formcheck.incoming.apart import looked_at_apart
from formcheck.incoming.arriving import Arriving
from formcheck.incoming.background import Background
from formcheck.incoming.queue import Queue, Taken
from formcheck.incoming.wish import Wish
from formcheck.recordings.incoming_file import Incoming
from formcheck.recordings.own_exercises import own_exercises
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.setting import ReviewSetting

PATH = "/recordings"
UPLOAD_PATH = "/api/review/recordings/upload"
MOST_AT_ONCE = 3
_API = "/api/review/recordings"
_AT_ONCE_BYTES = 1 << 20


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Announced(_Sent):
    """A file that is about to come."""

    person: str
    size_bytes: NonNegativeInt


class Told(_Sent):
    """When a recording was made."""

    recorded: AwareDatetime


class Again(_Sent):
    """A recording that is to be analysed again; without an exercise it is to be recognised."""

    exercise: str | None = None


def recordings_page(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return the page of recordings with the questions it asks; what waits is worked off."""
    queue = Queue(setting.store.folder, setting.now, looked_at_apart)
    router = APIRouter(lifespan=_working_off(queue))

    @router.get(PATH)
    def page() -> HTMLResponse:
        exercises = sorted(_exercises(setting).values(), key=lambda one: one.name)
        return pages.page(
            "review/recordings.html.j2",
            place=PATH,
            people=[one.pseudonym for one in setting.store.people],
            exercises=[(one.id, one.name) for one in exercises],
            most_at_once=MOST_AT_ONCE,
        )

    @router.get(_API)
    def listed() -> Response:
        return JSONResponse([_shown(one, queue, setting) for one in reversed(queue.listed())])

    _add_uploads(router, queue, setting)
    _add_changes(router, queue, setting)
    return router


def _add_uploads(router: APIRouter, queue: Queue, setting: ReviewSetting) -> None:
    coming: set[Request] = set()

    @router.post(f"{_API}/announce")
    def announce(sent: Announced) -> Response:
        queue.announced(sent.size_bytes, sent.person)
        return Response(status_code=204)

    @router.post(UPLOAD_PATH)
    async def upload(
        request: Request,
        name: Annotated[str, Query(max_length=1000)],
        person: Annotated[str, Query(max_length=200)],
        exercise: Annotated[str | None, Query(max_length=200)] = None,
        modified_ms: Annotated[int | None, Query(ge=0, le=10**14)] = None,
        *,
        keep: bool = False,
    ) -> Response:
        if len(coming) >= MOST_AT_ONCE:
            raise UsageError(f"{MOST_AT_ONCE} files are on their way already: wait for one of them")
        wish = Wish(person, _known(exercise, setting), keep)
        coming.add(request)
        try:
            taken = await _taken(request, queue, name, wish, _time(modified_ms))
        except ClientDisconnect:
            return Response(status_code=400)  # nobody hears it
        finally:
            coming.discard(request)
        shown = _shown(taken.facts, queue, setting)
        return JSONResponse({"is_new": taken.is_new, "recording": shown}, 201)


def _add_changes(router: APIRouter, queue: Queue, setting: ReviewSetting) -> None:
    @router.post(f"{_API}/{{recording_id}}/date")
    def date(recording_id: str, sent: Told) -> Response:
        return JSONResponse(_shown(queue.tell_date(recording_id, sent.recorded), queue, setting))

    @router.post(f"{_API}/{{recording_id}}/cancel")
    def cancel(recording_id: str) -> Response:
        queue.cancel(recording_id)
        return JSONResponse(_shown(queue.find(recording_id), queue, setting))

    @router.post(f"{_API}/{{recording_id}}/retry")
    def retry(recording_id: str, sent: Again) -> Response:
        facts = queue.retry(recording_id, _known(sent.exercise, setting))
        return JSONResponse(_shown(facts, queue, setting))

    @router.post(f"{_API}/{{recording_id}}/remove")
    def remove(recording_id: str) -> Response:
        queue.remove(recording_id)
        return Response(status_code=204)


async def _taken(
    request: Request, queue: Queue, name: str, wish: Wish, modified: datetime | None
) -> Taken:
    """Write a body to the disk while it comes, and put it into the queue once it is whole."""
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise UsageError("expected a file that says how long it is")
    await run_in_threadpool(queue.announced, int(length), wish.person)
    with queue.arriving(int(length)) as arriving:
        await _write(request, arriving)
        arrived = await run_in_threadpool(arriving.finish)
        return await run_in_threadpool(queue.take, arrived, name, wish, modified)


async def _write(request: Request, arriving: Arriving) -> None:
    waiting = bytearray()
    async for part in request.stream():
        waiting += part
        if len(waiting) >= _AT_ONCE_BYTES:
            await run_in_threadpool(arriving.write, bytes(waiting))
            waiting.clear()
    await run_in_threadpool(arriving.write, bytes(waiting))


def _working_off(queue: Queue) -> Any:
    """Return what works off, while the server runs, what waits."""

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        background = Background(queue)
        background.start()
        yield
        await run_in_threadpool(background.close)

    return life


def _exercises(setting: ReviewSetting) -> dict[str, Exercise]:
    """Return every exercise that may be named, with those that were made here."""
    return {**setting.exercises, **own_exercises(setting.store.folder)}


def _known(exercise: str | None, setting: ReviewSetting) -> str | None:
    if exercise and exercise not in _exercises(setting):
        raise UsageError(f"there is no exercise {exercise[:80]!r}")
    return exercise or None


def _time(modified_ms: int | None) -> datetime | None:
    return None if modified_ms is None else datetime.fromtimestamp(modified_ms / 1000, UTC)


def _shown(facts: Incoming, queue: Queue, setting: ReviewSetting) -> dict[str, Any]:
    """Return a recording as its page shows it."""
    return {
        "id": facts.id,
        "person": facts.person,
        "name": facts.name,
        "size_bytes": facts.size_bytes,
        "recorded": facts.recorded.isoformat() if facts.recorded else None,
        "date_from": facts.date_from.value,
        "can_change_date": not facts.is_over and not facts.session,
        "exercise": setting.exercise_name(facts.exercise) if facts.exercise else None,
        "keeps_video": facts.keeps_video,
        "state": facts.state.value,
        "share": facts.share,
        "is_over": facts.is_over,
        "can_retry": queue.can_retry(facts),
        "reason": facts.reason,
        "session": facts.session,
        "says": list(facts.says),
    }
