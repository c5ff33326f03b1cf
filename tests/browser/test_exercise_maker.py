"""An exercise is defined by showing it, in a real browser: by keyboard alone, seen by everybody."""

import re

import pytest
from playwright.sync_api import expect

from formcheck.authoring import exercise_text
from formcheck.recordings import own_exercises
from formcheck.recordings.session_facts import SessionFolder
from formcheck.store import Store
from tests.browser.test_accessibility import violations
from tests.incoming.brought import recording
from tests.prescription.own import OWN
from tests.web.review.serving import served_review

pytestmark = pytest.mark.browser
TRIED_MS = 60_000
SIZES = [(1366, 768), (1920, 1080)]


@pytest.fixture
def maker(browse, tmp_path):
    """Return the page over an empty store, and the server."""
    with Store.open(tmp_path / "sessions") as store, served_review(store) as server:
        name, value = server.cookie.split("=", 1)
        address = f"http://127.0.0.1:{server.port}"
        context = browse().new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
        context.add_cookies([{"name": name, "value": value, "url": address}])
        tab, errors = context.new_page(), []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(f"{address}/exercises/new")
        yield tab, server
        assert errors == []


def shown(tab, tmp_path):
    """Open a demonstration of glute bridges, and wait until it was tried."""
    file = recording(tmp_path / "bridge.poses.npz", "glute_bridge")
    tab.locator("#file").set_input_files(str(file))
    expect(tab.locator("#moved tbody tr").first).to_be_visible(timeout=TRIED_MS)
    expect(tab.locator("#result .right")).to_be_visible(timeout=TRIED_MS)


def test_an_exercise_is_made_by_keyboard_alone(maker, tmp_path):
    """Named, its first mark moved, a fault added, saved, listed as unvalidated."""
    tab, server = maker
    shown(tab, tmp_path)
    tab.locator("#name").focus()
    tab.keyboard.type("Hip lift")
    mark = tab.locator(".mark").first
    at = float(mark.get_attribute("aria-valuenow"))
    mark.focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator(".mark").first).to_have_attribute(
        "aria-valuenow", f"{at + 0.1:.2f}".rstrip("0")
    )
    expect(tab.locator(".mark").first).to_be_focused()
    tab.locator("#add-fault").focus()
    tab.keyboard.press("Enter")
    for text in ("", "", "", "The belly is pushed up.", "Stop at a straight line."):
        tab.keyboard.type(text)
        tab.keyboard.press("Tab")
    expect(tab.locator("#text")).to_have_text(
        re.compile("The belly is pushed up"), timeout=TRIED_MS
    )
    expect(tab.locator("#save")).to_be_enabled(timeout=TRIED_MS)
    tab.locator("#save").focus()
    tab.keyboard.press("Enter")
    expect(tab.locator("#saved")).to_have_text(re.compile("own_hip_lift.*unvalidated"))
    (own,) = own_exercises.own_exercises(server.setting.store.folder).values()
    assert [rule.cue for rule in own.form][-1] == "Stop at a straight line."
    tab.goto(tab.url.removesuffix("/new"))
    expect(tab.get_by_role("row", name="Hip lift")).to_contain_text("Unvalidated")
    assert violations(tab) == []


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everybody_can_use_it(maker, tmp_path, size):
    """axe-core finds nothing in light and dark, and nothing is cut off at the side."""
    tab, _ = maker
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    assert violations(tab) == []
    shown(tab, tmp_path)
    tab.locator("#add-fault").click()
    assert violations(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_own_exercise_is_counted_live(visit, camera, tmp_path):
    """Without a motion there is no figure to watch; it is counted, and the session knows it."""
    file = tmp_path / f"{OWN.id}.toml"
    file.write_text(exercise_text(OWN), encoding="utf-8")
    page = visit(camera("glute_bridge"), "--exercise", str(file), "--sets", "1", "--reps", "2")
    page.go_to_mirror()
    page.insist_on_start()
    page.wait_for("summary", 120_000)
    (folder,) = (one.parent for one in (tmp_path / "sessions").glob("*/session.json"))
    assert SessionFolder(folder).facts.own_exercises == (OWN,)
