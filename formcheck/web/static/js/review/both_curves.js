/** The measures of two repetitions over each other, each stretched so that their furthest points meet. */

import { byId, element, svg, write } from "../dom.js";
import { byMeasure, indexAt } from "./curves.js";
import { GUTTER } from "./scale.js";
import { capital, plain, reading } from "./words.js";

const N_STEPS = 120;
const PAD = 10;
const END = 12;
const PLACES = [[0, "start"], [1, "furthest"], [2, "end"]];

export class BothCurves {
  constructor(halves, shared) {
    Object.assign(this, { halves, shared, rows: [] });
    this.node = byId("both");
    this.chosen = new Map();
    new ResizeObserver(() => this.build()).observe(this.node);
  }

  build() {
    const known = this.halves.map((half) => (half.curves ? byMeasure(half.curves.curves.filter((curve) => isOfSide(curve, half))) : []));
    const measures = (known[0].length ? known[0] : known[1]).map((one) => ({ ...one, both: known.map((all) => all.find(({ measure }) => measure === one.measure)) }));
    this.#choices(measures);
    this.rows = measures.filter((one) => this.#isShown(one)).map((one) => this.#row(one));
    this.node.replaceChildren(...this.rows.map(({ node }) => node));
    this.move();
  }

  #isShown({ measure, isPrimary }) {
    return this.chosen.get(measure) ?? isPrimary;
  }

  #choices(measures) {
    const place = byId("measures");
    place.hidden = measures.length < 2;
    const isOpen = place.querySelector("details")?.open ?? false;
    const focused = place.contains(document.activeElement) ? document.activeElement.value : null;
    const boxes = measures.map((one) => element("label", { class: "choice" },
      element("input", { type: "checkbox", value: one.measure, checked: this.#isShown(one), onchange: ({ target }) => { this.chosen.set(one.measure, target.checked); this.build(); } }), element("span", { text: capital(one.label) })));
    place.replaceChildren(element("details", { open: isOpen }, element("summary", { text: "Measures" }), element("div", { class: "choices" }, ...boxes)));
    if (focused) place.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
  }

  #row(one) {
    const [width, tall] = [this.node.clientWidth, Math.round(Math.max(96, innerHeight * 0.17))];
    const x = (phase) => GUTTER + (phase / 2) * (width - GUTTER - END);
    const lines = this.halves.map((half, index) => sampled(half, one.both[index]));
    const values = lines.flat().filter(Number.isFinite);
    const [low, high] = values.length ? [Math.min(...values), Math.max(...values)] : [0, 1];
    const y = (value) => tall - PAD - 10 - ((value - low) / Math.max(1e-9, high - low)) * (tall - 2 * PAD - 10);
    const paths = lines.map((line, index) => svg("path", { class: `curve ${index ? "right" : "left"}`, d: drawn(line, x, y) }));
    const marks = PLACES.map(([phase, name]) => svg("g", {}, svg("line", { class: "place", x1: x(phase), x2: x(phase), y1: 0, y2: tall - 14 }), svg("text", { class: "end", x: x(phase), y: tall - 3, "text-anchor": phase === 2 ? "end" : phase ? "middle" : "start" }, name)));
    const ends = [high, low].map((value) => svg("text", { class: "end", x: GUTTER - 6, y: y(value) + 4, "text-anchor": "end" }, plain(value, high - low < 5 ? 2 : 0)));
    const picture = svg("svg", { width: "100%", height: tall, "aria-hidden": "true" }, ...marks, ...paths, ...ends);
    const now = element("strong", { class: "now" });
    const head = element("div", { class: "playhead", "aria-hidden": "true" });
    const node = element("div", { class: "row-of-curves still" }, element("p", { class: "legend" }, element("span", { text: `${capital(one.label)} (A solid, B dashed)` }), now, one.error ? element("span", { class: "small", text: `± ${reading(one.error, one.unit)} to be expected of each` }) : null), picture, head);
    return { node, now, head, x, lines, unit: one.unit };
  }

  /** Show where both are. */
  move() {
    const { phase } = this.shared;
    for (const { now, head, x, lines, unit } of this.rows) {
      head.style.left = `${x(phase)}px`;
      const [a, b] = lines.map((line) => line[Math.round((phase / 2) * N_STEPS)]);
      write(now, `A ${reading(a, unit)}, B ${reading(b, unit)}`);
    }
  }
}

/** Of a repetition that belongs to a side, only that side is compared. */
function isOfSide({ side }, { choice }) {
  const own = choice.item.value.side;
  return !side || !own || side === own;
}

function sampled(half, found) {
  const line = [];
  for (let step = 0; step <= N_STEPS; step++) {
    line.push(found ? between(half.curves.times_s, found.curves[0].values, half.timeAt((2 * step) / N_STEPS)) : NaN);
  }
  return line;
}

/** A value at a time, between two that are known. */
function between(times, values, time_s) {
  const index = indexAt(times, time_s);
  const [here, next] = [values[index], values[index + 1]];
  if (!Number.isFinite(here) || !Number.isFinite(next)) return Number.isFinite(here) ? here : NaN;
  return here + ((time_s - times[index]) / (times[index + 1] - times[index])) * (next - here);
}

function drawn(line, x, y) {
  let isDown = false;
  return line.map((value, step) => {
    if (!Number.isFinite(value)) return (isDown = false) || "";
    const command = isDown ? "L" : "M";
    isDown = true;
    return `${command}${x((2 * step) / N_STEPS).toFixed(1)} ${y(value).toFixed(1)}`;
  }).join("");
}
