"""What is prescribed counts as it stands: on another day, and when another plan has been opened."""

from datetime import datetime, timedelta

import pytest

from formcheck.errors import PrescriptionError
from formcheck.estimators.base import EngineIdentity
from formcheck.exercises.dose import Dose
from formcheck.prescription.model import Weekday
from formcheck.session.plan import Plan, Step
from formcheck.store import Store
from formcheck.web.live import LiveSession
from formcheck.web.programme import Programme
from formcheck.web.setting import Setting
from tests.prescription.prescriptions import EXERCISES, STARTS, prescription, session

NOON = datetime(STARTS.year, STARTS.month, STARTS.day, 12).astimezone()
MONDAY = session("cat_cow", "heel_slide", days=[Weekday.MONDAY])
TUESDAY = session("glute_bridge", "heel_slide", days=[Weekday.TUESDAY])
BLOCKED = {"sessions": (session("yoga_downward_dog"),), "conditions": {"glaucoma"}}


class Home:
    """A patient's computer: what is prescribed there, what time it is, and the session."""

    def __init__(self, store, folder, **given):
        self.now, self.store = NOON, store
        self.prescribe(**given)
        identity = EngineIdentity("fake", "1", "none", "0" * 64)
        setting = Setting(
            EXERCISES,
            folder,
            identity,
            prescribed=lambda _: self.programme,
            wall=self.wall,
        )
        self.session = LiveSession(setting.anew())
        self.told = []
        self.session.connect(self.told.extend)

    def wall(self):
        """Return the time of day [s]."""
        return self.now.timestamp()

    def prescribe(self, **given):
        """Have another plan lie in the store."""
        self.programme = Programme(prescription(**given), 1, EXERCISES, self.store)

    @property
    def planned(self):
        """The exercises of the session, in their order."""
        plan = self.session.plan
        return [step.exercise.id for step in plan.steps] if plan else None


@pytest.fixture
def home(tmp_path):
    """Return a patient's computer on a Monday; there is another plan for Tuesdays."""
    with Store.open(tmp_path) as store:
        one = Home(store, tmp_path, sessions=(MONDAY, TUESDAY))
        yield one
        one.session.close()


def test_another_plan_counts_at_once_where_no_session_is_under_way(home):
    """The page is told, also where the first exercise is the same."""
    home.prescribe(sessions=(session("cat_cow", "wall_angel"),))
    home.told.clear()
    assert home.session.follow_anew()
    assert home.planned == ["cat_cow", "wall_angel"]
    assert '"wall_angel"' in home.told[-1]


def test_own_exercises_go_with_the_plan_that_brought_them(home):
    """They may be chosen as long as it is followed, and not after another one was opened."""
    own = EXERCISES["cat_cow"].model_copy(update={"id": "own_reach"})
    home.prescribe(own_exercises=(own,), sessions=(MONDAY,))
    assert home.session.follow_anew()
    assert "own_reach" in home.session.setting.exercises
    home.prescribe(sessions=(session("cat_cow", "wall_angel"),))
    assert home.session.follow_anew()
    assert home.session.setting.exercises == EXERCISES


def test_a_session_under_way_goes_on_with_its_own_plan(home):
    """The other one is followed by the next session."""
    home.session.command("begin", None)
    home.prescribe(sessions=(session("glute_bridge", "heel_slide"),))
    assert not home.session.follow_anew()
    assert home.planned == ["cat_cow", "heel_slide"]
    home.session.command("stop", None)
    assert home.session.begin_anew()
    assert home.planned == ["glute_bridge", "heel_slide"]


def test_what_blocks_lets_no_session_begin_until_it_is_gone(home):
    """Neither the plan before it, nor one that the patient chooses."""
    home.prescribe(**BLOCKED)
    with pytest.raises(PrescriptionError, match="glaucoma"):
        home.session.follow_anew()
    assert home.planned is None
    exercise = EXERCISES["cat_cow"]
    assert not home.session.choose(Plan((Step(exercise, Dose(repetitions=3)),)))
    home.prescribe(sessions=(MONDAY,))
    assert home.session.follow_anew()
    assert home.planned == ["cat_cow", "heel_slide"]


def test_on_another_day_what_is_due_then_is_planned(home):
    """Where formcheck is left running; on a day of rest nothing, and anything may be chosen."""
    home.session.tick()
    assert home.planned == ["cat_cow", "heel_slide"]
    home.now += timedelta(days=1)
    home.session.tick()
    assert home.planned == ["glute_bridge", "heel_slide"]
    home.now += timedelta(days=1)
    home.session.tick()
    assert home.planned is None
    own = Plan((Step(EXERCISES["cat_cow"], Dose(repetitions=3)),))
    assert home.session.choose(own)
    home.now += timedelta(days=5)
    home.session.tick()
    assert home.session.plan is own, "what the patient chose is not taken away"


def test_a_day_on_which_something_blocks_does_not_end_the_server(home):
    """Nothing begins, and that is all."""
    home.prescribe(**BLOCKED)
    home.now += timedelta(days=1)
    home.session.tick()
    assert home.planned is None
