"""The tables of the store; the migrations make them, these classes read and write them."""

from formcheck.store.tables.audit import AuditRow
from formcheck.store.tables.base import Table, row_of, value_of, values_of
from formcheck.store.tables.people import (
    CorrectionRow,
    OutcomeRow,
    OverrideRow,
    PainRow,
    PersonRow,
    PrescriptionRow,
    ScreenRow,
)
from formcheck.store.tables.sessions import (
    AbstentionRow,
    AttemptRow,
    CheckRow,
    FaultRow,
    HoldRow,
    PainReportRow,
    PoseChunkRow,
    RepetitionRow,
    RuleAppliedRow,
    SessionRow,
    SetRow,
)
from formcheck.store.tables.summaries import PersonFactsRow, SummaryRow

__all__ = [
    "AbstentionRow",
    "AttemptRow",
    "AuditRow",
    "CheckRow",
    "CorrectionRow",
    "FaultRow",
    "HoldRow",
    "OutcomeRow",
    "OverrideRow",
    "PainReportRow",
    "PainRow",
    "PersonFactsRow",
    "PersonRow",
    "PoseChunkRow",
    "PrescriptionRow",
    "RepetitionRow",
    "RuleAppliedRow",
    "ScreenRow",
    "SessionRow",
    "SetRow",
    "SummaryRow",
    "Table",
    "row_of",
    "value_of",
    "values_of",
]
