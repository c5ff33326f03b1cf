/** What stands above the parts: whose session, how the set came out, where the playing is. */

import { byId, element, icon, write } from "../dom.js";
import { deedOf, dress } from "./deeds.js";
import { clock, counted, countsOf, moment, setName } from "./words.js";

const ENDS = { finished: "finished", stopped: "stopped early", kept: "cut off, and left so", cut_off: "cut off" };

/** Facts of the session: how long, how it ended, pain, the programme. */
export function showFacts({ session }) {
  const parts = [clock(session.duration_s), counted(session.sets.length, "set"), ENDS[session.end] ?? session.end, painOf(session.pain),
    session.prescription_revision === null ? "" : `prescription ${session.prescription_revision}`, ...session.rules_applied.map(({ says }) => says),
    ...unnamedIn(session), ...session.instead.map(({ says, time_s }) => `${says} at ${clock(time_s)}`)];
  write(byId("facts"), parts.filter(Boolean).join(" · "));
  const signed = byId("signed");
  signed.hidden = !session.signed_off;
  if (session.signed_off) signed.replaceChildren(icon("accept"), element("span", { text: `Signed off by ${session.signed_off.who}, ${moment(session.signed_off.time)}` }));
  for (const which of ["previous", "next"]) {
    const link = byId(`${which}-session`);
    link.hidden = !session[which];
    if (session[which]) link.href = `/sessions/${encodeURIComponent(session[which].id)}`;
  }
}

/** How long nothing was recognised, and how long nobody was there. */
function unnamedIn({ unnamed }) {
  const lengths = new Map();
  for (const { says, start_s, end_s } of unnamed) lengths.set(says, (lengths.get(says) ?? 0) + end_s - start_s);
  return [...lengths].map(([says, seconds]) => `${says} for ${clock(seconds)}`);
}

/** Pain in a line: what it was first, and the worst that was said. */
function painOf(pain) {
  const values = pain.map(({ value }) => value).filter((value) => value !== null);
  if (!values.length) return "no pain told";
  return Math.max(...values) > values[0] ? `pain ${values[0]}, up to ${Math.max(...values)}` : `pain ${values[0]}, never more`;
}

/** What the machine made of a set, and what it is now. */
export function showSet({ session, set, span }) {
  if (!set) return;
  write(byId("set-heading"), setName(set));
  const [machine, now] = [countsOf(set, set.machine), countsOf(set, set.now)];
  byId("counts").replaceChildren(element("span", { class: "small", text: `Machine: ${machine}` }), ...(machine === now ? [] : [element("strong", { text: `Now: ${now}` })]));
  write(byId("clock-end"), clock(span.end_s - span.begin_s));
  const beside = byId("beside");
  beside.href = `/sessions/${encodeURIComponent(session.id)}/beside/${encodeURIComponent(session.previous?.id ?? session.id)}?exercise=${encodeURIComponent(set.exercise)}`;
}

/** What the buttons under the picture show. */
export function showTransport({ review, player, stage, moving }) {
  write(byId("clock"), clock(review.time_s - review.span.begin_s, true));
  const look = `${player.isPlaying} ${player.isLooping} ${player.speed} ${stage.isTurned} ${moving?.isOn}`;
  if (look === showTransport.last) return;
  showTransport.last = look;
  const button = (does) => document.querySelector(`.transport [data-does=${does}]`);
  dress(button("play"), undefined, player.isPlaying ? "pause" : "play");
  dress(button("speed"), `${player.speed}×`);
  button("speed").setAttribute("aria-label", `Speed ${player.speed}: ${deedOf("speed").name}`);
  for (const [does, isOn] of [["loop", player.isLooping], ["turn", stage.isTurned], ["move", Boolean(moving?.isOn)]]) button(does).setAttribute("aria-pressed", String(isOn));
  button("straight").hidden = !stage.isTurned;
  button("move").hidden = stage.isTurned;
}
