"""The page as a patient uses it: what can be pressed on each screen, and what is seen and heard."""

import json
import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect

TICK_HZ = 880
PATIENCE_MS = 45_000  # two cores run the engine, Chromium and the test
# Before the page's own scripts: voices that note what they are asked to say, tones that are
# noted, and the moment at which the camera's first picture was taken. While `hidesPictures` is
# set the camera's pictures do not reach the page, as in a tab that is not in front.
LISTENING = """
(voices) => {
  window.heard = [];
  const say = (utterance) => {
    const { text, voice } = utterance;
    window.heard.push({ at: performance.now(), text, voice: voice?.name });
    const perLetter = window.letterMs ?? 40;
    utterance.timer = setTimeout(() => utterance.onend?.(), perLetter * utterance.text.length);
  };
  const speech = { getVoices: () => voices, addEventListener() {}, cancel() {}, speak: say };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const watch = HTMLVideoElement.prototype.requestVideoFrameCallback;
  HTMLVideoElement.prototype.requestVideoFrameCallback = function (callback) {
    return watch.call(this, (now, facts) => {
      window.firstPictureAt ??= facts.captureTime ?? facts.presentationTime;
      const show = () => (window.hidesPictures ? setTimeout(show, 50) : callback(now, facts));
      show();
    });
  };
  window.tones = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (when) {
    window.tones.push(this.frequency.value);
    start.call(this, when);
  };
}
"""
LOCAL_VOICES = [
    {"name": "Anna", "lang": "de-DE", "localService": True, "default": False},
    {"name": "Daniel", "lang": "en-GB", "localService": True, "default": True},
]
REMOTE_VOICES = [{**voice, "localService": False} for voice in LOCAL_VOICES]


@dataclass(frozen=True)
class Heard:
    """Something that was said, and when on the page's clock."""

    at_ms: float
    text: str
    voice: str


class LivePage:
    """A tab with the live session."""

    def __init__(self, page: Page, voices: list[dict] = LOCAL_VOICES) -> None:
        self.page = page
        self.errors: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(f"({LISTENING})({json.dumps(voices)})")
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, address: str) -> "LivePage":
        """Open the address that the program printed."""
        self.page.goto(address)
        self.page.locator("body[data-screen]").wait_for()
        return self

    # Going through it

    def go_to_setup(self) -> None:
        """Go on from the welcome to camera and voice."""
        self.page.locator("#hello-next").click()
        self.page.locator("#plan-next").click()

    def begin(self) -> None:
        """Go on to the demonstration of the first exercise."""
        expect(self.page.locator("#camera-status")).to_have_text(re.compile(r"\?"))  # "do you see"
        self.page.locator("#begin").click()
        self.wait_for("demonstration")

    def go_to_mirror(self) -> None:
        """Go from the welcome to where the camera looks."""
        self.go_to_setup()
        self.begin()
        self.press("next")

    def press(self, command: str) -> None:
        """Press the large button of a command."""
        self.page.locator(f'.actions button[data-command="{command}"]:visible').click()

    def go_on(self) -> None:
        """Press "go on", unless the session has gone on by itself, as it does once it sees you."""
        self.page.locator("body").evaluate("""(body) => {
            const button = body.querySelector('.actions button[data-command="resume"]');
            if (body.dataset.stage === "paused") button?.click();
        }""")

    def wait_for(self, stage: str, timeout_ms: float = PATIENCE_MS) -> None:
        """Wait until the session is at a stage."""
        self.page.locator(f'body[data-stage="{stage}"]').wait_for(timeout=timeout_ms)

    def wait_for_focus(self, command: str) -> None:
        """Wait until the keyboard is on the button of a command."""
        expect(self.page.locator(f'button[data-command="{command}"]:visible')).to_be_focused()

    def insist_on_start(self) -> None:
        """Go on to the exercise by the forward key, whatever placement and start wait for."""
        while self.stage != "exercising":
            self.page.keyboard.press("PageDown")
            self.page.wait_for_timeout(700)

    # What is seen and heard

    @property
    def stage(self) -> str:
        """Where the session is."""
        return self.page.evaluate("document.body.dataset.stage")

    @property
    def count(self) -> int:
        """The huge number."""
        return int(self.page.locator("#count").inner_text())

    @property
    def heading(self) -> str:
        """The visible heading."""
        return self.page.locator("h1:visible").inner_text()

    @property
    def cue(self) -> str:
        """The sentence under the mirror."""
        return self.page.locator("#cue").inner_text()

    @property
    def heard(self) -> list[Heard]:
        """Everything that was said so far."""
        said = self.page.evaluate("window.heard")
        return [Heard(one["at"], one["text"], one["voice"]) for one in said]

    @property
    def camera_started_at_ms(self) -> float:
        """When the first picture of the clip was taken, on the page's clock."""
        return self.page.evaluate("window.firstPictureAt")

    @property
    def figures(self) -> dict:
        """What the timing meter shows."""
        meter = self.page.locator("#meter")
        if not meter.is_visible():
            self.page.keyboard.press("l")
        expect(meter).to_have_attribute("data-figures", re.compile("rate"))
        return json.loads(meter.get_attribute("data-figures"))

    @property
    def n_ticks(self) -> int:
        """How many repetitions were a tone."""
        return self.page.evaluate("window.tones").count(TICK_HZ)

    def wait_until_heard(self, text: str) -> Heard:
        """Wait until something is said; return it."""
        self.page.wait_for_function(
            "(text) => window.heard.some((one) => one.text === text)", arg=text
        )
        return next(one for one in self.heard if one.text == text)
