/**
 * What is to be done: as prescribed, or chosen from large cards to tick, with sets and amount.
 * For whom an exercise is not, is said beside it.
 */

import { byId, element, icon, write } from "./dom.js";

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
    byId("choices").replaceChildren(
      ...this.#group("welcome.choose_off_floor", (exercise) => !exercise.needs_floor),
      ...this.#group("welcome.choose_on_floor", (exercise) => exercise.needs_floor));
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
    const exercise = this.app.state.exercises.find(({ id }) => id === step.exercise_id);
    return element("li", {}, element("strong", { text: texts.exercise(step.exercise_id).name }), element("span", { text: texts.dose(step) }),
      ...this.#notFor(exercise));
  }

  /** A heading and its exercises, by the name that they have in the language. */
  #group(heading, belongs) {
    const { texts, state } = this.app;
    const nameOf = (exercise) => texts.exercise(exercise.id).name;
    const sorted = state.exercises.filter(belongs).sort((one, other) => nameOf(one).localeCompare(nameOf(other), texts.language));
    if (!sorted.length) return [];
    return [element("h2", { text: texts.say(heading) }), element("ul", { class: "choices" }, ...sorted.map((exercise) => this.#choice(exercise)))];
  }

  /** For whom it is not, and who asks first: a line for each. */
  #notFor({ contraindications }) {
    const { texts } = this.app;
    return Object.entries(Object.groupBy(contraindications, ({ kind }) => kind)).map(([kind, all]) =>
      element("p", { class: `not-for ${kind}` }, icon("warning"),
        element("span", {}, element("strong", { text: `${texts.say(`contraindication.${kind}`)}: ` }), all.map(({ condition }) => texts.say(`health_condition.${condition}`)).join("; "))));
  }

  #choice(exercise) {
    const { texts } = this.app;
    const words = texts.exercise(exercise.id);
    const isHold = Number.isFinite(exercise.dose.hold_s);
    const dose = this.chosen.get(exercise.id) ?? { sets: exercise.dose.sets, amount: isHold ? exercise.dose.hold_s : exercise.dose.repetitions, isHold };
    const tick = element("input", { type: "checkbox", checked: this.chosen.has(exercise.id), value: exercise.id });
    const more = element("div", { hidden: !this.chosen.has(exercise.id) },
      element("div", { class: "numbers" },
        number(texts.say("welcome.sets_label"), dose.sets, 20, (value) => (dose.sets = value)),
        number(texts.say(isHold ? "welcome.hold_label" : "welcome.repetitions_label"), dose.amount, isHold ? 600 : 200, (value) => (dose.amount = value))),
      ...this.#notFor(exercise));
    tick.addEventListener("change", () => {
      if (tick.checked) this.chosen.set(exercise.id, dose);
      else this.chosen.delete(exercise.id);
      more.hidden = !tick.checked;
      this.#status();
    });
    return element("li", { class: "choice" },
      element("label", { class: "tick" }, tick, element("span", {}, element("strong", { text: words.name }), element("small", { text: words.purpose }))),
      more);
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
