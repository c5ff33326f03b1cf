"""What each of several exercises has to say for itself, kept back until it is decided."""

import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.analysis.events import Event, HoldEnded, RepetitionCompleted
from formcheck.analysis.tracker import Tracker

# One movement alone is no exercise: people get up, sit down and reach for things. Two that follow
# each other are, and so is one that is all there was until the end.
N_REPETITIONS = 2
FOLLOWS_WITHIN_S = 20.0
KEPT_FOR_S = 120.0


@dataclass(frozen=True, slots=True)
class Claim:
    """A time in which an exercise was done, as its own tracker sees it [s].

    Attributes
    ----------
    is_held
        Whether a posture was held, which is enough; one repetition is not.
    """

    start_s: float
    end_s: float
    is_held: bool = False


class Candidate:
    """One exercise with what it would say, had it been asked for.

    Attributes
    ----------
    claims
        What it has done that nobody else explains, the oldest first.
    likely_since_s, close_since_s
        Since when it may be what is done, and is far enough or nearly so; infinite where it is not.
    """

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.exercise = tracker.exercise
        self.claims: list[Claim] = []
        self._said: deque[Event] = deque()
        self._held_from_s = math.inf
        self._came_back_s = -math.inf
        self.likely_since_s = self.close_since_s = math.inf

    @property
    def is_convincing(self) -> bool:
        """Whether what it has done is an exercise and no movement in passing."""
        return len(self.claims) >= N_REPETITIONS or any(one.is_held for one in self.claims)

    @property
    def claimed_s(self) -> float:
        """How long it was done [s]."""
        return math.fsum(claim.end_s - claim.start_s for claim in self.claims)

    def outranks(self, other: "Candidate") -> bool:
        """Whether it is this one, where both seem to be done."""
        return other.exercise.id in self.exercise.recognition.outranks

    def take(self, time_s: float, happened: Sequence[Event]) -> None:
        """Note what its tracker says, and what of that is a claim."""
        self._said += happened
        while self._said and time_s - self._said[0].time_s > KEPT_FOR_S:
            self._said.popleft()
        self.claims = [c for c in self.claims if time_s - c.end_s <= KEPT_FOR_S]
        held_s, least_s = self.tracker.held_s, self.exercise.recognition.held_for_s
        has_arisen = self.tracker.has_arisen
        is_held = has_arisen and held_s >= least_s
        if is_held and math.isinf(self._held_from_s):
            self._held_from_s = time_s - held_s
        for event in happened:
            match event:
                case RepetitionCompleted(repetition=done):
                    self._follow(Claim(done.start_s, done.end_s))
                case HoldEnded(hold=hold) if has_arisen and hold.held_s >= least_s:
                    self._drop_from(hold.start_s)
                    self.claims.append(Claim(hold.start_s, hold.end_s, is_held=True))
                case _:
                    pass
        if is_held:
            self._drop_from(self._held_from_s)
            self.claims.append(Claim(self._held_from_s, time_s, is_held=True))
        else:
            self._held_from_s = math.inf

    def note_likely(self, time_s: float, *, is_close: bool) -> None:
        """Note that it may be what is done now, and whether that is far enough or nearly so."""
        self.likely_since_s = min(self.likely_since_s, time_s)
        self.close_since_s = min(self.close_since_s, time_s) if is_close else math.inf

    def is_likely_for(self, time_s: float, after_s: float, close_after_s: float) -> bool:
        """Return whether it has been likely for so long, or likely and close for less."""
        has_lasted = time_s - self.likely_since_s >= after_s
        return has_lasted or time_s - self.close_since_s >= close_after_s

    def came_back(self, time_s: float) -> None:
        """Note that somebody is back who had left: what was done before is another set."""
        self._came_back_s = time_s

    def _follow(self, claim: Claim) -> None:
        """Add a repetition; those that came long before, or before somebody left, were others."""
        if self.claims:
            last_s = self.claims[-1].end_s
            has_left = last_s <= self._came_back_s <= claim.start_s
            if has_left or claim.start_s - last_s > FOLLOWS_WITHIN_S:
                self.claims.clear()
        self.claims.append(claim)

    def _drop_from(self, start_s: float) -> None:
        """Replace the claim on a hold that goes on."""
        self.claims = [claim for claim in self.claims if claim.start_s < start_s - 1e-9]

    def explained_until(self, time_s: float) -> None:
        """Give up the claims that began before a time."""
        self.claims = [claim for claim in self.claims if claim.start_s > time_s]

    def said_since(self, time_s: float) -> list[Event]:
        """Return what it has to say of the time from then on, and forget it."""
        said = [event for event in self._said if event.time_s >= time_s]
        self._said.clear()
        return said
