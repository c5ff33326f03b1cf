"""Every screen for who cannot see well, cannot use a mouse, or has zoomed in."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ALLOWED
from tests.browser.live_page import LivePage

pytestmark = pytest.mark.browser
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js")).read_text("utf-8")
PLANK = ("--exercise", "front_plank", "--sets", "1", "--hold", "40")
SUPERMAN = ("--exercise", "superman", "--sets", "2", "--reps", "9")  # three easier ones are offered
BRIDGE = ("--exercise", "glute_bridge", "--sets", "2", "--reps", "3")
SIZES = [(1366, 768), (1920, 1080), (420, 900), (683, 384)]
FOUR_PERCENT = 0.04
LEAST_PX = 40  # WCAG 2.2 AA asks for 24


def violations(page):
    """Return what axe-core finds, in light and dark, as `rule: element`."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AXE)  # a script tag would be refused by the page's own policy
        result = page.evaluate("axe.run()")
        found += [f"{one['id']}: {one['nodes'][0]['target']}" for one in result["violations"]]
    return found


def test_every_screen_before_the_session(visit, camera):
    """axe-core finds nothing from the welcome to the demonstration, in light and dark."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    tab = page.page
    found = {"welcome": violations(tab)}
    page.go_to_setup()
    found["setup"] = violations(tab)
    for dialog in ("settings", "help"):
        tab.locator(f"#open-{dialog}").click()
        found[dialog] = violations(tab)
        tab.keyboard.press("Escape")
    page.begin()
    found["demonstration"] = violations(tab)
    assert {screen: what for screen, what in found.items() if what} == {}


def test_every_screen_of_the_session(visit, camera):
    """axe-core finds nothing from the placement to the end, in light and dark."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    tab, found = page.page, {}
    page.go_to_mirror()
    found["mirror"] = violations(tab)
    page.insist_on_start()
    found["exercising"] = violations(tab)
    for reason, back in {"pause": "resume", "too_hard": "keep", "hurts": "resume"}.items():
        page.press(reason)
        page.wait_for("paused")
        found[reason] = violations(tab)
        page.press(back)
        page.wait_for("exercising")
    page.press("skip_set")
    page.wait_for("rest")
    found["rest"] = violations(tab)
    page.press("stop")
    page.wait_for("summary")
    tab.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    found["summary"] = violations(tab)
    page.press("stop")
    page.wait_for("ended")
    found["ended"] = violations(tab)
    assert {screen: what for screen, what in found.items() if what} == {}


def test_every_trouble(visit, run, camera):
    """axe-core finds nothing where something goes wrong, and where it is gone on with."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    tab = page.page
    page.go_to_mirror()
    page.insist_on_start()
    second = LivePage(tab.context.new_page()).open(f"http://127.0.0.1:{page.program.port}/")
    expect(second.page.locator("#notice-heading")).to_have_text("Open in another window")
    found = {"another tab": violations(second.page)}
    second.page.close()
    tab.evaluate(
        """() => { const track = document.querySelector("video").srcObject.getTracks()[0];
        track.stop(); track.dispatchEvent(new Event("ended")); }"""
    )
    expect(tab.locator("#notice-heading")).to_have_text("The camera is gone")
    found["camera gone"] = violations(tab)
    page.program.kill()
    expect(tab.locator("#notice-heading")).to_have_text("Connection lost")
    found["connection lost"] = violations(tab)
    program = run("--port", page.program.port)
    expect(tab.locator("#notice-heading")).to_have_text("formcheck was started again")
    found["started again"] = violations(tab)
    again = LivePage(tab.context.new_page()).open(program.address)
    expect(again.page.locator("#resume")).to_be_visible()
    found["resume"] = violations(again.page)
    assert {screen: what for screen, what in found.items() if what} == {}


def test_a_hold_and_less_movement(visit, camera):
    """axe-core finds nothing beside a ring of seconds, and in a demonstration that stands still."""
    page = visit(camera("front_plank"), *PLANK, reduced_motion="reduce")
    page.go_to_setup()
    page.begin()
    expect(page.page.locator("#figure svg")).to_have_count(3)
    found = {"demonstration": violations(page.page)}
    page.press("next")
    page.insist_on_start()
    found["hold"] = violations(page.page)
    page.page.wait_for_timeout(3000)
    page.press("stop")
    page.wait_for("summary")
    found["summary"] = violations(page.page)
    assert {screen: what for screen, what in found.items() if what} == {}


def test_no_camera(visit):
    """axe-core finds nothing where there is no camera; the way out has the keyboard."""
    page = visit(None, *BRIDGE, flags=(f"{ALLOWED}=deny",))
    page.go_to_setup()
    expect(page.page.locator("#screen-notice")).to_be_visible()
    assert violations(page.page) == []
    button = page.page.get_by_role("button", name="Try again")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Shift+Tab")
    expect(button).to_be_focused()
    width = button.evaluate("(node) => getComputedStyle(node).outlineWidth")
    assert float(width.removesuffix("px")) >= 2


def test_choosing_exercises(visit, camera):
    """Without a prescription exercises are chosen by ticking them; axe-core finds nothing there."""
    page = visit(camera("glute_bridge"))
    page.page.locator("#hello-next").click()
    page.page.locator("#plan-next").click()
    assert page.page.locator("#plan-status").inner_text() == "Choose at least one exercise."
    on_floor = page.page.locator("h2:text('On the floor') + ul")
    page.page.get_by_role("checkbox", name="Side bend").check()
    expect(on_floor.get_by_role("checkbox", name="Side bend")).to_have_count(0)
    expect(page.page.locator(".not-for.absolute:visible")).to_contain_text("Not if you have this")
    page.page.get_by_role("checkbox", name="Side bend").uncheck()
    on_floor.get_by_role("checkbox", name="Glute bridge").check()
    assert violations(page.page) == []
    page.page.locator("#plan-next").click()
    page.begin()
    assert page.heading == "Glute bridge"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_readable_from_two_metres(visit, camera, width, height, language):
    """Counter and sentence are at least 4 % of the window high, and every large button is in it."""
    viewport = {"width": width, "height": height}
    page = visit(camera("superman"), *SUPERMAN, "--language", language, viewport=viewport)
    page.go_to_mirror()
    in_window = [all_in_window(page.page, width, height)]
    page.insist_on_start()
    for name in ("#count", "#cue"):
        size = page.page.locator(name).evaluate(
            "(node) => parseFloat(getComputedStyle(node).fontSize)"
        )
        assert size >= FOUR_PERCENT * height, name
    in_window.append(all_in_window(page.page, width, height))
    for reason, back in {"pause": "resume", "too_hard": "keep", "hurts": "resume"}.items():
        page.press(reason)
        page.wait_for("paused")
        in_window.append(all_in_window(page.page, width, height))
        page.press(back)
        page.wait_for("exercising")
    page.press("skip_set")
    page.wait_for("rest")
    assert [*in_window, all_in_window(page.page, width, height)] == [[]] * 6


def all_in_window(tab, width, height):
    """Return the large buttons that are too small, cut off or beside the window, by their words."""
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    cut = []
    for button in tab.locator("#live-actions button").all():
        box, word = button.bounding_box(), button.locator("span")
        inside = word.evaluate("(node) => node.scrollWidth <= node.clientWidth + 1")
        is_seen = box["x"] >= 0 and box["x"] + box["width"] <= width and box["y"] >= 0
        is_large = box["width"] >= LEAST_PX and box["height"] >= LEAST_PX
        if not (inside and is_seen and is_large and box["y"] + box["height"] <= height + 1):
            cut.append((word.inner_text(), box))
    return cut
