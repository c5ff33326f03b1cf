/** Time that goes on: at full, half or quarter speed, once or again and again. */

const SPEEDS = [1, 0.5, 0.25];
const MARGIN_S = 0.4; // a loop shows a little of what comes before and after
const DRIFT_S = 0.12; // more than this between video and clock is seen
const A_PICTURE_S = 1 / 25;

export class Player {
  constructor(review, video) {
    this.review = review;
    this.video = video;
    this.isPlaying = false;
    this.isLooping = false;
    this.speed = 1;
    review.on("set", () => this.pause());
    review.on("time", () => this.#follow());
  }

  toggle() {
    if (this.isPlaying) return this.pause();
    const [start_s, end_s] = this.#stretch();
    const { time_s } = this.review;
    if (time_s >= end_s - 0.02 || time_s < start_s - 0.02) this.review.seek(start_s);
    this.isPlaying = true;
    this.last_ms = performance.now();
    requestAnimationFrame((now) => this.#tick(now));
    return this.#told();
  }

  pause() {
    this.isPlaying = false;
    this.#told();
  }

  nextSpeed() {
    this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length];
    this.#told();
  }

  toggleLoop() {
    this.isLooping = !this.isLooping;
    this.#told();
  }

  /** One picture on or back. */
  step(by) {
    this.pause();
    const { poses, time_s } = this.review;
    if (!poses?.n) return this.review.seek(time_s + by * A_PICTURE_S);
    const frame = Math.max(0, Math.min(poses.n - 1, poses.frameAt(time_s) + by));
    return this.review.seek(poses.times[frame]);
  }

  #tick(now) {
    if (!this.isPlaying) return;
    const [start_s, end_s] = this.#stretch();
    const next_s = this.review.time_s + (Math.max(0, now - this.last_ms) / 1000) * this.speed;
    this.last_ms = now;
    if (next_s < end_s) this.review.seek(next_s);
    else if (this.isLooping) this.review.seek(start_s);
    else {
      this.review.seek(end_s);
      return this.pause();
    }
    requestAnimationFrame((then) => this.#tick(then));
  }

  /** From when to when is played: the item, in a loop, or the set. */
  #stretch() {
    const { set, span, item } = this.review;
    const { begin_s, end_s } = span;
    if (!this.isLooping || !item || item.set !== set.name) return [begin_s, end_s];
    return [Math.max(begin_s, item.start_s - MARGIN_S), Math.min(end_s, item.end_s + MARGIN_S)];
  }

  #told() {
    this.#follow();
    this.review.tell("playing");
  }

  /** The video, where there is one, shows the same moment. */
  #follow() {
    const { video } = this;
    if (video.hidden) return;
    video.playbackRate = this.speed;
    if (this.isPlaying && video.paused) video.play().catch(() => {});
    if (!this.isPlaying && !video.paused) video.pause();
    const { time_s, set, span } = this.review;
    const at_s = Math.max(0, time_s - (set.video_start_s ?? span.begin_s));
    if (Math.abs(video.currentTime - at_s) > (this.isPlaying ? DRIFT_S : 0.005)) video.currentTime = at_s;
  }
}
