/** Adding what the machine has missed: from here, to here, and what it was. */

import { stretchOf } from "./items.js";
import { choose } from "./menus.js";
import { clock } from "./words.js";

const SHORTEST_S = 0.2;

export class Missed {
  constructor(review, correcting, tell) {
    Object.assign(this, { review, correcting, tell });
    this.start = null;
    review.on("set", () => (this.start = null));
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !this.start) return;
      this.start = null;
      tell("Nothing is added.");
    });
  }

  /** The first time its start, the second time its end; of what turned back too early, all of it. */
  mark() {
    const { item, name, time_s } = this.review;
    if (item?.kind === "attempt" && item.set === name && !this.start) {
      return this.#ask(stretchOf(item));
    }
    if (!this.start) {
      this.start = { name, time_s };
      return this.tell(`Starts at ${this.#since(time_s)}. Go to its end and press m again; Escape gives up.`);
    }
    const [start_s, end_s] = [this.start.time_s, time_s].toSorted((one, other) => one - other);
    this.start = null;
    if (end_s - start_s < SHORTEST_S) return this.tell("Start and end are the same: nothing is added.");
    return this.#ask({ start_s, end_s });
  }

  #since(time_s) {
    return clock(time_s - this.review.span.begin_s, true);
  }

  #ask(stretch) {
    const { set } = this.review;
    const { start_s, end_s } = stretch;
    const done = set.is_hold ? ["hold", "A hold"] : ["repetition", "A repetition"];
    const options = [
      { name: done[1], act: () => this.correcting.add(done[0], stretch, done[1]) },
      ...set.fault_kinds.map(({ name, says }) => ({ name: says, act: () => this.correcting.add("fault", { name, start_s, end_s }, says) })),
    ];
    choose("What was missed?", options, `From ${this.#since(start_s)} to ${this.#since(end_s)}`);
  }
}
