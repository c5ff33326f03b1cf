/** The measures of a set over time, with the thresholds they are judged by and what they may err. */

import { byId, element, svg, write } from "../dom.js";
import { seekByPointer } from "./lane.js";
import { GUTTER, Scale } from "./scale.js";
import { capital, plain, reading } from "./words.js";

const PAD = 9;
const LINE_PX = 12;
const SIGNAL_LINES = { target: "target", effort: "counts from", rest: "rest" };
const ENDS = { min: "from", max: "to" };

/** A laptop leaves less room than a large screen, and two curves less than one. */
const height = (n) => Math.round(Math.max(86, Math.min(170, innerHeight * 0.15 - 25)) * (n > 1 ? 0.6 : 1));

export class Curves {
  constructor(review) {
    this.review = review;
    this.node = byId("curves");
    this.chosen = new Map(); // by exercise, whether a measure is shown
    review.on("curves set session item judged", () => this.#build());
    review.on("time", () => this.#move());
    new ResizeObserver(() => this.#build()).observe(this.node);
    this.#build();
  }

  #build() {
    const { curves, set } = this.review;
    if (!set) return;
    const trouble = curves?.trouble;
    const measures = trouble || !curves ? [] : byMeasure(curves.curves);
    this.#choices(measures);
    const shown = measures.filter((one) => this.#isShown(one));
    this.rows = shown.map((one) => this.#row(one, curves.times_s, height(shown.length)));
    const says = trouble ? `There are no curves of this set: ${trouble}` : !curves ? "Loading" : shown.length ? "" : "No measure is chosen.";
    this.node.replaceChildren(...(says ? [element("p", { class: "small curves-note", text: says })] : this.rows.map(({ node }) => node)));
    this.#move();
  }

  #isShown({ measure, isPrimary }) {
    const { set, item } = this.review;
    const isLookedAt = item?.kind === "fault" && item.set === set.name && item.value.measure === measure;
    return this.chosen.get(`${set.exercise}/${measure}`) ?? (isPrimary || isLookedAt);
  }

  #choices(measures) {
    const place = byId("measures");
    place.hidden = measures.length < 2;
    const isOpen = place.querySelector("details")?.open ?? false;
    const focused = place.contains(document.activeElement) ? document.activeElement.value : null;
    const boxes = measures.map((one) => element("label", { class: "choice" },
      element("input", { type: "checkbox", value: one.measure, checked: this.#isShown(one), onchange: ({ target }) => this.#choose(one, target.checked) }), element("span", { text: capital(one.label) })));
    place.replaceChildren(element("details", { open: isOpen }, element("summary", { text: "Measures" }), element("div", { class: "choices" }, ...boxes)));
    if (focused) place.querySelector(`[value="${CSS.escape(focused)}"]`)?.focus();
  }

  #choose({ measure }, isShown) {
    this.chosen.set(`${this.review.set.exercise}/${measure}`, isShown);
    this.#build();
  }

  #row(one, times, tall) {
    const { set, span } = this.review;
    const scale = new Scale(this.node.clientWidth, span);
    const tried = triedOn(one, this.review.tried);
    const y = vertical(one, tall, tried);
    const lines = one.curves.flatMap((curve) => {
      const name = curve.side === "right" ? "right" : "left";
      return [svg("path", { class: "band", d: band(curve, times, scale, y) }), svg("path", { class: `curve ${name}`, d: path(curve.values, times, scale, y) })];
    });
    const width = this.node.clientWidth;
    const thresholds = besideEachOther(thresholdsOf(one), y).map(({ name, value, column }) => svg("g", {}, svg("line", { class: "threshold", x1: GUTTER, x2: width, y1: y(value), y2: y(value) }),
      svg("text", { class: "threshold-name", x: width - 4 - 150 * column, y: Math.max(10, y(value) - 3), "text-anchor": "end" }, `${name.replaceAll("_", " ")} ${plain(value, 1)}`)));
    const ghosts = tried.map(({ value }) => svg("line", { class: "ghost-line", x1: GUTTER, x2: width, y1: y(value), y2: y(value) }));
    const hidden = set.abstentions.map(({ start_s, end_s }) => svg("rect", { class: "unassessed", x: scale.x(start_s), y: 0, width: scale.width(end_s - start_s), height: tall }));
    const ends = [y.high, y.low].map((value) => svg("text", { class: "end", x: GUTTER - 6, y: y(value) + 4, "text-anchor": "end" }, plain(value, Math.abs(y.high - y.low) < 5 ? 2 : 0)));
    const picture = svg("svg", { width: "100%", height: tall, "aria-hidden": "true" }, ...hidden, ...lines, ...thresholds, ...ghosts, ...ends);
    const now = element("strong", { class: "now" });
    const head = element("div", { class: "playhead", "aria-hidden": "true" });
    const sides = one.curves.length > 1 ? " (left solid, right dashed)" : "";
    const legend = element("p", { class: "legend" }, element("span", { text: `${capital(one.label)}${sides}` }), now, one.error ? element("span", { class: "small", text: `± ${reading(one.error, one.unit)} to be expected` }) : null);
    const node = element("div", { class: "row-of-curves" }, legend, picture, head);
    seekByPointer(node, this.review);
    return { node, now, head, scale, one, times };
  }

  #move() {
    const { time_s } = this.review;
    for (const { now, head, scale, one, times } of this.rows ?? []) {
      head.style.left = `${scale.x(time_s)}px`;
      const index = indexAt(times, time_s);
      write(now, one.curves.map(({ values, side }) => `${side && one.curves.length > 1 ? `${side} ` : ""}${reading(values[index], one.unit)}`).join(", "));
    }
  }
}

/** Both sides of a measure on one piece of paper. */
export function byMeasure(curves) {
  const found = new Map();
  for (const curve of curves) {
    const { measure, label, unit, expected_error: error, is_primary: isPrimary } = curve;
    if (!found.has(measure)) found.set(measure, { measure, label, unit, error, isPrimary, curves: [] });
    found.get(measure).curves.push(curve);
    found.get(measure).isPrimary ||= isPrimary;
  }
  return [...found.values()];
}

function thresholdsOf({ curves }) {
  const all = curves.flatMap(({ thresholds }) => thresholds).filter(({ value }) => Number.isFinite(value));
  return [...new Map(all.map((one) => [`${one.name} ${one.value}`, one])).values()];
}

/** Which of the numbers that are tried out mean a line on this curve. */
function triedOn(one, tried) {
  const names = new Set(thresholdsOf(one).map(({ name }) => name));
  return tried.filter(({ name }) => namesOnCurve(name, one.measure).some((line) => names.has(line)));
}

/** What a number is called beside its line: RULE.min, RULE, or MEASURE.target and its like. */
function namesOnCurve(name, measure) {
  const parts = name.split(".");
  const [first, last] = [parts[0], parts.at(-1)];
  if (last in SIGNAL_LINES) return parts.length === 1 || first === measure ? [SIGNAL_LINES[last]] : [];
  if (last in ENDS && parts.length > 1) return [`${first === measure ? "held" : first} ${ENDS[last]}`];
  return Object.values(ENDS).map((end) => `${name} ${end}`);
}

/** Names of lines that are close to each other stand beside each other. */
function besideEachOther(thresholds, y) {
  let [last, column] = [-Infinity, 0];
  return thresholds.toSorted((one, other) => y(one.value) - y(other.value)).map((one) => {
    column = y(one.value) - last < LINE_PX ? column + 1 : 0;
    last = y(one.value);
    return { ...one, column };
  });
}

function vertical(one, tall, tried) {
  const values = one.curves.flatMap(({ values }) => values).filter(Number.isFinite);
  const all = [...values, ...[...thresholdsOf(one), ...tried].map(({ value }) => value)];
  let [low, high] = all.length ? [Math.min(...all), Math.max(...all)] : [0, 1];
  if (high - low < 1e-9) [low, high] = [low - 1, high + 1];
  const y = (value) => tall - PAD - ((value - low) / (high - low)) * (tall - 2 * PAD);
  return Object.assign(y, { low, high });
}

/** A line that has a gap wherever nothing is known. */
function path(values, times, scale, y) {
  let isDown = false;
  return values.map((value, index) => {
    if (!Number.isFinite(value)) return (isDown = false) || "";
    const command = isDown ? "L" : "M";
    isDown = true;
    return `${command}${scale.x(times[index]).toFixed(1)} ${y(value).toFixed(1)}`;
  }).join("");
}

function band({ values, expected_error: error }, times, scale, y) {
  if (!error) return "";
  const stretches = [];
  let from = -1;
  for (let index = 0; index <= values.length; index++) {
    const isKnown = index < values.length && Number.isFinite(values[index]);
    if (isKnown && from < 0) from = index;
    if (!isKnown && from >= 0) {
      stretches.push([from, index]);
      from = -1;
    }
  }
  const point = (index, by) => `${scale.x(times[index]).toFixed(1)} ${y(values[index] + by).toFixed(1)}`;
  return stretches.map(([start, end]) => {
    const indices = Array.from({ length: end - start }, (_, k) => start + k);
    return `M${indices.map((k) => point(k, error)).join("L")}L${indices.toReversed().map((k) => point(k, -error)).join("L")}Z`;
  }).join("");
}

/** The last moment of a curve that is not after a time. */
export function indexAt(times, time_s) {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (times[middle] <= time_s + 1e-4) low = middle;
    else high = middle - 1;
  }
  return low;
}

