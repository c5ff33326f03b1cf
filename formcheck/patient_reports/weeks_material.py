"""What reports about the weeks of a programme are made from, read from the store."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from formcheck.errors import StoreError
from formcheck.exercises.schema import Exercise
from formcheck.patient_reports.judged import Recounted
from formcheck.patient_reports.session_material import require_person
from formcheck.prescription.model import Prescription
from formcheck.recordings import prescription_file
from formcheck.store import SavedPrescription, Store
from formcheck.store.figures import RuleFollowed, SetFigures
from formcheck.weeks import Kept, Weeks, kept_of, weeks_of
from formcheck.weeks.days import begin_of
from formcheck.weeks.pain_around import PainAround, pain_around


@dataclass(frozen=True, slots=True)
class Revision:
    """A prescription that was saved, and what it says."""

    saved: SavedPrescription
    prescription: Prescription


@dataclass(frozen=True, slots=True)
class WeeksMaterial:
    """How the weeks of a programme went.

    Attributes
    ----------
    revisions
        Every prescription that can be read, the oldest first.
    sets, rules, pain
        Of all weeks since the programme began.
    """

    person: str
    kept: Kept
    weeks: Weeks
    revisions: tuple[Revision, ...]
    sets: tuple[SetFigures, ...]
    rules: tuple[RuleFollowed, ...]
    pain: tuple[PainAround, ...]
    exercises: Mapping[str, Exercise]

    @property
    def prescription(self) -> Prescription:
        """What is prescribed now."""
        return self.kept.prescription

    @property
    def today(self) -> date:
        """The day as on which it is told."""
        return self.weeks.today

    @property
    def n_weeks(self) -> int:
        """In which week of the programme it is, from 1; 0 before the start."""
        days = (self.today - self.prescription.starts).days
        return days // 7 + 1 if days >= 0 else 0


def weeks_material(
    store: Store, person: str, today: date, exercises: Mapping[str, Exercise]
) -> WeeksMaterial:
    """Return how somebody's weeks went until a day, that day included.

    Raises
    ------
    StoreError
        If nobody is called so, or nothing is prescribed to them.
    PrescriptionError
        If what is prescribed is not valid.
    """
    require_person(store, person)
    kept, until = kept_of(store, person, today), begin_of(today + timedelta(days=1))
    if kept is None:
        raise StoreError(
            f"nothing is prescribed to {person!r}: a report about weeks compares with the plan\n"
            "Report a session instead, or save a prescription first."
        )
    exercises = kept.prescription.known(exercises)
    recounted = Recounted(store, person, exercises)
    kept = _as_counted(_until(kept, until, today), recounted)
    starts = begin_of(kept.prescription.starts)
    return WeeksMaterial(
        person=person,
        kept=kept,
        weeks=weeks_of(kept, exercises, today),
        revisions=_revisions(store, person),
        sets=recounted.figures(store.set_figures(person, starts, until)),
        rules=store.rules_followed(person, starts, until),
        pain=pain_around(kept.pain),
        exercises=exercises,
    )


def _until(kept: Kept, until: datetime, today: date) -> Kept:
    """Return what was known by then: a report as of an earlier day knows nothing of later."""
    return replace(
        kept,
        sessions=tuple(one for one in kept.sessions if one.started < until),
        first_sets=tuple(one for one in kept.first_sets if one.session_started < until),
        latest_sets=tuple(one for one in kept.latest_sets if one.session_started < until),
        pain=tuple(one for one in kept.pain if one.time < until),
        outcomes=tuple(one for one in kept.outcomes if one.day <= today),
        screens=tuple(one for one in kept.screens if one.time < until),
    )


def _as_counted(kept: Kept, recounted: Recounted) -> Kept:
    """Return what is kept with the sets as they count after corrections."""
    return replace(
        kept,
        first_sets=recounted.figures(kept.first_sets),
        latest_sets=recounted.figures(kept.latest_sets),
    )


def _revisions(store: Store, person: str) -> tuple[Revision, ...]:
    saved = store.prescriptions(person)
    where = "revision {} of the prescription of {}"
    return tuple(
        Revision(one, prescription_file.parsed(one.toml, where.format(one.revision, person)))
        for one in saved
    )
