"""The loop hands every instant to every sink, and keeps what was found when something breaks."""

import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.verdict import Outcome
from formcheck.errors import DamagedSourceError
from formcheck.exercises import library
from formcheck.pipeline import Observation, Run
from formcheck.sinks.memory import MemorySink
from tests.people import poses

BRIDGE = library.find("glute_bridge")


def observations():
    """Yield the instants of a clip of four bridges."""
    for time_s, pose in poses("glute_bridge"):
        yield Observation(time_s, pose)


def test_every_sink_sees_every_instant_once():
    """Two sinks get the same snapshots, in order."""
    first, second = MemorySink(), MemorySink()
    run = Run(Coach([BRIDGE]), [first, second])
    run.process(observations())
    assert [s.time_s for s in first.snapshots] == [o.time_s for o in observations()]
    assert first.snapshots == second.snapshots
    assert run.n_frames == len(first.snapshots)


def test_what_was_found_before_an_error_is_kept():
    """A source that breaks off in the middle leaves a verdict on what came before."""

    def broken():
        for observation in observations():
            if observation.time_s > 8:
                raise DamagedSourceError("breaks off")
            yield observation

    run = Run(Coach([BRIDGE]))
    with pytest.raises(DamagedSourceError):
        run.process(broken())
    analysis = run.analysis("breaks off")
    assert analysis.verdict.outcome is Outcome.COUNTED
    assert len(analysis.verdict.repetitions) == 2
    assert analysis.interrupted == "breaks off"


def test_the_curve_follows_the_primary_measure():
    """The curve has the thresholds of the file and as many points as there were frames."""
    run = Run(Coach([BRIDGE]))
    run.process(observations())
    curve = run.analysis().curve
    assert (curve.measure, curve.unit) == ("hip_lift", "deg")
    signal = BRIDGE.variants[0].repetition.signals[0]
    values = [threshold.value for threshold in curve.thresholds]
    assert values == [signal.rest, signal.effort, signal.target]
    assert len(curve.points) == run.n_frames
