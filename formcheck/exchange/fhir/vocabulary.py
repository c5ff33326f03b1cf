"""The words of a bundle: codes of published systems where they are sure, formcheck's own elsewhere.

A system whose address begins with ``urn:formcheck:`` is formcheck's own and is registered nowhere;
every code of it that a bundle uses is explained in a `CodeSystem` within that bundle.
"""

import re
from dataclasses import dataclass, field
from typing import Any

Resource = dict[str, Any]

URN = "urn:formcheck"
EXERCISE, FAULT, FINDING, OUTCOME = (
    f"{URN}:{x}" for x in ("exercise", "fault", "finding", "outcome")
)
SIDE, PAIN_MOMENT, PAIN_QUALITY = (f"{URN}:{x}" for x in ("side", "pain-moment", "pain-quality"))
LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
_HL7 = "http://terminology.hl7.org/CodeSystem"
CATEGORIES = f"{_HL7}/observation-category"
ABSENT_REASONS = f"{_HL7}/data-absent-reason"
PARTICIPANTS = f"{_HL7}/provenance-participant-type"

PAIN_0_TO_10 = {
    "system": LOINC,
    "code": "72514-3",
    "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
}

FINDINGS = {
    "repetitions": "Repetitions of an exercise in a set",
    "held-time": "Time inside a posture in a set",
    "repetitions-by-machine": "Repetitions as the machine counted them, before corrections",
    "held-time-by-machine": "Time inside a posture as the machine timed it, before corrections",
    "repetitions-with-faults": "Repetitions with at least one fault",
    "attempts": "Movements that turned back too early to count",
    "due": "What was due in the set",
    "assessed-share": "Share of the pictures that could be judged",
    "pain-moment": "When pain was asked about",
    "pain-quality": "What kind of feeling it is",
    "exercise": "The exercise that it is about",
}

_CODE = re.compile(r"[^\s]+( [^\s]+)*")  # as FHIR defines the type


@dataclass(slots=True)
class Codes:
    """Makes coded values, and remembers which of formcheck's own codes were used.

    Examples
    --------
    >>> codes = Codes()
    >>> codes.concept(SIDE, "left", "left")["coding"][0]["code"]
    'left'
    >>> [system["url"] for system in codes.systems()]
    ['urn:formcheck:side']
    """

    _used: dict[str, dict[str, str]] = field(default_factory=dict)

    def concept(self, system: str, code: str, says: str) -> Resource:
        """Return a value of one of formcheck's own systems; words alone where it is no code."""
        if not _CODE.fullmatch(code):
            return {"text": says or code}
        self._used.setdefault(system, {})[code] = says
        return {"coding": [{"system": system, "code": code, "display": says}], "text": says}

    def finding(self, code: str) -> Resource:
        """Return what an observation or a part of it is about."""
        return self.concept(FINDING, code, FINDINGS[code])

    def systems(self) -> list[Resource]:
        """Return a `CodeSystem` for each of formcheck's own systems, with the codes in use."""
        return [
            {
                "resourceType": "CodeSystem",
                "url": system,
                "name": "Formcheck" + system.removeprefix(f"{URN}:").title().replace("-", ""),
                "status": "active",
                "description": "Of formcheck itself, registered nowhere; the codes in this bundle.",
                "content": "fragment",
                "concept": [
                    {"code": code, "display": says} for code, says in sorted(codes.items())
                ],
            }
            for system, codes in sorted(self._used.items())
        ]


def category(code: str) -> list[Resource]:
    """Return the category of an observation, of HL7's own list."""
    return [{"coding": [{"system": CATEGORIES, "code": code}]}]


def count(value: float, of: str) -> Resource:
    """Return a number of things."""
    return {"value": value, "unit": of, "system": UCUM, "code": "1"}


def seconds(value: float) -> Resource:
    """Return a time."""
    return {"value": round(value, 3), "unit": "s", "system": UCUM, "code": "s"}


def score(value: float) -> Resource:
    """Return points on a scale."""
    return {"value": value, "unit": "{score}", "system": UCUM, "code": "{score}"}


def absent(says: str) -> Resource:
    """Return that something is not known, and why in words."""
    return {"coding": [{"system": ABSENT_REASONS, "code": "unknown"}], "text": says}
