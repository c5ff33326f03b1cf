"""Run poses through the core and hand what it sees to every sink.

A camera, a video file, a saved recording and a simulation all come through ``run``; they differ
only in where the observations come from and in the sinks that they pass. The core sees poses
and times, nothing else, so the same poses give the same events whatever produced them.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from formcheck.analysis.coach import Coach
from formcheck.analysis.confirming import Confirmer
from formcheck.analysis.curve import CurveBuilder
from formcheck.analysis.events import Event
from formcheck.analysis.timeline import TimelineBuilder
from formcheck.analysis.verdict import VerdictBuilder
from formcheck.analysis.whole import Analysis
from formcheck.estimators.base import EngineIdentity, PoseEstimator
from formcheck.frame import Frame, FrameSource, SourceInfo
from formcheck.pose import Pose
from formcheck.recordings import Recording, RecordingHeader
from formcheck.sinks.base import Sink


@dataclass(frozen=True, slots=True)
class Observation:
    """One instant: a pose (None while nobody is seen) and its picture, where there is one."""

    time_s: float
    pose: Pose | None
    frame: Frame | None = None


def observe(
    source: FrameSource, estimator: PoseEstimator, *, lookahead: int = 1, outline: bool = False
) -> Iterator[Observation]:
    """Yield what the engine finds in each frame of an open source."""
    for frame, pose in estimator.estimate(source, lookahead=lookahead, outline=outline):
        yield Observation(frame.time_s, pose, frame)


def recording_header(info: SourceInfo, identity: EngineIdentity) -> RecordingHeader:
    """Return what a recording of this source says of where it comes from."""
    return RecordingHeader(
        source=info.name,
        width_px=info.width_px,
        height_px=info.height_px,
        rate_hz=info.rate_hz,
        engine=identity.engine,
        engine_version=identity.engine_version,
        model=identity.model,
        model_sha256=identity.model_sha256,
    )


def replay(recording: Recording) -> Iterator[Observation]:
    """Yield the poses of a saved recording."""
    for time_s, pose in recording:
        yield Observation(time_s, pose)


class Run:
    """One pass over a source; what it has found so far outlives an error.

    Parameters
    ----------
    coach
        A fresh coach.
    sinks
        Opened and closed by the run, in this order.
    confirmer
        Notices that another exercise is done than the one that is due; None to take it as it is.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> run = Run(Coach([library.find("glute_bridge")]))
    >>> run.process([Observation(0.0, None), Observation(0.1, None)])
    >>> run.analysis().verdict.outcome
    <Outcome.NOT_ASSESSED: 'not_assessed'>
    """

    def __init__(
        self, coach: Coach, sinks: Sequence[Sink] = (), confirmer: Confirmer | None = None
    ) -> None:
        self._coach = coach
        self._confirmer = confirmer
        self._sinks = sinks
        self._builder = VerdictBuilder(coach)
        self._curve = CurveBuilder()
        self._timeline = TimelineBuilder()
        self._events: list[Event] = []
        self.n_frames = 0

    def process(self, observations: Iterable[Observation]) -> None:
        """Take every observation; on any error, first finish what was found until then."""
        with ExitStack() as stack:
            opened = [stack.enter_context(sink) for sink in self._sinks]
            try:
                for observation in observations:
                    self._step(observation, opened)
            finally:
                last = self._coach.finish()
                self._builder.take(last)
                self._timeline.take(last)
                self._events += last.events
                if self._confirmer:
                    self._confirmer.finish(last)

    def analysis(self, interrupted: str | None = None) -> Analysis:
        """Return what was found, whole or until it was interrupted."""
        events, curve = tuple(self._events), self._curve.curve()
        verdict, also_done = self._builder.verdict(), self._builder.also_done()
        timeline = self._timeline.timeline()
        instead = tuple(self._confirmer.instead) if self._confirmer else ()
        return Analysis(verdict, events, curve, also_done, timeline, instead, interrupted)

    def _step(self, observation: Observation, sinks: Sequence[Sink]) -> None:
        snapshot = self._coach.update(observation.time_s, observation.pose)
        self._builder.take(snapshot)
        self._curve.take(snapshot)
        self._timeline.take(snapshot)
        self._events += snapshot.events
        if self._confirmer:
            self._confirmer.update(observation.time_s, observation.pose, snapshot)
        self.n_frames += 1
        for sink in sinks:
            sink.write(snapshot, observation.frame)
