/** Every deed by one key, but never while something is typed, chosen or asked. */

import { deedOfKey } from "./deeds.js";

const TYPED = "input:not([type=checkbox], [type=range]), select, textarea, [contenteditable]";
const SLID = "input[type=range]";
const PRESSED = "button, a[href], summary, input[type=checkbox]";
const KEPT = "formcheck review letters";

/** @param {(does: string) => boolean} act does it, and answers whether the key was taken */
export function listenForDeeds(act) {
  document.addEventListener("keydown", (event) => {
    if (isHeldForMore(event) || event.defaultPrevented) return;
    if (document.querySelector("dialog[open]") || isMeantForFocus(event)) return;
    const deed = deedOfKey(event.key);
    if (!deed || (!lettersAreOn() && /^[a-z0-9[\]]$/i.test(event.key))) return;
    if (event.repeat && !["frame_on", "frame_back", "next_item", "previous_item"].includes(deed.does)) return;
    if (act(deed.does)) event.preventDefault();
  });
}

/** With Ctrl or Alt a key is the browser's; AltGr only reaches a sign, as [ on many keyboards. */
function isHeldForMore(event) {
  return event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph"));
}

function isMeantForFocus({ key, target }) {
  if (target.closest(TYPED)) return true;
  if (target.closest(SLID)) return key.startsWith("Arrow");
  if (target.closest("[role=tab]") && key.startsWith("Arrow")) return true;
  return (key === " " || key === "Enter") && Boolean(target.closest(PRESSED));
}

/** Whether letters alone do something: who speaks to the computer may switch that off. */
export const lettersAreOn = () => localStorage.getItem(KEPT) !== "off";
export const switchLetters = (isOn) => localStorage.setItem(KEPT, isOn ? "on" : "off");
