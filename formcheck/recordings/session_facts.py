"""A session's folder, and what can be read from it again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.errors import SourceError
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Exercise
from formcheck.recordings.folder_lock import is_locked
from formcheck.recordings.meta import SUFFIX
from formcheck.recordings.session_journal import (
    EVENTS,
    FORMAT_VERSION,
    SESSION,
    PlannedStep,
    SessionFacts,
    SessionJournal,
)
from formcheck.recordings.set_recording import CUT_OFF, assembled, is_unfinished_set

__all__ = [
    "ENDED",
    "EVENTS",
    "FORMAT_VERSION",
    "SESSION",
    "PlannedStep",
    "RecordedSet",
    "SessionFacts",
    "SessionFolder",
    "is_session",
]
ENDED = frozenset({"SessionEnded", "SessionKept"})


@dataclass(frozen=True, slots=True)
class RecordedSet:
    """The recording of one set.

    Attributes
    ----------
    started, ended
        What the events say of its start and end; ``ended`` is None where it was cut off.
    fit
        What was known of the person when it was done.
    """

    path: Path
    exercise: Exercise
    started: Mapping[str, Any]
    ended: Mapping[str, Any] | None
    fit: Fit = AS_IN_THE_FILE


class SessionFolder:
    """Read a session that was written down, also one that was cut off.

    Raises
    ------
    SourceError
        If the folder is no session, or a newer formcheck wrote it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._contents = (path / SESSION).read_bytes()
        except OSError as error:
            raise SourceError(
                f"expected the folder of a session in {path}, found no readable {SESSION}: {error}"
            ) from error
        self.facts = self.journal.facts

    @property
    def journal(self) -> SessionJournal:
        """What its files say, up to now."""
        try:
            events = (self.path / EVENTS).read_bytes()
        except OSError:
            events = b""
        return SessionJournal(self._contents, events, str(self.path))

    def events(self) -> Iterator[Mapping[str, Any]]:
        """Yield what happened; a line that was cut off is left out."""
        return self.journal.events()

    @property
    def is_going_on(self) -> bool:
        """Whether a formcheck that runs is writing to it."""
        return is_locked(self.path)

    @property
    def is_ended(self) -> bool:
        """Whether it came to its end, or was kept as it is."""
        return any(event["type"] in ENDED for event in self.events())

    def sets(self) -> list[RecordedSet]:
        """Return every set in order; what was cut off is put together first.

        A set that was cut off and gone on with is there once: its second recording has it all.

        Raises
        ------
        OutputError
            If that cannot be written.
        SourceError
            If the exercise of a set is not known, or the session is still going on.
        """
        if self.is_going_on:
            raise SourceError(f"the session in {self.path} is going on: end it first")
        for folder in sorted(self.path.glob("set-*")):
            if is_unfinished_set(folder):
                assembled(folder, incomplete_reason=CUT_OFF)
        names = sorted(path.name.removesuffix(SUFFIX) for path in self.path.glob(f"set-*{SUFFIX}"))
        told = self.journal.sets(names, load_all() if names else {})
        return [
            RecordedSet(
                self.path / f"{one.name}{SUFFIX}", one.exercise, one.started, one.ended, one.fit
            )
            for one in told
        ]

    def fits(self) -> Mapping[str, Fit]:
        """Return what is known of the person by its end, by the ids of exercises."""
        return self.journal.fits()


def is_session(path: Path) -> bool:
    """Whether a folder is that of a session."""
    return (path / SESSION).is_file()
