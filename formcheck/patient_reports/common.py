"""What every report says in the same words."""

from formcheck.patient_reports.document import Bullets, Section
from formcheck.patient_reports.words import ReportWords
from formcheck.store import SavedPrescription
from formcheck.weeks.days import local_day

_LIMITS = ("one_camera", "error", "not_seen", "form", "no_diagnosis", "kept")


def limits(words: ReportWords) -> Section:
    """Return what the measurements can and cannot say."""
    return Section(
        words.say("limits"),
        (Bullets(tuple(words.coded(f"report.limit.{one}") for one in _LIMITS)),),
    )


def sealed_by(saved: SavedPrescription, words: ReportWords) -> str:
    """Return who has sealed a revision, and when, or who has saved it."""
    if saved.signed_by is None or saved.signed_at is None:
        return words.say(
            "saved_by", name=saved.saved_by, date=words.texts.date(local_day(saved.saved_at))
        )
    return words.say(
        "sealed_by", name=saved.signed_by, date=words.texts.date(local_day(saved.signed_at))
    )
