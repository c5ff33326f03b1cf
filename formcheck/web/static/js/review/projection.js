/** Looking at the body from anywhere: turned about its hips, drawn with a little perspective. */

const DISTANCE_M = 4;
const STEEPEST = 85;
const DEG = Math.PI / 180;

export class View {
  constructor() {
    this.straight();
  }

  /** As the camera stood. */
  straight() {
    this.yaw_deg = 0;
    this.pitch_deg = 0;
  }

  turn(yaw_deg, pitch_deg) {
    this.yaw_deg = ((this.yaw_deg + yaw_deg + 540) % 360) - 180;
    this.pitch_deg = Math.max(-STEEPEST, Math.min(STEEPEST, this.pitch_deg + pitch_deg));
  }

  /** Where a point about the hips [m] is seen: right, down [m at the hips], and how far behind them. */
  seen([x, y, z]) {
    const [sinYaw, cosYaw] = [Math.sin(this.yaw_deg * DEG), Math.cos(this.yaw_deg * DEG)];
    const [sinPitch, cosPitch] = [Math.sin(this.pitch_deg * DEG), Math.cos(this.pitch_deg * DEG)];
    const [right, away] = [x * cosYaw + z * sinYaw, z * cosYaw - x * sinYaw];
    const [down, depth] = [y * cosPitch - away * sinPitch, away * cosPitch + y * sinPitch];
    const nearer = DISTANCE_M / (DISTANCE_M + depth);
    return [right * nearer, down * nearer, depth];
  }
}
