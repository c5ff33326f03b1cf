"""What was prescribed for a person when something was recorded, and with which numbers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from formcheck.analysis.own_numbers import Fit
from formcheck.errors import PrescriptionError
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.prescription.model import Prescription
from formcheck.prescription.resolving import Prescribed, resolved
from formcheck.recordings import prescription_file
from formcheck.store import SavedPrescription, Store


@dataclass(frozen=True, slots=True)
class Orders:
    """What was prescribed when something was recorded.

    Attributes
    ----------
    revision
        Of the prescription; None where there is none.
    items
        The exercises of that day first, then those of other days.
    own_exercises
        What the prescription brings along of exercises.
    unread
        Why a prescription that there is cannot be followed; empty where it can.
    """

    revision: int | None = None
    items: tuple[Prescribed, ...] = ()
    own_exercises: tuple[Exercise, ...] = ()
    unread: str = ""

    @property
    def fits(self) -> dict[str, Fit]:
        """What the therapist has set, by the ids of exercises."""
        fits: dict[str, Fit] = {}
        for one in self.items:
            if one.thresholds:
                fits.setdefault(one.exercise.id, Fit(thresholds=one.thresholds))
        return fits

    @property
    def needs_outline(self) -> bool:
        """Whether anything of it is judged by the outline of the trunk."""
        return any(one.exercise.needs_outline for one in self.items)

    @property
    def thresholds(self) -> dict[str, dict[str, float]]:
        """The same numbers as a session says them, by exercise and name."""
        return {
            exercise: {one.name: one.value for one in fit.thresholds}
            for exercise, fit in self.fits.items()
        }

    def known(self, exercises: Mapping[str, Exercise]) -> dict[str, Exercise]:
        """Return exercises by id with those that the prescription brings along."""
        return {**exercises, **{one.id: one for one in self.own_exercises}}

    def item(self, exercise_id: str, side: Side | None) -> Prescribed | None:
        """Return what was prescribed of an exercise, for the side that it was done with."""
        alike = [one for one in self.items if one.exercise.id == exercise_id]
        of_side = (one for one in alike if one.side is not None and one.side is side)
        return next(of_side, next(iter(alike), None))


def orders_of(
    store: Store, person: str, recorded: datetime, exercises: Mapping[str, Exercise]
) -> Orders:
    """Return what was prescribed for a person when something was recorded.

    Of what is older than every prescription the first one counts: it is nearest in time.
    """
    saved = _then(store.prescriptions(person), recorded)
    if saved is None:
        return Orders()
    try:
        where = f"revision {saved.revision} of the prescription"
        prescription = prescription_file.parsed(saved.toml, where)
        items = _items(prescription, recorded, prescription.known(exercises))
        return Orders(saved.revision, tuple(items), tuple(prescription.own_exercises))
    except PrescriptionError as error:
        return Orders(unread=str(error))


def _then(revisions: tuple[SavedPrescription, ...], recorded: datetime) -> SavedPrescription | None:
    before = [one for one in revisions if one.saved_at <= recorded]
    return before[-1] if before else next(iter(revisions), None)


def _items(
    prescription: Prescription, recorded: datetime, exercises: Mapping[str, Exercise]
) -> list[Prescribed]:
    today = prescription.session_on(recorded.astimezone().date())
    others = [one for one in prescription.sessions_now if one != today]
    sessions = [*([today] if today else []), *others]
    found: dict[tuple[str, Side | None], Prescribed] = {}
    for session in sessions:
        for one in resolved(session, prescription.known(exercises)):
            found.setdefault((one.exercise.id, one.side), one)
    return list(found.values())
