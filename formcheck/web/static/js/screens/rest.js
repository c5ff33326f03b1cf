/** Rest between sets: the seconds left, and what comes next. */

import { byId, write } from "../dom.js";
import { Ring } from "../ring.js";

export class RestPanel {
  constructor(app) {
    this.app = app;
    this.ring = new Ring(byId("rest-ring"));
    this.next = byId("rest-next");
  }

  show(stage) {
    const { texts } = this.app;
    this.whole = stage.rest_s || 1;
    this.ring.set(1, String(Math.round(this.whole)), texts.say("rest.seconds", { n: Math.round(this.whole) }));
    write(this.next, texts.say("rest.next_set", { number: stage.set_number, total: stage.n_sets }));
  }

  hide() {}

  frame({ rest_left_s: left }) {
    if (!Number.isFinite(left)) return;
    const seconds = Math.ceil(left);
    this.ring.set(left / this.whole, String(seconds), this.app.texts.say("rest.seconds", { n: seconds }));
  }

  sentence() {
    return { text: this.app.texts.say("rest.breathe"), look: "quiet" };
  }
}
