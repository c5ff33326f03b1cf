/** One set in large: every repetition and hold, faults, what did not count, what could not be judged. */

import { byId, element, svg } from "../dom.js";
import { faultsOf } from "./items.js";
import { Scale } from "./scale.js";
import { clock } from "./words.js";

const ROW = { fault: 4, done: 24, ghost: 46 };
const HEIGHT = 46;
const GHOST_HEIGHT = 66;

export class Lane {
  constructor(review) {
    this.review = review;
    this.node = byId("lane");
    this.head = element("div", { class: "playhead", "aria-hidden": "true" });
    review.on("session set judged poses", () => this.#build());
    review.on("item", () => this.#mark());
    review.on("time", () => this.#move());
    new ResizeObserver(() => this.#build()).observe(this.node);
    seekByPointer(this.node, review);
  }

  #build() {
    const { set, span, judged } = this.review;
    if (!set) return;
    const ghost = judged.get(set.name);
    this.scale = new Scale(this.node.clientWidth, span);
    const height = ghost ? GHOST_HEIGHT : HEIGHT;
    const picture = svg("svg", { width: "100%", height, "aria-hidden": "true" }, ...this.#rows(set),
      ...(ghost ? this.#ghosts(ghost) : []));
    this.node.replaceChildren(picture, this.head);
    this.node.setAttribute("aria-valuemax", (span.end_s - span.begin_s).toFixed(1));
    this.#mark();
    this.#move();
  }

  #rows(set) {
    const { scale } = this;
    const box = (one, name, y, height) => svg("rect", { class: name, x: scale.x(one.start_s), y, width: Math.max(2, scale.width(one.end_s - one.start_s)), height, rx: 3, "data-item": one.id ?? null });
    const stretches = set.abstentions.map((one) => box(one, "unassessed", 0, HEIGHT));
    const attempts = set.attempts.map((one) => box({ ...one, end_s: one.time_s }, "attempt", ROW.done, 16));
    return [
      word(4, ROW.fault + 11, "Faults"), word(4, ROW.done + 12, set.is_hold ? "Holds" : "Repetitions"),
      ...stretches, ...attempts,
      ...this.#done(set, ROW.done, ""),
      ...set.faults.flatMap((one) => this.#fault(set, one)),
      ...set.comments.filter(({ at_s }) => at_s !== null).map(({ at_s }) => svg("path", { class: "comment-mark", d: `M${scale.x(at_s) - 4} ${HEIGHT - 1}h8l-4 -6z` })),
    ];
  }

  #done(set, y, look) {
    const { scale } = this;
    const kinds = [["repetition", set.repetitions], ["hold", set.holds]];
    return kinds.flatMap(([kind, values]) => values.map((one) => {
      const x = scale.x(one.start_s);
      const width = Math.max(3, scale.width((one.end_s ?? one.start_s) - one.start_s) - 1);
      const peak = kind === "repetition" && Number.isFinite(one.peak_s) ? svg("line", { class: "peak", x1: scale.x(one.peak_s), x2: scale.x(one.peak_s), y1: y, y2: y + 16 }) : null;
      return svg("g", { class: `done ${one.status} ${one.faults?.length ? "faulty" : ""} ${look}`, "data-item": `${set.name}/${kind}/${one.key}` },
        svg("rect", { x, y, width, height: 16, rx: 3 }), peak,
        one.number && width > 14 ? svg("text", { x: x + 4, y: y + 12 }, String(one.number)) : null,
        one.status === "rejected" ? svg("line", { class: "struck", x1: x, x2: x + width, y1: y + 8, y2: y + 8 }) : null);
    }));
  }

  #fault(set, one) {
    const { scale } = this;
    const x = scale.x(one.evidence_s ?? (one.start_s + one.end_s) / 2);
    const y = ROW.fault;
    return [svg("g", { class: `fault ${one.severity ?? "error"} ${one.status}`, "data-item": `${set.name}/fault/${one.key}` },
      svg("rect", { x: scale.x(one.start_s), y: y + 5, width: Math.max(2, scale.width(one.end_s - one.start_s)), height: 6, rx: 3 }),
      svg("path", { d: `M${x} ${y - 2}l8.5 15h-17z` }), svg("text", { x, y: y + 11, "text-anchor": "middle" }, "!"),
      one.status === "rejected" ? svg("line", { class: "struck", x1: x - 9, x2: x + 9, y1: y + 13, y2: y - 1 }) : null)];
  }

  /** What other thresholds would make of it, beside what is there now. */
  #ghosts(ghost) {
    const { scale } = this;
    const marks = ghost.faults.map((one) => svg("path", { class: "ghost-fault", d: `M${scale.x(one.evidence_s ?? one.start_s)} ${ROW.ghost - 1}l6 11h-12z` }));
    return [word(4, ROW.ghost + 12, "With these"), ...this.#done(ghost, ROW.ghost, "ghost").map(unnamed), ...marks];
  }

  #mark() {
    const { item } = this.review;
    for (const one of this.node.querySelectorAll("[data-item]")) one.classList.toggle("current", one.dataset.item === item?.id);
  }

  #move() {
    const { set, span, time_s } = this.review;
    if (!set || !this.scale) return;
    this.head.style.left = `${this.scale.x(time_s)}px`;
    const since_s = time_s - span.begin_s;
    this.node.setAttribute("aria-valuenow", since_s.toFixed(1));
    this.node.setAttribute("aria-valuetext", `${clock(since_s, true)} of ${clock(span.end_s - span.begin_s)}`);
  }
}

/** Pressing or dragging there goes to that moment; pressing a mark looks at what it is. */
export function seekByPointer(node, review) {
  const seek = (event) => {
    const scale = new Scale(node.clientWidth, review.span);
    review.seek(scale.seconds(event.clientX - node.getBoundingClientRect().left));
  };
  node.addEventListener("pointerdown", (event) => {
    if (event.button || !review.set) return;
    const id = event.target.closest("[data-item]")?.dataset.item;
    const found = id && [...review.items, ...faultsOf(review.session)].find((one) => one.id === id);
    if (found) return void review.look(found);
    node.setPointerCapture(event.pointerId);
    seek(event);
  });
  node.addEventListener("pointermove", (event) => {
    if (node.hasPointerCapture(event.pointerId)) seek(event);
  });
}

function unnamed(node) {
  node.removeAttribute("data-item");
  return node;
}

const word = (x, y, text) => svg("text", { class: "row-name", x, y }, text);
