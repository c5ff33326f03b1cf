"""Read a file of texts into one flat table: dotted key to message."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from babel import Locale

from formcheck.errors import UsageError
from formcheck.texts.message import CATEGORIES, OTHER, Message

SUFFIX = ".toml"
PACKAGE = "formcheck.texts"

Messages = Mapping[str, Message]


@cache
def languages() -> Mapping[str, str]:
    """Return the code of every language that there is a file for, and its own name.

    Examples
    --------
    >>> languages()["de"], languages()["es"]
    ('Deutsch', 'español')
    """
    files = (file.name for file in resources.files(PACKAGE).iterdir())
    codes = sorted(name.removesuffix(SUFFIX) for name in files if name.endswith(SUFFIX))
    return MappingProxyType(
        {code: Locale.parse(code).get_language_name(code) or code for code in codes}
    )


@cache
def read(language: str) -> Messages:
    """Return every text of one language's file, by dotted key; read once a process.

    Raises
    ------
    UsageError
        If there are no texts in this language.
    """
    if language not in languages():
        raise UsageError(
            f"there are no texts in the language {language!r}\n"
            f"Known: {', '.join(f'{code} ({name})' for code, name in languages().items())}."
        )
    file = resources.files(PACKAGE) / f"{language}{SUFFIX}"
    return MappingProxyType(dict(messages_of(tomllib.loads(file.read_text(encoding="utf-8")))))


def messages_of(table: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Message]]:
    """Yield key and message of every text in a table and the tables in it.

    A table with the key ``other`` is a plural, every other one groups keys.

    Raises
    ------
    ValueError
        If something is neither text, plural nor group; the key is named.

    Examples
    --------
    >>> [key for key, _ in messages_of({"rest": {"left": {"one": "1", "other": "{n}"}}})]
    ['rest.left']
    """
    for name, content in table.items():
        key = f"{prefix}{name}"
        match content:
            case str():
                yield key, Message({OTHER: content})
            case {"other": str()} if set(content) <= CATEGORIES:
                yield key, Message(content, is_plural=True)
            case dict() if OTHER not in content:
                yield from messages_of(content, f"{key}.")
            case _:
                raise ValueError(f"{key}: expected a text, a plural with {OTHER!r} or a group")
