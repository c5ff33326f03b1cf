"""The report of a session says what the store keeps of it, and the same as page and as PDF."""

import json
from collections import Counter
from dataclasses import replace

import pytest

from formcheck.exercises.library import load_all
from formcheck.patient_reports.document import sentences
from formcheck.patient_reports.html import html_of
from formcheck.patient_reports.pdf import pdf_of
from formcheck.patient_reports.session_material import session_material
from formcheck.patient_reports.session_report import session_report
from formcheck.store import Store
from formcheck.texts import Texts, languages
from tests.patient_reports.reading import missing, numbers, words_of_page, words_of_pdf
from tests.robin import ANGEL, BRIDGE, ROBIN, done_set, prescribe, session_on
from tests.store.made_up import recording

EXERCISES = load_all()


@pytest.fixture(scope="module")
def session(tmp_path_factory):
    """Return a session of wall angels and bridges, with two faults and poses of the second set."""
    with Store.open(tmp_path_factory.mktemp("store")) as store:
        prescribe(store)
        bridges = replace(done_set(BRIDGE, 1, n_clean=4), poses=recording(120))
        sets = (done_set(ANGEL, n_clean=3), bridges)
        store.take_in(session_on(3, pain=(2, 4), sets=sets, prescription_revision=1))
        return session_material(store, ROBIN, None, EXERCISES)


@pytest.mark.parametrize("language", languages())
def test_page_and_pdf_say_the_same(session, language):
    """Every sentence is in both, and no number is in one of them alone."""
    document = session_report(session, Texts.load(language))
    page, pdf = words_of_page(html_of(document)), words_of_pdf(pdf_of(document))
    told = list(sentences(document.blocks))
    assert missing(told, page) == []
    assert missing(told, pdf) == []
    assert Counter(numbers(page)) == Counter(numbers(pdf))


def test_what_was_done_is_told_to_the_number(session):
    """Sets, repetitions, the clean share, pain and the worst of a fault with bound and error."""
    said = list(sentences(session_report(session, Texts.load("en")).blocks))
    assert "Pain rose from 2 before the session to 4 of 10 in it." in said
    row = said.index("Glute bridge")
    assert said[row + 1 : row + 6] == ["1 set: 5 repetitions", "1 of 1", "5", "\u2013", "80%"]
    worst = said.index("It is wrong.")
    assert said[worst + 1 : worst + 6] == ["fault", "1", "0.3", "0.2", "\u00b10.05"]


def test_what_was_prescribed_for_the_person_is_drawn(tmp_path):
    """A set is described with the numbers of this person, not with those of the file."""
    made = done_set(BRIDGE)
    facts = {
        "started": "",
        "language": "en",
        "plan": [{"exercise": made.exercise, "dose": {"repetitions": 5}}],
        "thresholds": {made.exercise: {"target": 21.0}},
    }
    began = {"type": "SetStarted", "set": made.name, "exercise": made.exercise}
    told = {"facts": json.dumps(facts).encode(), "events": json.dumps(began).encode()}
    with Store.open(tmp_path) as store:
        prescribe(store)
        store.take_in(session_on(1, sets=(made,), **told))
        (one,) = session_material(store, ROBIN, None, EXERCISES).sets
    assert EXERCISES[made.exercise].variants[0].repetition.signals[0].target != 21.0
    assert one.described.variants[0].repetition.signals[0].target == 21.0
