"""Make the values of a prescription from what somebody entered, or say what is wrong with it."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from formcheck.errors import PrescriptionError
from formcheck.prescription.model import Prescription

_Made = TypeVar("_Made", bound=BaseModel)


def made(kind: type[_Made], fields: Mapping[str, object]) -> _Made:
    """Return a value of a kind.

    Raises
    ------
    PrescriptionError
        If it cannot be made of these fields; the first mistake is named.
    """
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        raise PrescriptionError(first_mistake(error)) from error


def first_mistake(error: ValidationError) -> str:
    """Return what is wrong first, with its field."""
    mistake = error.errors()[0]
    place = ".".join(str(part) for part in mistake["loc"])
    message = mistake["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def with_facts(prescription: Prescription, **facts: object) -> Prescription:
    """Return the prescription with other facts, by the names of its fields.

    Raises
    ------
    PrescriptionError
        If it cannot be one with them.
    """
    return made(Prescription, {**dict(prescription), **facts})
