"""A prescription in the live session: what is done today, and what is asked.

What is answered is written to the session's own log, and taken into the store with it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from formcheck.analysis.own_numbers import Fit
from formcheck.errors import PrescriptionError
from formcheck.exercises.group import Component
from formcheck.exercises.schema import Exercise
from formcheck.prescription.case import newest
from formcheck.prescription.checks import Finding, blocks, check
from formcheck.prescription.model import PlannedSession, Prescription, Screening
from formcheck.prescription.pain import OF_HEART_AND_HEAD, OF_NERVES, Moment, PainSaid
from formcheck.prescription.red_flags import (
    RedFlagId,
    Screen,
    ScreeningReason,
    recorded_outcome,
    screening_due,
)
from formcheck.prescription.resolving import resolved
from formcheck.prescription.safety_checks import suits
from formcheck.prescription.session_order import component_of
from formcheck.prescription.stop_rules import PainLimits
from formcheck.session.plan import Plan, Step
from formcheck.session.routine import Asks, Routine
from formcheck.store import PainRating, Store
from formcheck.weeks import ItemProposal, answered
from formcheck.weeks.pain_around import pain_around, usual_pain

ONE_DAY = timedelta(days=1)
# For so long it is asked how the morning after the last session was.
MORNING_ASKED_FOR = timedelta(days=2)
_WARNING_WORDS = {quality.value for quality in OF_NERVES | OF_HEART_AND_HEAD}
# What is asked about in the session itself, and so does not keep it from opening.
_ASKED_LIVE = "red_flags_asked"


class Programme:
    """What one patient is to do, day by day.

    Parameters
    ----------
    prescription, revision
        What is prescribed, and which revision of the store it is.
    exercises
        All that are known, by id.
    store
        What was said in the sessions before.
    steps
        What has changed by itself since the last session.
    """

    def __init__(
        self,
        prescription: Prescription,
        revision: int,
        exercises: Mapping[str, Exercise],
        store: Store,
        steps: Sequence[ItemProposal] = (),
    ) -> None:
        self.prescription = prescription
        self.revision = revision
        self.store = store
        self.steps = tuple(steps)
        self._exercises = prescription.known(exercises)

    @property
    def person(self) -> str:
        """The patient's pseudonym."""
        return self.prescription.person

    def session_on(self, day: date) -> PlannedSession | None:
        """Return what is due on a day."""
        return self.prescription.session_on(day)

    def next_day(self, day: date) -> date | None:
        """Return the next day after this one on which something is due."""
        coming = (max(day, self.prescription.starts - ONE_DAY) + n * ONE_DAY for n in range(1, 8))
        return next((one for one in coming if self.session_on(one)), None)

    def findings(self, day: date) -> tuple[Finding, ...]:
        """Return what keeps sessions from beginning, but what is asked in the session itself."""
        found = check(self.prescription, self._exercises, day, screened=self._screened())
        return tuple(one for one in blocks(found) if one.rule.id != _ASKED_LIVE)

    def refuse_blocked(self, day: date) -> None:
        """Raise if no session may begin.

        Raises
        ------
        PrescriptionError
            With everything that blocks it, and what to do about it.
        """
        if blocking := self.findings(day):
            lines = "\n".join(f"  {one.where}: {one.what}. {one.fix}" for one in blocking)
            raise PrescriptionError(f"no session begins with this prescription:\n{lines}")

    def plan(self, day: date) -> Plan | None:
        """Return what is done on a day; None where nothing is due.

        Raises
        ------
        PrescriptionError
            If something blocks it.
        """
        self.refuse_blocked(day)
        session = self.session_on(day)
        if session is None:
            return None
        steps = (
            Step(one.exercise, one.dose, one.side) for one in resolved(session, self._exercises)
        )
        return Plan(tuple(steps))

    def fits(self, day: date) -> dict[str, Fit]:
        """Return the numbers that the therapist has set, by the ids of exercises."""
        session = self.session_on(day)
        items = resolved(session, self._exercises) if session else ()
        return {one.exercise.id: Fit(thresholds=one.thresholds) for one in items if one.thresholds}

    def routine(
        self, now: datetime, said: Sequence[PainSaid] = (), *, on_demand: bool = False
    ) -> Routine:
        """Return what is asked in a session that begins now, or goes on with what was said.

        Parameters
        ----------
        on_demand
            Whether somebody asks to be asked about warning signs.
        """
        prescription, known = self.prescription, self._exercises
        ratings = self.store.pain(self.person)
        around = pain_around(ratings)
        usual = usual_pain(around, prescription.baseline)
        stretches = [one.id for one in known.values() if component_of(one) is Component.STRETCH]
        return Routine(
            self._asks(now, ratings, on_demand),
            PainLimits(prescription.pain_limit, prescription.mobility_on_bad_days),
            frozenset(stretches),
            frozenset(one.id for one in known.values() if suits(one, prescription)),
            [one.day_after(usual) for one in around],
            said,
        )

    def _asks(self, now: datetime, ratings: Sequence[PainRating], on_demand: bool) -> Asks:
        day = now.astimezone().date()
        session = self.session_on(day)
        stretches = session is not None and any(
            component_of(self._exercises[item.exercise]) is Component.STRETCH
            for item in session.items
        )
        return Asks(
            screening=self._screening(day, ratings, on_demand),
            next_morning=_asks_about_morning(ratings, now),
            heat_minutes=self.prescription.heat.minutes if stretches else None,
        )

    def _screening(
        self, day: date, ratings: Sequence[PainRating], on_demand: bool
    ) -> ScreeningReason | None:
        last = newest(self.prescription.red_flags, self._screened())
        if last is None:
            return ScreeningReason.START
        warned = any(
            set(one.words) & _WARNING_WORDS and one.time.astimezone().date() >= last.on
            for one in ratings
        )
        warned &= not self._is_asked_since_warning(ratings)
        screen = Screen(last.on, frozenset(map(RedFlagId, last.positive)))
        on_demand = on_demand or warned or recorded_outcome(last).blocked
        return screening_due(screen, day, self.prescription.starts, on_demand)

    def _is_asked_since_warning(self, ratings: Sequence[PainRating]) -> bool:
        warnings = [one.time for one in ratings if set(one.words) & _WARNING_WORDS]
        screens = [one.time for one in self.store.screens(self.person)]
        return bool(warnings and screens) and max(screens) > max(warnings)

    def _screened(self) -> Screening | None:
        return answered(self.prescription.red_flags, self.store.screens(self.person))


def _asks_about_morning(ratings: Sequence[PainRating], now: datetime) -> bool:
    """Whether there was a session yesterday or the day before, and nobody has asked since."""
    in_session = [one for one in ratings if one.session_id is not None]
    if not in_session:
        return False
    last = max(one.time for one in in_session)
    mornings = [one.time for one in ratings if one.moment is Moment.NEXT_MORNING]
    is_asked = any(time > last for time in mornings)
    today, then = now.astimezone().date(), last.astimezone().date()
    return not is_asked and timedelta() < today - then <= MORNING_ASKED_FOR
