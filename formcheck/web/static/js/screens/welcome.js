/**
 * Before the session, still near the screen: what formcheck does, which exercises, camera and
 * voice. Three short steps instead of one long page.
 */

import { byId, element, write } from "../dom.js";
import { PlanEditor } from "../plan_editor.js";

const STEPS = ["hello", "plan", "setup"];

export class WelcomeScreen {
  constructor(app) {
    this.app = app;
    this.root = byId("screen-welcome");
    this.plan = new PlanEditor(app);
    this.step = "hello";
    byId("hello-next").addEventListener("click", () => this.#go("plan"));
    byId("plan-back").addEventListener("click", () => this.#go("hello"));
    byId("plan-next").addEventListener("click", () => this.#planned());
    byId("setup-back").addEventListener("click", () => this.#go("plan"));
    byId("begin").addEventListener("click", () => this.#begin());
    byId("ask-signs").addEventListener("click", () => this.#askSigns());
    byId("resume-go-on").addEventListener("click", () => this.#unfinished("resume"));
    byId("resume-keep").addEventListener("click", () => this.#unfinished("keep"));
  }

  show() {
    const { texts, state } = this.app;
    this.plan.render();
    this.#prescribed(state);
    write(byId("stored-where"), texts.say("privacy.where", { folder: state.folder }));
    this.#resume(state.unfinished);
    this.#go(this.step, false);
  }

  hide() {
    this.app.speaker.hush();
  }

  get focus() {
    return byId(`step-${this.step}`).querySelector("h1");
  }

  /** The button that the forward key presses. */
  get forward() {
    const unfinished = byId("resume").hidden ? null : byId("resume-go-on");
    return { hello: unfinished ?? byId("hello-next"), plan: byId("plan-next"), setup: byId("begin") }[this.step];
  }

  #go(step, movesFocus = true) {
    this.step = step;
    for (const name of STEPS) byId(`step-${name}`).hidden = name !== step;
    if (step === "setup") this.#setup();
    if (movesFocus) this.app.focusOn(this.focus);
  }

  /** What has changed since the last time; warning signs can be asked about at any time. */
  #prescribed({ person, steps, has_my_page: hasMyPage }) {
    const nameOf = ({ exercise_id: id }) => this.app.texts.exercise(id).name;
    byId("ask-signs").hidden = !person;
    byId("my-page").hidden = !hasMyPage;
    byId("plan-steps").hidden = !steps.length;
    byId("plan-steps").replaceChildren(...steps.map((step) => element("li", {}, element("strong", { text: `${nameOf(step)}: ` }), step.text)));
  }

  async #askSigns() {
    await this.app.post("/api/ask_signs", {});
    this.#go("setup");
  }

  #resume(unfinished) {
    byId("in-use").hidden = !this.app.state.in_use;
    byId("resume").hidden = !unfinished;
    byId("hello-next").hidden = Boolean(unfinished); // first the question above
    if (!unfinished) return;
    const { texts } = this.app;
    const when = texts.moment(unfinished.started);
    const done = texts.say("resume.progress", { done: unfinished.n_sets_done, n: unfinished.n_sets });
    write(byId("resume-when"), `${texts.say("resume.started_at", { when })}. ${done}. ${texts.say("resume.explain")}`);
  }

  async #unfinished(action) {
    await this.app.post("/api/unfinished", { action });
    await this.app.loadState();
    if (action === "keep") this.show(); // after "resume" the server says where it goes on
  }

  async #planned() {
    if (await this.plan.send()) this.#go("setup");
  }

  /** Ask for the camera only now, when it is clear what for. */
  async #setup() {
    const status = byId("camera-status");
    byId("preview-place").prepend(byId("video"));
    byId("video").play().catch(() => {});
    if (this.app.camera.isOn) {
      write(status, this.app.texts.say("welcome.setup_hint"));
      return;
    }
    write(status, this.app.texts.say("camera.asking"));
    if (await this.app.openCamera()) write(status, this.app.texts.say("welcome.setup_hint"));
  }

  async #begin() {
    if (!this.app.camera.isOn && !(await this.app.openCamera())) return;
    this.app.command("begin");
  }
}
