"""What a page draws along its time axis can be read and is where it happened."""

import itertools
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.analysis.curve import Curve, CurvePoint
from formcheck.analysis.snapshot import Threshold
from formcheck.analysis.verdict import Outcome
from formcheck.reports.chart import CURVE_HEIGHT, LETTER_HEIGHT, WIDTH, build_chart
from tests.reports.rows import ATTEMPT, FAULT, REPETITION, hold, result


def curve(values, thresholds=()):
    """Return a curve with a value a second."""
    points = tuple(CurvePoint(float(n), value) for n, value in enumerate(values))
    return Curve("hip_lift", "deg", 4.0, tuple(Threshold(*t) for t in thresholds), points)


@given(
    values=st.lists(st.floats(-90, 90), min_size=3, max_size=5),
    thresholds=st.lists(st.floats(-90, 90), min_size=1, max_size=3),
)
def test_words_beside_the_curve_never_lie_on_each_other(values, thresholds):
    """However close the thresholds are; the lines themselves stay where they belong."""
    chart = build_chart(result(), curve(values, [(str(n), t) for n, t in enumerate(thresholds)]))
    words = sorted(level.label_y for level in (*chart.thresholds, *chart.scale))
    gaps = [b - a for a, b in itertools.pairwise(words)]
    assert all(gap >= LETTER_HEIGHT - 1e-6 for gap in gaps)
    assert all(-1e-6 <= y <= CURVE_HEIGHT + 1e-6 for y in words)
    in_order = sorted(chart.thresholds, key=lambda level: -level.value)
    assert [level.y for level in in_order] == sorted(level.y for level in in_order)


def test_what_moves_less_than_its_error_is_drawn_flat():
    """Jitter of a tenth of the error takes a twentieth of the height."""
    chart = build_chart(result(duration_s=3.0), curve([10.0, 10.4, 10.0]))
    heights = [float(point.split(",")[1]) for point in chart.lines[0].split()]
    assert max(heights) - min(heights) < CURVE_HEIGHT / 18


def test_a_gap_in_the_readings_is_a_gap_in_the_line():
    """What could not be read is not bridged."""
    chart = build_chart(result(duration_s=5.0), curve([0.0, 10.0, math.nan, 10.0, 0.0]))
    assert len(chart.lines) == 2
    assert chart.lines[1].startswith(f"{WIDTH * 3 / 5:.1f},")


def test_everything_that_happened_has_its_lane_and_time():
    """Repetitions and holds with their number or length, faults by how bad they are."""
    rows = {
        "repetitions": (REPETITION,), "attempts": (ATTEMPT,),
        "faults": (FAULT, FAULT.model_copy(update={"severity": "error"})), "duration_s": 4.0,
    }  # fmt: skip
    blocks = build_chart(result(Outcome.COUNTED, **rows), curve([])).blocks
    assert [block.lane for block in blocks] == ["done", "attempt", "advice", "error"]
    assert (blocks[0].x, blocks[0].width, blocks[0].label) == (0.0, WIDTH / 2, "1")
    held = build_chart(result(Outcome.HELD, holds=(hold(1, 6.5),)), curve([])).blocks
    assert held[0].label == "6.5 s"


@pytest.mark.parametrize("duration_s", [0.0, 0.04, 7.3, 3600.0])
def test_the_axis_has_a_few_round_times(duration_s):
    """From a single frame to an hour."""
    times = [time_s for _, time_s in build_chart(result(duration_s=duration_s), curve([])).ticks]
    assert 3 <= len(times) <= 9
    assert times[0] == 0.0
