"""What came of a recording, in a few plain lines for whoever brought it."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from formcheck.analysis.timeline import Segment, SegmentKind
from formcheck.incoming.prescribed import Orders
from formcheck.incoming.seeing import Seen
from formcheck.incoming.session_folder import DoneSet
from formcheck.reports.amounts import number
from formcheck.reports.timeline_words import SEGMENT_WORDS, clock

MOST_SPANS = 8


def told(seen: Seen, sets: Sequence[DoneSet], orders: Orders) -> tuple[str, ...]:
    """Return what was done, what else was seen, and what is missing."""
    return (*_done(sets, orders), *_others(seen.analysis.timeline), *_warnings(seen, orders))


def told_nothing(seen: Seen) -> tuple[str, ...]:
    """Return why no session came of it."""
    if not seen.n_with_person:
        first = "Nobody is seen in it. Is it the right recording, and is the whole body in view?"
    elif seen.analysis.verdict.exercise is not None:
        name = seen.analysis.verdict.exercise.name
        first = f"{name} is not seen in it. Let it be recognised instead of naming it?"
    else:
        first = "No exercise was recognised. If you know which one it is, name it and try again."
    instead = (f"{clock(one.since_s)}  looks like {one.name}" for one in seen.analysis.done_instead)
    warnings = [f"It ends early: {seen.incomplete}"] if seen.incomplete else []
    return (first, *_others(seen.analysis.timeline), *instead, *warnings)


def _done(sets: Sequence[DoneSet], orders: Orders) -> Iterator[str]:
    for _, group in groupby(sets, key=lambda one: one.step_index):
        alike = list(group)
        first = alike[0]
        amounts = ", ".join(_amount(one) for one in alike)
        n_sets = f"{len(alike)} sets: " if len(alike) > 1 else ""
        is_extra = orders.revision is not None and first.prescribed is None
        extra = " (not prescribed)" if is_extra else ""
        span = f"{clock(first.stretch.start_s)} to {clock(alike[-1].stretch.end_s)}"
        yield f"{span}  {first.exercise.name}: {n_sets}{amounts}{extra}"


def _amount(one: DoneSet) -> str:
    verdict = one.verdict
    parts = []
    if verdict.repetitions:
        n = len(verdict.repetitions)
        parts.append(f"{n} repetition{'s' if n > 1 else ''}")
    if verdict.held_s:
        parts.append(f"held {number(verdict.held_s)} s")
    return " and ".join(parts) or "nothing that counts"


def _others(timeline: Sequence[Segment]) -> Iterator[str]:
    """Yield a line for each kind of what was no exercise; rests need none."""
    for kind in (SegmentKind.UNKNOWN, SegmentKind.AWAY):
        spans = [
            f"{clock(one.start_s)} to {clock(one.end_s)}" for one in timeline if one.kind is kind
        ]
        more = f" and {len(spans) - MOST_SPANS} more" if len(spans) > MOST_SPANS else ""
        if spans:
            yield f"{SEGMENT_WORDS[kind]}: {', '.join(spans[:MOST_SPANS])}{more}"


def _warnings(seen: Seen, orders: Orders) -> Iterator[str]:
    if seen.incomplete:
        yield f"It ends early: {seen.incomplete}"
    if seen.no_video:
        yield f"The video could not be kept: {seen.no_video}"
    if orders.unread:
        yield f"Judged without this person's numbers: {orders.unread}"
