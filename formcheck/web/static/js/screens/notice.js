/** What went wrong, in plain words, and what to do about it: lost connection, another tab, the camera. */

import { showActions } from "../actions.js";
import { byId, write } from "../dom.js";

const CAMERA = {
  refused: ["camera.refused_heading", "camera.refused", "camera.refused_how"],
  missing: ["camera.missing_heading", "camera.missing"],
  busy: ["camera.busy_heading", "camera.busy"],
  lost: ["camera.lost_heading", "camera.lost"],
  unusable: ["camera.unusable_heading", "camera.unusable"],
  no_pictures: ["camera.unusable_heading", "camera.no_pictures"],
  insecure: ["camera.unusable_heading", "camera.insecure"],
};
const CONNECTION = {
  lost: ["connection.lost_heading", "connection.lost", "connection.lost_hint"],
  restarted: ["connection.restarted_heading", "connection.restarted"],
  ended: ["ended.heading", "ended.explain"],
};

const STOP = { key: "button.stop", icon: "stop", look: "stop" };
const WITHOUT_SESSION = new Set([undefined, "welcome", "summary", "ended"]);

export class NoticeScreen {
  constructor(app) {
    this.app = app;
    this.root = byId("screen-notice");
    this.cameras = byId("notice-cameras");
    this.nav = this.root.querySelector("nav");
  }

  get focus() {
    return this.nav.querySelector("button") ?? byId("notice-heading");
  }

  hide() {
    this.told = null;
  }

  show({ about, kind }) {
    this.root.dataset.about = about;
    if (about === "camera") this.#camera(kind);
    else if (about === "busy") this.#fill("warning", ["busy.heading", "busy.explain"], [{ key: "busy.take_over", icon: "go", look: "primary", act: () => this.app.connection.takeOver() }]);
    else if (kind === "ended") this.#fill("yes", CONNECTION.ended, [{ key: "summary.new_session", icon: "again", act: () => this.app.newSession() }]);
    else this.#fill("warning", CONNECTION[kind], []);
  }

  async #camera(kind) {
    const again = { key: "camera.try_again", icon: "again", look: "primary", act: () => this.app.openCamera() };
    const stop = this.#isInSession ? [{ ...STOP, act: () => this.app.command("stop") }] : [];
    this.#fill("camera", CAMERA[kind] ?? CAMERA.unusable, [again, ...stop]);
    const cameras = await this.app.listCameras();
    this.cameras.hidden = cameras.length < 2;
  }

  #fill(sign, [heading, text, more], choices) {
    const { texts } = this.app;
    byId("notice-icon").setAttribute("href", `#icon-${sign}`);
    write(byId("notice-heading"), texts.say(heading));
    write(byId("notice-text"), texts.say(text));
    write(byId("notice-more"), more ? texts.say(more) : "");
    this.cameras.hidden = true;
    showActions(this.nav, choices, texts, (choice) => choice.act());
    if (this.told !== heading) this.#tell(`${texts.say(heading)}. ${texts.say(text)}`);
    this.told = heading;
  }

  get #isInSession() {
    return !WITHOUT_SESSION.has(this.app.stage?.stage);
  }

  /** Said aloud as well: who exercises does not look at the screen. */
  #tell(sentence) {
    write(byId("urgent"), sentence);
    if (this.#isInSession) this.app.speaker.say(sentence, "safety");
  }
}
