/** What is done before a page's program has come is done once it has.

On a slow computer a page can be seen, and pressed, before its modules are there to hear of it;
a press would be lost, or the browser would try to send a form by itself. This is a plain script,
run before the page is shown, and modules have all run when the page says that it is read. */

(() => {
  const pressed = []; // in the order of the hands
  const changed = new Map(); // the last word of each field
  const heard = { click: hold, submit: hold, change, input: change };

  for (const [kind, hear] of Object.entries(heard)) document.addEventListener(kind, hear, true);
  document.addEventListener("DOMContentLoaded", doAll);

  function hold(event) {
    const button = event.target.closest("button");
    if (event.type === "click" && !button) return; // links and boxes do by themselves what they do
    event.preventDefault();
    event.stopPropagation();
    const { target, submitter } = event;
    pressed.push(button ? () => button.click() : () => target.requestSubmit(submitter));
  }

  function change(event) {
    event.stopPropagation();
    const kinds = changed.get(event.target) ?? new Set();
    changed.set(event.target, kinds.add(event.type));
  }

  function doAll() {
    for (const [kind, hear] of Object.entries(heard)) document.removeEventListener(kind, hear, true);
    for (const [field, kinds] of changed) {
      for (const kind of kinds) field.dispatchEvent(new Event(kind, { bubbles: true }));
    }
    for (const press of pressed) press();
  }
})();
