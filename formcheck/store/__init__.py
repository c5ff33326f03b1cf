"""The store: what is kept of whoever exercises here, in one SQLite file of this computer.

A live session is written to a folder while it happens (the journal); when it is over it is taken
in here, in one transaction. What is in the store, for how long, and how to be rid of it:
docs/data.md.
"""

from formcheck.store.corrections import Corrected, Correction, CorrectionKind
from formcheck.store.merging import HandedOver, Merged
from formcheck.store.records import SessionEnd, SessionLine, SessionRecord, SetRecord
from formcheck.store.statements import (
    OutcomeScore,
    PainRating,
    PrescriptionDraft,
    RedFlagScreen,
    RuleOverride,
    SavedPrescription,
)
from formcheck.store.store import DATABASE, Store

__all__ = [
    "DATABASE",
    "Corrected",
    "Correction",
    "CorrectionKind",
    "HandedOver",
    "Merged",
    "OutcomeScore",
    "PainRating",
    "PrescriptionDraft",
    "RedFlagScreen",
    "RuleOverride",
    "SavedPrescription",
    "SessionEnd",
    "SessionLine",
    "SessionRecord",
    "SetRecord",
    "Store",
]
