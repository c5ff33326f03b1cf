/** The curves of a demonstration, and the marks of rest and effort on them, moved by mouse or keys. */

import { svg } from "../dom.js";

const WIDTH = 1200;
const HEIGHT = 260;
const LEFT = 10;
const BOTTOM = 24;
const TOP = 26;
const STEP_S = 0.1;
const WORDS = { rest: "Rest", effort: "Effort" };

export class MakerChart {
  /** @param onMoved called after a mark was moved, added or taken away */
  constructor(place, onMoved) {
    this.place = place;
    this.onMoved = onMoved;
    this.marks = [];
    this.isHold = false;
  }

  /** Show a demonstration: its times and from when to when it lasts. */
  open({ times, from_s, to_s }) {
    this.times = times;
    this.fromS = from_s;
    this.toS = to_s;
    this.marks = [];
    this.curves = [];
    this.draw();
  }

  add(kind, atS) {
    const at = this.#inside(atS);
    this.marks.push({ kind, from_s: at, to_s: at });
    this.#changed(this.marks.length - 1);
  }

  draw() {
    this.root = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": "Curves, with the marks of rest and effort" },
      ...this.#seconds(), ...this.curves.map((values, number) => this.#curve(values, number)));
    this.handles = this.marks.flatMap((mark, number) => this.#ends(mark).map((end) => this.#handle(mark, number, end)));
    this.root.append(...this.handles);
    this.place.replaceChildren(this.root);
  }

  /** A moment has one handle, a time that lasts has one for each end. */
  #ends(mark) {
    return mark.from_s === mark.to_s ? ["both"] : ["from_s", "to_s"];
  }

  #x(timeS) {
    return LEFT + ((timeS - this.fromS) / (this.toS - this.fromS)) * (WIDTH - 2 * LEFT);
  }

  #inside(timeS) {
    return Math.round(Math.min(this.toS, Math.max(this.fromS, timeS)) * 100) / 100;
  }

  #seconds() {
    const every = Math.max(1, Math.ceil((this.toS - this.fromS) / 20));
    const ticks = [];
    for (let s = Math.ceil(this.fromS); s <= this.toS; s += every) {
      ticks.push(svg("line", { class: "axis", x1: this.#x(s), x2: this.#x(s), y1: TOP, y2: HEIGHT - BOTTOM }),
        svg("text", { x: this.#x(s) + 3, y: HEIGHT - 8, text: `${s} s` }));
    }
    return ticks;
  }

  /** Each curve has the whole height: what matters is when it moves, the numbers stand in the table. */
  #curve(values, number) {
    const known = values.filter((value) => value !== null);
    const low = Math.min(...known);
    const range = Math.max(...known) - low || 1;
    let path = "";
    values.forEach((value, index) => {
      if (value === null) return;
      const y = HEIGHT - BOTTOM - 6 - ((value - low) / range) * (HEIGHT - BOTTOM - TOP - 12);
      const isNew = path === "" || values[index - 1] === null;
      path += `${isNew ? "M" : "L"}${this.#x(this.times[index]).toFixed(1)} ${y.toFixed(1)}`;
    });
    return svg("path", { class: `curve curve-${number}`, d: path });
  }

  #handle(mark, number, end) {
    const at = () => (end === "to_s" ? mark.to_s : mark.from_s);
    const which = end === "both" ? "" : end === "from_s" ? ", begins" : ", ends";
    const node = svg("g", {
      class: `mark ${mark.kind}`, tabindex: 0, role: "slider", "data-mark": number, "data-end": end,
      "aria-label": `${WORDS[mark.kind]}${which}`, "aria-describedby": "marks-help", "aria-valuemin": this.fromS, "aria-valuemax": this.toS,
    },
      svg("rect", { class: "reach", x: -12, y: 0, width: 24, height: HEIGHT - BOTTOM }),
      svg("line", { x1: 0, x2: 0, y1: TOP - 6, y2: HEIGHT - BOTTOM }),
      svg("circle", { class: "grip", cx: 0, cy: 14, r: 9 }));
    const place = () => {
      node.setAttribute("transform", `translate(${this.#x(at()).toFixed(1)} 0)`);
      node.setAttribute("aria-valuenow", at());
      node.setAttribute("aria-valuetext", `${at().toFixed(1)} seconds`);
    };
    const move = (timeS) => {
      const to = this.#inside(timeS);
      if (end !== "to_s") mark.from_s = end === "both" ? to : Math.min(to, mark.to_s - STEP_S);
      if (end !== "from_s") mark.to_s = end === "both" ? to : Math.max(to, mark.from_s + STEP_S);
      place();
      this.onMoved();
    };
    node.addEventListener("keydown", (event) => this.#key(event, number, at(), move));
    node.addEventListener("pointerdown", (event) => this.#drag(event, node, move));
    place();
    return node;
  }

  #key(event, number, atS, move) {
    const step = event.shiftKey ? 1 : STEP_S;
    const to = { ArrowLeft: atS - step, ArrowDown: atS - step, ArrowRight: atS + step, ArrowUp: atS + step, Home: this.fromS, End: this.toS }[event.key];
    if (to !== undefined) move(to);
    else if (event.key === "Delete" || event.key === "Backspace") this.#remove(number);
    else return;
    event.preventDefault();
  }

  #drag(event, node, move) {
    node.setPointerCapture(event.pointerId);
    const box = this.root.getBoundingClientRect();
    const to = ({ clientX }) => {
      const x = ((clientX - box.left) / box.width) * WIDTH;
      move(this.fromS + ((x - LEFT) / (WIDTH - 2 * LEFT)) * (this.toS - this.fromS));
    };
    const end = () => {
      node.removeEventListener("pointermove", to);
      node.removeEventListener("pointerup", end);
      node.removeEventListener("pointercancel", end);
    };
    node.addEventListener("pointermove", to);
    node.addEventListener("pointerup", end);
    node.addEventListener("pointercancel", end);
    node.focus();
  }

  #remove(number) {
    this.marks.splice(number, 1);
    this.#changed(Math.min(number, this.marks.length - 1));
  }

  /** Draw anew, and leave the keyboard where it was. */
  #changed(number) {
    this.draw();
    this.handles.find((one) => Number(one.dataset.mark) === number)?.focus();
    this.onMoved();
  }
}
