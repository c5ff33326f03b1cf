"""What a therapist has said counts in a report, and stands beside what the machine said."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from formcheck.exercises.library import load_all
from formcheck.patient_reports import ReportKind, Request, report
from formcheck.patient_reports.document import sentences
from formcheck.patient_reports.html import html_of
from formcheck.patient_reports.pdf import pdf_of
from formcheck.store import Corrected, Correction, CorrectionKind, Store
from formcheck.texts import languages
from tests.patient_reports.reading import missing, numbers, words_of_page, words_of_pdf
from tests.robin import BRIDGE, ROBIN, day, done_set, prescribe, session_on
from tests.store.made_up import recording

EXERCISES = load_all()
WHO = "Dr. <b>Ünal</b> #strong"
AT = datetime(2026, 3, 6, 9, 15, tzinfo=UTC)
SET = "set-02-glute_bridge"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return a store with a session of five bridges of which two are not what the machine says."""
    with Store.open(tmp_path_factory.mktemp("corrected")) as opened:
        prescribe(opened)
        bridges = replace(done_set(BRIDGE, 1, n_clean=4), poses=recording(60))
        (fault,) = bridges.faults
        in_the_fifth = replace(fault, start_s=20.5, end_s=22.0, evidence_s=21.0)
        bridges = replace(bridges, faults=(in_the_fifth,))
        opened.take_in(session_on(3, sets=(bridges,), prescription_revision=1))
        session_id = opened.sessions(ROBIN)[0].id

        def say(subject, kind, number=None, after=None, comment="", of=SET):
            said = Correction(
                session_id, of, subject, number, kind, None, after, WHO, AT, comment
            )  # fmt: skip
            opened.add_correction(said)

        say(Corrected.REPETITION, CorrectionKind.REJECTED, 2, comment="only shifted")
        say(Corrected.REPETITION, CorrectionKind.ADDED, after={"start_s": 25.0, "end_s": 28.0})
        say(Corrected.REPETITION, CorrectionKind.ADDED, after={"start_s": 28.5, "end_s": 29.5})
        say(Corrected.FAULT, CorrectionKind.REJECTED, 1)
        say(Corrected.REPETITION, CorrectionKind.ACCEPTED, 1)
        say(Corrected.SET, CorrectionKind.COMMENT, after={"at_s": 12.0}, comment="{{ calm }} *now*")
        say(Corrected.SESSION, CorrectionKind.SIGNED_OFF, comment="Go on like this.", of=None)
        yield opened


def made(store, language="en", kind=ReportKind.SESSION):
    """Return a report after the review."""
    return report(store, Request(kind, ROBIN, language, day(4)), EXERCISES)


@pytest.mark.parametrize("language", languages())
def test_page_and_pdf_say_the_same(store, language):
    """Names and comments with markup among it."""
    document = made(store, language)
    page, pdf = words_of_page(html_of(document)), words_of_pdf(pdf_of(document))
    told = list(sentences(document.blocks))
    assert missing(told, page) == []
    assert missing(told, pdf) == []
    assert Counter(numbers(page)) == Counter(numbers(pdf))


def test_what_counts_stands_beside_what_the_machine_said(store):
    """One repetition less and two more are six; without the fault all of them are clean."""
    told = list(sentences(made(store).blocks))
    at = told.index("1 (at 2:00)")
    assert told[at + 1 : at + 5] == ["6 (machine: 5)", "0", "0", "100%"]
    assert told[told.index("Corrected by") + 1] == WHO
    assert "It is wrong." not in told[: told.index("Review by the therapist")]


def test_who_said_what_instead_is_listed(store):
    """With what was added, the comments, what was confirmed, and who has signed off when."""
    told = list(sentences(made(store).blocks))
    at = told.index("Repetition 2 (at 0:08)")
    assert told[at - 1 : at + 3] == [
        "Glute bridge, set 1",
        "Repetition 2 (at 0:08)",
        "rejected",
        WHO,
    ]
    assert "added: 0:25\u20130:28" in told
    assert "1 judgement of the machine was confirmed." in told
    assert told[told.index("Looked through and signed off") + 1].startswith(f"{WHO}, 6 March 2026")
    assert "Go on like this." in told
    assert any(one.endswith("): {{ calm }} *now*") and "at 0:12" in one for one in told)
    assert any(one.endswith("): only shifted") and "Repetition 2" in one for one in told)


def test_the_report_is_of_the_newest_thing_it_tells(store):
    """Corrected the day after the session: its date is that day's."""
    assert made(store).made == AT


def test_weeks_count_what_is_true(store):
    """The week has six repetitions, all clean; the machine had five, and a fifth of them faulty."""
    told = list(sentences(made(store, kind=ReportKind.PROGRESS).blocks))
    at = told.index("2 Mar", told.index("Highest pain"))
    assert (told[at + 3], told[at + 5]) == ("6", "100%")
