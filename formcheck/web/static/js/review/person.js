/** A person's page: a proposal that is accepted becomes part of a draft, which is then shown. */

import { post } from "./asking.js";

for (const button of document.querySelectorAll("[data-accept]")) {
  button.addEventListener("click", () => accept(button));
}

async function accept(button) {
  const { accept: exercise, side = null, person } = button.dataset;
  const name = encodeURIComponent(person);
  button.disabled = true;
  const answer = await post(`/api/review/people/${name}/draft/changes`, { change: { kind: "proposal", exercise, side } });
  if (answer.ok) location.assign(`/people/${name}/prescription`);
  else document.getElementById("refused").textContent = answer.says;
  button.disabled = false;
}
