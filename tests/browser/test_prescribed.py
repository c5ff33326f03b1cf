"""Weeks of somebody with a prescription, in the real browser: asked, stopped, gone on with."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from formcheck.exercises.dose import Dose
from formcheck.prescription.model import Prescription
from formcheck.store import Store
from tests.browser.days import day_of
from tests.browser.live_page import LivePage
from tests.prescription.prescriptions import STARTS, item, prescription
from tests.session.puppets import puppet

pytestmark = pytest.mark.browser
NINE = datetime(STARTS.year, STARTS.month, STARTS.day, 9, tzinfo=UTC)
N_REPETITIONS = {"seated_thoracic_rotation": 2, "quadruped_rock_back": 2, "band_row": 4}
CLEAN = {name: puppet(name, 6) for name in N_REPETITIONS}
FAULTY = CLEAN | {"band_row": puppet("band_row", 6, fault="leans_back")}


class PrescribedPage(LivePage):
    """A tab with a prescribed session."""

    def begin_session(self) -> None:
        """Go from the welcome to the first question."""
        self.go_to_setup()
        self.page.locator("#begin").click()
        self.wait_for("question")

    def say_no_to_every_sign(self) -> None:
        """Answer the questions about warning signs."""
        for sign in self.page.locator("fieldset.sign").all():
            sign.locator("input[value=no]").check()
        self.first_answer()

    def first_answer(self) -> None:
        """Press the first large button of a question."""
        self.page.locator("#screen-question nav button").first.click()

    def rate(self, rating: int) -> None:
        """Say by the keyboard how much it hurts."""
        scale = self.page.locator(".rating:visible")
        expect(scale).to_have_count(11)
        self.page.keyboard.press(str(rating))
        self.page.wait_for_timeout(300)

    def exercise(self) -> None:
        """Go through the exercise at hand until something is asked, or it is over."""
        self.wait_for("demonstration")
        for stage in ("demonstration", "placement", "start"):
            self.wait_for(stage)
            self.press("next")
        self.wait_for("exercising")

    def do_and_rate(self, *ratings: int) -> None:
        """Do an exercise for each of the ratings, and say so much pain after it."""
        for rating in ratings:
            self.exercise()
            self.wait_for("question")
            self.rate(rating)


@pytest.fixture
def open_day(browse, tmp_path):
    """Return a function that serves a day and opens its page; ``end`` ends the last one."""
    with ExitStack() as days:

        def open_(one: Prescription, day: int, puppets=CLEAN, **context) -> PrescribedPage:
            days.close()  # the day before
            at = NINE + timedelta(days=day)
            server = days.enter_context(day_of(tmp_path, one, at, puppets))
            context = {"viewport": {"width": 1366, "height": 768}, "locale": "en-GB"} | context
            tab = browse().new_context(**context).new_page()
            return PrescribedPage(tab).open(server.access.address)

        open_.end = days.close
        yield open_


def plan(**given) -> Prescription:
    """Return three exercises, a few repetitions each."""
    items = [item(name, dose=Dose(repetitions=n)) for name, n in N_REPETITIONS.items()]
    return prescription(sessions=({"items": items},), **given)


def clean_day(page: PrescribedPage) -> None:
    """Answer everything, do everything."""
    page.begin_session()
    page.first_answer()  # nothing is answered yet
    expect(page.page.locator("fieldset.missing")).to_have_count(12)
    page.say_no_to_every_sign()
    page.rate(3)
    page.first_answer()  # the back is warm
    page.do_and_rate(3, 2, 2)
    page.wait_for("summary")
    expect(page.page.locator("#summary-lead")).to_contain_text("all that was planned")


def faulty_day(page: PrescribedPage) -> None:
    """Do the last exercise wrong three times in a row: an easier one is offered, and left out."""
    page.begin_session()
    page.rate(2)  # this morning
    page.rate(2)
    page.first_answer()
    page.do_and_rate(2, 2)
    page.exercise()
    page.wait_for("paused")
    expect(page.page.locator("#paused-question")).to_contain_text("three times in a row")
    expect(page.page.locator('button[data-command="easier"]:visible')).to_have_count(1)
    expect(page.page.locator('button[data-command="resume"]:visible')).to_have_count(0)
    page.press("skip_exercise")
    page.wait_for("question")
    page.rate(2)
    page.wait_for("summary")


def painful_day(page: PrescribedPage) -> None:
    """Say in the first exercise that it hurts: six of ten, more than is allowed."""
    page.begin_session()
    page.rate(2)
    page.rate(2)
    page.first_answer()
    page.exercise()
    page.press("hurts")
    page.wait_for("paused")
    page.rate(6)
    page.wait_for("summary")
    expect(page.page.locator("#summary-stopped")).to_contain_text("over 5")


def test_the_first_days(open_day, tmp_path):
    """A clean day, one with faults, one that is missed, one that pain ends; all of it is kept."""
    one = plan(red_flags=None)
    clean_day(open_day(one, 0))
    faulty_day(open_day(one, 1, FAULTY))
    painful_day(open_day(one, 3))
    open_day.end()
    with Store.open(tmp_path) as store:
        lines = store.sessions(one.person)
        days = [(line.started.date() - STARTS).days for line in lines]
        assert list(zip(days, [line.n_sets_done for line in lines], strict=True)) == [
            (0, 3), (1, 2), (3, 0)
        ]  # fmt: skip
        assert [line.end for line in lines] == ["finished", "finished", "stopped"]
        said = [(rating.moment.value, rating.value) for rating in store.pain(one.person)]
        assert (said[0], said[-1]) == (("before", 3), ("hurts", 6))
        rules = [rule.rule for line in lines for rule in store.session(line.id).rules_applied]
        assert rules == ["s07", "s02"]
        assert [screen.positive for screen in store.screens(one.person)] == [()]
