"""Read exercise files; name every mistake with its file, its field and the nearest right word."""

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import BaseModel, ValidationError

from formcheck.errors import ExerciseFileError, UsageError, unread
from formcheck.exercises import schema
from formcheck.exercises.schema import Exercise

SUFFIX = ".toml"


def load(file: Traversable) -> Exercise:
    """Read and check one exercise file; its id is the file's name without ``.toml``.

    Raises
    ------
    ExerciseFileError
        If the file cannot be read, is not valid TOML or does not fit the schema; every mistake
        is named.
    """
    try:
        content = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseFileError(f"{file.name}: {unread(error)}") from error
    except tomllib.TOMLDecodeError as error:
        raise ExerciseFileError(
            f"{file.name} is no exercise: not valid TOML: {error}."
            "\n`formcheck exercises schema` says what an exercise file holds."
        ) from error
    try:
        return Exercise.model_validate({"id": file.name.removesuffix(SUFFIX), **content})
    except ValidationError as error:
        mistakes = "\n  ".join(_mistakes(error))
        raise ExerciseFileError(f"{file.name} is not a valid exercise:\n  {mistakes}") from error


def load_all() -> dict[str, Exercise]:
    """Return every exercise that ships with formcheck, by id, in order of id."""
    return dict(_built_in())


@cache  # 50 ms; their files do not change while formcheck runs, and an exercise is frozen
def _built_in() -> Mapping[str, Exercise]:
    files = resources.files("formcheck.exercises").iterdir()
    found = sorted((f for f in files if f.name.endswith(SUFFIX)), key=lambda f: f.name)
    return {exercise.id: exercise for exercise in map(load, found)}


def searched(exercises: Iterable[Exercise]) -> tuple[Exercise, ...]:
    """Return those among which an exercise is recognised that nobody has named."""
    return tuple(exercise for exercise in exercises if not exercise.only_when_named)


def find(exercise_id: str) -> Exercise:
    """Return the built-in exercise with this id.

    Raises
    ------
    UsageError
        If there is none; the message suggests the nearest id.
    """
    exercises = load_all()
    if exercise_id not in exercises:
        near = difflib.get_close_matches(exercise_id, exercises, n=1)
        hint = f"; did you mean {near[0]}?" if near else ""
        raise UsageError(
            f"unknown exercise {exercise_id!r}{hint}\n"
            f"Known: {', '.join(exercises)} (see `formcheck exercises list`)."
        )
    return exercises[exercise_id]


def _mistakes(error: ValidationError) -> Iterator[str]:
    for mistake in error.errors():
        place = ".".join(str(part) for part in mistake["loc"]) or "the file"
        message = mistake["msg"].removeprefix("Value error, ")
        got = mistake["input"]
        if mistake["type"] == "extra_forbidden":
            message = f"unknown field{_nearest_field(mistake['loc'])}"
        elif mistake["type"] == "missing":
            message = "missing"
        elif isinstance(got, str | int | float | bool):
            message += f", got {got!r}"
            near = _nearest_word(got, mistake.get("ctx", {}))
            message += f"; did you mean {near!r}?" if near else ""
        yield f"{place}: {message}"


def _nearest_word(got: object, context: dict[str, Any]) -> str:
    """Return the allowed word that is closest to what was written, if any is close."""
    words = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")
    near = difflib.get_close_matches(str(got), words, n=1)
    return near[0] if near else ""


def _nearest_field(location: tuple[int | str, ...]) -> str:
    fields = {
        name
        for record in vars(schema).values()
        if isinstance(record, type) and issubclass(record, BaseModel)
        for name in record.model_fields
    }
    near = difflib.get_close_matches(str(location[-1]), fields, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
