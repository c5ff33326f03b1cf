"""The moments in which faults were worst, drawn from the landmarks of that moment.

A drawing shows nobody. A picture of a kept video does: it is taken in only where it is asked for.
"""

import bisect
import math
from collections.abc import Callable, Iterator, Sequence

from formcheck.analysis.events import Fault
from formcheck.patient_reports.document import Block, Drawing, Figures
from formcheck.patient_reports.session_material import SetMaterial
from formcheck.patient_reports.skeleton import skeleton
from formcheck.patient_reports.words import ReportWords
from formcheck.pose import Pose

MOST_SHOWN = 6  # of one exercise; every fault is in the table
IN_A_ROW = 3
# A pose from further away than this is another moment [s].
_NEAR_S = 0.25

Found = tuple[SetMaterial, Fault]
Frames = Callable[[SetMaterial, float], str | None]
"""Gives the picture at a time of a set as SVG; None where there is none."""


def no_frames(_one: SetMaterial, _time_s: float) -> str | None:
    """Give no pictures: skeletons are drawn."""
    return None


def evidence(
    faults: Sequence[Found], words: ReportWords, exercise_id: str, frames: Frames
) -> Iterator[Block]:
    """Yield the worst moment of each kind of fault, errors first."""
    drawn = (_drawing(one, words, exercise_id, frames) for one in _worst_of_each(faults))
    shown = tuple(one for one in drawn if one)[:MOST_SHOWN]
    if shown:
        yield Figures(shown, IN_A_ROW)


def beyond(fault: Fault) -> tuple[bool, float]:
    """Return how bad a fault is: an error before a tip, then by how many errors of the measure."""
    by = abs(fault.value - fault.threshold) / (fault.expected_error or 1.0)
    return fault.severity == "error", by if math.isfinite(by) else -1.0


def pose_at(one: SetMaterial, time_s: float) -> Pose | None:
    """Return the pose nearest to a time; None where nobody was seen about then."""
    seen = [(at_s, pose) for at_s, pose in one.poses if pose is not None]
    place = bisect.bisect_left(seen, time_s, key=lambda pair: pair[0])
    near = seen[max(0, place - 1) : place + 1]
    at_s, pose = min(near, key=lambda pair: abs(pair[0] - time_s), default=(math.inf, None))
    return pose if abs(at_s - time_s) <= _NEAR_S else None


def _worst_of_each(faults: Sequence[Found]) -> list[Found]:
    worst: dict[str, Found] = {}
    for found in faults:
        name = found[1].name
        if name not in worst or beyond(found[1]) > beyond(worst[name][1]):
            worst[name] = found
    return sorted(worst.values(), key=lambda found: beyond(found[1]), reverse=True)


def _drawing(found: Found, words: ReportWords, exercise_id: str, frames: Frames) -> Drawing | None:
    one, fault = found
    shown = frames(one, fault.evidence_s)
    pose = None if shown else pose_at(one, fault.evidence_s)
    drawn = skeleton(pose, fault) if pose else shown
    if drawn is None:
        return None
    says = words.finding(exercise_id, fault.name, fault.says)
    caption = words.say(
        "evidence",
        n=one.judged.record.set_number or 1,
        time=words.clock(fault.evidence_s),
        says=says,
        value=words.amount(fault.value, fault.unit),
        bound=words.reading(fault.threshold, fault.unit),
        error=words.reading(fault.expected_error, fault.unit),
    )
    what = words.say("evidence_shown" if shown else "evidence_drawn", says=says)
    return Drawing(drawn, what, caption)
