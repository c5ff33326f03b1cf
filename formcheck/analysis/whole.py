"""Everything that a whole recording came to: the one thing that reports are made from."""

from dataclasses import dataclass

from formcheck.analysis.confirming import DoneInstead
from formcheck.analysis.curve import Curve
from formcheck.analysis.events import Event
from formcheck.analysis.timeline import Segment
from formcheck.analysis.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Analysis:
    """What a recording came to.

    Attributes
    ----------
    verdict, also_done
        On the exercise that was asked for, or of which most was done; and on every other one.
    curve
        The primary measure over time.
    timeline
        What was done when, rests and the unknown included.
    done_instead
        Other exercises that were done where one was asked for, in order.
    interrupted
        What ended it early, in words; None where it was seen to its end.
    """

    verdict: Verdict
    events: tuple[Event, ...]
    curve: Curve
    also_done: tuple[Verdict, ...] = ()
    timeline: tuple[Segment, ...] = ()
    done_instead: tuple[DoneInstead, ...] = ()
    interrupted: str | None = None
