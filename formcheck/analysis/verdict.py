"""What a whole recording comes to: the one summary that every report and table is made from.

A verdict never says "good form": it lists what was found wrong, what was watched without
anything wrong being seen (and for how much of the time it could be watched), and what was not
checked. Not being able to judge is a result of its own.
"""

import enum
import math
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import (
    AssessmentResumed,
    Event,
    Fault,
    FaultEnded,
    Hold,
    HoldEnded,
    NotAssessed,
    Repetition,
    RepetitionAttempted,
    RepetitionCompleted,
    SceneJumped,
)
from formcheck.analysis.form import RuleTally
from formcheck.analysis.own_numbers import AS_IN_THE_FILE, Fit, RangeBasis
from formcheck.analysis.snapshot import Instant, Snapshot
from formcheck.analysis.symmetry import Symmetry, compare
from formcheck.analysis.tracker import Tracker
from formcheck.exercises.schema import Exercise, Finding, FormRule, Signal

# Less than this share of the recording could be judged: "nothing was done" would be a guess.
TOO_LITTLE_ASSESSED = 0.5
NOT_IN_PLACE = "the exercise was not seen"


class Outcome(enum.StrEnum):
    """What can be said of a recording."""

    COUNTED = "counted"
    HELD = "held"
    NOTHING_DONE = "nothing_done"
    NOT_ASSESSED = "not_assessed"


class CheckStatus(enum.StrEnum):
    """What can be said of one possible fault."""

    FOUND = "found"
    NOTHING_WRONG_SEEN = "nothing_wrong_seen"
    NOT_ASSESSED = "not_assessed"


@dataclass(frozen=True, slots=True)
class Check:
    """One possible fault and what became of it.

    Attributes
    ----------
    assessed_share
        Share of the repetitions (of the frames, for a hold) in which it could be judged.
    reason
        Why it could not, where the status is not assessed.
    refused
        The same for programs; None also where nothing was done in which it could have been seen.
    """

    name: str
    says: str
    status: CheckStatus
    n_found: int
    assessed_share: float
    reason: str = ""
    refused: NotAssessed | None = None


@dataclass(frozen=True, slots=True)
class Abstention:
    """A stretch of time that could not be judged [s], and why."""

    start_s: float
    end_s: float
    reason: NotAssessed


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was done, how often, how long, what was wrong and what could not be judged.

    Attributes
    ----------
    exercise
        The exercise asked for or recognised; None for "none of these".
    assessed_share
        Share of the frames in which the exercise could be judged, 0 to 1.
    symmetry
        The sides beside each other; None where the repetitions belong to none.
    not_checked
        What matters for this exercise and no camera can see, in plain words.
    jumps_s
        When the body jumped within the picture: cuts, or somebody else [s].
    basis
        What was far enough, or in the posture, was measured against: this person's calibration,
        their own first repetitions, a therapist's number, or the file's numbers alone.
    fit
        The calibrations and thresholds that were in force.
    """

    outcome: Outcome
    exercise: Exercise | None
    duration_s: float
    n_frames: int
    n_frames_with_person: int
    assessed_share: float
    repetitions: tuple[Repetition, ...]
    attempts: tuple[RepetitionAttempted, ...]
    holds: tuple[Hold, ...]
    symmetry: Symmetry | None
    faults: tuple[Fault, ...]
    checks: tuple[Check, ...]
    not_checked: tuple[str, ...]
    abstentions: tuple[Abstention, ...]
    jumps_s: tuple[float, ...]
    basis: RangeBasis = RangeBasis.EXERCISE_FILE
    fit: Fit = AS_IN_THE_FILE

    @property
    def held_s(self) -> float:
        """Time inside the posture over all holds [s]."""
        return math.fsum(hold.held_s for hold in self.holds)


class VerdictBuilder:
    """Sum up a recording, snapshot by snapshot, in memory that grows with events alone.

    Parameters
    ----------
    coach
        The coach whose snapshots are taken: it knows how much could be judged.
    """

    def __init__(self, coach: Coach) -> None:
        self._coach = coach
        self._done: dict[str, list[Event]] = {}
        self._abstentions: list[Abstention] = []
        self._jumps_s: list[float] = []
        self._last_s = 0.0
        self._n_assessed = 0

    def take(self, snapshot: Snapshot | Instant) -> None:
        """Take what was seen at one instant."""
        self._last_s = max(self._last_s, snapshot.time_s)
        self._n_assessed += snapshot.pose is not None and snapshot.not_assessed is None
        for event in snapshot.events:
            match event:
                case AssessmentResumed(time_s=end_s, since_s=start_s, reason=reason):
                    self._abstentions.append(Abstention(start_s, end_s, reason))
                case SceneJumped(time_s=jump_s):
                    self._jumps_s.append(jump_s)
                case RepetitionCompleted() | RepetitionAttempted() | HoldEnded() | FaultEnded():
                    self._done.setdefault(event.exercise, []).append(event)
                case _:
                    pass

    def verdict(self) -> Verdict:
        """Return the verdict on everything taken so far.

        Of several exercises it is the one that was asked for, or of which most was done.
        """
        return self._on(self._main_tracker())

    def also_done(self) -> tuple[Verdict, ...]:
        """Return the verdicts on every other exercise of which something was done, in order."""
        main = self._main_tracker()
        done = {tracker.exercise.id: tracker for tracker in self._coach.trackers}
        others = [done[name] for name in self._done if self._evidence(name) > 0]
        return tuple(self._on(tracker) for tracker in others if tracker is not main)

    def _on(self, tracker: Tracker | None) -> Verdict:
        exercise = tracker.exercise if tracker else None
        done = self._done.get(exercise.id, []) if exercise else []
        repetitions = tuple(e.repetition for e in done if isinstance(e, RepetitionCompleted))
        holds = tuple(e.hold for e in done if isinstance(e, HoldEnded))
        spans = [(repetition.start_s, repetition.end_s) for repetition in repetitions]
        spans += [(hold.start_s, hold.end_s) for hold in holds]
        # What was wrong on the way down to the floor is no fault of the exercise.
        faults = tuple(
            event.fault
            for event in done
            if isinstance(event, FaultEnded) and _overlaps_any(event.fault, spans)
        )
        n_frames = self._coach.n_frames
        assessed_share = self._n_assessed / n_frames if n_frames else 0.0
        return Verdict(
            outcome=_outcome(bool(repetitions), bool(holds), assessed_share),
            exercise=exercise,
            duration_s=self._last_s,
            n_frames=n_frames,
            n_frames_with_person=self._coach.n_frames_with_person,
            assessed_share=assessed_share,
            repetitions=repetitions,
            attempts=tuple(e for e in done if isinstance(e, RepetitionAttempted)),
            holds=holds,
            symmetry=compare(repetitions, _signals(exercise)) if exercise else None,
            faults=faults,
            checks=_checks(
                tracker, faults, {r.variant for r in repetitions} | {h.variant for h in holds}
            ),
            not_checked=tuple(n.says for n in exercise.not_checked) if exercise else (),
            abstentions=tuple(self._abstentions),
            jumps_s=tuple(self._jumps_s),
            basis=tracker.basis if tracker else RangeBasis.EXERCISE_FILE,
            fit=tracker.fit if tracker else AS_IN_THE_FILE,
        )

    def _main_tracker(self) -> Tracker | None:
        """Return the exercise that was asked for, or of which most was done."""
        trackers = self._coach.trackers
        if len(trackers) == 1:
            return trackers[0]
        return max(
            (tracker for tracker in trackers if self._evidence(tracker.exercise.id) > 0),
            key=lambda tracker: self._evidence(tracker.exercise.id),
            default=None,
        )

    def _evidence(self, exercise_id: str) -> float:
        """Return repetitions done, a hold counting one for every three seconds."""
        return math.fsum(
            event.hold.held_s / 3 if isinstance(event, HoldEnded) else 1.0
            for event in self._done.get(exercise_id, [])
            if isinstance(event, RepetitionCompleted | HoldEnded)
        )


def _signals(exercise: Exercise) -> list[Signal]:
    rules = [variant.repetition for variant in exercise.variants if variant.repetition]
    return [signal for rule in rules for signal in rule.signals]


def _outcome(is_counted: bool, is_held: bool, assessed_share: float) -> Outcome:
    if is_counted:
        return Outcome.COUNTED
    if is_held:
        return Outcome.HELD
    is_judged = assessed_share >= TOO_LITTLE_ASSESSED
    return Outcome.NOTHING_DONE if is_judged else Outcome.NOT_ASSESSED


def _overlaps_any(fault: Fault, spans: list[tuple[float, float]]) -> bool:
    return any(fault.start_s <= end_s and fault.end_s >= start_s for start_s, end_s in spans)


def _checks(
    tracker: Tracker | None, faults: tuple[Fault, ...], done: AbstractSet[str]
) -> tuple[Check, ...]:
    """Return what was watched; not what only another way of doing it asks for."""
    tallies = tracker.tallies() if tracker else ()
    return tuple(_check(t, faults) for t in tallies if not done or _is_of(t.finding, done))


def _is_of(finding: Finding, variants: AbstractSet[str]) -> bool:
    ways = finding.variants if isinstance(finding, FormRule) else frozenset()
    return not ways or not ways.isdisjoint(variants)


def _check(tally: RuleTally, faults: tuple[Fault, ...]) -> Check:
    n_found = sum(fault.name == tally.finding.name for fault in faults)
    if n_found:
        status = CheckStatus.FOUND
    elif tally.share > 0:
        status = CheckStatus.NOTHING_WRONG_SEEN
    else:
        status = CheckStatus.NOT_ASSESSED
    return Check(
        name=tally.finding.name,
        says=tally.finding.says,
        status=status,
        n_found=n_found,
        assessed_share=tally.share,
        reason="" if tally.share > 0 else tally.reason or NOT_IN_PLACE,
        refused=None if tally.share > 0 else tally.refused,
    )
