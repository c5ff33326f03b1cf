"""The lists of people and of sessions: order, filters, search, and what makes no sense."""

import re
from dataclasses import replace
from urllib.parse import quote

import pytest

from formcheck.exercises.library import load_all
from formcheck.prescription.pain import Moment
from formcheck.reviewing.overview import current_facts
from formcheck.session.events import RuleApplied
from formcheck.store import PainRating, Store
from tests.robin import BRIDGE, done_set, prescribe, session_on
from tests.store.made_up import BEGAN
from tests.store.test_lists import correction
from tests.web.review.serving import served_review

NOON = 1_772_539_200 + 12 * 3600.0  # of 2026-03-03, the second day of the programme
EVIL = "<script>alert(1)</script> <img src=x onerror=alert(1)>"
TOLD = RuleApplied(20.0, "s04", "end_session", tells_therapist=True, step_index=0)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Serve three people: Robin with a plan, Kim with a stop rule, Lee without a session."""
    with Store.open(tmp_path_factory.mktemp("store") / "sessions") as store:
        prescribe(store)
        for number in (0, 1):
            store.take_in(session_on(number))
        kim = session_on(1, person="Kim O", sets=(done_set(BRIDGE, n_clean=3),))
        kim = replace(kim, id=f"{kim.id}a", rules_applied=(TOLD,), pain_ratings=())
        store.take_in(kim)
        store.add_pain("Lee", PainRating(BEGAN, Moment.BEFORE, 3))
        told = correction(kim.id, comment=EVIL, set_name="set-01-glute_bridge")
        store.add_correction(told)
        with served_review(store, wall=lambda: NOON) as server:
            yield server


def page(server, path):
    """Return a page that there is."""
    status, _, body = server.request(path)
    assert status == 200
    return body.decode()


def opened(server, path):
    """Return where the rows of a list lead to, in order."""
    return re.findall(r'<a class="opens" href="([^"]+)"', page(server, path))


KIM, LEE, ROBINS = "/people/Kim%20O", "/people/Lee", "/people/robin"
FIRST, SECOND = (f"/sessions/{session_on(number).id}" for number in (0, 1))


def test_who_needs_attention_most_comes_first(server):
    """A stop rule before sessions to review, and those before nothing at all."""
    assert opened(server, "/") == [KIM, ROBINS, LEE]
    told = page(server, "/")
    assert "A new kind of pain, or newly numb or weak (S04)" in told
    assert f'href="{SECOND}a">Stop rule</a>' in told


@pytest.mark.parametrize(
    ("query", "people"),
    [
        ("need=stop_rule", [KIM]),
        ("need=not_reviewed", [KIM, ROBINS]),
        ("need=red_flag", []),
        ("order=name", [KIM, LEE, ROBINS]),
        ("order=last", [KIM, ROBINS, LEE]),
        ("order=open", [ROBINS, KIM, LEE]),
        ("order=days", [ROBINS, KIM, LEE]),
        ("q=lee", [LEE]),
        ("q=angel", [ROBINS]),
        ("q=wrong+bridge", [KIM]),
        ("q=wrong+angel", []),
        ("q=2026-03-02", [ROBINS]),
        ("q=onerror", [KIM]),
        ("q=bridge&need=stop_rule", [KIM]),
        ("page=2", []),
    ],
)
def test_people_are_narrowed_down_found_and_put_in_order(server, query, people):
    """By what they need, by words in their sessions, by the columns."""
    assert opened(server, f"/?{query}") == people


@pytest.mark.parametrize(
    ("query", "sessions"),
    [
        ("", [f"{SECOND}a", SECOND, FIRST]),
        ("order=oldest", [FIRST, SECOND, f"{SECOND}a"]),
        ("order=neediest", [f"{SECOND}a", SECOND, FIRST]),
        ("kind=to_tell", [f"{SECOND}a"]),
        ("kind=corrected", [f"{SECOND}a"]),
        ("kind=reviewed", []),
        ("person=robin&q=2026-03-03", [SECOND]),
        ("person=nobody", []),
        ("q=kim", [f"{SECOND}a"]),
    ],
)
def test_sessions_are_narrowed_down_found_and_put_in_order(server, query, sessions):
    """Of everybody, or of one."""
    assert opened(server, f"/sessions?{query}") == sessions


@pytest.mark.parametrize("path", ["/", "/sessions"])
@pytest.mark.parametrize(
    "query",
    [
        "need=nothing&kind=nothing&order=nothing", "page=0", "page=-1", "page=x", "page=٣",
        "page=", "person=",
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_as_if_it_was_not_there(server, path, query):
    """An old or mistyped address shows the list."""
    assert opened(server, f"{path}?{quote(query, safe='=&')}") == opened(server, path)


def test_a_page_that_is_far_too_far_is_empty(server):
    """And says how to come back."""
    assert "Show all sessions" in page(server, f"/sessions?page={'9' * 6}")


@pytest.mark.parametrize("path", ["/", "/sessions"])
@pytest.mark.parametrize("evil", [EVIL, '"><script>', "' OR 1=1 --", "%", "\x00", "\ud83d\ude00"])
def test_nothing_that_is_searched_for_is_markup_or_a_question(server, path, evil):
    """It is shown as it was typed; nothing is found that does not have it."""
    told = page(
        server, f"{path}?q={quote(evil.encode('utf-16', 'surrogatepass').decode('utf-16'))}"
    )
    assert "<script>" not in told
    assert "<img" not in told
    assert opened(server, f"{path}?q={quote(chr(39))}") == []


def test_where_nothing_is_found_it_is_said(server):
    """With the way back to everybody."""
    for path in ("/", "/sessions"):
        told = page(server, f"{path}?q=zzz")
        assert "with all of these words" in told
        assert f'<a href="{path}">Show' in told


def test_why_somebody_is_listed_stands_on_the_page(server):
    """Every rule with its rank and its reason."""
    told = page(server, "/")
    assert "Why is somebody listed" in told
    assert "the patient was told that you would know" in told


def test_pain_before_the_sessions_is_a_line_with_its_numbers(server):
    """Read aloud, it is the numbers."""
    assert 'aria-label="Pain before the last sessions, 0 to 10: 2, 2"' in page(server, "/")


def test_a_long_list_has_pages(tmp_path):
    """Fifty rows each; the choices go along from page to page."""
    with Store.open(tmp_path / "sessions") as store:
        for number in range(51):
            store.add_pain(f"P {number:02d}", PainRating(BEGAN, Moment.BEFORE, 3))
        current_facts(store, load_all())  # as at the start of `formcheck review`
        with served_review(store, wall=lambda: NOON) as server:
            assert len(opened(server, "/?order=name")) == 50
            assert opened(server, "/?order=name&page=2") == ["/people/P%2050"]
            assert 'href="/?order=name&amp;page=2" rel="next"' in page(server, "/?order=name")
