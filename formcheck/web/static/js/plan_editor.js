/** Choosing exercises where none are prescribed: large cards to tick, with sets and amount. */

import { byId, element, write } from "./dom.js";

export class PlanEditor {
  constructor(app) {
    this.app = app;
    this.chosen = new Map(); // id -> {sets, amount}
  }

  get isPrescribed() {
    return this.app.state.plan.length > 0 && this.chosen.size === 0;
  }

  render() {
    const { texts, state } = this.app;
    write(byId("plan-heading"), texts.say(this.isPrescribed ? "welcome.plan_heading" : "welcome.choose_heading"));
    byId("plan-hint").hidden = this.isPrescribed;
    byId("plan-list").hidden = !this.isPrescribed;
    byId("choices").hidden = this.isPrescribed;
    byId("plan-list").replaceChildren(...state.plan.map((step) => this.#prescribed(step)));
    byId("choices").replaceChildren(...state.exercises.map((exercise) => this.#choice(exercise)));
    this.#status();
  }

  /** Tell the server what was chosen. @returns whether there is something to do */
  async send() {
    if (this.isPrescribed) return true;
    if (!this.chosen.size) {
      write(byId("plan-status"), this.app.texts.say("welcome.plan_empty"));
      return false;
    }
    const exercises = [...this.chosen].map(([id, { sets, amount, isHold }]) => ({ id, sets, [isHold ? "hold_s" : "repetitions"]: amount }));
    return this.app.post("/api/plan", { exercises });
  }

  #prescribed(step) {
    const { texts } = this.app;
    return element("li", {}, element("strong", { text: texts.exercise(step.exercise_id).name }), element("span", { text: texts.dose(step) }));
  }

  #choice(exercise) {
    const { texts } = this.app;
    const words = texts.exercise(exercise.id);
    const isHold = Number.isFinite(exercise.dose.hold_s);
    const dose = this.chosen.get(exercise.id) ?? { sets: exercise.dose.sets, amount: isHold ? exercise.dose.hold_s : exercise.dose.repetitions, isHold };
    const tick = element("input", { type: "checkbox", checked: this.chosen.has(exercise.id), value: exercise.id });
    const numbers = element("div", { class: "numbers", hidden: !this.chosen.has(exercise.id) },
      number(texts.say("welcome.sets_label"), dose.sets, 20, (value) => (dose.sets = value)),
      number(texts.say(isHold ? "welcome.hold_label" : "welcome.repetitions_label"), dose.amount, isHold ? 600 : 200, (value) => (dose.amount = value)));
    tick.addEventListener("change", () => {
      if (tick.checked) this.chosen.set(exercise.id, dose);
      else this.chosen.delete(exercise.id);
      numbers.hidden = !tick.checked;
      this.#status();
    });
    return element("li", { class: "choice" },
      element("label", { class: "tick" }, tick, element("span", {}, element("strong", { text: words.name }), element("small", { text: words.purpose }))),
      numbers);
  }

  #status() {
    const text = this.isPrescribed || !this.chosen.size ? "" : this.app.texts.say("welcome.chosen", { n: this.chosen.size });
    write(byId("plan-status"), text);
  }
}

function number(label, value, largest, onChange) {
  const input = element("input", { type: "number", min: 1, max: largest, value, inputmode: "numeric" });
  input.addEventListener("change", () => {
    const asked = Math.round(Number(input.value)) || 1;
    input.value = Math.max(1, Math.min(largest, asked));
    onChange(Number(input.value));
  });
  return element("label", { class: "field number" }, element("span", { text: label }), input);
}
