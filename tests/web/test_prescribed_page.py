"""A prescribed session over the socket: what the page may answer, and what it may not."""

import json

import pytest

from formcheck.prescription.red_flags import RedFlagId
from formcheck.session.flow import SessionFlow
from formcheck.store import Store
from formcheck.web.programme import Programme
from tests.prescription.prescriptions import EXERCISES, STARTS, prescription
from tests.web.serving import served

NINE = 1772442000.0  # on the first day, in UTC


@pytest.fixture
def server(tmp_path):
    """Return a server with a prescription whose warning signs nobody has asked about."""
    with Store.open(tmp_path) as store:
        programme = Programme(prescription(red_flags=None), 1, EXERCISES, store)
        plan = programme.plan(STARTS)
        options = {"flow": SessionFlow, "programme": programme, "wall": lambda: NINE}
        with served(tmp_path, plan=plan, **options) as one:
            one.open()
            yield one


def asked(page):
    """Return the question that the session stands at."""
    return page.receive_stage("question")["question"]


@pytest.mark.parametrize(
    "answer",
    [
        {"type": "pain", "moment": "before", "rating": 11},
        {"type": "pain", "moment": "before", "rating": -1},
        {"type": "pain", "moment": "before", "rating": 2.5},
        {"type": "pain", "moment": "before", "rating": "2"},
        {"type": "pain", "moment": "yesterday", "rating": 2},
        {"type": "pain", "moment": "before"},
        {"type": "pain", "moment": "before", "rating": 2, "qualities": ["<script>"]},
        {"type": "screen", "positive": ["rf99"]},
        {"type": "screen", "positive": "rf01"},
        {"type": "screen"},
        {"type": "heat", "done": "yes"},
        {"type": "heat"},
    ],
    ids=json.dumps,
)
def test_what_is_no_answer_is_refused_and_changes_nothing(server, answer):
    """The page is told, and the question stands."""
    page = server.page()
    page.command("begin")
    assert asked(page)["kind"] == "warning_signs"
    page.send(answer)
    refused = page.receive_type("error")
    assert refused["code"] == "bad_message"
    page.send({"type": "screen", "positive": []})
    assert asked(page)["kind"] == "pain"


def test_every_sign_is_asked_with_its_words(server):
    """Twelve, in the language of the page, none with a diagnosis."""
    page = server.page()
    page.command("begin")
    signs = asked(page)["signs"]
    assert [one["id"] for one in signs] == list(RedFlagId)
    assert all(one["text"].endswith("?") for one in signs)


def test_a_yes_ends_it_with_what_to_do(server):
    """And the summary carries it; nothing was begun."""
    page = server.page()
    page.command("begin")
    asked(page)
    page.send({"type": "screen", "positive": ["rf01"]})
    said = page.receive_stage("summary")["said_at_end"]
    assert any("emergency number" in text for text in said)


def test_another_page_answers_nothing(server):
    """Only the tab that owns the session."""
    page, other = server.page(), server.page("page-two-5678")
    page.command("begin")
    assert asked(page)["kind"] == "warning_signs"
    other.send({"type": "screen", "positive": []})
    page.send({"type": "heat", "done": True})  # does not fit: changes nothing
    page.send({"type": "screen", "positive": []})
    assert asked(page)["kind"] == "pain"


def test_a_prescribed_plan_is_not_changed_on_the_page(server):
    """Another plan is refused, and the state says who it is for; signs can be asked for anew."""
    plan = {"exercises": [{"id": "front_plank", "sets": 1, "hold_s": 60}]}
    assert server.post("/api/plan", plan)[0] == 409
    state = json.loads(server.request("/api/state")[2])
    assert state["person"] == "P 17"
    assert server.post("/api/ask_signs", {})[0] == 200


def test_without_a_prescription_nobody_is_asked_about_signs(tmp_path):
    """There is nothing to ask for."""
    with served(tmp_path) as server:
        server.open()
        assert server.post("/api/ask_signs", {})[0] == 409
