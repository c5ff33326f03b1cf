"""Frames a second of the pose engine in its own process, against a bare loop in one process.

    python benchmarks/engine_throughput.py [VIDEO ...] [--rounds 3] [--frames 300]

The bare loop is the least that a program must do: decode with PyAV, convert to RGB, call the
same landmarker. Both are run in turn, several times, and compared within each round, since the
speed of a computer drifts; the median ratio is the result. Without a video, those in
sample_videos/ are used. Prints JSON.
"""

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from formcheck.estimators import model_files
from formcheck.estimators.environment import worker_environment
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.sources.video import VideoSource

SAMPLES = Path(__file__).resolve().parents[1] / "sample_videos"


def rate_hz(results: Iterable[object]) -> float:
    """Consume results and return how many came a second, after the first."""
    iterator = iter(results)
    next(iterator)
    begin_s = time.perf_counter()
    n = sum(1 for _ in iterator)
    return n / (time.perf_counter() - begin_s)


def bare_loop(video: Path, n_frames: int) -> Iterable[object]:
    """Decode and call the landmarker in this process, and nothing else."""
    import av  # noqa: PLC0415
    import mediapipe as mp  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    vision = mp.tasks.vision
    options = vision.PoseLandmarkerOptions(
        base_options=mp.tasks.BaseOptions(model_asset_path=str(model_files.find())),
        running_mode=vision.RunningMode.VIDEO,
    )
    with vision.PoseLandmarker.create_from_options(options) as landmarker, av.open(video) as file:
        stream = file.streams.video[0]
        stream.thread_type = "AUTO"
        time_ms = -1
        for frame in itertools.islice(file.decode(stream), n_frames):
            time_ms = max(time_ms + 1, round(float(frame.time or 0.0) * 1000))
            picture = np.ascontiguousarray(frame.to_ndarray(format="rgb24"))
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=picture)
            yield landmarker.detect_for_video(image, time_ms)


def bare_rate_hz(video: Path, n_frames: int) -> float:
    """Run the bare loop in a process with the same environment as the worker's."""
    command = [sys.executable, __file__, "--bare", "--frames", str(n_frames), str(video)]
    environment = worker_environment(os.environ)
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return float(answer.stdout)


def formcheck_rate_hz(video: Path, n_frames: int) -> tuple[float, float]:
    """Return frames a second through the worker, and the time to the first pose [s]."""
    begin_s = time.perf_counter()
    with MediaPipeEstimator(model_files.find()) as estimator, VideoSource(video) as source:
        results = estimator.estimate(itertools.islice(source, n_frames))
        next(results)
        first_s = time.perf_counter() - begin_s
        return rate_hz(results), first_s


def compare(video: Path, n_rounds: int, n_frames: int) -> dict[str, object]:
    """Measure one video in several rounds."""
    with VideoSource(video) as source:
        size = f"{source.info.width_px}x{source.info.height_px}"
    rounds = []
    for _ in range(n_rounds):
        bare = bare_rate_hz(video, n_frames)
        rounds.append((bare, *formcheck_rate_hz(video, n_frames)))
    return {
        "size": size,
        "bare_hz": round(statistics.median(bare for bare, _, _ in rounds), 1),
        "formcheck_hz": round(statistics.median(rate for _, rate, _ in rounds), 1),
        "ratio": round(statistics.median(rate / bare for bare, rate, _ in rounds), 3),
        "ratios": [round(rate / bare, 3) for bare, rate, _ in rounds],
        "start_to_first_pose_s": round(statistics.median(first for _, _, first in rounds), 2),
    }


def main() -> None:
    """Measure every video and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("videos", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--frames", type=int, default=300)
    parser.add_argument("--bare", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    videos = options.videos or sorted(SAMPLES.glob("*.mp4"))
    if options.bare:
        print(rate_hz(bare_loop(videos[0], options.frames)))  # noqa: T201
        return
    figures = {video.name: compare(video, options.rounds, options.frames) for video in videos}
    print(json.dumps(figures, indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
