"""Everything that is written of a session: its log and, only where asked for, its pictures."""

from collections.abc import Callable, Iterable
from pathlib import Path

from formcheck.errors import OutputError
from formcheck.estimators.base import EngineIdentity
from formcheck.recordings.session_facts import SessionFacts
from formcheck.recordings.session_log import SessionLog
from formcheck.session.events import SessionEvent
from formcheck.session.view import SessionView
from formcheck.web.canvas import Size
from formcheck.web.journal import Journal
from formcheck.web.unfinished import CutSet
from formcheck.web.video import Picture, SessionVideo, encoder


class Keeping:
    """Keep one session after the other.

    Parameters
    ----------
    identity
        What finds the poses.
    on_failure
        Told when something can no longer be written; from any thread.
    on_ended
        Told when a session has come to its end and everything of it is written.

    Attributes
    ----------
    wants_video
        Whether pictures are kept from now on.
    """

    def __init__(
        self,
        identity: EngineIdentity,
        on_failure: Callable[[OutputError], None],
        on_ended: Callable[[], None] = lambda: None,
    ) -> None:
        self._identity = identity
        self._on_failure = on_failure
        self._on_ended = on_ended
        self._journal = Journal(None, identity)
        self._folder = Path()
        self._video: SessionVideo | None = None
        self._ending: SessionVideo | None = None
        self.wants_video = False

    @property
    def size_px(self) -> Size | None:
        """The picture size that the next set must have; None where any will do."""
        return self._journal.size_px

    @property
    def is_open(self) -> bool:
        """Whether a session is being written."""
        return self._journal.is_open

    def begin(self, folder: Path, facts: SessionFacts, cut: CutSet | None = None) -> None:
        """Begin, or go on with, a session; where that fails nothing of it is kept."""
        self.close()
        try:
            log = SessionLog(folder, facts, self._on_failure)
        except OutputError as error:
            self._on_failure(error)
            return
        self._folder = folder
        self._journal = Journal(log, self._identity, cut)

    def store_video(self, *, on: bool) -> None:
        """Keep the pictures from now on, or no longer."""
        self.wants_video = on and encoder() is not None
        if not self.wants_video:
            self._end_video()

    def take(self, view: SessionView, size_px: Size) -> None:
        """Write what one update came to."""
        was_open = self.is_open
        self._journal.take(view, size_px)
        self._end_with_session(was_open)

    def picture(self, time_s: float, picture: Picture) -> None:
        """Keep a picture, if that is asked for and a session is open."""
        if not (self.wants_video and self._journal.is_open):
            return
        if self._video is None:
            number = len(list(self._folder.glob("video-*.mkv"))) + 1
            path = self._folder / f"video-{number:02d}.mkv"
            self._video = SessionVideo(path, self._on_failure)
            self._journal.note("VideoStarted", {"time_s": time_s, "file": path.name})
        self._video.offer(time_s, picture)

    def events(self, events: Iterable[SessionEvent], size_px: Size) -> None:
        """Write what has happened."""
        was_open = self.is_open
        self._journal.events(events, size_px)
        self._end_with_session(was_open)

    def close(self) -> None:
        """Write what is left; the session may be gone on with unless it has ended."""
        self._end_video()
        self._journal.close()
        if self._ending is not None:
            self._ending.wait()

    def _end_with_session(self, was_open: bool) -> None:
        if not self.is_open:
            self._end_video()
        if was_open and not self.is_open:
            self._on_ended()

    def _end_video(self) -> None:
        video, self._video = self._video, None
        if video is not None:
            video.end()
            self._ending = video
