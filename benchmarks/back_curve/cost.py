"""What the outline costs a picture: the engine with its mask and without, picture by picture.

Run as a program it is the engine's process, in the environment of formcheck's own worker, and
prints what it found; `costs_ms` starts it.
"""

import itertools
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from formcheck.estimators.environment import worker_environment
from formcheck.estimators.outline import trunk_outline
from formcheck.estimators.worker import import_mediapipe
from formcheck.sources.video import VideoSource

SIZES_PX = ((640, 480), (1280, 720), (1920, 1080))
_N_PICTURES, _N_SKIPPED = 30, 10


def costs_ms(video: Path, model: Path, n_frames: int) -> dict[str, object]:
    """Return medians of the processor time of a picture [ms], by its size."""
    command = [sys.executable, "-m", "benchmarks.back_curve.cost"]
    command += [str(video), str(model.resolve()), str(n_frames)]
    environment = worker_environment(os.environ)
    answer = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, object] = json.loads(answer.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure every size."""
    video, model, n_frames = sys.argv[1], sys.argv[2], int(sys.argv[3])
    cv2.setNumThreads(1)
    with VideoSource(Path(video)) as source:
        pictures = [frame.image for frame in itertools.islice(source, _N_PICTURES)]
    found = {}
    for size_px in SIZES_PX:
        shown = [cv2.resize(one, size_px) for one in pictures]
        found["{}x{}".format(*size_px)] = _costs(model, shown + shown[::-1], n_frames)
    print(json.dumps(found))  # noqa: T201


def _costs(model: str, pictures: list[Any], n_frames: int) -> dict[str, float]:
    mediapipe = import_mediapipe()
    plain, masked = (_landmarker(mediapipe, model, mask=mask) for mask in (False, True))
    without, added = [], []
    for number in range(n_frames):
        picture = pictures[number % len(pictures)]
        time_ms = 66 * number

        def seen(landmarker: Any, picture: Any = picture, time_ms: int = time_ms) -> Any:
            image = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=picture)
            return landmarker.detect_for_video(image, time_ms)

        def outlined(seen: Callable[[Any], Any] = seen) -> None:
            result = seen(masked)
            points = [(p.x, p.y) for p in result.pose_landmarks[0]]
            hip, shoulder = (np.mean([points[k], points[k + 1]], 0) for k in (23, 11))
            mask = np.squeeze(result.segmentation_masks[0].numpy_view())
            size_px = mask.shape[::-1]
            trunk_outline(mask, hip * size_px, shoulder * size_px)

        def unmasked(seen: Callable[[Any], Any] = seen) -> None:
            seen(plain)

        # First the one and then the other: whoever comes second finds a warm cache.
        order = (unmasked, outlined) if number % 2 else (outlined, unmasked)
        taken = {one: _processor_ms(one) for one in order}
        without.append(taken[unmasked])
        added.append(taken[outlined] - taken[unmasked])
    plain.close()
    masked.close()
    return {
        "frames": n_frames - _N_SKIPPED,
        "without_ms": round(statistics.median(without[_N_SKIPPED:]), 1),
        "outline_adds_ms": round(statistics.median(added[_N_SKIPPED:]), 2),
    }


def _landmarker(mediapipe: Any, model: str, *, mask: bool) -> Any:
    tasks = mediapipe.tasks
    options = tasks.vision.PoseLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=model),
        running_mode=tasks.vision.RunningMode.VIDEO,
        num_poses=1,
        output_segmentation_masks=mask,
    )
    return tasks.vision.PoseLandmarker.create_from_options(options)


def _processor_ms(work: Callable[[], None]) -> float:
    begin_s = time.process_time()
    work()
    return 1000 * (time.process_time() - begin_s)


if __name__ == "__main__":
    main()
