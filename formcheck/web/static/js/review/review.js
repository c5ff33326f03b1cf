/**
 * What is known and looked at: the session, the set on the stage, the item, the moment. Whoever
 * shows a part of it listens for what has changed: "session", "set", "item", "time", "poses",
 * "curves", "judged", "view".
 */

import { doneIn, faultsOf, groupsOf } from "./items.js";
import { Poses } from "./poses.js";
import { seenSpan } from "./spans.js";

export class Review extends EventTarget {
  constructor(session, server) {
    super();
    this.server = server;
    this.session = session;
    this.name = session.sets[0]?.name ?? null;
    this.time_s = 0;
    this.item = null;
    this.judged = new Map(); // what other thresholds make of a set, by its name
    this.tried = []; // the numbers that it was judged by instead
    this.cache = { poses: new Map(), curves: new Map() };
    this.poses = null;
    this.curves = null;
  }

  on(kinds, act) {
    for (const kind of kinds.split(" ")) this.addEventListener(kind, act);
  }

  tell(...kinds) {
    for (const kind of kinds) this.dispatchEvent(new CustomEvent(kind));
  }

  get set() {
    return this.session.sets.find(({ name }) => name === this.name);
  }

  get items() {
    return groupsOf(this.session, this.set).flatMap(({ items }) => items);
  }

  /** A set is as the server has said it now is. */
  replaceSet(set) {
    this.session.sets = this.session.sets.map((one) => (one.name === set.name ? set : one));
    this.#refreshItem();
    this.tell("session");
  }

  replaceSession(session) {
    this.session = session;
    this.#refreshItem();
    this.tell("session");
  }

  #refreshItem() {
    if (!this.item) return;
    const all = [...faultsOf(this.session), ...this.session.sets.flatMap(doneIn), ...this.items];
    this.item = all.find(({ id }) => id === this.item.id) ?? null;
    this.tell("item");
  }

  /** Bring a set onto the stage. */
  async open(name, time_s = 0) {
    const isOther = name !== this.name || !this.poses;
    this.name = name;
    if (isOther) {
      [this.poses, this.curves] = [null, null];
      this.tell("set");
    }
    this.seek(time_s);
    if (isOther) await this.load();
  }

  /** Fetch what the set on the stage is drawn from; what is lacking is told as trouble. */
  async load() {
    const { name } = this;
    await Promise.all([this.#fetch(name, "poses", async () => new Poses(await this.server.poses(name))), this.#fetch(name, "curves", () => this.server.curves(name))]);
  }

  /** Ask again: a landmark was moved. */
  async reload() {
    for (const kept of Object.values(this.cache)) kept.delete(this.name);
    await this.load();
  }

  async #fetch(name, what, ask) {
    const kept = this.cache[what];
    if (!kept.has(name)) kept.set(name, ask());
    let found;
    try {
      found = await kept.get(name);
    } catch (error) {
      kept.delete(name); // it may be there next time
      found = { trouble: error instanceof RangeError ? "What was recorded of this set is damaged." : error.message, status: error.status };
    }
    if (name !== this.name) return;
    this[what] = found;
    this.tell(what);
  }

  /** From when to when the set on the stage goes. */
  get span() {
    return this.set ? seenSpan(this.set, this.poses) : { begin_s: 0, end_s: 0, ahead_s: 0 };
  }

  seek(time_s) {
    const { begin_s, end_s } = this.span;
    this.time_s = Math.max(begin_s, Math.min(end_s, time_s));
    this.tell("time");
  }

  /** Look at an item: its set comes onto the stage, at the moment that shows it best. */
  look(item) {
    this.item = item;
    const opened = this.open(item.set, item.at_s);
    this.tell("item");
    return opened;
  }
}
