"""Weeks of somebody with a prescription, in the real browser: asked, stopped, gone on with."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.exercises.dose import Dose
from formcheck.prescription.model import PlannedSession, Prescription
from formcheck.recordings import prescription_file
from formcheck.store import Store
from tests.browser.days import day_of
from tests.browser.live_page import LivePage
from tests.browser.test_accessibility import violations
from tests.prescription.prescriptions import STARTS, item, prescription
from tests.robin import PLAN, outcome, prescribe, session_on
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


def one_session(items) -> PlannedSession:
    """Return a session of these for every day."""
    return PlannedSession(items=items)


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


def run(*words: str, fails: bool = False) -> str:
    """Run a command of prescriptions; return what it prints."""
    result = CliRunner().invoke(app, ["prescription", *words])
    assert bool(result.exit_code) is fails, result.output
    return " ".join(result.output.split())


def test_the_plan_before_the_first_day(tmp_path):
    """Drafted; stretching alone and a contraindication are caught and explained; fixed, sealed."""
    path = tmp_path / "plan.toml"
    drafted = (
        "--person",
        "P 17",
        "--goal",
        "Sit",
        "--since",
        "2025-11-01",
        "--starts",
        str(STARTS),
    )
    run("new", str(path), *drafted, "--hard", "turning", "--condition", "glaucoma")
    good = prescription_file.load(path)
    items = (item("seated_thoracic_rotation"), item("yoga_downward_dog"))
    prescription_file.save(good.model_copy(update={"sessions": (one_session(items),)}), path)
    said = run("check", str(path), "--on", str(STARTS), fails=True)
    assert "the programme stretches, and strengthens nothing (never_stretch_alone)" in said
    assert "Stretching without strengthening helps less" in said
    assert "is not for somebody with glaucoma or a retinal disease (contraindications)" in said
    assert "Instead:" in said
    prescription_file.save(good, path)
    run("screen", str(path), "--none", "--on", str(STARTS))
    key = ("--key", str(tmp_path / "key.pem"), "--on", str(STARTS))
    run("sign", str(path), "--name", "A. Therapist", "--licence", "PT 1", *key)
    assert "Nothing blocks." in run("check", str(path), "--on", str(STARTS))


def test_the_review_after_five_weeks(open_day, tmp_path):
    """Day 35: a step that was allowed is taken and told, the review is due, charts are right."""
    with Store.open(tmp_path) as store:
        prescribe(store)
        for number in range(35):
            store.take_in(session_on(number, pain=(6 if number < 10 else 3, 2)))
        for number, score in ((0, 45), (34, 24)):
            outcome(store, number, "pain_0_100", score)
    page = open_day(PLAN, 35)
    page.page.locator("#hello-next").click()
    steps = page.page.locator("#plan-steps")
    expect(steps).to_contain_text("Glute bridge: That went well three times.")
    expect(page.page.locator("#plan-list")).to_contain_text("6 repetitions")
    page.page.locator("#my-page a").click()
    main = page.page.locator("main")
    expect(main).to_contain_text("It is time to look at how it has gone.")
    expect(main).to_contain_text("Now 24, at the start 45.")
    expect(main).to_contain_text("You did 35 of 35 planned days.")
    pain = page.page.locator("table", has_text="2 Mar").first
    expect(pain).to_contain_text("6")
    points = page.page.locator("svg").first.locator("circle")
    expect(points).to_have_count(35)


@pytest.mark.parametrize("width", [1366, 390])
def test_every_question_is_clean_in_light_and_dark(open_day, width):
    """axe-core finds nothing, nothing is wider than the window, and "stop" is always in sight."""
    viewport = {"width": width, "height": 768}
    page = open_day(plan(red_flags=None), 0, viewport=viewport)
    tab, found = page.page, {}

    def look(name: str) -> None:
        found[name] = violations(tab)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        expect(tab.locator('button[data-command="stop"]:visible').first).to_be_in_viewport()

    page.begin_session()
    look("warning signs")
    page.say_no_to_every_sign()
    expect(tab.locator(".rating:visible")).to_have_count(11)
    look("pain")
    page.rate(2)
    look("heat")
    page.first_answer()
    page.exercise()
    page.press("hurts")
    page.wait_for("paused")
    tab.locator(".feelings summary").click()
    look("it hurts")
    tab.locator(".feelings summary").click()
    page.rate(5)
    look("stopped")
    page.press("skip_exercise")
    page.wait_for("question")
    page.rate(6)
    page.wait_for("summary")
    look("summary")
    assert {name: what for name, what in found.items() if what} == {}


SEEN_WHOLE = """() => {
    const box = (id) => document.getElementById(id).getBoundingClientRect();
    const [panel, more, scale] = ["panel-paused", "paused-more", "paused-scale"].map(box);
    const isUpright = innerWidth < innerHeight;
    return {
        advice: more.height > 0 && more.bottom <= panel.bottom + 1,
        scale: scale.bottom <= panel.bottom + 1,
        cue: !isUpright || box("mirror").bottom <= box("cue").top + 1,
    };
}"""


@pytest.mark.parametrize("locale", ["en-GB", "de-DE", "es-ES", "fr-FR"])
def test_what_to_do_about_sharp_pain_is_seen_without_scrolling(open_day, locale):
    """When to stop for today, how much it hurts, and the call to let go: nothing is cut off."""
    page = open_day(plan(), 0, locale=locale)
    page.begin_session()
    page.rate(3)
    page.first_answer()
    page.exercise()
    page.press("hurts")
    page.wait_for("paused")
    expect(page.page.locator(".rating:visible")).to_have_count(11)
    for width, height in ((1366, 768), (1920, 1080), (390, 844)):
        page.page.set_viewport_size({"width": width, "height": height})
        # The page lays itself out anew a moment after the window has another size.
        page.page.wait_for_function(f"() => Object.values(({SEEN_WHOLE})()).every(Boolean)")
