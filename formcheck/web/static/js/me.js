/** My page: prints, and sends what is entered; what is refused is said beside its field. */

const ADDRESS = "/api/me/outcomes";
const language = document.documentElement.lang;

document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("saved")?.focus(); // the page was loaded anew: readers begin here

for (const range of document.querySelectorAll("[data-mirrors]")) {
  const number = document.getElementById(range.dataset.mirrors);
  range.addEventListener("input", () => (number.value = range.value));
  number.addEventListener("input", () => (range.value = number.value || range.value));
}

for (const form of document.querySelectorAll("form[data-measure]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}

async function send(form) {
  clear(form);
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const answer = await fetch(`${ADDRESS}?language=${encodeURIComponent(language)}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(entered(form)),
    });
    const { saved, field, says } = await answer.json();
    if (answer.ok) location.assign(`/me?language=${encodeURIComponent(language)}&saved=${encodeURIComponent(saved)}`);
    else refuse(form, field, says);
  } catch {
    refuse(form, "", document.querySelector("[data-gone]").dataset.gone);
  } finally {
    button.disabled = false;
  }
}

/** What a form holds, as the server reads it; an empty field is nothing, not 0. */
function entered(form) {
  const { measure } = form.dataset;
  const value = (name) => form.elements[name].value.trim();
  const number = (name) => (value(name) === "" ? null : Number(value(name)));
  if (measure === "psfs") {
    const rows = [...form.querySelectorAll("[data-activity]")].map((row) => row.dataset.activity);
    return { measure, activities: rows.map((n) => ({ name: value(`name_${n}`), rating: number(`rating_${n}`) })) };
  }
  if (measure === "rmdq") return { measure, ticked: [...form.querySelectorAll(":checked")].map((box) => Number(box.value)) };
  return { measure, value: number("value") };
}

function refuse(form, name, says) {
  const field = form.elements[name];
  const isOne = field instanceof HTMLInputElement;
  const place = isOne ? document.getElementById(field.getAttribute("aria-describedby")) : form.querySelector("[data-whole]");
  place.textContent = says || document.querySelector("[data-not-saved]").dataset.notSaved;
  if (!isOne) return;
  field.setAttribute("aria-invalid", "true");
  field.focus();
}

function clear(form) {
  for (const place of form.querySelectorAll(".refused")) place.textContent = "";
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
}
