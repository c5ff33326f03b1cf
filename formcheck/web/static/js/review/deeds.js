/**
 * What can be done on the session page, by which key, and what its button shows: the one table
 * that keys, buttons and help are made from.
 */

import { element, icon } from "../dom.js";

/** A deed: `keys` as the browser names them, `shown` as they stand on a keyboard. */
export const DEEDS = [
  { does: "play", keys: [" "], shown: "Space", name: "Play or pause", group: "Moving", sign: "play" },
  { does: "next_fault", keys: ["n"], shown: "n", name: "Next fault, in any set", group: "Moving", sign: "fault-on" },
  { does: "previous_fault", keys: ["p"], shown: "p", name: "Previous fault, in any set", group: "Moving", sign: "fault-back" },
  { does: "next_item", keys: ["ArrowDown"], shown: "↓", name: "Next line of the list", group: "Moving" },
  { does: "previous_item", keys: ["ArrowUp"], shown: "↑", name: "Previous line of the list", group: "Moving" },
  { does: "frame_back", keys: ["j", "ArrowLeft"], shown: "j", also: "←", name: "One picture back", group: "Moving", sign: "frame-back" },
  { does: "frame_on", keys: ["l", "ArrowRight"], shown: "l", also: "→", name: "One picture on", group: "Moving", sign: "frame-on" },
  { does: "previous_set", keys: ["[", "PageUp"], shown: "[", also: "PgUp", name: "Previous set", group: "Moving", sign: "set-back" },
  { does: "next_set", keys: ["]", "PageDown"], shown: "]", also: "PgDn", name: "Next set", group: "Moving", sign: "set-on" },
  { does: "speed", keys: ["s"], shown: "s", name: "Full, half or quarter speed", group: "Moving" },
  { does: "loop", keys: ["o"], shown: "o", name: "Again and again what is looked at", group: "Moving", sign: "loop", word: "Loop" },
  { does: "turn", keys: ["3"], shown: "3", name: "Turn the body in space, or see it as the camera did", group: "Picture", sign: "turn", word: "3D" },
  { does: "straight", keys: ["0"], shown: "0", name: "As the camera stood", group: "Picture", sign: "straight" },
  { does: "move", keys: ["d"], shown: "d", name: "Move a joint that was found wrongly", group: "Picture", sign: "move" },
  { does: "accept", keys: ["a"], shown: "a", name: "Accept", group: "Saying what is so", sign: "accept", word: "Accept" },
  { does: "reject", keys: ["r"], shown: "r", name: "Reject", group: "Saying what is so", sign: "reject", word: "Reject" },
  { does: "relabel", keys: ["e"], shown: "e", name: "It is another one", group: "Saying what is so", sign: "relabel", word: "Relabel" },
  { does: "add", keys: ["m"], shown: "m", name: "Add what was missed: from here, then to here", group: "Saying what is so", sign: "added", word: "Add" },
  { does: "comment", keys: ["c"], shown: "c", name: "Comment on this moment", group: "Saying what is so", sign: "comment", word: "Comment" },
  { does: "undo", keys: ["z"], shown: "z", name: "Withdraw the last correction", group: "Saying what is so" },
  { does: "accept_rest", keys: ["A"], shown: "Shift A", name: "Accept all the rest", group: "Being done", word: "Accept all the rest" },
  { does: "sign_off", keys: ["S"], shown: "Shift S", name: "Sign off", group: "Being done", word: "Sign off" },
  { does: "thresholds", keys: ["t"], shown: "t", name: "Other thresholds", group: "Panels" },
  { does: "watched", keys: ["w"], shown: "w", name: "What was watched, and what was not", group: "Panels" },
  { does: "history", keys: ["h"], shown: "h", name: "What was said, and by whom", group: "Panels" },
  { does: "help", keys: ["?"], shown: "?", name: "All keys", group: "Panels", word: "Keys" },
];

const BY_NAME = new Map(DEEDS.map((deed) => [deed.does, deed]));
const BY_KEY = new Map(DEEDS.flatMap((deed) => deed.keys.map((key) => [key, deed])));

export const deedOf = (does) => BY_NAME.get(does);
export const deedOfKey = (key) => BY_KEY.get(key);

/** Give a button its sign, word and key; `word` where it differs from that of the table. */
export function dress(button, word = deedOf(button.dataset.does).word, sign = deedOf(button.dataset.does).sign) {
  const deed = deedOf(button.dataset.does);
  button.title = deed.name;
  button.setAttribute("aria-keyshortcuts", deed.shown.replace(" ", "+"));
  if (word) button.removeAttribute("aria-label");
  else button.setAttribute("aria-label", deed.name);
  const parts = [sign && icon(sign), word && element("span", { text: word }), element("kbd", { "aria-hidden": "true", text: deed.shown })];
  button.replaceChildren(...parts.filter(Boolean));
  return button;
}

/** A button of the table that does something when pressed. */
export function deedButton(does, act, attributes = {}) {
  return dress(element("button", { type: "button", "data-does": does, onclick: () => act(does), ...attributes }));
}
