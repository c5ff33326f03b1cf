/** What the page says, in the chosen language; plurals by the browser's own CLDR rules. */

export class Texts {
  /** @param table what /api/texts/LANGUAGE answered: complete, gaps already filled from English */
  constructor(table) {
    this.language = table.language;
    this.direction = table.direction ?? "ltr";
    this.table = table.texts;
    this.exercises = table.exercises;
    this.plurals = new Intl.PluralRules(table.language, { maximumFractionDigits: 1 });
    this.numbers = new Intl.NumberFormat(table.language, { maximumFractionDigits: 1, useGrouping: false, signDisplay: "negative" });
    const dates = table.language === "en" ? "en-GB" : table.language; // the day first, as on every page
    this.days = new Intl.DateTimeFormat(dates, { day: "numeric", month: "long", year: "numeric" });
    this.times = new Intl.DateTimeFormat(dates, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  }

  /** Load a language; the server knows which there are. */
  static async load(language) {
    const answer = await fetch(`/api/texts/${encodeURIComponent(language)}`);
    if (!answer.ok) throw new Error(`no texts in ${language}`);
    return new Texts(await answer.json());
  }

  /** The sentence of a dotted key; `n` chooses the plural. A missing key shows itself. */
  say(key, values = {}) {
    let leaf = key.split(".").reduce((table, part) => table?.[part], this.table);
    if (leaf && typeof leaf === "object") leaf = leaf[this.plurals.select(values.n)] ?? leaf.other;
    if (typeof leaf !== "string") return key;
    return leaf.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? this.number(values[name]) : whole));
  }

  /** Whether a key exists: for codes that a newer server may send. */
  has(key) {
    return key.split(".").reduce((table, part) => table?.[part], this.table) !== undefined;
  }

  /** The names under a key, in the order of the file. */
  keys(key) {
    return Object.keys(key.split(".").reduce((table, part) => table?.[part], this.table) ?? {});
  }

  /** A number as the language writes it; anything else as it is. */
  number(value) {
    return typeof value === "number" ? this.numbers.format(value) : String(value);
  }

  /** A day and the time of day on the clock here. */
  moment(iso) {
    const at = new Date(iso);
    return this.say("report.moment", { date: this.days.format(at), time: this.times.format(at) });
  }

  /** A reading with its unit. */
  reading(value, unit) {
    const rounded = unit === "deg" ? Math.round(value) : Math.round(value * 10) / 10;
    return this.has(`unit.${unit}`) ? this.say(`unit.${unit}`, { value: rounded }) : this.number(rounded);
  }

  /** Words of one exercise. */
  exercise(id) {
    return this.exercises[id] ?? { name: id, purpose: "", instructions: "", place: "", must_be_in_frame: "" };
  }

  /** "2 sets: 10 repetitions". */
  dose({ sets, repetitions, hold_s: hold }) {
    const each = repetitions ? this.say("dose.repetitions", { n: repetitions }) : this.say("dose.hold", { n: hold });
    return this.say("dose.sets_of", { sets: this.say("dose.sets", { n: sets }), each });
  }

  /** Fill every element that names its text: data-text, and data-label for what is only read out. */
  apply(root) {
    document.documentElement.lang = this.language;
    document.documentElement.dir = this.direction;
    for (const node of root.querySelectorAll("[data-text]")) node.textContent = this.say(node.dataset.text);
    for (const node of root.querySelectorAll("[data-label]")) node.setAttribute("aria-label", this.say(node.dataset.label));
  }
}
