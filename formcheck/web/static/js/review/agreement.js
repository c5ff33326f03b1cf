/** How often the machine and the therapist said the same, by exercise, with how sure that is. */

import { element } from "../dom.js";
import { percent } from "./words.js";

export function agreementTable(rows) {
  const told = rows.filter(({ n_reviewed: n }) => n > 0);
  if (!told.length) return element("p", { class: "small", text: "Nothing has been reviewed yet." });
  const head = ["Exercise", "Said of", "The same", "Share (95 % interval)"].map((text, index) => element("th", { scope: "col", class: index ? "figure" : null, text }));
  const body = told.map((one) => element("tr", {}, element("th", { scope: "row", text: one.name }), element("td", { class: "figure", text: String(one.n_reviewed) }), element("td", { class: "figure", text: String(one.n_agreed) }),
    element("td", { class: "figure", text: one.share === null ? "–" : `${percent(one.share)} (${one.interval.map(percent).join(" to ")})` })));
  return element("table", { class: "agreement" }, element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...body));
}
