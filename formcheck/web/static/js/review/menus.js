/** What is asked in a dialog: by number keys, or a few words. Esc leaves everything as it is. */

import { byId, element } from "../dom.js";
import { DEEDS } from "./deeds.js";
import { lettersAreOn, switchLetters } from "./keys.js";

const dialog = () => byId("dialog");

/**
 * Choose one of several by its number, or by pressing it.
 *
 * @param options { name, act } each
 */
export function choose(heading, options, lead = "") {
  const buttons = options.map(({ name, act }, index) => element("li", {}, element("button", { type: "button", onclick: () => { dialog().close(); act(); } },
    element("kbd", { "aria-hidden": "true", text: index < 9 ? String(index + 1) : "" }), element("span", { text: name }))));
  show(heading, [lead && element("p", { class: "small", text: lead }), element("ol", { class: "menu" }, ...buttons)], (event) => {
    const button = /^[1-9]$/.test(event.key) && buttons[Number(event.key) - 1]?.firstChild;
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  buttons[0]?.firstChild.focus();
}

/** Ask for a few words; Ctrl Enter sends them. */
export function askWords(heading, label, sendName, act, { lead = "", isNeeded = true } = {}) {
  const field = element("textarea", { id: "dialog-words", rows: 3, maxlength: 2000 });
  const send = element("button", { type: "button", class: "primary", text: sendName, onclick: () => {
    const text = field.value.trim();
    if (isNeeded && !text) return field.focus();
    dialog().close();
    return act(text);
  } });
  const parts = [lead && element("p", { text: lead }), element("div", { class: "field" }, element("label", { for: "dialog-words", text: label }), field),
    element("div", { class: "row end" }, cancel(), send)];
  show(heading, parts, (event) => {
    if (event.key === "Enter" && event.ctrlKey) send.click();
  });
  (isNeeded ? field : send).focus();
}

/** Every key, or those of the deeds that are named, and whether letters alone do something. */
export function showHelp(names = DEEDS.map(({ does }) => does)) {
  const groups = grouped(DEEDS.filter(({ does }) => names.includes(does)));
  const lists = [...groups].map(([name, deeds]) => element("section", {}, element("h3", { text: name }), element("dl", { class: "keys" }, ...deeds.map((deed) => element("div", {},
    element("dt", {}, element("kbd", { text: deed.shown }), deed.also ? element("kbd", { text: deed.also }) : null), element("dd", { text: deed.name }))))));
  const letters = element("label", { class: "choice" }, element("input", { type: "checkbox", checked: lettersAreOn(), onchange: ({ target }) => switchLetters(target.checked) }),
    element("span", { text: "Letters and digits alone do something (off for who dictates to the computer)" }));
  const close = element("button", { type: "button", class: "primary", text: "Close", onclick: () => dialog().close() });
  show("All keys", [element("div", { class: "key-groups" }, ...lists), letters, element("div", { class: "row end" }, close)], (event) => {
    if (event.key === "?") dialog().close();
  }, "wide");
  close.focus();
}

function grouped(deeds) {
  const groups = new Map();
  for (const deed of deeds) groups.set(deed.group, [...(groups.get(deed.group) ?? []), deed]);
  return groups;
}

const cancel = () => element("button", { type: "button", text: "Cancel", onclick: () => dialog().close() });

function show(heading, parts, onkey, look = "") {
  const place = dialog();
  const before = document.activeElement;
  place.className = look;
  place.replaceChildren(element("h2", { id: "dialog-heading", text: heading }), ...parts.filter(Boolean));
  const listening = new AbortController();
  place.addEventListener("keydown", onkey, { signal: listening.signal });
  place.addEventListener("close", () => {
    listening.abort();
    if (before?.isConnected) before.focus();
  }, { once: true });
  place.showModal();
}
