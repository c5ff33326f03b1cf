/** From landmarks to the canvas: as the camera saw them, or turned in space. */

const MARGIN = 0.12;

/** How pixels of the picture lie on the canvas: the whole picture, or as near to the body as it goes. */
export class Camera {
  constructor(poses, width, height, isWhole) {
    const picture = [0, 0, poses.width, poses.height];
    const [left, top, right, bottom] = isWhole ? picture : widened(poses.extent);
    this.scale = Math.min(width / (right - left), height / (bottom - top));
    this.x = (width - this.scale * (left + right)) / 2;
    this.y = (height - this.scale * (top + bottom)) / 2;
    this.unit = Math.max(1.4, (isWhole ? height / 200 : height / 170));
  }

  at([x, y, seen]) {
    return Number.isFinite(x) ? [this.x + this.scale * x, this.y + this.scale * y, seen] : null;
  }

  /** The pixel of the picture under a point of the canvas. */
  pixel(x, y) {
    return [(x - this.x) / this.scale, (y - this.y) / this.scale];
  }
}

function widened([left, top, right, bottom]) {
  const by = MARGIN * Math.max(right - left, bottom - top);
  return [left - by, top - by, right + by, bottom + by];
}

/** How points about the hips [m] lie on the canvas, seen from where the view stands. */
export class Space {
  constructor(view, width, height) {
    this.view = view;
    this.scale = Math.min(width, height) / 2.1;
    this.centre = [width / 2, height * 0.5];
    this.unit = Math.max(1.4, Math.min(width, height) / 170);
  }

  at([x, y, z], seen = 1) {
    if (!Number.isFinite(x)) return null;
    const [right, down] = this.view.seen([x, y, z]);
    return [this.centre[0] + this.scale * right, this.centre[1] + this.scale * down, seen];
  }

  /** Lines of the floor, half a metre apart. */
  floor(floor_m) {
    const steps = [-1, -0.5, 0, 0.5, 1];
    return steps.flatMap((step) => [[[step, floor_m, -1], [step, floor_m, 1]], [[-1, floor_m, step], [1, floor_m, step]]]).map((ends) => ends.map((end) => this.at(end)));
  }
}
