"""Somebody of a sex, an age and a height, as a skeleton.

Proportions come from ``people``; here they become somebody's own, with legs that are longer or
shorter than usual and a height that age has taken from.
"""

from dataclasses import dataclass, replace
from typing import Literal

from formcheck.errors import UsageError
from formcheck.exercises.joints import Array
from formcheck.landmarks import Side
from formcheck.simulation.people import adult_skeleton
from formcheck.simulation.skeleton import SEGMENTS, Skeleton

Sex = Literal["female", "male"]

# Some 3 cm of height are lost from 40 to 80 (an engineering value for women and men together;
# compare Sorkin, Am J Epidemiol 150, 1999): discs and vertebrae get lower, not the legs.
_SHRINKS_FROM_YEARS, _SHRINKS_M_A_YEAR = 40, 0.0008
AGES_YEARS = (15, 95)
HEIGHTS_M = (1.40, 2.10)
_HANGS = ("upper_arm", "forearm", "hand", "thumb", "fingers")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody.

    Attributes
    ----------
    sex, age_years, height_m
        As people say it; the height is today's.
    leg_share
        Length of the legs against the average of this height.
    body_mass_index
        Weight by the square of the height [kg/m2].

    Raises
    ------
    UsageError
        If the age or the height is outside of what the skeleton was made for.
    """

    sex: Sex = "female"
    age_years: float = 40
    height_m: float = 1.70
    leg_share: float = 1.0
    body_mass_index: float = 24.0

    def __post_init__(self) -> None:
        """Refuse whom the skeleton was not made for."""
        for name, value, (least, most) in (
            ("an age in years", self.age_years, AGES_YEARS),
            ("a height in metres", self.height_m, HEIGHTS_M),
        ):
            if not least <= value <= most:
                raise UsageError(f"{name} of {value:g}; expected {least:g} to {most:g}")


def skeleton_of(person: Person) -> Skeleton:
    """Return somebody's skeleton.

    Examples
    --------
    >>> tall = skeleton_of(Person("male", height_m=1.90))
    >>> short = skeleton_of(Person("female", height_m=1.55))
    >>> tall.length_m("left_thigh", "left_shank") > short.length_m("left_thigh", "left_shank")
    True
    """
    shrunk_m = _SHRINKS_M_A_YEAR * max(0.0, person.age_years - _SHRINKS_FROM_YEARS)
    mass_kg = person.body_mass_index * person.height_m**2
    adult = adult_skeleton(person.sex, person.age_years, person.height_m, mass_kg)
    legs = person.leg_share * (1 + shrunk_m / person.height_m)
    return replace(adult, neutral=_with_legs(adult, legs))


def _is_of_leg(part: str) -> bool:
    return part in {"thigh", "shank", "foot", "toes"}


def _with_legs(average: Skeleton, longer: float) -> Array:
    """Return where the segments begin with longer legs and, for the same height, less trunk."""
    head_m, hip_m, ankle_m = (
        float(average.place(segment)[1]) for segment in ("head", "left_thigh", "left_foot")
    )
    new_hip_m = longer * hip_m
    places = average.neutral.copy()
    for index, segment in enumerate(SEGMENTS):
        side, _, part = segment.partition("_")
        if part in {"foot", "toes"}:
            continue
        # An arm is as long as it was, and hangs from its shoulder.
        is_of_arm = side in tuple(Side) and part.startswith(_HANGS)
        was_m = float(average.place(f"{side}_upper_arm" if is_of_arm else segment)[1])
        if _is_of_leg(part):
            is_m = ankle_m + (was_m - ankle_m) * (new_hip_m - ankle_m) / (hip_m - ankle_m)
        else:
            is_m = new_hip_m + (was_m - hip_m) * (head_m - new_hip_m) / (head_m - hip_m)
        places[index, 1] += is_m - was_m
    return places
