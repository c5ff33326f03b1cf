"""An exercise as the text of its file: to be read and edited by people.

In the order and the style of the built-in files, with comments that say where the numbers come
from. Reading it back gives the same exercise.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import tomli_w

from formcheck.authoring.ranking import Moved
from formcheck.authoring.saying import says_moved
from formcheck.exercises.plain import as_plain
from formcheck.exercises.schema import Exercise
from formcheck.texts import Texts

# What is written as a table of its own; everything else that has parts goes on one line.
_TABLES = {"camera", "dose", "usual_dose", "repetition", "hold", "demonstrated", "recognition"}
_LISTS_OF_TABLES = {
    "variants",
    "posture",
    "signals",
    "requires",
    "conditions",
    "form",
    "tempo",
    "not_checked",
    "contraindications",
    "motion",
    "faults",
    "norms",
}
_SAYS_WHY = {"signals", "requires", "conditions"}


def exercise_text(exercise: Exercise, moved: Sequence[Moved] = ()) -> str:
    """Return the text of an exercise's file.

    Parameters
    ----------
    moved
        What the demonstration showed: said beside the numbers that come from it.
    """
    content = as_plain(exercise)
    del content["id"]  # the file's name
    says = {one.measure.name: says_moved(one, Texts.load("en")) for one in moved}
    lines = [*_heading(exercise), *_table("", content, says)]
    return "\n".join(lines).strip() + "\n"


def _heading(exercise: Exercise) -> Iterator[str]:
    shown = exercise.demonstrated
    if shown:
        much = f"{shown.repetitions} repetitions" if shown.repetitions else f"{shown.held_s:g} s"
        yield f"# From a demonstration of {much} on {shown.on}, seen from the {shown.view}."
        yield "# Demonstrated by one person, not validated: its numbers leave room for others, but"
        yield "# nobody has measured how well it counts them."
    yield "# Angles in degrees, durations in seconds, lengths in trunk lengths."
    yield ""


def _table(path: str, content: Mapping[str, Any], says: Mapping[str, str]) -> Iterator[str]:
    """Yield the lines of a table: what is plain first, then the tables in it."""
    tables = {name: one for name, one in content.items() if _is_table(name, one)}
    for name, value in content.items():
        if name not in tables:
            yield f"{name} = {_value(value)}"
    for name, value in tables.items():
        below = f"{path}.{name}" if path else name
        if isinstance(value, Mapping):
            yield from ("", f"[{below}]")
            yield from _table(below, value, says)
            continue
        for one in value:
            yield ""
            if name in _SAYS_WHY and one.get("measure") in says:
                yield f"# {says[one['measure']]}"
            yield f"[[{below}]]"
            yield from _table(below, one, says)


def _is_table(name: str, value: object) -> bool:
    if isinstance(value, Mapping):
        return name in _TABLES
    is_list = isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
    return name in _LISTS_OF_TABLES and is_list and bool(value)


def _value(value: object) -> str:
    match value:
        case Mapping():
            inside = ", ".join(f"{name} = {_value(one)}" for name, one in value.items())
            return f"{{ {inside} }}"
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case _:
            return _written(value)


def _written(value: object) -> str:
    text = tomli_w.dumps({"x": value}, multiline_strings=True)
    return text.removeprefix("x = ").rstrip("\n")
