/** A ring that fills, with something large in its middle: the hold, the rest, the start. */

import { svg, write } from "./dom.js";

const RADIUS = 44;
const ROUND = 2 * Math.PI * RADIUS;

export class Ring {
  constructor(place) {
    this.fill = svg("circle", { class: "ring-fill", cx: 50, cy: 50, r: RADIUS, transform: "rotate(-90 50 50)", "stroke-dasharray": `0 ${ROUND}` });
    this.text = svg("text", { class: "ring-text", x: 50, "text-anchor": "middle", "dominant-baseline": "middle" });
    this.below = svg("text", { class: "ring-below", x: 50, y: 73, "text-anchor": "middle" });
    place.append(svg("svg", { class: "ring", viewBox: "0 0 100 100", "aria-hidden": "true" }, svg("circle", { class: "ring-track", cx: 50, cy: 50, r: RADIUS }), this.fill, this.text, this.below));
  }

  /** @param {number} share 0 to 1 @param {string} text in the middle @param {string} below under it */
  set(share, text = "", below = "") {
    const length = Math.max(0, Math.min(1, share)) * ROUND;
    this.fill.setAttribute("stroke-dasharray", `${length} ${ROUND}`);
    this.text.setAttribute("y", below ? 44 : 52);
    write(this.text, text);
    write(this.below, below);
  }
}
