"""What the page is told: in its language, whoever has it open, and nothing twice."""

from collections.abc import Callable, Sequence

from formcheck.prescription.saying import Saying
from formcheck.session.flow import SessionFlow
from formcheck.session.plan import Plan
from formcheck.session.stages import Stage
from formcheck.session.view import SessionView
from formcheck.texts import Texts, languages
from formcheck.texts.texts import ENGLISH
from formcheck.web.describing import Describer, written
from formcheck.web.engine import Seen
from formcheck.web.messages import ErrorCode
from formcheck.web.news import News

Outlet = Callable[[Sequence[str]], None]
OVER = frozenset({Stage.SUMMARY, Stage.ENDED})
_EMPTY_WELCOME = written(
    {"type": "stage", "stage": "welcome", "step_index": 0, "n_steps": 0, "plan": []}
)


class Telling:
    """Describe a session, and send what is new of it.

    Parameters
    ----------
    language
        What was asked for at the start; None for English until the page says another.
    """

    def __init__(self, language: str | None) -> None:
        self._describer = Describer(Texts.load(language or ENGLISH))
        self._outlet: Outlet | None = None
        self._told = News()

    @property
    def language(self) -> str:
        """The language in which the page is told things."""
        return self._describer.texts.language

    def said(self, saying: Saying) -> str:
        """Return a sentence in the language of the page."""
        return self._describer.said(saying)

    def speak(self, language: str) -> None:
        """Use a language from here on, if there are texts in it."""
        if language in languages() and language != self.language:
            self._describer = Describer(Texts.load(language))

    def connect(self, outlet: Outlet | None) -> None:
        """Tell this page what comes, or nobody; it knows nothing yet."""
        self._outlet = outlet
        self.forget()
        self.send([written({"type": "hello", "owner": True})])

    def disconnect(self, outlet: Outlet) -> None:
        """Tell this page nothing more, if it is the one that is told."""
        if self._outlet == outlet:
            self._outlet = None

    def forget(self) -> None:
        """Tell anew where the session stands: its plan and exercises may be others."""
        self._describer = Describer(self._describer.texts)
        self._told.forget()

    def stage(self, flow: SessionFlow | None, plan: Plan | None) -> list[str]:
        """Return where a session stands, if that is news."""
        view = flow.view if flow else None
        if not self._told.is_new(view):
            return []
        if view is None or flow is None or plan is None:
            return [_EMPTY_WELCOME]
        return [self._describer.stage(view, plan, flow.summary() if view.stage in OVER else None)]

    def cue(self, view: SessionView, sequence: int | None) -> list[str]:
        """Return what is to be said to the patient, if anything."""
        return [] if view.cue is None else [self._describer.cue(view.cue, view, sequence)]

    def picture(self, view: SessionView, seen: Seen | None, analyse_ms: float) -> str:
        """Return what was made of a picture."""
        return self._describer.picture(view, seen, analyse_ms)

    def error(self, code: ErrorCode, sequence: int | None = None) -> str:
        """Return an error as the page is told."""
        return self._describer.error(code, sequence)

    def send(self, messages: Sequence[str]) -> None:
        """Send messages to whoever has the page open."""
        outlet = self._outlet
        if outlet is not None and messages:
            outlet(messages)
