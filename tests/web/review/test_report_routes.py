"""Reports in the therapist's pages: as the command writes them, behind the same door."""

import pytest

from formcheck.store import Store
from formcheck.web.security import CONTENT_SECURITY_POLICY
from tests.patient_reports.reading import page_texts, words_of_page
from tests.robin import ROBIN, prescribe, session_on
from tests.web.review.serving import served_review


@pytest.fixture
def store(tmp_path):
    """Return a store with a prescription and a session."""
    with Store.open(tmp_path / "sessions") as opened:
        prescribe(opened)
        opened.take_in(session_on(3, prescription_revision=1))
        yield opened


def test_every_report_is_a_page_and_a_pdf(store):
    """In the language that is asked for; the page has its style from here and runs nothing."""
    with served_review(store) as server:
        for kind, title in (
            ("session", "Bericht über eine Sitzung"),
            ("progress", "Verlaufsbericht"),
            ("discharge", "Abschlussbericht"),
        ):
            status, headers, body = server.request(f"/reports/{kind}/{ROBIN}?language=de")
            assert (status, words_of_page(body.decode())[: len(title)]) == (200, title)
            assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
            assert b"<style" not in body
            asked = f"/reports/{kind}/{ROBIN}?language=de&format=pdf"
            status, headers, body = server.request(asked)
            assert (status, headers["Content-Type"]) == (200, "application/pdf")
            assert headers["Content-Disposition"].startswith(f'inline; filename="{kind}-robin-')
            assert page_texts(body)[0].startswith(title)
        status, headers, _ = server.request("/reports/report.css")
        assert (status, headers["Content-Type"]) == (200, "text/css; charset=utf-8")


def test_a_session_is_asked_for_by_its_id(store):
    """The newest one where none is named."""
    first = store.sessions(ROBIN)[0].id
    store.take_in(session_on(5))
    with served_review(store) as server:
        assert b"5 March 2026" in server.request(f"/reports/session/{ROBIN}?session={first}")[2]
        assert b"7 March 2026" in server.request(f"/reports/session/{ROBIN}")[2]


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("session/nobody", b"does not know"),
        ("session/robin?session=nothing", b"has no session"),
        ("session/robin?session=../../etc/passwd", b"has no session"),
        ("progress/robin?language=xx", b"no texts in the language"),
        ("session/robin?format=exe", b"not understood"),
        ("secrets/robin", b"not understood"),
        (f"session/{'x' * 300}", b"not understood"),
    ],
)
def test_what_is_not_there_is_said_in_plain_words(store, path, says):
    """Neither a traceback nor anything of another file."""
    with served_review(store) as server:
        status, _, body = server.request(f"/reports/{path}")
    assert status == 422
    assert says in body


def test_reports_of_a_person_need_the_door_opened(store):
    """As every page."""
    with served_review(store) as server:
        assert server.request(f"/reports/session/{ROBIN}", cookie="")[0] == 403
