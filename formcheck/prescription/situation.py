"""What may come next for an exercise of a prescription: how far it grows, and its neighbours.

Only neighbours that this patient may do: nothing against them, everything needed at hand, and not
in the programme already.
"""

from collections.abc import Iterable, Mapping

from formcheck.exercises.dose import Dose
from formcheck.exercises.readings import SideChoice
from formcheck.exercises.schema import Exercise
from formcheck.prescription.model import Item, Prescription
from formcheck.prescription.progression import Situation
from formcheck.prescription.safety_checks import suits

_EITHER_SIDE = {SideChoice.LARGER, SideChoice.SMALLER}


def situation_of(
    item: Item, prescription: Prescription, exercises: Mapping[str, Exercise]
) -> Situation:
    """Return the exercise of an item as it is done now, and what may take its place.

    Parameters
    ----------
    exercises
        All that are known, by id.
    """
    exercise = exercises[item.exercise]
    is_repeated = item.dose.repetitions is not None
    takes_turns = item.side is None and is_repeated and has_sides(exercise)
    return Situation(
        dose=item.dose,
        ceiling=_ceiling(item.dose, exercise),
        easier=_first_that_suits(exercise.easier, prescription, exercises),
        harder=_first_that_suits(exercise.harder, prescription, exercises),
        repetitions_step=2 if takes_turns else 1,
    )


def _ceiling(dose: Dose, exercise: Exercise) -> Dose:
    """Return the usual dose, where it is of the same kind; else there is nothing to grow to."""
    usual = exercise.usual_dose or exercise.dose
    is_alike = usual is not None and (usual.repetitions is None) == (dose.repetitions is None)
    return usual if usual is not None and is_alike else dose


def _first_that_suits(
    ids: Iterable[str], prescription: Prescription, exercises: Mapping[str, Exercise]
) -> str | None:
    done = {item.exercise for item in prescription.items}
    return next(
        (
            one
            for one in ids
            if one in exercises and one not in done and suits(exercises[one], prescription)
        ),
        None,
    )


def has_sides(exercise: Exercise) -> bool:
    """Whether its repetitions are to one side and the other."""
    return any(
        signal.directions == "both" or signal.side in _EITHER_SIDE
        for variant in exercise.variants
        if variant.repetition
        for signal in variant.repetition.signals
    )
