"""The session page over the real store: a false count is corrected, a bound moved, and signed."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_review_session import MOST_PRESSES, Presses, said, tab_of, title
from tests.reviewing.made_session import FALSE_COUNT, PERSON, SESSION_ID, made_store
from tests.web.review.serving import served_review

pytestmark = pytest.mark.browser
LOOKING_MS = 120_000  # what was seen in a set is read anew once


@pytest.fixture
def real(browse, tmp_path):
    """Return the page of the simulated session in a tab, its store, and its errors."""
    with (
        made_store(tmp_path / "sessions") as store,
        served_review(store) as server,
        tab_of(browse, server, f"/sessions/{SESSION_ID}") as (tab, errors),
    ):
        expect(tab.locator("#picture-note")).to_be_hidden(timeout=LOOKING_MS)
        expect(tab.locator(".row-of-curves").first).to_be_visible(timeout=LOOKING_MS)
        yield tab, store, errors


def test_a_recorded_session_is_reviewed_with_few_presses(real):
    """Every fault is seen and accepted, the false count rejected, the rest accepted, and signed."""
    tab, store, errors = real
    press = Presses(tab)
    for left in (4, 3, 2, 1):
        press("Space", "a")
        expect(said(tab)).to_contain_text(f"{left} fault")
    press("Space", "a")
    expect(said(tab)).to_contain_text("Every fault has been looked at")
    name, number = FALSE_COUNT
    press.click(f".block[data-set={name}]")
    press.click(f"#lane [data-item='{name}/repetition/repetition-{number}']")
    expect(title(tab)).to_have_text(f"Repetition {number}")
    press("r")
    expect(tab.locator("#counts")).to_contain_text("Machine: 8 repetitions")
    expect(tab.locator("#counts")).to_contain_text("Now: 7 repetitions")
    press("A")
    expect(said(tab)).to_contain_text("Accepted: all the rest", timeout=LOOKING_MS)
    press("S", "Enter")
    expect(tab.locator("#signed")).to_contain_text("Signed off by Dr Example")
    print(f"{press.n} presses for the recorded session")  # noqa: T201
    assert press.n <= MOST_PRESSES
    kinds = [one.kind for one in store.corrections(SESSION_ID)]
    assert (kinds.count("rejected"), kinds.count("signed_off")) == (1, 1)
    assert errors == []


def test_another_bound_changes_the_counts_and_is_kept_in_the_draft(real):
    """Who may rock back further has no fault in either set; in force it is once it is signed."""
    tab, store, errors = real
    tab.locator(".block[data-set=set-13-band_row]").click()
    tab.keyboard.press("t")
    bound = tab.locator("[id='number-leans_back']")
    expect(bound).to_be_visible(timeout=LOOKING_MS)
    bound.fill("40")
    expect(tab.locator("[data-now=n_faults]")).to_have_text("0", timeout=LOOKING_MS)
    expect(tab.locator("[data-now=n_repetitions]")).to_have_text("20")
    tab.get_by_role("button", name="Keep for this patient").click()
    expect(said(tab)).to_contain_text("Kept in the draft")
    expect(tab.get_by_role("link", name="Open the draft")).to_be_visible()
    assert len(store.prescriptions(PERSON)) == 1
    assert errors == []


def test_a_moved_joint_moves_the_curve(real):
    """Where the foot is put is kept, and what is measured there follows."""
    tab, store, errors = real
    before = tab.locator(".row-of-curves .now").last.inner_text()
    tab.keyboard.press("d")
    for _ in range(10):  # from the left shoulder to the left ankle
        tab.keyboard.press("Tab")
    for _ in range(4):
        tab.keyboard.press("Shift+ArrowDown")
    tab.keyboard.press("Enter")
    expect(said(tab)).to_contain_text("Moved: left ankle")
    expect(tab.locator(".row-of-curves .now").last).not_to_have_text(before, timeout=LOOKING_MS)
    (moved,) = store.corrections(SESSION_ID)
    assert moved.kind == "moved"
    assert errors == []
