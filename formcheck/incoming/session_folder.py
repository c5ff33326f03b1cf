"""Write what a recording shows as the folder of a session, as a live session writes its own.

From there on nothing tells it from one but what its log says: where it comes from, and what else
was seen in it.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any

from formcheck.analysis.own_numbers import AS_IN_THE_FILE
from formcheck.analysis.verdict import Verdict
from formcheck.exercises.dose import Dose
from formcheck.exercises.plain import OWN_PREFIX
from formcheck.exercises.schema import Exercise
from formcheck.files import output_errors
from formcheck.incoming.prescribed import Orders
from formcheck.incoming.seeing import Seen
from formcheck.incoming.stretches import Stretch, cut, file_name
from formcheck.landmarks import Side
from formcheck.prescription.resolving import Prescribed
from formcheck.recordings import SUFFIX
from formcheck.recordings.incoming_file import Incoming
from formcheck.recordings.session_facts import (
    EVENTS,
    SESSION,
    PlannedStep,
    RecordedSet,
    SessionFacts,
)
from formcheck.session.stages import SetEnd
from formcheck.session_records import verdict_of

LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class DoneSet:
    """One set, judged by this person's numbers.

    Attributes
    ----------
    prescribed
        What was prescribed of it; None where nothing was.
    step_index, set_number
        The exercise in the order in which they were begun, from 0, and which set of it, from 1.
    """

    name: str
    stretch: Stretch
    exercise: Exercise
    verdict: Verdict
    prescribed: Prescribed | None
    step_index: int
    set_number: int

    @property
    def dose(self) -> Dose | None:
        """How much was due."""
        return self.prescribed.dose if self.prescribed else None

    @property
    def end(self) -> SetEnd:
        """Whether all that was due was done."""
        return SetEnd.DONE if self.dose is None or self._done >= self.dose.due else SetEnd.SKIPPED

    @property
    def _done(self) -> float:
        is_timed = self.dose is not None and self.dose.hold_s is not None
        return self.verdict.held_s if is_timed else len(self.verdict.repetitions)


def session_id(facts: Incoming) -> str:
    """Return what a session is called that comes of a recording: the same one for the same one."""
    if facts.recorded is None:
        raise ValueError("nobody has said when it was recorded")
    return f"{facts.recorded.astimezone(UTC):%Y%m%dT%H%M%SZ}-{facts.id[:6]}"


def write_session(
    folder: Path,
    facts: Incoming,
    seen: Seen,
    found: Sequence[Stretch],
    orders: Orders,
    exercises: Mapping[str, Exercise],
) -> tuple[DoneSet, ...]:
    """Write the folder of a session, and return its sets.

    Parameters
    ----------
    folder
        A new one.
    found
        The sets, at least one.

    Raises
    ------
    OutputError
        If it cannot be written.
    SourceError
        If the poses cannot be read again.
    """
    with output_errors(folder):
        folder.mkdir(parents=True)
    paths = [folder / file_name(number, one.exercise) for number, one in enumerate(found, start=1)]
    parts = list(zip(paths, found, strict=True))
    cut(seen.recording, parts, facts.name)
    sets = tuple(_Numbering(orders).sets(parts, exercises))
    _session_facts(facts, sets, orders).save(folder / SESSION)
    lines = [
        json.dumps(event, ensure_ascii=False, allow_nan=False)
        for event in sorted(_events(facts, seen, sets, orders), key=lambda one: one["time_s"])
    ]
    with output_errors(folder / EVENTS):
        (folder / EVENTS).write_text("\n".join(lines) + "\n", encoding="utf-8")
        if seen.video:
            seen.video.replace(folder / seen.video.name)
    return sets


@dataclass(slots=True)
class _Numbering:
    """Steps in the order in which they were begun; each side that is prescribed is its own."""

    orders: Orders
    steps: list[tuple[str, Side | None]] = field(default_factory=list)
    n_sets: Counter[int] = field(default_factory=Counter)

    def sets(
        self, parts: Sequence[tuple[Path, Stretch]], exercises: Mapping[str, Exercise]
    ) -> Iterator[DoneSet]:
        for path, stretch in parts:
            exercise = exercises[stretch.exercise]
            fit = self.orders.fits.get(exercise.id, AS_IN_THE_FILE)
            verdict, _ = verdict_of(RecordedSet(path, exercise, {}, None, fit))
            prescribed = self.orders.item(exercise.id, _only_side(verdict))
            step = (exercise.id, prescribed.side if prescribed else None)
            if step not in self.steps:
                self.steps.append(step)
            index = self.steps.index(step)
            self.n_sets[index] += 1
            name = path.name.removesuffix(SUFFIX)
            yield DoneSet(name, stretch, exercise, verdict, prescribed, index, self.n_sets[index])


def _only_side(verdict: Verdict) -> Side | None:
    """Return the side to which everything belongs that was done; None where it is none."""
    sides = {one.side for one in verdict.repetitions} | {one.side for one in verdict.holds}
    return next(iter(sides)) if len(sides) == 1 else None


def _session_facts(facts: Incoming, sets: Sequence[DoneSet], orders: Orders) -> SessionFacts:
    if facts.recorded is None:
        raise ValueError("nobody has said when it was recorded")
    firsts = {one.step_index: one for one in reversed(sets)}
    return SessionFacts(
        started=facts.recorded.isoformat(timespec="seconds"),
        language=LANGUAGE,
        plan=tuple(
            PlannedStep(
                exercise=firsts[index].exercise.id,
                dose=firsts[index].dose or firsts[index].exercise.starting_dose,
            )
            for index in sorted(firsts)
        ),
        own_exercises=tuple(_own(sets)),
        thresholds=orders.thresholds,
        person=facts.person,
        prescription_revision=orders.revision,
    )


def _own(sets: Sequence[DoneSet]) -> Iterator[Exercise]:
    """Yield the exercises that do not come with formcheck, each once."""
    by_id = {one.exercise.id: one.exercise for one in sets}
    yield from (one for one in by_id.values() if one.id.startswith(OWN_PREFIX))


def _events(
    facts: Incoming, seen: Seen, sets: Sequence[DoneSet], orders: Orders
) -> Iterator[dict[str, Any]]:
    """Yield what the log says, each with its time on the clock of the recording."""
    yield {
        "type": "RecordingTakenIn",
        "time_s": 0.0,
        "file": facts.name,
        "sha256": facts.sha256,
        "exercise": facts.exercise,
        "date_from": facts.date_from.value,
        "incomplete": seen.incomplete,
    }
    if seen.video:
        yield {"type": "VideoStarted", "time_s": 0.0, "file": seen.video.name}
    for one in sets:
        yield from _set_events(one, is_told=orders.revision is not None)
    for segment in seen.analysis.timeline:
        if segment.exercise is None:
            yield {
                "type": "NoExerciseSeen",
                "time_s": segment.start_s,
                "until_s": segment.end_s,
                "kind": segment.kind.value,
            }
    for instead in seen.analysis.done_instead:
        yield {
            "type": "AnotherExercise",
            "time_s": instead.time_s,
            "exercise": facts.exercise,
            "instead": instead.exercise,
        }
    yield {"type": "SessionEnded", "time_s": _last_s(seen, sets), "was_stopped": False}


def _set_events(one: DoneSet, *, is_told: bool) -> Iterator[dict[str, Any]]:
    about = {
        "set": one.name,
        "step_index": one.step_index,
        "set_number": one.set_number,
        "exercise": one.exercise.id,
    }
    dose = one.dose.model_dump(mode="json") if one.dose else None
    yield {"type": "SetStarted", "time_s": one.stretch.from_s, **about, "dose": dose}
    if is_told and one.prescribed is None:
        yield {"type": "NotPrescribed", "time_s": one.stretch.from_s, **about}
    yield {"type": "SetEnded", "time_s": one.stretch.to_s, **about, "end": one.end.value}


def _last_s(seen: Seen, sets: Sequence[DoneSet]) -> float:
    ends = [segment.end_s for segment in seen.analysis.timeline]
    return max((*ends, *(one.stretch.to_s for one in sets)))
