"""Compare verdicts with labels.

Abstaining on a clip that can be counted or timed is a miss. Every share carries its number of
cases and a Wilson 95 % interval, because with a dozen clips 100 % means little.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.analysis.verdict import Outcome
from formcheck.evaluation.labels import Clip
from formcheck.reports.result import Result

# A hold is right within this time, or this share of its length: labels are good to 0.3 s.
HOLD_ERROR_S = 1.0
HOLD_ERROR_SHARE = 0.15
WILSON_Z = 1.959964  # 95 %


@dataclass(frozen=True, slots=True)
class Score:
    """How one run on one clip compares with its labels.

    Attributes
    ----------
    asked_for
        The exercise that was given, or ``auto``.
    exercise
        What was counted or timed; None where nothing was.
    is_right
        Whether the answer is one of the right ones.
    n_off
        Repetitions more (+) or fewer (-) than the nearest right count; None where none is due.
    hold_error_s
        Time held more (+) or less (-) than labelled; None where no hold is due.
    is_abstention
        Whether formcheck said that it could not judge.
    """

    clip: Clip
    asked_for: str
    answered: str
    exercise: str | None
    is_right: bool
    n_off: int | None
    hold_error_s: float | None
    is_abstention: bool
    faults_found: frozenset[str]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, with its 95 % interval."""

    n_right: int
    n: int

    @property
    def value(self) -> float:
        """The share itself, NaN of none."""
        return self.n_right / self.n if self.n else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (Wilson 1927, J Am Stat Assoc 22:209).

        Examples
        --------
        >>> low, high = Share(10, 10).interval
        >>> round(low, 3), high
        (0.722, 1.0)
        """
        if self.n == 0:
            return 0.0, 1.0
        z2 = WILSON_Z**2
        middle = self.value + z2 / (2 * self.n)
        spread = WILSON_Z * math.sqrt(self.value * (1 - self.value) / self.n + z2 / (4 * self.n**2))
        scale = 1 + z2 / self.n
        low, high = (middle - spread) / scale, (middle + spread) / scale
        return max(0.0, round(low, 12)), min(1.0, round(high, 12))

    def __str__(self) -> str:
        """Return the share as people read it."""
        if self.n == 0:
            return "-"
        low, high = self.interval
        return f"{self.n_right}/{self.n} ({100 * low:.0f}-{100 * high:.0f} %)"


def score(clip: Clip, asked_for: str, result: Result) -> Score:
    """Compare one result with the labels of its clip.

    Where another exercise was asked for than the clip shows, nothing may be counted.
    """
    is_due = asked_for in (clip.exercise, "auto")
    is_its_own = result.exercise == clip.exercise
    n_counted, held_s = len(result.repetitions), sum(hold.held_s for hold in result.holds)
    is_abstention = result.outcome == Outcome.NOT_ASSESSED
    expected = {clip.expect, clip.expect_also} if is_due else {"negative"}
    n_off = _n_off(clip, n_counted) if is_its_own and "count" in expected else None
    hold_error_s = held_s - clip.held_s if is_its_own and "hold" in expected else None
    is_nothing = n_counted == 0 and held_s == 0
    right = {
        "count": n_off == 0,
        "hold": hold_error_s is not None and _is_close(hold_error_s, clip.held_s),
        "negative": is_nothing,
        "abstain": is_nothing,
        None: False,
    }
    return Score(
        clip=clip,
        asked_for=asked_for,
        answered=_answer(result, n_counted, held_s),
        exercise=None if is_nothing else result.exercise,
        is_right=any(right[answer] for answer in expected),
        n_off=n_off,
        hold_error_s=hold_error_s,
        is_abstention=is_abstention,
        faults_found=frozenset(fault.name for fault in result.faults),
    )


def _n_off(clip: Clip, n_counted: int) -> int:
    return min((n_counted - right for right in clip.counts_accepted), key=abs, default=n_counted)


def _is_close(error_s: float, held_s: float) -> bool:
    return abs(error_s) <= max(HOLD_ERROR_S, HOLD_ERROR_SHARE * held_s)


def _answer(result: Result, n_counted: int, held_s: float) -> str:
    if result.outcome == Outcome.NOT_ASSESSED:
        return "cannot judge"
    if result.exercise is None:
        return "none of these"
    if n_counted:
        return f"{result.exercise} x {n_counted}"
    return f"{result.exercise} held {held_s:.1f} s" if held_s else f"{result.exercise}: nothing"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the scores of one kind of run come to."""

    exact: Share
    off_by_one: Share
    holds: Share
    negatives: Share
    covered: Share
    relative_error: float
    hold_error_s: float


def summarise(scores: Iterable[Score]) -> Summary:
    """Sum up scores: counts, holds and negatives apart, abstentions being misses."""
    scores = list(scores)
    due = [s for s in scores if s.asked_for in (s.clip.exercise, "auto")]
    counts = [s for s in due if s.clip.expect == "count"]
    holds = [s for s in due if s.clip.expect == "hold"]
    negatives = [
        s
        for s in scores
        if s.clip.expect == "negative" or s.asked_for not in (s.clip.exercise, "auto")
    ]
    relative = [
        abs(s.n_off if s.n_off is not None else s.clip.repetitions or 0)
        / max(1, s.clip.repetitions or 1)
        for s in counts
    ]
    errors_s = [abs(s.hold_error_s) for s in holds if s.hold_error_s is not None]
    judged = [s for s in (*counts, *holds) if not s.is_abstention]
    return Summary(
        exact=Share(sum(s.is_right for s in counts), len(counts)),
        off_by_one=Share(
            sum(s.is_right or (s.n_off is not None and abs(s.n_off) <= 1) for s in counts),
            len(counts),
        ),
        holds=Share(sum(s.is_right for s in holds), len(holds)),
        negatives=Share(sum(s.is_right for s in negatives), len(negatives)),
        covered=Share(len(judged), len(counts) + len(holds)),
        relative_error=sum(relative) / len(relative) if relative else math.nan,
        hold_error_s=sum(errors_s) / len(errors_s) if errors_s else math.nan,
    )
