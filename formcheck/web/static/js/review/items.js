/**
 * What can be looked at in a session, as one kind of thing: faults, what did not count, what
 * could not be judged, repetitions and holds.
 */

import { spanOf } from "./spans.js";
import { counted, plain } from "./words.js";

const SEVERITIES = ["error", "advice"];
const SUBJECTS = new Set(["fault", "repetition", "hold"]);
const SAME_S = 0.002; // what is sent and comes back may be rounded

/** @returns every fault of the session: the grave ones first, then in the order of time */
export function faultsOf(session) {
  const all = session.sets.flatMap((set) => set.faults.map((one) => item("fault", set, one, one.evidence_s ?? one.start_s)));
  const rank = ({ value }) => (SEVERITIES.indexOf(value.severity) + SEVERITIES.length) % SEVERITIES.length;
  return all.toSorted((one, other) => rank(one) - rank(other));
}

/** @returns the groups of the list, of the whole session but for what every set has many of */
export function groupsOf(session, set) {
  const each = (kind, values, at) => session.sets.flatMap((one) => one[values].map((value) => item(kind, one, value, at(value))));
  const groups = [
    { name: "Faults", items: faultsOf(session) },
    { name: "Did not count", items: each("attempt", "attempts", (one) => one.peak_s) },
    { name: "Could not be judged", items: each("abstention", "abstentions", (one) => one.start_s) },
    { name: `Repetitions of this set`, items: doneIn(set).filter(({ kind }) => kind === "repetition") },
    { name: `Holds of this set`, items: doneIn(set).filter(({ kind }) => kind === "hold") },
  ];
  return groups.filter(({ items }) => items.length);
}

/** @returns the repetitions and holds of a set */
export function doneIn(set) {
  return [
    ...set.repetitions.map((one) => item("repetition", set, one, one.peak_s ?? one.start_s)),
    ...set.holds.map((one) => item("hold", set, one, one.start_s)),
  ];
}

function item(kind, set, value, at_s) {
  const end_s = value.end_s ?? value.time_s;
  const { begin_s } = spanOf(set);
  return { begin_s, id: `${set.name}/${kind}/${value.key ?? value.start_s}`, kind, set: set.name, value, at_s, start_s: value.start_s, end_s };
}

/** Whether something can be said of it at all. */
export const canBeSaid = ({ kind }) => SUBJECTS.has(kind);

/** All of what turned back too early, as it is added where it counts after all. */
export function stretchOf({ value: { start_s, peak_s, time_s, side } }) {
  return { start_s, peak_s, end_s: time_s, ...(side ? { side } : {}) };
}

/** The repetition that somebody has made of what turned back too early; undefined where nobody has. */
export function madeOf(session, { set, value }) {
  const isSame = (one) => one.status === "added" && Math.abs(one.start_s - value.start_s) < SAME_S && Math.abs(one.end_s - value.time_s) < SAME_S;
  return session.sets.find(({ name }) => name === set).repetitions.find(isSame);
}

/** Whether it can be said and nobody has said anything. */
export const isUntouched = (one) => canBeSaid(one) && one.value.status === "machine";

/** The next one that nobody has said anything about: faults first; among them, and among what a set has, going round. */
export function nextUntouched(session, current) {
  const faults = faultsOf(session);
  const among = current.kind === "fault" ? faults : doneIn(session.sets.find(({ name }) => name === current.set));
  return after(among, current) ?? faults.find(isUntouched) ?? null;
}

function after(items, current) {
  const index = items.findIndex(({ id }) => id === current.id);
  return [...items.slice(index + 1), ...items.slice(0, Math.max(0, index))].find(isUntouched);
}

/** How many things nobody has said anything about. */
export function untouchedIn(session) {
  const all = [...faultsOf(session), ...session.sets.flatMap(doneIn)].filter(isUntouched);
  return { faults: all.filter(({ kind }) => kind === "fault").length, others: all.filter(({ kind }) => kind !== "fault").length };
}

/** What an item is called. */
export function titleOf({ kind, value }) {
  switch (kind) {
    case "fault": return value.says;
    case "attempt": return value.reached === null ? "Turned back too early" : `Turned back too early: ${plain(100 * value.reached, 0)} % of the way`;
    case "abstention": return value.says;
    case "hold": return value.number ? `Hold ${value.number}` : "Hold that was missed";
    default: return `${value.number ? `Repetition ${value.number}` : "Repetition that was missed"}${value.side ? `, ${value.side}` : ""}`;
  }
}

/** In a few words what was seen of a repetition or a hold. */
export function remarkOf({ kind, value }) {
  const faults = value.faults?.length ? counted(value.faults.length, "fault") : "";
  if (kind === "hold") return [value.held_s === null ? "" : `${plain(value.held_s, 0)} s`, faults].filter(Boolean).join(", ");
  if (kind === "repetition") return [value.reached === null ? "" : `${plain(100 * value.reached, 0)} %`, faults].filter(Boolean).join(", ");
  return "";
}

export const STATUSES = { machine: "not looked at", accepted: "accepted", rejected: "rejected", relabelled: "relabelled", added: "added" };
