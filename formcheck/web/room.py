"""Who owns the session: one page at a time, the newest socket of it."""

import time
from collections.abc import Sequence
from typing import Protocol

from formcheck.web.engine import EngineThread
from formcheck.web.live import LiveSession

TAKEN_OVER = 4001
MOST_SOCKETS = 8


class Member(Protocol):
    """A socket of a page that has said who it is."""

    page_id: str

    def send(self, messages: Sequence[str]) -> None:
        """Send messages in order."""

    def end(self, code: int) -> None:
        """Close it."""

    def say_busy(self) -> None:
        """Tell the page that another one has the session."""


class Room:
    """The session, its engine, and the page that owns it.

    All methods are called by the server's event loop.
    """

    def __init__(self, session: LiveSession, engine: EngineThread) -> None:
        self.session = session
        self.engine = engine
        self.n_sockets = 0
        self._owner: Member | None = None

    def now_s(self) -> float:
        """Return the monotonic time [s]."""
        return time.monotonic()

    def is_owner(self, member: Member) -> bool:
        """Whether this socket has the session."""
        return member is self._owner

    def enter(self, member: Member) -> None:
        """Give the session to a page where it is free or its own; else say that it is busy."""
        if self._owner is None or self._owner is member or self._owner.page_id == member.page_id:
            self._give(member)
        else:
            member.say_busy()

    def take_over(self, member: Member) -> None:
        """Give the session to this page."""
        self._give(member)

    def leave(self, member: Member) -> None:
        """Go on without a page until one comes."""
        if member is self._owner:
            self._owner = None
            self.session.disconnect(member.send)

    def _give(self, member: Member) -> None:
        before, self._owner = self._owner, member
        if before is not None and before is not member:
            if before.page_id == member.page_id:
                before.end(TAKEN_OVER)  # what is left of a connection that was lost
            else:
                before.say_busy()
        self.engine.begin_stream()
        self.session.connect(member.send)
