"""How far the signal that is counted lags behind the movement.

The movement is exactly known for the rendered clips. The signal is read from the engine in VIDEO
mode, as formcheck runs it (the engine smooths there), and in IMAGE mode, where every picture is
looked at alone. The lag is the shift in time at which a signal agrees best with the truth.
formcheck adds no filter of its own to readings.
"""

import math
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from formcheck.analysis.body import BodyEstimator
from formcheck.analysis.readings import Reader
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises.schema import Reading
from formcheck.pose import rounded_pose
from formcheck.simulation.truth import Truth
from formcheck.sources.video import VideoSource

LONGEST_SHIFT_S = 0.4
STEP_S = 0.002


def lags_ms(video: Path, reading: Reading) -> dict[str, float]:
    """Return the lag of a reading of one clip in VIDEO mode, and picture by picture [ms]."""
    truth = Truth.load(video.with_suffix(".truth.npz"))
    true = _values(
        reading,
        [
            rounded_pose(time_s, image, world, np.ones(33), (10_000, 10_000))
            for time_s, image, world in zip(
                truth.time_s.tolist(), truth.image_px, truth.world_m, strict=True
            )
        ],
    )
    with MediaPipeEstimator(model_files.find()) as estimator, VideoSource(video) as source:
        smoothed = _values(reading, [pose for _, pose in estimator.estimate(source)])
        # A stream of one picture has nothing to smooth with.
        alone = [
            pose
            for number, frame in enumerate(source)
            if number % 2 == 0
            for _, pose in estimator.estimate([frame])
        ]
    return {
        "video_mode": round(_lag_ms(truth.time_s, true, truth.time_s, smoothed), 1),
        "each_picture_alone": round(
            _lag_ms(truth.time_s, true, truth.time_s[::2], _values(reading, alone)), 1
        ),
    }


def _values(reading: Reading, poses: list[object]) -> NDArray[np.float64]:
    reader, body = Reader([reading]), BodyEstimator()
    values = []
    for pose in poses:
        if pose is None:
            values.append(math.nan)
            continue
        (taken,) = reader.read(pose, body.update(pose)).values()
        values.append(taken.value)
    return np.array(values)


def _lag_ms(
    true_s: NDArray[np.float64],
    true: NDArray[np.float64],
    seen_s: NDArray[np.float64],
    seen: NDArray[np.float64],
) -> float:
    """Return the shift of best correlation; positive where ``seen`` comes later."""
    known = np.isfinite(seen)
    best = max(
        np.arange(-LONGEST_SHIFT_S, LONGEST_SHIFT_S, STEP_S),
        key=lambda shift_s: np.corrcoef(
            np.interp(seen_s[known] - shift_s, true_s, true), seen[known]
        )[0, 1],
    )
    return 1000 * float(best)
