"""Work the queue off, one recording after the other.

What was half done when formcheck ended begins anew; what breaks it off again and again is
refused, so that one file never keeps the others waiting.
"""

import logging
import shutil
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from formcheck.errors import FormcheckError, SourceError
from formcheck.estimators.base import PoseEstimator
from formcheck.exercises.library import load_all, searched
from formcheck.exercises.schema import Exercise
from formcheck.file_analysis import Asked
from formcheck.files import ensure_folder
from formcheck.incoming.arriving import remove_broken_off
from formcheck.incoming.names import in_words
from formcheck.incoming.prescribed import Orders, orders_of
from formcheck.incoming.queue import Queue
from formcheck.incoming.seeing import Seen, needs_engine, seen_poses, seen_video
from formcheck.incoming.session_folder import session_id, write_session
from formcheck.incoming.shelf import GoneError
from formcheck.incoming.stretches import stretches
from formcheck.incoming.telling import told, told_nothing
from formcheck.recordings.incoming_file import Incoming, State
from formcheck.recordings.own_exercises import own_exercises
from formcheck.recordings.session_facts import SessionFolder
from formcheck.session_records import session_record
from formcheck.store import Store

MOST_BEGUN = 3
TOLD_EVERY_S = 1.0

_log = logging.getLogger(__name__)
_Told = Callable[[Incoming], None]


class Stopped(Exception):  # noqa: N818 - not an error: it was asked for
    """Formcheck ends: what is half done begins anew the next time."""


class _Cancelled(Exception):  # noqa: N818 - not an error: it was asked for
    """Somebody has cancelled the recording."""


class Worker:
    """Make sessions of recordings.

    Parameters
    ----------
    queue
        The recordings.
    engine
        Gives a pose engine that is not open yet; asked where a recording is a video.
    told
        Told how far a recording is, about once a second, and in the end; it may raise `Stopped`.
    exercises
        Those that come with formcheck, by id.
    """

    def __init__(
        self,
        queue: Queue,
        engine: Callable[[], PoseEstimator],
        told: _Told = lambda _: None,
        exercises: Mapping[str, Exercise] | None = None,
    ) -> None:
        self._queue = queue
        self._engine = engine
        self._told = told
        self._exercises = load_all() if exercises is None else exercises

    def work_off(self) -> bool:
        """Analyse what waits until nothing does; False where another formcheck is about it.

        Raises
        ------
        StoreError
            If the store cannot be opened.
        Stopped
            If whoever is told wants it to end.
        """
        with self._queue.working() as is_alone:
            if not is_alone:
                return False
            with Store.open(self._queue.store, checks=False) as store:
                self._recover(store)
                while (waiting := self._queue.next_waiting()) is not None:
                    self._one(store, waiting)
        return True

    def _recover(self, store: Store) -> None:
        """Finish what was almost done, and let wait again what was half done."""
        remove_broken_off(self._queue.folder)
        self._queue.tidy()
        for facts in self._queue.listed():
            if facts.state is not State.ANALYSING:
                continue
            folder = store.folder / facts.session
            if facts.session and (store.has_session(facts.session) or folder.is_dir()):
                self._finish(store, facts, folder)
            elif self._queue.is_cancelled(facts.id):
                self._queue.end(facts.id, State.CANCELLED)
            elif facts.n_begun >= MOST_BEGUN:
                why = f"formcheck broke off {facts.n_begun} times while it was analysed"
                self._queue.end(facts.id, State.REFUSED, keeps=True, reason=why)
            else:
                shutil.rmtree(self._queue.work_folder(facts.id), ignore_errors=True)
                self._queue.change(facts.id, state=State.WAITING, share=0.0, session="")

    def _one(self, store: Store, waiting: Incoming) -> None:
        """Analyse one recording, unless it is taken away meanwhile."""
        with suppress(GoneError):
            self._try(store, waiting)
            self._told(self._queue.find(waiting.id))

    def _try(self, store: Store, waiting: Incoming) -> None:
        """Analyse one recording; whatever is wrong with it costs only itself."""
        queue, name = self._queue, waiting.id
        begun = waiting.n_begun + 1
        facts = queue.change(name, state=State.ANALYSING, n_begun=begun, share=0.0)
        try:
            self._analyse(store, facts)
        except GoneError:
            raise
        except _Cancelled:
            queue.end(name, State.CANCELLED)
        except Stopped:
            queue.change(name, state=State.WAITING, n_begun=waiting.n_begun, share=0.0)
            raise
        except SourceError as error:
            why = in_words(error, queue.contents(name), facts.name)
            queue.end(name, State.REFUSED, reason=why)
        except FormcheckError as error:
            queue.end(name, State.REFUSED, keeps=True, reason=str(error))
        except Exception as error:  # the others wait: a mistake of formcheck's own is told
            _log.exception("%s could not be analysed", name)
            why = f"formcheck made a mistake ({type(error).__name__}): please report it"
            queue.end(name, State.REFUSED, keeps=True, reason=why)

    def _analyse(self, store: Store, facts: Incoming) -> None:
        orders = self._orders(store, facts)
        exercises = self._asked_exercises(facts, orders)
        work = self._queue.work_folder(facts.id)
        shutil.rmtree(work, ignore_errors=True)
        seen = self._seen(facts, self._asked(exercises, orders), ensure_folder(work))
        found = stretches(seen.analysis, is_named=facts.exercise is not None)
        if not found:
            self._end_in_vain(facts, seen)
            return
        # Its date may have been changed meanwhile, and by that what was prescribed.
        facts = self._queue.find(facts.id)
        orders = self._orders(store, facts)
        name = session_id(facts)
        known = {one.id: one for one in exercises}
        sets = write_session(work / name, facts, seen, found, orders, known)
        says = told(seen, sets, orders)
        facts = self._queue.change(facts.id, session=name, says=says, share=1.0)
        folder = store.folder / name
        if not folder.exists():
            (work / name).replace(folder)
        self._finish(store, facts, folder)

    def _finish(self, store: Store, facts: Incoming, folder: Path) -> None:
        if not store.has_session(facts.session):
            store.take_in(session_record(SessionFolder(folder)))
        self._queue.end(facts.id, State.DONE, share=1.0)

    def _end_in_vain(self, facts: Incoming, seen: Seen) -> None:
        """Say that nothing was recognised; its poses stay, to look for something that is named."""
        contents = self._queue.contents(facts.id)
        if seen.recording.path != contents:
            seen.recording.path.replace(contents)
        says = told_nothing(seen)
        self._queue.end(facts.id, State.DONE, keeps=True, share=1.0, says=says)

    def _seen(self, facts: Incoming, asked: Asked, work: Path) -> Seen:
        contents = self._queue.contents(facts.id)
        if not contents.is_file():
            raise SourceError("it is no longer here: bring it again")
        progress = _Telling(self._queue, facts, self._told)
        if not needs_engine(contents):
            return seen_poses(contents, facts.name, asked, progress)
        with self._engine() as estimator:
            return seen_video(
                contents,
                facts.name,
                asked,
                estimator,
                work,
                progress,
                keeps_video=facts.keeps_video,
            )

    def _orders(self, store: Store, facts: Incoming) -> Orders:
        recorded = facts.recorded or self._queue.now()
        return orders_of(store, facts.person, recorded, self._known())

    def _known(self) -> dict[str, Exercise]:
        """Return every exercise that may be named; those of one's own are never searched for."""
        return {**self._exercises, **own_exercises(self._queue.store)}

    def _asked_exercises(self, facts: Incoming, orders: Orders) -> tuple[Exercise, ...]:
        if facts.exercise is None:
            return searched(self._exercises.values())
        exercise = orders.known(self._known()).get(facts.exercise)
        if exercise is None:
            raise SourceError(f"there is no exercise {facts.exercise!r}: name another one")
        return (exercise,)

    def _asked(self, exercises: tuple[Exercise, ...], orders: Orders) -> Asked:
        ids = {one.id for one in exercises}
        fits = {name: fit for name, fit in orders.fits.items() if name in ids}
        candidates = searched(self._exercises.values())
        return Asked(exercises, fits, candidates, outline=orders.needs_outline)


class _Telling:
    """Write down how far a recording is, about once a second; end it where it was cancelled."""

    def __init__(self, queue: Queue, facts: Incoming, told: _Told) -> None:
        self._queue = queue
        self._facts = facts
        self._told = told
        self._next_s = time.monotonic()

    def __call__(self, share: float) -> None:
        """Take the share that is done."""
        if time.monotonic() < self._next_s:
            return
        self._next_s = time.monotonic() + TOLD_EVERY_S
        if self._queue.is_cancelled(self._facts.id):
            raise _Cancelled
        self._told(self._queue.change(self._facts.id, share=share))
