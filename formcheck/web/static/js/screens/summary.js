/**
 * What the session came to: figures, the two most useful things to do better, and what was not
 * seen. Nothing here praises what was not checked.
 */

import { showActions } from "../actions.js";
import { chartOf } from "../chart.js";
import { byId, element, write } from "../dom.js";

export class SummaryScreen {
  constructor(app) {
    this.app = app;
    this.root = byId("screen-summary");
    this.nav = this.root.querySelector("nav");
  }

  show({ summary, said_at_end: said }) {
    const { texts } = this.app;
    byId("summary-stopped").hidden = !said?.length;
    byId("summary-stopped").replaceChildren(...(said ?? []).map((text) => element("p", { text })));
    write(byId("summary-lead"), summary ? this.#lead(summary) : "");
    write(byId("summary-pain"), summary ? this.#pain(summary) : "");
    byId("summary-exercises").replaceChildren(...(summary?.exercises ?? []).map((one) => this.#exercise(one)));
    byId("summary-my-page").hidden = !this.app.state.has_my_page;
    write(byId("summary-stored"), texts.say("summary.stored_in", { folder: this.app.state.folder }));
    const done = { key: "summary.done", icon: "yes", look: "primary", act: () => this.app.command("stop"), command: "stop" };
    const anew = { key: "summary.new_session", icon: "again", act: () => this.app.newSession() };
    showActions(this.nav, [done, anew], texts, (choice) => choice.act());
  }

  hide() {}

  get focus() {
    return this.root.querySelector("h1");
  }

  #lead(summary) {
    const { texts } = this.app;
    if (summary.exercises.every(isNothing)) return texts.say("summary.nothing_done");
    const isWhole = summary.n_sets_done >= summary.n_sets_planned;
    const part = { done: summary.n_sets_done, n: summary.n_sets_planned };
    return `${texts.say("summary.thanks")} ${isWhole ? texts.say("summary.whole_dose") : texts.say("summary.part_of_dose", part)}`;
  }

  #pain({ n_pain_reports: n }) {
    const { texts } = this.app;
    return n ? `${texts.say("summary.pain_reported", { n })} ${texts.say("summary.pain_advice")}` : "";
  }

  #exercise(one) {
    const words = this.app.texts.exercise(one.exercise);
    return element("article", { class: "card result" },
      element("h2", { text: words.name }),
      element("div", { class: "columns" },
        element("div", {}, ...this.#figures(one), ...this.#better(one, words)),
        element("div", {}, chartOf(one, this.app.texts))),
      ...this.#unseen(one, words));
  }

  #figures(one) {
    const { texts } = this.app;
    const lines = [];
    if (one.is_hold) {
      const total = one.sets.reduce((sum, set) => sum + (set.dose.hold_s ?? 0), 0);
      lines.push(["figure-line", texts.say("summary.held_of", { n: Math.floor(one.held_s), total })]);
      if (one.sets.some((set) => set.holds.length > 1)) lines.push(["", texts.say("summary.longest_hold", { n: Math.floor(longestOf(one)) })]);
    } else {
      lines.push(["figure-line", texts.say("summary.full", { n: one.n_full })]);
      if (one.n_with_faults) lines.push(["", texts.say("summary.with_faults", { n: one.n_with_faults })]);
      if (one.n_attempted) lines.push(["", texts.say("summary.attempted", { n: one.n_attempted })]);
    }
    lines.push(...this.#sets(one));
    if (one.reached && !one.is_hold) lines.push(["", this.#range(one.reached)], ["small", texts.say("summary.error_explained")]);
    if (one.basis === "calibration") lines.push(["small", this.#own(one)]);
    if (one.symmetry) lines.push(...this.#sides(one.symmetry, one.reached?.unit));
    return lines.filter(([, text]) => text).map(([look, text]) => element("p", { class: look || null, text }));
  }

  /** Set by set, where there were several or one was not done to its end. */
  #sets({ sets, is_hold: isHold }) {
    const { texts } = this.app;
    if (sets.length < 2 && sets.every(({ end }) => end === "done")) return [];
    const came = (set) => (isHold ? texts.say("summary.held", { n: Math.floor(set.held_s) }) : texts.say("summary.full", { n: set.n_full }));
    return sets.map((set) => ["", texts.say("summary.set_came_to", { number: set.set_number, what: came(set), end: texts.say(`set_end.${set.end}`) })]);
  }

  #range({ mean, target, unit, expected_error: error, mean_reached: share }) {
    const { texts } = this.app;
    const values = { value: texts.reading(mean, unit), target: texts.reading(target, unit), error: texts.reading(error, unit) };
    return texts.say(share >= 1 ? "summary.range_reached" : "summary.range_against_target", values);
  }

  #own({ own, reached }) {
    const { texts } = this.app;
    if (!own || !reached) return texts.say("summary.own_posture");
    return texts.say("summary.own_range", { rest: texts.reading(own.rest, reached.unit), furthest: texts.reading(own.furthest, reached.unit) });
  }

  #sides(symmetry, unit) {
    const { texts } = this.app;
    const { left, right, balance } = symmetry;
    const counts = texts.say("summary.left_right", { left: left?.n_repetitions ?? 0, right: right?.n_repetitions ?? 0 });
    const key = { no_difference: "left_right_alike", too_few: "too_few_for_sides", one_side: "one_side_only", difference: "left_right_differ" }[balance];
    if (!key) return [["", counts]];
    const lesser = left && right ? (left.mean_range < right.mean_range ? "left" : "right") : left ? "left" : "right";
    const difference = left && right ? Math.abs(left.mean_range - right.mean_range) : 0;
    const values = { side: texts.say(`side.${lesser}`), difference: texts.reading(difference, unit), error: texts.reading(symmetry.expected_error ?? 0, unit) };
    const isUnsure = balance === "difference" && symmetry.is_near_and_far;
    return [["", counts], ["", texts.say(`summary.${key}`, values)], ["small", isUnsure ? texts.say("summary.left_right_unsure") : ""]];
  }

  #better(one, words) {
    const { texts } = this.app;
    if (isNothing(one)) return [];
    if (!one.improvements.length) return [element("p", { text: texts.say("summary.better_nothing") })];
    const items = one.improvements.map(({ fault, n_found: n }) => {
      const finding = words.findings[fault] ?? { cue: fault, why: "" };
      return element("li", {},
        element("strong", { text: finding.cue }),
        element("p", { class: "small", text: `${finding.why} (${texts.say("summary.better_times", { n })})` }));
    });
    return [element("h3", { text: texts.say("summary.better_heading") }), element("ul", { class: "better" }, ...items)];
  }

  #unseen(one, words) {
    const { texts } = this.app;
    const says = (table, name) => table[name]?.says ?? name;
    const parts = [
      ["summary.not_watched_heading", one.not_judged.map(({ fault }) => says(words.findings, fault))],
      ["summary.not_checked_heading", one.not_checked.map((name) => says(words.not_checked, name))],
      ["summary.watched_heading", one.nothing_wrong_seen.map((name) => says(words.findings, name))],
    ];
    return parts.filter(([, names]) => names.length).map(([key, names]) =>
      element("details", {}, element("summary", { text: texts.say(key) }), element("ul", {}, ...names.map((text) => element("li", { text })))));
  }
}

function isNothing(one) {
  return !one.n_full && !one.n_attempted && !one.held_s;
}

function longestOf({ sets }) {
  return Math.max(0, ...sets.flatMap((set) => set.holds.map((hold) => hold.held_s)));
}
