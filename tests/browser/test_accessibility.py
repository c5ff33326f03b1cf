"""Every screen for who cannot see well, cannot use a mouse, or has zoomed in."""

from pathlib import Path

import axe_playwright_python
import pytest

pytestmark = pytest.mark.browser
AXE = next(Path(axe_playwright_python.__file__).parent.rglob("axe*.js")).read_text("utf-8")
BRIDGE = ("--exercise", "glute_bridge", "--sets", "2", "--reps", "3")
SIZES = [(1366, 768), (1920, 1080), (420, 900), (683, 384)]
FOUR_PERCENT = 0.04


def violations(page):
    """Return what axe-core finds, in light and dark, as `rule: element`."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(AXE)  # a script tag would be refused by the page's own policy
        result = page.evaluate("axe.run()")
        found += [f"{one['id']}: {one['nodes'][0]['target']}" for one in result["violations"]]
    return found


def test_every_screen(visit, camera):
    """axe-core finds nothing on any screen, in light and dark."""
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
    page.press("next")
    found["mirror"] = violations(tab)
    page.wait_for("exercising")
    found["exercising"] = violations(tab)
    page.press("pause")
    page.wait_for("paused")
    found["paused"] = violations(tab)
    page.press("stop")
    page.wait_for("summary")
    found["summary"] = violations(tab)
    assert {screen: what for screen, what in found.items() if what} == {}


def test_choosing_exercises(visit, camera):
    """Without a prescription exercises are chosen by ticking them; axe-core finds nothing there."""
    page = visit(camera("glute_bridge"))
    page.page.locator("#hello-next").click()
    page.page.locator("#plan-next").click()
    assert page.page.locator("#plan-status").inner_text() == "Choose at least one exercise."
    page.page.get_by_role("checkbox", name="Glute bridge").check()
    assert violations(page.page) == []
    page.page.locator("#plan-next").click()
    page.begin()
    assert page.heading == "Glute bridge"


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_readable_from_two_metres(visit, camera, width, height):
    """Counter and sentence are at least 4 % of the window high, and every large button is in it."""
    page = visit(camera("glute_bridge"), *BRIDGE, viewport={"width": width, "height": height})
    page.go_to_mirror()
    page.wait_for("exercising")
    for name in ("#count", "#cue"):
        size = page.page.locator(name).evaluate(
            "(node) => parseFloat(getComputedStyle(node).fontSize)"
        )
        assert size >= FOUR_PERCENT * height, name
    assert page.page.evaluate("document.documentElement.scrollWidth") <= width
    for button in page.page.locator("#live-actions button").all():
        box = button.bounding_box()
        assert box["width"] >= 44
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height + 1
