/** Waiting for the start position: a ring that fills while the person holds still. */

import { byId } from "../dom.js";
import { Ring } from "../ring.js";

export class StartPanel {
  constructor(app) {
    this.app = app;
    this.ring = new Ring(byId("start-ring"));
  }

  show() {
    this.ring.set(0);
  }

  hide() {}

  frame({ start, countdown }) {
    const left = Number.isFinite(countdown) ? String(Math.ceil(countdown)) : "";
    this.ring.set(start ?? 0, left);
  }

  sentence({ start, placement }) {
    if (start > 0) return { text: this.app.texts.say("start.holding"), look: "good" };
    const advice = placement?.is_good === false ? placement.advice?.text : null;
    return { text: advice || this.app.texts.say("start.hold_still"), look: advice ? "advice" : "quiet" };
  }
}
