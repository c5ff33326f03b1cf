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
    page.page.get_by_role("button", name="New session").click()
    visible_heading = page.page.locator("h1:visible")
    expect(visible_heading).to_have_text("Your exercises today")
    page.page.locator("#plan-next").click()
    page.begin()
    expect(visible_heading).to_have_text("Sit-to-stand")
    assert page.page.evaluate("document.querySelectorAll('#figure svg').length") <= 1


def test_every_count_is_heard(visit, camera):
    """A repetition is a number or, where something else is said with it, a tone: none waits."""
    options = ("--exercise", "glute_bridge", "--sets", "1", "--reps", "9")
    page = visit(camera("glute_bridge", before_s=BEFORE_S), *options)
    page.go_to_mirror()
    page.wait_for("exercising")
    expect(page.page.locator("#count")).to_have_text("3")
    page.page.wait_for_timeout(6000)  # the fourth is too small to be sure of
    spoken = [one.text for one in page.heard if one.text.isdigit()]
    assert len(spoken) + page.n_ticks == page.count


def test_instructions_are_heard_to_their_end(visit, camera):
    """A demonstration that is read out for longer than 20 s stays until all has been said."""
    page = visit(camera("sit_to_stand", before_s=BEFORE_S), *SIT_TO_STAND)
    page.go_to_setup()
    page.page.evaluate("() => { window.letterMs = 100; }")
    page.begin()
    hint = page.page.locator("#demonstration-goes-on")
    expect(hint).to_contain_text("once you have heard it all")
    page.page.wait_for_timeout(21_000)
    assert page.stage == "demonstration"
    page.wait_for("placement")


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
    """From the welcome through every stage to a new session nothing but keys is needed."""
    options = ("--exercise", "sit_to_stand", "--sets", "2", "--reps", "9")
    page = visit(camera("sit_to_stand", before_s=BEFORE_S), *options)
    press = page.page.keyboard.press
    page.page.locator("#hello-next").wait_for()
    press("Space")
    page.page.locator("#plan-next").wait_for()
    press("PageDown")
    expect(page.page.locator("#camera-status")).to_contain_text("do you see yourself")
    press("Enter")
    page.wait_for("demonstration")
    press("ArrowRight")
    page.insist_on_start()
    for key, stage, focused in (
        ("PageUp", "paused", "resume"),
        ("PageDown", "exercising", None),
        ("t", "paused", "easier"),
        ("PageUp", "paused", "keep"),  # from answer to answer
        ("PageDown", "exercising", None),
        ("s", "rest", None),
    ):
        press(key)
        page.wait_for(stage)
        if focused:
            page.wait_for_focus(focused)
    press("PageDown")
    page.insist_on_start()
    press("h")
    page.wait_for("paused")
    expect(page.page.locator("#paused-question")).to_contain_text("Stop moving")
    press("Escape")
    page.wait_for("summary", timeout_ms=2000)
    expect(page.page.locator("#summary-pain")).to_contain_text("You said once that it hurt")
    press("Enter")
    page.wait_for("ended")
    press("Enter")
    page.page.locator("#step-plan").wait_for()
