/** The poses of a set, as they come over the wire: little-endian, a frame without a person is NaN. */

const N_LANDMARKS = 33;
const PER_POINT = 3;
const HEAD_BYTES = 12;

export class Poses {
  /** @throws {RangeError} if there is less than it says there is */
  constructor(buffer) {
    const [n, width, height] = new Uint32Array(buffer, 0, 3);
    const size = n * N_LANDMARKS * PER_POINT;
    this.n = n;
    this.width = width;
    this.height = height;
    this.times = new Float32Array(buffer, HEAD_BYTES, n);
    this.image = new Float32Array(buffer, HEAD_BYTES + 4 * n, size);
    this.world = new Float32Array(buffer, HEAD_BYTES + 4 * (n + size), size);
  }

  /** The frame that is shown at a time: the last one that has begun. */
  frameAt(time_s) {
    let [low, high] = [0, this.n - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.times[middle] <= time_s + 1e-4) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Three numbers of each landmark: x, y [px] and visibility, or x, y, z [m]; null without a person. */
  points(frame, space = "image") {
    const at = frame * N_LANDMARKS * PER_POINT;
    const flat = this[space];
    if (!this.n || !Number.isFinite(flat[at])) return null;
    return Array.from({ length: N_LANDMARKS }, (_, index) => {
      const from = at + index * PER_POINT;
      return [flat[from], flat[from + 1], flat[from + 2]];
    });
  }

  /** Put a landmark elsewhere in the picture, for drawing at once. */
  move(frame, landmark, [x, y]) {
    const from = (frame * N_LANDMARKS + landmark) * PER_POINT;
    this.image[from] = x;
    this.image[from + 1] = y;
  }

  /** Where the body is in the picture over the whole set: [left, top, right, bottom] [px]. */
  get extent() {
    this.cached ??= extentOf(this);
    return this.cached;
  }

  /** Where the feet, or whatever is lowest, touch the floor [m, down]. */
  get floor_m() {
    this.floor ??= floorOf(this);
    return this.floor;
  }
}

const EVERY = 5;

function extentOf(poses) {
  const [xs, ys] = [[], []];
  for (let frame = 0; frame < poses.n; frame += EVERY) {
    for (const [x, y, seen] of poses.points(frame) ?? []) {
      if (seen < 0.3 || !Number.isFinite(x + y)) continue;
      xs.push(x);
      ys.push(y);
    }
  }
  if (!xs.length) return [0, 0, poses.width, poses.height];
  const span = (values) => [quantile(values, 0.001), quantile(values, 0.999)];
  const [[left, right], [top, bottom]] = [span(xs), span(ys)];
  return [left, top, right, bottom];
}

function floorOf(poses) {
  const lowest = [];
  for (let frame = 0; frame < poses.n; frame += EVERY) {
    const points = poses.points(frame, "world");
    if (points) lowest.push(Math.max(...points.map(([, y]) => y)));
  }
  return lowest.length ? quantile(lowest, 0.9) : 1;
}

function quantile(values, share) {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.round(share * (sorted.length - 1))];
}
