/** What a prescribed session asks before, between and after its exercises; one thing at a time. */

import { showActions } from "../actions.js";
import { byId, element, write } from "../dom.js";
import { PainScale } from "../pain_scale.js";

export class QuestionScreen {
  constructor(app) {
    this.app = app;
    this.root = byId("screen-question");
    this.nav = this.root.querySelector("nav");
    this.scale = new PainScale(byId("question-scale"), app, (rating, qualities) => this.#rate(rating, qualities));
    this.signs = byId("question-signs");
  }

  show(stage) {
    const { texts } = this.app;
    const { question } = stage;
    const isSameQuestion = this.asked && JSON.stringify(this.asked) === JSON.stringify(question) && this.language === texts.language;
    this.asked = question;
    this.language = texts.language;
    if (isSameQuestion) return; // half-given answers stay
    write(byId("question-heading"), texts.say(`question.heading_${question.kind}`));
    byId("question-says").replaceChildren(...question.says.map((text) => element("p", { class: "lead", text })));
    write(byId("question-more"), question.kind === "heat" ? texts.say("heat.careful") : "");
    write(byId("question-wait"), "");
    this.scale.hide();
    this.signs.hidden = question.kind !== "warning_signs";
    if (question.kind === "pain") this.scale.show("question-says", question.moment === "hurts");
    if (question.kind === "warning_signs") this.#showSigns(question.signs);
    this.#showActions();
  }

  hide() {
    this.asked = null;
  }

  get focus() {
    return this.root.querySelector("h1");
  }

  /** A digit of the keyboard. @returns whether it was an answer */
  rate(rating) {
    if (!this.scale.isShown) return false;
    this.scale.answer(rating);
    return true;
  }

  frame({ countdown }) {
    const left = Number.isFinite(countdown) ? this.app.texts.say("question.goes_on", { n: Math.ceil(countdown) }) : "";
    write(byId("question-wait"), left);
  }

  #showActions() {
    const { kind, may_be_left: mayBeLeft } = this.asked;
    const stop = { command: "stop", key: "button.stop", icon: "stop", look: "stop" };
    const leave = { command: "next", key: kind === "heat" ? "heat.not_today" : "question.leave", icon: "go" };
    const choices = [];
    if (kind === "heat") choices.push({ key: "heat.done", icon: "yes", look: "primary", act: () => this.app.answer({ type: "heat", done: true }) });
    if (kind === "warning_signs") choices.push({ key: "question.answered", icon: "go", look: "primary", act: () => this.#screen() });
    if (mayBeLeft) choices.push(leave);
    showActions(this.nav, [...choices, stop], this.app.texts, (choice) => (choice.act ? choice.act() : this.app.command(choice.command)));
  }

  #showSigns(signs) {
    const { texts } = this.app;
    const answer = (id, value, word) => element("label", { class: "answer" }, element("input", { type: "radio", name: `sign-${id}`, value }), element("span", { text: texts.say(`question.${word}`) }));
    const rows = signs.map(({ id, text }) => element("fieldset", { class: "sign", "data-sign": id }, element("legend", { text }), answer(id, "no", "no"), answer(id, "yes", "yes")));
    this.signs.replaceChildren(...rows);
  }

  /** Every question needs its own yes or no: a default would be an answer that nobody gave. */
  #screen() {
    const rows = [...this.signs.querySelectorAll("fieldset")];
    const chosen = rows.map((row) => ({ row, value: row.querySelector("input:checked")?.value }));
    for (const { row, value } of chosen) row.classList.toggle("missing", !value);
    const open = chosen.find(({ value }) => !value);
    if (open) {
      write(byId("question-wait"), this.app.texts.say("question.all_needed"));
      open.row.scrollIntoView({ block: "center" });
      open.row.querySelector("input").focus({ preventScroll: true });
      return;
    }
    this.app.answer({ type: "screen", positive: chosen.filter(({ value }) => value === "yes").map(({ row }) => row.dataset.sign) });
  }

  #rate(rating, qualities) {
    this.app.answer({ type: "pain", moment: this.asked.moment, rating, qualities });
  }
}
