"""The rules by which something is listed as needing attention, with rank and reason.

docs/review.md shows this table. The numbers are those of the programme's own rules; only how many
days fewer are fewer is said here.
"""

import enum
from dataclasses import dataclass

from formcheck.analysis.verdict import TOO_LITTLE_ASSESSED
from formcheck.prescription.adherence import LONG_GAP_DAYS
from formcheck.prescription.review import DUE_FROM_DAY, DUE_UNTIL_DAY
from formcheck.weeks.weeks import FRESH_DAYS

FEWER_DAYS = 2  # convention: one day fewer in two weeks is no fall


class NeedKind(enum.StrEnum):
    """What may need attention."""

    RED_FLAG = "red_flag"
    STOP_RULE = "stop_rule"
    SEAL_BROKEN = "seal_broken"
    PAIN_DOES_NOT_SETTLE = "pain_does_not_settle"
    PAIN_NOT_QUIET = "pain_not_quiet"
    PAIN_WORSE = "pain_worse"
    ADHERENCE_FALLS = "adherence_falls"
    NEW_FAULT = "new_fault"
    REVIEW_OVERDUE = "review_overdue"
    REVIEW_DUE = "review_due"
    STEP_WAITS = "step_waits"
    HARDLY_ASSESSED = "hardly_assessed"
    NOT_REVIEWED = "not_reviewed"


class Urgency(enum.StrEnum):
    """How soon."""

    NOW = "now"
    SOON = "soon"
    ROUTINE = "routine"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the list.

    Attributes
    ----------
    name
        What it is called in the list.
    when
        When something is listed by it.
    why
        Why it has the rank that it has.
    """

    kind: NeedKind
    urgency: Urgency
    name: str
    when: str
    why: str


_BY_RANK = (
    Rule(
        NeedKind.RED_FLAG,
        Urgency.NOW,
        "Warning sign",
        "a question about warning signs was answered with yes last, and nobody has looked into it",
        "it may be a sign of something that exercise does not treat; no session starts until then",
    ),
    Rule(
        NeedKind.STOP_RULE,
        Urgency.NOW,
        "Stop rule",
        "a stop rule of which the therapist has to know decided something in a session that is not"
        " signed off",
        "the patient was told that you would know",
    ),
    Rule(
        NeedKind.SEAL_BROKEN,
        Urgency.NOW,
        "Seal broken",
        "the prescription was changed after it was sealed, or cannot be read",
        "what is exercised is not what was signed",
    ),
    Rule(
        NeedKind.PAIN_DOES_NOT_SETTLE,
        Urgency.NOW,
        "Pain does not settle",
        "the last two sessions were both more than the back had settled from a day later (S06)",
        "the programme makes the next session half as large and asks for you",
    ),
    Rule(
        NeedKind.PAIN_NOT_QUIET,
        Urgency.SOON,
        "Pain not quiet",
        "in the last session with pain asked about, not signed off, pain rose by more than 2, was"
        " over the limit of the prescription, or had not settled a day later",
        "nothing is increased until it is quiet",
    ),
    Rule(
        NeedKind.PAIN_WORSE,
        Urgency.SOON,
        "Pain worse",
        "pain is worse than at the start by more than the error of the measure, measured in the"
        f" last {FRESH_DAYS} days",
        "the programme does not do what it is for",
    ),
    Rule(
        NeedKind.ADHERENCE_FALLS,
        Urgency.SOON,
        "Fewer days",
        f"{FEWER_DAYS} or more planned days fewer done in the last two weeks than at the rate of"
        f" the two before, or nothing done for {LONG_GAP_DAYS} days",
        "who stops is seldom heard of again; a word early helps",
    ),
    Rule(
        NeedKind.NEW_FAULT,
        Urgency.SOON,
        "New fault",
        "the newest session, not signed off, has an error that no session before had, in an"
        " exercise that was done before",
        "what is new is put right most easily",
    ),
    Rule(
        NeedKind.REVIEW_OVERDUE,
        Urgency.SOON,
        "Review overdue",
        f"more than {DUE_UNTIL_DAY} days since the start, and no contact since day {DUE_FROM_DAY}",
        "after six weeks the plan is to be kept, changed or ended",
    ),
    Rule(
        NeedKind.REVIEW_DUE,
        Urgency.ROUTINE,
        "Review due",
        f"day {DUE_FROM_DAY} to {DUE_UNTIL_DAY} of the programme, and no contact since day"
        f" {DUE_FROM_DAY}",
        "the result is looked at after four to six weeks",
    ),
    Rule(
        NeedKind.STEP_WAITS,
        Urgency.ROUTINE,
        "Step waits",
        "after the last session a change of an exercise was proposed that may not be taken without"
        " you",
        "the patient goes on as before until you have decided",
    ),
    Rule(
        NeedKind.HARDLY_ASSESSED,
        Urgency.ROUTINE,
        "Hardly assessed",
        f"less than {TOO_LITTLE_ASSESSED:.0%} of the newest session, not signed off, could be"
        " judged",
        "no fault found there means nothing; the camera may stand badly",
    ),
    Rule(
        NeedKind.NOT_REVIEWED,
        Urgency.ROUTINE,
        "Not reviewed",
        "a session is not signed off",
        "it is everything that nobody has looked at yet",
    ),
)
RULES = {one.kind: one for one in _BY_RANK}
"""Every rule, the most urgent first."""

RANK = {kind: number for number, kind in enumerate(RULES, start=1)}
"""The place of every kind, 1 for the most urgent."""
