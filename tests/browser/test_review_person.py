"""A person's pages in a real browser: by the keyboard alone, readable, with files in and out."""

from contextlib import contextmanager
from datetime import UTC, datetime, time

import pytest
from playwright.sync_api import expect

from formcheck.handover import open_file, save, sealing
from formcheck.prescription.made import with_facts
from formcheck.prescription.model import Screening
from formcheck.prescription.seal import SealState, state_of
from formcheck.recordings import prescription_file
from formcheck.store import RedFlagScreen, Store
from tests.browser.test_accessibility import violations
from tests.handover.made_up import fill
from tests.prescription.prescriptions import prescription
from tests.robin import PLAN, ROBIN, day, prescribe, session_on
from tests.web.review.test_person_page import page_on
from tests.web.serving import served
from tests.web.test_my_page import page_on as my_page_on

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (1920, 1080)]
PASSPHRASE = "correct horse"
WHOLE = prescription(person=ROBIN, red_flags=Screening(on=day(30)), next_contact=day(40))
PAGES = (
    f"/people/{ROBIN}",
    f"/people/{ROBIN}/prescription",
    f"/people/{ROBIN}/give-back",
    "/handover",
)


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch):
    """Derive keys quickly: how much a guess costs is tested elsewhere."""
    monkeypatch.setattr(sealing.SealingWriter.__init__, "__defaults__", (14,))


@pytest.fixture
def tab(browse):
    """Return a page of a browser; no script of it may fail, but the server may refuse something."""
    errors = []
    context = browse().new_context(viewport={"width": 1366, "height": 768}, locale="en-GB")
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield page
    assert [one for one in errors if "422" not in one] == []


@contextmanager
def review_on(tab, folder, fill=lambda _: None):
    """Serve the therapist's pages to the tab, five weeks into Robin's programme."""
    with page_on(35, folder, WHOLE, fill) as (server, store):
        let_in(tab, server)
        yield lambda path: tab.goto(f"http://127.0.0.1:{server.port}{path}"), store


def let_in(tab, server):
    """Give the tab the cookie of a server."""
    name, value = server.cookie.split("=", 1)
    tab.context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": "/"}])


def good_weeks(store):
    """Keep three good sessions, and a warning sign that nobody has looked into."""
    for number in (32, 33, 34):
        store.take_in(session_on(number))
    store.add_screen(ROBIN, RedFlagScreen(session_on(34).started, ("rf08",)))


def press_on(tab, selector, key="Enter"):
    """Go to something with the tabulator alone, and press a key."""
    wanted = tab.locator(selector)
    expect(wanted).to_be_enabled()
    for _ in range(400):
        if wanted.evaluate("(node) => node === document.activeElement"):
            return tab.keyboard.press(key)
        tab.keyboard.press("Tab")
    raise AssertionError(f"the tabulator does not come to {selector}")


def test_a_prescription_is_changed_and_signed_by_the_keyboard_alone(tab, tmp_path):
    """Accepted, blocked until the warning sign was looked into, signed: the next revision."""
    with review_on(tab, tmp_path, good_weeks) as (go_to, store):
        go_to(f"/people/{ROBIN}")
        press_on(tab, "[data-accept=glute_bridge]")
        expect(tab.locator(".differs")).to_contain_text("Glute bridge: 1 x 5 → 1 x 6")
        expect(tab.locator("#sign-button")).to_be_disabled()
        press_on(tab, "#clear-rf08")
        expect(tab.locator(".checks")).to_contain_text("Nothing blocks.")
        press_on(tab, "#sets-0-glute_bridge-both", "ArrowUp")
        tab.keyboard.press("Tab")
        expect(tab.locator(".differs")).to_contain_text("1 x 5 → 2 x 6")
        expect(tab.locator("#amount-0-glute_bridge-both")).to_be_focused()
        press_on(tab, "#undo")
        expect(tab.locator(".differs")).to_contain_text("1 x 5 → 1 x 6")
        for field in ("#sign-passphrase", "#sign-again"):
            press_on(tab, field, "End")
            tab.keyboard.type(PASSPHRASE)
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/people/robin?signed=2")
        expect(tab.locator("#prescribed")).to_be_visible()
        plan = prescription_file.parsed(store.prescription(ROBIN).toml, "the store")
        assert state_of(plan) is SealState.SEALED


def test_every_page_is_readable_at_both_sizes(tab, tmp_path):
    """axe-core finds nothing, in light and dark, nor in the dialogs; nothing runs off the page."""
    with review_on(tab, tmp_path, good_weeks) as (go_to, _):
        for path in PAGES:
            for width, height in SIZES:
                tab.set_viewport_size({"width": width, "height": height})
                go_to(path)
                assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
            assert violations(tab) == [], path
        go_to(PAGES[1])
        for button in ("#numbers-0-glute_bridge-both", "#add-0", "#ask-signs"):
            press_on(tab, button)
            expect(tab.locator("dialog[open]")).to_be_visible()
            assert violations(tab) == [], button
            tab.keyboard.press("Escape")
            expect(tab.locator(button)).to_be_focused()


def test_an_exercise_is_found_and_added(tab, tmp_path):
    """By a word; what is typed elsewhere at the time is not lost."""
    with review_on(tab, tmp_path) as (go_to, _):
        go_to(PAGES[1])
        press_on(tab, "#add-0")
        tab.keyboard.type("superman")
        expect(tab.locator("#chooser-count")).to_have_text("1 shown")
        press_on(tab, "[data-chosen=superman]")
        expect(tab.locator(".differs")).to_contain_text("Added: Superman")
        tab.reload()
        expect(tab.locator(".differs")).to_contain_text("Added: Superman")


def test_a_file_comes_in_and_goes_back(tab, tmp_path):
    """With its passphrase; what was new is listed; what is given back opens on the other side."""
    with Store.open(tmp_path / "patient") as theirs:
        fill(theirs)
        path = tmp_path / "kim.formcheck"
        save(theirs, ROBIN, path, passphrase=PASSPHRASE)
        with review_on(tab, tmp_path / "review") as (go_to, store):
            go_to("/handover")
            tab.locator("#file").set_input_files(path)
            expect(tab.locator("#passphrase")).to_be_focused()
            tab.keyboard.type(PASSPHRASE)
            tab.keyboard.press("Enter")
            expect(tab.locator("#what")).to_contain_text("2 sessions")
            tab.locator("#person").fill("kim")
            tab.keyboard.press("Enter")
            expect(tab.locator("#done")).to_contain_text("2 new sessions")
            assert violations(tab) == []
            assert [one.pseudonym for one in store.people] == ["kim", ROBIN]
            prescribe(store, with_facts(PLAN, person="kim", notes="from here"))
            tab.locator("#to-person").click()
            tab.get_by_role("link", name="Give back").click()
            for field in ("#passphrase", "#again"):
                tab.locator(field).fill(PASSPHRASE)
            with tab.expect_download() as download:
                tab.keyboard.press("Enter")
            expect(tab.locator("#saved")).to_contain_text("2 sessions")
            back = tmp_path / "back.formcheck"
            download.value.save_as(back)
            opened = open_file(theirs, back, PASSPHRASE, person=ROBIN)
            assert opened.merged.revisions == [3]


def test_my_page_opens_what_the_therapist_gave_and_gives_back(tab, tmp_path):
    """In the patient's language, looked at first; axe-core finds nothing on the way."""
    with Store.open(tmp_path / "therapist") as theirs:
        prescribe(theirs, PLAN)
        prescribe(theirs, with_facts(PLAN, notes="of the therapist"))
        path = tmp_path / "plan.formcheck"
        save(theirs, ROBIN, path, passphrase=PASSPHRASE)
    with my_page_on(3, tmp_path / "patient") as (server, store):
        let_in(tab, server)
        tab.goto(f"http://127.0.0.1:{server.port}/me?language=de")
        for part in ("#take-part", "#give-part"):
            tab.locator(f"{part} summary").press("Enter")
        tab.locator("#take-file").set_input_files(path)
        tab.locator("#take-passphrase").fill("another one")
        tab.keyboard.press("Enter")
        expect(tab.locator("#take-refused")).to_contain_text("Das ging nicht")
        tab.locator("#take-passphrase").fill(PASSPHRASE)
        tab.keyboard.press("Enter")
        expect(tab.locator("#take-about")).to_contain_text("Eine Datei über robin")
        assert violations(tab) == []
        tab.locator("#take-over").press("Enter")
        expect(tab.locator("#take-new")).to_contain_text("Sie haben einen neuen Plan.")
        assert "of the therapist" in store.prescription(ROBIN).toml
        tab.locator("#give-passphrase").fill("short")
        tab.keyboard.press("Enter")
        expect(tab.locator("#give-refused")).to_contain_text("8 Zeichen")
        for field in ("#give-passphrase", "#give-again"):
            tab.locator(field).fill(PASSPHRASE)
        with tab.expect_download() as download:
            tab.keyboard.press("Enter")
        assert download.value.suggested_filename == "robin.formcheck"
        assert violations(tab) == []


def test_the_first_plan_is_opened_where_there_is_none(tab, tmp_path):
    """The welcome leads to the page; axe-core finds nothing on it."""
    path = tmp_path / "robin.prescription.toml"
    prescription_file.save(WHOLE, path)
    noon = datetime.combine(day(35), time(12), UTC)
    with (
        Store.open(tmp_path / "patient") as store,
        served(tmp_path / "patient", opened=store, wall=noon.timestamp) as server,
    ):
        server.open()
        let_in(tab, server)
        tab.goto(f"http://127.0.0.1:{server.port}/")
        tab.locator("#hello-next").click()
        tab.get_by_role("link", name="My page").click()
        tab.locator("#take-file").set_input_files(path)
        expect(tab.locator("#take-about")).to_contain_text("A plan for robin")
        assert violations(tab) == []
        tab.locator("#take-over").press("Enter")
        expect(tab.locator("#take-new")).to_contain_text("You have a new plan.")
        assert store.prescription(ROBIN).revision == 1
