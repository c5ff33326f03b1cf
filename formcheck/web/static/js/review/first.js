/** The answers that a first prescription is drafted from; the draft is shown as any other. */

import { post } from "./asking.js";

const at = (id) => document.getElementById(id);
const form = at("first");
const aims = []; // in the order in which they were ticked

at("aims").addEventListener("change", ({ target: { value, checked } }) => {
  const place = aims.indexOf(value);
  if (checked && place < 0) aims.push(value);
  if (!checked && place >= 0) aims.splice(place, 1);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  draft();
});

const ticked = (id) => [...at(id).querySelectorAll("input:checked")].map((box) => box.value);
const number = (id) => (at(id).value === "" ? null : Number(at(id).value));

async function draft() {
  const person = encodeURIComponent(form.dataset.person || at("person").value.trim());
  at("draft-it").disabled = true;
  const answer = await post(`/api/review/people/${person}/draft/first`, {
    goal: at("goal").value,
    onset: at("onset").value,
    starts: at("starts").value,
    aims,
    age_years: number("age"),
    pain_0_10: number("pain"),
    conditions: ticked("conditions"),
    equipment: ticked("equipment"),
    gets_down_alone: at("gets-down").checked,
    has_bed: at("has-bed").checked,
    first_stage_passed: at("first-stage").checked,
    no_heat: at("no-heat").value || null,
    wants_complement: at("complement").checked,
  });
  at("draft-it").disabled = false;
  at("refused").textContent = answer.says;
  if (answer.ok) location.assign(`/people/${person}/prescription`);
}
