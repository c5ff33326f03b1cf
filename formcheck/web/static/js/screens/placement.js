/** Getting into the picture: what is looked at, each with a sign and a word; it goes on by itself. */

import { byId, element, icon } from "../dom.js";

const SIGNS = { good: "yes", bad: "no", unknown: "unknown" };

export class PlacementPanel {
  constructor(app) {
    this.app = app;
    this.list = byId("checks");
    this.shown = "";
  }

  show() {
    this.shown = "";
    this.list.replaceChildren();
  }

  hide() {}

  frame({ placement }) {
    if (!placement) return;
    const now = JSON.stringify(placement.checks);
    if (now === this.shown) return; // thirty times a second the same list would tire screen readers
    this.shown = now;
    this.list.replaceChildren(...placement.checks.map((check) => this.#item(check)));
  }

  /** The one thing to do now. */
  sentence({ placement }) {
    if (!placement) return null;
    if (placement.is_good) return { text: this.app.texts.say("placement.all_good"), look: "good" };
    return placement.advice?.text ? { text: placement.advice.text, look: "advice" } : { text: this.app.texts.say("placement.checking"), look: "quiet" };
  }

  #item({ status, text }) {
    const word = element("span", { class: "unseen", text: `: ${this.app.texts.say(`placement.status.${status}`)}` });
    return element("li", { class: `check ${status}` }, icon(SIGNS[status]), element("span", { text }, word));
  }
}
