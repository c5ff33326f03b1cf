/** Seconds of a set across the page: the same in the lane and in every curve under it. */

export const GUTTER = 92; // for names and numbers at the left
const END = 12;

export class Scale {
  constructor(width_px, duration_s) {
    this.left = GUTTER;
    this.per_s = Math.max(1, width_px - GUTTER - END) / Math.max(0.1, duration_s);
  }

  x(seconds) {
    return this.left + this.per_s * seconds;
  }

  width(seconds) {
    return this.per_s * seconds;
  }

  seconds(x) {
    return (x - this.left) / this.per_s;
  }
}
