"""Labels of the sample clips, in the format that ``formcheck evaluate`` reads."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcheck.simulation.performance import Performance, Repetition

if TYPE_CHECKING:  # labels can be written where nothing can be rendered
    from formcheck.simulation.scene import Scene

ABOUT: dict[str, Any] = {
    "purpose": "Labels of the sample clips, for `formcheck evaluate`, the demo and the tests.",
    "counts": "Exact: taken from the motion that was rendered, not seen by eye. The people are "
    "rendered; figures measured on them say nothing about accuracy on real people.",
    "fields": {
        "exercise": "name of the built-in exercise",
        "variant": "name of its variant, or null",
        "expect": "count | hold",
        "repetitions": "true number, those with a fault included",
        "repetitions_accept": "all counts that are defensible: a repetition that is too small may "
        "be counted with its fault, or seen as an attempt",
        "repetition_times_s": "middle of the pause at the far end",
        "repetition_spans_s": "[start, end] of each repetition",
        "sides": "the person's side to which each repetition goes, or null",
        "holds_s": "[start, end] of each hold in good form",
        "faults": "catalogue_fault is a name in the faults of that exercise",
        "truth": "file with the exact landmarks and joint angles of each frame",
    },
}


def label_of(
    scene: "Scene", performance: Performance, video: Path, n_frames: int
) -> dict[str, Any]:
    """Return the label of one clip."""
    return {
        "file": video.name,
        "view": scene.view,
        "orientation": scene.orientation,
        "fps": scene.timing.mean_fps,
        "width": scene.viewpoint.width_px,
        "height": scene.viewpoint.height_px,
        "frames": n_frames,
        "duration_s": round(n_frames / scene.timing.mean_fps, 3),
        **what_is_true(performance),
        "truth": video.with_suffix(".truth.npz").name,
        "remarks": scene.remarks,
        "sha256": hashlib.sha256(video.read_bytes()).hexdigest(),
    }


def labels_of(clips: Sequence[Mapping[str, Any]]) -> str:
    """Return a file of labels."""
    return (
        json.dumps({"about": ABOUT | {"clips": len(clips)}, "clips": list(clips)}, indent=1) + "\n"
    )


def what_is_true(performance: Performance) -> dict[str, Any]:
    """Return the part of a label that follows from what was done, however it was filmed."""
    repetitions = performance.repetitions
    return {
        "exercise": performance.exercise,
        "variant": performance.variant,
        "expect": "hold" if performance.holds_s else "count",
        "repetitions": len(repetitions) if repetitions else None,
        "repetitions_accept": _accepted(repetitions),
        "repetition_times_s": [round(rep.peak_s, 2) for rep in repetitions],
        "repetition_spans_s": [[round(r.start_s, 2), round(r.end_s, 2)] for r in repetitions],
        "sides": _sides(repetitions),
        "holds_s": [[round(start, 2), round(end, 2)] for start, end in performance.holds_s],
        "faults": [
            {
                "fault": span.fault.replace("_", " "),
                "catalogue_fault": span.fault,
                "start_s": round(span.start_s, 2),
                "end_s": round(span.end_s, 2),
            }
            for span in performance.faults
        ],
    }


def _accepted(repetitions: tuple[Repetition, ...]) -> list[int]:
    n_faulty = sum(1 for repetition in repetitions if repetition.fault)
    return list(range(len(repetitions) - n_faulty, len(repetitions) + 1)) if repetitions else []


def _sides(repetitions: tuple[Repetition, ...]) -> list[str] | None:
    sides = [repetition.side for repetition in repetitions]
    return [str(side) for side in sides if side is not None] or None
