/**
 * The page of a live session. The server says at which stage the session is; the page shows it,
 * sends the camera's newest picture and what the patient asks for, and speaks.
 */

import { Camera, CameraTrouble } from "./camera.js";
import { byId, element, write } from "./dom.js";
import { KeyDeeds } from "./key_deeds.js";
import { listenForKeys } from "./keys.js";
import { Meter } from "./meter.js";
import { pageId, Preferences } from "./preferences.js";
import { DemonstrationScreen } from "./screens/demonstration.js";
import { LIVE_STAGES, LiveScreen } from "./screens/live.js";
import { NoticeScreen } from "./screens/notice.js";
import { QuestionScreen } from "./screens/question.js";
import { SummaryScreen } from "./screens/summary.js";
import { WelcomeScreen } from "./screens/welcome.js";
import { Settings } from "./settings.js";
import { Connection } from "./socket.js";
import { Speaker } from "./speech.js";
import { Texts } from "./texts.js";
import { Tones } from "./tones.js";

class App {
  constructor() {
    this.preferences = new Preferences();
    this.tones = new Tones();
    this.speaker = new Speaker(this.preferences, this.tones);
    this.meter = new Meter(byId("meter"));
    this.camera = new Camera(byId("video"), {
      isWanted: () => this.#sendsPictures,
      onPicture: () => this.#sendPicture(),
      onTrouble: (trouble) => this.#cameraTrouble(trouble),
    });
    this.connection = new Connection({
      hello: () => ({ type: "hello", page_id: this.pageId, language: this.texts.language }),
      onMessage: (message, picture) => this.#receive(message, picture),
      onState: (state) => this.#connectionState(state),
      onFree: () => this.#sendPicture(),
    });
    this.pageId = pageId();
    this.screens = {};
    this.stage = null; // what the server said last
    this.trouble = null; // camera trouble that is on the screen
    this.line = "connecting";
    this.toDraw = null;
  }

  async start() {
    await this.loadState();
    await this.#loadTexts(this.#startLanguage());
    this.settings = new Settings(this);
    const live = new LiveScreen(this);
    this.screens = { welcome: new WelcomeScreen(this), demonstration: new DemonstrationScreen(this), live, question: new QuestionScreen(this), summary: new SummaryScreen(this), notice: new NoticeScreen(this) };
    this.settings.render();
    this.applyPreferences();
    for (const picker of document.querySelectorAll(".camera-picker")) picker.addEventListener("change", () => this.#chooseCamera(picker.value));
    const deeds = new KeyDeeds(this);
    listenForKeys((wish) => deeds.do(wish));
    navigator.mediaDevices?.addEventListener("devicechange", () => this.#cameraPlugged());
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, () => this.tones.wake());
    byId("screen-connecting").hidden = false;
    this.connection.open();
    requestAnimationFrame(() => this.#paint());
  }

  // What screens may use

  /** Ask the server for something: it decides whether it fits the stage. */
  command(command, exercise = null) {
    this.tones.wake();
    // What is being said is about what is left; the answer must not wait behind it, or be dropped.
    if (command !== "stay") this.speaker.hush();
    this.connection.command(command, exercise);
  }

  /** Answer what is asked. */
  answer(answer) {
    this.tones.wake();
    this.speaker.hush();
    this.connection.send(answer);
  }

  async post(address, body) {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
    return answer.ok;
  }

  async loadState() {
    this.state = await (await fetch("/api/state")).json();
  }

  /** Go through it once more, from the exercises on. */
  async newSession() {
    this.trouble = null;
    this.screens.welcome.step = "plan"; // what formcheck is has been read
    await this.post("/api/new_session", {});
  }

  async chooseLanguage(language) {
    try {
      await this.#loadTexts(language);
    } catch {
      return; // formcheck does not answer: the page says so already
    }
    this.preferences.set("language", language);
    this.connection.send({ type: "settings", language });
    this.settings.render();
    this.meter.show(this.texts, this.preferences.get("showsMeter"));
    this.#show(false);
  }

  /** @returns {Promise<boolean>} whether there is a picture now */
  async openCamera() {
    try {
      await this.camera.open(this.preferences.get("camera"));
    } catch (trouble) {
      this.#cameraTrouble(trouble instanceof CameraTrouble ? trouble : new CameraTrouble("unusable"));
      return false;
    }
    const wasTrouble = this.trouble !== null;
    this.trouble = null;
    await this.listCameras();
    if (wasTrouble) this.#show();
    return true;
  }

  /** Fill the camera pickers; names are known only once a camera was allowed. */
  async listCameras() {
    const cameras = await Camera.list();
    for (const picker of document.querySelectorAll(".camera-picker")) {
      picker.replaceChildren(...cameras.map(({ label }, index) => element("option", { value: label, text: label || this.texts.say("camera.unnamed", { number: index + 1 }), selected: label === this.camera.name })));
    }
    return cameras;
  }

  applyPreferences() {
    this.screens.live.overlay.showsSkeleton = this.preferences.get("showsSkeleton");
    this.meter.show(this.texts, this.preferences.get("showsMeter"));
    byId("show-meter").checked = this.preferences.get("showsMeter");
  }

  focusOn(node) {
    node?.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  // Pictures

  get #sendsPictures() {
    return this.line === "open" && LIVE_STAGES.includes(this.stage?.stage);
  }

  #sendPicture() {
    if (!this.connection.isFree || !this.#sendsPictures) return;
    const picture = this.camera.take();
    if (picture) this.connection.sendPicture(picture);
  }

  /** Draw with the display, not with the network. */
  #paint() {
    if (this.toDraw) {
      const { frame, picture } = this.toDraw;
      this.toDraw = null;
      const screen = this.screens[this.stage?.stage] ?? this.screens.live;
      screen.frame?.(frame);
      if (picture) this.meter.pictureDrawn(picture, frame.timing ?? {});
    }
    requestAnimationFrame(() => this.#paint());
  }

  /** Who lies on the floor need not press anything when the camera is back. */
  #cameraPlugged() {
    if (this.trouble === "lost" || this.trouble === "missing") this.openCamera();
  }

  async #chooseCamera(name) {
    this.preferences.set("camera", name);
    await this.openCamera();
  }

  #cameraTrouble(trouble) {
    this.trouble = trouble.kind;
    this.#show();
  }

  // The server

  #receive(message, picture) {
    if (message.type === "stage") {
      this.stage = message;
      this.toDraw = null;
      this.#show();
    } else if (message.type === "frame") {
      if (picture) this.lastCaptured = picture.captured;
      this.toDraw = { frame: message, picture };
    } else if (message.type === "cue") this.#cue(message);
    else if (message.type === "error" && message.code !== "bad_picture") this.#cue({ ...message, kind: "safety", seq: null });
  }

  #cue(cue) {
    if (cue.counted) this.speaker.tick();
    const isSaid = this.speaker.say(cue.text, cue.kind);
    if (isSaid && Number.isFinite(cue.seq) && this.lastCaptured) this.meter.cueSpoken(performance.now() - this.lastCaptured);
    this.#announce(cue.text, cue.kind);
    this.screens.live.caption(cue);
  }

  /** For screen readers: what is urgent interrupts them, the rest waits. */
  #announce(text, kind) {
    write(byId(kind === "stop" || kind === "safety" ? "urgent" : "polite"), text);
  }

  #connectionState(state) {
    const before = this.line;
    this.line = state;
    if (state === "open") {
      if (before === "lost") this.#announce(this.texts.say("connection.restored"), "form");
      return; // the stage follows
    }
    this.speaker.hush();
    this.#show();
  }

  // Screens

  /** Show what is now most important: no line, another tab, no camera, and then the stage. */
  #show(movesFocus = true) {
    const [name, facts] = this.#wanted();
    byId("screen-connecting").hidden = true;
    const screen = this.screens[name];
    if (this.screen && this.screen !== screen) {
      this.screen.hide();
      this.screen.root.hidden = true;
    }
    this.screen = screen;
    screen.root.hidden = false;
    document.body.dataset.screen = name;
    document.body.dataset.stage = this.stage?.stage ?? "";
    screen.show(facts);
    if (movesFocus) this.focusOn(screen.focus);
  }

  #wanted() {
    if (this.line === "busy") return ["notice", { about: "busy" }];
    if (this.line === "lost" || this.line === "restarted") return ["notice", { about: "connection", kind: this.line }];
    const stage = this.stage?.stage;
    if (stage === "ended") {
      this.camera.close();
      return ["notice", { about: "connection", kind: "ended" }];
    }
    if (stage === "summary") {
      this.camera.close();
      return ["summary", this.stage];
    }
    if (stage === "question") return ["question", this.stage];
    if (this.trouble) return ["notice", { about: "camera", kind: this.trouble }];
    if (LIVE_STAGES.includes(stage)) {
      if (!this.camera.isOn) this.openCamera(); // the page was loaded again within a session
      return ["live", this.stage];
    }
    return [stage === "demonstration" ? stage : "welcome", this.stage];
  }

  // Texts

  #startLanguage() {
    const known = this.state.languages.map(({ code }) => code);
    const wishes = [this.preferences.get("language"), this.state.language, ...navigator.languages.map((tag) => tag.slice(0, 2)), "en"];
    return wishes.find((code) => known.includes(code));
  }

  async #loadTexts(language) {
    this.texts = await Texts.load(language);
    this.speaker.language = language;
    this.texts.apply(document);
  }
}

new App().start();
