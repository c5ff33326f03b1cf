"""What the address of a list asks for; whatever makes no sense is as if it was not there."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from formcheck.reviewing.searching import LONGEST

ROWS = 50
"""Rows of a list on one page."""

_MOST_PAGES = 100_000
_Choice = TypeVar("_Choice", bound=enum.StrEnum)


def one_of(kinds: type[_Choice], text: str) -> _Choice | None:
    """Return what is chosen; None where there is no such thing."""
    return next((one for one in kinds if one.value == text), None)


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A list as its address asks for it.

    Attributes
    ----------
    path
        Where the list is.
    search
        What is searched for, as it was typed.
    chosen
        What else is asked for, by the name in the address; what is usual is left out.
    page
        From 1.
    """

    path: str
    search: str
    chosen: Mapping[str, str]
    page: int = 1

    @classmethod
    def of(
        cls, path: str, search: str, page: str, **chosen: enum.StrEnum | str | None
    ) -> "AskedFor":
        """Return what an address asks for."""
        number = int(page) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
        said = {name: str(value) for name, value in chosen.items() if value}
        return cls(path, search[:LONGEST].strip(), said, min(max(number, 1), _MOST_PAGES))

    @property
    def offset(self) -> int:
        """How many rows lie before the page."""
        return (self.page - 1) * ROWS

    def address(self, *, page: int = 1, **changed: str) -> str:
        """Return the address of the same list with something else chosen, from its first page."""
        said = {"q": self.search, **self.chosen, **changed, "page": "" if page == 1 else str(page)}
        query = urlencode({name: value for name, value in said.items() if value})
        return f"{self.path}?{query}" if query else self.path

    def pages(self, n_rows: int) -> int:
        """Return how many pages so many rows are."""
        return max(1, -(-n_rows // ROWS))
