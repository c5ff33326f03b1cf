"""What is said stays what is said: inert in page and PDF, the same bytes, nothing fetched."""

import re
import socket
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.patient_reports import svg
from formcheck.patient_reports.document import (
    Bullets,
    Column,
    Document,
    Drawing,
    Facts,
    Figures,
    Kind,
    Manner,
    Paragraph,
    Section,
    Table,
    sentences,
)
from formcheck.patient_reports.html import html_of
from formcheck.patient_reports.pdf import pdf_of
from tests.patient_reports.reading import (
    missing,
    page_texts,
    tags_of_page,
    words_of_page,
    words_of_pdf,
)

MADE = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
MARKUP = (
    '#panic("read")',
    '#image("/etc/passwd")',
    '#read("report.typ")',
    "<script>alert(1)</script>",
    "<img src=http://example.org/x onerror=alert(1)>",
    '<b>José</b> & Müller\'s "back" {{ 7 * 7 }} {% raw %}',
    "= Heading *bold* _slanted_ $x$ `code` // comment",
    "[[ \\ ]] @label <label> https://example.org/",
)
PLAIN = "Latin, Grüße, señor, cœur, Ελλάδα, Россия"


def document(*blocks, **changed):
    """Return a report of some blocks."""
    values = {
        "title": "Report",
        "subject": "robin, 5 March 2026",
        "language": "en",
        "made": MADE,
        "running": "formcheck",
        "page_of": "Page {n} of {total}",
        "blocks": blocks,
    }
    return Document(**{**values, **changed})


def everywhere(text):
    """Return a report that says a text wherever something can be said."""
    drawn = svg.picture(200, 30, [svg.words(2, 20, text, size=4)])
    return document(
        *(Paragraph(text, manner) for manner in Manner),
        Facts(((text, text),)),
        Bullets((text,)),
        Bullets((text,), is_ordered=True),
        Table(text, tuple(Column(text, kind) for kind in Kind), ((text,) * len(Kind),)),
        Figures((Drawing(drawn, text, text),)),
        Section(text, (Section(text, (Paragraph(text),), is_part=True),)),
        title=text,
        subject=text,
        running=text,
    )


@pytest.mark.parametrize("text", [*MARKUP, PLAIN])
def test_markup_in_what_is_said_stays_text(text):
    """In names and comments, in headings, cells, captions and drawings; it is read as it stands."""
    made = everywhere(text)
    html, pdf = html_of(made), pdf_of(made)
    assert missing(list(sentences(made.blocks)), words_of_page(html)) == []
    assert missing(list(sentences(made.blocks)), words_of_pdf(pdf)) == []
    tags = {tag for tag, _ in tags_of_page(html)}
    assert tags.isdisjoint({"script", "img", "b", "iframe", "object", "a"})


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=40))
def test_no_text_breaks_a_report(text):
    """Whatever somebody writes, both can be written, and the page says it."""
    made = document(Paragraph(text), Facts(((text, text),)), title=text)
    assert missing([text], words_of_page(html_of(made))) == []
    assert pdf_of(made).startswith(b"%PDF")


def test_letters_that_typst_has_no_font_for_do_not_keep_a_report_from_being_written():
    """A comment in Chinese is on the page; the PDF has at least the rest."""
    made = document(Paragraph("中文"), Paragraph("after it"))
    assert "中文" in words_of_page(html_of(made))
    assert "after it" in words_of_pdf(pdf_of(made))


def test_the_same_report_is_the_same_file():
    """Byte for byte; its date is that of what it tells, not of now."""
    made = everywhere(PLAIN)
    first = pdf_of(made)
    assert first == pdf_of(made)
    assert html_of(made) == html_of(made)
    later = pdf_of(replace(made, made=datetime(2027, 1, 1, tzinfo=UTC)))
    assert later != first
    assert facts_of(first)["CreationDate"] == "D:20260305083000Z"


def test_nothing_is_fetched_and_nothing_runs(monkeypatch):
    """Neither by making it nor by opening it."""

    def refuse(*_, **__):
        raise AssertionError("a report asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    made = everywhere(PLAIN)
    html = html_of(made)
    assert pdf_of(made)
    tags = tags_of_page(html)
    assert [tag for tag, _ in tags if tag in {"script", "link", "img", "iframe", "form"}] == []
    names = [name for _, attributes in tags for name in attributes]
    assert [one for one in names if one.startswith("on") or one in {"src", "href", "style"}] == []
    (policy,) = [one["content"] for tag, one in tags if tag == "meta" and "http-equiv" in one]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
    urls = set(re.findall(r"https?://[^\s\"'<]+", html))
    assert urls == {"http://www.w3.org/2000/svg"}  # the name of SVG, not an address


def test_the_pdf_is_accessible():
    """A4, tagged, with title and language, as PDF/UA-1 asks; drawings say what they show."""
    contents = pdf_of(replace(everywhere("Rücken"), language="de"))
    assert facts_of(contents)["Title"] == "Rücken, Rücken"
    assert b"pdfuaid:part>1<" in contents
    assert b"/Lang(de)" in contents
    pdf = pypdfium2.PdfDocument(contents)
    assert pdf.is_tagged()
    sizes = {tuple(map(round, pdf.get_page_size(n))) for n in range(len(pdf))}
    pdf.close()
    assert sizes == {(595, 842)}


def facts_of(contents):
    """Return what a PDF says of itself."""
    pdf = pypdfium2.PdfDocument(contents)
    facts = pdf.get_metadata_dict()
    pdf.close()
    return facts


def test_long_tables_repeat_their_heading_and_break_between_rows():
    """On every page, and no row is on two."""
    rows = tuple((f"row {n}", "two lines of it " * 12) for n in range(99))
    columns = (Column("Name", Kind.SHORT), Column("What"))
    texts = page_texts(pdf_of(document(Table("Many", columns, rows))))
    assert len(texts) > 2
    assert all("Name What" in text for text in texts)
    whole = [" ".join(text.split()).count("two lines of it") % 12 for text in texts]
    assert whole == [0] * len(texts)


@pytest.mark.parametrize("n_before", range(20, 60, 3))
def test_no_item_of_a_short_list_stands_alone_on_a_page(n_before):
    """It is on one page with its heading and with what leads to it, wherever that falls."""
    before = tuple(Paragraph(f"Something before it, number {n}.") for n in range(n_before))
    listed = Section("Heading", (Paragraph("Leads to it."), Bullets(("One.", "Two.", "Three."))))
    texts = page_texts(pdf_of(document(*before, listed)))
    (whole,) = [text for text in texts if "Three." in text]
    assert all(said in whole for said in ("Heading", "Leads to it.", "One.", "Two."))


def test_a_word_without_end_stays_on_the_page():
    """A pseudonym of 64 letters is broken, in a cell and in running text."""
    long = "x" * 64
    columns = (Column("a"), Column("b"), Column("c"), Column("d"))
    made = document(Paragraph(long), Table("t", columns, ((long,) * 4,)), subject=long)
    assert words_of_pdf(pdf_of(made)).count(long) >= 2
