/** How much it hurts: eleven large buttons, and what it feels like. One tap answers. */

import { element } from "./dom.js";

const MOST = 10;

export class PainScale {
  /** @param {Function} onAnswer gets a rating or null, and the names of what it feels like */
  constructor(root, app, onAnswer) {
    this.root = root;
    this.app = app;
    this.onAnswer = onAnswer;
    this.felt = new Set();
  }

  /** @param {boolean} asksFeeling whether to ask what it feels like, too */
  show(labelledBy, asksFeeling) {
    const { texts } = this.app;
    this.felt.clear();
    const numbers = Array.from({ length: MOST + 1 }, (_, rating) => element("button", { type: "button", class: "rating", "data-rating": String(rating), text: String(rating), onclick: () => this.answer(rating) }));
    this.root.replaceChildren(
      ...(asksFeeling ? [this.#feelings()] : []),
      element("div", { class: "ratings", role: "group", "aria-labelledby": labelledBy }, ...numbers),
      element("p", { class: "scale-ends" }, element("span", { text: `0: ${texts.say("pain_scale.least")}` }), element("span", { text: `10: ${texts.say("pain_scale.most")}` })),
      element("p", { class: "small key-hint", text: texts.say("question.key_hint") }),
    );
    this.root.hidden = false;
  }

  hide() {
    this.root.hidden = true;
    this.root.replaceChildren();
  }

  get isShown() {
    return !this.root.hidden && this.root.childElementCount > 0;
  }

  get first() {
    return this.root.querySelector("button");
  }

  answer(rating) {
    this.onAnswer(rating, [...this.felt]);
  }

  /** What it feels like: chosen first, told with the number, or alone. */
  #feelings() {
    const { texts } = this.app;
    const chips = texts.keys("pain_quality").map((name) => {
      const chip = element("button", { type: "button", class: "chip", "aria-pressed": "false", "data-quality": name, text: texts.say(`pain_quality.${name}`) });
      chip.addEventListener("click", () => {
        if (!this.felt.delete(name)) this.felt.add(name);
        chip.setAttribute("aria-pressed", String(this.felt.has(name)));
        alone.disabled = !this.felt.size;
      });
      return chip;
    });
    const alone = element("button", { type: "button", class: "only-feeling", disabled: true, text: texts.say("question.answered"), onclick: () => this.answer(null) });
    return element("details", { class: "feelings" }, element("summary", { text: texts.say("question.feels_like") }), element("div", { class: "chips" }, ...chips, alone));
  }
}
