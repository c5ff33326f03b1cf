"""Reports about weeks tell first against now, call nothing progress that is chance, and agree."""

from collections import Counter

import pytest

from formcheck.errors import StoreError
from formcheck.exercises.library import load_all
from formcheck.patient_reports import ReportKind, Request, report
from formcheck.patient_reports.document import sentences
from formcheck.patient_reports.html import html_of
from formcheck.patient_reports.pdf import pdf_of
from formcheck.store import Store
from formcheck.texts import languages
from tests.patient_reports.reading import missing, numbers, words_of_page, words_of_pdf
from tests.patient_reports.weeks_of_robin import LAST, keep_weeks
from tests.robin import PLAN, ROBIN, day, prescribe

EXERCISES = load_all()
KINDS = [ReportKind.PROGRESS, ReportKind.DISCHARGE]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Return a store with six weeks of Robin."""
    with Store.open(tmp_path_factory.mktemp("weeks")) as opened:
        keep_weeks(opened)
        yield opened


def made(store, kind, language="en", on=LAST):
    """Return a report as of a day of the programme."""
    return report(store, Request(kind, ROBIN, language, day(on)), EXERCISES)


def said(store, kind, **asked):
    """Return every sentence of a report."""
    return list(sentences(made(store, kind, **asked).blocks))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_page_and_pdf_say_the_same(store, kind, language):
    """Every sentence is in both, and no number is in one of them alone."""
    document = made(store, kind, language)
    page, pdf = words_of_page(html_of(document)), words_of_pdf(pdf_of(document))
    told = list(sentences(document.blocks))
    assert missing(told, page) == []
    assert missing(told, pdf) == []
    assert Counter(numbers(page)) == Counter(numbers(pdf))


def test_outcomes_stand_with_what_their_change_is_worth(store):
    """Start, now, better by, least important change, error: as docs/outcomes.md has them."""
    told = said(store, ReportKind.PROGRESS)
    at = told.index("Pain in the last week, 0 to 100, less is better")
    assert told[at + 1 : at + 8] == [
        "62", "26", "5 Apr", "36", "15", "20", "better by so much that it matters",
    ]  # fmt: skip
    at = told.index("Five stands from a chair, in seconds, less is better")
    assert told[at + 4 : at + 8] == ["1.1", "2.3", "4.2", "no change that can be told from chance"]


def test_what_is_chance_was_not_reached(store):
    """At discharge a change within the error stands with what was not reached."""
    told = said(store, ReportKind.DISCHARGE)
    not_reached = told.index("Not better by so much that it matters:")
    (stands,) = [
        at for at, one in enumerate(told) if one.startswith("Five stands") and ": from" in one
    ]
    (pain,) = [at for at, one in enumerate(told) if "to 100, less is better: from 62 to 26" in one]
    assert pain < not_reached < stands


def test_days_and_changes_of_the_programme_are_counted(store):
    """Planned and done days since the start; the dose that changed, the exercise that came."""
    told = said(store, ReportKind.PROGRESS)
    assert "29 of 40 planned days were done (72%)." in told
    assert (
        "from 1 set: 5 repetitions to 2 sets: 8 repetitions, 30 seconds of rest in between" in told
    )
    assert "Seated thoracic rotation (left)" in told
    assert "limit of pain from 5 to 4 of 10" in told


def test_the_home_programme_stretches_before_it_strengthens(store):
    """Heat first, the seated turn and the angel next, the plank last."""
    told = said(store, ReportKind.DISCHARGE)
    home = told[told.index("Exercises to go on with at home") :]
    order = ["First 15 minutes of heat on the back.", "Seated thoracic rotation", "Front plank"]
    assert [home.index(one) for one in order] == sorted(home.index(one) for one in order)


def test_the_most_urgent_signs_come_first(store):
    """Whoever reads only the first lines reads about the emergency number."""
    told = said(store, ReportKind.DISCHARGE)
    at = told.index("Do this")
    assert told[at + 2] == "Call the emergency number now."


def test_a_report_of_an_earlier_day_knows_nothing_of_later(store):
    """As of the ninth day there is one entry of pain, no second questionnaire, and 7 of 9 days."""
    told = said(store, ReportKind.PROGRESS, on=8)
    assert "7 of 9 planned days were done (78%)." in told
    assert not [one for one in told if one.startswith("Patient-specific")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_programme_in_which_nothing_was_done_is_told_as_that(tmp_path, kind):
    """No number is made up where there is none, and the page can be written."""
    with Store.open(tmp_path) as empty:
        prescribe(empty, PLAN)
        document = made(empty, kind, on=0)
        told = list(sentences(document.blocks))
        assert "Nothing was entered about pain and daily life." in told
        assert (
            "Pain and daily life cannot be compared with the start: too little was entered." in told
        )
        assert words_of_page(html_of(document))
        assert pdf_of(document)


@pytest.mark.parametrize("kind", list(ReportKind))
def test_who_is_not_known_is_named(store, kind):
    """The message says whom the store knows."""
    with pytest.raises(StoreError, match=r"does not know 'nobody'; it knows robin"):
        report(store, Request(kind, "nobody", "en", day(0)), EXERCISES)


def test_nothing_prescribed_is_a_clear_error(tmp_path, store):
    """There is no plan to compare with."""
    with Store.open(tmp_path) as other:
        other.take_in(next(iter([store.session(store.sessions(ROBIN)[0].id)])))
        with pytest.raises(StoreError, match="nothing is prescribed to 'robin'"):
            made(other, ReportKind.PROGRESS)
