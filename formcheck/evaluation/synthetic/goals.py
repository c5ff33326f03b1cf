"""What an exercise must reach on simulated people, and what it falls short of."""

from collections.abc import Iterator

from formcheck.evaluation.population import Bounds
from formcheck.evaluation.population.cases import CLEAR
from formcheck.evaluation.synthetic.records import ExerciseFigures, ViewFigures
from formcheck.exercises.schema import Exercise


def missed_goals(figures: ExerciseFigures, exercise: Exercise) -> tuple[str, ...]:
    """Return in words what stays below the goals; faults that are tips only may."""
    bounds, everything = Bounds(), figures.all_views
    return (*_wrongly_counted(everything, bounds), *_wrongly_judged(everything, exercise, bounds))


def _wrongly_counted(figures: ViewFigures, bounds: Bounds) -> Iterator[str]:
    for tally, says in (
        (figures.counted, "counted exactly"),
        (figures.held, "holds right"),
        (figures.quiet, "nothing at rest"),
    ):
        if tally.n and tally.share.value < bounds.right:
            yield f"{says} {tally.n_right}/{tally.n}"
    if figures.within_one.n_right < figures.within_one.n:
        yield f"off by more than one {figures.within_one.n - figures.within_one.n_right} times"


def _wrongly_judged(figures: ViewFigures, exercise: Exercise, bounds: Bounds) -> Iterator[str]:
    tips = {one.name for one in exercise.findings if one.observability == "poor"}
    for fault in figures.faults:
        if fault.fault in tips:
            continue
        clear = fault.at(CLEAR)
        if clear is not None and clear.found.value < bounds.recall:
            yield f"{fault.fault} found {clear.found.n_right}/{clear.found.n}"
        if fault.clean.n and fault.clean.share.value > bounds.false_flags:
            yield f"{fault.fault} raised in {fault.clean.n_right}/{fault.clean.n} clean ones"
