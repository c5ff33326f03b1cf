"""The own range, the first time somebody does an exercise."""

import pytest
from playwright.sync_api import expect

from formcheck.exercises.library import load_all
from formcheck.recordings.calibration_store import CalibrationStore
from tests.browser.test_accessibility import FOUR_PERCENT, violations

pytestmark = pytest.mark.browser
SIT_TO_STAND = ("--exercise", "sit_to_stand", "--sets", "1", "--reps", "9")
BEFORE_S = 24.0


def test_three_easy_repetitions_the_first_time(visit, camera, tmp_path):
    """They are asked for, counted and kept; the set after is measured against them, and says so."""
    clip = camera("sit_to_stand", before_s=BEFORE_S, after_s=16.0)
    page = visit(clip, *SIT_TO_STAND, calibrates=True)
    page.go_to_mirror()
    page.wait_for("calibrating")
    assert page.heading == "Your own range"
    expect(page.page.locator("#calibrating-ask")).to_contain_text("First do 3 easy repetitions")
    assert violations(page.page) == []
    height = page.page.viewport_size["height"]
    size = page.page.locator("#cue").evaluate(
        "(node) => parseFloat(getComputedStyle(node).fontSize)"
    )
    assert size >= FOUR_PERCENT * height
    page.wait_for("start")
    page.wait_until_heard("Thank you. Now I know how far you go.")
    (kept,) = CalibrationStore(tmp_path / "sessions").files(load_all())
    assert kept.signals[0].n_repetitions == 3
    page.wait_for("exercising")
    expect(page.page.locator("#count")).to_have_text("2", timeout=90_000)
    page.page.keyboard.press("Escape")
    page.wait_for("summary")
    expect(page.page.locator("#screen-summary")).to_contain_text("Measured against your own range")


def test_it_is_left_out_by_one_key_and_said_in_german(visit, camera):
    """The forward key goes on; nothing is asked again, and measuring can be asked for."""
    clip = camera("sit_to_stand", before_s=BEFORE_S)
    page = visit(clip, *SIT_TO_STAND, "--language", "de", calibrates=True)
    page.go_to_mirror()
    page.wait_for("calibrating")
    assert page.heading == "Ihre eigene Reichweite"
    page.wait_until_heard("Zuerst 3 leichte, so weit es angenehm ist.")
    page.page.keyboard.press("PageDown")
    page.wait_until_heard("In Ordnung, es geht ohne das weiter.")
    page.wait_for("start")
    page.press("calibrate")
    page.wait_for("calibrating")
    page.page.keyboard.press("h")
    page.wait_for("paused")
    page.page.keyboard.press("Escape")
    page.wait_for("summary")
