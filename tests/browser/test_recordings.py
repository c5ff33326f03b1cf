"""The page of recordings in a real browser: by keyboard alone, for everybody, and hostile files."""

import pytest
from playwright.sync_api import expect

from formcheck.store import Store
from tests.browser.test_accessibility import violations
from tests.incoming.brought import recording
from tests.web.review.serving import served_review

pytestmark = pytest.mark.browser
EVIL = "<img src=x onerror=document.title='bad'>.npz"
ANALYSED_MS = 120_000


@pytest.fixture
def open_page(browse, tmp_path):
    """Return the page of recordings over an empty store, and the errors of its scripts."""
    with Store.open(tmp_path / "sessions") as store, served_review(store) as server:
        name, value = server.cookie.split("=", 1)
        address = f"http://127.0.0.1:{server.port}"
        context = browse().new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
        context.add_cookies([{"name": name, "value": value, "url": address}])
        tab = context.new_page()
        errors = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(f"{address}/recordings")
        yield tab
        assert errors == []


@pytest.fixture
def files(tmp_path):
    """Return three files: a recording, one with a script for a name, and none at all."""
    good = recording(tmp_path / "bridge.poses.npz", "glute_bridge")
    evil = tmp_path / EVIL
    evil.write_bytes(recording(tmp_path / "short.npz", "bird_dog", n_frames=60).read_bytes())
    text = tmp_path / "notes.mp4"
    text.write_text("no film")
    return [str(one) for one in (good, evil, text)]


def test_files_become_a_session_by_keyboard_alone(open_page, files):
    """Chosen, named, followed, and at the end a link to the session; axe-core finds nothing."""
    tab = open_page
    assert violations(tab) == []
    tab.locator("#files").set_input_files(files)
    expect(tab.locator("#person")).to_be_focused()
    expect(tab.locator("#person-refused")).to_have_text(
        "Say whose recordings these are: then they are sent."
    )
    tab.keyboard.type("robin")
    tab.keyboard.press("Enter")
    expect(tab.locator(".item")).to_have_count(3)
    refused = tab.locator(".item", has_text="notes.mp4")
    expect(refused).to_contain_text("cannot be read as a video")
    done = tab.locator(".item[data-state=done]", has_text="bridge.poses.npz")
    expect(done).to_contain_text("Glute bridge: 3 repetitions", timeout=ANALYSED_MS)
    link = done.get_by_role("link", name="Open the session")
    assert link.get_attribute("href").startswith("/sessions/20")
    expect(tab.locator(".item[data-state=waiting], .item[data-state=analysing]")).to_have_count(
        0, timeout=ANALYSED_MS
    )
    assert violations(tab) == []
    expect(tab.get_by_role("heading", name=EVIL)).to_be_visible()
    assert "bad" not in tab.title()
    button = refused.get_by_role("button", name="Take off the list")
    button.focus()
    tab.keyboard.press("Enter")
    expect(refused).to_have_count(0)
    expect(tab.locator("#choose")).to_be_focused()


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (683, 384)])
def test_nothing_is_cut_off(open_page, files, width, height):
    """At any size; what is added stands beside what becomes of it where there is room."""
    tab = open_page
    tab.set_viewport_size({"width": width, "height": height})
    tab.locator("#person").fill("robin")
    tab.locator("#files").set_input_files(files)
    expect(tab.locator(".item")).to_have_count(3)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert tab.locator("#choose").bounding_box()["width"] > 100
