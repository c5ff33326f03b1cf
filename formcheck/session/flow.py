"""A session from welcome to summary: one pose in, one view out."""

from collections.abc import Mapping, Sequence

from formcheck.exercises.schema import Exercise
from formcheck.pose import Pose
from formcheck.session.events import SessionEvent
from formcheck.session.placement import PictureQuality
from formcheck.session.plan import Plan
from formcheck.session.stages import Command
from formcheck.session.summary import SessionSummary, SetResult
from formcheck.session.view import SessionView


class SessionFlow:
    """Go through a plan with one patient.

    Parameters
    ----------
    plan
        What is to be done.
    catalogue
        Every exercise that may take the place of a harder one, by id.
    resume_at
        Step (from 0) and set (from 1) to go on at, for a session that was cut off.
    earlier
        What was done of it before: it is summed up with the rest. A set that ended as
        ``interrupted`` and is gone on with has its dose lessened by what was done of it.
    """

    def __init__(
        self,
        plan: Plan,
        catalogue: Mapping[str, Exercise],
        resume_at: tuple[int, int] = (0, 1),
        earlier: Sequence[SetResult] = (),
    ) -> None:
        raise NotImplementedError

    @property
    def view(self) -> SessionView:
        """The session as it stands: for a page that has just come, or after a command."""
        raise NotImplementedError

    @property
    def results(self) -> tuple[SetResult, ...]:
        """Every set that is over, earlier ones included."""
        raise NotImplementedError

    def update(
        self, time_s: float, pose: Pose | None, picture: PictureQuality | None = None
    ) -> SessionView:
        """Take the next pose (None while nobody is seen, or no picture comes).

        Times must not decrease; ``pose.time_s`` must be ``time_s``. While exercising the pose is
        fed to the set's Coach, and ``view.snapshot`` is what that made of it.
        """
        raise NotImplementedError

    def command(
        self, time_s: float, command: Command, exercise_id: str | None = None
    ) -> tuple[SessionEvent, ...]:
        """Do what the patient asks for; return what has happened, nothing if it does not fit.

        These events are not told again by the next view. ``exercise_id`` goes with ``easier``:
        without it the first of what is offered is taken.
        """
        raise NotImplementedError

    def summary(self) -> SessionSummary:
        """Return what has been done so far, at any stage."""
        raise NotImplementedError
