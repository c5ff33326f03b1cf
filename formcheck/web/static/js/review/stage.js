/** The stage: the body as the camera saw it, over the video where that is kept, or turned in space. */

import { byId, write } from "../dom.js";
import { COLOURS, dot, drawBody, drawSides, landmarkOf, line } from "./body.js";
import { Drawing } from "./canvas.js";
import { Camera, Space } from "./places.js";
import { View } from "./projection.js";

const BY_KEY_DEG = 10;
const BY_PIXEL_DEG = 0.5;

export class Stage {
  constructor(review) {
    this.review = review;
    this.view = new View();
    this.isTurned = false;
    this.chosen = null; // the joint that is being moved
    this.picture = byId("picture");
    this.video = byId("video");
    this.drawing = new Drawing(byId("canvas"), (...where) => this.#draw(...where));
    review.on("time poses item view", () => this.show());
    review.on("set", () => this.#changeSet());
    this.video.addEventListener("error", () => this.#withoutVideo());
    this.video.addEventListener("seeked", () => this.show());
    this.#listen();
    this.#changeSet();
  }

  toggleTurned() {
    this.isTurned = !this.isTurned;
    this.review.tell("view");
  }

  straight() {
    this.view.straight();
    this.review.tell("view");
  }

  /** Turn by an arrow key; whether it was one. */
  turnByKey(key) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
    if (by) {
      this.view.turn(by[0] * BY_KEY_DEG, by[1] * BY_KEY_DEG);
      this.show();
    }
    return Boolean(by);
  }

  show() {
    this.video.classList.toggle("away", this.isTurned);
    this.drawing.ask();
    this.#tellFault();
    const { poses } = this.review;
    const note = byId("picture-note");
    const says = !poses ? "Loading" : poses.trouble ? `There is no picture of this set: ${poses.trouble}` : this.points() ? "" : "Nobody is in the picture at this moment.";
    note.hidden = !says;
    write(note, says);
    write(byId("picture-mode"), this.isTurned ? "In space: drag, or arrow keys here" : this.review.session.has_video && !this.video.hidden ? "Video" : "Drawn from the landmarks");
  }

  /** The landmarks of this moment; null where there are none. */
  points(space = "image") {
    const { poses, time_s } = this.review;
    return poses && !poses.trouble ? poses.points(poses.frameAt(time_s), space) : null;
  }

  #changeSet() {
    const { session, set, server } = this.review;
    this.chosen = null;
    this.video.hidden = !session.has_video || !set;
    if (!this.video.hidden) this.video.src = server.videoAddress(set.name);
    this.show();
  }

  #withoutVideo() {
    this.video.hidden = true;
    this.video.removeAttribute("src");
    this.show();
  }

  #draw(pen, width, height) {
    const { poses } = this.review;
    if (!poses || poses.trouble) return;
    this.camera = new Camera(poses, width, height, !this.video.hidden);
    if (this.isTurned) this.#inSpace(pen, new Space(this.view, width, height));
    else this.#asSeen(pen, poses);
  }

  #inSpace(pen, space) {
    pen.lineWidth = 1;
    pen.strokeStyle = COLOURS.floor;
    for (const [[fromX, fromY], [toX, toY]] of space.floor(this.review.poses.floor_m)) {
      pen.beginPath();
      pen.moveTo(fromX, fromY);
      pen.lineTo(toX, toY);
      pen.stroke();
    }
    const [points, seen] = [this.points("world"), this.points("image")];
    if (!points) return;
    const places = points.map((point, index) => space.at(point, seen[index][2]));
    this.#body(pen, places, space.unit);
  }

  #asSeen(pen, poses) {
    const { camera } = this;
    if (this.video.hidden) {
      const [left, top] = camera.at([0, 0]);
      pen.strokeStyle = COLOURS.floor;
      pen.lineWidth = 1;
      pen.setLineDash([6, 5]);
      pen.strokeRect(left, top, poses.width * camera.scale, poses.height * camera.scale);
      pen.setLineDash([]);
    }
    const points = this.points();
    if (!points) return;
    this.places = points.map((point) => camera.at(point));
    this.#body(pen, this.places, camera.unit);
    if (this.chosen !== null && this.places[this.chosen]) ring(pen, this.places[this.chosen], camera.unit * 5, COLOURS.chosen, camera.unit);
  }

  #body(pen, places, unit) {
    drawBody(pen, places, unit);
    drawSides(pen, places, unit);
    for (const fault of this.#faults()) {
      const place = places[landmarkOf(fault, places)];
      if (!place) continue;
      for (const radius of fault.severity === "error" ? [10, 7.5] : [10]) ring(pen, place, unit * radius, COLOURS.fault, unit * 1.2);
      const badge = [place[0] + unit * 8, place[1] - unit * 8];
      dot(pen, badge, unit * 4, COLOURS.fault);
      pen.font = `700 ${Math.round(unit * 6.5)}px system-ui, sans-serif`;
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.fillStyle = COLOURS.edge;
      pen.fillText("!", ...badge);
    }
  }

  /** What is wrong at this moment, but for what was rejected. */
  #faults() {
    const { set, time_s } = this.review;
    return (set?.faults ?? []).filter((one) => one.status !== "rejected" && one.start_s <= time_s + 0.01 && time_s <= one.end_s + 0.01);
  }

  #tellFault() {
    const [fault] = this.#faults();
    const note = byId("picture-fault");
    note.hidden = !fault;
    write(note, fault?.says ?? "");
  }

  #listen() {
    const { picture } = this;
    let last = null;
    picture.addEventListener("pointerdown", (event) => {
      if (!this.isTurned || event.button) return;
      last = [event.clientX, event.clientY];
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener("pointermove", ({ clientX, clientY }) => {
      if (!last || !this.isTurned) return;
      this.view.turn((last[0] - clientX) * BY_PIXEL_DEG, (clientY - last[1]) * BY_PIXEL_DEG);
      last = [clientX, clientY];
      this.show();
    });
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => (last = null));
    picture.addEventListener("keydown", (event) => {
      if (this.isTurned && this.turnByKey(event.key)) event.preventDefault();
    });
  }
}

function ring(pen, [x, y], radius, colour, width) {
  const path = new Path2D();
  path.arc(x, y, radius, 0, 2 * Math.PI);
  line(pen, path, COLOURS.edge, width * 2);
  line(pen, path, colour, width);
}
