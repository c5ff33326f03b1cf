/** The session page: loads a session, shows its parts, and does what keys and buttons ask for. */

import { byId, element, write } from "../dom.js";
import { Correcting } from "./correcting.js";
import { Curves } from "./curves.js";
import { deedOf, dress } from "./deeds.js";
import { faultsOf, isUntouched, remarkOf, STATUSES, titleOf } from "./items.js";
import { listenForDeeds } from "./keys.js";
import { Lane } from "./lane.js";
import { List } from "./list.js";
import { askWords, choose, showHelp } from "./menus.js";
import { Missed } from "./missed.js";
import { Moving } from "./moving.js";
import { Panels } from "./panels.js";
import { Player } from "./player.js";
import { Review } from "./review.js";
import { Server } from "./server.js";
import { Stage } from "./stage.js";
import { Strip } from "./strip.js";
import { Thresholds } from "./thresholds.js";
import { countsOf, setName } from "./words.js";
import { showFacts, showSet, showTransport } from "./heads.js";

const page = byId("session").dataset;

const SHOWN_MS = 7000;
let hiding;

function tell(text) {
  const place = byId("spoken");
  clearTimeout(hiding);
  write(place, "");
  requestAnimationFrame(() => write(place, text)); // the same words twice are said twice
  hiding = setTimeout(() => write(place, ""), SHOWN_MS);
}

function fail(text) {
  const place = byId("trouble");
  place.hidden = !text;
  write(place, text);
}

/** Who presses with the mouse goes on with keys: Space plays then, and does not press again. */
function letGo({ detail, target }) {
  const button = detail > 0 && target.closest("#desk button:not([role=tab])");
  if (button) button.blur();
}

async function begin() {
  const server = new Server(page.session, page.person);
  let session;
  try {
    session = await server.session();
  } catch (error) {
    fail(error.message);
    return byId("trouble").append(" ", element("button", { type: "button", text: "Try again", onclick: () => location.reload() }));
  }
  byId("desk").hidden = false;
  return new Desk(new Review(session, server)).open();
}

class Desk {
  constructor(review) {
    this.review = review;
    const act = (does) => this.do(does);
    this.player = new Player(review, byId("video"));
    this.stage = new Stage(review);
    this.correcting = new Correcting(review, tell, fail);
    this.missed = new Missed(review, this.correcting, tell);
    this.panels = new Panels(review, (one) => this.correcting.withdraw(one));
    this.moving = new Moving(review, this.stage, this.player, this.correcting, tell);
    for (const Part of [Strip, Lane, Curves]) new Part(review);
    new List(review, act);
    new Thresholds(review, tell, fail);
    review.on("session", () => showFacts(review));
    review.on("session set poses", () => showSet(review));
    review.on("time playing view moving set", () => showTransport(this));
    for (const button of document.querySelectorAll("[data-does]:not(.deeds *)")) {
      dress(button);
      button.addEventListener("click", () => act(button.dataset.does));
    }
    listenForDeeds(act);
    document.addEventListener("click", letGo);
  }

  /** Begin where something needs a look. */
  open() {
    const { review } = this;
    showFacts(review);
    if (!review.set) return fail("Nothing was recorded in this session: it has no set.");
    showSet(review);
    const faults = faultsOf(review.session);
    const first = faults.find(isUntouched) ?? faults[0] ?? review.items[0];
    if (first) return review.look(first);
    return review.open(review.name);
  }

  /** Do a deed of the table; whether there was one. */
  do(does) {
    const { review, player, stage, panels, correcting } = this;
    const deeds = {
      play: () => player.toggle(),
      next_fault: () => this.#fault(1),
      previous_fault: () => this.#fault(-1),
      next_item: () => this.#item(1),
      previous_item: () => this.#item(-1),
      frame_back: () => player.step(-1),
      frame_on: () => player.step(1),
      previous_set: () => this.#set(-1),
      next_set: () => this.#set(1),
      speed: () => { player.nextSpeed(); tell(`Speed ${player.speed}`); },
      loop: () => { player.toggleLoop(); tell(player.isLooping ? "Again and again what is looked at" : "No loop"); },
      turn: () => { stage.toggleTurned(); tell(stage.isTurned ? "In space: drag the body, or use arrow keys in the picture" : "As the camera saw it"); },
      straight: () => stage.straight(),
      move: () => this.moving.toggle(),
      accept: () => correcting.say("accepted"),
      reject: () => correcting.say("rejected"),
      relabel: () => this.#relabel(),
      add: () => this.missed.mark(),
      comment: () => { player.pause(); askWords("Comment on this moment", "What you want to remember, or to tell a colleague", "Keep it", (text) => correcting.comment(text), { lead: "Ctrl Enter keeps it." }); },
      undo: () => correcting.undo(),
      accept_rest: () => correcting.acceptRest(),
      sign_off: () => this.#signOff(),
      thresholds: () => panels.toggle("thresholds"),
      watched: () => panels.toggle("watched"),
      history: () => panels.toggle("history"),
      help: () => showHelp(),
    };
    const deed = deeds[deedOf(does)?.does];
    if (!deed) return false;
    deed();
    return true;
  }

  #fault(by) {
    const faults = faultsOf(this.review.session);
    if (!faults.length) return tell("No fault was found in this session.");
    const index = faults.findIndex(({ id }) => id === this.review.item?.id);
    return this.#look(faults[index < 0 ? (by > 0 ? 0 : faults.length - 1) : (index + by + faults.length) % faults.length]);
  }

  #item(by) {
    const { items, item } = this.review;
    const index = items.findIndex(({ id }) => id === item?.id);
    const next = items[Math.max(0, Math.min(items.length - 1, index + by))];
    if (next) this.#look(next);
  }

  #look(item) {
    this.panels.show("look");
    write(byId("heard"), `${titleOf(item)} ${remarkOf(item)} ${STATUSES[item.value.status] ?? ""}`); // who sees it needs no words
    return this.review.look(item);
  }

  #set(by) {
    const { session, name } = this.review;
    const next = session.sets[session.sets.findIndex((one) => one.name === name) + by];
    if (!next) return tell(by > 0 ? "This is the last set." : "This is the first set.");
    write(byId("heard"), `${setName(next)}: ${countsOf(next, next.now)}`);
    return this.review.open(next.name);
  }

  #relabel() {
    const { item, set } = this.review;
    if (item?.kind === "fault") {
      const kinds = set.fault_kinds.filter(({ name }) => name !== item.value.name);
      return choose("What is it?", kinds.map(({ name, says }) => ({ name: says, act: () => this.correcting.relabel(item, { name }, says) })));
    }
    if (item?.kind === "repetition" || item?.kind === "hold") {
      return choose("Which side was it?", ["left", "right"].map((side) => ({ name: `The ${side} side`, act: () => this.correcting.relabel(item, { side }, side) })));
    }
    return tell("Only a fault, a repetition or a hold can be another one: choose it first.");
  }

  #signOff() {
    const { session } = this.review;
    const left = faultsOf(session).filter(isUntouched).length;
    const lead = left ? `Nobody has said anything about ${left} of ${faultsOf(session).length} faults.` : "Every fault has been looked at.";
    askWords("Sign off this session?", "A few words, if you like", "Sign off", (text) => this.correcting.signOff(text), { lead, isNeeded: false });
  }
}

begin();
