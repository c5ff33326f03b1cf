/** One of two bodies beside each other: a repetition or a hold of some set, and how it is drawn. */

import { byId, write } from "../dom.js";
import { COLOURS, drawBody, drawSides, line } from "./body.js";
import { Drawing } from "./canvas.js";
import { remarkOf, titleOf } from "./items.js";
import { Camera, Space } from "./places.js";
import { Poses } from "./poses.js";
import { capital } from "./words.js";

export class Half {
  /**
   * @param which "a" or "b"
   * @param shared { view, isTurned, phase } of both
   * @param changed is called when there is something new to draw or compare
   */
  constructor(which, shared, changed) {
    Object.assign(this, { which, shared, changed });
    this.select = byId(`choice-${which}`);
    this.select.addEventListener("change", () => this.choose(this.choices[this.select.selectedIndex]));
    this.drawing = new Drawing(byId(`canvas-${which}`), (...where) => this.#draw(...where));
  }

  /** What there is to choose among, and what is chosen at first. */
  offer(choices, chosen) {
    this.choices = choices;
    this.select.replaceChildren(...choices.map(({ name }) => new Option(name)));
    this.select.selectedIndex = choices.indexOf(chosen);
    return this.choose(chosen);
  }

  async choose(choice) {
    this.choice = choice;
    [this.poses, this.curves] = [null, null];
    write(byId(`facts-${this.which}`), "");
    if (!choice) return this.#tell("There is nothing of this exercise here.");
    this.#tell("Loading");
    const { server, item } = choice;
    const [poses, curves] = await Promise.allSettled([server.poses(item.set).then((buffer) => new Poses(buffer)), server.curves(item.set)]);
    if (choice !== this.choice) return undefined;
    this.poses = poses.value ?? null;
    this.curves = curves.value ?? null;
    write(byId(`facts-${this.which}`), capital(remarkOf(item)));
    const reason = poses.reason instanceof RangeError ? "what was recorded is damaged." : poses.reason?.message;
    this.#tell(reason ? `There is no picture of this set: ${reason}` : "");
    return this.changed();
  }

  /** The time [s] of a place in the movement: 0 at its start, 1 furthest from it, 2 at its end. */
  timeAt(phase) {
    const { start_s, end_s, value } = this.choice.item;
    const peak_s = value.peak_s ?? (start_s + end_s) / 2;
    return phase <= 1 ? start_s + phase * (peak_s - start_s) : peak_s + (phase - 1) * (end_s - peak_s);
  }

  get lasts_s() {
    return this.choice ? this.choice.item.end_s - this.choice.item.start_s : 0;
  }

  show() {
    this.drawing.ask();
  }

  #tell(text) {
    const note = byId(`note-${this.which}`);
    note.hidden = !text;
    write(note, text);
    this.show();
  }

  #draw(pen, width, height) {
    const { poses, shared } = this;
    if (!poses) return;
    const frame = poses.frameAt(this.timeAt(shared.phase));
    const image = poses.points(frame);
    if (shared.isTurned) {
      const space = new Space(shared.view, width, height);
      for (const [from, to] of space.floor(poses.floor_m)) {
        const path = new Path2D();
        path.moveTo(from[0], from[1]);
        path.lineTo(to[0], to[1]);
        line(pen, path, COLOURS.floor, 1);
      }
      if (image) this.#body(pen, poses.points(frame, "world").map((point, index) => space.at(point, image[index][2])), space.unit);
    } else if (image) {
      const camera = new Camera(poses, width, height, false);
      this.#body(pen, image.map((point) => camera.at(point)), camera.unit);
    }
  }

  #body(pen, places, unit) {
    drawBody(pen, places, unit);
    drawSides(pen, places, unit);
  }
}

/** What of a session can be put beside something: its repetitions and holds of an exercise. */
export function choicesOf(session, server, exercise, doneIn, prefix) {
  const sets = session.sets.filter((set) => set.exercise === exercise);
  return sets.flatMap((set) => doneIn(set).filter(({ value }) => value.status !== "rejected").map((item) => {
    const faults = item.value.faults?.length ? " (with a fault)" : "";
    return { item, server, name: `${prefix}Set ${set.set_number ?? set.name}, ${titleOf(item).toLowerCase()}${faults}` };
  }));
}
