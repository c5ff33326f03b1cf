"""In a cat-cow the outline of the back tells whether more than the head moves."""

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.verdict import CheckStatus, Verdict
from formcheck.landmarks import INDEX
from formcheck.pose import OUTLINE_PLACES, Pose
from formcheck.recordings import Recording, RecordingHeader, RecordingWriter
from tests.moving import judged, moving

N_REPETITIONS = 3
_PLACES = np.array(OUTLINE_PLACES)


def seen(curve_deg: float | None) -> list[tuple[float, Pose]]:
    """Return somebody whose back curves by so much with the head; None for no outline at all."""
    poses = list(moving("cat_cow", N_REPETITIONS))
    if curve_deg is None:
        return poses
    heads = np.array([_head_px(pose) for _, pose in poses])
    shares = (heads - heads.min()) / np.ptp(heads)
    return [
        (time_s, replace(pose, outline=_outline(pose, (share - 0.5) * curve_deg)))
        for (time_s, pose), share in zip(poses, shares, strict=True)
    ]


def _head_px(pose: Pose) -> float:
    return float(pose.image[INDEX["left_ear"], 1] - pose.image[INDEX["left_shoulder"], 1])


def _outline(pose: Pose, curve_deg: float) -> np.ndarray:
    """Return a back that is bent by an angle, and a belly that is not."""
    # A parabola whose ends, over a third each, are inclined by half of it.
    bow = math.tan(math.radians(curve_deg / 2)) / (4 * (1 - 2 * 2.5 / 15))
    back = 0.2 + 4 * bow * _PLACES * (1 - _PLACES)
    looks_right = pose.image[INDEX["left_shoulder"], 0] > pose.image[INDEX["left_hip"], 0]
    belly = np.full(len(_PLACES), 0.15)
    return np.round(np.array([back, belly] if looks_right else [belly, back]) * 2000) / 2000


def nods(verdict: Verdict) -> list[str]:
    """Return how severe each nod was that was found."""
    return [fault.severity for fault in verdict.faults if fault.name == "only_head_moves"]


@pytest.mark.parametrize(("curve_deg", "n_nods"), [(0, 3), (9, 3), (18, 0), (60, 0)])
def test_a_back_that_stays_as_it_is_gets_a_tip(curve_deg, n_nods):
    """Below 12 degrees of change the head alone has nodded; it counts, and is never an error."""
    verdict = judged("cat_cow", seen(curve_deg))
    assert len(verdict.repetitions) == N_REPETITIONS
    assert nods(verdict) == ["advice"] * n_nods


def test_without_an_outline_it_is_not_judged():
    """Poses of an older recording: counted as ever, and it is said what was not looked at."""
    verdict = judged("cat_cow", seen(None))
    assert len(verdict.repetitions) == N_REPETITIONS
    (check,) = [one for one in verdict.checks if one.name == "only_head_moves"]
    assert check.status is CheckStatus.NOT_ASSESSED
    assert "outline" in check.reason


def test_a_recording_is_judged_again_without_any_picture(tmp_path):
    """The outline is in the recording: the verdict is the same as on the day."""
    poses = seen(0)
    size_px = poses[0][1].width_px, poses[0][1].height_px
    header = RecordingHeader("nods", *size_px, 30.0, "simulation", "0", "exact", "")
    path = tmp_path / "nods.poses.npz"
    with RecordingWriter(path, header) as writer:
        for time_s, pose in poses:
            writer.write(time_s, pose)
    assert judged("cat_cow", list(Recording(path))) == judged("cat_cow", poses)
