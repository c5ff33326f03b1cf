/** Saves a hand-over file: written by the server, then fetched as any download. */

import { post } from "./asking.js";

const at = (id) => document.getElementById(id);
const form = at("save-form");

form.addEventListener("submit", (event) => {
  event.preventDefault();
  save();
});

async function save() {
  at("saved").textContent = "";
  at("refused").textContent = mistake();
  if (mistake()) return;
  const name = encodeURIComponent(form.dataset.person);
  at("save").disabled = true;
  const answer = await post(`/api/review/people/${name}/handover`, {
    since: at("since").value || null,
    with_video: at("with-video").checked,
    passphrase: at("open-to-all").checked ? "" : at("passphrase").value,
  });
  at("save").disabled = false;
  at("refused").textContent = answer.says;
  if (answer.ok) fetched(answer.found, name);
}

function mistake() {
  if (at("open-to-all").checked) return "";
  if (at("passphrase").value.length < 8) return "A passphrase has at least 8 characters; or tick that there is to be none.";
  return at("passphrase").value === at("again").value ? "" : "The two passphrases are not the same.";
}

function fetched({ id, size_mb: size, n_sessions: n, n_videos: nVideos, is_open: isOpen }, name) {
  const link = document.createElement("a");
  link.href = `/handover/${encodeURIComponent(id)}/${name}.formcheck`;
  link.download = "";
  link.click();
  const open = isOpen ? " It is not encrypted: whoever has it can read it." : "";
  at("saved").textContent = `Saved: ${n} sessions, ${nVideos} videos, ${size} MB.${open}`;
  form.reset();
}
