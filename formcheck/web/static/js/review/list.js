/** What needs a look, and of the one that is looked at what the machine says and what is said of it. */

import { byId, element, icon } from "../dom.js";
import { deedButton } from "./deeds.js";
import { canBeSaid, groupsOf, isUntouched, remarkOf, STATUSES, titleOf, untouchedIn } from "./items.js";
import { capital, clock, counted, percent, reading, setName } from "./words.js";

const DEEDS = ["accept", "reject", "relabel", "add", "comment"];
const SIGNS = { accepted: "accept", rejected: "reject", relabelled: "relabel", added: "added" };

export class List {
  /** @param act does a deed of the table */
  constructor(review, act) {
    this.review = review;
    this.act = act;
    review.on("session set", () => this.#showList());
    review.on("item curves", () => this.#showItem());
    this.#showList();
    this.#showItem();
  }

  #showList() {
    const { session, set } = this.review;
    const groups = groupsOf(session, set).map(({ name, items }) => this.#group(name, items));
    const list = byId("list");
    const { scrollTop } = list;
    const hadFocus = list.contains(document.activeElement) && document.activeElement !== list;
    list.replaceChildren(...groups);
    list.scrollTop = scrollTop;
    byId("tab-look").textContent = `To look at (${untouchedIn(session).faults})`;
    this.#mark();
    if (hadFocus) (list.querySelector("[aria-current]") ?? list).focus();
  }

  #group(name, items) {
    const left = items.filter(isUntouched).length;
    const count = canBeSaid(items[0]) ? `${items.length - left} of ${items.length} looked at` : String(items.length);
    const heading = element("h3", {}, name, element("span", { class: "small", text: count }));
    return element("section", {}, heading, element("ul", {}, ...items.map((one) => element("li", {}, this.#line(one)))));
  }

  #line(one) {
    const { value } = one;
    const set = this.review.session.sets.find(({ name }) => name === one.set);
    const status = canBeSaid(one) ? value.status : "";
    const where = `${one.kind === "repetition" || one.kind === "hold" ? "" : `${setName(set)}, `}${clock(one.at_s - one.begin_s)}`;
    return element("button", { type: "button", class: `line ${one.kind} ${status}`, "data-item": one.id, onclick: () => this.review.look(one) },
      icon(value.severity ?? (one.kind === "fault" ? "error" : one.kind === "abstention" ? "unknown" : one.kind)),
      element("span", { class: "what" }, element("span", { class: "title", text: titleOf(one) }), element("span", { class: "small", text: [where, remarkOf(one)].filter(Boolean).join(" · ") })),
      status === "machine" ? element("span", { class: "open" }, element("span", { class: "unseen", text: STATUSES.machine })) : status ? badge(status) : null);
  }

  /** The unit of what is counted, where it is known. */
  #unit() {
    const { curves, item, name } = this.review;
    return item?.set === name ? (curves?.curves?.find((one) => one.is_primary)?.unit ?? "") : "";
  }

  #mark() {
    for (const one of byId("list").querySelectorAll("[data-item]")) {
      const isCurrent = one.dataset.item === this.review.item?.id;
      if (isCurrent) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
      if (isCurrent) within(byId("list"), one);
    }
  }

  #showItem() {
    this.#mark();
    const { item, session } = this.review;
    const place = byId("item");
    const focused = place.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    const set = item && session.sets.find(({ name }) => name === item.set);
    const buttons = element("div", { class: "deeds" }, ...DEEDS.map((does) => deedButton(does, this.act, { disabled: isIdle(does, item), class: does === "accept" ? "primary" : null })));
    place.replaceChildren(...(item ? itemCard(item, set, this.#unit()) : [element("p", { class: "lead", text: "Nothing is chosen. n goes to the next fault, ↓ through the list." })]), buttons);
    if (focused) place.querySelector(`[data-does=${focused}]:not(:disabled)`)?.focus();
  }
}

function isIdle(does, item) {
  if (does === "add" || does === "comment") return false;
  if (item?.kind === "attempt") return does === "relabel";
  return !item || !canBeSaid(item);
}

function itemCard(item, set, unit) {
  const { value, kind } = item;
  const head = element("div", { class: "item-head" },
    element("h3", { text: titleOf(item) }), canBeSaid(item) ? badge(value.status) : null);
  const where = element("p", { class: "small", text: `${setName(set)} · ${clock(item.start_s - item.begin_s, true)} to ${clock((item.end_s ?? item.start_s) - item.begin_s, true)}${value.side ? ` · ${value.side} side` : ""}` });
  const parts = { fault: faultFacts, repetition: repetitionFacts, attempt: repetitionFacts, hold: holdFacts, abstention: () => [] }[kind](value, unit);
  return [head, where, ...correctedFrom(item, set), parts.length ? element("dl", { class: "figures" }, ...parts.flatMap(pair)) : null, ...remarks(item, set)].filter(Boolean);
}

function faultFacts(value) {
  if (!value.measure_label) return [];
  return [
    [capital(value.measure_label), reading(value.value, value.unit)],
    ["Threshold", reading(value.threshold, value.unit)],
    ["Expected error", value.expected_error === null ? "–" : `± ${reading(value.expected_error, value.unit)}`],
    ["Judged", value.severity === "error" ? "a fault" : "a hint"],
    ["Seen", { good: "well", fair: "fairly", poor: "poorly in this view" }[value.observability] ?? "–"],
  ];
}

function repetitionFacts(value, unit) {
  return [["Furthest", reading(value.peak_value, unit, 1)], ["Target", reading(value.target, unit, 1)], ["Of the way", value.reached === null || value.reached === undefined ? "–" : percent(value.reached)]];
}

function holdFacts(value) {
  return [["Held", reading(value.held_s, "s", 1)], ["Left meanwhile", value.n_breaks === null ? "–" : counted(value.n_breaks, "time")]];
}

const pair = ([name, value]) => [element("div", {}, element("dt", { text: name }), element("dd", { text: value }))];

/** What the machine said stays in sight beside what was made of it. */
function correctedFrom({ value, kind }, set) {
  const last = set.corrections.findLast((one) => !one.is_withdrawn && one.subject === kind && (one.target === value.number && value.number !== null || value.key === `added-${one.number}`));
  if (!last) return [];
  const before = last.kind === "relabelled" && last.before ? `The machine said: ${set.fault_kinds.find(({ name }) => name === last.before.name)?.says ?? last.before.name ?? last.before.side ?? "–"} ` : "";
  return [element("p", { class: "by", text: `${before}${capital(STATUSES[last.kind] ?? last.kind)} by ${last.who}.${last.comment ? ` “${last.comment}”` : ""}` })];
}

function remarks({ kind, value }, set) {
  if (kind === "fault" && value.cue) return [element("p", { class: "small", text: `The patient was told: ${value.cue}` })];
  const says = (value.faults ?? []).map((name) => set.fault_kinds.find((one) => one.name === name)?.says ?? name);
  if (says.length) return [element("p", { class: "small", text: says.join(" ") })];
  if (kind === "attempt") return [element("p", { class: "small", text: "It was not counted. Should it be? Accept it (a), and it counts as a repetition." })];
  return [];
}

export function badge(status) {
  return element("span", { class: `badge ${status}` }, SIGNS[status] ? icon(SIGNS[status]) : null, element("span", { text: STATUSES[status] ?? status }));
}

/** Scroll a list, and never the page, until a line of it is seen. */
function within(list, line) {
  const [outer, inner] = [list.getBoundingClientRect(), line.getBoundingClientRect()];
  if (inner.top < outer.top + 28) list.scrollTop -= outer.top + 28 - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom + 8;
}
