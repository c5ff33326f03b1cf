"""A browser, a camera and a running program; only with `-m browser`: it takes minutes."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from tests.browser.clips import camera_file
from tests.browser.live_page import LOCAL_VOICES, PATIENCE_MS, LivePage
from tests.browser.running import Program

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--use-fake-device-for-media-stream",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
ALLOWED = "--use-fake-ui-for-media-stream"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Return the driver of browsers."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the system's Chromium."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "these tests need Chromium: apt-get install chromium"
    return found


@pytest.fixture(scope="session")
def camera(tmp_path_factory) -> Callable[..., Path]:
    """Return a function that makes a camera of a clip, each only once."""
    folder = tmp_path_factory.mktemp("cameras")
    made: dict[tuple, Path] = {}

    def make(clip: str, *, before_s: float = 20.0, after_s: float = 30.0) -> Path:
        key = clip, before_s, after_s
        if key not in made:
            made[key] = camera_file(clip, folder, before_s=before_s, after_s=after_s)
        return made[key]

    return make


@pytest.fixture
def browse(playwright, chromium) -> Iterator[Callable[..., Browser]]:
    """Return a function that starts a browser with a camera, or with other flags."""
    with ExitStack() as stack:

        def start(clip: Path | None = None, *flags: str) -> Browser:
            film = [f"--use-file-for-fake-video-capture={clip}"] if clip else []
            arguments = [*FLAGS, *film, *(flags or [ALLOWED])]
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            stack.callback(browser.close)
            return browser

        yield start


@pytest.fixture
def run(tmp_path) -> Iterator[Callable[..., Program]]:
    """Return a function that starts `formcheck live`; its sessions lie in ``tmp_path``."""
    with ExitStack() as stack:

        def start(*options: str, calibrates: bool = False) -> Program:
            program = Program(tmp_path / "sessions", *options, calibrates=calibrates)
            stack.callback(program.end)
            return program

        yield start


@pytest.fixture
def visit(browse, run) -> Iterator[Callable[..., LivePage]]:
    """Return a function that opens a session in a fresh browser; no script may fail in it."""
    pages: list[LivePage] = []

    def open_page(
        clip: Path | None,
        *options: str,
        flags: tuple[str, ...] = (),
        voices: list[dict] = LOCAL_VOICES,
        calibrates: bool = False,
        **context: object,
    ) -> LivePage:
        program = run(*options, calibrates=calibrates)
        context = {"viewport": {"width": 1366, "height": 768}, "locale": "en-GB"} | context
        tab = browse(clip, *flags).new_context(**context).new_page()
        pages.append(LivePage(tab, voices).open(program.address))
        pages[-1].program = program
        return pages[-1]

    yield open_page
    assert [error for page in pages for error in page.errors] == []
