"""What the page has been told of where the session stands, so that it is told only what is new."""

from formcheck.session.stages import Stage
from formcheck.session.view import SessionView

NO_PLAN = "no plan"


class News:
    """Notice when something about the stage has changed that the page shows."""

    def __init__(self) -> None:
        self._told: object = None

    def forget(self) -> None:
        """Expect a page that knows nothing."""
        self._told = None

    def is_new(self, view: SessionView | None) -> bool:
        """Whether the page has yet to be told; None where nothing is planned."""
        now = NO_PLAN if view is None else _shown(view)
        is_new = now != self._told
        self._told = now
        return is_new


def _shown(view: SessionView) -> tuple[object, ...]:
    offered = tuple(exercise.id for exercise in view.offered)
    stays = view.stage is Stage.DEMONSTRATION and view.countdown_s is None
    state = view.stage, view.step_index, view.set_number, view.exercise.id, view.pause_reason
    asked = view.question, view.asks_how_much, view.is_stopped, view.pause_says
    return (*state, view.is_set_under_way, offered, stays, asked)
