/** What the therapist says: each a layer over the machine's verdict, sent at once, and taken back by a key. */

import { jointName, landmarkName } from "./body.js";
import { canBeSaid, madeOf, nextUntouched, stretchOf, titleOf, untouchedIn } from "./items.js";
import { clock, counted } from "./words.js";

export class Correcting {
  /**
   * @param tell says in words what was done
   * @param fail says what went wrong
   */
  constructor(review, tell, fail) {
    Object.assign(this, { review, tell, fail });
    this.before = Promise.resolve();
    this.rest = { after: 0, until: 0 }; // the numbers of what was accepted by one key
  }

  /** One after the other: a key that is pressed while an answer is on its way means the next thing. */
  #inTurn(act) {
    this.before = this.before.then(act);
    return this.before;
  }

  /** Accept or reject what is looked at, and go on to what nobody has said anything about. */
  say(kind) {
    return this.#inTurn(() => this.#say(kind));
  }

  async #say(kind) {
    const { item } = this.review;
    if (item?.kind === "attempt") return this.#sayOfAttempt(item, kind);
    if (!item || !canBeSaid(item)) return this.tell("There is nothing here to accept or reject: choose a fault, a repetition or a hold.");
    const done = { accepted: "Accepted", rejected: "Rejected" }[kind];
    const isAdded = item.value.status === "added";
    if (isAdded && kind === "accepted") return this.tell("You have added this yourself: it stands.");
    const sent = isAdded
      ? this.review.server.withdraw(Number(item.value.key.replace("added-", "")))
      : this.#send(item.set, { subject: item.kind, number: item.value.number, kind });
    if (!(await this.#take(sent))) return undefined;
    return this.#goOn(item, `${isAdded ? "Withdrawn" : done}: ${titleOf(item)}`);
  }

  /** What turned back too early does not count: accepted as a repetition it does, rejected it does not any more. */
  async #sayOfAttempt(item, kind) {
    const made = madeOf(this.review.session, item);
    if (kind === "accepted" && made) return this.tell("This counts already: z or r takes it back.");
    if (kind === "rejected" && !made) return this.tell("It does not count: there is nothing to reject.");
    if (kind === "rejected") return this.withdraw({ number: Number(made.key.replace("added-", "")), kind: "added" });
    const sent = this.#send(item.set, { subject: "repetition", kind: "added", after: stretchOf(item) });
    if (await this.#take(sent)) this.tell("Counts now: the movement was far enough. z takes it back.");
    return undefined;
  }

  /** Go to the next thing that nobody has said anything about. */
  #goOn(item, said) {
    const { review } = this;
    const next = nextUntouched(review.session, item);
    this.tell(`${said.replace(/\.$/, "")}. ${leftToSay(untouchedIn(review.session))}`);
    if (next) review.look(next);
  }

  async relabel(item, after, name) {
    if (await this.#take(this.#send(item.set, { subject: item.kind, number: item.value.number, kind: "relabelled", after }))) this.#goOn(item, `Relabelled: ${name}`);
  }

  async add(subject, after, name) {
    const set = this.review.name;
    if (await this.#take(this.#send(set, { subject, kind: "added", after }))) this.tell(`Added: ${name}, ${this.#since(after.start_s)} to ${this.#since(after.end_s)}.`);
  }

  async comment(text) {
    const { name, time_s } = this.review;
    if (await this.#take(this.#send(name, { subject: "set", kind: "comment", after: { at_s: rounded(time_s) }, comment: text }))) this.tell("The comment is kept.");
  }

  /** A joint is elsewhere: curves and the judging follow. */
  async move(time_s, landmark, [x, y]) {
    const after = { time_s, landmark: landmarkName(landmark), x_px: rounded(x), y_px: rounded(y) };
    if (!(await this.#take(this.#send(this.review.name, { subject: "set", kind: "moved", after })))) return this.review.reload();
    this.tell(`Moved: ${jointName(landmark)}.`);
    return this.review.reload();
  }

  /** Withdraw the last correction that stands. */
  undo() {
    return this.#inTurn(() => this.#undo());
  }

  async #undo() {
    const standing = this.#standing();
    if (!standing.length) return this.tell("There is no correction to withdraw.");
    const last = standing.at(-1);
    const isOfRest = ({ number }) => number > this.rest.after && number <= this.rest.until;
    return isOfRest(last) ? this.#withdrawRest(standing.filter(isOfRest)) : this.withdraw(last);
  }

  /** One key accepted them all, so one key takes them all back. */
  async #withdrawRest(accepted) {
    this.tell(`Withdrawing ${counted(accepted.length, "correction")}.`);
    try {
      for (const { number } of accepted) await this.review.server.withdraw(number);
    } catch (error) {
      return this.fail(error.message);
    }
    if (await this.#take(this.review.server.session())) this.tell(`Withdrawn: ${counted(accepted.length, "correction")}, all that one key had accepted.`);
    return undefined;
  }

  /** The corrections that nobody has withdrawn, the last one at the end. */
  #standing() {
    const all = this.review.session.sets.flatMap(({ corrections }) => corrections);
    return all.filter((one) => !one.is_withdrawn).toSorted((one, other) => one.number - other.number);
  }

  async withdraw({ number, kind }) {
    if (!(await this.#take(this.review.server.withdraw(number)))) return;
    this.tell(`Withdrawn: ${kind}.`);
    if (kind === "moved") await this.review.reload();
  }

  acceptRest() {
    return this.#inTurn(() => this.#acceptRest());
  }

  async #acceptRest() {
    const { faults, others } = untouchedIn(this.review.session);
    if (!faults && !others) return this.tell("Everything has been looked at already.");
    const after = this.#standing().at(-1)?.number ?? 0;
    if (!(await this.#take(this.review.server.acceptRest()))) return undefined;
    this.rest = { after, until: this.#standing().at(-1)?.number ?? 0 };
    return this.tell(`Accepted: all the rest, ${counted(faults, "fault")} and ${counted(others, "repetition or hold", "repetitions and holds")}. Shift S signs off.`);
  }

  async signOff(comment) {
    if (await this.#take(this.review.server.signOff(comment))) this.tell("Signed off.");
  }

  /** A moment of the set on the stage as its clock shows it. */
  #since(time_s) {
    return clock(time_s - this.review.span.begin_s, true);
  }

  #send(set, correction) {
    return this.review.server.correct(set, correction);
  }

  /** Wait for an answer, a set or a session, and show it; false where it was refused. */
  async #take(sent) {
    try {
      const answer = await sent;
      if (answer.sets) this.review.replaceSession(answer);
      else this.review.replaceSet(answer);
      this.fail("");
      return true;
    } catch (error) {
      this.fail(error.message);
      return false;
    }
  }
}

function leftToSay({ faults, others }) {
  if (faults) return `${counted(faults, "fault")} to go.`;
  if (others) return "Every fault has been looked at: Shift A accepts all the rest, Shift S signs off.";
  return "Everything has been looked at: Shift S signs off.";
}

const rounded = (value) => Math.round(value * 1000) / 1000;

