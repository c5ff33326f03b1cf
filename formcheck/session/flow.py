"""A session from welcome to summary: one pose in, one view out.

::

    welcome -> demonstration -> placement (-> calibrating, the first time)
            -> start -> exercising -> rest -> start -> ...
            -> demonstration (of the next exercise) -> ... -> summary -> ended

and ``paused`` from everything between demonstration and rest. What the patient asks for is done
at once, at any stage; what the poses show moves it on by itself.
"""

import math
from collections.abc import Mapping

from formcheck.analysis.cues import Cue
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises.schema import Exercise
from formcheck.pose import Pose
from formcheck.prescription.pain import PainSaid
from formcheck.prescription.red_flags import RedFlagId
from formcheck.session import asking
from formcheck.session.calibrating import leave_placement, measure
from formcheck.session.commands import obey
from formcheck.session.course import Course
from formcheck.session.earlier import NOTHING_YET, Earlier
from formcheck.session.events import SessionEvent
from formcheck.session.lookout import Seen
from formcheck.session.own_ranges import OwnRanges
from formcheck.session.pausing import hold_on, resume
from formcheck.session.placement import PictureQuality
from formcheck.session.plan import Plan
from formcheck.session.progress import Progress
from formcheck.session.remarks import Remarks
from formcheck.session.routine import Routine
from formcheck.session.running_set import RunningSet
from formcheck.session.stages import Command, PauseReason, SetEnd, Stage
from formcheck.session.summary import SessionSummary, SetResult
from formcheck.session.summing import sum_up
from formcheck.session.view import SessionView
from formcheck.session.viewing import view_of, waits_for_start

# Stages in which somebody looks on.
_WATCHED = frozenset({Stage.PLACEMENT, Stage.START, Stage.REST, Stage.PAUSED})
# Who has been badly placed for this long while starting, a second of which has passed by then.
BACK_TO_PLACEMENT_S = 2.0
REST_NEARLY_OVER_S = 5.0
HOLD_STILL_FROM = 0.2


class SessionFlow:
    """Go through a plan with one patient.

    Parameters
    ----------
    plan
        What is to be done.
    catalogue
        Every exercise that may take the place of a harder one, by id.
    earlier
        What was done of it before, for a session that was cut off.
    known
        What is known of the patient's own range, and whether to measure what is not.
    routine
        What a prescribed session asks, and when it stops; None asks nothing.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> from formcheck.session.plan import plan_of
    >>> flow = SessionFlow(plan_of([library.find("glute_bridge")]), library.load_all())
    >>> [event.stage.value for event in flow.command(0.0, Command.BEGIN)]
    ['demonstration']
    >>> [event.stage.value for event in flow.command(9.0, Command.NEXT)]
    ['placement']
    >>> flow.update(9.1, None).placement.advice.value
    'come_into_picture'
    """

    def __init__(
        self,
        plan: Plan,
        catalogue: Mapping[str, Exercise],
        earlier: Earlier = NOTHING_YET,
        known: OwnRanges | None = None,
        routine: Routine | None = None,
    ) -> None:
        self._n_sets_planned = sum(step.dose.sets for step in plan.steps)
        course = Course(plan, catalogue, earlier.resume_at, routine.may_take if routine else None)
        self._progress = Progress(course, earlier, known, routine)
        self._remarks = Remarks(self._progress)
        self._badly_placed_s = math.nan

    @property
    def view(self) -> SessionView:
        """The session as it stands: for a page that has just come, or after a command."""
        return view_of(self._progress)

    @property
    def results(self) -> tuple[SetResult, ...]:
        """Every set that is over, earlier ones included."""
        return tuple(self._progress.results)

    def summary(self) -> SessionSummary:
        """Return what has been done so far, at any stage."""
        progress = self._progress
        return sum_up(progress.results, self._n_sets_planned, progress.n_pain_reports)

    def update(
        self, time_s: float, pose: Pose | None, picture: PictureQuality | None = None
    ) -> SessionView:
        """Take the next pose (None while nobody is seen, or no picture comes).

        Times must increase; ``pose.time_s`` must be ``time_s``. While exercising the pose is
        fed to the set's Coach, and ``view.snapshot`` is what that made of it.
        """
        progress = self._progress
        progress.time_s = max(progress.time_s, time_s)
        snapshot, scout, seen = None, None, None
        if progress.stage is Stage.EXERCISING and progress.running:
            snapshot = self._exercise(progress.running, time_s, pose)
        elif progress.stage is Stage.CALIBRATING:
            scout = measure(progress, time_s, pose)
        elif progress.stage is Stage.QUESTION:
            asking.wait(progress)
        elif progress.stage is Stage.DEMONSTRATION:
            if progress.time_s >= progress.showing.until_s:
                progress.place()
        elif progress.stage in _WATCHED:
            seen = progress.lookout.update(time_s, pose, picture)
            self._look(seen)
            scout = seen.snapshot
        cue = progress.cues.choose(progress.time_s, _spoken(snapshot, scout, progress))
        if snapshot:
            progress.has_come_back = False
        return view_of(progress, snapshot, scout, seen, cue, progress.take_events())

    def command(
        self, time_s: float, command: Command, exercise_id: str | None = None
    ) -> tuple[SessionEvent, ...]:
        """Do what the patient asks for; return what has happened, nothing if it does not fit.

        These events are not told again by the next view. ``exercise_id`` goes with ``easier``:
        without it the first of what is offered is taken.
        """
        progress = self._progress
        progress.time_s = max(progress.time_s, time_s)
        obey(progress, command, exercise_id)
        return progress.take_events()

    def rate_pain(self, time_s: float, said: PainSaid) -> tuple[SessionEvent, ...]:
        """Take what is said about pain; return what has happened, nothing if nobody asked."""
        progress = self._progress
        progress.time_s = max(progress.time_s, time_s)
        asking.rate_pain(progress, said)
        return progress.take_events()

    def screen(self, time_s: float, positive: frozenset[RedFlagId]) -> tuple[SessionEvent, ...]:
        """Take the warning signs that were answered with yes; return what has happened."""
        progress = self._progress
        progress.time_s = max(progress.time_s, time_s)
        asking.screen(progress, positive)
        return progress.take_events()

    def answer_heat(self, time_s: float, *, done: bool) -> tuple[SessionEvent, ...]:
        """Take note whether the back was warmed; return what has happened."""
        progress = self._progress
        progress.time_s = max(progress.time_s, time_s)
        asking.answer_heat(progress, done=done)
        return progress.take_events()

    def interrupt(self, time_s: float) -> tuple[SessionEvent, ...]:
        """Take note that nobody could be watched for a while; return what has happened.

        Whoever was exercising is asked, and goes on by taking the start position; what had been
        held of it does not count any more.
        """
        progress = self._progress
        progress.time_s = max(progress.time_s, time_s)
        progress.lookout.wait_anew()
        if progress.stage in {Stage.CALIBRATING, Stage.EXERCISING}:
            hold_on(progress, PauseReason.OUT_OF_VIEW)
        return progress.take_events()

    def _exercise(self, running: RunningSet, time_s: float, pose: Pose | None) -> Snapshot:
        progress = self._progress
        snapshot = running.update(time_s, pose)
        progress.happened(*snapshot.events)
        self._remarks.take(running, snapshot)
        if asking.watch(progress, snapshot.events):
            pass  # stopped: what a rule stops is not gone on with, done or not
        elif running.is_complete:
            progress.end_set(SetEnd.DONE)
        elif reason := progress.vigil.update(snapshot):
            hold_on(progress, reason)
        return snapshot

    def _look(self, seen: Seen) -> None:
        """Go on by oneself where what is seen allows it."""
        progress = self._progress
        if seen.has_fallen and progress.stage is not Stage.PAUSED:
            hold_on(progress, PauseReason.DOWN_UNEXPECTEDLY)
        match progress.stage:
            case Stage.PLACEMENT:
                progress.cues.advise(progress.time_s, seen.placement.primary)
                if seen.placement.is_good:
                    leave_placement(progress)
            case Stage.START:
                self._start(seen)
            case Stage.REST:
                self._rest()
            case _:
                if seen.is_ready and waits_for_start(progress):
                    resume(progress)

    def _start(self, seen: Seen) -> None:
        progress = self._progress
        if seen.is_ready:
            progress.exercise()
        elif seen.placement.is_good:
            self._badly_placed_s = math.nan
            if progress.lookout.progress > HOLD_STILL_FROM and self._remarks.is_new(
                self._set_key()
            ):
                progress.cues.drop()
                progress.cues.wish(progress.time_s, "hold_still")
        elif math.isnan(self._badly_placed_s):
            self._badly_placed_s = progress.time_s
        elif progress.time_s - self._badly_placed_s > BACK_TO_PLACEMENT_S:
            self._badly_placed_s = math.nan
            progress.place()

    def _set_key(self) -> str:
        course = self._progress.course
        return f"still {course.step_index}/{course.set_number}"

    def _rest(self) -> None:
        progress, course = self._progress, self._progress.course
        left_s = progress.rest_until_s - progress.time_s
        if left_s <= 0:
            progress.await_start()
        elif left_s <= REST_NEARLY_OVER_S < course.step.dose.rest_s / 2 and self._remarks.is_new(
            f"rest {course.step_index}/{course.set_number}"
        ):
            progress.cues.wish(progress.time_s, "rest_nearly_over", n=math.ceil(left_s))


def _spoken(snapshot: Snapshot | None, scout: Snapshot | None, progress: Progress) -> Cue | None:
    """Return the Coach's cue, but not that the picture jumped where it only paused.

    Of who measures the own range only what keeps from it is said: nothing is judged there.
    """
    if progress.stage is Stage.CALIBRATING and scout and scout.cue:
        return scout.cue if scout.cue.kind == "safety" else None
    cue = snapshot.cue if snapshot else None
    is_expected = cue and cue.code == "picture_jumped" and progress.has_come_back
    return None if is_expected else cue
