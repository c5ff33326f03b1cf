"""A year of daily sessions in a store: how large they are, and how long pages would wait for them.

    python -m benchmarks.store_year [--days 365] [--name NAME]

Each day somebody who does not exist does three exercises, two sets of each, as landmarks with the
engine's noise, judged by the real rules; four different days are made and repeated. What is
measured is the store's alone: taking a session in, opening, checking, and what a page asks for.
"""

import argparse
import datetime
import json
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

import formcheck
from benchmarks.machine import machine
from formcheck.exercises.library import find, load_all
from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import Baseline, Item, PlannedSession, Prescription
from formcheck.prescription.pain import Moment
from formcheck.prescription.seal import digest
from formcheck.recordings import RecordingHeader, RecordingWriter, prescription_file
from formcheck.recordings.session_facts import RecordedSet
from formcheck.session.stages import SetEnd
from formcheck.session_records import set_record
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import Manner, planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import Poses, camera_for, seen_poses
from formcheck.simulation.truth import frame_times_s, truth_of
from formcheck.store import (
    DATABASE,
    OutcomeScore,
    PainRating,
    PrescriptionDraft,
    SessionEnd,
    SessionRecord,
    SetRecord,
    Store,
)
from formcheck.texts import Texts
from formcheck.web.my_page import MyPage
from formcheck.web.my_words import MyWords
from formcheck.weeks import Weeks, kept_of, weeks_of

RESULTS = Path(__file__).resolve().parent / "results"
EXERCISES = "glute_bridge", "bird_dog", "front_plank"
N_SETS, N_DAYS_MADE, FPS = 2, 4, 30
BEGAN = datetime.datetime(2026, 1, 1, 8, tzinfo=datetime.UTC)
PERSON = "robin"
_HEADER = RecordingHeader("live session", 640, 480, FPS, "simulation", "1", "none", "0" * 64)


def main() -> None:
    """Measure and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--name", default="store-year", help="of the file in benchmarks/results/")
    options = parser.parse_args()
    about = {"formcheck": formcheck.__version__, "machine": machine()}
    with tempfile.TemporaryDirectory() as scratch:
        days = [made_day(Path(scratch), seed) for seed in range(N_DAYS_MADE)]
        figures = measured(Path(scratch) / "sessions", days, options.days)
    target = RESULTS / f"{options.name}.json"
    target.write_text(json.dumps({**about, **figures}, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))  # noqa: T201


def made_day(scratch: Path, seed: int) -> tuple[SetRecord, ...]:
    """Return the sets of a day that somebody made up has done."""
    sets = []
    for number in range(len(EXERCISES) * N_SETS):
        name = EXERCISES[number // N_SETS]
        exercise = find(name)
        path = scratch / f"{seed}-set-{number + 1:02d}-{name}.poses.npz"
        with RecordingWriter(path, _HEADER) as writer:
            for time_s, pose in simulated(exercise, 100 * seed + number):
                writer.write(time_s, pose)
        about = {"step_index": number // N_SETS, "set_number": number % N_SETS + 1}
        done = {**about, "end": SetEnd.DONE}
        made = set_record(RecordedSet(path, exercise, about, done))
        sets.append(replace(made, name=f"set-{number + 1:02d}-{name}", dose=exercise.starting_dose))
    return tuple(sets)


def simulated(exercise: Exercise, seed: int) -> Poses:
    """Return what the engine makes of somebody who does one usual set."""
    dose, motion = exercise.starting_dose, motion_of(exercise)
    plan = planned(motion, dose.repetitions or 1, hold_s=dose.hold_s or 0.0)
    performance = perform(skeleton_of(Person()), exercise, motion, plan, Manner(), seed)
    azimuth_deg = 0.0 if exercise.camera.view == "front" else 90.0
    camera = camera_for(performance, Viewpoint(azimuth_deg, exercise.camera.height_m[0]))
    truth = truth_of(performance, camera, frame_times_s(performance, FPS))
    return seen_poses(truth, camera, np.random.default_rng(seed), 1.0)


def measured(folder: Path, days: list[tuple[SetRecord, ...]], n_days: int) -> dict[str, Any]:
    """Fill a store with a year and return what that costs."""
    took_s = []
    with Store.open(folder) as store:
        store.save_prescription(PERSON, prescribed())
        for day in range(n_days):
            record = session_of(day, days[day % len(days)])
            took_s.append(seconds(lambda record=record: store.take_in(record)))
            if day % 28 == 0:
                store.add_outcome(PERSON, OutcomeScore(record.started.date(), "rmdq", 11.0))
        figures = of_pages(store, n_days) | of_upkeep(store, folder.parent)
    opening = {
        "open_ms": median_ms(lambda: Store.open(folder, checks=False).close()),
        "open_and_check_ms": median_ms(lambda: Store.open(folder).close()),
    }
    frames = [one.n_frames for day in days for one in day]
    poses = [len(one.poses) for day in days for one in day]
    file_bytes = (folder / DATABASE).stat().st_size
    with Store.open(folder) as store:
        opening["erase_s"] = round(seconds(lambda: store.erase(PERSON)), 2)
    return {
        "sessions": n_days,
        "sets_a_session": len(days[0]),
        "minutes_of_poses_a_session": round(sum(frames) / FPS / 60 / len(days), 1),
        "file_mb": round(file_bytes / 1e6, 1),
        "session_kb": round(file_bytes / n_days / 1e3),
        "of_which_poses_kb": round(sum(poses) / len(days) / 1e3),
        "poses_bytes_a_frame": round(sum(poses) / sum(frames)),
        "take_in_ms": {
            "median": round(median(took_s) * 1e3, 1),
            "worst": round(max(took_s) * 1e3, 1),
        },
        **opening,
        **figures,
    }


def prescribed() -> PrescriptionDraft:
    """Return a prescription of these exercises, on every day."""
    items = tuple(
        Item(exercise=name, dose=find(name).starting_dose, why="tires", may_progress=True)
        for name in EXERCISES
    )
    plan = Prescription(
        person=PERSON,
        goal="Gardening",
        onset=BEGAN.date() - datetime.timedelta(days=200),
        starts=BEGAN.date(),
        baseline=Baseline(pain_0_100=45, function={"rmdq": 11.0}),
        sessions=(PlannedSession(items=items),),
    )
    return PrescriptionDraft(prescription_file.written(plan), digest(plan), 0, "Dr Example")


def weeks(store: Store, known: dict[str, Exercise], today: datetime.date) -> Weeks:
    """Return what the patient's own page is made of."""
    kept = kept_of(store, PERSON, today)
    assert kept is not None
    return weeks_of(kept, known, today)


def page_of(store: Store, today: datetime.date) -> Callable[[], str]:
    """Return what writes the patient's own page as it is sent."""
    known = load_all()
    page, words = MyPage(store, PERSON, known, lambda: today), MyWords(Texts.load("en"), known)
    return lambda: words.page(page.weeks(), store.outcomes(PERSON))


def of_pages(store: Store, n_days: int) -> dict[str, Any]:
    """Return how long it takes to read what pages show [ms]."""
    last = BEGAN + datetime.timedelta(days=n_days - 1)
    month = last - datetime.timedelta(days=28)
    newest, known = store.sessions(PERSON)[-1].id, load_all()
    return {
        "read_ms": {
            "every_session_of_the_year": median_ms(lambda: store.sessions(PERSON)),
            "sessions_of_four_weeks": median_ms(lambda: store.sessions(PERSON, since=month)),
            "one_session": median_ms(lambda: store.session(newest, poses=False)),
            "one_session_with_its_poses": median_ms(lambda: store.session(newest)),
            "pain_of_the_year": median_ms(lambda: store.pain(PERSON)),
            "pain_of_four_weeks": median_ms(lambda: store.pain(PERSON, since=month)),
            "sets_of_four_weeks_in_figures": median_ms(lambda: store.set_figures(PERSON, month)),
            "weeks_of_the_patients_page": median_ms(lambda: weeks(store, known, last.date())),
            "patients_page": median_ms(page_of(store, last.date())),
            "outcomes": median_ms(lambda: store.outcomes(PERSON)),
            "prescription": median_ms(lambda: store.prescription(PERSON)),
        }
    }


def of_upkeep(store: Store, scratch: Path) -> dict[str, Any]:
    """Return how long looking after a year takes [s]."""
    assert store.check() == ()
    return {
        "check_everything_s": round(seconds(store.check), 2),
        "backup_s": round(seconds(lambda: store.backup(scratch / "backup.sqlite")), 2),
        "export_s": round(seconds(lambda: store.export(PERSON, scratch / "export.zip")), 2),
    }


def session_of(day: int, sets: tuple[SetRecord, ...]) -> SessionRecord:
    """Return the session of a day, with pain before, after every exercise, and at its end."""
    began = BEGAN + datetime.timedelta(days=day)
    name = f"{began:%Y%m%dT%H%M%SZ}-{day:06x}"
    asked = [Moment.BEFORE, *[Moment.AFTER_EXERCISE] * len(EXERCISES), Moment.AFTER_SESSION]
    ratings = (PainRating(began, moment, 1 + day % 4, (), name) for moment in asked)
    return SessionRecord(
        id=name,
        person=PERSON,
        started=began,
        end=SessionEnd.FINISHED,
        duration_s=900.0,
        language="en",
        formcheck_version=formcheck.__version__,
        prescription_revision=1,
        facts=b"{}",
        events=b'{"type": "StageChanged", "time_s": 1.0}\n' * 200,
        sets=sets,
        heat_minutes=15,
        pain_ratings=tuple(ratings),
    )


def seconds(do: Callable[[], object]) -> float:
    """Return how long something takes [s]."""
    began_s = time.perf_counter()
    do()
    return time.perf_counter() - began_s


def median_ms(do: Callable[[], object], n_times: int = 7) -> float:
    """Return how long something usually takes [ms]."""
    return round(median(seconds(do) for _ in range(n_times)) * 1e3, 1)


if __name__ == "__main__":
    main()
