"""What a server of live sessions is started with."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.estimators.base import EngineIdentity
from formcheck.exercises.schema import Exercise
from formcheck.prescription.pain import PainSaid
from formcheck.recordings.calibration_file import CalibrationFile, fits_of
from formcheck.recordings.calibration_store import CalibrationStore
from formcheck.recordings.session_facts import PlannedStep, SessionFacts
from formcheck.session.flow import SessionFlow
from formcheck.session.own_ranges import OwnRanges
from formcheck.session.plan import Plan
from formcheck.session.routine import Routine
from formcheck.store import Store
from formcheck.web.programme import Programme


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
    programme
        What is prescribed; None where the plan is the patient's own.
    opened
        The store of the folder, where the patient may open what a therapist gave them; None where
        it is not open.
    prescribed
        Gives what is prescribed as it stands on a day; None where no prescription is followed.
    calibrates
        Whether to measure a person's own range the first time that an exercise is done.
    monotonic, wall, flow
        The clock, the time of day, and what goes through a plan.
    """

    exercises: Mapping[str, Exercise]
    store: Path
    identity: EngineIdentity
    plan: Plan | None = None
    chosen_language: str | None = None
    own_exercises: tuple[Exercise, ...] = ()
    calibrates: bool = False
    programme: Programme | None = None
    opened: Store | None = None
    prescribed: Callable[[date], Programme | None] | None = None
    monotonic: Callable[[], float] = field(default=time.monotonic)
    wall: Callable[[], float] = field(default=time.time)
    flow: type[SessionFlow] = field(default=SessionFlow)

    def anew(self) -> "Setting":
        """Return the same with what is prescribed now.

        Raises
        ------
        FormcheckError
            If something keeps its sessions from beginning.
        """
        return self.following(self.prescribed(self.today())) if self.prescribed else self

    def following(self, programme: Programme | None) -> "Setting":
        """Return the same with what a prescription asks for today.

        Raises
        ------
        PrescriptionError
            If something keeps its sessions from beginning.
        """
        if programme is None:
            return self
        # Those that an earlier prescription brought along go with it.
        earlier = self.programme.prescription.own_exercises if self.programme else ()
        gone = {one.id for one in earlier}
        known = {name: one for name, one in self.exercises.items() if name not in gone}
        return replace(
            self,
            plan=programme.plan(self.today()),
            programme=programme,
            exercises=programme.prescription.known(known),
            own_exercises=programme.prescription.own_exercises,
        )

    def facts(self, plan: Plan, language: str) -> SessionFacts:
        """Return what the log says of a session that begins now."""
        return SessionFacts(
            started=self.now().isoformat(timespec="seconds"),
            language=language,
            plan=tuple(
                PlannedStep(exercise=step.exercise.id, dose=step.dose) for step in plan.steps
            ),
            own_exercises=self.own_exercises,
            calibrations=self.calibrations(),
            thresholds={
                exercise: {one.name: one.value for one in fit.thresholds}
                for exercise, fit in self._prescribed().items()
            },
            person=self.programme.person if self.programme else "",
            prescription_revision=self.programme.revision if self.programme else None,
        )

    def now(self) -> datetime:
        """Return the time of day, with its zone."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def today(self) -> date:
        """Return the day where the person is."""
        return self.now().astimezone().date()

    def routine(self, said: Sequence[PainSaid] = (), *, on_demand: bool = False) -> Routine | None:
        """Return what a session asks that begins now; None without a prescription.

        Parameters
        ----------
        on_demand
            Whether somebody asks to be asked about warning signs.
        """
        if self.programme is None:
            return None
        return self.programme.routine(self.now(), said, on_demand=on_demand)

    def calibrations(self) -> tuple[CalibrationFile, ...]:
        """Return what is known of the person's own range."""
        return CalibrationStore(self.store).files(self.exercises) if self.calibrates else ()

    def known(self, fits: Mapping[str, Fit] | None = None) -> OwnRanges:
        """Return what a flow begins with; that of the store unless it goes on with a session."""
        begins_with = dict(fits_of(self.calibrations()) if fits is None else fits)
        for exercise_id, fit in self._prescribed().items():
            begins_with[exercise_id] = begins_with.get(exercise_id, AS_IN_THE_FILE).and_also(fit)
        return OwnRanges(begins_with, asks=self.calibrates)

    def _prescribed(self) -> dict[str, Fit]:
        """Return the numbers that the therapist has set for today."""
        return self.programme.fits(self.today()) if self.programme else {}
