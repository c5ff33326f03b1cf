/** One line of the list of recordings: built once, then only what has changed is written. */

import { element, write } from "../dom.js";
import { moment } from "./words.js";

const DATE_FROM = { camera: "as its camera says", file: "by the date of the file", told: "as you said" };
const STATES = { waiting: "Waits for its turn", analysing: "Is being analysed", refused: "Refused", cancelled: "Cancelled" };

export class RecordingItem {
  /** `asks(id, what, body)` asks the server to do something. */
  constructor(id, asks) {
    this.id = id;
    this.asks = asks;
    this.shown = "";
    this.title = element("h3");
    this.about = element("p", { class: "small" });
    this.state = element("p", { class: "state" });
    this.bar = element("progress", { max: "100" });
    this.reason = element("p", { class: "reason" });
    this.says = element("ul", { class: "says" });
    this.date = this.dateField();
    this.deeds = element("div", { class: "deeds" });
    const facts = element("div", { class: "facts" }, this.about, this.date.row);
    const what = element("div", { class: "what" }, this.title, facts, this.state, this.bar, this.reason, this.says);
    this.node = element("li", { class: "item" }, what, this.deeds);
  }

  /** Show what has become of it. */
  show(one) {
    const before = this.one;
    this.one = one;
    write(this.title, one.name);
    write(this.about, [one.person, one.exercise ? `only ${one.exercise}` : "", size(one.size_bytes), one.keeps_video ? "video kept" : ""].filter(Boolean).join(" · "));
    this.node.dataset.state = one.state === "done" && !one.session ? "empty" : one.state;
    write(this.state, stateOf(one));
    this.bar.hidden = one.state !== "analysing";
    this.bar.value = Math.round(100 * one.share);
    this.bar.setAttribute("aria-label", `How far ${one.name} is analysed`);
    write(this.reason, one.reason);
    this.reason.hidden = !one.reason;
    if (before?.says.join() !== one.says.join()) this.says.replaceChildren(...one.says.map((line) => element("li", { text: line })));
    this.showDate(one);
    this.showDeeds(one);
  }

  dateField() {
    const input = element("input", { type: "datetime-local", id: `date-${this.id}` });
    const said = element("span");
    const from = element("span", { class: "small" });
    const label = element("label", { for: input.id, text: "Recorded" });
    input.addEventListener("change", () => {
      if (input.value) this.asks(this.id, "date", { recorded: new Date(input.value).toISOString() });
    });
    return { input, said, from, row: element("div", { class: "date" }, label, input, said, from) };
  }

  showDate({ recorded, date_from: from, can_change_date: canChange }) {
    const { input } = this.date;
    if (document.activeElement !== input) input.value = recorded ? local(recorded) : "";
    input.hidden = !canChange;
    write(this.date.said, canChange || !recorded ? "" : moment(recorded));
    this.date.from.className = recorded ? "small" : "asks";
    write(this.date.from, recorded ? `${DATE_FROM[from]}${canChange && from === "file" ? ": check it" : ""}` : "Nobody knows when: say it, then it is analysed");
  }

  showDeeds(one) {
    const which = [one.state, one.session, one.can_retry, one.is_over].join();
    if (which === this.shown) return; // a button that is about to be pressed stays where it is
    const hadFocus = this.deeds.contains(document.activeElement);
    this.shown = which;
    this.deeds.replaceChildren(...this.deedsOf(one));
    if (hadFocus) (this.deeds.querySelector("a, button") ?? document.getElementById("choose")).focus();
  }

  deedsOf(one) {
    const deed = (text, what, body) => element("button", { type: "button", text, "aria-label": `${text}: ${one.name}`, onclick: () => this.asks(this.id, what, body?.() ?? {}) });
    if (!one.is_over) return [deed("Cancel", "cancel")];
    const open = one.session && element("a", { class: "button primary", href: `/sessions/${encodeURIComponent(one.session)}`, text: "Open the session", "aria-label": `Open the session: ${one.name}` });
    const choice = one.can_retry && this.choice(one);
    const again = one.can_retry && deed("Try again", "retry", () => ({ exercise: choice.value || null }));
    return [open, choice, again, deed("Take off the list", "remove")].filter(Boolean);
  }

  choice(one) {
    const choice = element("select", { "aria-label": `What is done in ${one.name}` }, element("option", { value: "", text: "Recognise it" }));
    choice.append(document.getElementById("exercises").content.cloneNode(true));
    return choice;
  }
}

/** What a line says of a file that is on its way. */
export function comingItem(upload) {
  const title = element("h3", { text: upload.file.name });
  const about = element("p", { class: "small", text: `${upload.wish.person} · ${size(upload.file.size)}` });
  const state = element("p", { class: "state" });
  const reason = element("p", { class: "reason" });
  const bar = element("progress", { max: "100", "aria-label": `How far ${upload.file.name} has come` });
  const button = element("button", { type: "button" });
  const node = element("li", { class: "item" }, element("div", { class: "what" }, title, about, state, reason, bar), element("div", { class: "deeds" }, button));
  return { node, state, reason, bar, button };
}

function stateOf(one) {
  if (one.state === "analysing") return `${STATES.analysing}: ${Math.round(100 * one.share)} %`;
  if (one.state !== "done") return STATES[one.state];
  return one.session ? "Done" : "Done: no session came of it";
}

function size(bytes) {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}

/** A time as the field wants it: on the clock here. */
function local(time) {
  const at = new Date(time);
  const two = (n) => String(n).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
