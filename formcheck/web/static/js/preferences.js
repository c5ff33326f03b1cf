/**
 * What this browser remembers: voice, volume, camera, language. Names and numbers only, nothing
 * about the person. Private windows may forbid it; then the choices last as long as the page.
 */

const KEY = "formcheck.preferences";
const USUAL = {
  language: null,
  camera: null,
  voice: null,
  volume: 1,
  rate: 0.95,
  isMuted: false,
  countsAloud: true,
  showsSkeleton: true,
  showsMeter: false,
};

export class Preferences {
  constructor(storage = safeStorage("localStorage")) {
    this.storage = storage;
    this.values = { ...USUAL, ...stored(storage) };
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
    try {
      this.storage?.setItem(KEY, JSON.stringify(this.values));
    } catch {
      // Full or forbidden: the choice still holds for this page.
    }
  }
}

/** This tab's name: a reload keeps it, a second tab has its own. */
export function pageId() {
  const storage = safeStorage("sessionStorage");
  let id = storage?.getItem("formcheck.page");
  if (!id) {
    id = crypto.randomUUID();
    storage?.setItem("formcheck.page", id);
  }
  return id;
}

function safeStorage(name) {
  try {
    return window[name];
  } catch {
    return null;
  }
}

function stored(storage) {
  try {
    return JSON.parse(storage?.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
