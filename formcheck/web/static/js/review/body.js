/** How a body is drawn: its bones, which side is whose, what its joints are called. */

const LIMBS = {
  middle: [[11, 12], [23, 24]],
  left: [[7, 11], [11, 13], [13, 15], [11, 23], [23, 25], [25, 27], [27, 29], [29, 31], [27, 31]],
  right: [[8, 12], [12, 14], [14, 16], [12, 24], [24, 26], [26, 28], [28, 30], [30, 32], [28, 32]],
};
/** The joints that may be moved, in the order in which keys go through them. */
export const JOINTS = [0, 7, 8, 11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32];
const NAMES = { 0: "nose", 7: "ear", 11: "shoulder", 13: "elbow", 15: "wrist", 23: "hip", 25: "knee", 27: "ankle", 29: "heel", 31: "toes" };
const PARTS = { head: 7, neck: 7, shoulder: 11, elbow: 13, wrist: 15, arm: 13, trunk: 23, back: 23, hip: 23, knee: 25, leg: 25, foot: 27, ankle: 27 };
const SEEN = 0.5;
export const COLOURS = { left: "#5fd3c4", right: "#f4b860", middle: "#e8edf3", edge: "#05080c", fault: "#ff9d3c", chosen: "#ffffff", floor: "#33404f" };

/** @param points where each landmark is on the canvas: [x, y, visibility] or null */
export function drawBody(pen, points, unit, { faint = false, colour = null, dashed = false } = {}) {
  pen.lineCap = pen.lineJoin = "round";
  trunk(pen, points, colour ?? COLOURS.middle);
  for (const side of ["right", "middle", "left"]) {
    const path = new Path2D();
    let isGuessed = false;
    for (const [first, second] of LIMBS[side]) {
      if (!points[first] || !points[second]) continue;
      isGuessed ||= points[first][2] < SEEN || points[second][2] < SEEN;
      path.moveTo(points[first][0], points[first][1]);
      path.lineTo(points[second][0], points[second][1]);
    }
    pen.setLineDash(dashed ? [unit * 4, unit * 3] : []);
    pen.globalAlpha = faint ? 0.35 : 1;
    line(pen, path, COLOURS.edge, unit * 2.6);
    line(pen, path, colour ?? COLOURS[side], unit * 1.6);
  }
  pen.setLineDash([]);
  head(pen, points, unit, colour ?? COLOURS.middle);
  for (const joint of JOINTS) if (joint > 8 && points[joint]) dot(pen, points[joint], unit * (points[joint][2] < SEEN ? 1 : 1.7), colour ?? COLOURS.middle);
  pen.globalAlpha = 1;
}

/** L and R where hands and feet end: a colour alone does not say which side it is. */
export function drawSides(pen, points, unit) {
  pen.font = `700 ${Math.round(unit * 5.5)}px system-ui, sans-serif`;
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  for (const [joint, from, word, side] of [[15, 13, "L", "left"], [16, 14, "R", "right"], [31, 27, "L", "left"], [32, 28, "R", "right"]]) {
    const [end, start] = [points[joint], points[from]];
    if (!end || !start) continue;
    const length = Math.hypot(end[0] - start[0], end[1] - start[1]) || 1;
    const [x, y] = [end[0] + ((end[0] - start[0]) / length) * unit * 6, end[1] + ((end[1] - start[1]) / length) * unit * 6];
    pen.lineWidth = unit;
    pen.strokeStyle = COLOURS.edge;
    pen.strokeText(word, x, y);
    pen.fillStyle = COLOURS[side];
    pen.fillText(word, x, y);
  }
}

/** Shoulders and hips as one surface, so that the body reads as one. */
function trunk(pen, points, colour) {
  const corners = [11, 12, 24, 23].map((index) => points[index]);
  if (corners.includes(null)) return;
  pen.beginPath();
  for (const [x, y] of corners) pen.lineTo(x, y);
  pen.closePath();
  pen.globalAlpha = 0.16;
  pen.fillStyle = colour;
  pen.fill();
  pen.globalAlpha = 1;
}

function head(pen, points, unit, colour) {
  const [left, right, nose] = [points[7], points[8], points[0]];
  if (!left || !right || !nose) return;
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const path = new Path2D();
  path.arc(x, y, Math.max(unit * 3, 0.72 * Math.hypot(nose[0] - x, nose[1] - y)), 0, 2 * Math.PI);
  line(pen, path, COLOURS.edge, unit * 2.6);
  line(pen, path, colour, unit * 1.6);
}

export function line(pen, path, colour, width) {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke(path);
}

export function dot(pen, [x, y], radius, colour) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = colour;
  pen.fill();
}

/** What a joint is called: left and right are the patient's. */
export function jointName(index) {
  if (index === 0) return NAMES[0];
  return index % 2 ? `left ${NAMES[index]}` : `right ${NAMES[index - 1]}`;
}

/** What a landmark is called in files and on the wire. */
export function landmarkName(index) {
  return jointName(index).replace("toes", "foot_index").replace(" ", "_");
}

/** The landmark that a fault is about: of its side, or of the side that is seen better. */
export function landmarkOf({ body_part, side }, points) {
  const left = PARTS[body_part];
  if (left === undefined) return null;
  if (side) return side === "left" ? left : left + 1;
  return (points[left]?.[2] ?? 0) >= (points[left + 1]?.[2] ?? 0) ? left : left + 1;
}
