"""The postures that motions start from, as ``postures.toml`` lists them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from formcheck.errors import ExerciseFileError
from formcheck.exercises.joints import sides_of
from formcheck.landmarks import Side

# On the feet or on a chair: no mat is needed.
UPRIGHT = frozenset({"standing", "seated", "seated_arms_crossed"})


@dataclass(frozen=True, slots=True)
class StartPosture:
    """Where a motion starts from.

    Attributes
    ----------
    angles
        Preferred, by names that may begin with ``both``, ``working`` or ``other`` [deg].
    contacts
        What rests on the floor, named the same way.
    floor_way
        The postures through which somebody who stands gets there, the first one first.
    """

    angles: Mapping[str, float]
    contacts: tuple[str, ...]
    floor_way: tuple[str, ...] = ()


@cache
def start_postures() -> dict[str, StartPosture]:
    """Return every posture by name."""
    text = resources.files("formcheck.simulation").joinpath("postures.toml").read_text("utf-8")
    return {
        name: StartPosture(
            entry["angles"], tuple(entry["contacts"]), tuple(entry.get("floor_way", ()))
        )
        for name, entry in tomllib.loads(text).items()
    }


def start_posture(name: str) -> StartPosture:
    """Return a posture.

    Raises
    ------
    ExerciseFileError
        Where there is none of that name.
    """
    known = start_postures()
    if name not in known:
        raise ExerciseFileError(
            f"A motion starts from the posture {name!r}, which there is not;"
            f" expected one of {', '.join(known)}."
        )
    return known[name]


def full_names(names: tuple[str, ...], working: Side) -> tuple[str, ...]:
    """Return contacts by their full names, each once and in order."""
    return tuple(dict.fromkeys(full for name in names for full in sides_of(name, working)))
