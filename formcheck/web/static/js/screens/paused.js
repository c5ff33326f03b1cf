/** A pause: one question in plain words, and the answers as large buttons. */

import { byId, write } from "../dom.js";
import { PainScale } from "../pain_scale.js";

const MORE = {
  left_position: ["paused.come_back"],
  out_of_view: ["paused.come_back"],
  down_unexpectedly: ["paused.call_for_help", "paused.nobody_is_called"],
  hurts: ["paused.hurts_advice"],
};

export class PausedPanel {
  constructor(app) {
    this.app = app;
    this.question = byId("paused-question");
    this.more = byId("paused-more");
    this.scale = new PainScale(byId("paused-scale"), app, (rating, qualities) => app.answer({ type: "pain", moment: "hurts", rating, qualities }));
  }

  show(stage) {
    const { texts } = this.app;
    const reason = stage.pause_reason ?? "asked";
    const isHopeless = reason === "too_hard" && !stage.offered?.length;
    write(this.question, stage.pause_says ?? texts.say(`paused.${reason}${isHopeless ? "_none" : ""}`));
    write(this.more, (MORE[reason] ?? []).map((key) => texts.say(key)).join(" "));
    if (stage.asks_how_much) {
      write(this.question, texts.say("pain_question.hurts"));
      this.scale.show("paused-question", true);
    } else this.scale.hide();
  }

  /** A digit of the keyboard. @returns whether it was an answer */
  rate(rating) {
    if (!this.scale.isShown) return false;
    this.scale.answer(rating);
    return true;
  }

  hide() {
    this.scale.hide();
  }

  frame() {}

  sentence({ start }) {
    return start > 0 ? { text: this.app.texts.say("start.holding"), look: "good" } : null;
  }
}
