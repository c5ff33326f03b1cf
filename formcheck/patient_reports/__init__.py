"""Reports about a person for therapist, doctor and patient: a session, the weeks, the end.

Each is made once as plain values (`Document`), in one language, and written as HTML or PDF.
"""

from formcheck.patient_reports.document import Document
from formcheck.patient_reports.making import ReportKind, Request, report, write

__all__ = ["Document", "ReportKind", "Request", "report", "write"]
