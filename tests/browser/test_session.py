"""Whole sessions, from the welcome to the summary."""

import pytest
from playwright.sync_api import expect

from formcheck.exercises.library import load_all
from formcheck.texts import Texts
from tests.people import LABELS

pytestmark = pytest.mark.browser
SIT_TO_STAND = ("--exercise", "sit_to_stand", "--sets", "1", "--reps", "9")
PLANK = ("--exercise", "front_plank", "--sets", "1", "--hold", "60")
BEFORE_S = 24.0


def test_whole_session(visit, camera):
    """Placement goes green by itself, the start needs no hands, the count is the clip's."""
    page = visit(camera("sit_to_stand", before_s=BEFORE_S), *SIT_TO_STAND)
    page.go_to_mirror()
    page.page.locator('#mirror[data-placement="good"]').wait_for()
    page.wait_for("exercising")
    elapsed_s = (page.page.evaluate("performance.now()") - page.camera_started_at_ms) / 1000
    assert elapsed_s < BEFORE_S, "the set began too late to see the first repetition"
    expect(page.page.locator("#count")).to_have_text("4")
    page.page.wait_for_timeout(5000)  # nothing more is counted in what follows
    assert page.count == LABELS["sit_to_stand"]["repetitions"] == 4
    numbers = [int(one.text) for one in page.heard if one.text.isdigit()]
    assert numbers  # one is a tone only while something else is being said
    assert set(numbers) <= {1, 2, 3, 4}
    assert numbers == sorted(set(numbers))

    page.page.keyboard.press("Escape")
    page.wait_for("summary")
    summary = page.page.locator("#screen-summary")
    expect(summary).to_contain_text("4 full repetitions")
    expect(summary.locator("svg.chart .bar")).to_have_count(4)
    expect(summary).to_contain_text("Not checked, because a camera cannot see it")
    page.press("stop")
    page.wait_for("ended")


@pytest.mark.parametrize(
    ("language", "voice", "stop"), [("en", "Daniel", "Stop"), ("de", "Anna", "Stopp")]
)
def test_fault_is_said_within_a_second(visit, camera, language, voice, stop):
    """A fault is said, in the patient's language, within a second of its start in the truth."""
    findings = Texts.load(language).exercise(load_all()["front_plank"]).findings
    sentence = findings["hips_sag"].cue
    page = visit(camera("front_plank", before_s=BEFORE_S), *PLANK, "--language", language)
    page.go_to_mirror()
    page.wait_for("exercising")
    said = page.wait_until_heard(sentence)
    starts_s = BEFORE_S + LABELS["front_plank"]["faults"][0]["start_s"]
    delay_s = (said.at_ms - page.camera_started_at_ms) / 1000 - starts_s
    assert 0 < delay_s < 1.0
    assert page.page.locator("html").get_attribute("lang") == language
    assert page.page.locator("button.stop:visible").inner_text() == stop
    assert said.voice == voice
    assert [one.text for one in page.heard].count(sentence) == 1


def test_keyboard_alone(visit, camera):
    """From the welcome to the end nothing but keys is needed, Esc stops at once."""
    page = visit(camera("sit_to_stand", before_s=BEFORE_S), *SIT_TO_STAND)
    press = page.page.keyboard.press
    page.page.locator("#hello-next").wait_for()
    press("Space")
    page.page.locator("#plan-next").wait_for()
    press("PageDown")
    expect(page.page.locator("#camera-status")).to_contain_text("do you see yourself")
    press("Enter")
    page.wait_for("demonstration")
    press("ArrowRight")
    page.wait_for("exercising")
    press("PageUp")
    page.wait_for("paused")
    assert page.page.evaluate("document.activeElement.dataset.command") == "resume"
    press("PageDown")
    page.wait_for("exercising")
    press("h")
    page.wait_for("paused")
    expect(page.page.locator("#paused-question")).to_contain_text("Stop moving")
    press("Escape")
    page.wait_for("summary", timeout_ms=2000)
    press("Enter")
    page.wait_for("ended")
