"""Whether memory stays flat over an hour of video.

A sample clip is looped, with time going on, at 10 frames a second, through a whole analysis with
every output; the memory of formcheck and of its engine is read along the way. Linux only: it
reads ``/proc``.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import av

from formcheck.analysis.coach import Coach
from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.exercises import library
from formcheck.pipeline import Observation, Run, observe
from formcheck.recordings import RecordingHeader
from formcheck.sinks.readings_table import ReadingsSink
from formcheck.sinks.recording import PoseRecordingSink
from formcheck.sources.video import VideoSource

RATE_HZ = 10


def slower(video: Path, target: Path) -> None:
    """Write a clip again with ten frames a second."""
    with VideoSource(video) as source, av.open(str(target), "w") as container:
        stream = container.add_stream("libx264", rate=RATE_HZ)
        stream.width, stream.height = source.info.width_px, source.info.height_px
        stream.pix_fmt = "yuv420p"
        due_s = 0.0
        for frame in source:
            if frame.time_s + 1e-6 < due_s:
                continue
            due_s += 1 / RATE_HZ
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame.image, format="rgb24")))
        container.mux(stream.encode())


def resident_mb(process_id: int) -> float:
    """Return the memory that a process holds [MB]."""
    fields = Path(f"/proc/{process_id}/statm").read_text(encoding="ascii").split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def children(process_id: int) -> list[int]:
    """Return the processes that a process started."""
    threads = Path(f"/proc/{process_id}/task").glob("*/children")
    return [int(child) for path in threads for child in path.read_text(encoding="ascii").split()]


def measure(video: Path, exercise: str, video_s: float) -> dict[str, object]:
    """Return memory along ``video_s`` seconds of looped video."""
    samples: list[tuple[float, float, float]] = []
    begin_s = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        clip = Path(scratch) / "slow.mp4"
        slower(video, clip)
        with (
            MediaPipeEstimator(model_files.find()) as estimator,
            VideoSource(clip, loop_for_s=video_s) as source,
        ):
            info = source.info
            header = RecordingHeader(
                info.name, info.width_px, info.height_px, RATE_HZ, "mediapipe", "", "", ""
            )
            coach = Coach([library.find(exercise)])
            run = Run(
                coach,
                [
                    ReadingsSink(Path(scratch) / "readings.csv", coach.readings),
                    PoseRecordingSink(Path(scratch) / "poses.npz", header),
                ],
            )

            def watched() -> Iterator[Observation]:
                for observation in observe(source, estimator):
                    yield observation
                    if run.n_frames % (RATE_HZ * 60) == 0:
                        own = os.getpid()
                        engine = max(map(resident_mb, children(own)), default=0.0)
                        samples.append((observation.time_s / 60, resident_mb(own), engine))

            run.process(watched())
            count = len(run.analysis().verdict.repetitions)
    settled = [sample for sample in samples if sample[0] >= 5] or samples
    return {
        "video_minutes": round(video_s / 60, 1),
        "frames": run.n_frames,
        "repetitions": count,
        "wall_minutes": round((time.perf_counter() - begin_s) / 60, 1),
        "formcheck_mb": {"at_5_min": round(settled[0][1], 1), "at_end": round(settled[-1][1], 1)},
        "engine_mb": {"at_5_min": round(settled[0][2], 1), "at_end": round(settled[-1][2], 1)},
        "growth_mb": round(sum(settled[-1][1:]) - sum(settled[0][1:]), 1),
    }
