"""A session that nobody did: fifteen minutes, six exercises, five faults and one false count.

Simulated landmarks with the engine's noise go through the real session, are written down by its
real log, and are taken into the store from there: what a therapist reviews is all there, but
the pictures. It takes half a minute to make, once in a run of the tests.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.estimators.base import EngineIdentity
from formcheck.exercises.dose import Dose
from formcheck.handover import signed
from formcheck.landmarks import Side
from formcheck.pose import Pose
from formcheck.prescription.model import PlannedSession
from formcheck.prescription.pain import PainSaid
from formcheck.prescription.seal import digest, sealed
from formcheck.recordings import prescription_file
from formcheck.recordings.session_facts import SessionFolder
from formcheck.recordings.session_log import SessionLog
from formcheck.session.flow import SessionFlow
from formcheck.session.placement import PictureQuality
from formcheck.session.routine import QuestionKind
from formcheck.session.stages import Command, Stage
from formcheck.session_records import session_record
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import Attempt, Manner
from formcheck.simulation.plan import Plan as Script
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import AZIMUTHS_DEG, camera_for, seen_poses
from formcheck.simulation.truth import frame_times_s, truth_of
from formcheck.store import PrescriptionDraft, SessionRecord, Store
from formcheck.web.journal import Journal
from formcheck.web.programme import Programme
from formcheck.web.setting import Setting
from tests.once import once
from tests.prescription.prescriptions import EXERCISES, STARTS, item, prescription

PERSON = "robin"
SESSION_ID = "20260305T083000Z-5e5510"
BEGAN = datetime(STARTS.year, STARTS.month, STARTS.day + 3, 8, 30, tzinfo=UTC)
FPS = 30
SIZE_PX = (1280, 720)
THERAPIST = "A. Therapist"
_IDENTITY = EngineIdentity("simulation", "1", "none", "0" * 64)
_BRIGHT = PictureQuality(mean_brightness=0.5, contrast=0.2, rate_hz=30.0)
# Pictures between the sets are only looked at: a few of them are enough to go on by.
_LOOKS_EVERY = 5
_ENDS_BY_S = 1500.0


def _dose(sets: int, repetitions: int) -> Dose:
    return Dose(sets=sets, repetitions=repetitions, rest_s=30)


PLAN = prescription(
    person=PERSON,
    sessions=(
        PlannedSession(
            items=(
                item("wall_angel", dose=_dose(2, 8), why="arms do not come up"),
                item("quadruped_rock_back", dose=_dose(2, 5)),
                item("bird_dog", dose=_dose(2, 8), why="trunk gives way"),
                item("glute_bridge", dose=_dose(3, 8), why="tires", may_progress=True),
                item("front_plank", dose=Dose(sets=3, hold_s=15, rest_s=30), why="tires"),
                item("band_row", dose=_dose(2, 10), why="shoulders come forward"),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Done:
    """What somebody does in a set beside what is asked: which attempts are wrong, and how.

    Attributes
    ----------
    faults
        What is wrong, by the attempt, from 0.
    shuffles
        Before which attempt the mat is put straight: hips up and down once, and no repetition.
    """

    faults: Mapping[int, str] = field(default_factory=dict)
    shuffles: int | None = None


# By the exercise and the number of the set.
DONE = {
    ("wall_angel", 2): Done({4: "shrug"}),
    ("bird_dog", 2): Done({3: "leg_too_high"}),
    ("glute_bridge", 2): Done({2: "over_arch"}),
    ("glute_bridge", 3): Done(shuffles=4),
    ("band_row", 1): Done({6: "leans_back"}),
    ("band_row", 2): Done({3: "leans_back"}),
}
FALSE_COUNT = "set-09-glute_bridge", 5
"""Set, and number of the repetition, that the machine counts and that was none."""
PAIN = (3, 3, 3, 4, 3, 4, 3)
"""Said before, and after each exercise."""


def made_store(folder: Path) -> Store:
    """Return a store with the signed prescription and the one session of robin."""
    store = Store.open(folder)
    _prescribe(store)
    store.take_in(made_record())
    return store


@cache
def made_record() -> SessionRecord:
    """Return the session as the store takes it in."""
    return once("made_record", _made_record)


def _made_record() -> SessionRecord:
    with TemporaryDirectory() as scratch, Store.open(Path(scratch)) as store:
        revision = _prescribe(store)
        path = Path(scratch) / SESSION_ID
        _go_through(store, revision, path)
        return session_record(SessionFolder(path))


def signed_plan():
    """Return the prescription with its seal."""
    key = Ed25519PrivateKey.from_private_bytes(b"a key for tests and no other use")
    return sealed(PLAN, THERAPIST, key, STARTS)


def _prescribe(store: Store) -> int:
    plan = signed_plan()
    by, at = signed(plan)
    text = prescription_file.written(plan)
    draft = PrescriptionDraft(text, digest(plan), 0, THERAPIST, by, at)
    return store.save_prescription(PERSON, draft).revision


def _go_through(store: Store, revision: int, path: Path) -> None:
    """Go through the session, and write it down as the server of live sessions does."""
    programme = Programme(signed_plan(), revision, EXERCISES, store)
    plan = programme.plan(BEGAN.date())
    setting = Setting(EXERCISES, path.parent, _IDENTITY, programme=programme, wall=BEGAN.timestamp)
    known = {step.exercise.id: step.exercise for step in plan.steps}
    flow = SessionFlow(plan, known, known=setting.known(), routine=setting.routine())
    journal = Journal(SessionLog(path, setting.facts(plan, "en")), _IDENTITY)
    pain = iter(PAIN)
    journal.events(flow.command(0.0, Command.BEGIN), SIZE_PX)
    tick, played = 0, 0
    while journal.is_open and tick < _ENDS_BY_S * FPS:
        view = flow.view
        tick += 1 if view.is_set_under_way else _LOOKS_EVERY
        time_s = tick / FPS
        if view.stage is Stage.QUESTION:
            journal.events(_answered(flow, time_s, pain), SIZE_PX)
            continue
        if view.stage is Stage.START:  # "I am ready"
            journal.events(flow.command(time_s, Command.NEXT), SIZE_PX)
            continue
        poses = performed(view.exercise.id, view.set_number)
        played = played + 1 if view.is_set_under_way else 0
        if played >= len(poses):  # the machine has seen less than was done
            journal.events(flow.command(time_s, Command.SKIP_SET), SIZE_PX)
            continue
        pose = poses[played]
        shown = replace(pose, time_s=time_s) if pose else None
        journal.take(flow.update(time_s, shown, _BRIGHT), SIZE_PX)


def _answered(flow: SessionFlow, time_s: float, pain: Iterator[int]):
    """Answer what is asked."""
    question = flow.view.question
    match question.kind:
        case QuestionKind.PAIN:
            return flow.rate_pain(time_s, PainSaid(question.moment, next(pain)))
        case QuestionKind.HEAT:
            return flow.answer_heat(time_s, done=True)
        case _:
            return flow.screen(time_s, frozenset())


@cache
def performed(exercise_id: str, set_number: int) -> Sequence[Pose | None]:
    """Return what the engine makes of a set, picture by picture."""
    exercise, item_ = EXERCISES[exercise_id], _item(exercise_id)
    motion, dose = motion_of(exercise), item_.dose
    done = DONE.get((exercise_id, set_number), Done())
    seed = 10 * list(_ids()).index(exercise_id) + set_number
    script = Script(
        tuple(_attempts(done, dose.repetitions or 1, takes_turns=motion.sides == "turns")),
        hold_s=(dose.hold_s or 0.0) + 3.0,
        quiet_s=1.5,
    )
    performance = perform(skeleton_of(Person()), exercise, motion, script, Manner(), seed)
    camera = exercise.camera
    viewpoint = Viewpoint(AZIMUTHS_DEG[camera.view], sum(camera.height_m) / 2, *SIZE_PX)
    seen = camera_for(performance, viewpoint)
    truth = truth_of(performance, seen, frame_times_s(performance, FPS))
    return [pose for _, pose in seen_poses(truth, seen, np.random.default_rng(seed), 1.0)]


def _attempts(done: Done, n: int, *, takes_turns: bool) -> Iterator[Attempt]:
    for number in range(n + 1):
        side = Side.RIGHT if takes_turns and number % 2 else Side.LEFT
        if number == done.shuffles:
            yield Attempt(reach=0.8, side=side)
        yield Attempt(done.faults.get(number, ""), 2.0, side=side)


def _ids() -> Iterator[str]:
    return (one.exercise for one in PLAN.sessions[0].items)


def _item(exercise_id: str):
    return next(one for one in PLAN.sessions[0].items if one.exercise == exercise_id)
