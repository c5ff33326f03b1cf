/**
 * Everything in front of the mirror. The picture stays; the panel beside it, the one sentence
 * under it and the buttons change with the stage.
 */

import { choicesOf, showActions } from "../actions.js";
import { byId, element, icon } from "../dom.js";
import { Overlay } from "../overlay.js";
import { CalibratingPanel } from "./calibrating.js";
import { ExercisingPanel } from "./exercising.js";
import { PausedPanel } from "./paused.js";
import { PlacementPanel } from "./placement.js";
import { RestPanel } from "./rest.js";
import { StartPanel } from "./start.js";

const PANELS = { placement: PlacementPanel, calibrating: CalibratingPanel, start: StartPanel, exercising: ExercisingPanel, rest: RestPanel, paused: PausedPanel };
const PLACED_STAGES = new Set(["placement", "start"]);
const CUE_SHOWN_MS = 3000;
const WARNED_OF = new Set(["fault", "not_assessed", "placement"]);
const SIGNS = { stop: "stop", safety: "warning", error: "warning", advice: "warning", form: "warning", refused: "warning", good: "yes", praise: "yes" };

/** The stages that have the mirror on the screen, and send its pictures. */
export const LIVE_STAGES = Object.keys(PANELS);

export class LiveScreen {
  constructor(app) {
    this.app = app;
    this.root = byId("screen-live");
    this.cue = byId("cue");
    this.nav = byId("live-actions");
    this.mirror = byId("mirror");
    this.video = byId("video");
    this.overlay = new Overlay(byId("overlay"), this.video);
    this.panels = Object.fromEntries(Object.entries(PANELS).map(([stage, Panel]) => [stage, new Panel(app)]));
    this.said = null;
  }

  show(stage) {
    this.panel?.hide();
    this.stage = stage;
    this.root.dataset.stage = stage.stage;
    this.root.dataset.reason = stage.pause_reason ?? "";
    this.mirror.prepend(this.video); // it may have been in the preview of the welcome screen
    this.video.play().catch(() => {}); // moving a video pauses it
    for (const name of LIVE_STAGES) byId(`panel-${name}`).hidden = name !== stage.stage;
    this.panel = this.panels[stage.stage];
    this.panel.show(stage);
    this.said = null;
    this.overlay.clear();
    this.#border(null);
    this.#sentence(this.panel.sentence({}));
    showActions(this.nav, choicesOf(stage), this.app.texts, (choice) => this.app.command(choice.command, choice.exercise));
  }

  hide() {
    this.panel?.hide();
    this.panel = null;
  }

  /** Where the keyboard starts: with a question its first answer, else the heading. */
  get focus() {
    return this.stage.stage === "paused" ? this.nav.querySelector("button") : byId(`panel-${this.stage.stage}`).querySelector("h1");
  }

  /** Draw one answer of the server. */
  frame(frame) {
    if (!this.panel) return;
    this.panel.frame(frame);
    this.#border(frame.placement);
    const isAtWork = this.stage.stage === "exercising";
    const { value, rest, effort, target } = frame;
    const hasRange = isAtWork && Number.isFinite(rest) && Number.isFinite(target) && rest !== target;
    if (frame.seq !== null) {
      this.overlay.draw({
        landmarks: frame.landmarks,
        arc: isAtWork ? frame.arc : null,
        faults: isAtWork ? frame.faults : [],
        range: hasRange ? { value, rest, effort, target } : null,
      });
    }
    const isStillSaid = this.said && performance.now() < this.said.until;
    this.#sentence(isStillSaid ? this.said : this.panel.sentence(frame));
  }

  /** Show what is being said; counts are on the counter already. */
  caption({ kind, code, text }) {
    if (kind === "count" && /^\d+$/.test(text)) return;
    const isPlain = kind === "form" && !WARNED_OF.has(code); // "Hold it." is no correction
    this.said = { text, look: isPlain ? "said" : kind, until: performance.now() + CUE_SHOWN_MS };
    this.#sentence(this.said);
  }

  /** Dashed while the camera does not see what it needs, thick and green as soon as it does. */
  #border(placement) {
    if (PLACED_STAGES.has(this.stage.stage) && placement) this.mirror.dataset.placement = placement.is_good ? "good" : "looking";
    else delete this.mirror.dataset.placement;
  }

  #sentence(sentence) {
    const text = sentence?.text ?? "";
    const look = sentence?.look ?? "";
    if (this.cue.textContent === text && this.cue.dataset.look === look) return;
    this.cue.dataset.look = look;
    this.cue.replaceChildren(element("span", {}, SIGNS[look] && text ? icon(SIGNS[look]) : null, text));
  }
}
