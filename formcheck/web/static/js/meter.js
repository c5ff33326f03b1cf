/**
 * How fast it is: from the camera's picture to the drawn skeleton, what the server took of it, and
 * from the picture that caused a cue to speaking. Kept always, shown on request.
 */

const KEPT = 1800; // a minute at 30 a second
const RATE_OVER_MS = 5000;

export class Meter {
  constructor(panel) {
    this.panel = panel;
    this.drawn = []; // {at, latency, server, pose, decode, analyse}
    this.cues = [];
    this.waiting = 0;
    setInterval(() => this.#render(), 1000);
  }

  pictureDrawn(picture, timing = {}) {
    const at = performance.now();
    push(this.drawn, {
      at,
      latency: at - picture.captured,
      server: timing.server_ms,
      pose: timing.pose_ms,
      decode: timing.decode_ms,
      analyse: timing.analyse_ms,
    });
    this.waiting = Math.max(this.waiting, timing.waiting ?? 0);
  }

  cueSpoken(milliseconds) {
    push(this.cues, milliseconds);
  }

  /** Everything as numbers: what the panel shows, and the end-to-end tests read. */
  figures() {
    const now = performance.now();
    const recent = this.drawn.filter((one) => now - one.at < RATE_OVER_MS);
    const column = (name) => this.drawn.map((one) => one[name]).filter(Number.isFinite);
    return {
      rate: (1000 * recent.length) / RATE_OVER_MS,
      latency: spread(column("latency")),
      server: spread(column("server")),
      pose: spread(column("pose")),
      decode: spread(column("decode")),
      analyse: spread(column("analyse")),
      cue: spread(this.cues),
      waiting: this.waiting,
    };
  }

  show(texts, isShown) {
    this.texts = texts;
    this.panel.hidden = !isShown;
    this.#render();
  }

  #render() {
    if (this.panel.hidden || !this.texts) return;
    const figures = this.figures();
    this.panel.dataset.figures = JSON.stringify(figures);
    const rows = [[this.texts.say("meter.rate"), this.texts.number(figures.rate)]];
    for (const name of ["latency", "server", "pose", "decode", "analyse", "cue"]) rows.push(this.#row(name, figures[name]));
    rows.push([this.texts.say("meter.waiting"), this.texts.number(figures.waiting)]);
    this.panel.replaceChildren(table(this.texts.say("meter.heading"), rows));
  }

  #row(name, { median, p95 }) {
    const shown = (value) => (value === null ? "-" : this.texts.say("meter.milliseconds", { n: Math.round(value) }));
    return [this.texts.say(`meter.${name}`), `${shown(median)} / ${shown(p95)}`];
  }
}

function push(list, value) {
  list.push(value);
  if (list.length > KEPT) list.shift();
}

function spread(values) {
  if (!values.length) return { median: null, p95: null, n: 0 };
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { median: at(0.5), p95: at(0.95), n: sorted.length };
}

function table(caption, rows) {
  const made = document.createElement("table");
  made.createCaption().textContent = caption;
  for (const [name, value] of rows) {
    const row = made.insertRow();
    const head = document.createElement("th");
    head.scope = "row";
    head.textContent = name;
    row.append(head);
    row.insertCell().textContent = value;
  }
  return made;
}
