/** The own range, the first time: a few easy repetitions, or the comfortable posture; unjudged. */

import { byId, write } from "../dom.js";
import { Ring } from "../ring.js";

export class CalibratingPanel {
  constructor(app) {
    this.app = app;
    this.ask = byId("calibrating-ask");
    this.ring = new Ring(byId("calibrating-ring"));
  }

  show({ dose, calibration }) {
    this.isHold = Number.isFinite(dose.hold_s);
    this.due = calibration?.due ?? 0;
    write(this.ask, this.#asked());
    this.frame({ calibration });
  }

  hide() {}

  frame({ calibration }) {
    if (!calibration) return;
    const { texts } = this.app;
    const { done, due } = calibration;
    const below = texts.say(this.isHold ? "exercising.of_total" : "calibrating.of", { n: Math.round(due) });
    this.ring.set(due ? done / due : 0, String(Math.floor(done)), below);
  }

  /** What keeps from seeing it comes first; else the one thing to do. */
  sentence({ refused }) {
    return refused ? { text: refused.text, look: "refused" } : { text: this.#asked(), look: "said" };
  }

  #asked() {
    return this.app.texts.say(this.isHold ? "calibrating.ask_posture" : "calibrating.ask_repetitions", { n: this.due });
  }
}
