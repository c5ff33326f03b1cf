/** The whole session as a strip: its sets as blocks, what was done in them as ticks, and faults as marks. */

import { byId, element, svg } from "../dom.js";
import { spanOf } from "./spans.js";
import { clock, counted, countsOf, setName } from "./words.js";

const HEIGHT = 40;

export class Strip {
  constructor(review) {
    this.review = review;
    this.node = byId("strip");
    this.head = element("div", { class: "playhead", "aria-hidden": "true" });
    review.on("session judged", () => this.#build());
    review.on("set", () => this.#mark());
    review.on("time", () => this.#move());
    this.#build();
  }

  #build() {
    const { session } = this.review;
    const hadFocus = this.node.contains(document.activeElement) ? document.activeElement.dataset.set : null;
    const blocks = session.sets.map((set) => this.#block(set));
    const rules = session.rules_applied.map((one) => this.#rule(one));
    const others = session.unnamed.map((one) => this.#unnamed(one));
    this.node.replaceChildren(...others, ...blocks, ...rules, this.head);
    if (hadFocus) this.node.querySelector(`[data-set="${CSS.escape(hadFocus)}"]`)?.focus();
    this.#mark();
  }

  #share(seconds) {
    return `${(100 * seconds) / Math.max(1, this.#length)}%`;
  }

  get #length() {
    const { session } = this.review;
    return Math.max(session.duration_s, ...session.sets.map(spanOf).map(({ end_s, ahead_s }) => end_s + ahead_s));
  }

  #block(set) {
    const { begin_s, end_s, ahead_s } = spanOf(set);
    const n = set.faults.filter(({ status }) => status !== "rejected").length;
    const says = `${setName(set)}: ${countsOf(set, set.now)}, ${counted(n, "fault")}, from ${clock(begin_s + ahead_s)}`;
    const button = element("button", { type: "button", class: "block", "data-set": set.name, "aria-label": says, title: says, onclick: () => this.review.open(set.name) },
      element("span", { class: "block-name", "aria-hidden": "true", text: `${set.set_number ?? ""} ${set.exercise_name}` }), ticks(set));
    button.style.left = this.#share(begin_s + ahead_s);
    button.style.width = this.#share(end_s - begin_s);
    return button;
  }

  /** Where a stop rule did something; what it did stands in words above. */
  #rule({ time_s, says }) {
    const mark = element("span", { class: "rule-mark", title: says, "aria-hidden": "true", text: "!" });
    mark.style.left = this.#share(time_s);
    return mark;
  }

  /** Where nothing was recognised, or nobody was there; words above say how long. */
  #unnamed({ start_s, end_s, says }) {
    const stretch = element("span", { class: "unnamed", title: `${says}, ${clock(start_s)} to ${clock(end_s)}`, "aria-hidden": "true" });
    stretch.style.left = this.#share(start_s);
    stretch.style.width = this.#share(end_s - start_s);
    return stretch;
  }

  #mark() {
    for (const block of this.node.querySelectorAll(".block")) {
      if (block.dataset.set === this.review.name) block.setAttribute("aria-current", "true");
      else block.removeAttribute("aria-current");
    }
    this.#move();
  }

  #move() {
    const { set, time_s } = this.review;
    if (set) this.head.style.left = this.#share(spanOf(set).ahead_s + time_s);
  }
}

function ticks(set) {
  const { begin_s, end_s } = spanOf(set);
  const width = (seconds) => (100 * seconds) / Math.max(1, end_s - begin_s);
  const x = (seconds) => width(seconds - begin_s);
  const stretches = set.abstentions.map(({ start_s, end_s: until_s }) => svg("rect", { class: "unassessed", x: x(start_s), y: 0, width: Math.max(1, width(until_s - start_s)), height: HEIGHT }));
  const holds = set.holds.filter(stands).map(({ start_s, end_s: until_s }) => svg("rect", { class: "held", x: x(start_s), y: 22, width: width(until_s - start_s), height: 8 }));
  const marks = set.repetitions.filter(stands).map((one) => line("tick", x(one.peak_s ?? one.start_s), 22, 32));
  const faults = set.faults.filter(stands).map((one) => svg("path", { class: `mark ${one.severity ?? "error"}`, d: "M0 12L0 22", transform: `translate(${x(one.evidence_s ?? one.start_s)} 0)`, "vector-effect": "non-scaling-stroke" }));
  const picture = svg("svg", { viewBox: `0 0 100 ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...stretches, ...holds, ...marks, ...faults);
  return picture;
}

const stands = ({ status }) => status !== "rejected";
const line = (name, x, y1, y2) => svg("line", { class: name, x1: x, x2: x, y1, y2, "vector-effect": "non-scaling-stroke" });
