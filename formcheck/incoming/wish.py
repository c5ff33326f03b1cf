"""What is asked for with a recording that is brought: of whom it is, and how it is taken."""

import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from formcheck.errors import SourceError, UsageError
from formcheck.recordings.incoming_file import Origin, Person

_PERSONS: TypeAdapter[str] = TypeAdapter(Person)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for with a recording.

    Attributes
    ----------
    person
        Of whom it is, by pseudonym.
    exercise
        The id of the only one that is done; None to recognise what is.
    recorded
        When it was recorded, where somebody says so.
    """

    person: str
    exercise: str | None = None
    keeps_video: bool = False
    recorded: datetime | None = None


def check_person(person: str) -> None:
    """Raise if nobody can be called so.

    Raises
    ------
    UsageError
        If it is no pseudonym.
    """
    try:
        _PERSONS.validate_python(person)
    except ValidationError as error:
        raise UsageError(
            "expected the pseudonym of a person, 1 to 64 letters, digits, spaces, '.', '-' or '_';"
            f" got {person[:80]!r}"
        ) from error


def origin_of(path: Path) -> Origin:
    """Return what tells a file from what it may be later.

    Raises
    ------
    SourceError
        If it is no file that can be read to an end.
    """
    try:
        facts = path.stat()
    except OSError as error:
        raise SourceError(f"no such file: {path}; check its name and folder") from error
    if not stat.S_ISREG(facts.st_mode):
        raise SourceError(f"{path} is no ordinary file: expected a video or a recording of poses")
    return Origin(
        path=str(path.absolute()), size_bytes=facts.st_size, modified_ns=facts.st_mtime_ns
    )
