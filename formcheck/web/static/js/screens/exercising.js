/** The set itself: one huge number, or a ring of seconds; nothing else that asks to be read. */

import { byId, write } from "../dom.js";
import { Ring } from "../ring.js";

export class ExercisingPanel {
  constructor(app) {
    this.app = app;
    this.name = byId("exercise-name");
    this.setNumber = byId("set-number");
    this.counter = byId("counter");
    this.count = byId("count");
    this.countOf = byId("count-of");
    this.holdPlace = byId("hold-ring");
    this.ring = new Ring(this.holdPlace);
    this.phase = byId("phase");
  }

  show(stage) {
    const { texts } = this.app;
    const isHold = Number.isFinite(stage.dose.hold_s);
    write(this.name, texts.exercise(stage.exercise_id).name);
    write(this.setNumber, texts.say("exercising.set_of", { number: stage.set_number, total: stage.n_sets }));
    this.counter.hidden = isHold;
    this.holdPlace.hidden = !isHold;
    this.phase.hidden = isHold; // the sentence below says it
    this.isHold = isHold;
    this.due = stage.set_due;
    this.#done(stage.set_done);
  }

  hide() {}

  frame(frame) {
    this.due = frame.set_due || this.due;
    this.#done(frame.set_done);
    const { texts } = this.app;
    if (!this.isHold) write(this.phase, frame.phase ? texts.say(`phase.${frame.phase}`) : "");
  }

  sentence({ refused, faults, is_holding: isHolding }) {
    if (refused) return { text: refused.text, look: "refused" };
    if (faults?.length) return { text: faults[0].text, look: faults[0].severity };
    if (this.isHold && isHolding === false) return { text: this.app.texts.say("exercising.not_holding"), look: "said" };
    return null;
  }

  #done(done = 0) {
    const { texts } = this.app;
    const whole = Math.floor(done);
    if (this.isHold) this.ring.set(this.due ? done / this.due : 0, String(whole), texts.say("exercising.of_total", { n: Math.round(this.due) }));
    write(this.count, String(whole));
    write(this.countOf, texts.say("exercising.of_total", { n: Math.round(this.due) }));
  }
}
