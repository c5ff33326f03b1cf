"""A clinic's own exercises: files beside the sessions, in the folder ``own_exercises``.

They are known where they are asked for by name, and are never among those that formcheck
recognises by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from formcheck.errors import ExerciseFileError
from formcheck.exercises import library
from formcheck.exercises.plain import OWN_PREFIX
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path, ensure_folder

FOLDER = "own_exercises"
# A file that says more was not written by a therapist.
_LARGEST_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file in the folder that is no exercise, and why."""

    name: str
    reason: str


def folder_of(store: Path) -> Path:
    """Return where the own exercises of a store lie."""
    return store / FOLDER


def file_of(store: Path, exercise_id: str) -> Path:
    """Return the file of an own exercise."""
    return folder_of(store) / f"{exercise_id}{library.SUFFIX}"


def own_exercises(store: Path) -> dict[str, Exercise]:
    """Return every own exercise of a store by id, but those that cannot be read."""
    return {one.id: one for one in _read(store) if isinstance(one, Exercise)}


def unreadable(store: Path) -> tuple[Unreadable, ...]:
    """Return the files that are no exercises, each with the reason."""
    return tuple(one for one in _read(store) if isinstance(one, Unreadable))


def save(store: Path, exercise_id: str, text: str) -> Path:
    """Write the file of an own exercise, or nothing; return where it is.

    Raises
    ------
    ExerciseFileError
        If its id is not that of an own exercise.
    OutputError
        If it cannot be written.
    """
    if not exercise_id.startswith(OWN_PREFIX):
        raise ExerciseFileError(
            f"the id of an own exercise begins with {OWN_PREFIX}, got {exercise_id!r}"
        )
    path = file_of(store, exercise_id)
    ensure_folder(path.parent)
    with atomic_path(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
    return path


def _read(store: Path) -> Iterator[Exercise | Unreadable]:
    for path in sorted(folder_of(store).glob(f"{OWN_PREFIX}*{library.SUFFIX}")):
        try:
            if path.stat().st_size > _LARGEST_BYTES:
                raise ExerciseFileError(f"{path.name}: too large for an exercise")
            yield library.load(path)
        except (ExerciseFileError, OSError) as error:
            yield Unreadable(path.name, str(error))
