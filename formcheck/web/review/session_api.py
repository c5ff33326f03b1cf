"""What the session page asks and says: a session with its corrections, and other numbers for it."""

import shutil
import tempfile
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property, reduce
from operator import add
from pathlib import Path
from typing import Any

from fastapi import APIRouter, HTTPException
from fastapi.responses import FileResponse, JSONResponse, Response
from starlette.background import BackgroundTask

from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.exercises.settable_numbers import settable_numbers
from formcheck.measures import MEASURES
from formcheck.recordings import Recording
from formcheck.reports.number_words import number_label
from formcheck.reviewing.agreement import Agreement, agreements
from formcheck.reviewing.corrected import judged_session, judged_set
from formcheck.reviewing.curves import SetCurves, set_curves
from formcheck.reviewing.judged import Figures, JudgedSession, JudgedSet
from formcheck.reviewing.judging import SessionSight
from formcheck.session_records import judged_record
from formcheck.store import SetRecord
from formcheck.web.plain import as_json
from formcheck.web.review.kept_video import part_of, videos_of
from formcheck.web.review.pages import ReviewPages
from formcheck.web.review.pose_bytes import pose_bytes
from formcheck.web.review.said import CorrectionSent, NumbersSent, SignOffSent, Speaker
from formcheck.web.review.session_json import Json, SessionWords, exercises_of, figures
from formcheck.web.review.setting import ReviewSetting
from formcheck.web.review.sights import Sights

_SESSION = "/api/review/sessions/{session_id}"
_SET = f"{_SESSION}/sets/{{name}}"


def session_api(setting: ReviewSetting, pages: ReviewPages) -> APIRouter:
    """Return what the session page asks; who says something, and when, is never asked of it."""
    router = APIRouter()
    desk = _Desk(setting, pages)
    _add_reading(router, desk)
    _add_seen(router, desk)
    _add_saying(router, desk)
    _add_numbers(router, desk)
    _add_agreement(router, desk)
    return router


class _Desk:
    """The sessions of the store, as they are told."""

    def __init__(self, setting: ReviewSetting, pages: ReviewPages) -> None:
        self.setting, self.store, self.texts = setting, setting.store, pages.texts
        self.words = SessionWords(setting, pages.texts)
        self.sights = Sights(setting)

    def judged(self, session_id: str) -> JudgedSession:
        """Return a session as it stands."""
        if not self.store.has_session(session_id):
            raise HTTPException(404)
        record = self.store.session(session_id, poses=False)
        exercises = exercises_of(record, self.setting)
        return judged_session(record, self.store.corrections(session_id), exercises)

    def judged_set(self, session_id: str, name: str) -> tuple[JudgedSession, JudgedSet]:
        """Return a session as it stands, and one of its sets."""
        judged = self.judged(session_id)
        found = next((one for one in judged.sets if one.record.name == name), None)
        if found is None:
            raise HTTPException(404)
        return judged, found

    def sight(self, session_id: str, name: str | None = None) -> SessionSight:
        """Return what was seen in a session, in which there is a set."""
        if not self.store.has_session(session_id):
            raise HTTPException(404)
        seen = self.sights.of(session_id).seen
        if name is not None and all(one.name != name for one in seen.record.sets):
            raise HTTPException(404)
        return seen

    def speaker(self, judged: JudgedSession) -> Speaker:
        """Return who speaks now."""
        return Speaker(judged, self.setting.name, self.setting.now())

    def has_video(self, session_id: str) -> bool:
        """Whether pictures of a session were kept."""
        return bool(videos_of(self.store.folder, session_id))

    @cached_property
    def parts(self) -> Path:
        """A folder for parts of videos, which goes with the server."""
        folder = Path(tempfile.mkdtemp(prefix="formcheck-review-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    def session_json(self, session_id: str) -> Json:
        """Return a session for the page."""
        judged = self.judged(session_id)
        lines = self.store.summaries(judged.record.person)
        index = next(k for k, one in enumerate(lines) if one.id == session_id)
        beside = {
            name: {"id": lines[k].id, "started": lines[k].started.isoformat()}
            if 0 <= k < len(lines)
            else None
            for name, k in (("previous", index - 1), ("next", index + 1))
        }
        return self.words.session(judged, beside, has_video=self.has_video(session_id))

    def set_json(self, session_id: str, name: str) -> Json:
        """Return a set for the page."""
        judged, one = self.judged_set(session_id, name)
        exercises = exercises_of(judged.record, self.setting)
        return self.words.set(one, exercises, has_video=self.has_video(session_id))


def _add_reading(router: APIRouter, desk: _Desk) -> None:
    @router.get(_SESSION)
    def session(session_id: str) -> JSONResponse:
        return JSONResponse(desk.session_json(session_id))


def _add_seen(router: APIRouter, desk: _Desk) -> None:
    @router.get(f"{_SET}/curves")
    def curves(session_id: str, name: str) -> JSONResponse:
        sight = desk.sight(session_id, name)
        seen = sight.seen(name)
        found = set_curves(sight.exercise(name), seen.observed)
        # Who opens a set may soon try other numbers on it; what they wait for comes first.
        soon = BackgroundTask(desk.sights.of(session_id).prepare, seen.exercise.id)
        return JSONResponse(_curves(found, desk), background=soon)

    @router.get(f"{_SET}/poses")
    def poses(session_id: str, name: str) -> Response:
        sight = desk.sight(session_id, name)
        one = next(one for one in sight.record.sets if one.name == name)
        header = Recording(one.poses, name=name).header
        told = pose_bytes(sight.poses(name), (header.width_px, header.height_px))
        return Response(told, media_type="application/octet-stream")

    @router.get(f"{_SET}/video")
    def video(session_id: str, name: str) -> Response:
        judged, one = desk.judged_set(session_id, name)
        videos = videos_of(desk.store.folder, session_id)
        target = desk.parts / f"{session_id}-{name}.mp4"
        if not target.exists() and not _is_written(judged, one.record, videos, target):
            return JSONResponse({"says": "no video was kept of this set"}, 404)
        return FileResponse(target, media_type="video/mp4")


def _is_written(
    judged: JudgedSession, one: SetRecord, videos: Sequence[Path], target: Path
) -> bool:
    """Write the part of the videos that shows a set, whole or not at all."""
    with _beside(target) as written:
        if not part_of(judged.record, one, list(videos), written):
            return False
        written.replace(target)
    return True


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    with tempfile.NamedTemporaryFile(dir=target.parent, suffix=".mp4", delete=False) as file:
        written = Path(file.name)
    try:
        yield written
    finally:
        written.unlink(missing_ok=True)


def _add_saying(router: APIRouter, desk: _Desk) -> None:
    @router.post(f"{_SET}/corrections")
    def correct(session_id: str, name: str, sent: CorrectionSent) -> JSONResponse:
        judged, one = desk.judged_set(session_id, name)
        desk.store.add_correction(desk.speaker(judged).said(one.record, sent))
        return JSONResponse(desk.set_json(session_id, name))

    @router.post(f"{_SESSION}/corrections/{{number}}/withdraw")
    def withdraw(session_id: str, number: int) -> JSONResponse:
        said = desk.speaker(desk.judged(session_id)).withdrawn(number)
        desk.store.add_correction(said)
        if said.set_name is None:
            return JSONResponse(desk.session_json(session_id))
        return JSONResponse(desk.set_json(session_id, said.set_name))

    @router.post(f"{_SESSION}/accept-rest")
    def accept_rest(session_id: str) -> JSONResponse:
        judged = desk.judged(session_id)
        speaker = desk.speaker(judged)
        desk.store.add_corrections([one for each in judged.sets for one in speaker.accepted(each)])
        return JSONResponse(desk.session_json(session_id))

    @router.post(f"{_SESSION}/sign-off")
    def sign_off(session_id: str, sent: SignOffSent) -> JSONResponse:
        judged = desk.judged(session_id)
        desk.store.add_correction(desk.speaker(judged).signed_off(sent.comment))
        return JSONResponse(desk.session_json(session_id))


def _add_numbers(router: APIRouter, desk: _Desk) -> None:
    @router.get(f"{_SESSION}/thresholds/{{exercise}}")
    def numbers(session_id: str, exercise: str) -> JSONResponse:
        sight = desk.sight(session_id)
        names = sight.names_of(exercise)
        if not names:
            raise HTTPException(404)
        desk.sights.of(session_id).prepare(exercise)
        return JSONResponse(_numbers(sight, names[0], desk))

    @router.post(f"{_SESSION}/thresholds/{{exercise}}")
    def judge(session_id: str, exercise: str, sent: NumbersSent) -> JSONResponse:
        sight = desk.sight(session_id)
        if not sight.names_of(exercise):
            raise HTTPException(404)
        thresholds = [SetThreshold(one.name, one.value) for one in sent.numbers]
        found, took_s = desk.sights.of(session_id).judged(exercise, thresholds)
        before = [judged_set(record, ()) for record, _ in found]
        now = [
            judged_set(judged_record(record, verdict), (), verdict.exercise)
            for record, verdict in found
        ]
        return JSONResponse(
            {
                "sets": [desk.words.set(one, sight.exercises) for one in now],
                "before": figures(_together(before)),
                "now": figures(_together(now)),
                "took_s": took_s,
            }
        )


def _add_agreement(router: APIRouter, desk: _Desk) -> None:
    @router.get("/api/review/people/{person}/agreement")
    def of_person(person: str) -> JSONResponse:
        return JSONResponse(_told(agreements(desk.store.corrections_of(person)), desk))


def _together(sets: Sequence[JudgedSet]) -> Figures:
    return reduce(add, (one.by_machine for one in sets), Figures())


def _numbers(sight: SessionSight, name: str, desk: _Desk) -> Json:
    """Return the numbers of an exercise as they were in a set, and what else they might be."""
    fitted = sight.exercise(name)
    in_the_file = {one.name: one.value for one in settable_numbers(sight.exercises[fitted.id])}
    prescribed = {one.name: one.value for one in sight.fit(name).thresholds}
    numbers = [
        {
            "name": one.name,
            "label": number_label(one, desk.texts),
            "unit": one.unit,
            "value": one.value,
            "in_the_file": in_the_file.get(one.name),
            "prescribed": prescribed.get(one.name),
            "expected_error": MEASURES[one.measure].expected_error if one.measure else None,
        }
        for one in settable_numbers(fitted)
    ]
    return {"exercise": fitted.id, "name": fitted.name, "numbers": as_json(numbers)}


def _curves(found: SetCurves, desk: _Desk) -> Json:
    curves: list[Json] = [
        {
            "measure": one.measure,
            "side": one.side or None,
            "label": desk.words.measure(one.measure),
            "unit": one.unit,
            "expected_error": one.expected_error,
            "is_primary": one.is_primary,
            "values": [round(value, 4) for value in one.values],
            "thresholds": [{"name": t.name, "value": t.value} for t in one.thresholds],
        }
        for one in found.curves
    ]
    told: Json = as_json({"times_s": found.times_s, "curves": curves})
    return told


def _told(found: Sequence[Agreement], desk: _Desk) -> list[dict[str, Any]]:
    return [
        {
            "exercise": one.exercise,
            "name": desk.setting.exercise_name(one.exercise),
            "n_reviewed": one.n_reviewed,
            "n_agreed": one.n_accepted,
            "n_rejected": one.n_rejected,
            "n_added": one.n_added,
            "n_relabelled": one.n_relabelled,
            "share": one.share.value,
            "interval": list(one.share.interval),
        }
        for one in found
    ]
