"""What everything after the pose costs a frame, and a whole analysis against a bare loop.

The bare loop decodes and calls the same landmarker (engine_throughput.py); the analysis is what
``formcheck analyze --no-video`` does, results written. Both in turn, compared within a round.
"""

import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.engine_throughput import bare_rate_hz
from formcheck.analysis.coach import Coach
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.file_analysis import Asked, Outputs, analyse_file
from formcheck.pipeline import Run, replay
from formcheck.recordings import SUFFIX, Recording
from formcheck.sources.video import VideoSource


def analysis_rate_hz(video: Path, exercises: list[Exercise], folder: Path) -> float:
    """Return the frames a second of a whole analysis without its video, after the first frame."""
    times_s: list[float] = []
    with MediaPipeEstimator(model_files.find()) as estimator:
        outputs = Outputs(folder, video=False)

        def note(_done: int, _expected: int | None) -> None:
            times_s.append(time.perf_counter())

        analyse_file(video, Asked(exercises), outputs, estimator, note)
        end_s = time.perf_counter()
    return (len(times_s) - 1) / (end_s - times_s[0])


def after_pose_ms(recording: Path, exercises: list[Exercise]) -> tuple[float, float]:
    """Return median and 95th percentile of what the core costs a frame [ms]."""
    coach = Coach(exercises)
    costs_ms = []
    for observation in replay(Recording(recording)):
        begin_s = time.perf_counter()
        coach.update(observation.time_s, observation.pose)
        costs_ms.append(1000 * (time.perf_counter() - begin_s))
    costs_ms.sort()
    return statistics.median(costs_ms), costs_ms[int(0.95 * len(costs_ms))]


def after_pose_with_results_ms(recording: Path, exercises: list[Exercise]) -> float:
    """Return the mean of the core with its verdict and curve, no sinks [ms]."""
    run = Run(Coach(exercises))
    observations = list(replay(Recording(recording)))
    begin_s = time.perf_counter()
    run.process(observations)
    run.analysis()
    return 1000 * (time.perf_counter() - begin_s) / len(observations)


def measure(video: Path, exercise: str, n_rounds: int) -> dict[str, object]:
    """Measure one clip with its exercise given, and the core with all of them."""
    known = library.load_all()
    ratios = []
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for _ in range(n_rounds):
            bare = bare_rate_hz(video, 100_000)
            ratios.append(analysis_rate_hz(video, [known[exercise]], folder) / bare)
        recording = folder / f"{video.stem}{SUFFIX}"
        given_ms, given_p95_ms = after_pose_ms(recording, [known[exercise]])
        auto_ms, auto_p95_ms = after_pose_ms(recording, list(known.values()))
        whole_ms = after_pose_with_results_ms(recording, [known[exercise]])
    with VideoSource(video) as source:
        size = f"{source.info.width_px}x{source.info.height_px}"
    return {
        "size": size,
        "analyze_no_video_against_bare_loop": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "after_pose_ms_median": round(given_ms, 3),
        "after_pose_ms_p95": round(given_p95_ms, 3),
        "after_pose_auto_ms_median": round(auto_ms, 3),
        "after_pose_auto_ms_p95": round(auto_p95_ms, 3),
        "core_with_verdict_ms_mean": round(whole_ms, 3),
    }
