/** Other numbers for this exercise: while one is moved, what they would make of the session is shown at once. */

import { byId, element, write } from "../dom.js";
import { capital, plain, reading, unitWord } from "./words.js";

const WAIT_MS = 150; // as long as a hand rests between two movements

export class Thresholds {
  constructor(review, tell, fail) {
    Object.assign(this, { review, tell, fail });
    this.panel = byId("panel-thresholds");
    this.exercise = null;
    review.on("panel set", () => this.#open());
  }

  get isShown() {
    return !this.panel.hidden;
  }

  async #open() {
    const { set, server } = this.review;
    if (!this.isShown || !set || set.exercise === this.exercise) return;
    this.#forget();
    this.exercise = set.exercise;
    this.panel.replaceChildren(element("p", { text: "Loading" }));
    try {
      const known = await server.thresholds(set.exercise);
      if (known.exercise === this.exercise) this.#fill(known);
    } catch (error) {
      this.exercise = null;
      this.panel.replaceChildren(element("p", { class: "trouble", text: error.message }));
    }
  }

  #fill({ name, numbers }) {
    this.numbers = this.#inOrder(numbers).map((one) => ({ ...one, now: one.value }));
    this.result = element("table", { class: "before-now" });
    this.note = element("p", { class: "small", role: "status" });
    this.keep = element("button", { type: "button", class: "primary", disabled: true, text: "Keep for this patient", onclick: () => this.#keep() });
    this.resetting = element("button", { type: "button", disabled: true, text: "Reset", onclick: () => this.#reset() });
    this.rows = this.numbers.map((one) => this.#row(one));
    this.panel.replaceChildren(element("div", { class: "thresholds-head" }, element("h3", { text: `Other thresholds: ${name}` }), this.result, element("div", { class: "ends" }, this.keep, this.resetting), this.note),
      element("div", { class: "numbers" }, ...this.rows.map(({ node }) => node)));
    this.#tell(null);
  }

  /** What the fault that is looked at is judged by comes first. */
  #inOrder(numbers) {
    const { item } = this.review;
    const fault = item?.kind === "fault" ? item.value.name : null;
    const isOfFault = ({ name }) => name.split(".")[0] === fault;
    return [...numbers.filter(isOfFault), ...numbers.filter((one) => !isOfFault(one))];
  }

  #row(one) {
    const [low, high, step] = rangeOf(one);
    const id = `number-${one.name}`;
    const hint = `${id}-hint`;
    const set = (text) => this.#change(one, text);
    const slider = element("input", { type: "range", min: low, max: high, step, value: one.value, "aria-label": one.label, "aria-describedby": hint, oninput: ({ target }) => set(target.value) });
    const field = element("input", { type: "number", id, step: "any", value: plain(one.value, 3).replace("−", "-"), "aria-describedby": hint, oninput: ({ target }) => set(target.value) });
    const parts = [`In the file ${reading(one.in_the_file, one.unit)}`, one.prescribed === null ? "" : `prescribed ${reading(one.prescribed, one.unit)}`, one.expected_error === null ? "" : `expected error ± ${reading(one.expected_error, one.unit)}`];
    const node = element("div", { class: "number" }, element("label", { for: id, text: capital(one.label) }), slider, element("span", { class: "value" }, field, element("span", { class: "small", text: unitWord(one.unit) })),
      element("p", { class: "small", id: hint, text: parts.filter(Boolean).join(" · ") }));
    return { node, slider, field, one };
  }

  #change(one, text) {
    const value = Number(text);
    if (text.trim() === "" || !Number.isFinite(value)) return;
    one.now = value;
    for (const { one: other, slider, field, node } of this.rows) {
      if (other !== one) continue;
      if (document.activeElement !== slider) slider.value = value;
      if (document.activeElement !== field) field.value = text;
      node.classList.toggle("changed", one.now !== one.value);
    }
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#judge(), WAIT_MS);
  }

  get #changed() {
    return this.numbers.filter(({ now, value }) => now !== value).map(({ name, now }) => ({ name, value: now }));
  }

  /** The latest answer wins: an older question is given up. */
  async #judge() {
    this.asking?.abort();
    const numbers = this.#changed;
    if (!numbers.length) return this.#tell(null);
    const asking = (this.asking = new AbortController());
    this.panel.setAttribute("aria-busy", "true");
    try {
      const answer = await this.review.server.judge(this.exercise, numbers, asking.signal);
      if (asking !== this.asking) return undefined;
      this.fail("");
      return this.#tell(answer);
    } catch (error) {
      if (error.name !== "AbortError" && asking === this.asking) write(this.note, error.message);
      return undefined;
    } finally {
      if (asking === this.asking) this.panel.removeAttribute("aria-busy");
    }
  }

  #tell(answer) {
    const { review } = this;
    review.judged = new Map((answer?.sets ?? []).map((set) => [set.name, set]));
    review.tried = answer ? this.#changed : [];
    const isHold = review.set.is_hold;
    const rows = [isHold ? ["Seconds held", "held_s"] : ["Repetitions", "n_repetitions"], ["Faults", "n_faults"], isHold ? null : ["With faults", "n_with_faults"]].filter(Boolean);
    const counts = answer ?? { before: summed(review), now: null };
    const line = ([name, key]) => element("tr", {}, element("th", { scope: "row", text: name }), element("td", { class: "figure", text: plain(counts.before[key], 0) }),
      element("td", { class: `figure now ${counts.now && counts.now[key] !== counts.before[key] ? "differs" : ""}`, "data-now": key, text: counts.now ? plain(counts.now[key], 0) : "–" }));
    this.result.replaceChildren(element("thead", {}, element("tr", {}, element("td"), element("th", { scope: "col", class: "figure", text: "Before" }), element("th", { scope: "col", class: "figure", text: "New" }))),
      element("tbody", {}, ...rows.map(line)));
    write(this.note, answer ? `All sets of this exercise, judged anew in ${plain(answer.took_s, 2)} s; corrections left out. Nothing is changed yet.` : "Move a number: all sets of this exercise are judged anew at once.");
    this.keep.disabled = this.resetting.disabled = !answer;
    review.tell("judged");
  }

  #reset() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.asking = null;
    for (const { one, slider, field, node } of this.rows) {
      one.now = one.value;
      slider.value = one.value;
      field.value = plain(one.value, 3).replace("−", "-");
      node.classList.remove("changed");
    }
    this.rows[0]?.slider.focus();
    this.#tell(null);
  }

  async #keep() {
    try {
      const { says } = await this.review.server.keep(this.exercise, this.#changed);
      const { person } = this.review.session;
      this.note.replaceChildren(`${says} `, element("a", { href: `/people/${encodeURIComponent(person)}/prescription`, text: "Open the draft" }));
      this.tell("Kept in the draft of the prescription.");
    } catch (error) {
      write(this.note, error.message);
    }
  }

  #forget() {
    this.asking?.abort();
    clearTimeout(this.waiting);
    if (!this.review.judged.size) return;
    this.review.judged = new Map();
    this.review.tried = [];
    this.review.tell("judged");
  }
}

/** What the machine counts now in all sets of the exercise. */
function summed({ session, set }) {
  const sets = session.sets.filter(({ exercise }) => exercise === set.exercise);
  const sum = (key) => sets.reduce((total, { machine }) => total + machine[key], 0);
  return { n_repetitions: sum("n_repetitions"), n_with_faults: sum("n_with_faults"), held_s: sum("held_s"), n_faults: sum("n_faults") };
}

/** From where to where a slider goes: far enough for any patient, fine enough for a hand. */
function rangeOf({ value, in_the_file: file, unit, expected_error: error }) {
  const far = Math.max(Math.abs(file) * 0.75, 6 * (error ?? 0), unit === "deg" ? 20 : 0, Math.abs(value - file) * 1.5, 0.1);
  const step = unit === "deg" ? 1 : far > 20 ? 1 : far > 2 ? 0.1 : 0.01;
  const snap = (number) => Number((Math.round(number / step) * step).toFixed(3));
  const low = unit === "s" || unit === "share" ? Math.max(0, value - far) : value - far;
  return [snap(low), snap(value + far), step];
}
