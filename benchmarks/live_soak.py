"""Whether a live session can go on for an hour: memory flat, no lost count, no growing delay.

    python -m benchmarks.live_soak [--minutes 60] [--name NAME]

A real Chromium whose camera plays a sample clip again and again does one long session of
``formcheck live``, set after set; it starts each set by sitting still, as a patient would. The
session's own log tells when repetitions were counted: they must follow each other as the clip
does them. Linux only: memory is read from ``/proc``.
"""

import argparse
import json
import math
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, sync_playwright

from benchmarks.machine import machine
from benchmarks.memory import children, resident_mb
from formcheck.recordings.session_facts import EVENTS
from tests.browser.clips import camera_file, label_of
from tests.browser.conftest import ALLOWED, FLAGS
from tests.browser.live_page import LivePage
from tests.browser.running import Program

RESULTS = Path(__file__).parent / "results"
CLIP = "sit_to_stand"
WINDOW = {"width": 1366, "height": 768}
# Before the clip begins again somebody sits still: long enough to start a set by it.
STILL_S = 3.0
N_SETS = 20
BETWEEN_SETS_S = 42.0
LOOK_EVERY_S = 60.0
# What is still taken for flat, for not growing, and for the same moment of the clip.
FLAT_WITHIN_MB = 15.0
SLOWER_WITHIN_MS = 10.0
SAME_WITHIN_S = 1.5


@dataclass
class Course:
    """What was seen along the way, once a minute.

    Attributes
    ----------
    server_mb, engine_mb
        Resident memory of both processes.
    page_mb
        What the page's script holds after tidying up.
    nodes
        Elements of the page.
    median_ms, p95_ms
        From the camera's picture to the drawn skeleton, over the last minute.
    """

    server_mb: list[float] = field(default_factory=list)
    engine_mb: list[float] = field(default_factory=list)
    page_mb: list[float] = field(default_factory=list)
    nodes: list[float] = field(default_factory=list)
    median_ms: list[float] = field(default_factory=list)
    p95_ms: list[float] = field(default_factory=list)

    def look(self, program: Program, page: LivePage, inspector: CDPSession) -> None:
        """Take a sample of everything."""
        self.server_mb.append(resident_mb(program.process_id))
        self.engine_mb.append(max(map(resident_mb, children(program.process_id)), default=0.0))
        inspector.send("HeapProfiler.collectGarbage")
        metrics = inspector.send("Performance.getMetrics")["metrics"]
        values = {metric["name"]: metric["value"] for metric in metrics}
        self.page_mb.append(values["JSHeapUsedSize"] / 1e6)
        self.nodes.append(values["Nodes"])
        latency = page.figures["latency"]
        self.median_ms.append(latency["median"])
        self.p95_ms.append(latency["p95"])


def go_through(minutes: float, folder: Path, course: Course) -> None:
    """Do one session of about so many minutes; its log lies in ``folder``."""
    label = label_of(CLIP)
    loop_s = label["duration_s"] + STILL_S
    n_loops = max(1, round((minutes * 60 / N_SETS - BETWEEN_SETS_S) / loop_s))
    repetitions = n_loops * label["repetitions"]
    plan = ("--exercise", CLIP, "--sets", str(N_SETS), "--reps", str(repetitions))
    film = camera_file(CLIP, folder, before_s=STILL_S)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*FLAGS, ALLOWED, f"--use-file-for-fake-video-capture={film}"],
        )
        program = Program(folder / "sessions", *plan, "--language", "en")
        try:
            tab = browser.new_context(viewport=WINDOW).new_page()
            page = LivePage(tab).open(program.address)
            inspector = tab.context.new_cdp_session(tab)
            inspector.send("Performance.enable")
            page.go_to_mirror()
            end_s = time.monotonic() + minutes * 60 * 1.5
            while page.stage != "summary" and time.monotonic() < end_s:
                tab.wait_for_timeout(1000 * LOOK_EVERY_S)
                course.look(program, page, inspector)
                print(course.median_ms[-1], course.engine_mb[-1], page.stage, flush=True)  # noqa: T201
        finally:
            browser.close()
            program.end()


def counted_in(folder: Path) -> Iterator[list[float]]:
    """Yield when each set's repetitions were at their furthest [s]."""
    [log] = (folder / "sessions").glob(f"*/{EVENTS}")
    times_s: list[float] = []
    for line in log.read_text(encoding="utf-8").splitlines():
        event = json.loads(line)
        if event["type"] == "RepetitionCompleted":
            times_s.append(event["repetition"]["peak_s"])
        elif event["type"] == "SetEnded":
            yield times_s
            times_s = []


def follows(times_s: Sequence[float], clip_s: Sequence[float], loop_s: float) -> bool:
    """Return whether repetitions follow each other as in the clip, from whichever was first."""
    apart_s = [after - before for before, after in pairwise([*clip_s, clip_s[0] + loop_s])]
    return any(
        all(
            abs(after - before - apart_s[(first + number) % len(apart_s)]) < SAME_WITHIN_S
            for number, (before, after) in enumerate(pairwise(times_s))
        )
        for first in range(len(apart_s))
    )


def outcome(course: Course, sets: Sequence[Sequence[float]]) -> dict[str, Any]:
    """Return the figures, and whether they are as they should be."""
    label = label_of(CLIP)
    clip_s = label["repetition_times_s"]
    loop_s = label["duration_s"] + STILL_S
    growth_mb = {
        name: round(_late(values) - _early(values), 1)
        for name, values in (
            ("server", course.server_mb),
            ("engine", course.engine_mb),
            ("page", course.page_mb),
        )
    }
    return {
        "clip": CLIP,
        "minutes": len(course.median_ms) * LOOK_EVERY_S / 60,
        "repetitions_by_set": [len(times_s) for times_s in sets],
        "no_lost_count": len(sets) == N_SETS and all(follows(one, clip_s, loop_s) for one in sets),
        "growth_mb": growth_mb,
        "memory_is_flat": max(growth_mb.values()) < FLAT_WITHIN_MB,
        "delay_does_not_grow": _late(course.median_ms) < _early(course.median_ms) + SLOWER_WITHIN_MS
        and _late(course.p95_ms) < _early(course.p95_ms) + SLOWER_WITHIN_MS,
        "each_minute": {
            name: [round(value, 1) for value in values] for name, values in vars(course).items()
        },
    }


def _early(values: Sequence[float]) -> float:
    """Return what the second quarter came to: after everything has been loaded."""
    return statistics.median(values[len(values) // 4 : max(1, len(values) // 2)] or [math.nan])


def _late(values: Sequence[float]) -> float:
    return statistics.median(values[-max(1, len(values) // 4) :] or [math.nan])


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--name", default="live-soak-2core")
    options = parser.parse_args()
    course = Course()
    with tempfile.TemporaryDirectory() as folder:
        go_through(options.minutes, Path(folder), course)
        sets = list(counted_in(Path(folder)))
    result = {"machine": machine()} | outcome(course, sets)
    text = json.dumps(result, indent=1)
    (RESULTS / f"{options.name}.json").write_text(text + "\n", encoding="utf-8")
    print(text)  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main()
