"""A report as one self-contained page: nothing on it runs, and nothing is loaded from anywhere."""

from functools import cache
from importlib import resources

import jinja2
from markupsafe import Markup

from formcheck.patient_reports.document import Document, Kind
from formcheck.templating import environment

STYLE = "report.css"
_CLASSES = {
    Kind.WIDE: Markup(' class="w"'),
    Kind.TEXT: Markup(""),
    Kind.SHORT: Markup(' class="s"'),
    Kind.NUMBER: Markup(' class="n"'),
}


def html_of(document: Document, stylesheet: str = "") -> str:
    """Return a report as HTML.

    Parameters
    ----------
    stylesheet
        Where its style is served from; inside the page where it is empty.
    """
    return _template().render(
        document=document,
        stylesheet=stylesheet,
        style=Markup(style()),
    )


@cache
def style() -> str:
    """Return the style of a report, on screen and in print."""
    file = resources.files("formcheck.patient_reports") / "templates" / STYLE
    return file.read_text(encoding="utf-8")


@cache
def _template() -> jinja2.Template:
    templates = environment("formcheck.patient_reports", autoescape=True)
    templates.filters["drawn"] = Markup
    templates.filters["marked"] = lambda kind: _CLASSES[kind]
    templates.filters["kind"] = lambda block: type(block).__name__
    return templates.get_template("report.html.j2")
