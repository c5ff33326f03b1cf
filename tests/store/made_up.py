"""Sessions that nobody did: a plain one, and any that can be told by its type."""

import dataclasses
import math
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import strategies as st

from formcheck.analysis.events import (
    Fault,
    Hold,
    NotAssessed,
    Repetition,
    RepetitionAttempted,
    Turn,
)
from formcheck.analysis.own_numbers import RangeBasis
from formcheck.analysis.verdict import Abstention, Check, Outcome
from formcheck.exercises.dose import Dose
from formcheck.recordings import RecordingHeader, RecordingWriter
from formcheck.session.events import PainReported, RuleApplied
from formcheck.session.stages import SetEnd
from formcheck.store import PainRating, RedFlagScreen, SessionEnd, SessionRecord, SetRecord
from tests.people import SIZES_PX, poses

BEGAN = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
HEADER = RecordingHeader(
    "live session", *SIZES_PX["glute_bridge"], 30.0, "fake", "1", "none", "0" * 64
)


@cache
def recording(n_frames=60):
    """Return the bytes of a recording of a rendered bridge."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "set.poses.npz"
        with RecordingWriter(path, HEADER) as writer:
            for time_s, pose in poses("glute_bridge")[:n_frames]:
                writer.write(time_s, pose)
        return path.read_bytes()


def repetition(number=1, faults=()):
    """Return a repetition of a bridge."""
    at_s = 4.0 * number
    return Repetition(
        number, "both_feet", None, at_s, at_s + 1, at_s + 3, 1.0, 1.0, 1.0,
        "hip_lift", 0.1, 0.42, 0.45, 0.92, True, faults,
    )  # fmt: skip


def set_record(name="set-01-glute_bridge", n_repetitions=3, poses_of=None):
    """Return a set of bridges, the last of them with a fault."""
    faults = [()] * (n_repetitions - 1) + [("drops",)]
    return SetRecord(
        name=name,
        step_index=0,
        set_number=1,
        exercise=name.split("-", 2)[-1],
        dose=Dose(sets=2, repetitions=n_repetitions),
        end=SetEnd.DONE,
        started_s=12.5,
        outcome=Outcome.COUNTED,
        basis=RangeBasis.EXERCISE_FILE,
        duration_s=30.0,
        n_frames=60,
        n_frames_with_person=58,
        assessed_share=0.9,
        repetitions=tuple(repetition(k, told) for k, told in enumerate(faults, start=1)),
        attempts=(),
        holds=(),
        faults=(),
        checks=(),
        abstentions=(),
        jumps_s=(),
        poses=recording() if poses_of is None else poses_of,
    )


def session_record(number=1, person="robin", **changed):
    """Return a session of one set on day ``number``."""
    began = BEGAN + timedelta(days=number)
    values = {
        "id": f"{began:%Y%m%dT%H%M%SZ}-{number:06x}",
        "person": person,
        "started": began,
        "end": SessionEnd.FINISHED,
        "duration_s": 95.0,
        "language": "en",
        "formcheck_version": "0.1.0",
        "prescription_revision": None,
        "facts": b'{"format": "formcheck session"}\n',
        "events": b'{"type": "SessionEnded"}\n',
        "sets": (set_record(),),
        "pain_reports": (PainReported(20.0, 0, "glute_bridge", 1),),
    }
    return SessionRecord(**{**values, **changed})


def same(one, other):
    """Whether two values are the same to the last bit, NaN being NaN."""
    if dataclasses.is_dataclass(one):
        names = [field.name for field in dataclasses.fields(one)]
        both = ((getattr(one, name), getattr(other, name)) for name in names)
        return type(one) is type(other) and all(same(*pair) for pair in both)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and math.isnan(one):
        return isinstance(other, float) and math.isnan(other)
    return one == other and isinstance(other, type(one))


_READ = {"start_value", "peak_value", "target", "reached", "value", "threshold", "expected_error"}
_TIMES = st.floats(0, 1e5)
_READINGS = st.floats(allow_nan=True, allow_infinity=False)
_WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)
_TURNS = st.builds(Turn, _READINGS, _READINGS, _READINGS, _READINGS)
st.register_type_strategy(Turn, _TURNS)


def _any(kind, **fixed):
    """Return a strategy for values of a type, times and readings by the names of their fields."""
    chosen = {}
    for field in dataclasses.fields(kind):
        if field.name.endswith("_s"):
            chosen[field.name] = _TIMES
        elif field.name in _READ:
            chosen[field.name] = _READINGS
        elif field.name == "assessed_share":
            chosen[field.name] = st.floats(0, 1)
    return st.builds(kind, **{**chosen, **fixed})


_REASONS = _any(NotAssessed)
_FEW = {"max_size": 2}
_DOSES = st.one_of(
    st.builds(Dose, sets=st.integers(1, 20), repetitions=st.integers(1, 200)),
    st.builds(Dose, hold_s=st.floats(1, 600), rest_s=st.floats(0, 600)),
)


def _tuples(strategy):
    return st.lists(strategy, **_FEW).map(tuple)


_SETS = _any(
    SetRecord,
    dose=st.none() | _DOSES,
    n_frames=st.integers(0, 10**6),
    n_frames_with_person=st.integers(0, 10**6),
    step_index=st.none() | st.integers(0, 20),
    set_number=st.none() | st.integers(1, 20),
    repetitions=_tuples(_any(Repetition, turn=st.none() | _TURNS, number=st.integers(1, 99))),
    attempts=_tuples(_any(RepetitionAttempted)),
    holds=_tuples(
        _any(Hold, turn=st.none() | _TURNS, number=st.integers(1, 99), n_breaks=st.integers(0, 9))
    ),
    faults=_tuples(_any(Fault)),
    checks=_tuples(_any(Check, refused=st.none() | _REASONS, n_found=st.integers(0, 99))),
    abstentions=_tuples(_any(Abstention, reason=_REASONS)),
    jumps_s=st.lists(_TIMES, **_FEW).map(tuple),
    poses=st.binary(max_size=600_000),
)
_WHOLE = st.integers(0, 20)
_MOMENTS = st.integers(0, 10**15).map(lambda us: BEGAN + timedelta(microseconds=us))


def _sessions(session_id):
    named = st.just(session_id)
    ratings = _any(
        PainRating, time=_MOMENTS, value=st.none() | st.integers(0, 10), session_id=named
    )
    return _any(
        SessionRecord,
        id=named,
        person=st.just("robin"),
        started=_MOMENTS,
        prescription_revision=st.none() | st.integers(1, 99),
        heat_minutes=st.none() | st.integers(0, 60),
        language=_WORDS,
        formcheck_version=_WORDS,
        sets=st.lists(_SETS, max_size=2, unique_by=lambda one: one.name).map(tuple),
        pain_reports=_tuples(
            _any(PainReported, step_index=_WHOLE, set_number=st.none() | st.integers(1, 20))
        ),
        pain_ratings=_tuples(ratings),
        screens=_tuples(_any(RedFlagScreen, time=_MOMENTS, session_id=named)),
        rules_applied=_tuples(_any(RuleApplied, step_index=st.none() | _WHOLE)),
    )


SESSIONS = st.uuids().map(str).flatmap(_sessions)
