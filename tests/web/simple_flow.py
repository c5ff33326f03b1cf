"""A flow without gates: every set begins on "next", so that the web is tested by itself."""

from formcheck.analysis.coach import Coach
from formcheck.analysis.verdict import VerdictBuilder
from formcheck.session.earlier import NOTHING_YET
from formcheck.session.events import SessionEnded, SetEnded, SetStarted, StageChanged
from formcheck.session.flow import SessionFlow
from formcheck.session.stages import Command, SetEnd, Stage
from formcheck.session.summary import SessionSummary, SetResult
from formcheck.session.view import SessionView

ORDER = [Stage.WELCOME, Stage.DEMONSTRATION, Stage.PLACEMENT, Stage.START, Stage.EXERCISING]


class SimpleFlow(SessionFlow):
    """Welcome, demonstration, placement, start, exercising, rest, summary: by command alone."""

    def __init__(self, plan, catalogue, earlier=NOTHING_YET, known=None, routine=None):  # noqa: ARG002
        self._plan = plan
        self._at = earlier.resume_at
        self._results = list(earlier.results)
        self._so_far = earlier.seen
        self._stage = Stage.WELCOME
        self._coach = self._builder = None
        self._last = {}
        self.time_s = 0.0

    @property
    def step(self):
        """The step at hand."""
        return self._plan.steps[self._at[0]]

    @property
    def view(self):
        """The session as it stands."""
        return SessionView(
            self.time_s,
            self._stage,
            self._at[0],
            len(self._plan.steps),
            self.step.exercise,
            self.step.dose,
            self._at[1],
            self.step.dose.sets,
            is_set_under_way=self._coach is not None,
            set_due=self.step.dose.due,
            **self._last,
        )

    @property
    def results(self):
        """Every set that is over."""
        return tuple(self._results)

    def update(self, time_s, pose, picture=None):  # noqa: ARG002
        """Feed the Coach while exercising."""
        assert time_s >= self.time_s
        assert pose is None or pose.time_s == time_s
        self.time_s, self._last = time_s, {}
        if self._coach is not None:
            snapshot = self._coach.update(time_s, pose)
            self._builder.take(snapshot)
            events = list(snapshot.events)
            if snapshot.count >= (self.step.dose.repetitions or 1000):
                events += self._end(SetEnd.DONE)
            self._last = {"snapshot": snapshot, "cue": snapshot.cue, "events": tuple(events)}
        view, self._last = self.view, {}
        return view

    def interrupt(self, time_s):  # noqa: ARG002
        """Go on."""
        return ()

    def command(self, time_s, command, exercise_id=None):  # noqa: ARG002
        """Go on, or stop."""
        before = self._stage
        match command:
            case Command.BEGIN if before is Stage.WELCOME:
                self._stage = Stage.DEMONSTRATION
            case Command.NEXT if before in ORDER[1:4]:
                self._stage = ORDER[ORDER.index(before) + 1]
            case Command.NEXT if before is Stage.REST:
                self._stage = Stage.START
            case Command.STOP if before is not Stage.SUMMARY:
                ended = self._end(SetEnd.STOPPED) if self._coach else []
                if self._stage is not Stage.SUMMARY:
                    ended.append(SessionEnded(time_s, was_stopped=True))
                self._stage = Stage.SUMMARY
                return (*ended, StageChanged(time_s, Stage.SUMMARY, before))
            case _:
                return ()
        events = [StageChanged(time_s, self._stage, before)]
        if self._stage is Stage.EXERCISING:
            self._coach = Coach([self.step.exercise])
            self._builder = VerdictBuilder(self._coach)
            for seen_s, pose in self._so_far:
                self._builder.take(self._coach.update(seen_s, pose))
            self._so_far = ()
            step, number = self._at
            events.append(SetStarted(time_s, step, self.step.exercise.id, number, self.step.dose))
        return tuple(events)

    def summary(self):
        """Return how many sets there were."""
        return SessionSummary((), (), len(self._results), len(self._plan.steps))

    def _end(self, end):
        self._builder.take(self._coach.finish())
        verdict = self._builder.verdict()
        self._coach = self._builder = None
        step, number = self._at
        exercise, dose = self.step.exercise, self.step.dose
        self._results.append(SetResult(step, number, exercise, dose, end, verdict))
        events = [SetEnded(self.time_s, step, exercise.id, number, end, verdict)]
        if number < dose.sets:
            self._at, self._stage = (step, number + 1), Stage.REST
        elif step + 1 < len(self._plan.steps):
            self._at, self._stage = (step + 1, 1), Stage.DEMONSTRATION
        else:
            self._stage = Stage.SUMMARY
            events.append(SessionEnded(self.time_s, was_stopped=False))
        return events
