/** Define an exercise by showing it: every change is tried on the demonstration at once. */

import { byId, element, svg, write } from "../dom.js";
import { MakerCamera } from "./maker_camera.js";
import { MakerChart } from "./maker_chart.js";
import { MakerFaults } from "./maker_faults.js";
import { moment } from "./words.js";

const API = "/api/review/demonstrations";
const WAIT_MS = 350;
const MOST_CURVES = 3;
const VIEWS = { front: "seen from the front", side: "seen from the side", oblique: "seen obliquely" };

const chart = new MakerChart(byId("chart"), () => later(rank));
const faults = new MakerFaults(byId("faults"), () => later(attempt));
let key = null;
let faultKey = null;
let moved = [];
let chosen = null; // the measure that counts; null leaves the choice to what tries best
let timer = 0;
let asked = 0; // answers to what was asked before are not shown

function later(what) {
  clearTimeout(timer);
  timer = setTimeout(what, WAIT_MS);
}

async function ask(path, body, isFile = false) {
  byId("trouble").hidden = true;
  const headers = { "Content-Type": isFile ? "application/octet-stream" : "application/json" };
  const request = body === undefined ? {} : { method: "POST", headers, body: isFile ? body : JSON.stringify(body) };
  try {
    const answer = await fetch(path, request);
    if (answer.ok) return await answer.json();
    if (answer.status === 413) refuse("That file is too large for a demonstration: ten minutes at most.");
    else refuse((await answer.json().catch(() => ({}))).says ?? "That could not be read: look at the fields above.");
  } catch {
    refuse("formcheck does not answer: is it still running?");
  }
  return null;
}

function refuse(says) {
  byId("trouble").textContent = says;
  byId("trouble").hidden = false;
  write(byId("status"), "");
}

// 1. The demonstration

byId("person").addEventListener("change", async ({ target }) => {
  const sets = target.value ? await ask(`${API}?person=${encodeURIComponent(target.value)}`) : [];
  if (!sets) return;
  byId("set").replaceChildren(...sets.map((one) => {
    return element("option", { value: JSON.stringify([one.session, one.set]), text: `${moment(one.started)}: ${one.exercise}` });
  }));
  byId("set").disabled = byId("open-set").disabled = sets.length === 0;
  if (target.value && sets.length === 0) refuse("Nothing is recorded of this person.");
});

byId("open-set").addEventListener("click", async () => {
  const [session, set] = JSON.parse(byId("set").value);
  await open(ask(API, { session, set }));
});

byId("file").addEventListener("change", async ({ target }) => {
  if (target.files.length) await open(ask(`${API}/upload`, target.files[0], true));
});

new MakerCamera((video) => open(ask(`${API}/upload`, video, true)), refuse);

async function open(answer) {
  write(byId("status"), "Reading the demonstration: a video takes about as long as it lasts…");
  const found = await answer;
  if (!found) return;
  key = found.key;
  chart.open(found);
  write(byId("shown"), `${found.duration_s.toFixed(1)} s, ${VIEWS[found.view]}.`);
  for (const id of ["propose", "add-rest", "add-effort"]) byId(id).disabled = false;
  await propose();
}

async function propose() {
  const count = byId("count").value;
  const isHold = byId("is-hold").checked;
  show(await ask(`${API}/${key}/proposal`, { count: count ? Number(count) : null, is_hold: isHold || null }));
}

byId("propose").addEventListener("click", propose);

// 3. and 4. Marks, and what moved between them

for (const kind of ["rest", "effort"]) {
  byId(`add-${kind}`).addEventListener("click", () => chart.add(kind, Number(byId("mark-at").value)));
}

async function rank() {
  const number = ++asked;
  const found = await ask(`${API}/${key}/ranking`, { is_hold: chart.isHold, marks: chart.marks });
  if (found && number === asked) show(found, true);
}

function show(found, keepsMarks = false) {
  if (!found) return;
  moved = found.moved;
  faults.offer(moved);
  byId("add-fault").disabled = moved.length === 0;
  if (!keepsMarks) {
    chart.marks = found.marks;
    chart.isHold = found.is_hold;
    chosen = null;
  }
  const nEfforts = chart.marks.filter(({ kind }) => kind === "effort").length;
  write(byId("status"), chart.isHold ? "One posture that is held is marked." : `${nEfforts} repetitions are marked.`);
  const before = new Set(shownNames());
  rows(before);
  redraw(keepsMarks);
  later(attempt);
}

function nameOf({ measure, side }) {
  return `${measure}@${side}`;
}

function ticked(name) {
  return [...byId("moved").querySelectorAll(`[name="${name}"]:checked`)].map(({ value }) => value);
}

function shownNames() {
  return ticked("curve");
}

function rows(curves) {
  const also = new Set(ticked("also"));
  const shown = curves.size ? curves : new Set(moved.slice(0, 2).map(nameOf));
  byId("moved").tBodies[0].replaceChildren(...moved.map((one) => {
    const name = nameOf(one);
    const cell = (attributes) => element("td", {}, element("input", { value: name, ...attributes }));
    return element("tr", {},
      cell({ type: "radio", name: "counted", "aria-label": `Count by: ${one.name}`, checked: chosen === name, onchange: () => { chosen = name; later(attempt); } }),
      cell({ type: "checkbox", name: "also", "aria-label": `Must go with it: ${one.name}`, checked: also.has(name), onchange: () => later(attempt) }),
      cell({ type: "checkbox", name: "curve", "aria-label": `Show the curve: ${one.name}`, checked: shown.has(name), disabled: one.curve.length === 0, onchange: () => redraw(false) }),
      element("th", { scope: "row", text: one.says }), element("td", { text: one.part }), element("td", { text: one.like.replaceAll("_", " ") }));
  }));
}

function redraw(keepsFocus) {
  const names = shownNames().slice(0, MOST_CURVES);
  const drawn = names.map((name) => moved.find((one) => nameOf(one) === name)).filter(Boolean);
  const focused = keepsFocus ? document.activeElement?.dataset : null;
  chart.curves = drawn.map(({ curve }) => curve);
  chart.draw();
  if (focused?.mark !== undefined) chart.handles.find(({ dataset }) => dataset.mark === focused.mark && dataset.end === focused.end)?.focus();
  byId("legend").replaceChildren(...drawn.map(({ name }, number) => element("li", {},
    svg("svg", { viewBox: "0 0 40 10", "aria-hidden": "true" }, svg("path", { class: `curve-${number}`, d: "M0 5H40" })), element("span", { text: name }))));
}

// 2. and 5. What it is called, and what can go wrong

for (const id of ["name", "purpose", "instructions", "level"]) byId(id).addEventListener("input", () => later(attempt));
for (const box of document.querySelectorAll('[name="needs"]')) box.addEventListener("change", () => later(attempt));
byId("add-fault").addEventListener("click", () => faults.add());
byId("fault-file").addEventListener("change", async ({ target }) => {
  const found = target.files.length ? await ask(`${API}/upload`, target.files[0], true) : null;
  faultKey = found?.key ?? null;
  later(attempt);
});

function reading(name) {
  const [measure, side] = name.split("@");
  return { measure, side };
}

function draft() {
  const choices = { name: byId("name").value.trim() || "Unnamed", level: Number(byId("level").value) || 2, faults: faults.chosen().map(({ fault }) => fault) };
  for (const id of ["purpose", "instructions"]) if (byId(id).value.trim()) choices[id] = byId(id).value.trim();
  choices.needs = [...document.querySelectorAll('[name="needs"]:checked')].map(({ value }) => value);
  if (chosen) choices.counted_by = reading(chosen);
  choices.also = ticked("also").filter((name) => name !== chosen).map(reading);
  return { marks: { is_hold: chart.isHold, marks: chart.marks }, choices, with_fault: faultKey, replaces: byId("replaces").checked };
}

// 6. On its own demonstration

async function attempt() {
  if (!key || moved.length === 0) return;
  const number = ++asked;
  const found = await ask(`${API}/${key}/trial`, draft());
  if (number !== asked) return;
  byId("save").disabled = !found?.is_right || !byId("name").value.trim();
  if (found) told(found);
}

function told(found) {
  const says = found.is_right ? "It does what is marked: " : "It does not do what is marked: ";
  const by = moved.find((one) => one.measure === found.counted_by.measure);
  const lines = [element("p", { class: found.is_right ? "right" : "wrong", text: `${says}${found.says}.` })];
  if (by) lines.push(element("p", { class: "small", text: `By: ${by.says}.` }));
  for (const { says: wrong } of found.raised) lines.push(element("p", { class: "wrong", text: `Raised on the demonstration: ${wrong}` }));
  if (found.raised_on_fault) {
    const names = found.raised_on_fault.map(({ says: wrong }) => wrong).join(" ");
    lines.push(element("p", { text: `On the demonstration with the fault: ${names || "nothing is raised."}` }));
  }
  if (!byId("name").value.trim()) lines.push(element("p", { class: "small", text: "Give it a name to save it." }));
  byId("result").replaceChildren(...lines);
  byId("text").textContent = found.text;
}

byId("save").addEventListener("click", async () => {
  const found = await ask(`${API}/${key}/save`, draft());
  if (!found) return;
  const note = found.is_validated ? "" : " It is unvalidated: watch its first sessions.";
  byId("saved").replaceChildren(element("span", { text: `Saved as ${found.id}.${note} ` }), element("a", { href: "/", text: "Choose whom to prescribe it" }), element("span", { text: " · " }), element("a", { href: "/exercises", text: "All exercises" }));
});
