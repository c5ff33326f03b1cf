"""Judge the sets of a session again, by other numbers.

What is seen in a recording depends on no number: it is looked at once and kept, and only what
counts and judges goes over it again. The verdict is the one that judging from scratch gives, to
the last bit.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from formcheck.analysis.coach import Coach
from formcheck.analysis.fitting import fitted
from formcheck.analysis.observing import Observed, observe_all
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit
from formcheck.analysis.verdict import Verdict, VerdictBuilder
from formcheck.exercises.schema import Exercise
from formcheck.exercises.set_thresholds import SetThreshold
from formcheck.recordings import Recording
from formcheck.recordings.calibration_file import checked
from formcheck.recordings.session_journal import SessionJournal
from formcheck.reviewing.layer import laid_over, moved_landmarks
from formcheck.reviewing.poses import Timed, with_moved
from formcheck.store import Correction, SessionRecord, SetRecord
from formcheck.store.corrections import MovedLandmark


@dataclass(frozen=True, slots=True)
class SeenSet:
    """One set as it was seen.

    Attributes
    ----------
    exercise, fit
        As its file describes it, and what was known of the person when it was done.
    """

    record: SetRecord
    exercise: Exercise
    fit: Fit
    observed: tuple[Observed, ...]

    def judged(self, thresholds: Sequence[SetThreshold] = ()) -> Verdict:
        """Return what it comes to, by other numbers where some are given."""
        fit = _with(self.fit, thresholds)
        coach = Coach([self.exercise], {self.exercise.id: fit})
        builder = VerdictBuilder(coach)
        for one in self.observed:
            builder.take(coach.judge(one))
            if one.readings is not None:
                one.readings.let_go()
        builder.take(coach.finish())
        return builder.verdict()


class SessionSight:
    """The sets of a session, each looked at when it is first asked for.

    Parameters
    ----------
    record
        The session with the recordings of its sets.
    corrections
        Landmarks that were moved are seen where they were moved to.
    exercises
        All that are known, by id; those of the session's own come before them.

    Raises
    ------
    SourceError
        If the files of the session cannot be read.
    """

    def __init__(
        self,
        record: SessionRecord,
        corrections: Sequence[Correction],
        exercises: Mapping[str, Exercise],
    ) -> None:
        self.record = record
        self._sets = {one.name: one for one in record.sets}
        journal = SessionJournal(record.facts, record.events, f"session {record.id}")
        own = {one.id: one for one in journal.facts.own_exercises}
        self.exercises = {**exercises, **own}
        names = [one.name for one in record.sets if one.exercise in self.exercises]
        self._told = {one.name: one for one in journal.sets(names, exercises)}
        self._moved = _moved_by_set(corrections)
        self._seen: dict[str, SeenSet] = {}

    def names_of(self, exercise_id: str) -> list[str]:
        """Return the sets of an exercise that can be judged again."""
        return [
            one.name
            for one in self.record.sets
            if one.exercise == exercise_id and one.name in self._told
        ]

    def exercise(self, name: str) -> Exercise:
        """Return the exercise of a set, with the numbers by which it was judged."""
        told = self._told[name]
        return fitted(told.exercise, told.fit)

    def fit(self, name: str) -> Fit:
        """Return what was known of the person when a set was done."""
        return self._told[name].fit if name in self._told else AS_IN_THE_FILE

    def poses(self, name: str) -> tuple[Timed, ...]:
        """Return the poses of a set, with its landmarks where they were moved to."""
        recording = Recording(self._sets[name].poses, name=f"{self.record.id}/{name}")
        return with_moved(list(recording), self._moved.get(name, ()))

    def seen(self, name: str) -> SeenSet:
        """Return a set as it was seen; looked at once.

        Raises
        ------
        SourceError
            If its recording cannot be read.
        """
        if name not in self._seen:
            told = self._told[name]
            observed = observe_all(told.exercise, self.poses(name))
            self._seen[name] = SeenSet(self._sets[name], told.exercise, told.fit, observed)
        return self._seen[name]

    def judged(
        self, exercise_id: str, thresholds: Sequence[SetThreshold]
    ) -> list[tuple[SetRecord, Verdict]]:
        """Return the sets of an exercise, judged by other numbers.

        Raises
        ------
        SourceError
            If there is no such number, or it does not go with the others.
        """
        names = self.names_of(exercise_id)
        for name in names:
            told = self._told[name]
            checked(told.exercise, _with(told.fit, thresholds), exercise_id)
        with _without_looking_for_garbage():
            return [(self._sets[one], self.seen(one).judged(thresholds)) for one in names]


@contextmanager
def _without_looking_for_garbage() -> Iterator[None]:
    """Make what is kept without going through all of it, again and again, for what is not.

    Half a million objects are kept of fifteen minutes, and nothing of them refers to itself: a
    fifth of the time of a first look went into making sure of that.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _with(fit: Fit, thresholds: Sequence[SetThreshold]) -> Fit:
    return fit.and_also(Fit(thresholds=tuple(thresholds))) if thresholds else fit


def _moved_by_set(corrections: Sequence[Correction]) -> dict[str, tuple[MovedLandmark, ...]]:
    laid = laid_over(corrections)
    names = {one.correction.set_name for one in laid if one.correction.set_name is not None}
    moved = {
        name: moved_landmarks([one for one in laid if one.correction.set_name == name])
        for name in names
    }
    return {name: landmarks for name, landmarks in moved.items() if landmarks}
