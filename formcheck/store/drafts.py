"""What a therapist is changing of a prescription, until it is signed: a file beside the store.

It is no revision, and nobody follows it. A draft holds what it was at every step, so that each can
be taken back, also after the page was closed.
"""

import hashlib
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, NonNegativeInt, ValidationError

from formcheck.errors import StoreError
from formcheck.exercises.readings import Record
from formcheck.files import atomic_path, ensure_folder
from formcheck.prescription.model import Prescription

FOLDER = "drafts"
MOST_STEPS = 60


class Draft(Record):
    """A prescription that is being changed.

    Attributes
    ----------
    person
        Whose it is, as they are called in the store.
    based_on
        The revision that it is to take the place of; 0 where there is none.
    steps
        How it was after every change, the latest last.
    """

    person: str
    based_on: NonNegativeInt
    steps: Annotated[tuple[Prescription, ...], Field(min_length=1, max_length=MOST_STEPS)]

    @property
    def now(self) -> Prescription:
        """As it is now."""
        return self.steps[-1]

    @property
    def can_undo(self) -> bool:
        """Whether there is a step that can be taken back."""
        return len(self.steps) > 1

    def changed(self, to: Prescription) -> Self:
        """Return it after one more change; nothing is a step that changes nothing."""
        if to == self.now:
            return self
        return self.model_copy(update={"steps": (*self.steps, to)[-MOST_STEPS:]})

    def undone(self) -> Self:
        """Return it without its last step; the first one stays."""
        return self.model_copy(update={"steps": self.steps[:-1] or self.steps})


def load(folder: Path, person: str) -> Draft | None:
    """Return the draft of a person; None where there is none.

    Raises
    ------
    StoreError
        If it cannot be read.
    """
    path = _path(folder, person)
    try:
        return Draft.model_validate_json(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError, UnicodeDecodeError) as error:
        raise StoreError(
            f"the draft of the prescription of {person} cannot be read: move {path} away to begin"
            " anew; what is prescribed is not touched by it"
        ) from error


def save(folder: Path, draft: Draft) -> None:
    """Keep a draft in the place of the one before it.

    Raises
    ------
    OutputError
        If it cannot be written: the one before it is still there.
    """
    path = _path(folder, draft.person)
    ensure_folder(path.parent)
    with atomic_path(path) as temporary:
        temporary.touch(mode=0o600)
        temporary.write_text(draft.model_dump_json(exclude_none=True), encoding="utf-8")


def discard(folder: Path, person: str) -> None:
    """Remove the draft of a person, if there is one."""
    _path(folder, person).unlink(missing_ok=True)


def _path(folder: Path, person: str) -> Path:
    """Return where a draft lies: a name that is one on every system, whatever they are called."""
    return folder / FOLDER / f"{hashlib.sha256(person.encode()).hexdigest()[:24]}.json"
