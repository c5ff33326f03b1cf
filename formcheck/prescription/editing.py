"""Change a prescription step by step: each function takes one and returns another.

A change never makes something that cannot be a prescription: what does not fit is refused with its
reason. Whether a change is wise is for the clinical rules to say (`formcheck.prescription.checks`).
"""

from collections.abc import Iterable
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.errors import PrescriptionError
from formcheck.exercises.contraindications import HealthCondition
from formcheck.prescription.day_words import in_words
from formcheck.prescription.made import made, with_facts
from formcheck.prescription.model import Confirmed, Override, Prescription, Screening, Therapist
from formcheck.prescription.red_flags import Clearance, RedFlagId
from formcheck.prescription.seal import sealed


def begun(prescription: Prescription) -> Prescription:
    """Return what the next revision begins from: what is done now, without a seal.

    Steps that were taken by themselves become part of it: the next ones count from there.
    """
    return with_facts(
        prescription,
        revision=prescription.revision + 1,
        sessions=prescription.sessions_now,
        steps=(),
        signature=None,
    )


def set_aside(
    prescription: Prescription, rule: str, by: str, reason: str, on: date
) -> Prescription:
    """Return the prescription with a clinical rule set aside, by name and with a reason."""
    others = minded(prescription, rule).overrides
    override = made(Override, {"rule": rule, "by": by, "reason": reason, "on": on})
    return with_facts(prescription, overrides=(*others, override))


def minded(prescription: Prescription, rule: str) -> Prescription:
    """Return the prescription with a rule no longer set aside."""
    kept = tuple(one for one in prescription.overrides if one.rule != rule)
    return with_facts(prescription, overrides=kept)


def confirmed(
    prescription: Prescription, exercise: str, condition: HealthCondition, by: str, reason: str
) -> Prescription:
    """Return the prescription with the word that an exercise may be done with a condition."""
    others = [
        one
        for one in prescription.confirmed
        if (one.exercise, one.condition) != (exercise, condition)
    ]
    told = {"exercise": exercise, "condition": condition, "by": by, "reason": reason}
    return with_facts(prescription, confirmed=(*others, made(Confirmed, told)))


def screened(prescription: Prescription, positive: Iterable[str], on: date) -> Prescription:
    """Return the prescription with new answers to the questions about warning signs."""
    return with_facts(prescription, red_flags=Screening(on=on, positive=frozenset(positive)))


def looked_into(
    prescription: Prescription, answers: Screening, flag: RedFlagId, by: str
) -> Prescription:
    """Return the prescription with a warning sign that a therapist has looked into.

    Parameters
    ----------
    answers
        Those that it is about: the newest.

    Raises
    ------
    UsageError
        If it is one that no therapist can clear from afar, or nobody is named.
    PrescriptionError
        If it was not answered with yes.
    """
    if flag not in answers.positive:
        raise PrescriptionError(f"{flag} was not answered with yes on {in_words(answers.on)}")
    Clearance(flag, by, answers.on)
    cleared = {**answers.cleared, flag.value: by.strip()}
    found = {"on": answers.on, "positive": answers.positive, "cleared": cleared}
    return with_facts(prescription, red_flags=made(Screening, found))


def as_if_sealed(prescription: Prescription, name: str, on: date) -> Prescription:
    """Return a draft as the clinical rules see it once it is signed: sealed, by a named therapist.

    The key is made for this alone, and thrown away.
    """
    therapist = prescription.therapist or made(Therapist, {"name": name, "licence": "-"})
    named = with_facts(prescription, therapist=therapist)
    return sealed(named, therapist.name, Ed25519PrivateKey.generate(), on)
