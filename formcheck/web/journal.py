"""Write a session's events and poses to its log, exactly those that its Coach was fed."""

from collections.abc import Iterable, Mapping
from typing import Any

from formcheck.estimators.base import EngineIdentity
from formcheck.recordings import RecordingHeader
from formcheck.recordings.session_log import SessionLog
from formcheck.session.events import SessionEnded, SessionEvent, SetEnded, SetStarted
from formcheck.session.view import SessionView
from formcheck.web.canvas import Size
from formcheck.web.plain import as_json
from formcheck.web.unfinished import CutSet

SOURCE = "live session"
_RATE_HZ = 30.0


class Journal:
    """Keep the log of one session; without a log nothing is kept.

    Parameters
    ----------
    log
        Where to; None where it cannot be written.
    identity
        What finds the poses.
    cut
        The set that is gone on with: its poses begin the recording of the rest of it.
    """

    def __init__(
        self, log: SessionLog | None, identity: EngineIdentity, cut: CutSet | None = None
    ) -> None:
        self._log = log
        self._cut = cut
        self._identity = identity
        self._set_name = ""
        self.is_open = log is not None

    @property
    def size_px(self) -> Size | None:
        """The picture size that the next set must have; None where any will do."""
        return self._cut.size_px if self._cut else None

    def take(self, view: SessionView, size_px: Size) -> None:
        """Write what one update came to."""
        started = [event for event in view.events if isinstance(event, SetStarted)]
        self.events(started, size_px)
        if self.is_open and self._log and view.snapshot is not None:
            self._log.pose(view.snapshot.time_s, view.snapshot.pose)
        self.events((event for event in view.events if event not in started), size_px)

    def events(self, events: Iterable[SessionEvent], size_px: Size) -> None:
        """Write what has happened."""
        for event in events:
            if self.is_open and self._log:
                self._write(self._log, event, size_px)

    def note(self, kind: str, fields: Mapping[str, Any]) -> None:
        """Write something that is no event of the session's own."""
        if self.is_open and self._log:
            self._log.event(kind, fields)

    def close(self) -> None:
        """Write what is left; the session may be gone on with unless it has ended."""
        if self.is_open and self._log:
            self.is_open = False
            self._log.close()

    def _write(self, log: SessionLog, event: SessionEvent, size_px: Size) -> None:
        fields = as_json(event)
        if isinstance(event, SetStarted):
            self._set_name = log.begin_set(event.exercise, self._header(size_px))
            cut, self._cut = self._cut, None
            if cut and _is_same_set(cut, event):
                for time_s, pose in cut.seen:
                    log.pose(time_s, pose)
        if isinstance(event, SetStarted | SetEnded):
            fields["set"] = self._set_name
        fields.pop("verdict", None)  # follows from the poses
        log.event(type(event).__name__, fields)
        if isinstance(event, SetEnded):
            log.end_set()
        if isinstance(event, SessionEnded):
            self.close()

    def _header(self, size_px: Size) -> RecordingHeader:
        return RecordingHeader(
            source=SOURCE,
            width_px=size_px[0],
            height_px=size_px[1],
            rate_hz=_RATE_HZ,
            engine=self._identity.engine,
            engine_version=self._identity.engine_version,
            model=self._identity.model,
            model_sha256=self._identity.model_sha256,
        )


def _is_same_set(cut: CutSet, started: SetStarted) -> bool:
    began = started.step_index, started.set_number, started.exercise
    return began == (cut.step_index, cut.set_number, cut.exercise)
