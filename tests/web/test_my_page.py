"""The patient's own page, from a running server: what it shows, and what may be entered."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from formcheck.exercises.library import load_all
from formcheck.prescription.questionnaires import roland_morris
from formcheck.recordings import prescription_file
from formcheck.store import Store
from formcheck.web.programme import Programme
from formcheck.web.security import CONTENT_SECURITY_POLICY
from tests.robin import PLAN, ROBIN, day, outcome, prescribe, session_on, stands
from tests.web.serving import served

ADDRESS = "/api/me/outcomes"


@contextmanager
def page_on(number, folder, plan=PLAN, fill=lambda _: None):
    """Serve Robin's page as it is at noon of a day of the programme."""
    noon = datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=12)
    with Store.open(folder) as store:
        prescribe(store, plan)
        fill(store)
        saved = store.prescription(ROBIN)
        current = prescription_file.parsed(saved.toml, "the store")
        programme = Programme(current, saved.revision, load_all(), store)
        with served(folder, programme=programme, wall=noon.timestamp) as server:
            server.open()
            yield server, store


def shown(server, language="en"):
    """Return the page as text, one space for each gap."""
    status, headers, body = server.request(f"/me?language={language}")
    assert status == 200, body
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    return body.decode()


def words(html):
    """Return what is read: no markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&#39;", "'")


def four_weeks(store):
    """Keep three sessions and what was entered before the review."""
    store.take_in(session_on(0, pain=(6, 5)))
    for number in (33, 34):
        store.take_in(session_on(number, pain=(5, 5)))
    outcome(store, 34, "pain_0_100", 26)
    outcome(store, 34, "psfs", 6.5, [{"name": "drive", "rating": 6}, {"name": "lift", "rating": 7}])


def test_the_page_tells_the_weeks_in_the_patients_words(tmp_path):
    """Today, the last sessions, what a change is worth, the days, the review, what comes next."""
    with page_on(35, tmp_path, fill=four_weeks) as (server, _):
        text = words(shown(server))
    for said in (
        "robin, 6 April 2026. Goal: Sit at work for an afternoon",
        "Wall angel 1 set: 5 repetitions",
        "Glute bridge 1 set: 5 repetitions",
        "2 of 2 sets",
        "100 of 100",
        "5 before, 5 after",
        "Now 26, at the start 45.",
        "There is no change that can be told from chance.",
        "Now 6.5, at the start 4.",
        "This is better, and by so much that it counts.",
        "You did 3 of 35 planned days.",
        "It is time to look at how it has gone.",
        "It is due between 30 March 2026 and 13 April 2026.",
        "This is what you can bring along.",
        "Do it like this",
        "on average about 10 points out of 100",
    ):
        assert said in text, said


def test_it_speaks_the_language_that_is_asked_for(tmp_path):
    """German by the address or the browser, English where neither is known."""
    with page_on(3, tmp_path) as (server, _):
        assert "Meine Seite" in shown(server, "de")
        german = {"Accept-Language": "it, de-AT;q=0.8"}
        assert b'<html lang="de"' in server.request("/me", headers=german)[2]
        assert 'lang="en"' in shown(server, "xx")


def test_no_script_and_no_style_stands_in_the_page(tmp_path):
    """The policy would refuse them: files alone, from here."""
    with page_on(35, tmp_path, fill=four_weeks) as (server, _):
        html = shown(server)
        sources = re.findall(r'(?:src|href)="([^"#]+)"', html)
        files = [one for one in sources if one.startswith("/static/")]
        assert [server.request(one)[0] for one in files] == [200] * len(files)
    assert "style=" not in html
    assert re.search(r"<script(?! (?:type=\"module\" )?src=)", html) is None
    assert re.search(r"\son[a-z]+=", html) is None


def test_what_the_therapist_wrote_is_text_and_nothing_else(tmp_path):
    """Markup in a reason is shown as it was typed."""
    item = PLAN.sessions[0].items[0].model_copy(update={"why": "<b>stiff</b> & slow"})
    session = PLAN.sessions[0].model_copy(update={"items": (item,)})
    with page_on(0, tmp_path, PLAN.model_copy(update={"sessions": (session,)})) as (server, _):
        assert "&lt;b&gt;stiff&lt;/b&gt; &amp; slow" in shown(server)


def test_seconds_and_what_the_camera_timed_are_said_with_their_unit(tmp_path):
    """A time is entered and compared in seconds; one that the camera took is offered."""

    def fill(store):
        outcome(store, 0, "sit_to_stand_5", 14.2)
        outcome(store, 3, "sit_to_stand_5", 13)
        store.take_in(session_on(2, sets=(stands(0, 2, 4, 6, 8),)))

    with page_on(3, tmp_path, fill=fill) as (server, _):
        text = words(shown(server))
    assert "Now 13 s, at the start 14.2 s. Less is better." in text
    assert "On 4 March 2026 the camera timed five stands: 8.8 seconds." in text


def test_charts_are_right_to_the_number(tmp_path):
    """45 at the start, 26 now: each lies on its share of 150 units, the band from 25 to 65."""
    with page_on(35, tmp_path, fill=four_weeks) as (server, _):
        html = shown(server)
    chart = html[html.index('aria-label="Pain, from 0 to 100"') :].split("</svg>")[0]
    number = r"(-?[\d.]+)"
    cy = float(re.search(rf'cy="{number}"', chart)[1])
    assert cy == pytest.approx(160 - 150 * 0.26)
    start = float(re.search(rf'start-line"[^>]*y1="{number}"', chart)[1])
    assert start == pytest.approx(160 - 150 * 0.45)
    important = float(re.search(rf'important-line"[^>]*y1="{number}"', chart)[1])
    assert important == pytest.approx(160 - 150 * 0.30)
    top, height = re.search(rf'band"[^>]*y="{number}"[^>]*height="{number}"', chart).groups()
    assert float(top) == pytest.approx(160 - 150 * 0.65)
    assert float(height) == pytest.approx(150 * 0.40)


def test_scores_are_kept_and_shown(tmp_path):
    """Every form: what it says is in the store, of today, by the patient."""
    with page_on(3, tmp_path) as (server, store):
        sent = [
            {"measure": "pain_0_100", "value": 40},
            {"measure": "global_rating", "value": -1},
            {"measure": "odi", "value": 22},
            {"measure": "sit_to_stand_5", "value": 13.4},
            {"measure": "rmdq", "ticked": [24, 1, 3, 3]},
            {"measure": "psfs", "activities": [{"name": " drive ", "rating": 4}, {"name": ""}]},
        ]
        answers = [server.post(ADDRESS, one) for one in sent]
        assert [status for status, *_ in answers] == [200] * 6
        kept = {one.measure: one for one in store.outcomes(ROBIN)}
        assert {name: one.score for name, one in kept.items()} == {
            "pain_0_100": 40, "global_rating": -1, "odi": 22, "sit_to_stand_5": 13.4,
            "rmdq": 3, "psfs_single": 4,
        }  # fmt: skip
        assert {one.day for one in kept.values()} == {day(3)}
        assert kept["rmdq"].answers == [1, 3, 24]
        assert kept["psfs_single"].answers == [{"name": "drive", "rating": 4}]
        text = shown(server)
        assert 'value="drive"' in text
        assert "Thank you. It is saved." not in text
        assert b"Thank you. It is saved." in server.request("/me?saved=odi")[2]


@pytest.mark.parametrize(
    ("sent", "field", "says"),
    [
        ({"measure": "pain_0_100", "value": 101}, "value", "a whole number from 0 to 100"),
        ({"measure": "pain_0_100", "value": 40.5}, "value", "a whole number from 0 to 100"),
        ({"measure": "pain_0_100"}, "value", "a whole number from 0 to 100"),
        ({"measure": "global_rating", "value": -6}, "value", "a whole number from -5 to 5"),
        ({"measure": "sit_to_stand_5", "value": 121}, "value", "a number from 0 to 120"),
        ({"measure": "rmdq", "ticked": [25]}, "ticked", "could not be saved"),
        ({"measure": "psfs", "activities": []}, "name_1", "name one to five things"),
        (
            {"measure": "psfs", "activities": [{"name": "a", "rating": 1}] * 2},
            "name_1",
            "each of them once",
        ),
        (
            {"measure": "psfs", "activities": [{"name": "a", "rating": 11}]},
            "rating_1",
            "a whole number from 0 to 10",
        ),
        (
            {"measure": "psfs", "activities": [{"name": ""}, {"name": " ", "rating": 3}]},
            "name_2",
            "name one to five things",
        ),
    ],
)
def test_what_is_not_on_the_scale_is_refused_beside_its_field(tmp_path, sent, field, says):
    """With what to do about it; nothing is kept."""
    with page_on(3, tmp_path) as (server, store):
        status, _, body = server.post(ADDRESS, sent)
        assert status == 422
        assert f'"field":"{field}"' in body.decode()
        assert says in body.decode()
        assert store.outcomes(ROBIN) == ()


@pytest.mark.parametrize(
    "sent",
    [
        {"measure": "pain_0_10", "value": 3},
        {"measure": "pain_0_100", "value": "3"},
        {"measure": "pain_0_100", "value": 3, "person": "alex"},
        {"measure": "rmdq", "ticked": list(range(1, 26))},
        [],
    ],
)
def test_what_no_form_sends_is_not_understood(tmp_path, sent):
    """No other measure, no words, nobody else's page."""
    with page_on(3, tmp_path) as (server, store):
        assert server.post(ADDRESS, sent)[0] == 422
        assert store.outcomes(ROBIN) == ()


def test_only_the_page_of_this_run_may_enter_anything(tmp_path):
    """Without the cookie nothing is shown; from another origin nothing is kept."""
    with page_on(3, tmp_path) as (server, store):
        assert server.request("/me", cookie="")[0] == 403
        evil = {"Origin": "http://evil.example"}
        body = b'{"measure": "pain_0_100", "value": 3}'
        assert server.request(ADDRESS, "POST", body, evil)[0] == 403
        assert store.outcomes(ROBIN) == ()


def test_the_questionnaire_is_word_for_word_the_published_one(tmp_path):
    """All 24 sentences in English, also on the German page, which says why."""
    with page_on(3, tmp_path) as (server, _):
        text = words(shown(server, "de"))
    assert [one for one in roland_morris().items if one not in text] == []
    assert "auf Englisch" in text


def test_without_a_prescription_there_is_no_page(tmp_path):
    """A session of one's own choice has no weeks."""
    with served(tmp_path) as server:
        server.open()
        assert server.request("/me")[0] == 404


def test_a_start_that_is_on_no_scale_is_said_and_not_hidden(tmp_path):
    """What the file has wrong is named, and nothing else is shown."""
    baseline = PLAN.baseline.model_copy(update={"function": {"psfs": 40.0}})
    plan = PLAN.model_copy(update={"baseline": baseline})
    with page_on(3, tmp_path, plan, lambda store: outcome(store, 2, "psfs", 5)) as (server, _):
        status, _, body = server.request("/me")
    assert status == 500
    assert b"expected a number from 0 to 10, got 40.0" in body
