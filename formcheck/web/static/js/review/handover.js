/** Opens a hand-over file: sent, unlocked where it has to be, looked at, and only then taken over. */

import { post } from "./asking.js";

const ADDRESS = "/api/review/handover";
const at = (id) => document.getElementById(id);
let file = null; // { id, name, passphrase } of the file that was sent

at("file").addEventListener("change", ({ target }) => target.files[0] && send(target.files[0]));
at("drop").addEventListener("dragover", (event) => {
  event.preventDefault();
  at("drop").classList.add("over");
});
at("drop").addEventListener("dragleave", () => at("drop").classList.remove("over"));
at("drop").addEventListener("drop", (event) => {
  event.preventDefault();
  at("drop").classList.remove("over");
  if (event.dataTransfer.files[0]) send(event.dataTransfer.files[0]);
});
at("unlock-form").addEventListener("submit", (event) => {
  event.preventDefault();
  file.passphrase = at("passphrase").value;
  look();
});
at("open-form").addEventListener("submit", (event) => {
  event.preventDefault();
  open(false);
});
at("next").addEventListener("click", () => open(true));
at("away").addEventListener("click", away);
at("another").addEventListener("click", away);

/** Send a file as it is; XMLHttpRequest tells how far it is, and fetch does not. */
function send(chosen) {
  begin();
  const request = new XMLHttpRequest();
  request.open("POST", `${ADDRESS}/file`);
  request.upload.addEventListener("progress", (event) => (at("progress").value = event.loaded / event.total));
  request.addEventListener("loadend", () => {
    at("progress").hidden = true;
    const answer = parsed(request.responseText);
    if (request.status !== 200) return refuse(request.status === 413 ? "The file is larger than 4 GB: open it on the command line." : answer.says);
    file = { id: answer.id, name: chosen.name, passphrase: "" };
    if (!answer.needs_passphrase) return look();
    at("unlock").hidden = false;
    at("passphrase").focus();
  });
  at("progress").hidden = false;
  request.send(chosen);
}

async function look() {
  const answer = await post(`${ADDRESS}/look`, file);
  refuse(answer.says);
  if (!answer.ok) return;
  const { person, is_known: isKnown, is_prescription: isPrescription, saved, n_sessions: n, n_videos: nVideos } = answer.found;
  at("unlock").hidden = true;
  at("what").textContent = isPrescription ? `${file.name}: a prescription for ${person}.` : `${file.name}: saved on ${saved}, ${n} sessions, ${nVideos} videos, of ${person}.`;
  at("person").value = person;
  at("known").textContent = isKnown ? `${person} is known here: what is new is added. Two patients may be called alike at home: give another one another name.` : `Nobody is called ${person} here yet: a new person is added.`;
  at("confirm").hidden = false;
  at("take").focus();
}

async function open(isNext) {
  at("take").disabled = true;
  const answer = await post(`${ADDRESS}/open`, { ...file, person: at("person").value.trim(), prescription_next: isNext });
  at("take").disabled = false;
  refuse(answer.says);
  if (answer.ok) tell(answer.found);
}

function tell({ person, says, conflicts, has_prescription: hasPrescription }) {
  at("confirm").hidden = true;
  at("choose").hidden = true;
  at("done-title").textContent = `${person}: taken over`;
  list("new", says);
  list("conflicts", conflicts);
  at("conflicts-part").hidden = conflicts.length === 0;
  at("next").hidden = !hasPrescription || !conflicts.some((one) => one.includes("prescription"));
  at("to-person").href = `/people/${encodeURIComponent(person)}`;
  at("done").hidden = false;
  at("done").focus();
}

async function away() {
  if (file) await post(`${ADDRESS}/away`, { id: file.id, name: file.name });
  file = null;
  begin();
  at("file").value = "";
  at("file").focus();
}

function begin() {
  refuse("");
  at("passphrase").value = "";
  for (const id of ["unlock", "confirm", "done"]) at(id).hidden = true;
  at("choose").hidden = false;
}

function list(id, texts) {
  at(id).replaceChildren(
    ...texts.map((text) => {
      const item = document.createElement("li");
      item.textContent = text;
      return item;
    }),
  );
}

function refuse(text) {
  at("refused").textContent = text ?? "";
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { says: "formcheck does not answer. Is it still running? Nothing was changed." };
  }
}
