"""How fast the live page is: from the camera's picture to the drawn skeleton.

    python -m benchmarks.live_latency [--seconds 60] [--name NAME]

A real Chromium whose camera plays a sample clip takes part in a session of ``formcheck live``; the
page's own meter tells what each picture took. Both share this machine, so run it on an idle one.
"""

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.machine import machine
from tests.browser.clips import camera_file
from tests.browser.conftest import ALLOWED, FLAGS
from tests.browser.live_page import LivePage
from tests.browser.running import Program

RESULTS = Path(__file__).parent / "results"
CLIP = "glute_bridge"
STILL_S = 20.0
WINDOW = {"width": 1366, "height": 768}


def figures_of(seconds: float) -> dict[str, object]:
    """Return what the meter shows after so many seconds of exercising."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        film = camera_file(CLIP, Path(folder), before_s=STILL_S, after_s=seconds)
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=[*FLAGS, ALLOWED, f"--use-file-for-fake-video-capture={film}"],
        )
        program = Program(
            Path(folder), "--exercise", CLIP, "--sets", "1", "--reps", "99", "--language", "en"
        )
        try:
            page = LivePage(browser.new_context(viewport=WINDOW).new_page()).open(program.address)
            page.go_to_mirror()
            page.wait_for("exercising")
            page.page.wait_for_timeout(1000 * seconds)
            return page.figures
        finally:
            browser.close()
            program.end()


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--name", default="live-latency-2core")
    options = parser.parse_args()
    result = {"machine": machine(), "seconds": options.seconds, "clip": CLIP}
    result |= {"milliseconds": figures_of(options.seconds)}
    text = json.dumps(result, indent=1)
    (RESULTS / f"{options.name}.json").write_text(text + "\n", encoding="utf-8")
    print(text)  # noqa: T201 - what the command is for


if __name__ == "__main__":
    main()
