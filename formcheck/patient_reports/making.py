"""From what is asked for to the report: which kind, of whom, in which language, as which file."""

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formcheck.errors import UsageError
from formcheck.exercises.schema import Exercise
from formcheck.files import atomic_path
from formcheck.patient_reports.discharge_report import discharge_report
from formcheck.patient_reports.document import Document
from formcheck.patient_reports.evidence import no_frames
from formcheck.patient_reports.first_and_last import first_and_last
from formcheck.patient_reports.html import html_of
from formcheck.patient_reports.pdf import pdf_of
from formcheck.patient_reports.progress_report import progress_report
from formcheck.patient_reports.session_material import Progress, session_material, silently
from formcheck.patient_reports.session_report import session_report
from formcheck.patient_reports.video_frames import VideoFrames
from formcheck.patient_reports.weeks_material import weeks_material
from formcheck.store import Store
from formcheck.texts import Texts

_NOT_IN_NAMES = re.compile(r"[^\w.-]+", re.ASCII)


class Format(enum.StrEnum):
    """As what a report can be written."""

    HTML = "html"
    PDF = "pdf"


SUFFIXES = tuple(f".{one}" for one in Format)


class ReportKind(enum.StrEnum):
    """Which reports there are."""

    SESSION = "session"
    PROGRESS = "progress"
    DISCHARGE = "discharge"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    Attributes
    ----------
    today
        As on which day.
    session
        The id of a session; None for the newest one. Of a session's report alone.
    pictures
        Whether pictures of a kept video take the place of drawings: they show the person.
    """

    kind: ReportKind
    person: str
    language: str
    today: date
    session: str | None = None
    pictures: bool = False


def report(
    store: Store,
    asked: Request,
    exercises: Mapping[str, Exercise],
    progress: Progress = silently,
) -> Document:
    """Return a report.

    Raises
    ------
    UsageError
        If there is no such language.
    StoreError
        If there is no such person or session, or nothing to report.
    """
    texts = Texts.load(asked.language)
    match asked.kind:
        case ReportKind.SESSION:
            made = session_material(store, asked.person, asked.session, exercises, progress)
            frames = VideoFrames(store.folder, made.record) if asked.pictures else no_frames
            return session_report(made, texts, frames)
        case ReportKind.PROGRESS:
            weeks = weeks_material(store, asked.person, asked.today, exercises)
            return progress_report(weeks, texts)
        case ReportKind.DISCHARGE:
            weeks = weeks_material(store, asked.person, asked.today, exercises)
            return discharge_report(
                weeks, tuple(first_and_last(store, weeks.sets, weeks.exercises)), texts
            )


def write(document: Document, path: Path) -> None:
    """Write a report as what the file's name says: ``.html`` or ``.pdf``.

    Raises
    ------
    UsageError
        If it says anything else.
    OutputError
        If it cannot be written.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"{path}: expected a file that ends in {' or '.join(SUFFIXES)}")
    is_pdf = suffix == f".{Format.PDF}"
    contents = pdf_of(document) if is_pdf else html_of(document).encode()
    with atomic_path(path) as temporary:
        temporary.write_bytes(contents)


def file_name(asked: Request, as_format: Format) -> str:
    """Return what a report may be saved as: plain letters alone, whatever somebody is called.

    Examples
    --------
    >>> asked = Request(ReportKind.SESSION, "Zoë/../x", "en", date(2026, 3, 2))
    >>> file_name(asked, Format.PDF)
    'session-Zo-..-x-2026-03-02.pdf'
    """
    person = _NOT_IN_NAMES.sub("-", asked.person).strip("-")
    return f"{asked.kind}-{person}-{asked.today}.{as_format}"
