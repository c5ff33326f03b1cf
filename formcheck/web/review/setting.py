"""What a server of the therapist's pages is started with."""

import time
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from formcheck.exercises.schema import Exercise
from formcheck.store import Store


@dataclass(frozen=True, slots=True)
class ReviewSetting:
    """What a server of the therapist's pages is started with.

    Attributes
    ----------
    store
        What is looked at, and where what is said is kept.
    exercises
        All that are known, by id; those that are made here are added.
    name
        Who reviews: goes with everything that is said here.
    key
        The file of the key that seals prescriptions; made at the first time.
    wall
        Gives the time of day [s since 1970].
    """

    store: Store
    exercises: MutableMapping[str, Exercise]
    name: str
    key: Path
    wall: Callable[[], float] = field(default=time.time)

    def now(self) -> datetime:
        """Return the time of day, with its zone."""
        return datetime.fromtimestamp(self.wall(), UTC)

    def today(self) -> date:
        """Return the day here."""
        return self.now().astimezone().date()

    def exercise_name(self, exercise_id: str) -> str:
        """Return what an exercise is called; one that is no longer there by its id."""
        found = self.exercises.get(exercise_id)
        return found.name if found else exercise_id
