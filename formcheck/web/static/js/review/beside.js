/** Two repetitions beside each other, in step: of one session, of two, or of the left and the right. */

import { byId, write } from "../dom.js";
import { BothCurves } from "./both_curves.js";
import { deedOf, dress } from "./deeds.js";
import { choicesOf, Half } from "./half.js";
import { doneIn } from "./items.js";
import { listenForDeeds } from "./keys.js";
import { showHelp } from "./menus.js";
import { View } from "./projection.js";
import { Server } from "./server.js";
import { moment } from "./words.js";

const SPEEDS = [1, 0.5, 0.25];
const STEP = 0.04;
const BY_KEY_DEG = 10;
const page = byId("session").dataset;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

function fail(text) {
  byId("trouble").hidden = !text;
  write(byId("trouble"), text);
}

async function begin() {
  const servers = [page.session, page.other].map((id) => new Server(id, page.person));
  try {
    const sessions = await Promise.all(servers.map((server) => server.session()));
    byId("desk").hidden = false;
    new Beside(sessions, servers).open();
  } catch (error) {
    fail(error.message);
  }
}

class Beside {
  constructor(sessions, servers) {
    Object.assign(this, { sessions, servers });
    this.shared = { view: new View(), isTurned: false, phase: 0 };
    this.isLooping = true;
    this.speed = 1;
    this.halves = ["a", "b"].map((which) => new Half(which, this.shared, () => this.#compare()));
    this.curves = new BothCurves(this.halves, this.shared);
    byId("exercise").addEventListener("change", ({ target }) => this.#offer(target.value));
    byId("phase").addEventListener("input", ({ target }) => this.#seek(Number(target.value)));
    for (const which of ["a", "b"]) this.#turnBy(byId(`picture-${which}`));
    for (const button of document.querySelectorAll("[data-does]")) {
      dress(button);
      button.addEventListener("click", () => this.do(button.dataset.does));
    }
    listenForDeeds((does) => this.do(does));
  }

  open() {
    const names = new Map(this.sessions.flatMap(({ sets }) => sets.map((set) => [set.exercise, set.exercise_name])));
    const exercises = [...names.keys()];
    if (!exercises.length) return fail("Nothing was recorded in these sessions.");
    byId("exercise").replaceChildren(...exercises.map((id) => new Option(names.get(id), id)));
    const first = exercises.includes(page.exercise) ? page.exercise : exercises[0];
    byId("exercise").value = first;
    this.#offerSessions();
    this.#show();
    return this.#offer(first);
  }

  /** B may be of this session, of the one before it, or of the one after it. */
  #offerSessions() {
    const [session, other] = this.sessions;
    const known = [session, session.previous, session.next, other].filter(Boolean);
    const all = [...new Map(known.map((one) => [one.id, one])).values()];
    byId("other").replaceChildren(...all.map((one) => new Option(one.id === session.id ? "this session" : moment(one.started), one.id)));
    byId("other").value = other.id;
    byId("other").addEventListener("change", ({ target }) => {
      const [here, there] = [session.id, target.value].map(encodeURIComponent);
      location.assign(`/sessions/${here}/beside/${there}?exercise=${encodeURIComponent(byId("exercise").value)}`);
    });
  }

  #offer(exercise) {
    const areTwo = this.sessions[0].id !== this.sessions[1].id;
    const [a, b] = this.sessions.map((session, index) => choicesOf(session, this.servers[index], exercise, doneIn, areTwo ? `${moment(session.started)}: ` : ""));
    const first = a[0];
    const second = areTwo ? b[0] : b.find(({ item }) => item.value.side !== first?.item.value.side) ?? b.find(({ item }) => item.value.faults.length) ?? b.at(-1);
    this.halves[0].offer(a, first);
    this.halves[1].offer(b, second);
  }

  #compare() {
    if (this.halves.every(({ choice }) => choice)) this.curves.build();
    this.#draw();
  }

  #seek(phase) {
    this.shared.phase = Math.max(0, Math.min(2, phase));
    byId("phase").value = this.shared.phase;
    byId("phase").setAttribute("aria-valuetext", `${Math.round(50 * this.shared.phase)} % of the movement`);
    this.curves.move();
    this.#draw();
  }

  #draw() {
    for (const half of this.halves) half.show();
  }

  do(does) {
    const deeds = {
      play: () => this.#toggle(),
      frame_back: () => this.#step(-STEP),
      frame_on: () => this.#step(STEP),
      speed: () => (this.speed = SPEEDS[(SPEEDS.indexOf(this.speed) + 1) % SPEEDS.length]),
      loop: () => (this.isLooping = !this.isLooping),
      turn: () => (this.shared.isTurned = !this.shared.isTurned),
      straight: () => this.shared.view.straight(),
      help: () => showHelp(Object.keys(deeds)),
    };
    const deed = deeds[does];
    if (!deed) return false;
    deed();
    this.#show();
    this.#draw();
    return true;
  }

  #toggle() {
    this.isPlaying = !this.isPlaying;
    if (!this.isPlaying) return;
    if (this.shared.phase >= 2) this.#seek(0);
    this.last_ms = performance.now();
    requestAnimationFrame((now) => this.#tick(now));
  }

  #step(by) {
    this.isPlaying = false;
    this.#seek(this.shared.phase + by);
  }

  /** Both take the time of the first: what differs is how they move, not how long. */
  #tick(now) {
    if (!this.isPlaying) return;
    const lasts_s = Math.max(0.5, this.halves[0].lasts_s || this.halves[1].lasts_s);
    const next = this.shared.phase + (2 * this.speed * Math.max(0, now - this.last_ms)) / 1000 / lasts_s;
    this.last_ms = now;
    if (next < 2) this.#seek(next);
    else if (this.isLooping) this.#seek(0);
    else {
      this.#seek(2);
      this.isPlaying = false;
      this.#show();
      return;
    }
    requestAnimationFrame((then) => this.#tick(then));
  }

  #show() {
    const button = (does) => document.querySelector(`.transport [data-does=${does}]`);
    dress(button("play"), undefined, this.isPlaying ? "pause" : "play");
    dress(button("speed"), `${this.speed}×`).setAttribute("aria-label", `Speed ${this.speed}: ${deedOf("speed").name}`);
    button("loop").setAttribute("aria-pressed", String(this.isLooping));
    button("turn").setAttribute("aria-pressed", String(this.shared.isTurned));
    button("straight").hidden = !this.shared.isTurned;
  }

  /** Dragging one turns both, as arrow keys do. */
  #turnBy(picture) {
    const turn = (yaw_deg, pitch_deg) => {
      this.shared.view.turn(yaw_deg, pitch_deg);
      this.#draw();
    };
    let last = null;
    picture.addEventListener("pointerdown", (event) => {
      if (!this.shared.isTurned) return;
      last = [event.clientX, event.clientY];
      picture.setPointerCapture(event.pointerId);
    });
    picture.addEventListener("pointermove", ({ clientX, clientY }) => {
      if (!last) return;
      turn((last[0] - clientX) / 2, (clientY - last[1]) / 2);
      last = [clientX, clientY];
    });
    for (const end of ["pointerup", "pointercancel"]) picture.addEventListener(end, () => (last = null));
    picture.addEventListener("keydown", (event) => {
      const by = this.shared.isTurned && ARROWS[event.key];
      if (!by) return;
      event.preventDefault();
      turn(by[0] * BY_KEY_DEG, by[1] * BY_KEY_DEG);
    });
  }
}

begin();
