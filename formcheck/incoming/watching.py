"""Watch a folder, and take what is put into it.

It is looked through every few seconds: folders of a network tell nobody what changes in them. A
file is taken once it has stayed as it is for a while; until then somebody may still be writing
it. The name of a sub-folder is the pseudonym of a person; what lies in the folder itself belongs
to whoever is named with it. Nothing is moved or deleted, unless that is asked for.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from formcheck.errors import FormcheckError, UsageError
from formcheck.incoming.queue import Queue
from formcheck.incoming.wish import Wish, check_person, origin_of
from formcheck.recordings import SUFFIX
from formcheck.recordings.incoming_file import Origin, State

EVERY_S = 5.0
STAYS_FOR_LOOKS = 2
DONE = "done"
ENDINGS = frozenset(
    f".{ending}"
    for ending in ("mp4", "mov", "m4v", "webm", "mkv", "avi", "mts", "m2ts", "ts", "mpg", "mpeg",
                   "3gp", "wmv", "flv", "ogv", "gif")
)  # fmt: skip

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched, and how.

    Attributes
    ----------
    person
        Whose files those are that lie in the folder itself; None leaves them alone.
    moves_done
        Whether a file goes to a folder ``done`` beside it once it is analysed.
    """

    folder: Path
    person: str | None = None
    keeps_video: bool = False
    moves_done: bool = False


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something to tell about a file: it was taken, or why it was not."""

    path: Path
    says: str


class Watcher:
    """Look through a folder again and again.

    Parameters
    ----------
    queue
        Where to put what is found.
    watched
        What is looked through.

    Raises
    ------
    UsageError
        If there is no such folder.
    """

    def __init__(self, queue: Queue, watched: Watched) -> None:
        if not watched.folder.is_dir():
            raise UsageError(f"{watched.folder} is no folder: expected one to watch")
        if watched.person is not None:
            check_person(watched.person)
        self._queue = queue
        self._watched = watched
        self._known = set(queue.origins())
        self._seen: dict[Path, tuple[Origin, int]] = {}
        self._told: set[Path] = set()

    def look(self) -> list[Noticed]:
        """Look through it once, and take what has stayed as it was."""
        noticed = [one for path, person in self._files() for one in self._file(path, person)]
        if self._watched.moves_done:
            self._move_done()
        return noticed

    def _files(self) -> Iterator[tuple[Path, str | None]]:
        """Yield every recording with its person; links lead elsewhere and are left alone."""
        folder = self._watched.folder
        for path in sorted(_entries(folder)):
            if path.is_symlink():
                continue
            if path.is_dir() and path.name != DONE and not path.name.startswith("."):
                yield from ((one, path.name) for one in sorted(_entries(path)) if _is_wanted(one))
            elif _is_wanted(path):
                yield path, self._watched.person

    def _file(self, path: Path, person: str | None) -> Iterator[Noticed]:
        try:
            origin = origin_of(path)
        except FormcheckError:
            return  # it has gone again
        if origin in self._known or not self._stays(path, origin):
            return
        if person is None:
            if path not in self._told:
                self._told.add(path)
                where = "put it into a folder called after its person, or name one with --person"
                yield Noticed(path, f"nobody knows whose it is: {where}")
            return
        self._known.add(origin)
        try:
            taken = self._queue.take_file(path, Wish(person, None, self._watched.keeps_video))
        except FormcheckError as error:
            yield Noticed(path, f"not taken: {error}")
            return
        yield Noticed(path, "taken" if taken.is_new else "was there already")

    def _stays(self, path: Path, origin: Origin) -> bool:
        """Whether a file has been as it is for some looks."""
        before, n_looks = self._seen.get(path, (origin, -1))
        n_looks = n_looks + 1 if before == origin else 0
        self._seen[path] = (origin, n_looks)
        return origin.size_bytes > 0 and n_looks >= STAYS_FOR_LOOKS

    def _move_done(self) -> None:
        for facts in self._queue.listed():
            if facts.state is State.DONE and facts.session and facts.origin is not None:
                self._move(facts.origin)

    def _move(self, origin: Origin) -> None:
        path = Path(origin.path)
        if not path.is_relative_to(self._watched.folder.absolute()):
            return
        with suppress(FormcheckError):
            if origin_of(path) == origin:
                _moved(path)


class Watching:
    """Look through a folder in a thread, until the ``with`` block is left."""

    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="watching", daemon=True)

    def __enter__(self) -> Self:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End."""
        self._closing.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                for one in self._watcher.look():
                    _log.warning("%s: %s", one.path, one.says)
            except OSError as error:  # a share that goes away in the middle
                _log.warning("a folder cannot be looked through: %s", error)
            if self._closing.wait(EVERY_S):
                return


def _entries(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as error:  # a share that is away for a while
        _log.warning("%s cannot be looked through: %s", folder, error)
        return []


def _is_wanted(path: Path) -> bool:
    name = path.name.casefold()
    is_recording = name.endswith(SUFFIX) or path.suffix.casefold() in ENDINGS
    return is_recording and not name.startswith(".") and path.is_file() and not path.is_symlink()


def _moved(path: Path) -> None:
    """Move a file to the folder of those that are done; none is written over."""
    folder = path.parent / DONE
    target = folder / path.name
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{path.name.removesuffix(path.suffix)}-{number}{path.suffix}"
    try:
        folder.mkdir(exist_ok=True)
        path.rename(target)
    except OSError as error:
        _log.warning("%s stays where it is: %s", path, error)
