/** The faults of an exercise that is being made: a measure, a bound on it, what is wrong and what is said. */

import { element } from "../dom.js";

export class MakerFaults {
  /** @param onChanged called after anything of a fault has changed */
  constructor(place, onChanged) {
    this.place = place;
    this.onChanged = onChanged;
    this.moved = [];
    this.n = 0;
  }

  /** What can be chosen: what moved, and by how much. */
  offer(moved) {
    this.moved = moved;
  }

  add() {
    this.n += 1;
    const row = element("div", { class: "fault", role: "group", "aria-label": `Fault ${this.n}` });
    const labelled = (text, node) => element("label", { class: "field" }, element("span", { text }), node);
    const measure = element("select", { name: "measure" }, ...this.moved.map((one, index) =>
      element("option", { value: index, text: one.name })));
    const kind = element("select", { name: "kind" }, element("option", { value: "max", text: "at most" }), element("option", { value: "min", text: "at least" }));
    const bound = element("input", { type: "number", name: "bound", step: "any" });
    row.append(labelled("Measure", measure), labelled("Allowed is", kind), labelled("Bound", bound),
      labelled("What is wrong", element("input", { type: "text", name: "says", maxlength: 160 })),
      labelled("What is said", element("input", { type: "text", name: "cue", maxlength: 160 })),
      element("button", { type: "button", text: "Take away", onclick: () => this.#remove(row) }),
      element("p", { class: "raised small" }));
    const propose = () => {
      bound.value = this.#bound(this.moved[measure.value], kind.value);
    };
    measure.addEventListener("change", propose);
    kind.addEventListener("change", propose);
    propose();
    row.addEventListener("input", this.onChanged);
    row.addEventListener("change", this.onChanged);
    this.place.append(row);
    measure.focus();
  }

  /** The faults that are whole: what is begun and not yet named is not tried. */
  chosen() {
    return this.rows().flatMap((row) => {
      const value = (name) => row.querySelector(`[name="${name}"]`).value.trim();
      const one = this.moved[value("measure")];
      if (!one || value("bound") === "" || !value("says") || !value("cue")) return [];
      return [{ row, fault: { measure: one.measure, side: one.side, bounds: { [value("kind")]: Number(value("bound")) }, says: value("says"), cue: value("cue") } }];
    });
  }

  rows() {
    return [...this.place.children];
  }

  /** A bound that the demonstration keeps: its furthest, and twice what the measure errs. */
  #bound(one, kind) {
    if (!one) return "";
    const [low, high] = [Math.min(one.at_rest, one.at_effort), Math.max(one.at_rest, one.at_effort)];
    const bound = kind === "max" ? high + 2 * one.expected_error : low - 2 * one.expected_error;
    return one.unit === "deg" ? Math.round(bound) : Math.round(bound * 100) / 100;
  }

  #remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    (next?.querySelector("select") ?? document.getElementById("add-fault")).focus();
    this.onChanged();
  }
}
