"""Where the sets of a recording begin and end, and its poses cut there.

A set is what a timeline says that it is, with a margin: the counting of an exercise wants to see
where it starts from. Times stay on the one clock of the recording.
"""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from formcheck.analysis.timeline import Segment
from formcheck.analysis.whole import Analysis
from formcheck.errors import DamagedSourceError
from formcheck.pose import Pose
from formcheck.recordings import SUFFIX, Recording, RecordingHeader, RecordingWriter

BEFORE_S = 5.0
AFTER_S = 3.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One set that was done [s].

    Attributes
    ----------
    exercise
        Its id.
    start_s, end_s
        From the first to the last that was done.
    from_s, to_s
        What is kept of the recording.
    """

    exercise: str
    start_s: float
    end_s: float
    from_s: float
    to_s: float


def stretches(analysis: Analysis, *, is_named: bool) -> tuple[Stretch, ...]:
    """Return every set in order.

    Parameters
    ----------
    is_named
        Whether somebody has said what is done: movements that were all too small are then a set
        of it as well.
    """
    spans = sorted(_spans(analysis.timeline))
    attempts, due = analysis.verdict.attempts, analysis.verdict.exercise
    if not spans and is_named and due is not None and attempts:
        spans = [(attempts[0].start_s, attempts[-1].time_s, due.id)]
    return tuple(_with_margin(spans))


def cut(recording: Recording, parts: Sequence[tuple[Path, Stretch]], source: str) -> None:
    """Write the poses of each stretch to its file, in one pass.

    Parameters
    ----------
    source
        What the recording is called.

    Raises
    ------
    OutputError
        If one cannot be written.
    SourceError
        If the recording cannot be read.
    """
    kept = recording.header
    header = RecordingHeader(
        source, kept.width_px, kept.height_px, kept.rate_hz,
        kept.engine, kept.engine_version, kept.model, kept.model_sha256,
    )  # fmt: skip
    with ExitStack() as stack:
        writers = [
            (stretch, stack.enter_context(RecordingWriter(path, header))) for path, stretch in parts
        ]
        with suppress(DamagedSourceError):  # that has been said when it was first seen
            for time_s, pose in recording:
                _add(time_s, pose, writers)


def file_name(number: int, exercise: str) -> str:
    """Return what the recording of a set is called, as in a live session."""
    return f"set-{number:02d}-{exercise}{SUFFIX}"


def _add(
    time_s: float, pose: Pose | None, writers: Sequence[tuple[Stretch, RecordingWriter]]
) -> None:
    for stretch, writer in writers:
        if stretch.from_s <= time_s <= stretch.to_s:
            writer.write(time_s, pose)


def _spans(timeline: Sequence[Segment]) -> Iterator[tuple[float, float, str]]:
    for segment in timeline:
        if segment.exercise is not None:
            yield from ((one.start_s, one.end_s, segment.exercise) for one in segment.sets)


def _with_margin(spans: Sequence[tuple[float, float, str]]) -> Iterator[Stretch]:
    """Yield the stretches; a margin never reaches into what was done before or after."""
    for number, (start_s, end_s, exercise) in enumerate(spans):
        ended_s = max((one[1] for one in spans[:number]), default=0.0)
        begins_s = spans[number + 1][0] if number + 1 < len(spans) else end_s + AFTER_S
        from_s = min(start_s, max(ended_s, start_s - BEFORE_S))
        to_s = max(end_s, min(begins_s, end_s + AFTER_S))
        yield Stretch(exercise, start_s, end_s, from_s, to_s)
