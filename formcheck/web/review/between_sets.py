"""What the log of a session says beside its sets: what was no exercise, and what was another one.

A log may come from elsewhere: what is not understood in it is left out.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, FiniteFloat, ValidationError

from formcheck.analysis.timeline import SegmentKind
from formcheck.exercises.schema import Exercise
from formcheck.recordings.session_journal import events_in
from formcheck.reports.timeline_words import SEGMENT_WORDS
from formcheck.store import SessionRecord

Json = dict[str, Any]


class _NoExercise(BaseModel):
    time_s: FiniteFloat
    until_s: FiniteFloat
    kind: SegmentKind


class _Another(BaseModel):
    time_s: FiniteFloat
    exercise: str
    instead: str


_Told = TypeVar("_Told", bound=BaseModel)


def between_sets(record: SessionRecord, exercises: Mapping[str, Exercise]) -> Json:
    """Return the stretches in which nothing was recognised, and where another exercise was done.

    Rests are no news. Times are on the clock of the session [s].
    """
    events = list(events_in(record.events))

    def name(exercise_id: str) -> str:
        found = exercises.get(exercise_id)
        return found.name if found else exercise_id

    return {
        "unnamed": [
            {"start_s": one.time_s, "end_s": one.until_s, "says": SEGMENT_WORDS[one.kind]}
            for one in _told(events, "NoExerciseSeen", _NoExercise)
            if one.kind in {SegmentKind.UNKNOWN, SegmentKind.AWAY}
        ],
        "instead": [
            {"time_s": one.time_s, "says": f"{name(one.instead)} instead of {name(one.exercise)}"}
            for one in _told(events, "AnotherExercise", _Another)
        ],
    }


def _told(events: list[Mapping[str, Any]], kind: str, model: type[_Told]) -> Iterator[_Told]:
    for one in events:
        if one["type"] == kind:
            try:
                yield model.model_validate(one)
            except ValidationError:
                continue
