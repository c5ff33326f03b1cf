"""Read the tables of clinical facts that ship with formcheck, each in a file of its own."""

import tomllib
from importlib import resources
from typing import Annotated, TypeVar

from pydantic import BaseModel, Field

PACKAGE = "formcheck.prescription"

Table = TypeVar("Table", bound=BaseModel)
Sources = Annotated[tuple[str, ...], Field(min_length=1)]
"""Keys of what a fact rests on; ``sources.toml`` explains them."""


def read(name: str, kind: type[Table]) -> Table:
    """Return the table ``name``.toml as ``kind``; a slip in it is named by pydantic."""
    file = resources.files(PACKAGE) / f"{name}.toml"
    return kind.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
