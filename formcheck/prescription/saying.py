"""What is to be said, as a key of the texts and what fills its gaps: no sentence, no language."""

from dataclasses import dataclass
from typing import Self

Argument = str | int | float


@dataclass(frozen=True, slots=True)
class Saying:
    """One sentence, by its key.

    Attributes
    ----------
    key
        Which text it is, as ``stop_rule.s02``.
    arguments
        What is filled in: name and value; ``n`` chooses the plural.

    Examples
    --------
    >>> Saying.of("adherence.gap", n=3)
    Saying(key='adherence.gap', arguments=(('n', 3),))
    """

    key: str
    arguments: tuple[tuple[str, Argument], ...] = ()

    @classmethod
    def of(cls, key: str, **arguments: Argument) -> Self:
        """Return a sentence with its gaps filled by name."""
        return cls(key, tuple(sorted(arguments.items())))
