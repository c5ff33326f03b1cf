"""What the page asks for by name is there, and what is there is asked for."""

import re
from functools import cache
from pathlib import Path

from formcheck.texts.language_file import read

ENGLISH = read("en")
PROGRAM = Path(__file__).parents[2] / "formcheck"
_KEY = re.compile(r"""["'`]([a-z_]+(?:\.[a-z0-9_]+)+)["'`]""")
# What adds a code: `phase.${name}` in JavaScript, f"cue.{code}" in Python, "cue." ~ code in Jinja2.
_STEM = re.compile(r"""["'`]([a-z_]+(?:\.[a-z0-9_]+)*\.(?:[a-z0-9_]+_)?)(?:\$?\{|" ~ )""")
_CODE = re.compile(r"""["'`]([a-z0-9_ ]+)["'`]""")
# Put after a code where there is more to say: the part of the body, or that nothing is offered.
_ADDED = ("_part", "_none")
# Groups whose key is put together elsewhere: parts of the body by side, advice by a constant,
# measures by the names of their functions (test_codes.py has them all).
_STEMS_ELSEWHERE = {"placement.advice."}
_CODES_ELSEWHERE = {"part.", "measure."}


def test_every_key_of_the_page_exists():
    """What the page asks for by name is there, and so is each group that it chooses from."""
    page = _written_in(".html", ".js")
    first = {key.split(".")[0] for key in ENGLISH}
    keys = {key for key in _KEY.findall(page) if key.split(".")[0] in first}
    stems = {stem for stem in _STEM.findall(page) if stem.split(".")[0] in first}
    assert keys
    assert stems
    assert sorted(keys - ENGLISH.keys()) == []
    assert [stem for stem in stems if not any(key.startswith(stem) for key in ENGLISH)] == []


def test_every_text_is_asked_for():
    """No text is left that nothing says: by its key, or by a stem and a code of the program."""
    program = _written_in(".html", ".js", ".py", ".j2")
    keys, codes = set(_KEY.findall(program)), set(_CODE.findall(program))
    stems = {*_STEM.findall(program), *_STEMS_ELSEWHERE}

    def is_said(key: str) -> bool:
        fitting = [stem for stem in stems if key.startswith(stem)]
        if key in keys or _CODES_ELSEWHERE & set(fitting):
            return True
        ends = [key.removeprefix(stem) for stem in fitting]
        short = [end.removesuffix(added) for end in ends for added in _ADDED]
        return bool(codes & {*ends, *short})

    assert [key for key in ENGLISH if not is_said(key)] == []


@cache
def _written_in(*suffixes: str) -> str:
    """Return everything that is written in the program's files of some kinds."""
    files = sorted(file for file in PROGRAM.rglob("*") if file.suffix in suffixes)
    return "\n".join(file.read_text(encoding="utf-8") for file in files)
