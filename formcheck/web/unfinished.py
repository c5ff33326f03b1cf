"""Go on with a session that was cut off, or keep what there is of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.analysis.own_numbers import Fit
from formcheck.analysis.verdict import Verdict
from formcheck.errors import FormcheckError, SourceError
from formcheck.exercises.schema import Dose, Exercise
from formcheck.files import output_errors
from formcheck.pose import Pose
from formcheck.prescription.pain import Moment, PainSaid, Quality
from formcheck.recordings import Recording
from formcheck.recordings.folder_lock import is_locked
from formcheck.recordings.session_facts import EVENTS, RecordedSet, SessionFolder, is_session
from formcheck.session.earlier import Earlier
from formcheck.session.events import PainRated, PainReported
from formcheck.session.plan import Plan, Step
from formcheck.session.stages import SetEnd
from formcheck.session.summary import SetResult
from formcheck.session_records import verdict_of
from formcheck.web.programme import Programme

# No plan is as long: nothing is left to do.
_BEHIND_ALL = (1_000_000, 1)


@dataclass(frozen=True, slots=True)
class CutSet:
    """The poses of a set that was cut off, with their times, and which set it was."""

    step_index: int
    set_number: int
    exercise: str
    size_px: tuple[int, int]
    seen: tuple[tuple[float, Pose | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Resumed:
    """Everything that a flow needs to go on.

    Attributes
    ----------
    earlier
        What was done of it.
    cut
        What had been seen of the set that was cut off; None where it was between sets.
    last_s
        The session's time when it was cut off [s].
    fits
        What was known of the person's own range by then.
    said
        What had been said about pain.
    """

    plan: Plan
    earlier: Earlier
    cut: CutSet | None
    last_s: float
    fits: Mapping[str, Fit]
    said: tuple[PainSaid, ...] = ()


class UnfinishedSession:
    """A session that has neither ended nor been kept.

    Parameters
    ----------
    folder
        Where it lies.
    exercises
        All that are known, by id.
    """

    def __init__(self, folder: SessionFolder, exercises: Mapping[str, Exercise]) -> None:
        self.folder = folder
        own = {exercise.id: exercise for exercise in folder.facts.own_exercises}
        self._exercises = {**exercises, **own}

    def described(self) -> dict[str, Any]:
        """Return what the page shows of it."""
        n_done = sum(
            event["type"] == "SetEnded" and event.get("end") == SetEnd.DONE
            for event in self.folder.events()
        )
        return {
            "started": self.folder.facts.started,
            "n_sets_done": n_done,
            "n_sets": sum(step.dose.sets for step in self.folder.facts.plan),
            "exercises": [step.exercise for step in self.folder.facts.plan],
        }

    def keep(self) -> None:
        """Leave it as it is: it is not offered again."""
        self.folder.sets()  # puts together what was cut off
        path = self.folder.path / EVENTS
        with output_errors(path), path.open("a", encoding="utf-8") as file:
            # The last line may have been cut off in the middle.
            file.write("\n" + json.dumps({"type": "SessionKept"}) + "\n")

    def resumed(self) -> Resumed:
        """Return what is needed to go on.

        Raises
        ------
        FormcheckError
            If what there is cannot be read.
        """
        plan, resume_at, last_s, n_pain_reports = self._plan(), (0, 1), 0.0, 0
        said = tuple(one for event in self.folder.events() for one in _said(event))
        for event in self.folder.events():
            last_s = max(last_s, float(event.get("time_s", 0.0)))
            resume_at = _after(event, resume_at)
            n_pain_reports += event["type"] == PainReported.__name__
        resume_at = _within(plan, resume_at)  # behind the last step where all is done
        results, cut = [], None
        for recorded in self.folder.sets():
            verdict, until_s = verdict_of(recorded)
            last_s = max(last_s, until_s)
            if _is_cut(recorded, resume_at, plan):
                cut = _cut(recorded)
            elif recorded.started:
                results.append(_result(recorded, verdict))
        seen = cut.seen if cut else ()
        earlier = Earlier(resume_at, tuple(results), seen, n_pain_reports)
        return Resumed(plan, earlier, cut, last_s, self.folder.fits(), said)

    def is_of(self, programme: Programme | None) -> bool:
        """Whether it followed what is prescribed now."""
        facts = self.folder.facts
        return programme is not None and facts.person == programme.person

    def _plan(self) -> Plan:
        """Return the plan, with the easier exercises that were taken."""
        steps = [Step(self._exercise(step.exercise), step.dose) for step in self.folder.facts.plan]
        for event in self.folder.events():
            if event["type"] == "EasierTaken" and 0 <= event["step_index"] < len(steps):
                easier = self._exercise(event["easier"])
                steps[event["step_index"]] = Step(easier, easier.starting_dose)
        return Plan(tuple(steps))

    def _exercise(self, exercise_id: str) -> Exercise:
        if exercise_id not in self._exercises:
            raise SourceError(f"{self.folder.path}: there is no exercise {exercise_id!r}")
        return self._exercises[exercise_id]


class LeftOver:
    """What the patient is asked about before a session: the one that was cut off.

    Parameters
    ----------
    store
        Where sessions are kept.
    exercises
        All that are known, by id.

    Attributes
    ----------
    session
        None where there is none, or its question is answered.
    """

    def __init__(self, store: Path, exercises: Mapping[str, Exercise]) -> None:
        self.session = find_unfinished(store, exercises)

    def keep(self) -> None:
        """Leave it as it is.

        Raises
        ------
        FormcheckError
            If that cannot be written.
        """
        session, self.session = self.session, None
        if session and not session.folder.is_going_on:
            session.keep()

    def take(self) -> tuple[UnfinishedSession, Resumed] | None:
        """Return it to go on with; None where another formcheck was faster.

        Raises
        ------
        FormcheckError
            If what there is of it cannot be read.
        """
        session = self.session
        if session is None:
            return None
        resumed = None if session.folder.is_going_on else session.resumed()
        self.session = None
        return (session, resumed) if resumed else None


def find_unfinished(store: Path, exercises: Mapping[str, Exercise]) -> UnfinishedSession | None:
    """Return the newest session of a store if it was cut off, and does not go on elsewhere."""
    folders = sorted((path for path in store.glob("*") if is_session(path)), reverse=True)
    for path in folders[:1]:
        try:
            folder = SessionFolder(path)
        except FormcheckError:
            return None
        if not folder.is_ended and not folder.is_going_on:
            return UnfinishedSession(folder, exercises)
    return None


def is_in_use(store: Path) -> bool:
    """Whether another formcheck is in the middle of a session of this store."""
    return any(is_session(path) and is_locked(path) for path in store.glob("*"))


def _within(plan: Plan, at: tuple[int, int]) -> tuple[int, int]:
    """Return the set to go on at, in the next step where one is over."""
    step, number = at
    while step < len(plan.steps) and number > plan.steps[step].dose.sets:
        step, number = step + 1, 1
    return (step, number) if step < len(plan.steps) else (len(plan.steps), 1)


def _is_cut(recorded: RecordedSet, resume_at: tuple[int, int], plan: Plan) -> bool:
    """Whether this is the set to go on with, begun and not ended."""
    started = recorded.started
    if resume_at[0] >= len(plan.steps):
        return False
    at = started.get("step_index"), started.get("set_number")
    due = plan.steps[resume_at[0]].exercise.id
    return recorded.ended is None and at == resume_at and recorded.exercise.id == due


def _cut(recorded: RecordedSet) -> CutSet:
    recording = Recording(recorded.path)
    size_px = recording.header.width_px, recording.header.height_px
    step, number = recorded.started["step_index"], recorded.started["set_number"]
    return CutSet(step, number, recorded.exercise.id, size_px, tuple(recording))


def _result(recorded: RecordedSet, verdict: Verdict) -> SetResult:
    ended = recorded.ended
    return SetResult(
        step_index=int(recorded.started["step_index"]),
        set_number=int(recorded.started["set_number"]),
        exercise=recorded.exercise,
        dose=Dose.model_validate(recorded.started["dose"]),
        end=SetEnd(ended["end"]) if ended else SetEnd.INTERRUPTED,
        verdict=verdict,
    )


def _said(event: Mapping[str, Any]) -> Iterator[PainSaid]:
    """Yield what an event says about pain, if it does."""
    if event["type"] == PainRated.__name__:
        qualities = frozenset(map(Quality, event["qualities"]))
        yield PainSaid(Moment(event["moment"]), event["rating"], qualities)


def _after(event: Mapping[str, Any], at: tuple[int, int]) -> tuple[int, int]:
    """Return the step and set that come next after an event."""
    match event:
        case {"type": "SetStarted", "step_index": int(step), "set_number": int(number)}:
            return step, number
        case {"type": "SetEnded", "end": "done" | "skipped"}:
            return event["step_index"], event["set_number"] + 1
        case {"type": "SetEnded", "end": "stopped"}:
            return _BEHIND_ALL
        case {"type": "ExerciseSkipped", "step_index": int(step)} | {
            "type": "RuleApplied",
            "action": "stop_exercise",
            "step_index": int(step),
        }:
            return step + 1, 1
        case {"type": "EasierTaken", "step_index": int(step)}:
            return step, 1
        case _:
            return at
