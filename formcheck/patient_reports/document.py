"""A report as plain values: every sentence and every number once, for whatever writes it down.

HTML and PDF are two ways to write the same `Document`; neither computes or words anything.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime


class Manner(enum.StrEnum):
    """How a paragraph is meant: plainly, in passing, or as a warning."""

    PLAIN = "plain"
    SOFT = "soft"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One piece of running text."""

    text: str
    manner: Manner = Manner.PLAIN


@dataclass(frozen=True, slots=True)
class Facts:
    """What something is, line by line: a name and what it is."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``is_ordered`` where its order matters."""

    items: tuple[str, ...]
    is_ordered: bool = False


class Kind(enum.StrEnum):
    """What is in a column; only text takes more room than it needs, and numbers stand right."""

    WIDE = "wide"
    TEXT = "text"
    SHORT = "short"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    heading: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first cell of a row names it."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        widths = {len(row) for row in self.rows} - {len(self.columns)}
        if widths:
            raise ValueError(f"rows of {widths} cells under {len(self.columns)} headings")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing.

    Attributes
    ----------
    svg
        The whole element, of `formcheck.patient_reports.svg` alone: it is written as it stands.
    says
        What it shows, for who does not see it.
    caption
        What stands below it.
    """

    svg: str
    says: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Drawings side by side, so many in a row."""

    shown: tuple[Drawing, ...]
    n_in_a_row: int = 1


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks under a heading; ``is_part`` under another section's."""

    heading: str
    blocks: tuple["Block", ...]
    is_part: bool = False


Block = Paragraph | Facts | Bullets | Table | Figures | Section


@dataclass(frozen=True, slots=True)
class Document:
    """A report.

    Attributes
    ----------
    subject
        Of whom and when it is, below the title.
    made
        When the newest thing happened that it tells: the same contents are the same file.
    running
        What stands at the foot of every page; the number of the page comes beside it.
    """

    title: str
    subject: str
    language: str
    made: datetime
    running: str
    page_of: str
    blocks: tuple[Block, ...]


def sentences(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield everything that is written in some blocks, in order; what drawings say is not."""
    for block in blocks:
        match block:
            case Paragraph(text):
                yield text
            case Facts(rows):
                yield from (cell for row in rows for cell in row)
            case Bullets(items):
                yield from items
            case Table(caption, columns, rows):
                yield from (caption, *(one.heading for one in columns))
                yield from (cell for row in rows for cell in row)
            case Figures(shown):
                yield from (one.caption for one in shown)
            case Section(heading, inner):
                yield heading
                yield from sentences(inner)
