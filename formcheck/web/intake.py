"""Take a session that has ended into the store, in a thread of its own: no picture waits for it.

Judging its sets again takes a few seconds of this computer, so that nothing is begun while
somebody exercises. What is not done when formcheck ends is done at its next start.
"""

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from formcheck.errors import FormcheckError
from formcheck.session_records import take_in_ended
from formcheck.store import Store

_log = logging.getLogger(__name__)


class Intake:
    """Take in what has ended, whenever that is asked for.

    Parameters
    ----------
    folder
        Where sessions are kept.
    is_under_way
        Whether somebody exercises: what is left is then taken in after that.
    """

    def __init__(self, folder: Path, is_under_way: Callable[[], bool]) -> None:
        self._folder = folder
        self._is_under_way = is_under_way
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="intake")

    def begin(self) -> None:
        """Take in what has ended; returns at once."""
        self._worker.submit(self._take_in)

    def close(self) -> None:
        """Finish what was begun, and end."""
        self._worker.shutdown()

    def _take_in(self) -> None:
        try:
            with Store.open(self._folder, checks=False) as store:  # it was checked at the start
                take_in_ended(store, waits=self._is_under_way)
        except FormcheckError as error:
            _log.error("sessions stay in their folders: %s", error)
        except Exception:  # the session is over, and all of it is in its folder
            _log.exception("sessions stay in their folders")
