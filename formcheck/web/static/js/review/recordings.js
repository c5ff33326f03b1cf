/** The page of recordings: takes files, sends them, and shows what becomes of them. */

import { byId, write } from "../dom.js";
import { comingItem, RecordingItem } from "./recording_item.js";
import { said, Upload, Uploads } from "./uploads.js";

const ADDRESS = "/api/review/recordings";
const SOON_MS = 1000;
const LATER_MS = 5000;
const PSEUDONYM = /^[\p{L}\p{N}_.-][\p{L}\p{N}_ .-]{0,63}$/u;

const person = byId("person");
const drop = byId("drop");
const uploads = new Uploads(Number(document.querySelector("[data-most-at-once]").dataset.mostAtOnce));
const items = new Map();
const coming = new Map();
let held = []; // chosen before anybody said whose they are
let timer = 0;

byId("choose").addEventListener("click", () => byId("files").click());
byId("files").addEventListener("change", (event) => {
  take([...event.target.files]);
  event.target.value = ""; // the same file may be chosen again
});
person.addEventListener("change", () => take([]));
person.addEventListener("keydown", (event) => event.key === "Enter" && take([]));
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault(); // a file dropped beside is not opened instead of the page
    drop.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => !event.relatedTarget && drop.classList.remove("over"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  take([...event.dataTransfer.files]);
});
addEventListener("beforeunload", (event) => [...coming.keys()].some(isUnderWay) && event.preventDefault());
look();

/** Send files, once it is said whose they are. */
function take(files) {
  held.push(...files);
  const name = person.value.trim();
  const isNamed = PSEUDONYM.test(name);
  const refused = name ? "Letters, digits, spaces, '.', '-' and '_' only; not a real name." : "Say whose recordings these are: then they are sent.";
  const isWrong = !isNamed && (held.length > 0 || name !== "");
  write(byId("person-refused"), isWrong ? refused : "");
  person.setAttribute("aria-invalid", String(isWrong));
  if (isNamed) {
    const wish = { person: name, exercise: byId("exercise").value, keeps: byId("keep").checked };
    for (const file of held) uploads.add(sending(file, wish));
    held = [];
  } else if (files.length) person.focus();
  write(byId("held"), held.length ? `${held.length} ${held.length > 1 ? "files wait" : "file waits"} for that.` : "");
}

function sending(file, wish) {
  const upload = new Upload(file, wish, changed);
  const item = comingItem(upload);
  coming.set(upload, item);
  byId("coming").append(item.node);
  changed(upload);
  return upload;
}

const isUnderWay = (upload) => ["queued", "sending"].includes(upload.state);

/** Show how far a file is on its way; once it has come, the list shows it. */
function changed(upload) {
  const item = coming.get(upload);
  if (!item) return;
  if (["sent", "cancelled"].includes(upload.state)) {
    const hadFocus = item.node.contains(document.activeElement);
    item.node.remove();
    coming.delete(upload);
    if (hadFocus) byId("choose").focus();
    if (upload.wasThere) tell(`${upload.file.name} was brought before.`);
    look();
    return;
  }
  const percent = Math.round(100 * upload.share);
  item.node.dataset.state = upload.state === "refused" ? "refused" : "waiting";
  item.bar.hidden = upload.state !== "sending";
  item.bar.value = percent;
  const states = { queued: "Waits to be sent", sending: percent < 100 ? `On its way: ${percent} %` : "Is being looked at" };
  write(item.state, states[upload.state] ?? "Refused");
  write(item.reason, upload.says);
  if (upload.state === "refused") tell(`${upload.file.name} was refused: ${upload.says}`);
  const isOver = !isUnderWay(upload);
  write(item.button, isOver ? "Take off the list" : "Cancel");
  item.button.setAttribute("aria-label", `${item.button.textContent}: ${upload.file.name}`);
  item.button.onclick = () => upload.cancel();
  showWhetherEmpty();
}

/** Ask what has become of the recordings, and again after a while. */
async function look() {
  clearTimeout(timer);
  let wait = LATER_MS;
  try {
    const answer = await fetch(ADDRESS);
    if (!answer.ok) throw new Error(await said(answer));
    const listed = await answer.json();
    show(listed);
    trouble("");
    if (listed.some((one) => !one.is_over)) wait = SOON_MS;
  } catch {
    trouble("formcheck does not answer. Is it still running?");
  }
  clearTimeout(timer);
  timer = setTimeout(look, wait);
}

function show(listed) {
  const ids = new Set(listed.map((one) => one.id));
  for (const [id, item] of items) {
    if (ids.has(id)) continue;
    if (item.node.contains(document.activeElement)) byId("choose").focus();
    item.node.remove();
    items.delete(id);
  }
  listed.forEach((one, index) => {
    const item = items.get(one.id) ?? new RecordingItem(one.id, asks);
    const before = item.one;
    items.set(one.id, item);
    item.show(one);
    const list = byId("items");
    if (list.children[index] !== item.node) list.insertBefore(item.node, list.children[index] ?? null);
    if (before && before.state !== one.state) tell(`${one.name}: ${item.state.textContent}. ${one.reason}`);
  });
  showWhetherEmpty();
}

async function asks(id, what, body) {
  try {
    const answer = await fetch(`${ADDRESS}/${id}/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const says = answer.ok ? "" : await said(answer);
    await look();
    trouble(says);
  } catch {
    trouble("formcheck does not answer. Is it still running?");
  }
}

function trouble(text) {
  write(byId("trouble"), text);
  byId("trouble").hidden = !text;
  if (text) tell(text);
}

function showWhetherEmpty() {
  byId("empty").hidden = items.size + coming.size > 0;
}

function tell(text) {
  write(byId("told"), text);
}
