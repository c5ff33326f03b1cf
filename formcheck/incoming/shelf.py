"""How the recordings that wait lie on the disk: a folder each, and who may change it when.

Several programs may look and change at once: each change is made under a lock, to the file as it
is then.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from formcheck.errors import OutputError, SourceError
from formcheck.files import ensure_folder, output_errors
from formcheck.recordings.folder_lock import FolderLock, is_locked
from formcheck.recordings.incoming_file import EARLIER, FACTS, FOLDER, ID, Incoming, Origin, load

LISTED_FOR = timedelta(days=7)
_CONTENTS = "contents"
_CANCEL = "cancel"
_EDITING = ".editing"
_WORKING = ".working"
_EDITED_WITHIN_S = 10.0


class GoneError(SourceError):
    """A recording is no longer in the list: somebody took it off, or erased its person."""


class Shelf:
    """The recordings beside the sessions of a store, as they are now.

    Parameters
    ----------
    store
        The folder of the store.
    now
        Gives the time of day, with its zone.
    """

    def __init__(self, store: Path, now: Callable[[], datetime]) -> None:
        self.store = store
        self.folder = store / FOLDER
        self.now = now

    def listed(self) -> tuple[Incoming, ...]:
        """Return every recording that waits, is analysed, or was of late; the oldest first."""
        found = []
        for path in self.folder.glob(f"*/{FACTS}"):
            try:
                found.append(load(path))
            except SourceError:
                continue  # it is being removed
        return tuple(sorted(found, key=lambda one: (one.added, one.id)))

    def find(self, recording_id: str) -> Incoming:
        """Return a recording of the list.

        Raises
        ------
        GoneError
            If there is none of this id.
        """
        if not ID.fullmatch(recording_id) or not self._facts(recording_id).is_file():
            raise GoneError("there is no such recording in the list any more")
        return load(self._facts(recording_id))

    def contents(self, recording_id: str) -> Path:
        """Return where a recording lies, if it is still there."""
        return self.folder / recording_id / _CONTENTS

    def work_folder(self, recording_id: str) -> Path:
        """Return where it is worked on."""
        return self.folder / recording_id / "work"

    def is_cancelled(self, recording_id: str) -> bool:
        """Whether somebody has asked to end it."""
        return self._cancel_mark(recording_id).exists()

    @contextmanager
    def working(self) -> Iterator[bool]:
        """Be the one who works it off; yields whether nobody else does."""
        try:
            lock = FolderLock(ensure_folder(self.folder / _WORKING))
        except OutputError:
            if not self.is_worked_off:
                raise
            yield False
            return
        with lock:
            yield True

    @property
    def is_worked_off(self) -> bool:
        """Whether a formcheck that runs works it off."""
        return is_locked(self.folder / _WORKING)

    def tidy(self) -> None:
        """Put away what was over a week ago; it is still known, and not taken twice."""
        for facts in self.listed():
            if facts.is_over and self.now() - facts.changed > LISTED_FOR:
                with self._editing():
                    self._put_away(facts)

    def origins(self) -> Iterator[Origin]:
        """Yield every file of this computer that was ever brought."""
        paths = (*self.folder.glob(f"*/{FACTS}"), *(self.folder / EARLIER).glob("*.json"))
        for path in paths:
            try:
                origin = load(path).origin
            except SourceError:
                continue
            if origin is not None:
                yield origin

    def _before(self, recording_id: str) -> Incoming | None:
        earlier = self.folder / EARLIER / f"{recording_id}.json"
        for path in (self._facts(recording_id), earlier):
            if path.is_file():
                return load(path)
        return None

    def _put_away(self, facts: Incoming) -> None:
        facts.save(ensure_folder(self.folder / EARLIER) / f"{facts.id}.json")
        shutil.rmtree(self.folder / facts.id, ignore_errors=True)

    def _drop(self, recording_id: str) -> None:
        with output_errors(self.contents(recording_id)):
            self.contents(recording_id).unlink(missing_ok=True)

    def _saved(self, facts: Incoming, **values: Any) -> Incoming:
        changed = facts.model_copy(update={"changed": self.now(), **values})
        changed.save(self._facts(facts.id))
        return changed

    def _cancel_mark(self, recording_id: str) -> Path:
        return self.folder / recording_id / _CANCEL

    def _facts(self, recording_id: str) -> Path:
        return self.folder / recording_id / FACTS

    @contextmanager
    def _editing(self) -> Iterator[None]:
        """Change files that others change too: wait for them, they are quick."""
        folder = ensure_folder(self.folder / _EDITING)
        until_s = time.monotonic() + _EDITED_WITHIN_S
        while True:
            try:
                lock = FolderLock(folder)
                break
            except OutputError:
                if time.monotonic() > until_s:
                    raise
                time.sleep(0.01)
        with lock:
            yield
