/** My page: saves a file for the therapist, and opens what the therapist gave. */

const ADDRESS = "/api/me/handover";
const LEAST_LETTERS = 8;
const language = encodeURIComponent(document.documentElement.lang);
const at = (id) => document.getElementById(id);
const part = document.querySelector(".exchange");
let file = null; // { id, name, passphrase } of the file that was sent

at("give")?.addEventListener("submit", (event) => {
  event.preventDefault();
  give(event.submitter);
});
at("take").addEventListener("submit", (event) => event.preventDefault());
at("take-file").addEventListener("change", ({ target }) => target.files[0] && send(target.files[0]));
at("take-passphrase").addEventListener("keydown", (event) => event.key === "Enter" && unlock());
at("take-unlock").addEventListener("click", unlock);
at("take-over").addEventListener("click", () => take(false));
at("take-next").addEventListener("click", () => take(true));
at("take-away").addEventListener("click", away);

async function give(button) {
  at("give-told").textContent = "";
  const refusal = mistake();
  at("give-refused").textContent = refusal;
  if (refusal) return at("give-passphrase").focus();
  button.disabled = true;
  const passphrase = at("give-open").checked ? "" : at("give-passphrase").value;
  const answer = await post("save", { with_video: at("give-video").checked, passphrase });
  button.disabled = false;
  if (!answer.ok) return say("give-refused", answer.found.says);
  const link = document.createElement("a");
  link.href = `/me/handover/${encodeURIComponent(answer.found.id)}/${encodeURIComponent(part.dataset.person)}.formcheck`;
  link.download = "";
  link.click();
  at("give-told").textContent = [part.dataset.saved, answer.found.is_open ? part.dataset.open : ""].join(" ");
  at("give").reset();
}

function mistake() {
  if (at("give-open").checked) return "";
  if (at("give-passphrase").value.length < LEAST_LETTERS) return part.dataset.short;
  return at("give-passphrase").value === at("give-again").value ? "" : part.dataset.differ;
}

async function send(chosen) {
  begin();
  const answer = await asked(fetch(`${ADDRESS}/file`, { method: "POST", headers: { "Content-Type": "application/octet-stream" }, body: chosen }));
  if (!answer.ok) return say("take-refused", answer.found.says);
  file = { id: answer.found.id, name: chosen.name, passphrase: "" };
  if (!answer.found.needs_passphrase) return look();
  at("take-locked").hidden = false;
  at("take-passphrase").focus();
}

function unlock() {
  file.passphrase = at("take-passphrase").value;
  look();
}

async function look() {
  const answer = await post("look", file);
  if (!answer.ok) return say("take-refused", answer.found.says);
  say("take-refused", null);
  at("take-locked").hidden = true;
  at("take-about").textContent = answer.found.about;
  at("take-ask").hidden = false;
  at("take-about").focus();
}

async function take(isNext) {
  const answer = await post("open", { ...file, prescription_next: isNext });
  if (!answer.ok) return say("take-refused", answer.found.says);
  at("take-ask").hidden = true;
  list("take-new", answer.found.says);
  list("take-conflicts", answer.found.conflicts);
  at("take-left").hidden = answer.found.conflicts.length === 0;
  at("take-next").hidden = !answer.found.can_follow;
  at("take-done").hidden = false;
  at("take-done").focus();
}

async function away() {
  if (file) await post("away", { id: file.id, name: file.name });
  begin();
  at("take-file").value = "";
  at("take-file").focus();
}

function begin() {
  file = null;
  say("take-refused", null);
  at("take-passphrase").value = "";
  for (const id of ["take-locked", "take-ask", "take-done"]) at(id).hidden = true;
}

const post = (what, value) => asked(fetch(`${ADDRESS}/${what}?language=${language}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) }));

async function asked(request) {
  try {
    const answer = await request;
    return { ok: answer.ok, found: await answer.json() };
  } catch {
    return { ok: false, found: { says: part.dataset.gone } };
  }
}

/** What is refused: first in the page's language, then exactly, as formcheck says it. */
function say(id, what) {
  at(id).textContent = what === null ? "" : [part.dataset.refused, what].filter(Boolean).join(" ");
}

function list(id, texts) {
  const items = texts.map((text) => {
    const item = document.createElement("li");
    item.textContent = text;
    return item;
  });
  at(id).replaceChildren(...items);
}
