"""A report as PDF: A4, tagged for screen readers, the same bytes for the same report.

What is said is handed to typst as data and never as markup; it may read no file and fetch
nothing, and sets everything in the fonts that come with it. Where these lack a letter (they have
Latin, Greek and Cyrillic) this computer's are taken; as a last resort the letter is left blank.
"""

import dataclasses
import json
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from formcheck.errors import OutputError
from formcheck.patient_reports.document import Block, Document, Section

TEMPLATE = "report.typ"
Standard = Literal["ua-1"] | None
# Whether in typst's fonts alone, and by which standard: PDF/UA asks for every letter to be shown.
_WAYS: tuple[tuple[bool, Standard], ...] = ((True, "ua-1"), (False, "ua-1"), (False, None))
_NOT_ACCESSIBLE = "PDF/UA-1 error"


def pdf_of(document: Document) -> bytes:
    """Return a report as PDF.

    Raises
    ------
    OutputError
        If typst cannot set it: a mistake in formcheck, never in what is said.
    """
    report = json.dumps(_plain(document), ensure_ascii=False)
    failed: typst.TypstError | None = None
    for own_fonts, standard in _WAYS:
        try:
            return _compiled(document, report, standard, own_fonts=own_fonts)
        except typst.TypstError as error:
            failed = failed or error
            if _NOT_ACCESSIBLE not in error.message:
                break
    raise OutputError(f"the report cannot be set as PDF: {failed}") from failed


def _compiled(document: Document, report: str, standard: Standard, *, own_fonts: bool) -> bytes:
    template = resources.files("formcheck.patient_reports") / "templates" / TEMPLATE
    with TemporaryDirectory() as alone:  # all that it can read, and where it would look
        file = Path(alone) / TEMPLATE
        file.write_bytes(template.read_bytes())
        written = typst.compile(
            file,
            root=Path(alone),
            package_path=Path(alone),
            package_cache_path=Path(alone),
            ignore_system_fonts=own_fonts,
            sys_inputs={"report": report},
            timestamp=int(document.made.timestamp()),
            pdf_standards=standard,
            format="pdf",
        )
    assert isinstance(written, bytes)
    return written


def _plain(document: Document) -> dict[str, Any]:
    names = ("title", "subject", "language", "running", "page_of")
    said = {name: getattr(document, name) for name in names}
    return {**said, "blocks": [_block(one) for one in document.blocks]}


def _block(block: Block) -> dict[str, Any]:
    kind = {"kind": type(block).__name__}
    if isinstance(block, Section):
        blocks = [_block(one) for one in block.blocks]
        return {**kind, "heading": block.heading, "is_part": block.is_part, "blocks": blocks}
    return {**kind, **dataclasses.asdict(block)}
