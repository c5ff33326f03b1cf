"""``make bench``: every measurement in one run, written to benchmarks/results/.

    python -m benchmarks.run [--minutes 60] [--rounds 3] [--name NAME]

Ratios are what to trust; absolute figures are of the machine that is named.
"""

import argparse
import datetime
import json
from pathlib import Path

import formcheck
from benchmarks import core_cost, engine_throughput, lag, memory
from benchmarks.machine import machine
from formcheck.exercises.schema import Reading, SideChoice

ROOT = Path(__file__).resolve().parent
SAMPLES = ROOT.parent / "sample_videos"
CLIP, EXERCISE = SAMPLES / "sit_to_stand.mp4", "sit_to_stand"
LAGS = {
    "glute_bridge": Reading(measure="hip_lift"),
    "sit_to_stand": Reading(measure="knee_flexion_in_space", side=SideChoice.MEAN),
    "cat_cow": Reading(measure="head_lift"),
}


def main() -> None:
    """Measure everything and write it down."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60, help="of video for memory")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--name", default="latest", help="of the file in benchmarks/results/")
    options = parser.parse_args()
    figures: dict[str, object] = {
        "formcheck": formcheck.__version__,
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "machine": machine(),
    }
    figures["engine"] = engine_throughput.compare(CLIP, options.rounds, 300)
    figures["analysis"] = core_cost.measure(CLIP, EXERCISE, options.rounds)
    figures["lag_ms"] = {
        name: lag.lags_ms(SAMPLES / f"{name}.mp4", reading) for name, reading in LAGS.items()
    }
    figures["memory"] = memory.measure(CLIP, EXERCISE, options.minutes * 60)
    target = ROOT / "results" / f"{options.name}.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures, indent=1))  # noqa: T201


if __name__ == "__main__":
    main()
