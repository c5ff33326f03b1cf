"""A person's page from a running server: how it goes, and what there is to look at."""

import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from formcheck.exercises.dose import Dose
from formcheck.exercises.library import load_all
from formcheck.prescription.model import PlannedSession
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.reviewing.attention_rules import NeedKind
from formcheck.reviewing.overview import overview
from formcheck.session.events import RuleApplied
from formcheck.store import Corrected, CorrectionKind, RedFlagScreen, Store
from formcheck.texts.language_file import read
from formcheck.texts.texts import ENGLISH
from formcheck.web.review.clinical_words import REASONS, STOP_RULES
from formcheck.web.security import CONTENT_SECURITY_POLICY
from tests.handover.made_up import correction
from tests.prescription.prescriptions import item
from tests.robin import PLAN, ROBIN, day, outcome, prescribe, session_on
from tests.web.review.serving import served_review
from tests.web.test_my_page import words


@contextmanager
def page_on(number, folder, plan=PLAN, fill=lambda _: None):
    """Serve the therapist's pages as they are at noon of a day of Robin's programme."""
    noon = datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=12)
    with Store.open(folder / "sessions") as store:
        if plan is not None:
            prescribe(store, plan)
        fill(store)
        with served_review(store, wall=noon.timestamp) as server:
            yield server, store


def shown(server, path=f"/people/{ROBIN}", status=200):
    """Return a page as text."""
    got, headers, body = server.request(path)
    assert got == status, body
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    return body.decode()


def five_weeks(store):
    """Keep some sessions of five weeks, the last of them with a stop, and what was entered."""
    store.take_in(session_on(0, pain=(6, 5)))
    for number in (32, 33):
        store.take_in(session_on(number, pain=(5, 5)))
    stop = RuleApplied(100.0, StopRuleId.S04.value, "end_session", True, 0)
    store.take_in(session_on(34, pain=(5, 7), rules_applied=(stop,)))
    outcome(store, 34, "pain_0_100", 26)
    store.add_screen(ROBIN, RedFlagScreen(session_on(34).started, ("rf08",)))


def test_the_page_says_how_it_goes_and_what_to_look_at(tmp_path):
    """Days, review, sessions, what applied, what was entered, what is prescribed and comes next."""
    with page_on(35, tmp_path, fill=five_weeks) as (server, _):
        html = shown(server)
    text = words(html)
    for said in (
        "Sit at work for an afternoon",
        "Planned days done 4 of 35 11%",
        "Review due 6 Apr",
        "Now Stop rule: A new kind of pain, or newly numb or weak (S04)",
        "Now Warning sign:",
        "(rf08, soon). Look into it",
        "No session begins: answered with yes and not looked into: rf08.",
        "Wall angel 1 x 5",
        "changes by itself",
        "A stop for a new symptom, or a dose that cannot get smaller.",
        "5 April 2026 Wall angel, Glute bridge 2 of 2 100% 5 → 7",
        "4 in all",
        "Now 26, at the start 45.",
        "5 Apr Pain, from 0 to 100 26",
    ):
        assert said in text, said
    assert f'href="/sessions/{session_on(34).id}"' in html


def test_a_person_without_a_prescription_has_a_page(tmp_path):
    """Their sessions, and the way to a first prescription."""

    def fill(store):
        store.take_in(session_on(0))

    with page_on(3, tmp_path, None, fill) as (server, _):
        text = words(shown(server))
    assert "Write a first prescription" in text
    assert "2 March 2026 Wall angel, Glute bridge" in text


def test_nobody_has_a_page_who_is_not_known(tmp_path):
    """Whatever is asked for is said as text."""
    with page_on(3, tmp_path) as (server, _):
        html = shown(server, "/people/%3Cb%3Eno%3C/b%3E", 404)
        assert shown(server, "/people/nobody", 404)
    assert "<b>no" not in html


def test_many_sessions_are_shown_page_by_page(tmp_path):
    """The newest first; a page that there is not is the nearest one."""

    def fill(store):
        for number in range(15):
            store.take_in(session_on(number))

    with page_on(20, tmp_path, fill=fill) as (server, _):
        first, second, far = (
            shown(server, f"/people/{ROBIN}?page={n}") for n in ("1", "2", "99999999999")
        )
    assert re.findall(r'/sessions/[^"]*-(\w{6})"', first)[0] == f"{14:06x}"
    assert re.findall(r'/sessions/[^"]*-(\w{6})"', second) == [f"{n:06x}" for n in (2, 1, 0)]
    assert "page 2 of 2" in far


def test_who_has_signed_off_a_session_stands_beside_it(tmp_path):
    """And the others are said to be not reviewed yet."""

    def fill(store):
        for number in (0, 1):
            store.take_in(session_on(number))
        about = {"subject": Corrected.SESSION, "set_name": None, "number": None, "before": None}
        signed = {"kind": CorrectionKind.SIGNED_OFF, "who": "<i>Dr</i>", **about}
        store.add_correction(correction(session_on(1).id, **signed))

    with page_on(3, tmp_path, fill=fill) as (server, _):
        html = shown(server)
    assert html.count("not yet</span>") == 1
    assert "✓ &lt;i&gt;Dr&lt;/i&gt;" in html


def test_a_stop_rule_is_to_be_looked_at_until_its_session_is_signed_off(tmp_path):
    """It leads to that session; afterwards it stands in the list alone."""

    def sign_off(store):
        five_weeks(store)
        about = {"subject": Corrected.SESSION, "set_name": None, "number": None, "before": None}
        store.add_correction(correction(session_on(34).id, kind=CorrectionKind.SIGNED_OFF, **about))

    with page_on(35, tmp_path / "open", fill=five_weeks) as (server, _):
        link = f'href="/sessions/{session_on(34).id}">To the session'
        assert link in shown(server)
    with page_on(35, tmp_path / "signed", fill=sign_off) as (server, _):
        html = shown(server)
    assert link not in html
    assert html.count("A new kind of pain or a neurological sign") == 1


def test_what_is_to_be_looked_at_is_what_the_list_of_everybody_says(tmp_path):
    """All of it, in the same order; what is to be reviewed stands beside each session."""
    with page_on(35, tmp_path, fill=five_weeks) as (server, store):
        (line,) = overview(store, load_all(), day(35))
        text = words(shown(server))
    named = [one.rule.name for one in line.needs if one.kind is not NeedKind.NOT_REVIEWED]
    assert len(named) >= 3
    places = [text.index(f"{name}:", text.index("To look at")) for name in named]
    assert places == sorted(places)


def test_what_somebody_wrote_is_text_and_nothing_else(tmp_path):
    """Markup in a goal, a name or a number of an exercise is shown as it was typed."""
    bad = "<img src=x onerror=alert(1)>"
    odd = item("glute_bridge", dose=Dose(repetitions=5), thresholds={bad: 1.0})
    plan = PLAN.model_copy(
        update={"goal": bad, "sessions": (PlannedSession(items=(odd,), name=bad),)}
    )

    def fill(store):
        store.take_in(session_on(0, sets=()))

    with page_on(1, tmp_path, fill=fill) as (server, store):
        prescribe(store, plan)
        status, _, body = server.request(f"/people/{ROBIN}")
    assert status == 422  # the number is none that the exercise has: it is said, not run
    assert bad.encode() not in body
    plan = plan.model_copy(update={"sessions": PLAN.sessions})
    with page_on(1, tmp_path / "other", plan, fill) as (server, _):
        assert bad not in shown(server)


def test_everything_that_may_be_proposed_has_a_reason_for_the_therapist():
    """Whatever the patient is told about progress, and every stop rule."""
    told = {key for key in read(ENGLISH) if key.startswith("progress")}
    assert told <= REASONS.keys()
    assert set(STOP_RULES) == set(StopRuleId)
