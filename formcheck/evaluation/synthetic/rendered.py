"""Rendered clips that the engine has looked at, scored as sessions of simulated people are.

What is kept of a clip is its truth and what the engine found, not its pictures: so everything
can be computed again, with other rules, without rendering.
"""

import json
import math
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, ValidationError

from formcheck.analysis.coach import Coach
from formcheck.errors import LabelsError
from formcheck.evaluation.labels import LabelledFault
from formcheck.evaluation.noise_fit.command import TRUTH_SUFFIX, recorded
from formcheck.evaluation.population import Act, Case, Outcome, Shot
from formcheck.evaluation.population.cases import LEVELS
from formcheck.evaluation.population.judging import judged
from formcheck.evaluation.population.reading_errors import reading_errors
from formcheck.evaluation.synthetic.figures import figures_of
from formcheck.evaluation.synthetic.records import ExerciseFigures
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder
from formcheck.landmarks import N_LANDMARKS, Side
from formcheck.measures import View
from formcheck.pose import Pose, rounded_pose
from formcheck.recordings import SUFFIX, Recording
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.crowd import FAULT_WAY
from formcheck.simulation.performance import FaultSpan, Repetition
from formcheck.simulation.person import Person
from formcheck.simulation.timing import Timing
from formcheck.simulation.truth import Truth

LABELS = "labels.json"

# So much more or less of the way to a threshold is as good as a level.
_NEAR_LEVEL = 0.1
# The people of the clips are bodies, not numbers; nothing here asks who they were.
_SOMEBODY = Person("female", 40, 1.7)


class DoneFault(BaseModel):
    """What was done wrong in a clip, and how many times the way to its threshold of today.

    The way is None where it is not known: the motion has changed since the clip was rendered.
    """

    model_config = ConfigDict(frozen=True)

    fault: str
    way: float | None


class RenderedClip(BaseModel):
    """What is true of a rendered clip; see `label_of`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: str
    exercise: str
    variant: str
    view: View
    fps: float
    width: int
    height: int
    repetition_times_s: tuple[float, ...] = ()
    repetition_spans_s: tuple[tuple[float, float], ...] = ()
    sides: tuple[Side | None, ...] | None = None
    holds_s: tuple[tuple[float, float], ...] = ()
    faults: tuple[LabelledFault, ...] = ()
    done: DoneFault | None = None

    @property
    def name(self) -> str:
        """Without the ending of a video."""
        return Path(self.file).stem

    @property
    def fault(self) -> str:
        """What is done wrong in it, or empty: whether or not as far as its threshold."""
        if self.done is not None:
            return self.done.fault
        return next((one.catalogue_fault or "" for one in self.faults), "")

    @property
    def way(self) -> float:
        """How many times the way to its threshold, as one of the levels where it is near one."""
        if not self.fault:
            return 0.0
        way = FAULT_WAY if self.done is None else self.done.way
        if way is None:
            return math.nan
        nearest = min(LEVELS, key=lambda level: abs(level - way))
        return nearest if abs(nearest - way) <= _NEAR_LEVEL else way


@dataclass(frozen=True, slots=True)
class _Labelled:
    """What was done in a clip, by its label."""

    repetitions: tuple[Repetition, ...]
    holds_s: tuple[tuple[float, float], ...]
    faults: tuple[FaultSpan, ...]

    @staticmethod
    def of(clip: RenderedClip) -> "_Labelled":
        spans = tuple(
            FaultSpan(one.catalogue_fault or "", one.start_s or 0.0, one.end_s or 0.0)
            for one in clip.faults
        )
        sides = clip.sides or (None,) * len(clip.repetition_spans_s)
        repetitions = tuple(
            Repetition(start_s, peak_s, end_s, side, _fault_in(spans, start_s, end_s))
            for (start_s, end_s), peak_s, side in zip(
                clip.repetition_spans_s, clip.repetition_times_s, sides, strict=True
            )
        )
        return _Labelled(repetitions, clip.holds_s, spans)


def _fault_in(spans: Sequence[FaultSpan], start_s: float, end_s: float) -> str:
    return next((one.fault for one in spans if start_s <= one.start_s < end_s), "")


def kept_clips(folder: Path) -> tuple[RenderedClip, ...]:
    """Return the clips of a folder, by its labels.

    Raises
    ------
    LabelsError
        If there are none.
    """
    path = folder / LABELS
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return tuple(RenderedClip.model_validate(clip) for clip in content["clips"])
    except (OSError, ValueError, KeyError, TypeError, ValidationError) as error:
        raise LabelsError(
            f"{path} does not say what rendered clips show; make some with"
            f" `python -m formcheck.simulation.samples --crowd 100 --out FOLDER` ({error})"
        ) from error


def keep(source: Path, target: Path, progress: Callable[[int, int | None], None]) -> None:
    """Let the engine look at each clip of a folder once; keep what it found and what is true.

    Clips that were kept before stay, but for those that were made anew.
    """
    clips = kept_clips(source)
    ensure_folder(target)
    poses = ensure_folder(source / "poses")
    for number, clip in enumerate(clips, start=1):
        found = recorded(source / clip.file, poses)
        shutil.copyfile(found.path, target / f"{clip.name}{SUFFIX}")
        shutil.copyfile(
            source / f"{clip.name}{TRUTH_SUFFIX}", target / f"{clip.name}{TRUTH_SUFFIX}"
        )
        progress(number, len(clips))
    _add_labels(source / LABELS, target / LABELS)


def _add_labels(source: Path, target: Path) -> None:
    both = [target, source] if target.is_file() else [source]
    contents = [json.loads(path.read_text(encoding="utf-8")) for path in both]
    labels = {label["file"]: label for content in contents for label in content["clips"]}
    about = contents[-1].get("about", {}) | {"clips": len(labels)}
    clips = [labels[name] for name in sorted(labels)]
    with atomic_path(target) as temporary:
        text = json.dumps({"about": about, "clips": clips}, indent=1)
        temporary.write_text(text + "\n", encoding="utf-8")


def outcomes_by_exercise(
    folder: Path, exercises: Mapping[str, Exercise]
) -> Iterator[tuple[Exercise, list[Outcome]]]:
    """Yield what came of the clips of each exercise."""
    clips = kept_clips(folder)
    for exercise in exercises.values():
        own = [clip for clip in clips if clip.exercise == exercise.id]
        if own:
            yield exercise, [outcome_of(folder, clip, exercise) for clip in own]


def outcome_of(folder: Path, clip: RenderedClip, exercise: Exercise) -> Outcome:
    """Return what formcheck makes of one clip when it is asked for its exercise."""
    found, truth = _found(folder, clip), Truth.load(folder / f"{clip.name}{TRUTH_SUFFIX}")
    coach = Coach([exercise])
    snapshots = [coach.update(time_s, pose) for time_s, pose in found]
    events = [event for one in (*snapshots, coach.finish()) for event in one.events]
    nearest = np.abs(truth.time_s[:, None] - np.array([time_s for time_s, _ in found])).argmin(0)
    exact = (_exact(clip, truth, k) for k in nearest.tolist())
    return judged(
        _case(clip), _Labelled.of(clip), events, reading_errors(exercise, snapshots, exact)
    )


def _found(folder: Path, clip: RenderedClip) -> list[tuple[float, Pose | None]]:
    return list(Recording(folder / f"{clip.name}{SUFFIX}"))


def found_share(folder: Path) -> tuple[float, float]:
    """Return the mean share of frames in which somebody was found, and the worst clip's."""
    shares = []
    for clip in kept_clips(folder):
        found = _found(folder, clip)
        shares.append(sum(pose is not None for _, pose in found) / len(found))
    return round(float(np.mean(shares)), 4), round(min(shares), 4)


def _exact(clip: RenderedClip, truth: Truth, k: int) -> Pose:
    return rounded_pose(
        float(truth.time_s[k]),
        truth.image_px[k],
        truth.world_m[k],
        np.ones(N_LANDMARKS),
        (clip.width, clip.height),
    )


def _case(clip: RenderedClip) -> Case:
    act = Act(clip.exercise, clip.variant, _SOMEBODY, "", clip.fault, clip.way, Side.LEFT, False, 0)
    return Case(
        act, Shot(clip.view, Viewpoint(0.0, 0.0, clip.width, clip.height), Timing(clip.fps), 1.0, 0)
    )


def measured(folder: Path, exercises: Mapping[str, Exercise]) -> list[ExerciseFigures]:
    """Return the figures of every exercise of which there are clips."""
    return [
        figures_of(exercise, outcomes)
        for exercise, outcomes in outcomes_by_exercise(folder, exercises)
    ]
