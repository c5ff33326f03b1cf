"""OpenSim's marker file (.trc): where the landmarks of a set were in space.

The format wants frames at an even rate and says the time of frame f as (f - 1) / DataRate; a
camera's pictures come unevenly. The file therefore has an even grid on the clock of the set, at
the rate that was usual, and between two pictures a straight line. Nothing is made up: where there
was no picture for longer than `LONGEST_GAP_S`, or a landmark was hidden, the marker is missing
(``nan``, as OpenSim itself writes and reads what is missing).

Source: OpenSim documentation, "Marker (.trc) Files"; OpenSim/Common/TRCFileAdapter.cpp.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.exchange.set_poses import Array, SetPoses
from formcheck.files import atomic_path
from formcheck.landmarks import NAMES
from formcheck.measures import FROM_VISIBILITY

SUFFIX = ".trc"
LONGEST_GAP_S = 0.25
_MM_PER_M = 1000.0
_SAME_S = 1e-6
# Half a turn about x: MediaPipe's y is down and z away from the camera, OpenSim's y is up.
_TO_Y_UP = np.array([1.0, -1.0, -1.0])
_KEYS = (
    "DataRate",
    "CameraRate",
    "NumFrames",
    "NumMarkers",
    "Units",
    "OrigDataRate",
    "OrigDataStartFrame",
    "OrigNumFrames",
)


def write_trc(poses: SetPoses, path: Path) -> None:
    """Write the landmarks of a set in space as markers [mm], y up.

    Raises
    ------
    SourceError
        If there are not two instants to tell a rate by.
    OutputError
        If it cannot be written.
    """
    rate_hz = poses.rate_hz
    if np.isnan(rate_hz):
        raise SourceError(f"{poses.name}: expected at least two pictures to tell a rate by")
    frames, markers_m = even(poses, rate_hz)
    with atomic_path(path) as temporary:
        lines = _lines(path.name, frames, markers_m * _MM_PER_M * _TO_Y_UP, rate_hz, poses)
        temporary.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


def even(poses: SetPoses, rate_hz: float) -> tuple[NDArray[np.int64], Array]:
    """Return landmarks in space [m] at even times: the number of each frame, from 1, and them.

    Frame f is at (f - 1) / ``rate_hz`` seconds on the clock of the set.
    """
    times_s = poses.times_s
    hidden = ~(poses.visibility >= FROM_VISIBILITY)
    seen_m = np.where(hidden[..., None], np.nan, poses.world_m)
    first, last = (times_s[[0, -1]] * rate_hz + np.array([-_SAME_S, _SAME_S])).round(9)
    steps = np.arange(np.ceil(first), np.floor(last) + 1).astype(np.int64)
    grid_s = steps / rate_hz
    after = np.clip(np.searchsorted(times_s, grid_s), 1, len(times_s) - 1)
    before = after - 1
    span_s = times_s[after] - times_s[before]
    into_s = np.clip(grid_s - times_s[before], 0, span_s)
    share = (into_s / span_s)[:, None, None]
    between = seen_m[before] * (1 - share) + seen_m[after] * share
    between[span_s > LONGEST_GAP_S] = np.nan
    # At a picture itself nothing is asked of its neighbour, which may be missing.
    for there, away_s in ((before, into_s), (after, span_s - into_s)):
        is_it = away_s <= _SAME_S
        between[is_it] = seen_m[there[is_it]]
    return steps + 1, between


def _lines(
    name: str, frames: NDArray[np.int64], markers_mm: Array, rate_hz: float, poses: SetPoses
) -> Iterator[str]:
    duration_s = float(poses.times_s[-1] - poses.times_s[0])
    recorded_hz = (len(poses.times_s) - 1) / duration_s
    values = (
        f"{rate_hz:g}", f"{rate_hz:g}", len(frames), len(NAMES), "mm",
        f"{recorded_hz:.2f}", 1, len(poses.times_s),
    )  # fmt: skip
    numbers = range(1, len(NAMES) + 1)
    yield f"PathFileType\t4\t(X/Y/Z)\t{name}"
    yield "\t".join(_KEYS)
    yield "\t".join(map(str, values))
    yield "Frame#\tTime\t" + "\t\t\t".join(NAMES)
    yield "\t\t" + "\t".join(f"{axis}{number}" for number in numbers for axis in "XYZ")
    yield ""
    # A tenth of a millimetre is the step that a recording stores; + 0.0 makes 0 of -0.
    rows = markers_mm.reshape(len(frames), -1).round(1) + 0.0
    for frame, row in zip(frames.tolist(), rows.tolist(), strict=True):
        cells = "\t".join(f"{value:.1f}" for value in row)
        yield f"{frame}\t{(frame - 1) / rate_hz:.6f}\t{cells}"
