/**
 * What is drawn over the mirror: skeleton, the angle that is counted, marks where something is to
 * be corrected, and how far the movement goes.
 *
 * Landmarks are those of the picture that was sent; only drawing mirrors them, so that words and
 * numbers stay readable. A mark has a sign as well as a colour.
 */

const BONES = [
  [11, 12], [23, 24], [7, 11], [11, 13], [13, 15], [11, 23], [23, 25], [25, 27], [27, 29], [29, 31],
  [8, 12], [12, 14], [14, 16], [12, 24], [24, 26], [26, 28], [28, 30], [30, 32],
];
const JOINTS = [...new Set(BONES.flat())];
const PARTS = { head: 7, shoulder: 11, elbow: 13, trunk: 23, hip: 23, knee: 25, foot: 27 }; // the left one; the right one is next
const SEEN = 0.5;
const COLOURS = { bone: "#ffffff", edge: "#0b1320", arc: "#ffd84d", fault: "#ff9d3c", good: "#58d68d" };
const LARGEST_PX = 1280; // more would only cost time: nobody sees it from two metres

export class Overlay {
  constructor(canvas, video) {
    this.canvas = canvas;
    this.video = video;
    this.pen = canvas.getContext("2d");
    this.showsSkeleton = true;
    new ResizeObserver(() => this.#fit()).observe(canvas);
  }

  clear() {
    this.pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  /** Draw one answer of the server. */
  draw({ landmarks, arc, faults = [], range = null }) {
    this.clear();
    this.#place();
    if (landmarks) {
      if (this.showsSkeleton) this.#skeleton(landmarks);
      if (arc) this.#arc(arc.map((index) => landmarks[index]));
      for (const fault of faults) this.#fault(fault, landmarks);
    }
    if (range) this.#range(range);
  }

  #fit() {
    const { clientWidth, clientHeight } = this.canvas;
    const scale = Math.min(devicePixelRatio || 1, LARGEST_PX / Math.max(1, clientWidth, clientHeight));
    this.canvas.width = Math.round(clientWidth * scale);
    this.canvas.height = Math.round(clientHeight * scale);
  }

  /** Where the picture lies on the canvas: as `object-fit: contain` puts it. */
  #place() {
    const { width, height } = this.canvas;
    const ratio = (this.video.videoWidth || 4) / (this.video.videoHeight || 3);
    const w = Math.min(width, height * ratio);
    const h = w / ratio;
    this.box = { x: (width - w) / 2, y: (height - h) / 2, w, h };
    this.unit = Math.max(2, h / 160);
  }

  #at([x, y]) {
    const { box } = this;
    return [box.x + (1 - x) * box.w, box.y + y * box.h];
  }

  #skeleton(landmarks) {
    const isSeen = (index) => landmarks[index][2] >= SEEN;
    const path = new Path2D();
    for (const [first, second] of BONES) {
      if (!isSeen(first) || !isSeen(second)) continue;
      path.moveTo(...this.#at(landmarks[first]));
      path.lineTo(...this.#at(landmarks[second]));
    }
    this.#stroke(path, COLOURS.bone, this.unit);
    this.pen.fillStyle = COLOURS.bone;
    for (const index of JOINTS.filter(isSeen)) this.#dot(this.#at(landmarks[index]), this.unit * 1.3);
  }

  /** A dark edge makes a line visible on any wall and any clothes. */
  #stroke(path, colour, width) {
    const { pen } = this;
    pen.lineCap = pen.lineJoin = "round";
    pen.globalAlpha = 0.6;
    pen.strokeStyle = COLOURS.edge;
    pen.lineWidth = width * 2;
    pen.stroke(path);
    pen.globalAlpha = 1;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke(path);
  }

  #dot([x, y], radius) {
    this.pen.beginPath();
    this.pen.arc(x, y, radius, 0, 2 * Math.PI);
    this.pen.fill();
  }

  #arc(points) {
    if (points.some((point) => !point || point[2] < SEEN)) return;
    const [start, vertex, end] = points.map((point) => this.#at(point));
    const towards = ([x, y]) => Math.atan2(y - vertex[1], x - vertex[0]);
    const from = towards(start);
    const turn = ((towards(end) - from + 3 * Math.PI) % (2 * Math.PI)) - Math.PI; // the shorter way round
    const path = new Path2D();
    path.arc(...vertex, this.unit * 9, from, from + turn, turn < 0);
    this.#stroke(path, COLOURS.arc, this.unit * 1.6);
  }

  #fault(fault, landmarks) {
    const place = partOf(fault, landmarks);
    if (!place) return;
    const centre = this.#at(place);
    const radius = this.unit * 11;
    for (const ring of fault.severity === "error" ? [radius, radius * 0.72] : [radius]) {
      const path = new Path2D();
      path.arc(...centre, ring, 0, 2 * Math.PI);
      this.#stroke(path, COLOURS.fault, this.unit * 1.4);
    }
    const badge = [centre[0] + radius * 0.8, centre[1] - radius * 0.8];
    this.pen.fillStyle = COLOURS.fault;
    this.#dot(badge, this.unit * 5);
    this.#word("!", badge, this.unit * 8, COLOURS.edge);
  }

  /** A ladder at the side: where the movement is, from where it counts, where it should go. */
  #range({ value, rest, effort, target }) {
    const share = (reading) => Math.max(0, Math.min(1.2, (reading - rest) / (target - rest)));
    const { box, unit, pen } = this;
    const height = box.h * 0.62;
    const left = box.x + box.w - unit * 13;
    const bottom = box.y + box.h * 0.82;
    const y = (part) => bottom - (part / 1.2) * height;
    pen.globalAlpha = 0.72;
    pen.fillStyle = COLOURS.edge;
    pen.fillRect(left - unit * 2, y(1.2) - unit * 2, unit * 11, height + unit * 4);
    pen.globalAlpha = 1;
    pen.strokeStyle = COLOURS.good;
    pen.lineWidth = unit * 0.8;
    pen.setLineDash([unit * 2, unit]); // the target zone is hatched by its border, not by colour alone
    pen.strokeRect(left, y(1.2), unit * 7, y(1) - y(1.2));
    pen.setLineDash([]);
    pen.fillStyle = "#5b6675";
    pen.fillRect(left, y(1), unit * 7, bottom - y(1));
    if (Number.isFinite(value)) {
      pen.fillStyle = share(value) >= 1 ? COLOURS.good : COLOURS.bone;
      pen.fillRect(left, y(share(value)), unit * 7, bottom - y(share(value)));
    }
    if (Number.isFinite(effort)) {
      pen.fillStyle = COLOURS.arc;
      pen.fillRect(left - unit * 2, y(share(effort)) - unit * 0.5, unit * 11, unit);
    }
  }

  #word(text, [x, y], size, colour) {
    this.pen.font = `bold ${size}px system-ui, sans-serif`;
    this.pen.textAlign = "center";
    this.pen.textBaseline = "middle";
    this.pen.fillStyle = colour;
    this.pen.fillText(text, x, y);
  }
}

/** The landmark that a fault is about: of its side, or of the side that is seen better. */
function partOf(fault, landmarks) {
  const left = PARTS[fault.body_part];
  if (left === undefined) return null;
  const sides = { left: landmarks[left], right: landmarks[left + 1] };
  const place = sides[fault.side] ?? (sides.left[2] >= sides.right[2] ? sides.left : sides.right);
  return place[2] >= SEEN ? place : null;
}
