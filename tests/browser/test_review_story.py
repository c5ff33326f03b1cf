"""From the patient's file to the patient's page and back, as patient and therapist live it."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pypdfium2
import pytest
from playwright.sync_api import expect

from formcheck.exercises.library import load_all
from formcheck.recordings import prescription_file
from formcheck.store import Store
from formcheck.web.programme import Programme
from tests.browser.test_review_session import tab_of
from tests.reviewing.made_session import (
    BEGAN,
    FALSE_COUNT,
    PERSON,
    SESSION_ID,
    made_record,
    made_store,
)
from tests.web.review.serving import THERAPIST, served_review
from tests.web.serving import served

pytestmark = pytest.mark.browser
PASSPHRASE = "seven green chairs"
NEXT_MORNING = BEGAN + timedelta(days=1, hours=1)


@pytest.fixture
def patient(tmp_path):
    """Return the store of a patient in whose second session faults were seen for the first time."""
    with made_store(tmp_path / "patient") as store:
        store.take_in(clean_session())
        yield store


def clean_session():
    """Return a session of two days before: the sets in which nothing was wrong."""
    record = made_record()
    return replace(
        record,
        id="20260303T083000Z-5e5510",
        started=BEGAN - timedelta(days=2),
        sets=tuple(one for one in record.sets if not one.faults),
        pain_ratings=(),
        screens=(),
    )


def test_a_file_comes_in_is_reviewed_and_goes_back(patient, browse, tmp_path):
    """What the therapist has found is in the report, and what they prescribe on my page."""
    file, back = tmp_path / "robin.formcheck", tmp_path / "back.formcheck"
    with my_page(patient, browse) as tab:
        give_to_the_therapist(tab, file)
    with (
        Store.open(tmp_path / "clinic") as clinic,
        served_review(clinic, wall=NEXT_MORNING.timestamp) as server,
        tab_of(browse, server, "/") as (tab, errors),
    ):
        take_over(tab, file)
        find_the_session(tab)
        correct_a_repetition(tab)
        lower_a_bound(tab)
        sign_off(tab)
        print_the_report(tab, tmp_path)
        sign_the_next_prescription(tab)
        give_back(tab, back)
        assert errors == []
    with my_page(patient, browse) as tab:
        expect(tab.locator("main")).to_contain_text("3 sets: 8 repetitions")
        open_what_came_back(tab, back)
        expect(tab.locator("main")).to_contain_text("3 sets: 9 repetitions")


@contextmanager
def my_page(store, browse):
    """Serve the patient's own page, of the prescription that the store has now."""
    saved = store.prescription(PERSON)
    current = prescription_file.parsed(saved.toml, "the store")
    programme = Programme(current, saved.revision, load_all(), store)
    with served(store.folder, programme=programme, wall=NEXT_MORNING.timestamp) as server:
        server.open()
        with tab_of(browse, server, "/me") as (tab, errors):
            yield tab
            assert errors == []


def give_to_the_therapist(tab, file):
    """Save what is kept as one file, under a passphrase."""
    tab.get_by_text("Give a file to my therapist").click()
    tab.locator("#give-passphrase").fill(PASSPHRASE)
    tab.locator("#give-again").fill(PASSPHRASE)
    with tab.expect_download() as download:
        tab.locator("#give").get_by_role("button").click()
    download.value.save_as(file)


def open_what_came_back(tab, back):
    """Open the therapist's file on the same page, and look at it anew."""
    tab.get_by_text("Open what my therapist gave me").click()
    tab.locator("#take-file").set_input_files(back)
    tab.locator("#take-passphrase").fill(PASSPHRASE)
    tab.locator("#take-unlock").click()
    tab.locator("#take-over").click()
    expect(tab.locator("#take-done")).to_be_visible()
    tab.locator("#take-done a").click()


def take_over(tab, file):
    """Open the hand-over file with its passphrase."""
    tab.get_by_role("link", name="Hand-over").click()
    tab.locator("#file").set_input_files(file)
    tab.get_by_label("The file was saved with a passphrase").fill(PASSPHRASE)
    tab.get_by_role("button", name="Unlock").click()
    tab.get_by_role("button", name="Take it over", exact=True).click()
    expect(tab.locator("#new")).to_contain_text("2 new sessions")


def find_the_session(tab):
    """Go to the first page, where robin is listed with what is new, and on to the session."""
    tab.get_by_role("link", name="People").click()
    expect(tab.locator("main")).to_contain_text("New fault")
    tab.locator(f'a[href="/sessions/{SESSION_ID}"]').first.click()
    expect(tab.locator(".row-of-curves")).not_to_have_count(0)


def correct_a_repetition(tab):
    """Go to the set in which the mat was put straight, and reject what was none."""
    name, number = FALSE_COUNT
    while tab.locator(f'[data-set="{name}"][aria-current]').count() == 0:
        shown = tab.locator("#counts").text_content()
        tab.keyboard.press("]")
        expect(tab.locator("#counts")).not_to_have_text(shown)
    tab.locator(f"[data-item='{name}/repetition/repetition-{number}'].line").click()
    tab.keyboard.press("r")
    expect(tab.locator("#counts")).to_contain_text("Machine: 8 repetitions")
    expect(tab.locator("#counts")).to_contain_text("Now: 7 repetitions")


def lower_a_bound(tab):
    """Let the back arch less: the faults are counted anew at once, and the bound is kept."""
    tab.keyboard.press("t")
    faults = tab.locator("[data-now=n_faults]")
    tab.locator("#number-over_arch").fill("3")
    expect(faults).to_have_text("5")
    tab.get_by_role("button", name="Keep for this patient").click()
    expect(tab.locator("#spoken")).to_contain_text("Kept in the draft")
    tab.keyboard.press("Escape")


def sign_off(tab):
    """Accept what is left, and say that the session was looked through."""
    tab.keyboard.press("A")
    expect(tab.locator("#spoken")).to_contain_text("Accepted: all the rest")
    tab.keyboard.press("S")
    tab.keyboard.press("Enter")
    expect(tab.locator("#signed")).to_contain_text(f"Signed off by {THERAPIST}")


def print_the_report(tab, folder):
    """Fetch the report: it says who counted what, and none of its pages is a white one."""
    host = "/".join(tab.url.split("/")[:3])
    answer = tab.request.get(f"{host}/reports/session/{PERSON}?session={SESSION_ID}&format=pdf")
    assert answer.ok
    pdf = folder / "report.pdf"
    pdf.write_bytes(answer.body())
    document = pypdfium2.PdfDocument(pdf)
    text = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert THERAPIST in text
    assert "24" in text  # as the machine counted
    assert "23" in text
    for page in document:
        assert (page.render().to_numpy() < 128).mean() > 0.002


def sign_the_next_prescription(tab):
    """Prescribe a repetition more of the bridge, and the bound that was kept, under a seal."""
    tab.goto(f"{'/'.join(tab.url.split('/')[:3])}/people/{PERSON}/prescription")
    repetitions = tab.locator("#amount-0-glute_bridge-both")
    repetitions.fill("9")
    repetitions.press("Tab")
    expect(tab.locator(".differs li")).to_have_count(2)  # the dose, and the bound that was kept
    expect(tab.locator(".differs")).to_contain_text("3 x 9")
    expect(tab.get_by_text("Nothing blocks.", exact=True)).to_be_visible()
    tab.get_by_label("Who answers for it").fill(THERAPIST)
    tab.get_by_label("Licence").fill("PT 12345")
    tab.get_by_role("button", name="Sign revision 2").click()
    tab.wait_for_url(f"**/people/{PERSON}?signed=2")
    expect(tab.locator("main")).to_contain_text(f"Revision 2, sealed by {THERAPIST}")


def give_back(tab, back):
    """Save the file for the patient, under the same passphrase."""
    tab.get_by_role("link", name="Give back").click()
    tab.wait_for_load_state()
    tab.get_by_label("Passphrase, at least 8 characters").fill(PASSPHRASE)
    tab.get_by_label("The passphrase again").fill(PASSPHRASE)
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save the file").click()
    download.value.save_as(back)
