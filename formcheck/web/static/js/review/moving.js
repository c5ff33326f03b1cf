/** Putting a joint where it is: dragged in the picture, or chosen and moved by arrow keys. */

import { byId } from "../dom.js";
import { JOINTS, jointName } from "./body.js";

const REACH_PX = 16;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STEP_PX = 2;
const FAR = 5; // with Shift

export class Moving {
  constructor(review, stage, player, correcting, tell) {
    Object.assign(this, { review, stage, player, correcting, tell });
    this.isOn = false;
    this.moved = null; // where the chosen joint has been put and is not yet kept
    const { picture } = stage;
    picture.addEventListener("pointerdown", (event) => this.#grasp(event));
    picture.addEventListener("pointermove", (event) => this.#drag(event));
    picture.addEventListener("pointerup", () => this.#drop());
    picture.addEventListener("keydown", (event) => this.#key(event));
    review.on("set view", () => this.stage.isTurned && this.leave());
    review.on("set", () => this.leave());
  }

  toggle() {
    if (this.isOn) return this.leave();
    if (this.stage.isTurned) this.stage.toggleTurned();
    if (!this.stage.points()) return this.tell("Nobody is in the picture at this moment.");
    this.player.pause();
    this.isOn = true;
    this.#choose(JOINTS[3]);
    byId("picture").focus({ preventScroll: true });
    return undefined;
  }

  leave() {
    if (this.moved) this.#keep();
    this.isOn = false;
    this.stage.chosen = null;
    this.review.tell("moving");
    this.stage.show();
  }

  #choose(joint) {
    if (this.moved) this.#keep();
    this.stage.chosen = joint;
    this.review.tell("moving");
    this.stage.show();
    this.tell(`${jointName(joint)}: arrows move it, Tab goes to the next joint, Enter keeps it, Escape leaves.`);
  }

  #key(event) {
    if (!this.isOn || event.ctrlKey || event.altKey || event.metaKey) return;
    const by = ARROWS[event.key];
    if (by) this.#shift(by.map((part) => part * STEP_PX * (event.shiftKey ? FAR : 1)));
    else if (event.key === "Tab") this.#choose(JOINTS[(JOINTS.indexOf(this.stage.chosen) + (event.shiftKey ? -1 : 1) + JOINTS.length) % JOINTS.length]);
    else if (event.key === "Enter") this.#keep();
    else if (event.key === "Escape") this.#giveUp();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #shift([x, y]) {
    const point = this.stage.points()?.[this.stage.chosen];
    if (point) this.#put([point[0] + x, point[1] + y]);
  }

  #put(place) {
    const { poses, time_s } = this.review;
    const frame = poses.frameAt(time_s);
    if (!this.moved) this.moved = { frame, joint: this.stage.chosen, from: poses.points(frame)[this.stage.chosen] };
    this.moved.to = place;
    poses.move(frame, this.stage.chosen, place);
    this.stage.show();
  }

  #giveUp() {
    const { moved } = this;
    this.moved = null;
    if (moved) {
      this.review.poses.move(moved.frame, moved.joint, moved.from);
      this.tell("Left as it was.");
    }
    this.leave();
  }

  #keep() {
    const { moved } = this;
    this.moved = null;
    if (moved?.to) this.correcting.move(this.review.poses.times[moved.frame], moved.joint, moved.to);
  }

  #grasp(event) {
    if (this.stage.isTurned || event.button || !this.stage.places || this.player.isPlaying || !this.stage.points()) return;
    const [x, y] = this.#where(event);
    const far = (joint) => (this.stage.places[joint] ? Math.hypot(this.stage.places[joint][0] - x, this.stage.places[joint][1] - y) : Infinity);
    const nearest = JOINTS.reduce((one, other) => (far(other) < far(one) ? other : one));
    if (far(nearest) > REACH_PX) return;
    this.isOn = true;
    this.dragged = nearest;
    this.#choose(nearest);
    this.stage.picture.setPointerCapture(event.pointerId);
  }

  #drag(event) {
    if (this.dragged === undefined) return;
    this.#put(this.stage.camera.pixel(...this.#where(event)));
  }

  #drop() {
    if (this.dragged === undefined) return;
    this.dragged = undefined;
    this.#keep();
  }

  #where({ clientX, clientY }) {
    const box = byId("canvas").getBoundingClientRect();
    return [clientX - box.left, clientY - box.top];
  }
}
