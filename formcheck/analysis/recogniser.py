"""Tell which of several exercises is being done, or that it is none of them.

Every candidate follows every pose with a counter or a clock of its own. What one of them
completes is its claim. Two movements that follow each other decide, or a posture that is held,
unless something more special is under way; what was said of them is kept back until then, so that
the repetitions that decided are not lost. From then on the winner explains what it takes part in,
and another takes over once it has claims on time that the winner does not explain. Between
exercises the answer is "none of these".

Before a repetition is complete it is only likely, and said to be no more; so is a posture that has
not been held for long. Who stays at the end of a movement is not on the way back: a posture that
has come to rest there is the likelier one.
"""

import math
from collections.abc import Sequence

from formcheck.analysis.claims import Candidate
from formcheck.analysis.events import Event, ExerciseLikely, ExerciseRecognised
from formcheck.analysis.tracker import Tracker

# Somebody who pauses between two repetitions and changes the posture has not changed over.
IDLE_AFTER_S = 5.0
# After so long nothing is being done: what comes next must show itself anew.
OVER_AFTER_S = 20.0
# The resting posture of an exercise is itself one: bent knees between two sets of bridges.
RESTS_UP_TO_S = 60.0
# Who moves like one exercise only for this long, is likely to do it.
LIKELY_AFTER_S = 0.3
# Who has made this much of the way to where it counts, and hesitates, is likely to be about to.
NEARING_FROM = 0.6
NEARING_AFTER_S = 0.8
# Who is as close as this is waited for no longer than who has got there: people stop there too.
CLOSE_FROM = 0.85
# Unless a posture has been kept for this share, or that of another exercise was reached just now:
# then that may be what is done.
NEARING_UNTIL_KEPT = 0.1
# What is more special, and has not come as far as this, may only tremble.
SPECIAL_FROM = 0.5
# What has done less than this share of what another one has is not the more special of both.
AS_MUCH_FROM = 0.5
# Who keeps a posture for this share of the time after which it is recognised, and does nothing
# else, is likely to hold it.
KEPT_FROM_SHARE = 0.4
# Where a more special exercise begins in the same posture, it may only be about to begin.
KEPT_AT_START_FROM_SHARE = 0.65
# Who was out of view for this long has left: what is done afterwards begins anew. Whoever is lost
# for a moment has not.
LEFT_FOR_S = 3.0
# One repetition alone is an exercise where it took this share of the time: who moves about for half
# a minute in ways that are known to nobody does one by chance (jumping jacks, sit-ups of RepCount:
# 0.02 to 0.09 of a recording; real people who did one: 0.2 and more).
ALONE_FROM_SHARE = 0.1
# Who stays at the furthest point of a movement for this long pauses there, or holds.
STAYS_AFTER_S = 1.0

Happened = Sequence[tuple[Tracker, list[Event]]]


class Recogniser:
    """Choose among trackers, instant by instant.

    Parameters
    ----------
    trackers
        The candidates. One alone has been asked for, and nothing is left to recognise.

    Attributes
    ----------
    current
        The exercise that is being done; None for none of these.
    """

    def __init__(self, trackers: Sequence[Tracker]) -> None:
        self._candidates = [Candidate(tracker) for tracker in trackers]
        self._is_asked_for = len(trackers) == 1
        self._chosen = self._candidates[0] if self._is_asked_for else None
        self._last = self._chosen
        self._before_leaving: Candidate | None = None
        self._active_s = self._done_s = self._gone_s = self._seen_s = -math.inf
        self._began_s = math.inf
        self._likely: Candidate | None = None

    @property
    def current(self) -> Tracker | None:
        """The tracker of the exercise that is being done."""
        return self._chosen.tracker if self._chosen else None

    def person_lost(self, time_s: float) -> None:
        """Note that nobody is in view: who comes back does not rest between two repetitions."""
        self._gone_s = time_s

    def finish(self, time_s: float, happened: Happened) -> list[Event]:
        """Take every last word; where nothing has been recognised, one claim is enough.

        It must be more than a moment of it all, and of two it is the longer one. So it is also
        where somebody left, came back, and did nothing else than before.
        """
        said = self.update(time_s, happened)
        asked = self._alone(time_s) if self._last is None else self._going_on()
        able = [one for one in asked if one.claims and not self._is_surpassed(one)]
        winner = max(able, key=lambda one: (len(one.claims), one.claimed_s), default=None)
        return said + self._change_to(winner, time_s) if winner else said

    def _alone(self, time_s: float) -> list[Candidate]:
        """Return what was done for more than a moment of the time since somebody was seen."""
        least_s = ALONE_FROM_SHARE * (time_s - self._began_s)
        return [one for one in self._candidates if one.claimed_s >= least_s]

    def _going_on(self) -> list[Candidate]:
        """Return what was done before somebody left, where it was done again soon after."""
        before, over_s = self._before_leaving, self._active_s + OVER_AFTER_S
        is_soon = before is not None and any(one.start_s <= over_s for one in before.claims)
        return [before] if before and is_soon else []

    def update(self, time_s: float, happened: Happened) -> list[Event]:
        """Take what every tracker says of an instant; return what is to be passed on."""
        if self._is_asked_for:
            return [event for _, events in happened for event in events]
        if self._gone_s > self._seen_s and time_s - self._gone_s >= LEFT_FOR_S:
            self._came_back(time_s)
        self._seen_s = time_s
        self._began_s = min(self._began_s, time_s)
        passed_on: list[Event] = []
        for candidate, (_, events) in zip(self._candidates, happened, strict=True):
            candidate.take(time_s, events)
            if candidate is self._chosen:
                passed_on += events
        self._explain(time_s)
        winner = self._winner(time_s)
        if winner:
            passed_on += self._change_to(winner, time_s)
        return passed_on + self._likely_now(time_s)

    def _came_back(self, time_s: float) -> None:
        """Ask anew what is done: who has left may have come back to do something else."""
        for one in self._candidates:
            one.came_back(time_s)
        if self._chosen and not self._chosen.tracker.is_holding:  # a clock ends by itself
            self._before_leaving, self._chosen = self._chosen, None

    def _explain(self, time_s: float) -> None:
        """Let the present exercise account for the time in which it was done."""
        chosen = self._chosen
        if chosen is None:
            return
        if chosen.tracker.is_under_way:
            self._active_s = time_s
        elif time_s - self._active_s > OVER_AFTER_S:
            self._chosen = None
        if not chosen.claims:
            return
        self._done_s = max(claim.end_s for claim in chosen.claims)
        chosen.explained_until(math.inf)
        for other in self._candidates:
            if not other.outranks(chosen):
                other.explained_until(self._done_s)

    def _winner(self, time_s: float) -> Candidate | None:
        """Return who takes over, if anybody does."""
        able = [
            one for one in self._candidates if one.is_convincing and self._may_follow(one, time_s)
        ]
        able = [one for one in able if not self._is_surpassed(one)]
        return max(able, key=lambda one: len(one.claims), default=None)

    def _may_follow(self, challenger: Candidate, time_s: float) -> bool:
        chosen, last = self._chosen, self._last
        if challenger is chosen:
            return False
        idle_s = time_s - self._active_s
        has_left = challenger.claims[0].start_s > self._gone_s > self._active_s
        if last and last.outranks(challenger) and not has_left:
            return idle_s > RESTS_UP_TO_S
        if chosen is None or challenger.outranks(chosen):
            return True
        first = challenger.claims[0]
        if not first.is_held:
            return self._done_s <= first.start_s
        takes_part = self._active_s > (first.start_s + first.end_s) / 2
        return not takes_part and idle_s > IDLE_AFTER_S

    def _is_surpassed(self, challenger: Candidate) -> bool:
        """Whether something more special is under way, or has a claim on the same time."""
        return any(
            other.outranks(challenger)
            and (other.tracker.is_under_way or _has_done_as_much(other, challenger))
            for other in self._candidates
        )

    def _change_to(self, winner: Candidate, time_s: float) -> list[Event]:
        since_s = winner.claims[0].start_s
        self._chosen = self._last = winner
        self._before_leaving = None
        self._active_s = time_s
        self._likely = None
        said = winner.said_since(since_s)
        self._explain(time_s)
        return [ExerciseRecognised(time_s, winner.exercise.id, since_s), *said]

    def _likely_now(self, time_s: float) -> list[Event]:
        """Say what is likely, once it has been the only likely one for a moment."""
        best, is_far = self._likeliest()
        for one in self._candidates:
            if one not in best:
                one.likely_since_s = one.close_since_s = math.inf
        for one in best:
            one.note_likely(time_s, is_close=is_far or one.tracker.progress >= CLOSE_FROM)
        before, self._likely = self._likely, None
        after_s = LIKELY_AFTER_S if is_far else NEARING_AFTER_S
        if len(best) == 1 and best[0].is_likely_for(time_s, after_s, LIKELY_AFTER_S):
            self._likely = None if self._rests_in(best[0], time_s) else best[0]
        if self._likely is None or self._likely is before:
            return []
        return [ExerciseLikely(time_s, self._likely.exercise.id)]

    def _rests_in(self, candidate: Candidate, time_s: float) -> bool:
        """Whether somebody rests so between two repetitions of what was recognised last."""
        last, idle_s = self._last, time_s - self._active_s
        is_rest = last is not None and last.outranks(candidate) and self._gone_s <= self._active_s
        return is_rest and idle_s <= RESTS_UP_TO_S

    def _likeliest(self) -> tuple[list[Candidate], bool]:
        """Return what it may be that is done now, and whether that is far enough to count.

        Nothing where what is done is known already.
        """
        active = [one for one in self._candidates if one.tracker.is_under_way]
        is_held = any(one.tracker.is_holding and one.tracker.is_plausible for one in active)
        moving = [one for one in active if not (is_held and one.tracker.stays_s >= STAYS_AFTER_S)]
        far = [one for one in moving if one.tracker.is_likely]
        kept = [] if far else [one for one in self._candidates if self._is_kept(one)]
        able = kept + self._open(far, moving)
        # What holds those back that are far enough is special, and may be close to that itself.
        near = [] if able else self._nearing(moving, CLOSE_FROM if far else NEARING_FROM)
        if self._chosen in (*far, *kept, *near):
            return [], True
        return (self._open(near, moving), False) if near else (able, True)

    def _nearing(self, moving: list[Candidate], from_way: float) -> list[Candidate]:
        """Return those that are nearly far enough, while no posture is kept or about to be."""
        near = [one for one in moving if _is_nearing(one, from_way)]
        if not near:
            return []
        kept = any(one.tracker.kept_share >= NEARING_UNTIL_KEPT for one in self._candidates)
        others = (one for one in self._candidates if one not in near)
        return [] if kept or any(one.tracker.is_settling for one in others) else near

    def _open(self, able: list[Candidate], moving: list[Candidate]) -> list[Candidate]:
        """Return those of which nothing more special goes on."""
        special = {
            id(one): [other for other in moving if other.outranks(one) and _holds_back(other, one)]
            for one in able
        }
        if any(others and not any(o in able for o in others) for others in special.values()):
            return []  # it may be the special one, which is not far enough to tell
        return [one for one in able if not special[id(one)]]

    def _is_kept(self, candidate: Candidate) -> bool:
        """Whether it is a posture that is kept, and not only where another exercise begins."""
        share = candidate.tracker.kept_share
        if share < KEPT_FROM_SHARE:
            return False
        begins_another = any(
            other.outranks(candidate) and (other.tracker.is_at_start or other.tracker.is_plausible)
            for other in self._candidates
        )
        return not begins_another or share >= KEPT_AT_START_FROM_SHARE


def _holds_back(special: Candidate, other: Candidate) -> bool:
    """Whether something more special is far enough on its way; out of a hold any way is."""
    is_far = special.tracker.progress >= SPECIAL_FROM or other.tracker.is_holding
    return is_far and special.tracker.is_plausible


def _is_nearing(candidate: Candidate, from_way: float) -> bool:
    return candidate.tracker.is_nearing and candidate.tracker.progress >= from_way


def _has_done_as_much(special: Candidate, challenger: Candidate) -> bool:
    """Whether one has claims on the same time, and more than a stray one among many."""
    since_s = challenger.claims[0].start_s
    n = sum(claim.end_s > since_s for claim in special.claims)
    return n > 0 and n >= AS_MUCH_FROM * len(challenger.claims)
