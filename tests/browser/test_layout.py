"""Nothing is cut off, covered, broken in two or out of the window, in any language of a page."""

import pytest

from formcheck.reports.page import render_page
from formcheck.texts import languages
from tests.browser.test_review_person import PAGES, WHOLE, good_weeks, let_in
from tests.reports.test_page import analysed
from tests.web.review.test_person_page import page_on

pytestmark = pytest.mark.browser
BRIDGE = ("--exercise", "glute_bridge", "--sets", "1", "--reps", "9")
SIZES = [(390, 844), (1366, 768), (1920, 1080)]
CUT_OFF = """() => [...document.querySelectorAll(".stage-panel:not([hidden])")]
    .some((one) => one.scrollHeight > one.clientHeight + 1)"""
BROKEN = """() => [...document.querySelectorAll(".live .action span")]
    .filter((one) => one.offsetParent)
    .flatMap((one) => {
        const range = document.createRange(), text = one.firstChild;
        return [...one.textContent.matchAll(/\\S+/g)].filter((word) => {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            return range.getClientRects().length > 1;
        }).map((word) => word[0]);
    })"""
ROWS = """() => new Set([...document.querySelectorAll(".page .actions .action")]
    .filter((one) => one.offsetParent).map((one) => one.offsetTop)).size"""
COVERED = """() => {
    const meter = document.getElementById("meter").getBoundingClientRect();
    return [...document.querySelectorAll(".live .action")].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.width && box.top < meter.bottom && box.bottom > meter.top
            && box.left < meter.right && box.right > meter.left;
    }).map((one) => one.textContent);
}"""
UNFOLD = "() => document.querySelectorAll('details').forEach((one) => (one.open = true))"
STICKS_OUT = """() => [...document.querySelectorAll(".panel *, .card *")].filter((one) => {
    if (!one.checkVisibility() || one.closest("table, .unseen, dialog")) return false;
    const card = one.closest(".panel, .card").getBoundingClientRect();
    return one.getBoundingClientRect().right > card.right + 1;
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("language", sorted(languages()))
def test_words_are_whole_at_every_size(visit, camera, language):
    """What is explained stands in the window, no button's word is broken, buttons share a row."""
    page = visit(camera("glute_bridge"), *BRIDGE, "--language", language, calibrates=True)
    tab = page.page
    page.go_to_setup()
    page.begin()
    assert tab.evaluate(ROWS) == 1  # at 1366 pixels
    page.press("next")
    seen = set()
    while page.stage != "exercising":
        seen.add(page.stage)
        assert_whole(tab, page.stage)
        tab.keyboard.press("PageDown")
        tab.wait_for_timeout(700)
    assert_whole(tab, "exercising")
    assert "calibrating" in seen


def test_the_meter_never_lies_on_a_button(visit, camera):
    """Timing is shown over the picture, wherever the buttons are."""
    page = visit(camera("glute_bridge"), *BRIDGE)
    page.go_to_mirror()
    page.insist_on_start()
    assert page.figures["rate"] > 0  # it is shown
    for width, height in SIZES:
        page.page.set_viewport_size({"width": width, "height": height})
        assert page.page.evaluate(COVERED) == [], width


def assert_whole(tab, stage):
    """Look at a screen in every size."""
    for width, height in SIZES:
        tab.set_viewport_size({"width": width, "height": height})
        assert not tab.evaluate(CUT_OFF), f"{stage} at {width}"
        assert tab.evaluate(BROKEN) == [], f"{stage} at {width}"
    tab.set_viewport_size({"width": 1366, "height": 768})


@pytest.mark.parametrize("width", [390, 1366, 1920])
def test_the_therapists_pages_stay_in_a_narrow_window(browse, tmp_path, width):
    """Nothing sticks out of the page or of its card; wide tables are moved to within themselves."""
    context = browse().new_context(viewport={"width": width, "height": 844}, locale="en-GB")
    with page_on(35, tmp_path / "sessions", WHOLE, good_weeks) as (server, _):
        tab = context.new_page()
        let_in(tab, server)
        for path in ("/", "/sessions", "/recordings", "/exercises", *PAGES):
            tab.goto(f"http://127.0.0.1:{server.port}{path}")
            tab.evaluate(UNFOLD)
            assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
            assert tab.evaluate(STICKS_OUT) == [], path


def test_a_result_page_stays_in_a_narrow_window_whatever_its_file_is_called(browse):
    """The longest name of a file is broken where it must."""
    html = render_page(*analysed("seated_twist", source=f"{'rotation_' * 20}.avi"), video=None)
    tab = browse().new_page()
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.set_content(html)
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390
