/** Small helpers around the document: everything is built with nodes, never with markup from data. */

const SVG = "http://www.w3.org/2000/svg";

/** The element with this id; an error names what index.html lacks. */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element #${id}`);
  return found;
}

/** Make an element; `text`, `class` and `on...` are understood, the rest become attributes. */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/** The same for SVG, whose elements live in their own namespace. */
export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

/** A sign of the sprite in index.html; words stand beside it, so readers need not hear it. */
export function icon(name) {
  return svg("svg", { class: "icon", "aria-hidden": "true" }, svg("use", { href: `#icon-${name}` }));
}

/** Change a text only when it differs: live regions repeat what is written again. */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Whether the person has asked their computer for less movement. */
export function wantsLessMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}
