"""Whatever a session holds, its report can be written, and page and PDF have the same numbers."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.analysis.events import Fault, Hold
from formcheck.exercises.dose import Dose
from formcheck.exercises.library import load_all
from formcheck.exercises.rules import BodyPart, Phase
from formcheck.landmarks import Side
from formcheck.patient_reports.document import sentences
from formcheck.patient_reports.html import html_of
from formcheck.patient_reports.pdf import pdf_of
from formcheck.patient_reports.session_material import session_material
from formcheck.patient_reports.session_report import session_report
from formcheck.store import Store
from formcheck.texts import Texts, languages
from tests.patient_reports.reading import missing, numbers, words_of_page, words_of_pdf
from tests.prescription.prescriptions import item
from tests.robin import ROBIN, done_set, session_on
from tests.store.made_up import SESSIONS, recording

EXERCISES = load_all()
FEW = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
NAMES = {
    "glute_bridge": ["drops", "#set page(width: 1pt)"],
    "front_plank": ["sags", "<b>bold</b>"],
    "bird_dog": ["leg_high", "gone"],
}
_values = st.one_of(st.floats(-200, 200), st.just(float("nan")))
_times = st.floats(0, 2000)


@st.composite
def faults(draw, exercise):
    """Draw a fault with any values, of a kind that the exercise has or has no longer."""
    name = draw(st.sampled_from(NAMES[exercise]))
    at_s = draw(_times)
    return Fault(
        name, draw(st.sampled_from(["error", "advice"])), "hip_lift", draw(_values),
        draw(_values), draw(st.sampled_from(["deg", "ratio", "trunk lengths", "s"])),
        abs(draw(_values)), Phase.EFFORT, draw(st.sampled_from(BodyPart)),
        draw(st.sampled_from([None, *Side])), at_s, at_s + 1, at_s + 0.5, "good", name, name,
    )  # fmt: skip


@st.composite
def done_sets(draw, number):
    """Draw a set: repeated or held, with faults or without, seen or not."""
    exercise = draw(st.sampled_from(sorted(NAMES)))
    dose = Dose(sets=draw(st.integers(1, 5)), repetitions=draw(st.integers(1, 30)))
    # What is repeated is not held: numbers drawn over each other read as one.
    made = done_set(item(exercise, dose=dose), number, n_done=draw(st.integers(0, 30)))
    held_s = draw(st.floats(0, 300))
    hold = Hold(1, "x", 3.0, 3.0 + held_s, held_s, draw(st.integers(0, 5)))
    return replace(
        made,
        set_number=number + 1,
        faults=tuple(draw(st.lists(faults(exercise), max_size=4))),
        holds=(hold,) if not made.repetitions and draw(st.booleans()) else (),
        assessed_share=draw(st.floats(0, 1)),
        poses=recording(30) if draw(st.booleans()) else b"damaged",
    )


@FEW
@given(
    sets=st.integers(0, 20).flatmap(lambda n: st.tuples(*map(done_sets, range(n)))),
    pain=st.tuples(*[st.none() | st.integers(0, 10)] * 2),
    language=st.sampled_from(sorted(languages())),
)
def test_page_and_pdf_have_the_same_sentences_and_numbers(tmp_path_factory, sets, pain, language):
    """From no set to twenty, with values that were not read and poses that cannot be."""
    with Store.open(tmp_path_factory.mktemp("any")) as store:
        store.take_in(session_on(3, pain=pain, sets=sets))
        document = session_report(
            session_material(store, ROBIN, None, EXERCISES), Texts.load(language)
        )
    page, pdf = words_of_page(html_of(document)), words_of_pdf(pdf_of(document))
    told = list(sentences(document.blocks))
    assert missing(told, page) == []
    assert missing(told, pdf) == []
    assert Counter(numbers(page)) == Counter(numbers(pdf))


@FEW
@given(record=SESSIONS)
def test_any_session_that_a_store_keeps_can_be_reported(tmp_path_factory, record):
    """Also one of exercises, faults and measures that this formcheck has never heard of."""
    with Store.open(tmp_path_factory.mktemp("any")) as store:
        store.take_in(record)
        made = session_material(store, ROBIN, None, EXERCISES)
        document = session_report(made, Texts.load("en"))
    assert html_of(document)
    assert pdf_of(document).startswith(b"%PDF")


@pytest.mark.parametrize("n_sets", [0, 1])
def test_a_session_of_nothing_says_so(tmp_path, n_sets):
    """Nothing done is told in words, and no number is made up."""
    with Store.open(tmp_path) as store:
        sets = tuple(done_set(item("glute_bridge"), n, n_done=0) for n in range(n_sets))
        store.take_in(session_on(3, pain=(None, None), sets=sets))
        made = session_material(store, ROBIN, None, EXERCISES)
        told = list(sentences(session_report(made, Texts.load("en")).blocks))
    assert ("No set was begun in this session." in told) is (n_sets == 0)
    assert "Nobody was asked about pain in this session." in told
    assert "The session followed no prescription." in told
