"""What people also do in front of a camera, and formcheck has no exercise for.

None of it may be taken for one that it has. Each movement is done by simulated people as the
exercises are; it has no rules, for nothing is to be judged in it.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Annotated

from pydantic import Field

from formcheck.evaluation.population.cases import Case, cases, round_size
from formcheck.exercises import library
from formcheck.exercises.motion import Motion
from formcheck.exercises.schema import Exercise
from formcheck.measures import View

# Whose file is borrowed where an exercise is expected: nothing but its camera's height is used.
_LENDER = "sit_to_stand"


class OtherMovement(Motion):
    """A movement, and what may understandably be made of it.

    Attributes
    ----------
    name
        As people call it.
    views
        From where it is filmed.
    near
        Exercises that are nearly the same movement.
    """

    variant: str = "other"
    name: str
    views: Annotated[tuple[View, ...], Field(min_length=1)]
    near: tuple[str, ...] = ()


@cache
def other_movements() -> Mapping[str, OtherMovement]:
    """Return all of them by name."""
    package = resources.files("formcheck.evaluation.population")
    text = package.joinpath("other_movements.toml").read_text("utf-8")
    found = map(OtherMovement.model_validate, tomllib.loads(text)["movements"])
    return {movement.name: movement for movement in found}


def as_exercise(movement: OtherMovement) -> Exercise:
    """Return a movement as the simulation takes it: an exercise without a rule."""
    lender = library.load_all()[_LENDER]
    first, *others = movement.views
    camera = lender.camera.model_copy(update={"view": first, "also": frozenset(others)})
    bare = lender.variants[0].model_copy(
        update={"id": movement.variant, "repetition": None, "hold": None}
    )
    return lender.model_copy(
        update={
            "id": movement.name,
            "camera": camera,
            "variants": (bare,),
            "form": (),
            "tempo": (),
            "motion": (movement,),
        }
    )


def other_cases(movement: OtherMovement, seed: int) -> list[Case]:
    """Return sessions of a movement: in every manner, from each of its views."""
    exercise = as_exercise(movement)
    drawn = cases(exercise, len(movement.views) * round_size(exercise), seed)
    return [case for case in drawn if not case.act.is_idle]
