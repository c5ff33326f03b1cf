"""Who looks on between the sets: how the camera sees the patient, and whether they are ready."""

from dataclasses import dataclass

from formcheck.analysis.coach import Coach
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise
from formcheck.measures import View
from formcheck.pose import Pose
from formcheck.session.placement import PictureQuality, Placement
from formcheck.session.placement_coach import PlacementCoach
from formcheck.session.start import StartGate
from formcheck.session.vigil import FallWatch, is_upright


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen at one instant.

    Attributes
    ----------
    is_ready
        Whether the start position has been held.
    has_fallen
        Whether somebody who stood is suddenly on the floor.
    """

    snapshot: Snapshot
    placement: Placement
    is_ready: bool
    has_fallen: bool


class Lookout:
    """Look at somebody who does not exercise now: a second Coach, of which nothing is kept.

    Attributes
    ----------
    view
        From where the camera has seen them last; None where it has not.
    """

    def __init__(self, exercise: Exercise, fit: Fit = AS_IN_THE_FILE) -> None:
        self.view: View | None = None
        self._scout = Coach([exercise], {exercise.id: fit})
        self._placement = PlacementCoach(exercise)
        self._gate = StartGate()
        self._fall = FallWatch(may_lie_down=True) if is_upright(exercise) else None

    @property
    def progress(self) -> float:
        """How much of the time in the start position has been held, 0 to 1."""
        return self._gate.progress

    def update(self, time_s: float, pose: Pose | None, picture: PictureQuality | None) -> Seen:
        """Take the next pose."""
        snapshot = self._scout.update(time_s, pose)
        self.view = snapshot.view or self.view
        placement = self._placement.update(snapshot, picture)
        has_fallen = self._fall is not None and self._fall.update(snapshot)
        return Seen(snapshot, placement, self._gate.update(snapshot), has_fallen)

    def wait_anew(self) -> None:
        """Ask for the start position from now on, whatever has been held so far."""
        self._gate = StartGate()
