"""The session at hand: its plan and course, on one clock, and what is written down of it.

It is not for several threads: `formcheck.web.live` lets one of them at it at a time, and tells
the page what comes of it.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime

from formcheck.errors import OutputError
from formcheck.pose import Pose
from formcheck.recordings.calibration_store import CalibrationStore
from formcheck.recordings.session_log import new_session_folder
from formcheck.session.events import Calibrated, SessionEvent
from formcheck.session.flow import SessionFlow
from formcheck.session.plan import Plan
from formcheck.session.stages import Command, Stage
from formcheck.session.view import SessionView
from formcheck.web.canvas import Size, placed
from formcheck.web.clock import SessionClock
from formcheck.web.engine import Seen
from formcheck.web.intake import Intake
from formcheck.web.keeping import Keeping
from formcheck.web.messages import Answer, HeatSent, PainSent, ScreenSent
from formcheck.web.pictures import QualityMeter
from formcheck.web.setting import Setting
from formcheck.web.telling import OVER
from formcheck.web.unfinished import Resumed, UnfinishedSession
from formcheck.web.video import Picture

USUAL_SIZE_PX = (640, 480)
_REPLACEABLE = OVER | {Stage.WELCOME}


class SessionAtHand:
    """Take one session after the other from its plan to its end.

    Parameters
    ----------
    setting
        What the server was started with.
    on_failure
        Told when something can no longer be written; from any thread.

    Attributes
    ----------
    plan, flow
        What is to be done, and how it goes; None until it is chosen.
    clock
        Its time.
    keeping
        What is written of it.
    """

    def __init__(self, setting: Setting, on_failure: Callable[[OutputError], None]) -> None:
        self._on_failure = on_failure
        self._calibrations = CalibrationStore(setting.store)
        self._intake = Intake(setting.store, lambda: self.keeping.is_open)
        self.keeping = Keeping(setting.identity, on_failure, self._intake.begin)
        self.plan: Plan | None = None
        self.flow: SessionFlow | None = None
        self.clock = SessionClock(monotonic=setting.monotonic)
        self._quality = QualityMeter()
        self._size_px: Size = USUAL_SIZE_PX

    @property
    def is_over(self) -> bool:
        """Whether there is one, and it has ended."""
        return self.flow is not None and self.flow.view.stage in OVER

    @property
    def is_replaceable(self) -> bool:
        """Whether another one may take its place: it has not begun, or it has ended."""
        return self.flow is None or self.flow.view.stage in _REPLACEABLE

    def forget(self) -> None:
        """Have none at hand."""
        self.keeping.close()
        self.flow = self.plan = None

    def begin(self, setting: Setting, plan: Plan, *, on_demand: bool = False) -> None:
        """Come to the welcome of a session.

        Parameters
        ----------
        on_demand
            Whether somebody asks to be asked about warning signs.
        """
        self.keeping.close()
        self.plan = plan
        self.flow = setting.flow(
            plan,
            setting.exercises,
            known=setting.known(),
            routine=setting.routine(on_demand=on_demand),
        )
        self.clock = SessionClock(monotonic=setting.monotonic)
        self._quality = QualityMeter()

    def resume(self, setting: Setting, unfinished: UnfinishedSession, resumed: Resumed) -> None:
        """Go on with a session that was cut off."""
        self.plan = resumed.plan
        self.clock = SessionClock(resumed.last_s + 1.0, setting.monotonic)
        self.flow = setting.flow(
            resumed.plan,
            setting.exercises,
            resumed.earlier,
            setting.known(resumed.fits),
            setting.routine(resumed.said) if unfinished.is_of(setting.programme) else None,
        )
        self.keeping.begin(unfinished.folder.path, unfinished.folder.facts, resumed.cut)
        self._size_px = self.keeping.size_px or self._size_px
        events = self.flow.command(self.clock.last_s, Command.BEGIN)
        self.keeping.events(events, self._size_px)

    def write_down(self, setting: Setting, language: str) -> None:
        """Keep from here on what happens, in a folder of its own."""
        assert self.plan is not None
        folder = new_session_folder(setting.store, datetime.now(UTC))
        self.keeping.begin(folder, setting.facts(self.plan, language))

    def command(self, flow: SessionFlow, command: Command, exercise_id: str | None) -> None:
        """Do what the patient asks for; what does not fit does nothing."""
        self._happened(flow.command(self.clock.last_s, command, exercise_id))

    def answer(self, flow: SessionFlow, sent: Answer) -> None:
        """Take an answer to what is asked; what does not fit does nothing."""
        time_s = self.clock.last_s
        match sent:
            case PainSent():
                events = flow.rate_pain(time_s, sent.said())
            case ScreenSent():
                events = flow.screen(time_s, sent.positive)
            case HeatSent():
                events = flow.answer_heat(time_s, done=sent.done)
        self._happened(events)

    def interrupt(self, flow: SessionFlow) -> None:
        """Pause: whoever was exercising has not been watched."""
        self.keeping.events(flow.interrupt(self.clock.last_s), self._size_px)

    def expect_page(self) -> None:
        """Expect the pictures of another page, with a clock of its own."""
        self.clock.forget_page()
        self._quality = QualityMeter()

    def go_on_unseen(self, flow: SessionFlow) -> SessionView:
        """Let time go on without a picture."""
        self.clock.forget_page()
        return self._update(flow, self.clock.now_s, None)

    def fit_size(self, flow: SessionFlow, picture: Picture) -> None:
        """Take the size of a picture for that of the poses, unless a set has begun in another."""
        if not flow.view.is_set_under_way:
            height_px, width_px = picture.shape[:2]
            self._size_px = self.keeping.size_px or (width_px, height_px)

    def see(self, flow: SessionFlow, seen: Seen) -> SessionView:
        """Return what the session makes of a picture, also where time has gone on without it."""
        self.clock.hear()
        if self.clock.is_next(seen.arrived.time_s):
            return self._update(flow, seen.arrived.time_s, seen)
        # At another time than its own it would be another movement.
        if flow.view.is_set_under_way:
            return flow.view
        return self._update(flow, self.clock.last_s, seen)

    def close(self) -> None:
        """Write what is left: a session that is under way can be gone on with."""
        self.keeping.close()

    def finish(self) -> None:
        """Take into the store what has ended."""
        self._intake.close()

    def _update(self, flow: SessionFlow, time_s: float, seen: Seen | None) -> SessionView:
        time_s = self.clock.step(time_s)
        pose: Pose | None = None
        if seen and seen.pose is not None:
            pose = placed(seen.pose, time_s, self._size_px)
        quality = self._quality.update(time_s, seen.picture) if seen else None
        view = flow.update(time_s, pose, quality)
        self.keeping.take(view, self._size_px)
        self._keep_calibrations(view.events)
        if seen:
            self.keeping.picture(time_s, seen.picture)
        return view

    def _happened(self, events: Sequence[SessionEvent]) -> None:
        """Write down what was asked for or answered."""
        self.keeping.events(events, self._size_px)
        self._keep_calibrations(events)

    def _keep_calibrations(self, events: Iterable[SessionEvent]) -> None:
        """Keep what was measured for the next sessions."""
        for event in events:
            if isinstance(event, Calibrated):
                try:
                    self._calibrations.keep(event.calibration, datetime.now(UTC).astimezone())
                except OutputError as error:
                    self._on_failure(error)
