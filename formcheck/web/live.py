"""One live session: pictures and commands in, messages for the page out.

Pictures come from the engine's thread, commands from the server's; a lock lets one of them at
the session at a time, for a few milliseconds. What the engine does meanwhile is outside of the
lock: "stop" never waits for a picture.
"""

import logging
import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from formcheck.errors import FormcheckError, OutputError
from formcheck.pose import Pose
from formcheck.prescription.saying import Saying
from formcheck.recordings.calibration_store import CalibrationStore
from formcheck.recordings.session_log import new_session_folder
from formcheck.session.events import Calibrated, SessionEvent
from formcheck.session.flow import SessionFlow
from formcheck.session.plan import Plan
from formcheck.session.stages import Command, Stage
from formcheck.session.view import SessionView
from formcheck.web.canvas import Size, placed
from formcheck.web.clock import SessionClock, SleepWatch
from formcheck.web.engine import Arrived, Seen
from formcheck.web.following import Following
from formcheck.web.intake import Intake
from formcheck.web.keeping import Keeping
from formcheck.web.messages import Answer, ErrorCode, HeatSent, PainSent, ScreenSent
from formcheck.web.pictures import PictureError, QualityMeter
from formcheck.web.setting import Setting
from formcheck.web.telling import OVER, Outlet, Telling
from formcheck.web.unfinished import LeftOver, Resumed, UnfinishedSession, is_in_use

# For so long nothing may come before the session is told that nobody is seen.
SILENCE_S = 1.0
USUAL_SIZE_PX = (640, 480)
_REPLACEABLE = OVER | {Stage.WELCOME}

_log = logging.getLogger(__name__)


class LiveSession:
    """Run sessions one after the other for whoever owns the page.

    Parameters
    ----------
    setting
        What the server was started with.
    """

    def __init__(self, setting: Setting) -> None:
        self._following = Following(setting)
        self._lock = threading.RLock()
        self._telling = Telling(setting.chosen_language)
        self._flow: SessionFlow | None = None
        self._plan: Plan | None = None
        self._calibrations = CalibrationStore(setting.store)
        self._intake = Intake(setting.store, lambda: self._keeping.is_open)
        self._keeping = Keeping(setting.identity, self._not_kept, self._intake.begin)
        self._clock = SessionClock(monotonic=setting.monotonic)
        self._sleep = SleepWatch(setting.wall)
        self._quality = QualityMeter()
        self._size_px: Size = USUAL_SIZE_PX
        self.is_in_use = is_in_use(setting.store)
        self.left_over = LeftOver(setting.store, setting.exercises)
        if setting.plan is not None:
            self._begin_flow(setting.plan)

    @property
    def setting(self) -> Setting:
        """What sessions begin with now."""
        return self._following.setting

    def said(self, saying: Saying) -> str:
        """Return a sentence in the language of the page."""
        return self._telling.said(saying)

    @property
    def plan(self) -> Plan | None:
        """What is to be done; None until it is chosen."""
        return self._plan

    @property
    def needs_outline(self) -> bool:
        """Whether the exercise at hand is judged by the outline of the trunk, which costs time."""
        with self._lock:  # asked from the engine's thread, while a command may change the step
            return self._flow is not None and self._flow.view.exercise.needs_outline

    def speak(self, language: str) -> None:
        """Use a language from here on, if there are texts in it."""
        with self._lock:
            self._telling.speak(language)

    def connect(self, outlet: Outlet) -> None:
        """Tell everything to this page from here on, beginning with where the session stands."""
        with self._lock:
            self._clock.forget_page()
            self._quality = QualityMeter()
            self._telling.connect(outlet)
            self._tell_stage()

    def disconnect(self, outlet: Outlet) -> None:
        """Tell this page nothing more."""
        with self._lock:
            self._telling.disconnect(outlet)

    def picture_time_s(self, capture_ms: float) -> float:
        """Return when a picture was taken, on the session's clock [s]; see `SessionClock`."""
        with self._lock:
            return self._clock.of_picture(capture_ms)

    def choose(self, plan: Plan) -> bool:
        """Take another plan; False where a session is under way."""
        with self._lock:
            is_prescribed = self.setting.programme is not None and self.setting.plan is not None
            if is_prescribed or self._following.is_blocked or not self._is_replaceable:
                return False
            self._begin_flow(plan)
            self._tell_stage()
            return True

    @property
    def _is_replaceable(self) -> bool:
        return self._flow is None or self._flow.view.stage in _REPLACEABLE

    def begin_anew(self) -> bool:
        """Go through what is due once more; False where the session is not over.

        Raises
        ------
        FormcheckError
            If something in what is prescribed by now keeps sessions from beginning.
        """
        with self._lock:
            if self._plan is None or not self._flow or self._flow.view.stage not in OVER:
                return False
            if self._plan is self.setting.plan:
                self._follow()
            else:
                self._begin_flow(self._plan)
                self._tell_stage()
            return True

    def follow_anew(self) -> bool:
        """Follow what is prescribed now; False where that waits for the end of a session.

        Raises
        ------
        FormcheckError
            If something keeps its sessions from beginning: none begins then.
        """
        with self._lock:
            if self._flow is not None and self._flow.view.stage is not Stage.WELCOME:
                return False
            self._follow()
            return True

    def _follow(self) -> None:
        """Begin with what is prescribed now, and tell it; with nothing where that is blocked."""
        self._keeping.close()
        self._flow = self._plan = None
        self._telling.forget()
        try:
            self._following.look_again()
            if self.setting.plan is not None:
                self._begin_flow(self.setting.plan)
        finally:
            self._tell_stage()

    def _follow_the_day(self) -> None:
        """On another day something else may be due than on the one when formcheck was started."""
        if self._following.is_of_another_day and self._plan is self.setting.plan:
            try:
                self.follow_anew()
            except FormcheckError as error:
                _log.warning("%s", error)

    def ask_signs(self) -> bool:
        """Begin with the questions about warning signs; False where nothing is prescribed."""
        with self._lock:
            if self.setting.programme is None or self._plan is None or not self._is_replaceable:
                return False
            self._begin_flow(self._plan, on_demand=True)
            self._tell_stage()
            return True

    def keep_unfinished(self) -> bool:
        """Leave the session that was cut off as it is: it is not offered again.

        Raises
        ------
        FormcheckError
            If that cannot be written.
        """
        self.left_over.keep()
        return True

    def resume_unfinished(self) -> bool:
        """Go on with the session that was cut off; False where there is none to go on with.

        Raises
        ------
        FormcheckError
            If what there is of it cannot be read.
        """
        if not self._is_replaceable:
            return False
        taken = self.left_over.take()
        if taken is None:
            return False
        with self._lock:
            self._resume(*taken)
        return True

    @property
    def stores_video(self) -> bool:
        """Whether pictures are kept."""
        return self._keeping.wants_video

    def store_video(self, *, on: bool) -> None:
        """Keep the pictures from now on, or no longer."""
        with self._lock:
            self._keeping.store_video(on=on)

    def command(self, name: str, exercise_id: str | None) -> None:
        """Do what the patient asks for; what does not fit does nothing.

        Raises
        ------
        ValueError
            If there is no such command.
        """
        command = Command(name)
        with self._lock:
            flow = self._flow
            if flow is None:
                return
            if command is Command.BEGIN and flow.view.stage is Stage.WELCOME:
                assert self._plan is not None
                folder = new_session_folder(self.setting.store, datetime.now(UTC))
                self._keeping.begin(folder, self.setting.facts(self._plan, self._telling.language))
            events = flow.command(self._clock.last_s, command, exercise_id)
            self._happened(events)
            self._tell(flow.view, None)

    def answer(self, sent: Answer) -> None:
        """Take an answer to what is asked; what does not fit does nothing."""
        with self._lock:
            if self._flow is None:
                return
            time_s = self._clock.last_s
            match sent:
                case PainSent():
                    events = self._flow.rate_pain(time_s, sent.said())
                case ScreenSent():
                    events = self._flow.screen(time_s, sent.positive)
                case HeatSent():
                    events = self._flow.answer_heat(time_s, done=sent.done)
            self._happened(events)
            self._tell(self._flow.view, None)

    def tick(self) -> None:
        """Let time go on while no picture comes."""
        with self._lock:
            self._follow_the_day()
            self._wake_up()
            if self._flow and self._clock.silence_s > SILENCE_S:
                self._clock.forget_page()
                view = self._update(self._flow, self._clock.now_s, None)
                self._telling.send([self._telling.picture(view, None, 0.0)])
                self._tell(view, None)

    def seen(self, seen: Seen) -> None:
        """Take what the engine found in a picture."""
        began_s = time.monotonic()
        with self._lock:
            height_px, width_px = seen.picture.shape[:2]
            flow = self._flow
            if flow is None:
                return
            if not flow.view.is_set_under_way:
                self._size_px = self._keeping.size_px or (width_px, height_px)
            self._wake_up()
            self._clock.hear()
            view = self._view_of(flow, seen)
            analyse_ms = (time.monotonic() - began_s) * 1e3
            self._telling.send([self._telling.picture(view, seen, analyse_ms)])
            self._tell(view, seen.arrived.sequence)

    def refused(self, arrived: Arrived, error: PictureError) -> None:
        """Tell the page that it was no picture."""
        _log.warning("a picture was refused: %s", error)
        self._telling.send([self._telling.error(ErrorCode.BAD_PICTURE, arrived.sequence)])

    def failed(self, arrived: Arrived | None, error: FormcheckError) -> None:
        """Tell the page that the engine stopped."""
        _log.warning("%s", error)
        sequence = arrived.sequence if arrived else None
        self._telling.send([self._telling.error(ErrorCode.ENGINE_STOPPED, sequence)])

    def error(self, code: ErrorCode, sequence: int | None = None) -> str:
        """Return an error as the page is told."""
        return self._telling.error(code, sequence)

    def close(self) -> None:
        """End: a session that is under way can be gone on with."""
        with self._lock:
            self._telling.connect(None)
            self._keeping.close()
        self._intake.close()

    def _wake_up(self) -> None:
        """Pause where this computer slept: whoever was exercising has not been watched."""
        if self._sleep.has_slept() and self._flow:
            events = self._flow.interrupt(self._clock.last_s)
            self._keeping.events(events, self._size_px)
            self._tell_stage()

    def _view_of(self, flow: SessionFlow, seen: Seen) -> SessionView:
        """Return what the session makes of a picture, also where time has gone on without it."""
        if self._clock.is_next(seen.arrived.time_s):
            return self._update(flow, seen.arrived.time_s, seen)
        # At another time than its own it would be another movement.
        if flow.view.is_set_under_way:
            return flow.view
        return self._update(flow, self._clock.last_s, seen)

    def _update(self, flow: SessionFlow, time_s: float, seen: Seen | None) -> SessionView:
        time_s = self._clock.step(time_s)
        pose: Pose | None = None
        if seen and seen.pose is not None:
            pose = placed(seen.pose, time_s, self._size_px)
        quality = self._quality.update(time_s, seen.picture) if seen else None
        view = flow.update(time_s, pose, quality)
        self._keeping.take(view, self._size_px)
        self._keep_calibrations(view.events)
        if seen:
            self._keeping.picture(time_s, seen.picture)
        return view

    def _happened(self, events: Sequence[SessionEvent]) -> None:
        """Write down what was asked for or answered."""
        self._keeping.events(events, self._size_px)
        self._keep_calibrations(events)

    def _keep_calibrations(self, events: Iterable[SessionEvent]) -> None:
        """Keep what was measured for the next sessions."""
        for event in events:
            if isinstance(event, Calibrated):
                try:
                    self._calibrations.keep(event.calibration, datetime.now(UTC).astimezone())
                except OutputError as error:
                    self._not_kept(error)

    def _tell(self, view: SessionView, sequence: int | None) -> None:
        """Say what is to be said, and where the session stands if that has changed."""
        self._telling.send(
            [*self._telling.stage(self._flow, self._plan), *self._telling.cue(view, sequence)]
        )

    def _tell_stage(self) -> None:
        self._telling.send(self._telling.stage(self._flow, self._plan))

    def _begin_flow(self, plan: Plan, *, on_demand: bool = False) -> None:
        self._keeping.close()
        self._plan = plan
        setting = self.setting
        self._flow = setting.flow(
            plan,
            setting.exercises,
            known=setting.known(),
            routine=setting.routine(on_demand=on_demand),
        )
        self._clock = SessionClock(monotonic=self.setting.monotonic)
        self._quality = QualityMeter()

    def _resume(self, unfinished: UnfinishedSession, resumed: Resumed) -> None:
        programme = self.setting.programme
        self._plan = resumed.plan
        self._clock = SessionClock(resumed.last_s + 1.0, self.setting.monotonic)
        self._flow = self.setting.flow(
            resumed.plan,
            self.setting.exercises,
            resumed.earlier,
            self.setting.known(resumed.fits),
            self.setting.routine(resumed.said) if unfinished.is_of(programme) else None,
        )
        self._keeping.begin(unfinished.folder.path, unfinished.folder.facts, resumed.cut)
        self._size_px = self._keeping.size_px or self._size_px
        events = self._flow.command(self._clock.last_s, Command.BEGIN)
        self._keeping.events(events, self._size_px)
        self._tell_stage()

    def _not_kept(self, error: OutputError) -> None:
        _log.error("the session is not kept: %s", error)
        self._telling.send([self._telling.error(ErrorCode.DISK_FULL)])
