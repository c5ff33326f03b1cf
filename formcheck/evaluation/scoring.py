"""Compare one result with the labels of its clip."""

from collections.abc import Collection, Sequence

from formcheck.analysis.verdict import Outcome
from formcheck.evaluation.labels import Clip
from formcheck.evaluation.score import AUTO, HoldError, Kind, Recognition, Score, SideTally
from formcheck.reports.result import Result
from formcheck.reports.rows import RepetitionRow
from formcheck.reports.words import plural

# The time held is right within this, or this share of its length, wherever it lies.
HELD_ERROR_S = 1.0
HELD_ERROR_SHARE = 0.15
# A labelled moment may lie this far outside of the repetition that it belongs to.
MOMENT_TOLERANCE_S = 0.3


def score(clip: Clip, asked_for: str, result: Result, known: Collection[str]) -> Score:
    """Compare a result with what is known of the clip.

    Parameters
    ----------
    asked_for
        The exercise that was given, or ``auto``.
    known
        Ids of every exercise that formcheck has.
    """
    kind = _kind(clip, asked_for, known)
    is_due = kind in ("given", "auto")
    answer = _Answer(clip, result)
    counts = is_due and "count" in clip.expected
    times = is_due and "hold" in clip.expected
    return Score(
        file=clip.file,
        source=clip.source,
        exercise=clip.exercise,
        asked_for=asked_for,
        kind=kind,
        expect=clip.expect,
        expected=_expected_in_words(clip, kind),
        answered=answer.in_words(),
        is_right=answer.is_right(kind),
        is_abstention=answer.is_abstention,
        recognised=answer.recognised,
        recognition=answer.recognition() if asked_for == AUTO else None,
        n_due=clip.repetitions if counts else None,
        n_off=answer.n_off() if counts else None,
        holds=answer.hold_errors() if times else (),
        held_error_s=answer.held_error_s() if times else None,
        is_held_time_right=times and answer.is_held_time_right(),
        sides=answer.sides() if counts else SideTally(),
        faults_labelled=_faults_labelled(clip) if is_due else (),
        faults_found=tuple(sorted({fault.name for fault in result.faults})),
    )


def _kind(clip: Clip, asked_for: str, known: Collection[str]) -> Kind:
    shows_own = clip.exercise in known and clip.expect != "negative"
    if asked_for == AUTO:
        return "auto" if shows_own else "elsewhere"
    return "given" if shows_own and asked_for == clip.exercise else "forbidden"


def _faults_labelled(clip: Clip) -> tuple[str, ...]:
    return tuple(sorted({f.catalogue_fault for f in clip.faults if f.catalogue_fault}))


def _expected_in_words(clip: Clip, kind: Kind) -> str:
    if kind == "forbidden":
        return "nothing"
    if kind == "elsewhere":
        return " or ".join(["nothing", *sorted(clip.acceptable_ids)])
    words = {
        "count": _counts_in_words(sorted(clip.counts_accepted)),
        "hold": " and ".join(f"held {a:.1f} to {b:.1f} s" for a, b in clip.holds_s) or "a hold",
        "abstain": "cannot judge",
        "negative": "nothing",
    }
    return " or ".join(
        words[name] for name in dict.fromkeys((clip.expect, clip.expect_also or "")) if name
    )


def _counts_in_words(counts: Sequence[int]) -> str:
    if not counts:
        return "a count"
    return " or ".join([*map(str, counts[:-1]), plural(counts[-1], "repetition")])


class _Answer:
    """What formcheck said of a clip, seen against its labels."""

    def __init__(self, clip: Clip, result: Result) -> None:
        self._clip = clip
        self._result = result
        self._n_counted = len(result.repetitions)
        self._held_s = sum(hold.held_s for hold in result.holds)
        self._is_nothing = self._n_counted == 0 and not result.holds
        self._is_own = result.exercise == clip.exercise
        self.recognised = None if self._is_nothing else result.exercise
        self.is_abstention = result.outcome == Outcome.NOT_ASSESSED or result.exercise is None

    def in_words(self) -> str:
        """Return the answer as people read it."""
        result = self._result
        if result.exercise is None and result.outcome != Outcome.NOT_ASSESSED:
            return "none of these"
        if self._n_counted:
            return f"{result.exercise} x {self._n_counted}"
        if result.holds:
            spans = " and ".join(
                f"{hold.start_s:.1f} to {hold.end_s:.1f} s" for hold in result.holds
            )
            return f"{result.exercise} held {spans}"
        return "cannot judge" if self.is_abstention else f"{result.exercise}: nothing done"

    def is_right(self, kind: Kind) -> bool:
        """Return whether it is one of the right answers."""
        if kind == "forbidden":
            return self._is_nothing
        if kind == "elsewhere":
            return self._is_nothing or self.recognised in self._clip.acceptable_ids
        right = {
            "count": self.n_off() == 0,
            "hold": self._is_hold_right(),
            "abstain": self.is_abstention and self._is_nothing,
            "negative": self._is_nothing,
        }
        return any(right[answer] for answer in self._clip.expected)

    def recognition(self) -> Recognition:
        """Return what recognising came to."""
        if self.recognised is None:
            return "none"
        if self._is_own:
            return "right" if self._clip.expect != "negative" else "wrong"
        return "understandable" if self.recognised in self._clip.acceptable_ids else "wrong"

    def n_off(self) -> int | None:
        """Return how far the count is off; None where nothing of the exercise was counted."""
        accepted = self._clip.counts_accepted
        if not (self._is_own and self._n_counted) and not (self._is_nothing and 0 in accepted):
            return None
        return min((self._n_counted - right for right in sorted(accepted)), key=abs, default=None)

    def hold_errors(self) -> tuple[HoldError, ...]:
        """Return how each labelled hold was timed, by the found one that it shares most with."""
        return tuple(self._hold_error(start_s, end_s) for start_s, end_s in self._clip.holds_s)

    def _hold_error(self, start_s: float, end_s: float) -> HoldError:
        shared_s = [
            (min(end_s, hold.end_s) - max(start_s, hold.start_s), hold)
            for hold in (self._result.holds if self._is_own else ())
        ]
        overlap_s, found = max(shared_s, key=lambda pair: pair[0], default=(0.0, None))
        if found is None or overlap_s <= 0:
            return HoldError()
        return HoldError(
            start_error_s=round(found.start_s - start_s, 3),
            end_error_s=round(found.end_s - end_s, 3),
        )

    def _is_hold_right(self) -> bool:
        clip = self._clip
        if not clip.holds_s:  # labelled as held, without times: that it was held is all there is
            return self._held_s > 0 and self.recognised in {clip.exercise, *clip.acceptable_ids}
        as_many = len(self._result.holds) == len(clip.holds_s)
        return as_many and all(error.is_right for error in self.hold_errors())

    def held_error_s(self) -> float | None:
        """Return how much longer or shorter was held in all."""
        is_timed = self._is_own and bool(self._result.holds) and bool(self._clip.holds_s)
        return round(self._held_s - self._clip.held_s, 3) if is_timed else None

    def is_held_time_right(self) -> bool:
        """Return whether about the right time was held, wherever it lies."""
        error_s = self.held_error_s()
        allowed_s = max(HELD_ERROR_S, HELD_ERROR_SHARE * self._clip.held_s)
        return error_s is not None and abs(error_s) <= allowed_s

    def sides(self) -> SideTally:
        """Return how many repetitions were attributed to the side that they were done to."""
        labelled = self._clip.sides or ()
        found = self._result.repetitions if self._is_own else ()
        pairs = [
            (side, row.side)
            for side, row in zip(labelled, self._matched(found, len(labelled)), strict=True)
            if side is not None and row is not None and row.side is not None
        ]
        return SideTally(
            n_labelled=sum(side is not None for side in labelled),
            n_seen=len(pairs),
            n_right=sum(side == seen for side, seen in pairs),
        )

    def _matched(
        self, found: tuple[RepetitionRow, ...], n_labelled: int
    ) -> list[RepetitionRow | None]:
        """Return the repetition of each label: by its time, or by order where none is labelled."""
        times_s = self._clip.repetition_times_s
        if len(times_s) != n_labelled:
            return [found[k] if k < len(found) else None for k in range(n_labelled)]
        return [_at(_moment_s(time_s), found) for time_s in times_s]


def _moment_s(time_s: float | tuple[float, float]) -> float:
    return sum(time_s) / 2 if isinstance(time_s, tuple) else time_s


def _at(moment_s: float, found: tuple[RepetitionRow, ...]) -> RepetitionRow | None:
    """Return the repetition that a moment belongs to."""
    around = [
        row
        for row in found
        if row.start_s - MOMENT_TOLERANCE_S <= moment_s <= row.end_s + MOMENT_TOLERANCE_S
    ]
    return min(around, key=lambda row: abs(row.peak_s - moment_s), default=None)
