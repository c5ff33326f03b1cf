/**
 * From when to when a set goes. Times are on the clock of its poses: of a session that was lived
 * through that is the session's, which has been running when the set begins.
 */

const ROUGHLY_S = 1;

/** @returns { begin_s, end_s } on the clock of the set's poses, and by how much the session's is ahead of it */
export function spanOf({ started_s, duration_s, repetitions, holds, attempts, faults, abstentions }) {
  const things = [...repetitions, ...holds, ...attempts, ...faults, ...abstentions];
  const first_s = Math.min(...things.map(({ start_s }) => start_s), Infinity);
  const last_s = Math.max(...things.map((one) => one.end_s ?? one.time_s ?? one.start_s), 0);
  const hasOwnClock = first_s < started_s - ROUGHLY_S;
  const begin_s = hasOwnClock ? 0 : started_s;
  return { begin_s, end_s: Math.max(duration_s, last_s, begin_s + 0.1), ahead_s: hasOwnClock ? started_s : 0 };
}

/** The same, as exactly as the poses tell it where they are known. */
export function seenSpan(set, poses) {
  const span = spanOf(set);
  if (!poses?.n) return span;
  return { ...span, begin_s: poses.times[0], end_s: Math.max(poses.times[poses.n - 1], poses.times[0] + 0.1) };
}
