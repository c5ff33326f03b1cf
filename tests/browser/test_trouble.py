"""What goes wrong in a living room: cameras, connections, second tabs, voices, slow computers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ALLOWED
from tests.browser.live_page import REMOTE_VOICES, LivePage

pytestmark = pytest.mark.browser
BRIDGE = ("--exercise", "glute_bridge", "--sets", "1", "--reps", "9")


@pytest.mark.parametrize(
    ("flags", "heading", "help_text"),
    [
        ((f"{ALLOWED}=deny",), "The camera is not allowed", "allow the camera"),
        (
            (ALLOWED, "--use-fake-device-for-media-stream=device-count=0"),
            "No camera found",
            "plug in a camera",
        ),
    ],
)
def test_no_camera(visit, flags, heading, help_text):
    """A refused or missing camera is explained in plain words, with a way to try again."""
    page = visit(None, *BRIDGE, flags=flags)
    page.go_to_setup()
    expect(page.page.locator("#notice-heading")).to_have_text(heading)
    expect(page.page.locator("#screen-notice")).to_contain_text(help_text)
    expect(page.page.get_by_role("button", name="Try again")).to_be_focused()


def test_camera_goes_away(visit, camera):
    """A camera that is unplugged is said to be gone; with it back the session goes on."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.wait_for("exercising")
    page.page.evaluate(
        """() => { const track = document.querySelector("video").srcObject.getTracks()[0];
        track.stop(); track.dispatchEvent(new Event("ended")); }"""
    )
    expect(page.page.locator("#notice-heading")).to_have_text("The camera is gone")
    page.page.get_by_role("button", name="Try again").click()
    expect(page.page.locator("#screen-live")).to_be_visible()
    expect(page.page.locator("#screen-notice")).to_be_hidden()


def test_second_tab(visit, camera):
    """A second tab is told that the session is open elsewhere, and can take it over."""
    first = visit(camera("glute_bridge"), *BRIDGE)
    first.go_to_mirror()
    second = LivePage(first.page.context.new_page())
    second.open(f"http://127.0.0.1:{first.program.port}/")
    expect(second.page.locator("#notice-heading")).to_have_text("Open in another window")
    second.page.get_by_role("button", name="Take over here").click()
    expect(second.page.locator("#screen-live")).to_be_visible()
    expect(first.page.locator("#notice-heading")).to_have_text("Open in another window")
    assert second.errors == []


def test_killed_and_started_again(visit, run, camera):
    """After `kill -9` the page says so; the next start offers to go on, with what was counted."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.wait_for("exercising")
    page.wait_until_heard("2")
    page.page.wait_for_timeout(1500)  # what is older than a second is on the disk
    page.program.kill()
    expect(page.page.locator("#notice-heading")).to_have_text("Connection lost")

    program = run("--port", page.program.port)
    expect(page.page.locator("#notice-heading")).to_have_text("formcheck was started again")
    again = LivePage(page.page.context.new_page()).open(program.address)
    expect(again.page.locator("#resume")).to_contain_text("0 of 1 set done")
    again.page.locator("#resume-go-on").click()
    again.wait_for("demonstration")
    again.press("next")
    again.wait_for("exercising")
    assert again.count >= 2
    assert again.errors == []


def test_only_remote_voices(visit, camera):
    """Voices that would send the text away are never used: tones and captions, and it is said."""
    page = visit(camera("glute_bridge"), *BRIDGE, voices=REMOTE_VOICES)
    page.go_to_setup()
    expect(page.page.locator("#step-setup .voice-note")).to_contain_text("no voice of its own")
    page.begin()
    page.press("next")
    page.wait_for("exercising")
    expect(page.page.locator("#count")).to_have_text("1")
    assert page.heard == []


def test_slow_computer(visit, camera):
    """A browser slowed down four times still counts; never is more than one picture waiting."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.page.context.new_cdp_session(page.page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.go_to_mirror()
    page.insist_on_start()  # it may say that there are too few pictures
    expect(page.page.locator("#count")).to_have_text("3")
    assert page.figures["waiting"] <= 1
    assert page.figures["rate"] > 10
