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

/** How often the machine was right is asked for once the page stands: it looks at every correction. */
async function agreement() {
  const part = document.getElementById("agreement-part");
  const answer = await fetch(`/api/review/people/${encodeURIComponent(part.dataset.person)}/agreement`);
  if (!answer.ok) return;
  const rows = await answer.json();
  document.getElementById("agreement-rows").replaceChildren(...rows.map(row));
  part.hidden = rows.length === 0;
}

function row({ name, n_reviewed: n, n_agreed: right, n_rejected: rejected, n_relabelled: relabelled, n_added: added, interval }) {
  const percent = (share) => `${Math.round(100 * share)} %`;
  const line = document.createElement("tr");
  const heading = document.createElement("th");
  heading.scope = "row";
  heading.textContent = name;
  const cells = [`${right} of ${n} (${percent(interval[0])} to ${percent(interval[1])})`, rejected, relabelled, added].map((text) => {
    const cell = document.createElement("td");
    cell.className = "figure";
    cell.textContent = text;
    return cell;
  });
  line.append(heading, ...cells);
  return line;
}

agreement();
