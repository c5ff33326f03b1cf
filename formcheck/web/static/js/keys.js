/**
 * Everything by keyboard, and by the few keys of a presenter remote, from two metres away.
 *
 * Esc stops at once. Keys that type, choose or press a button stay with what has the focus.
 */

const FORWARD = new Set([" ", "Enter", "ArrowRight", "ArrowDown", "PageDown"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "b", ".", "F5"]);
const LETTERS = { h: "hurts", t: "too_hard", s: "skip_set", m: "mute", l: "meter", "?": "help", F1: "help" };
const STEERED = "input, select, textarea, [contenteditable]";
const PRESSED = "button, a[href], summary";

/** @param {Function} act gets "stop", "forward", "back", "hurts", "too_hard", "skip_set", "mute", "meter", "help", or a digit; answers whether it did something */
export function listenForKeys(act) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const wish = wishOf(event);
    if (wish && act(wish)) event.preventDefault();
  });
}

function wishOf({ key, target }) {
  if (document.querySelector("dialog[open]")) return null; // Esc closes it by itself
  if (key === "Escape") return "stop";
  if (target.closest(STEERED)) return null;
  if ((key === " " || key === "Enter") && target.closest(PRESSED)) return null;
  if (FORWARD.has(key)) return "forward";
  if (BACK.has(key)) return "back";
  if (/^[0-9]$/.test(key)) return key;
  return LETTERS[key.length === 1 ? key.toLowerCase() : key] ?? null;
}
