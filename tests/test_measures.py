"""Body measures at points whose values are known."""

import pytest

from formcheck.measures import trunk


@pytest.mark.parametrize("mirror", [1, -1])
@pytest.mark.parametrize(("shoulder_x", "lean_deg"), [(10, 45), (0, 0), (-10, -45)])
def test_a_lean_toward_the_knees_is_positive(mirror, shoulder_x, lean_deg):
    """Sitting with the knees to either side of the picture; upright is 0, back over a chair -."""
    hip, knee, shoulder = (0.0, 10.0), (12.0 * mirror, 10.0), (shoulder_x * mirror, 0.0)
    assert trunk.forward_lean(shoulder, hip, knee) == pytest.approx(lean_deg, abs=1e-9)
