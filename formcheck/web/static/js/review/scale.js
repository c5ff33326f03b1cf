/** Seconds of a set across the page: the same in the lane and in every curve under it. */

export const GUTTER = 92; // for names and numbers at the left
const END = 12;

export class Scale {
  /** @param span { begin_s, end_s } of the set */
  constructor(width_px, { begin_s, end_s }) {
    this.begin_s = begin_s;
    this.per_s = Math.max(1, width_px - GUTTER - END) / Math.max(0.1, end_s - begin_s);
  }

  x(seconds) {
    return GUTTER + this.per_s * (seconds - this.begin_s);
  }

  width(seconds) {
    return this.per_s * seconds;
  }

  seconds(x) {
    return this.begin_s + (x - GUTTER) / this.per_s;
  }
}
