/** Numbers and times in words, the same everywhere on the page. */

const UNITS = { deg: "°", s: " s", m: " m", px: " px", percent: " %", "%": " %", share: "" };

/** A reading with its unit; a dash where there is none. */
export function reading(value, unit, digits = unit === "deg" ? 0 : 2) {
  if (value === null || value === undefined || !Number.isFinite(value)) return "–";
  return `${plain(value, digits)}${unitWord(unit)}`;
}

export const unitWord = (unit) => UNITS[unit] ?? (unit ? ` ${unit.replaceAll("_", " ")}` : "");

/** A number without needless zeros, with a true minus. */
export function plain(value, digits = 2) {
  return String(Number(value.toFixed(digits))).replace("-", "−");
}

/** Minutes and seconds; with tenths where a picture is meant. */
export function clock(seconds, tenths = false) {
  const whole = Math.max(0, tenths ? Math.floor(seconds * 10 + 1e-3) / 10 : Math.floor(seconds + 1e-3));
  const minutes = Math.floor(whole / 60);
  const rest = (whole - 60 * minutes).toFixed(tenths ? 1 : 0);
  return `${minutes}:${rest.padStart(tenths ? 4 : 2, "0")}`;
}

export const percent = (share) => `${Math.round(100 * share)} %`;

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** A day and the time of day on the clock here, as the server writes them. */
export function moment(iso) {
  const at = new Date(iso);
  return `${DAY.format(at)}, ${TIME.format(at)}`;
}

/** 1 repetition, 2 repetitions. */
export const counted = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;

export const capital = (text) => (text ? text[0].toUpperCase() + text.slice(1) : "");

/** What a set comes to, in short. */
export function countsOf(set, counts) {
  const parts = set.is_hold ? [`${plain(counts.held_s, 0)} s held`] : [counted(counts.n_repetitions, "repetition"), `${counts.n_with_faults} with faults`];
  if (set.is_hold) parts.push(counted(counts.n_faults, "fault"));
  return parts.join(", ");
}

export function setName(set) {
  return set.set_number ? `${set.exercise_name}, set ${set.set_number}` : set.exercise_name;
}
