/** How the exercise goes: the moving figure beside its words, read aloud. */

import { choicesOf, showActions } from "../actions.js";
import { Demonstration } from "../demonstration.js";
import { byId, element, write } from "../dom.js";

const TELL_EVERY_MS = 1000;

export class DemonstrationScreen {
  constructor(app) {
    this.toldAt = -Infinity;
    this.app = app;
    this.root = byId("screen-demonstration");
    this.demonstration = new Demonstration(byId("figure"));
    this.pause = byId("figure-pause");
    this.countdownLine = byId("demonstration-goes-on");
    this.nav = this.root.querySelector("nav");
    this.pause.addEventListener("click", () => this.#pause(!this.demonstration.isPaused));
  }

  async show(stage) {
    const { texts } = this.app;
    this.#goesOn(stage.countdown);
    const [ready, ...others] = choicesOf(stage);
    const stay = Number.isFinite(stage.countdown) ? [{ command: "stay", key: "button.stay", icon: "pause" }] : [];
    const again = { key: "demonstration.say_again", icon: "sound" };
    showActions(this.nav, [ready, ...stay, again, ...others], texts, (choice) => (choice.command ? this.app.command(choice.command) : this.say()));
    const shown = `${stage.step_index} ${stage.exercise_id} ${texts.language}`;
    if (shown === this.shown) return; // it was asked to stay: nothing is said or shown anew
    this.shown = shown;
    const words = texts.exercise(stage.exercise_id);
    write(byId("demonstration-number"), stage.n_steps > 1 ? texts.say("exercising.exercise_of", { number: stage.step_index + 1, total: stage.n_steps }) : "");
    write(byId("demonstration-name"), words.name);
    write(byId("demonstration-dose"), texts.dose(stage.dose));
    write(byId("demonstration-place"), words.place);
    const steps = words.instructions.trim().split("\n");
    byId("demonstration-steps").replaceChildren(...steps.map((text) => element("li", { text })));
    this.spoken = `${words.name}. ${words.instructions.replaceAll("\n", " ")}`;
    this.pause.hidden = true;
    this.say();
    const label = texts.say("demonstration.figure", { exercise: words.name });
    if (!(await this.demonstration.show(stage.exercise_id, label, texts))) return;
    this.pause.hidden = false;
    this.#pause(false);
  }

  /** Between two stages ticks come without a picture: they say when it goes on by itself. */
  frame({ countdown }) {
    this.#goesOn(countdown);
  }

  hide() {
    this.shown = null;
    this.demonstration.hide();
    this.app.speaker.hush();
  }

  get focus() {
    return this.root.querySelector("h1");
  }

  say() {
    this.app.speaker.hush();
    this.app.speaker.say(this.spoken, "guide");
  }

  #goesOn(countdown) {
    const { texts } = this.app;
    const isCounting = Number.isFinite(countdown);
    const isTelling = isCounting && this.app.speaker.isTelling;
    if (isTelling) this.#tellServer();
    if (isTelling) write(this.countdownLine, texts.say("demonstration.goes_on_after"));
    else write(this.countdownLine, isCounting ? texts.say("demonstration.goes_on_in", { n: Math.ceil(countdown) }) : texts.say("demonstration.stays"));
  }

  /** What is still being read out is heard to its end. */
  #tellServer() {
    const now = performance.now();
    if (now - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = now;
    this.app.connection.command("telling");
  }

  #pause(isPaused) {
    this.demonstration.pause(isPaused);
    write(this.pause, this.app.texts.say(isPaused ? "demonstration.play" : "demonstration.pause"));
  }
}
