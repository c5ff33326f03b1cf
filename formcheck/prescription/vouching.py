"""What a therapist vouches for by name: cautions looked at, rules set aside, a whole programme."""

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.readings import Record
from formcheck.exercises.rules import Slug
from formcheck.prescription.planned import Line


class Therapist(Record):
    """Who is responsible; ``licence`` is how the register knows them."""

    name: Line
    licence: Line


class Confirmed(Record):
    """A condition that asks for care, and the therapist's word that the exercise may be done."""

    condition: HealthCondition
    exercise: Slug
    by: Line
    reason: Line


class Override(Record):
    """A clinical rule that the therapist sets aside, by name and with a reason."""

    rule: Slug
    by: Line
    reason: Line
    on: date


class Signature(Record):
    """A tamper seal: whose key sealed which contents (see `formcheck.prescription.seal`).

    It is not a signature in the sense of the law.
    """

    name: Line
    on: date
    public_key: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    seal: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{128}$")]
