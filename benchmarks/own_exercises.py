"""Exercises made from one demonstration, on other people: what is counted, and at rest.

    python -m benchmarks.own_exercises [--sessions 28] [--name NAME] [ID...]
    python -m benchmarks.own_exercises --labels LABELS.json --poses FOLDER --group A.mp4,B.mp4

One person who does not exist shows a built-in exercise five times (or holds it for ten seconds).
An exercise is made of that alone, with the best proposal and nothing chosen; then others who do not
exist do the built-in one, in every manner, seen from the same view. With ``--labels`` each clip of
a group (of the same movement) is the demonstration in turn, with its true count, and what comes of
it is held against the others; the recordings of poses begin with the names of the clips.
"""

import argparse
import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import formcheck
from formcheck.analysis.events import RepetitionCompleted
from formcheck.authoring import Choices, Demonstration, drafted, proposed_marks, tried, watched
from formcheck.authoring.trial import happened
from formcheck.errors import FormcheckError
from formcheck.evaluation.population import Case, cases
from formcheck.evaluation.population.cases import Act, Shot, round_size
from formcheck.evaluation.population.judging import judged
from formcheck.evaluation.population.sessions import filmed, performed
from formcheck.exercises.library import find
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.recordings import Recording
from formcheck.shares import Share
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.manners import MANNERS
from formcheck.simulation.person import Person, skeleton_of
from formcheck.simulation.plan import planned
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.seeing import AZIMUTHS_DEG
from formcheck.simulation.timing import Timing

RESULTS = Path(__file__).resolve().parent / "results"
# The numbers of formcheck.authoring were chosen with these; the others were not looked at before.
LOOKED_AT = (
    "glute_bridge",
    "sit_to_stand",
    "band_pull_apart",
    "dead_bug",
    "front_plank",
    "yoga_warrior2",
)
OTHERS = (
    "wall_angel",
    "side_bend",
    "heel_slide",
    "prone_press_up",
    "open_book",
    "cat_cow",
)
SHOWS = Person("female", 45, 1.66)
N_REPETITIONS, HOLD_S, SEED = 5, 10.0, 2026
TODAY = datetime.date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Figures:
    """How an exercise that was shown does on other people.

    Attributes
    ----------
    counted_by
        The measure that was proposed.
    exact
        Sessions counted exactly, or held within a second.
    by_built_in
        The same sessions by the built-in exercise.
    repetitions
        Repetitions found, of all.
    quiet
        Sessions of rest in which nothing was counted.
    """

    exercise: str
    counted_by: str
    is_own_right: bool
    exact: Share
    by_built_in: Share
    repetitions: Share
    quiet: Share


def main() -> None:
    """Measure, print and write down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("ids", nargs="*", default=[*LOOKED_AT, *OTHERS])
    parser.add_argument("--sessions", type=int, default=28, help="of other people, each")
    parser.add_argument("--name", default="own-exercises", help="of the file in results/")
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--poses", type=Path)
    parser.add_argument("--group", action="append", default=[])
    options = parser.parse_args()
    if options.labels:
        clips = _clips(options.labels, options.poses)
        for group in options.group:
            for line in on_real([clips[name] for name in group.split(",")]):
                print(line, flush=True)  # noqa: T201
        return
    rows = []
    for name in options.ids:
        rows.append(measured(find(name), options.sessions))
        print(_row(rows[-1]), flush=True)  # noqa: T201
    plain = {"formcheck": formcheck.__version__, "exercises": [_plain(one) for one in rows]}
    target = RESULTS / f"{options.name}.json"
    target.write_text(json.dumps(plain, indent=1) + "\n", encoding="utf-8")


def shown(exercise: Exercise) -> Demonstration:
    """Return one person's demonstration of a built-in exercise, as a camera sees it."""
    motion = motion_of(exercise, "")
    n = 1 if exercise.is_hold else N_REPETITIONS
    plan = planned(motion, n, hold_s=HOLD_S)
    performance = perform(skeleton_of(SHOWS), exercise, motion, plan, MANNERS["steady"], SEED)
    act = Act(exercise.id, motion.variant, SHOWS, "steady", "", 0, Side.LEFT, False, SEED)
    view = exercise.camera.view
    shot = Shot(view, Viewpoint(AZIMUTHS_DEG[view], 0.8, fill=0.7), Timing(30), 1.0, SEED)
    return watched(filmed(performance, act, shot).poses)


def measured(exercise: Exercise, n_sessions: int) -> Figures:
    """Return how what is made of a demonstration does on other people."""
    demonstration = shown(exercise)
    marks = proposed_marks(
        demonstration,
        None if exercise.is_hold else N_REPETITIONS,
        is_hold=exercise.is_hold,
    )
    own = drafted(demonstration, marks, Choices(name=exercise.name), TODAY)
    is_own_right = tried(own, demonstration, marks).is_right
    exact, beside, found, quiet = [], [], [], []
    for case in _others(exercise, n_sessions):
        performance = performed(exercise, case.act)
        poses = filmed(performance, case.act, case.shot).poses
        outcome = judged(case, performance, happened(own, poses))
        if case.act.is_idle:
            quiet.append(outcome.n_counted == 0 and outcome.n_holds_found == 0)
            continue
        exact.append(outcome.is_right)
        beside.append(judged(case, performance, happened(exercise, poses)).is_right)
        found += [one.answer == "counted" for one in outcome.repetitions]
    variant = own.variants[0]
    reading = variant.repetition.signals[0] if variant.repetition else variant.hold.conditions[0]
    return Figures(
        exercise.id,
        f"{reading.measure} ({reading.side})",
        is_own_right,
        *(Share.of(one) for one in (exact, beside, found, quiet)),
    )


def _others(exercise: Exercise, n_sessions: int) -> Iterator[Case]:
    """Yield clean sessions of the variant and the view that were shown, and sessions of rest."""
    variant, view = motion_of(exercise, "").variant, exercise.camera.view
    drawn = cases(exercise, 40 * round_size(exercise), SEED)
    n_clean = n_idle = 0
    for case in drawn:
        if case.act.fault or case.act.variant != variant or case.shot.view != view:
            continue
        if case.act.is_idle and n_idle < n_sessions // 4:
            n_idle += 1
            yield case
        elif not case.act.is_idle and n_clean < n_sessions:
            n_clean += 1
            yield case


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip of a real person: how often it is done, and its poses."""

    name: str
    repetitions: int
    poses: Path


def _clips(labels: Path, folder: Path) -> dict[str, Clip]:
    """Return the clips that are counted, by name."""
    clips = {}
    for one in json.loads(labels.read_text(encoding="utf-8"))["clips"]:
        recordings = sorted(folder.glob(f"{one['file'].replace('/', '__')}-*"))
        if one["repetitions"] and recordings:
            clips[one["file"]] = Clip(one["file"], one["repetitions"], recordings[0])
    return clips


def on_real(group: Sequence[Clip]) -> Iterator[str]:
    """Yield what an exercise made of each clip counts in the others."""
    for shows in group:
        try:
            demonstration = watched(Recording(shows.poses))
            marks = proposed_marks(demonstration, shows.repetitions, is_hold=False)
            own = drafted(demonstration, marks, Choices(name="shown"), TODAY)
        except FormcheckError as error:
            yield f"{shows.name}: no exercise could be made: {error}"
            continue
        repetition = own.variants[0].repetition
        by = repetition.signals[0].measure if repetition else ""
        yield f"{shows.name} by {by}: {tried(own, demonstration, marks).says()}"
        for other in group:
            if other is not shows:
                events = happened(own, Recording(other.poses))
                n = sum(isinstance(one, RepetitionCompleted) for one in events)
                yield f"    {other.name}: counted {n} of {other.repetitions}"


def _row(one: Figures) -> str:
    own = "right" if one.is_own_right else "WRONG"
    return (
        f"| {one.exercise} | {one.counted_by} | {own} | {one.exact} | {one.by_built_in}"
        f" | {one.repetitions} | {one.quiet} |"
    )


def _plain(one: Figures) -> dict[str, object]:
    return {
        "exercise": one.exercise,
        "counted_by": one.counted_by,
        "own_demonstration_is_right": one.is_own_right,
        "exact": str(one.exact),
        "by_built_in": str(one.by_built_in),
        "repetitions": str(one.repetitions),
        "nothing_at_rest": str(one.quiet),
    }


if __name__ == "__main__":
    main()
