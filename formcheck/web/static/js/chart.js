/** One exercise as a small chart: how far each repetition went, or how long was held. */

import { element, svg } from "./dom.js";

const WIDTH = 600;
const HEIGHT = 180;
const FOOT = 26;
const TOP = 14;

/** @returns a figure with the chart and the same figures as a table; null where there is nothing to draw */
export function chartOf(exercise, texts) {
  return exercise.is_hold ? holdChart(exercise, texts) : peakChart(exercise, texts);
}

function peakChart(exercise, texts) {
  const peaks = exercise.sets.flatMap((set) => set.peaks.map((peak) => ({ ...peak, set: set.set_number })));
  const setOf = ({ set }) => (exercise.sets.length > 1 ? `${texts.say("summary.set", { number: set })}, ` : "");
  if (!peaks.length) return null;
  const y = (reached) => HEIGHT - FOOT - (Math.max(0, Math.min(1.3, reached ?? 0)) / 1.3) * (HEIGHT - FOOT - TOP);
  const step = Math.min(70, WIDTH / peaks.length);
  const left = (WIDTH - step * peaks.length) / 2;
  const bars = peaks.map((peak, index) => {
    const look = !peak.is_full ? "attempt" : peak.faults.length ? "faulty" : "full";
    const x = left + step * (index + 0.18);
    return svg("g", { class: `bar ${look}` },
      svg("rect", { x, y: y(peak.reached), width: step * 0.64, height: HEIGHT - FOOT - y(peak.reached), rx: 3 }),
      look === "faulty" ? svg("text", { class: "mark", x: x + step * 0.32, y: y(peak.reached) - 3, "text-anchor": "middle" }, "!") : null,
      peaks.length <= 24 ? svg("text", { class: "tick-word", x: x + step * 0.32, y: HEIGHT - 7, "text-anchor": "middle" }, String(peak.number)) : null);
  });
  const target = svg("line", { class: "target", x1: 0, x2: WIDTH, y1: y(1), y2: y(1) });
  const word = svg("text", { class: "target-word", x: WIDTH, y: y(1) - 8, "text-anchor": "end" }, texts.say("summary.chart_target"));
  const unit = exercise.reached?.unit ?? "";
  const rows = peaks.map((peak) => [
    setOf(peak) + texts.say("summary.chart_repetition", { number: peak.number }),
    texts.reading(peak.value, unit),
    !peak.is_full ? texts.say("summary.chart_attempt") : peak.faults.length ? texts.say("summary.chart_with_fault") : "",
  ]);
  return framed(texts.say("summary.chart_heading"), texts.say("summary.chart_label"), [...bars, target, word], rows, texts);
}

function holdChart(exercise, texts) {
  const holds = exercise.sets.flatMap((set) => set.holds.map((hold) => ({ ...hold, set: set.set_number })));
  if (!holds.length) return null;
  const longest = Math.max(...holds.map((hold) => hold.held_s), ...exercise.sets.map((set) => set.dose.hold_s ?? 0));
  const due = exercise.sets[0].dose.hold_s;
  const tall = Math.min(40, (HEIGHT - TOP) / holds.length);
  const foot = TOP + tall * holds.length;
  const x = (seconds) => (seconds / longest) * (WIDTH - 60);
  const bars = holds.map((hold, index) => svg("g", { class: "bar full" },
    svg("rect", { x: 0, y: TOP + tall * (index + 0.15), width: x(hold.held_s), height: tall * 0.7, rx: 3 }),
    svg("text", { class: "tick-word", x: x(hold.held_s) + 6, y: TOP + tall * (index + 0.62) }, texts.say("time.seconds_short", { n: Math.floor(hold.held_s) }))));
  const target = due ? [
    svg("line", { class: "target", x1: x(due), x2: x(due), y1: 0, y2: foot }),
    svg("text", { class: "target-word", x: x(due), y: foot + 20, "text-anchor": "middle" }, texts.say("summary.chart_target")),
  ] : [];
  const rows = holds.map((hold) => [texts.say("summary.set", { number: hold.set }), texts.say("time.seconds", { n: Math.floor(hold.held_s) }), ""]);
  return framed(texts.say("summary.chart_hold_heading"), texts.say("summary.chart_hold_label"), [...bars, ...target], rows, texts, foot);
}

function framed(heading, label, shapes, rows, texts, foot = HEIGHT - FOOT) {
  const base = svg("line", { class: "base", x1: 0, x2: WIDTH, y1: foot, y2: foot });
  const picture = svg("svg", { class: "chart", viewBox: `0 0 ${WIDTH} ${foot + FOOT}`, role: "img", "aria-label": label }, base, ...shapes);
  const body = rows.map(([name, value, note]) => element("tr", {}, element("th", { scope: "row", text: name }), element("td", { text: value }), element("td", { text: note })));
  const table = element("table", {}, element("caption", { text: heading }), element("tbody", {}, ...body));
  return element("figure", { class: "chart-figure" }, element("figcaption", { text: heading }), picture,
    element("details", {}, element("summary", { text: texts.say("summary.chart_as_table") }), table));
}
