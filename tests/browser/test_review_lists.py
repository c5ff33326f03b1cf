"""The therapist's lists in a real browser: keys, search while typing, and what axe-core finds."""

import pytest
from playwright.sync_api import expect

from formcheck.store import Store
from tests.browser.test_accessibility import violations
from tests.robin import BRIDGE, done_set, prescribe, session_on
from tests.web.review.serving import served_review
from tests.web.review.test_lists import EVIL, NOON, TOLD

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (1920, 1080)]


@pytest.fixture
def address(tmp_path):
    """Serve a few people, one of whom has an evil comment; return address and cookie."""
    with Store.open(tmp_path / "sessions") as store:
        prescribe(store)
        for number in (0, 1):
            store.take_in(session_on(number))
        for number, name in enumerate(("kim", "lee", "mika"), start=2):
            sets = (done_set(BRIDGE, n_clean=3),)
            told = (TOLD,) if name == "kim" else ()
            store.take_in(session_on(number, person=name, sets=sets, rules_applied=told))
        with served_review(store, wall=lambda: NOON) as server:
            yield f"http://127.0.0.1:{server.port}", server.cookie


@pytest.fixture
def tab(browse, address):
    """Return a tab that has come in; no script may fail in it, and nothing may be refused."""
    base, cookie = address
    name, value = cookie.split("=", 1)
    context = browse().new_context(viewport={"width": 1366, "height": 768}, base_url=base)
    context.add_cookies([{"name": name, "value": value, "url": base}])
    page, troubles = context.new_page(), []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    yield page
    assert troubles == []


def focused(tab):
    """Return the words that have the focus."""
    return tab.evaluate("document.activeElement.innerText")


def test_axe_finds_nothing_and_nothing_is_cut_off(tab):
    """Both lists, found and not found, in light and dark, at both sizes."""
    found = {}
    for width, height in SIZES:
        tab.set_viewport_size({"width": width, "height": height})
        for path in ("/", "/?q=bridge&need=stop_rule", "/?q=zzz", "/sessions", "/sessions?q=zzz"):
            tab.goto(path)
            tab.evaluate(
                "() => document.querySelectorAll('details').forEach((d) => (d.open = true))"
            )
            found[f"{path} {width}"] = violations(tab)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
    assert {where: what for where, what in found.items() if what} == {}


def test_the_list_is_gone_through_by_keys(tab):
    """With j and k or the arrows from row to row, with Enter into it."""
    tab.goto("/")
    keys = ["j", "j", "ArrowDown", "k", "ArrowUp", "k"]
    for key, name in zip(keys, ["kim", "robin", "lee", "robin", "kim", "kim"], strict=True):
        tab.keyboard.press(key)
        assert focused(tab) == name
    with tab.expect_request("**/people/kim"):
        tab.keyboard.press("Enter")


def test_a_search_is_begun_and_left_by_keys(tab):
    """The list follows while typing, says how many it has, and keeps the address."""
    tab.goto("/")
    tab.keyboard.press("/")
    expect(tab.locator("#search")).to_be_focused()
    tab.keyboard.type("wrong j")
    expect(tab.locator("#found")).to_contain_text("0 of 4")
    tab.keyboard.press("Backspace")
    expect(tab.locator("#found")).to_contain_text("3 of 4")
    expect(tab.locator("a.opens")).to_have_text(["kim", "lee", "mika"])
    assert tab.url.endswith("?q=wrong")
    tab.keyboard.press("ArrowDown")
    assert focused(tab) == "kim"
    tab.keyboard.press("/")
    tab.keyboard.press("Escape")
    expect(tab.locator("a.opens")).to_have_count(4)
    assert tab.url.endswith("/")


def test_filters_go_on_with_what_is_searched_for(tab):
    """A kind that is chosen after a search narrows what was found."""
    tab.goto("/")
    tab.locator("#search").fill("bridge")
    expect(tab).to_have_url("/?q=bridge")
    tab.get_by_role("link", name="Stop rule 1").click()
    expect(tab.locator("a.opens")).to_have_text(["kim"])
    expect(tab.locator("#search")).to_have_value("bridge")


def test_what_is_searched_for_never_runs(tab):
    """Markup is text, also where the list is put in its place while typing."""
    for path in ("/", "/sessions"):
        tab.goto(path)
        tab.locator("#search").fill(EVIL)
        expect(tab.locator("#found")).to_contain_text("0")
        assert tab.locator("#results script, #results img").count() == 0
