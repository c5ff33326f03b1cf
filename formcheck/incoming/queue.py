"""The recordings that wait, and what became of those before them; what is asked of them is done.

What is brought twice for the same person is there once.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from formcheck.errors import SourceError, UsageError
from formcheck.files import ensure_folder, output_errors
from formcheck.incoming.arriving import Arrived, Arriving
from formcheck.incoming.looking import Look, looked_at, plausible
from formcheck.incoming.names import in_words, shown_name
from formcheck.incoming.shelf import Shelf
from formcheck.incoming.wish import Wish, check_person, origin_of
from formcheck.recordings.incoming_file import DateFrom, Incoming, Origin, State

_PART_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Taken:
    """A recording in the queue; ``is_new`` is False where it was there already."""

    facts: Incoming
    is_new: bool


class Queue(Shelf):
    """The recordings beside the sessions of a store, and what may be asked of them.

    Parameters
    ----------
    store
        The folder of the store.
    now
        Gives the time of day, with its zone.
    looks
        Looks at a file that has come.
    """

    def __init__(
        self,
        store: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        looks: Callable[[Path, datetime], Look] = looked_at,
    ) -> None:
        super().__init__(store, now)
        self._looks = looks

    def arriving(self, size_bytes: int) -> Arriving:
        """Return what takes the bytes of a recording that comes; see `Arriving`."""
        return Arriving(ensure_folder(self.folder), size_bytes)

    def take(
        self, arrived: Arrived, name: str, wish: Wish, modified: datetime | None = None
    ) -> Taken:
        """Take a recording that has come whole; it is looked at first.

        Parameters
        ----------
        name
            What its file was called.
        modified
            The date of its file.

        Raises
        ------
        SourceError
            If it can be no recording.
        UsageError
            If its person cannot be called so.
        """
        check_person(wish.person)
        return self._take(arrived, shown_name(name), wish, modified, None)

    def take_file(self, path: Path, wish: Wish) -> Taken:
        """Copy a file of this computer into the queue; it stays where it is.

        Raises
        ------
        SourceError
            If it can be no recording.
        UsageError
            If its person cannot be called so.
        OutputError
            If there is no room for it.
        """
        check_person(wish.person)
        origin = origin_of(path)
        try:
            with path.open("rb") as file, self.arriving(origin.size_bytes) as arriving:
                while part := file.read(_PART_BYTES):
                    arriving.write(part)
                modified = datetime.fromtimestamp(origin.modified_ns / 1e9, UTC)
                arrived = arriving.finish()
                return self._take(arrived, shown_name(path.name), wish, modified, origin)
        except OSError as error:
            raise SourceError(f"{path} cannot be read: {error.strerror}") from error

    def announced(self, size_bytes: int, person: str) -> None:
        """Look, before it comes, if a recording may come; nothing is written.

        Raises
        ------
        FormcheckError
            If it may not, for the reasons of `arriving` and `take`.
        """
        check_person(person)
        with self.arriving(size_bytes):
            pass

    def can_retry(self, facts: Incoming) -> bool:
        """Whether it can be analysed again."""
        is_in_vain = facts.is_over and not facts.session
        return is_in_vain and self.contents(facts.id).exists()

    def next_waiting(self) -> Incoming | None:
        """Return which one is analysed next; one of which nobody knows its date waits for it."""
        waiting = (one for one in self.listed() if one.state is State.WAITING)
        return next((one for one in waiting if one.recorded is not None), None)

    @property
    def needs_work(self) -> bool:
        """Whether something waits, or was left half done, and nobody is about it."""
        if self.is_worked_off:
            return False
        is_left = any(one.state is State.ANALYSING for one in self.listed())
        return is_left or self.next_waiting() is not None

    def change(self, recording_id: str, **values: Any) -> Incoming:
        """Change what is known of a recording, as it is now, and return it."""
        with self._editing():
            facts = self.find(recording_id)
            return self._saved(facts, **values)

    def tell_date(self, recording_id: str, recorded: datetime) -> Incoming:
        """Say when it was recorded.

        Raises
        ------
        UsageError
            If that cannot be, or it is in the store already.
        """
        if not plausible(recorded, self.now()):
            raise UsageError(f"{recorded:%Y-%m-%d %H:%M} cannot be when it was recorded")
        with self._editing():
            facts = self.find(recording_id)
            if facts.is_over or facts.session:
                raise UsageError("it is over: its date cannot be changed any more")
            return self._saved(facts, recorded=recorded, date_from=DateFrom.TOLD)

    def cancel(self, recording_id: str) -> None:
        """Take a recording out of the queue; one that is being analysed ends within a second."""
        with self._editing():
            facts = self.find(recording_id)
            if facts.state is State.ANALYSING and self.is_worked_off:
                self._cancel_mark(recording_id).touch()
            elif not facts.is_over:
                self._saved(facts, state=State.CANCELLED)
                self._drop(facts.id)

    def retry(self, recording_id: str, exercise: str | None = None) -> Incoming:
        """Let a recording wait again, of which nothing came.

        Raises
        ------
        UsageError
            If it is no longer there, or was not in vain.
        """
        with self._editing():
            facts = self.find(recording_id)
            if not self.can_retry(facts):
                raise UsageError("it is no longer here: bring it again")
            return self._saved(
                facts, state=State.WAITING, exercise=exercise, share=0.0, n_begun=0,
                reason="", says=(),
            )  # fmt: skip

    def remove(self, recording_id: str) -> None:
        """Take a recording that is over off the list; what came of it stays.

        Raises
        ------
        UsageError
            If it is not over.
        """
        with self._editing():
            facts = self.find(recording_id)
            if not facts.is_over:
                raise UsageError("it is not over: cancel it first")
            self._put_away(facts)

    def end(self, recording_id: str, state: State, *, keeps: bool = False, **values: Any) -> None:
        """Say what came of a recording; its copy goes, unless it may be wanted again."""
        with self._editing():
            facts = self.find(recording_id)
            if not keeps:
                self._drop(recording_id)
            shutil.rmtree(self.work_folder(recording_id), ignore_errors=True)
            self._saved(facts, state=state, **values)
            self._cancel_mark(recording_id).unlink(missing_ok=True)

    def _take(
        self,
        arrived: Arrived,
        name: str,
        wish: Wish,
        modified: datetime | None,
        origin: Origin | None,
    ) -> Taken:
        recording_id = _id(wish.person, arrived.sha256)
        with self._editing():
            before = self._before(recording_id)
            if before is not None and (before.session or not before.is_over):
                return Taken(before, is_new=False)
        now = self.now()
        recorded, date_from = self._date(arrived, name, wish, modified)
        facts = Incoming(
            id=recording_id,
            person=wish.person,
            name=name,
            sha256=arrived.sha256,
            size_bytes=arrived.size_bytes,
            added=now,
            changed=now,
            recorded=recorded,
            date_from=date_from,
            exercise=wish.exercise,
            keeps_video=wish.keeps_video,
            origin=origin,
        )
        with self._editing():
            ensure_folder(self.folder / recording_id)
            contents = self.contents(recording_id)
            with output_errors(contents):
                arrived.path.replace(contents)
            self._cancel_mark(recording_id).unlink(missing_ok=True)
            facts.save(self._facts(recording_id))
        return Taken(facts, is_new=True)

    def _date(
        self, arrived: Arrived, name: str, wish: Wish, modified: datetime | None
    ) -> tuple[datetime | None, DateFrom]:
        """Return when it was recorded: as somebody says, else its camera, else its file."""
        try:
            look = self._looks(arrived.path, self.now())
        except SourceError as error:
            raise SourceError(in_words(error, arrived.path, name)) from error
        if wish.recorded is not None:
            if not plausible(wish.recorded, self.now()):
                raise UsageError(f"{wish.recorded:%Y-%m-%d} cannot be when it was recorded")
            return wish.recorded, DateFrom.TOLD
        if look.recorded is not None:
            return look.recorded, DateFrom.CAMERA
        is_known = modified is not None and plausible(modified, self.now())
        return (modified if is_known else None), DateFrom.FILE


def _id(person: str, sha256: str) -> str:
    return hashlib.sha256(f"{person}\0{sha256}".encode()).hexdigest()[:16]
