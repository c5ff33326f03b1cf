"""Two hundred people who do not exist, with ten thousand sessions of theirs in a store.

A few sets are simulated and judged by the real rules; their recordings are used again and again,
and what was wrong in them, pain, days and decisions are drawn anew for every session. The newest
sessions of everybody keep whole recordings, the others the first seconds of them: the file stays
small, and what is opened most is as large as it is in use.
"""

import math
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

import formcheck
from benchmarks.store_year import _HEADER, simulated
from formcheck.analysis.events import Fault
from formcheck.exercises.library import load_all
from formcheck.exercises.rules import FormRule
from formcheck.prescription.model import (
    Baseline,
    Item,
    PlannedSession,
    Prescription,
    Screening,
    Therapist,
    Weekday,
)
from formcheck.prescription.pain import Moment
from formcheck.prescription.seal import digest, sealed
from formcheck.recordings import RecordingWriter, prescription_file
from formcheck.recordings.session_facts import RecordedSet
from formcheck.recordings.session_journal import PlannedStep, SessionFacts
from formcheck.session.events import PainReported, RuleApplied
from formcheck.session.stages import SetEnd
from formcheck.session_records import set_record
from formcheck.store import (
    Corrected,
    Correction,
    CorrectionKind,
    HandedOver,
    OutcomeScore,
    PainRating,
    RedFlagScreen,
    SavedPrescription,
    SessionEnd,
    SessionRecord,
    SetRecord,
    Store,
)

THERAPIST = "Dr Example"
EXERCISES = (
    "glute_bridge", "bird_dog", "front_plank", "cat_cow", "wall_angel", "sit_to_stand", "side_bend",
    "heel_slide",
)  # fmt: skip
_KNOWN = load_all()
N_MADE, N_WHOLE, N_SHORT_FRAMES = 2, 2, 45
_COMMENTS = (
    "Camera too low, knees cut off", "Heels lift, show again", "Well done, slower on the way down",
    "Ask about sleep", "Left side weaker than the right", "Counted the way down to the floor",
)  # fmt: skip
_FIRST = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "iris", "jade")
_SECOND = (
    "brook",
    "cliff",
    "field",
    "glen",
    "harbour",
    "island",
    "lake",
    "meadow",
    "ridge",
    "vale",
)


@dataclass(frozen=True, slots=True)
class MadeSet:
    """One set as it was judged, and the first seconds of its recording."""

    whole: SetRecord
    short: bytes


def made_sets() -> dict[str, list[MadeSet]]:
    """Return some sets of each exercise that nobody did."""
    found: dict[str, list[MadeSet]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for number, name in enumerate(EXERCISES):
            made = (_made(Path(scratch), name, 100 * number + k) for k in range(N_MADE))
            found[name] = list(made)
    return found


def _made(scratch: Path, name: str, seed: int) -> MadeSet:
    exercise = _KNOWN[name]
    frames = list(simulated(exercise, seed))
    paths = [scratch / f"{seed}-{part}-{name}.poses.npz" for part in ("whole", "short")]
    for path, some in zip(paths, (frames, frames[:N_SHORT_FRAMES]), strict=True):
        with RecordingWriter(path, _HEADER) as writer:
            for time_s, pose in some:
                writer.write(time_s, pose)
    about = {"step_index": 0, "set_number": 1}
    whole = set_record(RecordedSet(paths[0], exercise, about, {**about, "end": SetEnd.DONE}))
    return MadeSet(replace(whole, dose=exercise.starting_dose), paths[1].read_bytes())


def seed(
    store: Store,
    n_people: int,
    n_sessions: int,
    until: date,
    made: dict[str, list[MadeSet]],
    key: Ed25519PrivateKey,
) -> None:
    """Fill a store, the same for the same day."""
    shares = np.random.default_rng(6).dirichlet(np.full(n_people, 4.0)) * n_sessions
    ends = [round(one) for one in np.cumsum(shares)]
    for number, (begin, end) in enumerate(zip([0, *ends], ends, strict=False)):
        somebody = _Somebody(number, end - begin, until, made)
        store.merge(somebody.handed_over(key))


class _Somebody:
    """Somebody who does not exist."""

    def __init__(
        self, number: int, n_sessions: int, until: date, made: dict[str, list[MadeSet]]
    ) -> None:
        self._number, self._made = number, made
        self._random = random.Random(number)
        self.name = f"{_FIRST[number % 10]}-{_SECOND[number // 10 % 10]}-{number:03d}"
        self._exercises = self._random.sample(EXERCISES, 3)
        self._days = self._random.sample(list(Weekday), self._random.choice((3, 4, 5, 7)))
        self._keeps_to_it = self._random.uniform(0.6, 0.98)
        self._dates = self._done_on(n_sessions, until - timedelta(days=number % 5 // 2))
        self._starts = self._dates[0] if self._dates else until
        self._rises = number % 9 == 0
        self._n_open = self._random.choice((0, 1, 1, 2, 3, 5, 8))
        self.ids = [
            f"{self._began(day):%Y%m%dT%H%M%SZ}-{number:03x}{k:03x}"
            for k, day in enumerate(self._dates)
        ]

    def handed_over(self, key: Ed25519PrivateKey) -> HandedOver:
        """Return everything of them, as a file from their own computer would bring it."""
        saved = datetime.combine(self._starts, time(7), UTC)
        plan = self._sealed(key)
        text = prescription_file.written(plan)
        return HandedOver(
            person=self.name,
            sessions=self._sessions(),
            screens=(RedFlagScreen(saved, self._signs(), "regular"),),
            outcomes=tuple(self._outcomes()),
            corrections=tuple(self._corrections()),
            prescriptions=(
                SavedPrescription(1, 0, text, digest(plan), THERAPIST, saved, THERAPIST, saved),
            ),
            source="seed",
        )

    def _done_on(self, n_sessions: int, until: date) -> list[date]:
        """Return the days of sessions, the last ones first fewer where they tire of it."""
        days: list[date] = []
        day = until
        falls = self._number % 7 == 0
        while len(days) < n_sessions:
            rate = 0.3 if falls and (until - day).days < 14 else self._keeps_to_it
            if Weekday.of(day) in self._days and self._random.random() < rate:
                days.append(day)
            day -= timedelta(days=1)
        return sorted(days)

    def _began(self, day: date) -> datetime:
        return datetime.combine(day, time(7 + self._number % 10, self._number % 60), UTC)

    def _signs(self) -> tuple[str, ...]:
        return (f"rf{1 + self._number // 23 % 12:02d}",) if self._number % 23 == 0 else ()

    def _sealed(self, key: Ed25519PrivateKey) -> Prescription:
        items = tuple(
            Item(exercise=name, dose=_KNOWN[name].starting_dose, why="tires", may_progress=k > 0)
            for k, name in enumerate(self._exercises)
        )
        plan = Prescription(
            person=self.name,
            therapist=Therapist(name=THERAPIST, licence="PT 1"),
            goal="Work in the garden for an afternoon",
            onset=self._starts - timedelta(days=200),
            starts=self._starts,
            last_contact=self._starts + timedelta(days=30 if self._number % 3 else 0),
            baseline=Baseline(pain_0_100=45, function={"psfs": 4.0}),
            red_flags=Screening(on=self._starts),
            sessions=(PlannedSession(items=items, days=frozenset(self._days)),),
        )
        plan = sealed(plan, THERAPIST, key, self._starts)
        if self._number % 37 == 0:  # somebody has changed it by hand
            plan = plan.model_copy(update={"pain_limit": 6})
        return plan

    def _sessions(self) -> Iterator[SessionRecord]:
        n = len(self._dates)
        for k, (day, session_id) in enumerate(zip(self._dates, self.ids, strict=True)):
            yield self._session(
                session_id, self._began(day), k / max(n - 1, 1), is_new=k >= n - N_WHOLE
            )

    def _session(
        self, session_id: str, began: datetime, so_far: float, *, is_new: bool
    ) -> SessionRecord:
        draw = self._random
        sets = [self._set(k, name, is_new=is_new) for k, name in enumerate(self._exercises)]
        pain = round(3 + (3 if self._rises else -2) * so_far + draw.gauss(0, 0.7))
        hurt = draw.random() < 0.08
        values = [pain, *(pain + draw.choice((0, 0, 1)) for _ in sets), pain + 3 * hurt]
        asked = [Moment.BEFORE, *[Moment.AFTER_EXERCISE] * len(sets), Moment.AFTER_SESSION]
        about = [None, *self._exercises, None]
        ratings = tuple(
            PainRating(
                began + timedelta(minutes=4 * k),
                moment,
                min(max(value, 0), 10),
                (),
                session_id,
                one,
            )
            for k, (moment, value, one) in enumerate(zip(asked, values, about, strict=True))
        )
        return SessionRecord(
            id=session_id,
            person=self.name,
            started=began,
            end=SessionEnd.STOPPED if hurt else SessionEnd.FINISHED,
            duration_s=900.0,
            language="en",
            formcheck_version=formcheck.__version__,
            prescription_revision=1,
            facts=facts_of(self.name, began, self._exercises),
            events=b'{"type": "StageChanged", "time_s": 1.0}\n' * 100,
            sets=tuple(sets),
            heat_minutes=15,
            pain_ratings=ratings,
            pain_reports=(PainReported(600.0, 2, self._exercises[2], 1),) if hurt else (),
            rules_applied=(RuleApplied(880.0, "s01_after", "end_session", True, 2),)
            if hurt and draw.random() < 0.3
            else (),
        )

    def _set(self, number: int, name: str, *, is_new: bool) -> SetRecord:
        made = self._random.choice(self._made[name])
        one = replace(
            made.whole,
            name=f"set-{number + 1:02d}-{name}",
            step_index=number,
            started_s=60.0 + 280.0 * number,
            assessed_share=self._random.choice((0.35, 0.8, 0.9, 0.95, 1.0, 1.0, 1.0, 1.0)),
        )
        one = one if is_new else replace(one, poses=made.short)
        return self._with_a_fault(one) if self._random.random() < 0.35 else one

    def _with_a_fault(self, one: SetRecord) -> SetRecord:
        """Return a set in which one more thing was wrong."""
        rule = self._random.choice([rule for rule in _KNOWN[one.exercise].form if rule.error])
        repetitions = list(one.repetitions)
        start_s, end_s = 2.0, 4.0
        if repetitions:
            k = self._random.randrange(len(repetitions))
            start_s, end_s = repetitions[k].start_s, repetitions[k].end_s
            told = tuple(dict.fromkeys((*repetitions[k].faults, rule.name)))
            repetitions[k] = replace(repetitions[k], faults=told)
        return replace(
            one,
            repetitions=tuple(repetitions),
            faults=(*one.faults, _fault(rule, start_s, end_s)),
        )

    def _outcomes(self) -> Iterator[OutcomeScore]:
        for k, day in enumerate(self._dates[::8]):
            pain = 45 + (5 if self._rises else -4) * k
            yield OutcomeScore(day, "pain_0_100", float(min(max(pain, 0), 100)))
            yield OutcomeScore(day, "psfs", min(4.0 + 0.4 * k, 10.0))

    def _corrections(self) -> Iterator[Correction]:
        """Yield what the therapist has said of all sessions but the last few."""
        seen = self.ids[: len(self.ids) - self._n_open]
        for day, session_id in zip(self._dates, seen, strict=False):
            name, at = f"set-01-{self._exercises[0]}", self._began(day) + timedelta(hours=9)
            if self._random.random() < 0.25:
                comment = self._random.choice(_COMMENTS)
                yield Correction(
                    session_id, name, Corrected.SET, None, CorrectionKind.COMMENT, None,
                    {"at_s": 3.0}, THERAPIST, at, comment,
                )  # fmt: skip
            yield signed_off(session_id, at)


def facts_of(person: str, began: datetime, exercises: Sequence[str]) -> bytes:
    """Return what the session's own file says of it."""
    plan = tuple(PlannedStep(exercise=name, dose=_KNOWN[name].starting_dose) for name in exercises)
    facts = SessionFacts(
        started=began.isoformat(), language="en", plan=plan, person=person, prescription_revision=1
    )
    return facts.model_dump_json(indent=1).encode()


def signed_off(session_id: str, at: datetime) -> Correction:
    """Return the therapist's word that a session has been looked through."""
    return Correction(
        session_id,
        None,
        Corrected.SESSION,
        None,
        CorrectionKind.SIGNED_OFF,
        None,
        None,
        THERAPIST,
        at,
    )


def _fault(rule: FormRule, start_s: float, end_s: float) -> Fault:
    assert rule.error is not None
    bound = rule.error.max if math.isfinite(rule.error.max) else rule.error.min
    return Fault(
        name=rule.name,
        severity="error",
        measure=rule.measure,
        value=bound * 1.2,
        threshold=bound,
        unit="deg",
        expected_error=4.0,
        phase=min(rule.phases),
        body_part=rule.body_part,
        side=None,
        start_s=start_s,
        end_s=end_s,
        evidence_s=(start_s + end_s) / 2,
        observability="good",
        says=rule.says,
        cue=rule.cue,
    )
