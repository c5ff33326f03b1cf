"""From the patient's file to the patient's page and back, as patient and therapist live it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from formcheck.handover import save
from formcheck.store import Store
from tests.browser.test_review_session import tab_of
from tests.reviewing.made_session import BEGAN, PERSON, SESSION_ID, made_store
from tests.web.review.serving import THERAPIST, served_review

pytestmark = pytest.mark.browser
PASSPHRASE = "seven green chairs"
NEXT_MORNING = BEGAN + timedelta(days=1, hours=1)
EXERCISE = "glute_bridge"
MOST_PRESSES = 40


@pytest.fixture
def patients_file(tmp_path):
    """Return the store of a patient, and the file that they have saved for their therapist."""
    with made_store(tmp_path / "patient") as store:
        file = tmp_path / "robin.formcheck"
        save(store, PERSON, file, passphrase=PASSPHRASE)
        yield store, file


def test_a_file_comes_in_is_reviewed_and_goes_back(patients_file, browse, tmp_path):
    """The patient's page has what the therapist has prescribed, and why is in the report."""
    patient, file = patients_file
    back = tmp_path / "back.formcheck"
    with (
        Store.open(tmp_path / "clinic") as clinic,
        served_review(clinic, wall=NEXT_MORNING.timestamp) as server,
        tab_of(browse, server, "/") as (tab, errors),
    ):
        take_over(tab, file)
        find_the_session(tab)
        before, after = correct_a_repetition(tab)
        lowered = lower_a_bound(tab)
        sign_off(tab)
        sign_the_next_prescription(tab)
        report = print_the_report(tab, tmp_path)
        give_back(tab, back)
        assert errors == []
    print(before, after, lowered)  # noqa: T201
    assert after == before - 1
    assert THERAPIST in report
    the_patient_sees_it(patient, back, browse)


def take_over(tab, file):
    """Open the hand-over file with its passphrase."""
    tab.get_by_role("link", name="Hand-over").click()
    tab.wait_for_load_state()
    tab.locator("#file").set_input_files(file)
    tab.get_by_label("The file was saved with a passphrase").fill(PASSPHRASE)
    tab.get_by_role("button", name="Unlock").click()
    tab.get_by_role("button", name="Take it over", exact=True).click()
    expect(tab.locator("#new")).to_contain_text("1 new session")


def find_the_session(tab):
    """Go to the first page, where somebody needs to be looked at, and on to the session."""
    tab.get_by_role("link", name="People").click()
    tab.get_by_role("link", name=PERSON).first.click()
    tab.locator(f'a[href="/sessions/{SESSION_ID}"]').first.click()
    expect(tab.locator(".row-of-curves")).to_have_count(1)
