"""The sessions that are being looked at, kept as they were seen so that other numbers are quick."""

import threading
import time
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import suppress

from formcheck.analysis.verdict import Verdict
from formcheck.errors import FormcheckError
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.reviewing.judging import SessionSight
from formcheck.store import Correction, CorrectionKind, SetRecord
from formcheck.web.review.setting import ReviewSetting

# Two beside each other; each is some tens of megabytes of what was seen.
MOST_KEPT = 2
_Key = tuple[str, tuple[str, ...]]


class Sight:
    """One session; of several that ask for the same at once, one looks."""

    def __init__(self, seen: SessionSight) -> None:
        self.seen = seen
        self._lock = threading.Lock()
        self._prepared: set[str] = set()

    def judged(
        self, exercise: str, thresholds: Sequence[SetThreshold]
    ) -> tuple[list[tuple[SetRecord, Verdict]], float]:
        """Return the sets of an exercise by other numbers, and how long that took [s]."""
        with self._lock:
            began_s = time.perf_counter()
            return self.seen.judged(exercise, thresholds), time.perf_counter() - began_s

    def prepare(self, exercise: str) -> None:
        """Look at the sets of an exercise before other numbers are asked for, in a thread."""
        if exercise not in self._prepared:
            self._prepared.add(exercise)
            threading.Thread(target=self._look, args=(exercise,), daemon=True).start()

    def _look(self, exercise: str) -> None:
        # What cannot be read is told to whoever asks for it.
        with suppress(FormcheckError):
            self.judged(exercise, ())


class Sights:
    """Keep the sessions that were looked at last.

    Parameters
    ----------
    setting
        Where they come from.
    """

    def __init__(self, setting: ReviewSetting) -> None:
        self._setting = setting
        self._lock = threading.Lock()
        self._kept: OrderedDict[_Key, Sight] = OrderedDict()

    def of(self, session_id: str) -> Sight:
        """Return a session, seen with its landmarks where they are now.

        Raises
        ------
        FormcheckError
            If it is not there, or cannot be read.
        """
        store = self._setting.store
        corrections = store.corrections(session_id)
        key = session_id, _moved_by(corrections)
        with self._lock:
            if key not in self._kept:
                record = store.session(session_id)
                seen = SessionSight(record, corrections, self._setting.exercises)
                self._kept[key] = Sight(seen)
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return self._kept[key]


def _moved_by(corrections: Sequence[Correction]) -> tuple[str, ...]:
    """Return what names where the landmarks are: they alone change what is seen."""
    about = {CorrectionKind.MOVED, CorrectionKind.WITHDRAWN}
    if not any(one.kind is CorrectionKind.MOVED for one in corrections):
        return ()
    return tuple(one.key for one in corrections if one.kind in about)
