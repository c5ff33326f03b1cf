"""What is known of the patient's own range, and when it has to be measured."""

from collections.abc import Mapping
from types import MappingProxyType

from formcheck.analysis.fitting import can_follow
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Calibration, Fit
from formcheck.exercises.schema import Exercise
from formcheck.measures import View
from formcheck.session.plan import Step


class OwnRanges:
    """What is known of one patient.

    Parameters
    ----------
    fits
        By the ids of exercises.
    asks
        Whether the own range is measured at all: the first time that an exercise is done.

    Attributes
    ----------
    fits
        What is known now.
    """

    def __init__(
        self, fits: Mapping[str, Fit] = MappingProxyType({}), *, asks: bool = False
    ) -> None:
        self.fits = dict(fits)
        self._asks = asks
        self._left_out: set[str] = set()

    def of(self, exercise: Exercise) -> Fit:
        """Return what is known for an exercise."""
        return self.fits.get(exercise.id, AS_IN_THE_FILE)

    def is_due(self, step: Step, view: View | None) -> bool:
        """Return whether to measure before this step, seen from a view.

        Where the camera stands is not always known: then it is where it should.
        """
        exercise = step.exercise
        if exercise.id in self._left_out or not self.may_learn(step):
            return False
        seen_from = view or exercise.camera.view
        known = self.of(exercise).calibrations
        return not any(one.view is seen_from and _is_of(one, step) for one in known)

    def may_learn(self, step: Step) -> bool:
        """Return whether anything of the exercise may follow this patient."""
        return self._asks and can_follow(step.exercise, is_hold=step.is_hold)

    def learn(self, measured: Calibration) -> None:
        """Take a new measurement in the place of an older one."""
        before = self.fits.get(measured.exercise, AS_IN_THE_FILE)
        self.fits[measured.exercise] = before.with_calibration(measured)

    def leave_out(self, exercise_id: str) -> None:
        """Do not ask again for this exercise."""
        self._left_out.add(exercise_id)


def _is_of(calibration: Calibration, step: Step) -> bool:
    """Whether it was measured in the way in which the exercise is to be done."""
    return bool(calibration.postures or not calibration.signals) is step.is_hold
