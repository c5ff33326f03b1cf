"""What a language file has to say of an exercise."""

from formcheck.exercises.schema import Exercise
from formcheck.texts.exercise_texts import translated


def keys_of(exercise: Exercise) -> dict[str, str]:
    """Return the English of every sentence of an exercise, by its key."""
    found: dict[str, str] = {}

    def note(key: str, english: str) -> str:
        found[key] = english
        return english

    translated(exercise, note)
    return found
