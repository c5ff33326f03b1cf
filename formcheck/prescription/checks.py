"""Check a prescription against the clinical rules: what is not kept, why it matters, what to do.

Each rule of `formcheck.prescription.programme_rules` is one function here or in the modules beside
this one, under the rule's id. It yields a `Breach` for everything that does not keep it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from formcheck.exercises.schema import Exercise
from formcheck.prescription import programme_checks, safety_checks
from formcheck.prescription.case import Breach, Case
from formcheck.prescription.model import Override, Prescription, Screening
from formcheck.prescription.programme_rules import ProgrammeRule, Severity, programme_rules
from formcheck.prescription.resolving import check_resolvable
from formcheck.prescription.seal import state_of

_Check = Callable[[Case], Iterator[Breach]]
CHECKS: Mapping[str, _Check] = MappingProxyType({**safety_checks.CHECKS, **programme_checks.CHECKS})


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a prescription does not keep, or something to know.

    Attributes
    ----------
    what, fix
        What was found, and what to do about it, in plain words.
    where
        The session or exercise it is about; empty for the whole programme.
    override
        By whom and why the rule is set aside; None where it is not. What blocks cannot be.
    """

    rule: ProgrammeRule
    what: str
    fix: str
    where: str
    override: Override | None

    @property
    def severity(self) -> Severity:
        """What it means; what was set aside is only to be known."""
        return Severity.INFORM if self.override else self.rule.severity


def check(
    prescription: Prescription,
    exercises: Mapping[str, Exercise],
    today: date,
    before: Prescription | None = None,
    screened: Screening | None = None,
) -> tuple[Finding, ...]:
    """Return everything that the clinical rules have to say, what blocks first.

    Parameters
    ----------
    before
        The prescription that this one takes the place of, if there is one.
    screened
        Answers about warning signs that were given since it was written, if there are any.

    Raises
    ------
    PrescriptionError
        If it does not resolve into exercises (see `check_resolvable`).
    """
    exercises = prescription.known(exercises)
    check_resolvable(prescription, exercises)
    case = Case(prescription, exercises, today, state_of(prescription), before, screened)
    found = [
        _finding(rule, breach, prescription)
        for rule in programme_rules().values()
        for breach in CHECKS[rule.id](case)
    ]
    order = list(Severity)
    return tuple(sorted(found, key=lambda one: order.index(one.severity)))


def blocks(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return those with which no session begins."""
    return tuple(one for one in findings if one.severity is Severity.BLOCK)


def _finding(rule: ProgrammeRule, breach: Breach, prescription: Prescription) -> Finding:
    override = next((one for one in prescription.overrides if one.rule == rule.id), None)
    finding = Finding(rule, breach.what, breach.fix or rule.fix, breach.where, None)
    if override and rule.severity is Severity.WARN:
        return replace(finding, override=override)
    return finding
