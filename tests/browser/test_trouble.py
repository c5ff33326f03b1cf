"""What goes wrong in a living room: cameras, connections, second tabs, voices, slow computers."""

import os
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ALLOWED
from tests.browser.live_page import REMOTE_VOICES, LivePage

pytestmark = pytest.mark.browser
SLEEP_MS = 12_000  # after the eight seconds that the page takes to say that the line is lost
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


@pytest.mark.parametrize(
    ("error", "heading", "help_text"),
    [
        ("NotReadableError", "The camera is in use", "Close it, for example a video call"),
        ("UnknownError", "The camera cannot be used", "restart the computer if it is built in"),
    ],
)
def test_camera_does_not_start(browse, run, error, heading, help_text):
    """A camera that another program holds, or that fails, is told in words that help."""
    tab = browse(None).new_context(locale="en-GB").new_page()
    tab.add_init_script(
        f"""navigator.mediaDevices.getUserMedia = async () => {{
        throw new DOMException("no", "{error}"); }};"""
    )
    page = LivePage(tab).open(run(*BRIDGE).address)
    page.go_to_setup()
    expect(tab.locator("#notice-heading")).to_have_text(heading)
    expect(tab.locator("#screen-notice")).to_contain_text(help_text)
    assert page.errors == []


def test_covered_camera(visit, camera):
    """A camera that is on and sends nothing is told aloud; it goes on once pictures come."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.page.evaluate("() => { window.hidesPictures = true; }")
    page.wait_until_heard(
        "The camera cannot be used. The camera is on, but sends no pictures. "
        "Open its cover, check its cable, and try again."
    )
    page.page.evaluate("() => { window.hidesPictures = false; }")
    page.page.get_by_role("button", name="Try again").click()
    expect(page.page.locator("#screen-live")).to_be_visible()
    page.wait_for("exercising")


def test_camera_goes_away(visit, camera):
    """A camera that is lost is said to be gone, aloud; with it back the session goes on."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.wait_for("exercising")
    unplug(page.page.context.browser)
    page.wait_until_heard(
        "The camera is gone. The camera stopped sending pictures. Check its cable, and try again. "
        "Your session waits."
    )
    again = page.page.get_by_role("button", name="Try again")
    if again.is_visible():  # it is tried by itself as soon as there is a camera again
        again.click()
    expect(page.page.locator("#screen-live")).to_be_visible()
    expect(page.page.locator("#screen-notice")).to_be_hidden()
    assert page.figures["rate"] > 0


def unplug(browser):
    """End the process in which this browser has its cameras: their tracks end, as by a cable."""
    session = browser.new_browser_cdp_session()
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        command = Path(f"/proc/{process['id']}/cmdline").read_text(encoding="utf-8")
        if "video_capture" in command:
            os.kill(process["id"], signal.SIGKILL)
            return
    raise AssertionError("no camera was open")


def test_stop_with_the_camera_gone(visit, camera):
    """Who cannot get the camera back can stop, and sees what was done."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.insist_on_start()
    page.page.evaluate(
        """() => { navigator.mediaDevices.getUserMedia = async () => {
        throw new DOMException("gone", "NotFoundError"); }; }"""
    )
    unplug(page.page.context.browser)
    expect(page.page.locator("#screen-notice")).to_be_visible()
    page.page.locator("#screen-notice").get_by_role("button", name="Stop").click()
    page.wait_for("summary")
    expect(page.page.locator("#screen-summary")).to_be_visible()


def test_whole_picture(visit):
    """A wide camera is shown whole, and sent at no more than 640 pixels."""
    page = visit(None, *BRIDGE)  # the browser's own camera has a wide sensor, and 4:3 as well
    page.go_to_setup()
    page.page.wait_for_function("() => document.querySelector('video').videoWidth > 640")
    width, height = page.page.evaluate(
        "() => { const video = document.querySelector('video');"
        "return [video.videoWidth, video.videoHeight]; }"
    )
    assert width / height == pytest.approx(16 / 9, abs=0.01)


def test_program_stands_still(visit, camera):
    """After twenty seconds in which formcheck did not run, the set pauses with its count."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.wait_for("exercising")
    page.wait_until_heard("2")
    with page.program.stopped():
        expect(page.page.locator("#notice-heading")).to_have_text("Connection lost")
        page.page.wait_for_timeout(SLEEP_MS)
    page.wait_for("paused")
    expect(page.page.locator("#paused-question")).to_contain_text("cannot see you")
    page.go_on()
    page.wait_for("exercising")
    assert page.count >= 2


def test_tab_in_the_background(visit, camera):
    """While a tab gets no pictures the set pauses; back in front it goes on with its count."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.wait_for("exercising")
    page.wait_until_heard("1")
    page.page.evaluate("() => { window.hidesPictures = true; }")
    page.wait_for("paused")
    expect(page.page.locator("#screen-live")).to_be_visible()  # it is no trouble of the camera
    page.page.evaluate("() => { window.hidesPictures = false; }")
    page.go_on()
    page.wait_for("exercising")
    assert page.count >= 1


def test_another_formcheck_is_in_a_session(visit, run, browse, camera):
    """Who starts formcheck while a session goes on elsewhere is told so."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    other = LivePage(browse(None).new_context(locale="en-GB").new_page())
    other.open(run(*BRIDGE).address)
    expect(other.page.locator("#in-use")).to_contain_text("in the middle of a session")
    expect(other.page.locator("#resume")).to_be_hidden()


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
