/** How the exercise is done, as a moving figure; three still ones for who wants less movement. */

import { element, wantsLessMotion } from "./dom.js";
import { Figure } from "./figure.js";

const BREATH_S = 0.8; // between two rounds

export class Demonstration {
  constructor(place) {
    this.place = place;
    this.request = 0;
    this.nAsked = 0;
    this.isPaused = false;
    this.isMoving = false;
  }

  /** Load and show an exercise. @returns {Promise<boolean>} whether there is something that moves */
  async show(exerciseId, label, texts) {
    this.hide();
    const mine = (this.nAsked += 1);
    const answer = await fetch(`/api/demonstration/${encodeURIComponent(exerciseId)}`);
    const motion = answer.ok ? await answer.json() : null;
    if (this.nAsked !== mine || !motion?.frames?.length) return false; // asked anew meanwhile, or words have to do
    this.isMoving = !wantsLessMotion();
    if (this.isMoving) this.#animate(motion, label);
    else this.#stills(motion, label, texts);
    return this.isMoving;
  }

  hide() {
    cancelAnimationFrame(this.request);
    this.nAsked += 1;
    this.isPaused = false;
    this.place.replaceChildren();
  }

  pause(isPaused) {
    this.isPaused = isPaused;
  }

  #figure(motion, label) {
    const figure = new Figure(motion.frames, motion.width / motion.height, motion.view);
    figure.node.setAttribute("aria-label", label);
    return figure;
  }

  #animate(motion, label) {
    const figure = this.#figure(motion, label);
    this.place.append(figure.node);
    const length = motion.frames.length / motion.fps + BREATH_S;
    let shown = 0;
    let before = performance.now();
    const step = (now) => {
      if (!this.isPaused) shown += Math.max(0, now - before) / 1000; // a frame may bear a time before its request
      before = now;
      const index = Math.floor((shown % length) * motion.fps);
      figure.show(motion.frames[Math.min(index, motion.frames.length - 1)]);
      this.request = requestAnimationFrame(step);
    };
    this.request = requestAnimationFrame(step);
  }

  #stills(motion, label, texts) {
    const last = furthest(motion.frames);
    for (const [index, key] of [[0, "still_start"], [Math.floor(last / 2), "still_middle"], [last, "still_end"]]) {
      const figure = this.#figure(motion, `${label}: ${texts.say(`demonstration.${key}`)}`);
      figure.show(motion.frames[index]);
      this.place.append(element("figure", { class: "still" }, figure.node, element("figcaption", { text: texts.say(`demonstration.${key}`) })));
    }
  }
}

/** The posture that is furthest from the first one. */
function furthest(frames) {
  const distance = (frame) => frame.reduce((sum, [x, y], index) => sum + Math.abs(x - frames[0][index][0]) + Math.abs(y - frames[0][index][1]), 0);
  const distances = frames.map(distance);
  return distances.indexOf(Math.max(...distances));
}
