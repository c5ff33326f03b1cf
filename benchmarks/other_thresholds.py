"""Other thresholds on a session of fifteen minutes: how long the new counts take.

    python -m benchmarks.other_thresholds [--name NAME]

People who do not exist do the sets, as landmarks with the engine's noise. Two sessions: one as it
usually is, fourteen sets of six exercises, and the worst that there can be, fifteen minutes of one
exercise without a pause. Measured is what the page waits for: the first time that a number is
changed, and the times after that, with the same verdicts as from scratch, bit for bit. The page
has a session looked at when one of its sets is opened, so that the first time is seldom waited for.

Everything runs in one thread: processor time is what it takes on a machine that does nothing else.
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

import formcheck
from benchmarks.machine import machine
from benchmarks.store_year import BEGAN, PERSON, RESULTS
from formcheck.analysis.coach import Coach
from formcheck.analysis.own_numbers import Fit
from formcheck.exercises.library import find, load_all
from formcheck.exercises.schema import Exercise
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.exercises.settable_numbers import settable_numbers
from formcheck.pipeline import Run, replay
from formcheck.recordings import Recording, RecordingHeader, RecordingWriter
from formcheck.recordings.session_facts import RecordedSet, SessionFacts
from formcheck.reviewing.judging import SessionSight
from formcheck.session.stages import SetEnd
from formcheck.session_records import set_record
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import Manner, planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import AZIMUTHS_DEG, camera_for, seen_poses
from formcheck.simulation.truth import frame_times_s, truth_of
from formcheck.store import SessionEnd, SessionRecord, SetRecord

FPS = 30
MINUTES = 15
# Sets, and repetitions of each or one hold.
USUAL = {
    "wall_angel": (2, 8),
    "quadruped_rock_back": (2, 5),
    "bird_dog": (2, 8),
    "glute_bridge": (3, 8),
    "front_plank": (3, 1),
    "band_row": (2, 10),
}
WORST = "glute_bridge", "bird_dog", "sit_to_stand"
_REPETITIONS_AT_A_TIME = 20
_HEADER = RecordingHeader("live session", 1280, 720, FPS, "simulation", "1", "none", "0" * 64)
_SHARES = (0.98, 1.02, 0.95, 1.05, 1.1)
_FACTS = SessionFacts(started=BEGAN.isoformat(), language="en", plan=())


def main() -> None:
    """Measure and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--name", default="other-thresholds", help="of the file in results/")
    options = parser.parse_args()
    about = {"formcheck": formcheck.__version__, "machine": machine()}
    with tempfile.TemporaryDirectory() as scratch:
        usual = session_of(list(usual_sets(Path(scratch))))
        figures: dict[str, Any] = {"usual": measured(usual, tuple(USUAL))}
        for exercise_id in WORST:
            record = session_of([endless(Path(scratch), exercise_id)])
            figures[f"worst: {exercise_id}"] = measured(record, (exercise_id,))
    target = RESULTS / f"{options.name}.json"
    target.write_text(json.dumps({**about, **figures}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))  # noqa: T201


def usual_sets(scratch: Path) -> Iterator[SetRecord]:
    """Yield the sets of a session as it usually is."""
    number = 0
    for exercise_id, (n_sets, n) in USUAL.items():
        for _ in range(n_sets):
            number += 1
            yield made_set(scratch, number, find(exercise_id), [performed(exercise_id, n, number)])


def endless(scratch: Path, exercise_id: str) -> SetRecord:
    """Return one set of an exercise that lasts for the whole session."""
    parts: list[list[Any]] = []
    while sum(map(len, parts)) < MINUTES * 60 * FPS:
        parts.append(performed(exercise_id, _REPETITIONS_AT_A_TIME, len(parts)))
    return made_set(scratch, 1, find(exercise_id), parts)


def performed(exercise_id: str, n: int, seed: int) -> list[Any]:
    """Return what the engine makes of somebody, pose by pose."""
    exercise = find(exercise_id)
    motion, camera = motion_of(exercise), exercise.camera
    plan = planned(motion, n, hold_s=20.0)
    performance = perform(skeleton_of(Person()), exercise, motion, plan, Manner(), seed)
    viewpoint = Viewpoint(AZIMUTHS_DEG[camera.view], sum(camera.height_m) / 2, 1280, 720)
    seen = camera_for(performance, viewpoint)
    truth = truth_of(performance, seen, frame_times_s(performance, FPS))
    return [pose for _, pose in seen_poses(truth, seen, np.random.default_rng(seed), 1.0)]


def made_set(
    scratch: Path, number: int, exercise: Exercise, parts: Sequence[Sequence[Any]]
) -> SetRecord:
    """Return a set, recorded and judged as a live one is."""
    path = scratch / f"set-{number:02d}-{exercise.id}.poses.npz"
    poses = [pose for part in parts for pose in part][: MINUTES * 60 * FPS]
    with RecordingWriter(path, _HEADER) as writer:
        for k, pose in enumerate(poses):
            writer.write(k / FPS, replace(pose, time_s=k / FPS) if pose else None)
    done = {"end": SetEnd.DONE}
    return set_record(RecordedSet(path, exercise, {"step_index": 0, "set_number": number}, done))


def session_of(sets: list[SetRecord]) -> SessionRecord:
    """Return a session of these sets."""
    return SessionRecord(
        id="measured",
        person=PERSON,
        started=BEGAN,
        end=SessionEnd.FINISHED,
        duration_s=60.0 * MINUTES,
        language="en",
        formcheck_version=formcheck.__version__,
        prescription_revision=None,
        facts=_FACTS.model_dump_json().encode(),
        events=b"",
        sets=tuple(sets),
    )


def measured(record: SessionRecord, exercises: Sequence[str]) -> dict[str, Any]:
    """Return what changing a number of each exercise costs [s of processor time]."""
    first: list[float] = []
    further: list[float] = []
    scratch: list[float] = []
    known = load_all()
    for exercise_id in exercises:
        tried = thresholds_of(find(exercise_id))
        sight = SessionSight(record, (), known)
        first.append(seconds(lambda: sight.judged(exercise_id, tried[0])))  # noqa: B023
        for thresholds in tried[1:]:
            further.append(seconds(lambda: sight.judged(exercise_id, thresholds)))  # noqa: B023
        of_it = [one for one in record.sets if one.exercise == exercise_id]
        found = [verdict for _, verdict in sight.judged(exercise_id, tried[0])]
        anew: list[Any] = []
        scratch.append(seconds(lambda: anew.extend(judged_anew(of_it, tried[0]))))  # noqa: B023
        assert list(map(repr, found)) == list(map(repr, anew)), exercise_id
    return {
        "sets": len(record.sets),
        "frames": sum(one.n_frames for one in record.sets),
        "first_s": {"median": round(median(first), 2), "worst": round(max(first), 2)},
        "further_s": {"median": round(median(further), 2), "worst": round(max(further), 2)},
        "from_scratch_s": {"median": round(median(scratch), 2), "worst": round(max(scratch), 2)},
        "same_verdicts": True,
    }


def thresholds_of(exercise: Exercise) -> list[tuple[SetThreshold, ...]]:
    """Return other numbers to try: what counts, a little smaller and larger."""
    numbers = settable_numbers(exercise)
    one = next((one for one in numbers if one.name == "minimum_excursion"), numbers[0])
    return [(SetThreshold(one.name, one.value * share),) for share in _SHARES]


def seconds(do: Callable[[], object]) -> float:
    """Return how much processor time something takes [s]."""
    began_s = time.process_time()
    do()
    return time.process_time() - began_s


def judged_anew(sets: Sequence[SetRecord], thresholds: tuple[SetThreshold, ...]) -> list[Any]:
    """Return the verdicts as analysing the recordings from scratch gives them."""
    found = []
    for one in sets:
        fit = Fit(thresholds=thresholds)
        run = Run(Coach([find(one.exercise)], {one.exercise: fit}))
        run.process(replay(Recording(one.poses, one.name)))
        found.append(run.analysis().verdict)
    return found


if __name__ == "__main__":
    main()
