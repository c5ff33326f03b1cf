"""The drawing of a set's curve."""

import re

from formcheck.analysis.curve import Curve, CurvePoint
from formcheck.analysis.snapshot import Threshold
from formcheck.patient_reports.set_curve import LEFT, RIGHT, Done, set_curve


def drawn(begin_s):
    """Return the drawing of a set of twenty seconds that begins at a time of its session."""
    points = tuple(CurvePoint(begin_s + n / 10, float(n % 40)) for n in range(201))
    curve = Curve("hip_flexion", "deg", 5.0, (Threshold("target", 30.0),), points)
    done = Done(begin_s + 20.0, (), (), (), ())
    return set_curve(curve, done, lambda reading: f"{reading:g}", lambda time_s: f"at {time_s:g}")


def test_a_set_fills_its_picture_wherever_in_the_session_it_lies():
    """The curve goes from one side to the other, and the times are those of the session."""
    for begin_s in (0.0, 700.0):
        picture = drawn(begin_s)
        xs = [
            float(pair.split(",")[0])
            for line in re.findall(r'<polyline points="([^"]*)"', picture)
            for pair in line.split()
        ]
        assert abs(min(xs) - LEFT) < 1
        assert abs(max(xs) - RIGHT) < 1
        times_s = [float(one) for one in re.findall(r"at ([\d.]+)<", picture)]
        assert times_s
        assert all(begin_s <= one <= begin_s + 20 for one in times_s)
