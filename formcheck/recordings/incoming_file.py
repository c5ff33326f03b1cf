"""What is known of a recording that was brought from elsewhere: a small file beside it.

A folder a recording, in ``incoming`` beside the sessions. The file says of whom it is and what
has become of it; the recording itself lies beside it only until it is analysed.
"""

import enum
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    NonNegativeInt,
    StringConstraints,
    ValidationError,
)

from formcheck.errors import SourceError
from formcheck.files import atomic_path

FOLDER = "incoming"
EARLIER = "earlier"
"""Under ``incoming``: what became of those that are no longer listed."""
FACTS = "recording.json"
FORMAT_VERSION = 1
ID = re.compile(r"[0-9a-f]{16}")
Person = Annotated[str, StringConstraints(pattern=r"^[\w.-][\w .-]{0,63}$")]


class State(enum.StrEnum):
    """What has become of a recording."""

    WAITING = "waiting"
    ANALYSING = "analysing"
    DONE = "done"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class DateFrom(enum.StrEnum):
    """Who says when it was recorded."""

    CAMERA = "camera"
    FILE = "file"
    TOLD = "told"


class Part(BaseModel):
    """A frozen part of the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Origin(Part):
    """The file that it was copied from, as it was then: the same one is not read again."""

    path: str
    size_bytes: int
    modified_ns: int


class Incoming(Part):
    """The contents of ``recording.json``.

    Attributes
    ----------
    id
        The name of its folder; follows from the person and the contents, so that the same
        recording of the same person is there once.
    name
        What the file was called, for people to read: it leads nowhere.
    recorded
        When it was recorded; None where nobody has said so yet: it waits for that.
    exercise
        The only one that is done in it; None where that is to be recognised.
    keeps_video
        Whether its pictures are kept with the session.
    share
        How much of it has been analysed, 0 to 1.
    n_begun
        How often it was begun: what breaks formcheck off again and again is refused.
    reason
        Why it was refused.
    session
        The session that came of it; empty where none did.
    says
        What came of it, line by line.
    """

    format: Literal["formcheck incoming recording"] = "formcheck incoming recording"
    format_version: int = FORMAT_VERSION
    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    person: Person
    name: str
    sha256: str
    size_bytes: NonNegativeInt
    added: AwareDatetime
    recorded: AwareDatetime | None = None
    date_from: DateFrom = DateFrom.FILE
    exercise: str | None = None
    keeps_video: bool = False
    origin: Origin | None = None
    state: State = State.WAITING
    changed: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    share: Annotated[float, Field(ge=0, le=1)] = 0.0
    n_begun: NonNegativeInt = 0
    reason: str = ""
    session: str = ""
    says: tuple[str, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether nothing more will become of it by itself."""
        return self.state not in {State.WAITING, State.ANALYSING}

    def save(self, path: Path) -> None:
        """Write it, or nothing.

        Raises
        ------
        OutputError
            If it cannot be written.
        """
        with atomic_path(path) as temporary:
            temporary.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Incoming:
    """Read what is known of a recording.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    try:
        return Incoming.model_validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SourceError(f"{path} does not say what became of a recording: {error}") from error


def folders_of(store: Path, person: str) -> Iterator[Path]:
    """Yield everything that is kept of a person's recordings: folders and single files."""
    incoming = store / FOLDER
    for path in (*incoming.glob(f"*/{FACTS}"), *(incoming / EARLIER).glob("*.json")):
        try:
            facts = load(path)
        except SourceError:
            continue
        if facts.person == person:
            yield path.parent if path.name == FACTS else path
