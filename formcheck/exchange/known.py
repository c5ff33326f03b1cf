"""Which exercises are known: what their faults and they themselves are called."""

from collections.abc import Iterable
from contextlib import suppress

from formcheck.errors import PrescriptionError
from formcheck.exercises.library import load_all
from formcheck.exercises.schema import Exercise
from formcheck.recordings import prescription_file
from formcheck.recordings.own_exercises import own_exercises
from formcheck.store import Store


def known_exercises(store: Store, people: Iterable[str]) -> dict[str, Exercise]:
    """Return the built-in exercises, the clinic's own, and those that prescriptions brought."""
    found = {**load_all(), **own_exercises(store.folder)}
    for person in people:
        # Most bring none along, and reading each of thousands takes its time.
        brings = (one for one in store.prescriptions(person) if "own_exercises" in one.toml)
        for saved in brings:
            # One that cannot be read says nothing here, and is told of where it is needed.
            with suppress(PrescriptionError):
                prescription = prescription_file.parsed(saved.toml, f"revision {saved.revision}")
                found = prescription.known(found)
    return found
