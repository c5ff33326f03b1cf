/** One posture of the demonstration as a simple figure: thick soft limbs, a round head, a floor. */

import { svg } from "./dom.js";

// Far limbs first, so that the near ones lie over them.
const LIMBS = {
  left: [[11, 13, 15], [23, 25, 27, 31]],
  right: [[12, 14, 16], [24, 26, 28, 32]],
};
const MARGIN = 0.08;

export class Figure {
  /** @param frames landmarks of all postures in shares of the picture @param ratio width / height of that picture */
  constructor(frames, ratio, view) {
    this.ratio = ratio;
    this.node = svg("svg", { class: "body", role: "img", viewBox: viewBox(frames, ratio) });
    this.floor = svg("line", { class: "floor" });
    this.far = svg("path", { class: "far" });
    this.trunk = svg("path", { class: "trunk" });
    this.near = svg("path", { class: view === "front" ? "near front" : "near" });
    this.neck = svg("path", { class: "neck" });
    this.head = svg("circle", { class: "head", r: 0.05 });
    this.node.append(this.floor, this.far, this.trunk, this.near, this.neck, this.head);
    this.#ground(frames);
  }

  show(frame) {
    const at = ([x, y]) => [(1 - x) * this.ratio, y]; // as in the mirror that comes next
    const line = (indices) => `M${indices.map((index) => at(frame[index]).map((part) => part.toFixed(4)).join(" ")).join("L")}`;
    const middle = (a, b) => [(frame[a][0] + frame[b][0]) / 2, (frame[a][1] + frame[b][1]) / 2];
    this.far.setAttribute("d", LIMBS.right.map(line).join(""));
    this.near.setAttribute("d", LIMBS.left.map(line).join(""));
    this.trunk.setAttribute("d", `${line([11, 12, 24, 23])}Z`);
    const [x, y] = at(middle(7, 8));
    const [neckX, neckY] = at(middle(11, 12));
    this.neck.setAttribute("d", `M${neckX} ${neckY}L${x} ${y}`);
    this.head.setAttribute("cx", x);
    this.head.setAttribute("cy", y);
  }

  #ground(frames) {
    const lowest = Math.max(...frames.flatMap((frame) => frame.map(([, y]) => y))) + 0.02;
    for (const [name, value] of Object.entries({ x1: -1, x2: 1 + this.ratio, y1: lowest, y2: lowest })) this.floor.setAttribute(name, value);
  }
}

/** The part of the picture in which the movement happens: the figure is as large as it can be. */
function viewBox(frames, ratio) {
  const xs = frames.flatMap((frame) => frame.map(([x]) => (1 - x) * ratio));
  const ys = frames.flatMap((frame) => frame.map(([, y]) => y));
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return [left - MARGIN, top - MARGIN, right - left + 2 * MARGIN, bottom - top + 2 * MARGIN].map((part) => part.toFixed(4)).join(" ");
}
