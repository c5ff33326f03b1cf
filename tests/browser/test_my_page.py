"""The patient's own page in a real browser: who cannot see well, has no mouse, or prints it."""

import pytest
from playwright.sync_api import expect

from tests.browser.test_accessibility import violations
from tests.robin import ROBIN, outcome, session_on
from tests.web.test_my_page import page_on

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (390, 844), (1920, 1080)]


def five_weeks(store):
    """Keep sessions with gaps, pain that eases, and what was entered at the start and now."""
    for number in range(35):
        if number not in {4, 5, 11, 19, 20}:
            pain = 6 - number // 9, 5 - number // 9 + number % 2
            store.take_in(session_on(number, pain=pain))
    outcome(store, 1, "pain_0_100", 44)
    outcome(store, 15, "pain_0_100", 38)
    outcome(store, 34, "pain_0_100", 24)
    names = ("lift my child", "sit at work")
    for number, ratings in ((1, (3, 5)), (34, (5, 6))):
        answers = [{"name": name, "rating": n} for name, n in zip(names, ratings, strict=True)]
        outcome(store, number, "psfs", sum(ratings) / 2, answers)
    outcome(store, 1, "sit_to_stand_5", 14.2)
    outcome(store, 34, "sit_to_stand_5", 11.9)


@pytest.fixture
def robin(browse, tmp_path):
    """Return Robin's page in a tab on day 35, the server's store beside it; no script may fail."""
    with page_on(35, tmp_path / "sessions", fill=five_weeks) as (server, store):
        context = browse().new_context(locale="en-GB")
        name, value = server.cookie.split("=", 1)
        host = f"http://127.0.0.1:{server.port}"
        context.add_cookies([{"name": name, "value": value, "url": host}])
        tab = context.new_page()
        errors = []
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        tab.goto(f"{host}/me?language=en")
        yield tab, store, errors
        tab.close()


def test_it_is_clean_at_every_size_in_light_and_dark(robin):
    """axe-core finds nothing, also unfolded, and nothing is wider than the window."""
    tab, _, errors = robin
    tab.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    for width, height in SIZES:
        tab.set_viewport_size({"width": width, "height": height})
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert errors == []


def test_everything_can_be_done_with_the_keyboard(robin):
    """A score is entered without a mouse: refused beside its field, then kept and shown."""
    tab, store, errors = robin
    tab.locator("summary", has_text="How it has changed").focus()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    tab.keyboard.type("9")
    tab.keyboard.press("Enter")
    refused = tab.locator("#enter-global_rating-refused")
    expect(refused).to_have_text("Please give a whole number from -5 to 5.")
    field = tab.locator("#enter-global_rating")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    errors.clear()  # the browser notes that an answer was 422
    assert violations(tab) == []
    field.fill("2")
    tab.keyboard.press("Enter")
    expect(tab.locator("#saved")).to_have_text("Thank you. It is saved.")
    expect(tab.locator("#saved")).to_be_focused()
    (kept,) = store.outcomes(ROBIN, "global_rating")
    assert kept.score == 2
    assert errors == []


def test_the_questionnaires_are_sent_as_they_were_filled_in(robin):
    """Ticked sentences by their numbers; the activities of last time are asked about again."""
    tab, store, errors = robin
    tab.locator("summary", has_text="Roland and Morris").click()
    tab.get_by_label("I stay at home most of the time because of my back.").check()
    tab.get_by_label("Because of my back, I use a handrail to get upstairs.").check()
    tab.locator("form[data-measure=rmdq] button").click()
    expect(tab.locator("#saved")).to_be_visible()
    assert store.outcomes(ROBIN, "rmdq")[-1].answers == [1, 5]
    tab.locator("summary", has_text="What is hard for you").click()
    expect(tab.locator("#name-1")).to_have_value("lift my child")
    tab.locator("#rating-1").fill("7")
    tab.locator("#rating-2").fill("8")
    # What was saved before still stands there: the answer to this form is what is waited for.
    with tab.expect_response(lambda answer: answer.request.method == "POST"):
        tab.locator("form[data-measure=psfs] button").click()
    assert store.outcomes(ROBIN, "psfs")[-1].score == 7.5
    tab.locator("summary", has_text="Pain, from 0 to 100").click()
    slider = tab.locator("[data-mirrors]")
    slider.focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator("#enter-pain_0_100")).to_have_value("51")
    assert errors == []


@pytest.mark.parametrize(
    ("language", "word"), [("en", "does not answer"), ("de", "antwortet nicht")]
)
def test_a_program_that_is_gone_is_told_with_what_to_do(robin, language, word):
    """A score, a file for the therapist: in the page's language, and no script fails."""
    tab, _, errors = robin
    tab.goto(f"{tab.url.split('?')[0]}?language={language}")
    tab.evaluate("() => document.querySelectorAll('details').forEach((one) => (one.open = true))")
    tab.context.set_offline(True)
    tab.locator("#enter-global_rating").fill("2")
    tab.keyboard.press("Enter")
    expect(tab.locator("form[data-measure=global_rating] [data-whole]")).to_contain_text(word)
    tab.locator("#give-open").check()
    tab.locator("#give button").first.click()
    expect(tab.locator("#give-refused")).to_contain_text(word)
    assert [error for error in errors if "ERR_INTERNET_DISCONNECTED" not in error] == []


def test_on_paper_stands_what_is_told_and_nothing_to_press(robin):
    """The button prints; forms, links and the bar are left out."""
    tab, _, _ = robin
    tab.evaluate("() => { window.print = () => { window.printed = true; }; }")
    tab.get_by_role("button", name="Print").click()
    assert tab.evaluate("window.printed")
    tab.emulate_media(media="print", color_scheme="dark")
    for hidden in ("#bar", ".enter", "#print"):
        expect(tab.locator(hidden)).to_be_hidden()
    expect(tab.get_by_role("heading", name="Today")).to_be_visible()
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == "rgb(255, 255, 255)"
