/** The tabs at the right: what needs a look, what was watched, other thresholds, what was said. */

import { byId, element } from "../dom.js";
import { agreementTable } from "./agreement.js";
import { spanOf } from "./spans.js";
import { capital, clock, counted, countsOf, moment, percent, setName } from "./words.js";

const NAMES = ["look", "watched", "thresholds", "history"];

export class Panels {
  constructor(review, withdraw) {
    this.review = review;
    this.withdraw = withdraw;
    this.shown = "look";
    this.agreement = element("section");
    for (const name of NAMES) byId(`tab-${name}`).addEventListener("click", () => this.show(name));
    byId("tab-look").parentElement.addEventListener("keydown", (event) => this.#walk(event));
    review.on("session set", () => this.#fill());
    this.#fill();
  }

  /** Show a panel; the same one again goes back to the list. */
  toggle(name) {
    this.show(this.shown === name ? "look" : name);
    if (this.shown !== "look") byId(`panel-${name}`).focus({ preventScroll: true });
  }

  show(name) {
    this.shown = name;
    for (const one of NAMES) {
      const isShown = one === name;
      byId(`tab-${one}`).setAttribute("aria-selected", String(isShown));
      byId(`tab-${one}`).tabIndex = isShown ? 0 : -1;
      byId(`panel-${one}`).hidden = !isShown;
    }
    if (name === "history") this.#compare();
    this.review.tell("panel");
  }

  /** How often the machine was right so far, as it is now. */
  async #compare() {
    let told;
    try {
      told = agreementTable(await this.review.server.agreement());
    } catch (error) {
      told = element("p", { class: "small", text: error.message });
    }
    this.agreement.replaceChildren(element("h3", { text: "Machine and therapist, this person" }), told);
  }

  #walk(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    this.show(NAMES[(NAMES.indexOf(this.shown) + by + NAMES.length) % NAMES.length]);
    byId(`tab-${this.shown}`).focus();
  }

  #fill() {
    const { session, set } = this.review;
    if (!set) return;
    byId("panel-watched").replaceChildren(...watched(set));
    const said = [...session.comments.map((one) => ({ one, set: null })), ...session.sets.flatMap((one) => one.comments.map((comment) => ({ one: comment, set: one })))];
    const corrections = session.sets.flatMap((one) => one.corrections.filter(({ kind }) => kind !== "comment").map((correction) => ({ one: correction, set: one })));
    byId("tab-history").textContent = `Said (${said.length + corrections.filter(({ one }) => !one.is_withdrawn).length})`;
    byId("panel-history").replaceChildren(
      element("h3", { text: "Comments" }), ...(said.length ? [element("ul", { class: "said-list" }, ...said.map((one) => this.#comment(one)))] : [element("p", { class: "small", text: "None yet: c comments on the moment that is shown." })]),
      element("h3", { text: "Corrections" }), ...(corrections.length ? [element("ul", { class: "said-list" }, ...corrections.toReversed().map((one) => this.#correction(one)))] : [element("p", { class: "small", text: "None yet: nothing of what the machine says has been accepted or rejected." })]), this.agreement);
    if (this.shown === "history") this.#compare();
  }

  #comment({ one, set }) {
    const where = set && one.at_s !== null ? element("button", { type: "button", class: "quiet", text: `${setName(set)}, ${clock(one.at_s - spanOf(set).begin_s, true)}`, onclick: () => this.review.open(set.name, one.at_s) }) : null;
    return element("li", {}, element("p", { class: "text", text: one.text }), element("p", { class: "small" }, where, ` ${one.who}, ${moment(one.time)}`));
  }

  #correction({ one, set }) {
    const target = one.target === null || one.target === undefined ? one.subject : `${one.subject} ${one.target}`;
    const button = one.is_withdrawn ? element("span", { class: "small", text: "withdrawn" }) : element("button", { type: "button", text: "Withdraw", "aria-label": `Withdraw: ${target} ${one.kind}`, onclick: () => this.withdraw(one) });
    return element("li", { class: one.is_withdrawn ? "withdrawn" : "" }, element("p", {}, element("strong", { text: `${capital(target)} ${one.kind}` }), becameOf(one, set), one.comment ? ` “${one.comment}”` : ""),
      element("p", { class: "small", text: `${setName(set)} · ${one.who}, ${moment(one.time)}` }), button);
  }
}

/** What something became that was relabelled or added. */
function becameOf({ after }, { fault_kinds: kinds }) {
  const became = after?.name ? (kinds.find(({ name }) => name === after.name)?.says ?? after.name) : after?.side;
  return became ? `: ${became}` : "";
}

/** What was looked for, and what became of it: never that anything was good. */
function watched(set) {
  const { begin_s } = spanOf(set);
  const of = (status) => set.checks.filter((one) => one.status === status);
  const seen = [["found", "Found"], ["nothing_wrong_seen", "Watched, and nothing wrong was seen"], ["not_assessed", "Not assessed"]];
  const groups = seen.flatMap(([status, name]) => {
    const checks = of(status);
    return checks.length ? [element("h3", { text: name }), element("ul", { class: "checks" }, ...checks.map((one) => element("li", { class: status }, element("span", { text: one.says }), element("span", { class: "small", text: remark(one) }))))] : [];
  });
  const abstained = set.abstentions.map((one) => element("li", {}, element("span", { text: one.says }), element("span", { class: "small", text: `${clock(one.start_s - begin_s, true)} to ${clock(one.end_s - begin_s, true)}` })));
  return [
    element("p", { text: `${setName(set)}. The machine: ${countsOf(set, set.machine)}. ${percent(set.assessed_share)} of it could be judged; somebody was in the picture in ${set.n_frames_with_person} of ${set.n_frames} pictures.` }),
    ...groups, ...(abstained.length ? [element("h3", { text: "Could not be judged" }), element("ul", { class: "checks" }, ...abstained)] : []),
  ];
}

function remark({ status, n_found: n, assessed_share: share, reason }) {
  if (status === "not_assessed") return reason || "It could not be seen.";
  const part = `in ${percent(share)} of what was done`;
  return status === "found" ? `${counted(n, "time")}; it could be judged ${part}` : `It could be judged ${part}.`;
}
