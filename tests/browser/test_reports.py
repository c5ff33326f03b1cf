"""A report in a real browser: whole without a network, clear to who cannot see it, and printed."""

import pytest

from formcheck.exercises.library import load_all
from formcheck.patient_reports import ReportKind, Request, report, write
from formcheck.store import Store
from tests.browser.test_accessibility import violations
from tests.patient_reports.reading import page_texts
from tests.patient_reports.weeks_of_robin import LAST, keep_weeks
from tests.robin import ROBIN, day

pytestmark = pytest.mark.browser
WIDTHS_PX = (1366, 420)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_a_report_is_whole_accessible_and_prints(browse, tmp_path, kind):
    """No other file is asked for, axe-core finds nothing, and nothing is wider than the page."""
    file = tmp_path / f"{kind}.html"
    with Store.open(tmp_path / "store") as store:
        keep_weeks(store)
        write(report(store, Request(kind, ROBIN, "de", day(LAST)), load_all()), file)
    page = browse().new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    assert (asked, said) == ([file.as_uri()], [])
    for width_px in WIDTHS_PX:
        page.set_viewport_size({"width": width_px, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px
    assert violations(page) == []
    printed = page_texts(page.pdf(prefer_css_page_size=True))
    assert printed[0].startswith(page.locator("h1").inner_text())
