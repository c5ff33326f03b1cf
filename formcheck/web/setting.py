"""What a server of live sessions is started with."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from formcheck.estimators.base import EngineIdentity
from formcheck.exercises.schema import Exercise
from formcheck.recordings.session_facts import PlannedStep, SessionFacts
from formcheck.session.flow import SessionFlow
from formcheck.session.plan import Plan


@dataclass(frozen=True, slots=True)
class Setting:
    """What a server of live sessions is started with.

    Attributes
    ----------
    exercises
        All that can be chosen, by id.
    store
        The folder of sessions.
    plan
        What was asked for on the command line; None to choose on the page.
    chosen_language
        What was asked for on the command line; None for the browser's.
    monotonic, wall, flow
        The clock, the time of day, and what goes through a plan.
    """

    exercises: Mapping[str, Exercise]
    store: Path
    identity: EngineIdentity
    plan: Plan | None = None
    chosen_language: str | None = None
    own_exercises: tuple[Exercise, ...] = ()
    monotonic: Callable[[], float] = field(default=time.monotonic)
    wall: Callable[[], float] = field(default=time.time)
    flow: type[SessionFlow] = field(default=SessionFlow)

    def facts(self, plan: Plan, language: str) -> SessionFacts:
        """Return what the log says of a session that begins now."""
        return SessionFacts(
            started=datetime.now(UTC).isoformat(timespec="seconds"),
            language=language,
            plan=tuple(
                PlannedStep(exercise=step.exercise.id, dose=step.dose) for step in plan.steps
            ),
            own_exercises=self.own_exercises,
        )
