"""How a session gets from stage to stage, and what happens on the way.

Everything here is done at once and at one time: nothing waits, nothing looks at a pose. When
to do it is decided by the patient or by what is seen: see `formcheck.session.flow`.
"""

import math

from formcheck.analysis.calibrator import Calibrator
from formcheck.analysis.own_numbers import Fit
from formcheck.exercises.schema import Exercise
from formcheck.session.course import Course
from formcheck.session.cues import AFTER_COUNT_S, SessionCueCode, SessionCues
from formcheck.session.earlier import NOTHING_YET, Earlier
from formcheck.session.events import (
    EasierTaken,
    ExerciseSkipped,
    PainReported,
    SessionEnded,
    SessionEvent,
    StageChanged,
)
from formcheck.session.inquiry import Inquiry
from formcheck.session.lookout import Lookout
from formcheck.session.own_ranges import OwnRanges
from formcheck.session.pauses import OFFERS_EASIER, Pause
from formcheck.session.routine import AFTER_EXERCISE, Routine
from formcheck.session.running_set import RunningSet
from formcheck.session.showing import Showing
from formcheck.session.stages import PauseReason, SetEnd, Stage
from formcheck.session.vigil import Vigil


class Progress:
    """Where one session stands.

    Attributes
    ----------
    time_s
        Now.
    running
        The set that is under way, paused or not.
    lookout, vigil
        Who looks on between the sets, and who watches over a set.
    rest_until_s
        When the rest is over.
    showing
        The demonstration of the exercise at hand.
    has_come_back
        Whether the next pose of the set is the first one after a pause.
    n_pain_reports
        How often the patient has said that it hurts.
    known
        What is known of the patient's own range.
    calibrator, calibrates_until_s
        What measures it now, and until when it waits for more.
    inquiry
        What a prescribed session asks.
    """

    def __init__(
        self,
        course: Course,
        earlier: Earlier = NOTHING_YET,
        known: OwnRanges | None = None,
        routine: Routine | None = None,
    ) -> None:
        self.inquiry = Inquiry(routine)
        self.known = known or OwnRanges()
        self.calibrator: Calibrator | None = None
        self.calibrates_until_s = math.inf
        self.course = course
        self.results = list(earlier.results)
        self.cues = SessionCues()
        self.stage = Stage.WELCOME
        self.time_s = 0.0
        self.running: RunningSet | None = None
        self.pause: Pause | None = None
        self.lookout = Lookout(self.course.step.exercise, self.fit)
        self.vigil = Vigil(course.step.exercise)
        self.rest_until_s = -math.inf
        self.showing = Showing(self.time_s)
        self.has_come_back = False
        self.n_pain_reports = earlier.n_pain_reports
        # Only for the set that it was seen in: the patient may leave that out.
        self._so_far = (course.at, earlier.seen)
        self._events: list[SessionEvent] = []

    @property
    def offered(self) -> tuple[Exercise, ...]:
        """Easier exercises that may be taken now."""
        asks = self.pause is not None and self.pause.reason in OFFERS_EASIER
        return self.course.easier if asks else ()

    @property
    def is_stopped(self) -> bool:
        """Whether a stop rule has stopped the exercise at hand: it is not gone on with."""
        by_rule = self.pause is not None and self.pause.reason is PauseReason.STOP_RULE
        return by_rule and self.running is not None

    @property
    def fit(self) -> Fit:
        """What is known of the patient's own range of the exercise at hand."""
        return self.known.of(self.course.step.exercise)

    @property
    def is_gone_on_with(self) -> bool:
        """Whether the set at hand was begun before the session was cut off."""
        cut_off, seen = self._so_far
        return self.running is not None or (bool(seen) and cut_off == self.course.at)

    def take_events(self) -> tuple[SessionEvent, ...]:
        """Return what has happened since this was last asked."""
        events, self._events = self._events, []
        return tuple(events)

    def happened(self, *events: SessionEvent) -> None:
        """Note what has happened."""
        self._events += events

    def go(self, stage: Stage) -> None:
        """Come to a stage."""
        before, self.stage = self.stage, stage
        if stage is not before:
            self.happened(StageChanged(self.time_s, stage, before))

    def begin(self) -> None:
        """Leave the welcome."""
        self.go_on()

    def go_on(self) -> None:
        """Ask what is still to be asked, else show the exercise at hand; at the end, end."""
        if self.inquiry.question:
            self._ask()
        elif self.course.is_over:
            self._end(was_stopped=False)
        else:
            self._show()

    def place(self) -> None:
        """Find the place before the camera, anew."""
        self.pause = None
        self.look_anew()
        self.go(Stage.PLACEMENT)

    def look_anew(self) -> None:
        """Look at the patient as if for the first time."""
        self.lookout = Lookout(self.course.step.exercise, self.fit)

    def await_start(self, after_s: float = AFTER_COUNT_S) -> None:
        """Wait for the start position."""
        if self.stage is Stage.PLACEMENT:
            self.cues.wish(self.time_s, "placement_good")
        self.cues.wish(self.time_s, "take_start_position", after_s=after_s)
        self.lookout.wait_anew()
        self.go(Stage.START)

    def exercise(self, grace_s: float = 0.0) -> None:
        """Begin the set at hand, or go on with it.

        Parameters
        ----------
        grace_s
            How long nobody needs to be in position yet [s].
        """
        course = self.course
        self.cues.drop()
        self.go(Stage.EXERCISING)
        self.vigil = Vigil(course.step.exercise, self.time_s + grace_s)
        if self.inquiry.routine:
            self.inquiry.routine.begins(course.step.exercise.id)
        if self.running is not None:
            self.has_come_back = True
            return
        cut_off, seen = self._so_far
        so_far = seen if cut_off == course.at else ()
        self.running = RunningSet(
            course.step_index,
            course.step,
            course.set_number,
            so_far,
            self.fit,
            course.candidates,
        )
        self.has_come_back = bool(so_far)
        self.cues.wish(self.time_s, "set_begins")
        self.happened(self.running.begun(self.time_s))

    def end_set(self, end: SetEnd) -> None:
        """End the set at hand, begun or not, and go on to what follows it."""
        was_begun = self._close_set(end)
        if self.course.is_last_set:
            self._next_exercise("exercise_done" if end is SetEnd.DONE else None)
            return
        rest_s = self.course.step.dose.rest_s
        self.course.next_set()
        self.pause = None
        self.look_anew()
        if was_begun and rest_s > 0:
            self.cues.drop()
            if end is SetEnd.DONE:
                self.cues.wish(self.time_s, "set_done", after_s=AFTER_COUNT_S)
            self.rest_until_s = self.time_s + rest_s
            self.go(Stage.REST)
        else:
            self.await_start()

    def skip_exercise(self) -> None:
        """Leave out what is left of this exercise."""
        course = self.course
        self._close_set(SetEnd.EXERCISE_SKIPPED)
        self.happened(ExerciseSkipped(self.time_s, course.step_index, course.step.exercise.id))
        self._next_exercise(None)

    def take_easier(self, exercise_id: str | None) -> None:
        """Put the easier exercise asked for, or the first, in the place of this one."""
        offered = self.course.easier
        found = [one for one in offered if exercise_id in {None, one.id}]
        if not found:
            return
        self._close_set(SetEnd.EASIER)
        course, easier = self.course, found[0]
        self.happened(
            EasierTaken(self.time_s, course.step_index, course.step.exercise.id, easier.id)
        )
        course.take(easier)
        self._show()

    def report_pain(self) -> None:
        """Note that it hurts, and stop moving on."""
        self.n_pain_reports += 1
        course, running = self.course, self.running
        exercise_id = None if self.stage is Stage.SUMMARY else course.step.exercise.id
        number = running.set_number if running else None
        self.inquiry.asks_how_much = self.inquiry.routine is not None
        self.happened(PainReported(self.time_s, course.step_index, exercise_id, number))

    def stop(self) -> None:
        """End the session now."""
        self._close_set(SetEnd.STOPPED)
        self._end(was_stopped=True)

    def leave(self) -> None:
        """Leave the summary."""
        self.go(Stage.ENDED)

    def _next_exercise(self, cue: SessionCueCode | None) -> None:
        inquiry = self.inquiry
        if inquiry.routine:
            inquiry.exercise_before = self.course.step.exercise.id
            inquiry.add([AFTER_EXERCISE])
        self.course.next_step()
        self.go_on()
        if cue and self.stage is not Stage.SUMMARY:
            self.cues.wish(self.time_s, cue, after_s=AFTER_COUNT_S)

    def _ask(self) -> None:
        """Ask the question that waits."""
        self.pause = None
        self.inquiry.ask(self.time_s)
        self.cues.drop()
        asked = self.inquiry.question
        if asked and asked.says:
            self.cues.say(self.time_s, asked.says, "form")
        self.go(Stage.QUESTION)

    def _show(self) -> None:
        self.pause = None
        self.showing = Showing(self.time_s)
        self.cues.drop()
        self.go(Stage.DEMONSTRATION)

    def _end(self, *, was_stopped: bool) -> None:
        self.pause = None
        self.inquiry.forget()
        self.cues.drop()
        self.cues.wish(self.time_s, "stopped" if was_stopped else "session_done")
        self.happened(SessionEnded(self.time_s, was_stopped))
        self.go(Stage.SUMMARY)

    def _close_set(self, end: SetEnd) -> bool:
        """Finish the set that is under way; return whether there was one."""
        running, self.running = self.running, None
        if running is None:
            return False
        result, events = running.finish(self.time_s, end)
        self.results.append(result)
        self.happened(*events)
        return True
