"""One live session: pictures and commands in, messages for the page out.

Pictures come from the engine's thread, commands from the server's; a lock lets one of them at
the session at a time, for a few milliseconds. What the engine does meanwhile is outside of the
lock: "stop" never waits for a picture.
"""

import logging
import threading
import time

from formcheck.errors import FormcheckError, OutputError
from formcheck.prescription.saying import Saying
from formcheck.session.plan import Plan
from formcheck.session.stages import Command, Stage
from formcheck.session.view import SessionView
from formcheck.web.at_hand import SessionAtHand
from formcheck.web.clock import SleepWatch
from formcheck.web.engine import Arrived, Seen
from formcheck.web.following import Following
from formcheck.web.messages import Answer, ErrorCode
from formcheck.web.pictures import PictureError
from formcheck.web.setting import Setting
from formcheck.web.telling import Outlet, Telling
from formcheck.web.unfinished import LeftOver, is_in_use

# For so long nothing may come before the session is told that nobody is seen.
SILENCE_S = 1.0

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
        self._session = SessionAtHand(setting, self._not_kept)
        self._sleep = SleepWatch(setting.wall)
        self.is_in_use = is_in_use(setting.store)
        self.left_over = LeftOver(setting.store, setting.exercises)
        if setting.plan is not None:
            self._session.begin(setting, setting.plan)

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
        return self._session.plan

    @property
    def needs_outline(self) -> bool:
        """Whether the exercise at hand is judged by the outline of the trunk, which costs time."""
        with self._lock:  # asked from the engine's thread, while a command may change the step
            flow = self._session.flow
            return flow is not None and flow.view.exercise.needs_outline

    def speak(self, language: str) -> None:
        """Use a language from here on, if there are texts in it."""
        with self._lock:
            self._telling.speak(language)

    def connect(self, outlet: Outlet) -> None:
        """Tell everything to this page from here on, beginning with where the session stands."""
        with self._lock:
            self._session.expect_page()
            self._telling.connect(outlet)
            self._tell_stage()

    def disconnect(self, outlet: Outlet) -> None:
        """Tell this page nothing more."""
        with self._lock:
            self._telling.disconnect(outlet)

    def picture_time_s(self, capture_ms: float) -> float:
        """Return when a picture was taken, on the session's clock [s]; see `SessionClock`."""
        with self._lock:
            return self._session.clock.of_picture(capture_ms)

    def choose(self, plan: Plan) -> bool:
        """Take another plan; False where a session is under way."""
        with self._lock:
            is_prescribed = self.setting.programme is not None and self.setting.plan is not None
            if is_prescribed or self._following.is_blocked or not self._session.is_replaceable:
                return False
            self._session.begin(self.setting, plan)
            self._tell_stage()
            return True

    def begin_anew(self) -> bool:
        """Go through what is due once more; False where the session is not over.

        Raises
        ------
        FormcheckError
            If something in what is prescribed by now keeps sessions from beginning.
        """
        with self._lock:
            plan = self._session.plan
            if plan is None or not self._session.is_over:
                return False
            if plan is self.setting.plan:
                self._follow()
            else:
                self._session.begin(self.setting, plan)
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
            flow = self._session.flow
            if flow is not None and flow.view.stage is not Stage.WELCOME:
                return False
            self._follow()
            return True

    def _follow(self) -> None:
        """Begin with what is prescribed now, and tell it; with nothing where that is blocked."""
        self._session.forget()
        self._telling.forget()
        try:
            self._following.look_again()
            if self.setting.plan is not None:
                self._session.begin(self.setting, self.setting.plan)
        finally:
            self._tell_stage()

    def _follow_the_day(self) -> None:
        """On another day something else may be due than on the one when formcheck was started."""
        if self._following.is_of_another_day and self._session.plan is self.setting.plan:
            try:
                self.follow_anew()
            except FormcheckError as error:
                _log.warning("%s", error)

    def ask_signs(self) -> bool:
        """Begin with the questions about warning signs; False where nothing is prescribed."""
        with self._lock:
            plan = self._session.plan
            if self.setting.programme is None or plan is None or not self._session.is_replaceable:
                return False
            self._session.begin(self.setting, plan, on_demand=True)
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
        if not self._session.is_replaceable:
            return False
        taken = self.left_over.take()
        if taken is None:
            return False
        with self._lock:
            self._session.resume(self.setting, *taken)
            self._tell_stage()
        return True

    @property
    def stores_video(self) -> bool:
        """Whether pictures are kept."""
        return self._session.keeping.wants_video

    def store_video(self, *, on: bool) -> None:
        """Keep the pictures from now on, or no longer."""
        with self._lock:
            self._session.keeping.store_video(on=on)

    def command(self, name: str, exercise_id: str | None) -> None:
        """Do what the patient asks for; what does not fit does nothing.

        Raises
        ------
        ValueError
            If there is no such command.
        """
        command = Command(name)
        with self._lock:
            flow = self._session.flow
            if flow is None:
                return
            if command is Command.BEGIN and flow.view.stage is Stage.WELCOME:
                self._session.write_down(self.setting, self._telling.language)
            self._session.command(flow, command, exercise_id)
            self._tell(flow.view, None)

    def answer(self, sent: Answer) -> None:
        """Take an answer to what is asked; what does not fit does nothing."""
        with self._lock:
            flow = self._session.flow
            if flow is None:
                return
            self._session.answer(flow, sent)
            self._tell(flow.view, None)

    def tick(self) -> None:
        """Let time go on while no picture comes."""
        with self._lock:
            self._follow_the_day()
            self._wake_up()
            flow = self._session.flow
            if flow and self._session.clock.silence_s > SILENCE_S:
                view = self._session.go_on_unseen(flow)
                self._telling.send([self._telling.picture(view, None, 0.0)])
                self._tell(view, None)

    def seen(self, seen: Seen) -> None:
        """Take what the engine found in a picture."""
        began_s = time.monotonic()
        with self._lock:
            flow = self._session.flow
            if flow is None:
                return
            self._session.fit_size(flow, seen.picture)
            self._wake_up()
            view = self._session.see(flow, seen)
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
            self._session.close()
        self._session.finish()  # without the lock: it takes its time

    def _wake_up(self) -> None:
        """Pause where this computer slept: whoever was exercising has not been watched."""
        if self._sleep.has_slept() and self._session.flow:
            self._session.interrupt(self._session.flow)
            self._tell_stage()

    def _tell(self, view: SessionView, sequence: int | None) -> None:
        """Say what is to be said, and where the session stands if that has changed."""
        self._telling.send([*self._news(), *self._telling.cue(view, sequence)])

    def _tell_stage(self) -> None:
        self._telling.send(self._news())

    def _news(self) -> list[str]:
        return self._telling.stage(self._session.flow, self._session.plan)

    def _not_kept(self, error: OutputError) -> None:
        _log.error("the session is not kept: %s", error)
        self._telling.send([self._telling.error(ErrorCode.DISK_FULL)])
