/** A draft of a prescription: every change is sent at once, and the page is shown as it is then. */

import { post } from "./asking.js";

const draft = document.getElementById("draft");
const person = encodeURIComponent(draft.dataset.person);
const address = `/api/review/people/${person}/draft`;
let chosenFor = null; // what the chooser was opened for

draft.addEventListener("change", (event) => onChange(event.target));
draft.addEventListener("click", (event) => onClick(event.target.closest("button")));
draft.addEventListener("submit", (event) => {
  event.preventDefault();
  onSubmit(event.target);
});
draft.addEventListener("input", (event) => {
  if (event.target.id === "chooser-search" || event.target.id === "chooser-fits") filter();
});

function onChange(field) {
  if (field.closest("dialog, form")) return;
  const item = field.closest(".item");
  const { fact, manner } = field.dataset;
  if (field.closest("[data-tempo]")) tempo(item);
  else if ("sideOf" in field.dataset) change({ kind: "side", ...placeOf(item), to: field.value || null });
  else if ("sessionName" in field.dataset) change({ kind: "name", session: Number(field.dataset.sessionName), name: field.value });
  else if (field.closest("[data-dose]")) change({ kind: "dose", ...placeOf(item), ...doseOf(item) });
  else if (manner) change({ kind: "item", ...placeOf(item), [manner]: valueOf(field) });
  else if (field.closest(".days-of")) change({ kind: "days", session: numberOf(field.closest(".days-of")), days: ticked(field.closest(".days-of")) });
  else if ("heat" in field.dataset) change({ kind: "facts", ...heatOf(field.value) });
  else if (fact) change({ kind: "facts", [fact]: valueOf(field) });
  else if (field.closest("[data-set]")) change({ kind: "facts", [field.closest("[data-set]").dataset.set]: ticked(field.closest("[data-set]")) });
}

function onClick(button) {
  if (!button) return;
  const told = button.dataset;
  const item = button.closest(".item");
  if (told.post) ask(told.post);
  else if (told.leave) leave();
  else if (told.open) document.getElementById(told.open).showModal();
  else if ("close" in told) button.closest("dialog").close();
  else if (told.choose) choose(told.choose, item, button);
  else if (told.chosen) chosen(told.chosen);
  else if ("order" in told) change({ kind: "order" });
  else if (told.divide) change({ kind: "divide", session: Number(told.divide) });
  else if (told.drop) change({ kind: "drop", session: Number(told.drop) });
  else if ("seenToday" in told) seenToday();
  else if ("accept" in told) change({ kind: "proposal", exercise: item.dataset.exercise, side: item.dataset.side ?? null });
  else if ("remove" in told) change({ kind: "remove", ...placeOf(item) });
  else if (told.move) change({ kind: "move", by: Number(told.move), ...placeOf(item) });
  else if (told.mind) change({ kind: "rule", rule: told.mind, reason: "" });
  else if (told.flag) change({ kind: "looked_into", flag: told.flag });
}

function onSubmit(form) {
  const { aside, confirm, condition, numbers } = form.dataset;
  if (aside) change({ kind: "rule", rule: aside, reason: form.querySelector("input").value });
  else if (confirm) change({ kind: "confirm", exercise: confirm, condition, reason: form.querySelector("input").value });
  else if (numbers) change({ kind: "numbers", exercise: numbers, numbers: numbersOf(form) }, form.querySelector(".refused"));
  else if (form.id === "signs-form") change({ kind: "screening", positive: ticked(form) }, form.querySelector(".refused"));
  else if (form.id === "sign-form") sign(form);
}

const change = (value, place) => ask("changes", { change: value }, place);

async function ask(what, value = {}, place = document.getElementById("refused")) {
  const answer = await post(`${address}/${what}`, value);
  document.getElementById("refused").textContent = "";
  if (answer.ok) return show(answer.found);
  place.textContent = answer.says;
  if (answer.status && !place.closest("dialog")) await again();
}

/** Show the draft as it is kept: a field that was refused is as it was before. */
async function again() {
  const answer = await fetch(`/people/${person}/prescription/body`);
  if (answer.ok) show(await answer.text());
}

function show(html) {
  const active = document.activeElement;
  const { id, value } = active ?? {};
  const isTyping = active?.matches?.("input:not([type=checkbox]), textarea") && value !== active.defaultValue;
  const open = [...draft.querySelectorAll("details[open]")].map((one) => one.id);
  const aside = draft.querySelector(".aside")?.scrollTop ?? 0;
  // The server's templates escape everything; a script in it would not run.
  draft.replaceChildren(...new DOMParser().parseFromString(html, "text/html").body.childNodes);
  for (const one of open) document.getElementById(one)?.setAttribute("open", "");
  draft.querySelector(".aside").scrollTop = aside;
  const field = id ? document.getElementById(id) : null;
  if (field && isTyping) field.value = value;
  field?.focus({ preventScroll: true });
  const heading = document.getElementById("checks").parentElement;
  const n = heading.querySelectorAll(".finding.block").length;
  document.getElementById("told").textContent = n ? `Changed. ${n} blocks.` : "Changed. Nothing blocks.";
}

async function leave() {
  const answer = await post(`${address}/discard`);
  if (answer.ok) location.assign(`/people/${person}`);
  else document.getElementById("refused").textContent = answer.says;
}

async function sign(form) {
  const refused = document.getElementById("sign-refused");
  const button = document.getElementById("sign-button");
  const { name, licence, passphrase, again: repeated } = form.elements;
  if (repeated && repeated.value !== passphrase.value) {
    refused.textContent = "The two passphrases are not the same.";
    return;
  }
  button.disabled = true;
  const answer = await post(`${address}/sign`, { name: name.value, licence: licence.value, passphrase: passphrase?.value ?? "" });
  button.disabled = false;
  if (answer.ok) return location.assign(`/people/${person}?signed=${answer.found.revision}`);
  refused.textContent = answer.says;
  if (answer.status === 409) await again();
}

function choose(kind, item, button) {
  chosenFor = kind === "add" ? { kind, session: Number(button.dataset.session) } : { kind, ...placeOf(item) };
  const dialog = document.getElementById("chooser");
  document.getElementById("chooser-title").textContent = kind === "add" ? "Add an exercise" : `In place of ${item.getAttribute("aria-label")}`;
  filter();
  dialog.showModal();
  document.getElementById("chooser-search").focus();
}

function chosen(exercise) {
  const sent = chosenFor.kind === "add" ? { ...chosenFor, exercise } : { ...chosenFor, by: exercise };
  document.getElementById("chooser").close();
  change(sent);
}

function filter() {
  const words = document.getElementById("chooser-search").value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = document.getElementById("chooser-fits").checked;
  let n = 0;
  for (const row of draft.querySelectorAll(".choices li")) {
    row.hidden = (fits && "against" in row.dataset) || !words.every((word) => row.dataset.words.includes(word));
    n += row.hidden ? 0 : 1;
  }
  document.getElementById("chooser-count").textContent = `${n} shown`;
}

function seenToday() {
  const now = new Date();
  const day = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  change({ kind: "facts", last_contact: day });
}

const placeOf = ({ dataset: { session, exercise, side = null } }) => ({ session: Number(session), exercise, side });
const numberOf = (node) => Number(node.dataset.session);
const ticked = (node) => [...node.querySelectorAll("input:checked")].map((box) => box.value);

/** All three times, or none of them: what is half entered waits for the rest. */
function tempo(item) {
  const values = [...item.querySelectorAll("[data-tempo] input")].map((one) => one.value);
  if (values.every((one) => one === "")) change({ kind: "tempo", ...placeOf(item), tempo_s: null });
  else if (values.every((one) => one !== "")) change({ kind: "tempo", ...placeOf(item), tempo_s: values.map(Number) });
}

function doseOf(item) {
  const fields = [...item.querySelectorAll("[data-dose] input")];
  return Object.fromEntries(fields.map((one) => [one.name, Number(one.value)]));
}

function valueOf(field) {
  if (field.type === "checkbox") return field.checked;
  if (field.type === "date") return field.value || null;
  return "number" in field.dataset ? Number(field.value) : field.value;
}

function heatOf(value) {
  const minutes = Number(value);
  return value !== "" && Number.isFinite(minutes) ? { heat_minutes: minutes } : { heat_left_out: value || null };
}

function numbersOf(form) {
  const fields = [...form.querySelectorAll("[data-number]")];
  return Object.fromEntries(fields.map((one) => [one.dataset.number, one.value === "" ? null : Number(one.value)]));
}
