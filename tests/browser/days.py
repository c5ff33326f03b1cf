"""Days of somebody who exercises as prescribed: a server a day, at the time that the test says.

The engine shows somebody who does what the session waits for (`tests.session.puppets`): whole
sessions take no longer than their repetitions.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from formcheck.cli.prescribed import kept, stepped
from formcheck.prescription.model import Prescription
from formcheck.session.flow import SessionFlow
from formcheck.session.stages import Stage
from formcheck.session_records import take_in_ended
from formcheck.store import Store
from tests.session.puppets import Puppet
from tests.web.serving import IDENTITY, Served, served


class Actor:
    """An engine that sees somebody doing what is due.

    Parameters
    ----------
    puppets
        Who does which exercise; they wait in the start position until its set begins.
    """

    def __init__(self, puppets: Mapping[str, Puppet]) -> None:
        self.identity = IDENTITY
        self.gate = threading.Event()
        self.puppets = puppets
        self.flow: SessionFlow | None = None
        self._played_s = self._last_s = 0.0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def flow_class(self) -> type[SessionFlow]:
        """Return a flow that the actor looks at."""
        actor = self

        class Watched(SessionFlow):
            def __init__(self, *arguments, **named) -> None:
                super().__init__(*arguments, **named)
                actor.flow = self

        return Watched

    def estimate(self, frames, *, lookahead=1, outline=False):  # noqa: ARG002
        """Yield each picture with what the actor does in it."""
        for frame in frames:
            yield frame, self._pose(frame.time_s)

    def _pose(self, time_s: float):
        view = self.flow.view
        if view.stage is Stage.EXERCISING:
            self._played_s += max(0.0, time_s - self._last_s)
        elif view.stage is not Stage.PAUSED:
            self._played_s = 0.0
        self._last_s = time_s
        puppet = self.puppets.get(view.exercise.id)
        return puppet.pose(time_s, self._played_s) if puppet else None


@contextmanager
def day_of(
    folder: Path, prescription: Prescription, at: datetime, puppets: Mapping[str, Puppet]
) -> Iterator[Served]:
    """Serve the session of a day, with everything of the days before taken into the store."""
    actor = Actor(puppets)
    with Store.open(folder) as store:
        take_in_ended(store)
        revision = kept(store, prescription).revision
        programme = stepped(store, prescription, revision, at.date())
        started_s = at.timestamp()
        with served(
            folder,
            actor,
            programme.plan(at.date()),
            flow=actor.flow_class(),
            programme=programme,
            wall=_clock(started_s),
        ) as server:
            yield server
        take_in_ended(store)


def _clock(started_s: float) -> Callable[[], float]:
    """Return a clock that goes on from a time as the real one does."""
    import time  # noqa: PLC0415

    began_s = time.monotonic()
    return lambda: started_s + time.monotonic() - began_s
