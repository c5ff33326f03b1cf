"""What the numbers that a therapist may set are called."""

from collections.abc import Mapping

from formcheck.exercises.schema import Exercise
from formcheck.exercises.settable_numbers import SettableNumber, settable_numbers
from formcheck.texts import Texts

_PLAIN: Mapping[str, str] = {
    "target": "target",
    "minimum_excursion": "least travel that counts",
    "effort": "where the effort begins",
    "rest": "where it rests",
    "min": "at least",
    "max": "at most",
}


def number_label(number: SettableNumber, texts: Texts) -> str:
    """Return what is wrong beyond it, or what of a reading it is."""
    if number.says:
        return number.says
    what = texts.say(f"measure.{number.measure}")
    return f"{what}: {_PLAIN.get(number.name.rsplit('.', 1)[-1], number.name)}"


def own_number_labels(exercise: Exercise, texts: Texts) -> dict[str, str]:
    """Return what each number of an exercise is called, by the name by which it is set."""
    return {one.name: number_label(one, texts) for one in settable_numbers(exercise)}
