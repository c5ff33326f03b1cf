/** Record a demonstration with the camera of this computer: it is sent as a video when it ends. */

import { byId, write } from "../dom.js";

const KINDS = ["video/webm;codecs=vp9", "video/webm;codecs=vp8", "video/webm", "video/mp4"];
const WAIT_S = 5;
const LONGEST_MS = 10 * 60 * 1000;

export class MakerCamera {
  /** @param onRecorded called with what was recorded; onTrouble with why nothing could be */
  constructor(onRecorded, onTrouble) {
    this.onRecorded = onRecorded;
    this.onTrouble = onTrouble;
    this.recorder = null;
    this.button = byId("record");
    this.button.addEventListener("click", () => (this.stream ? this.stop() : this.start()));
  }

  async start() {
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, frameRate: { ideal: 30 } } });
    } catch {
      this.onTrouble("The camera cannot be opened: allow it in the browser, and close other programs that use it.");
      return;
    }
    const mirror = byId("mirror");
    mirror.srcObject = this.stream;
    mirror.hidden = false;
    mirror.play();
    this.button.setAttribute("aria-pressed", "true");
    this.#countDown(WAIT_S);
  }

  /** Time to walk into the picture and be still: rest is where a demonstration begins. */
  #countDown(seconds) {
    write(this.button, seconds ? `Begins in ${seconds} s. Stop` : "Stop and use it");
    write(byId("status"), seconds ? `The recording begins in ${seconds} seconds.` : "Recording.");
    if (seconds) this.timer = setTimeout(() => this.#countDown(seconds - 1), 1000);
    else this.#record();
  }

  #record() {
    const parts = [];
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    this.recorder = new MediaRecorder(this.stream, { mimeType });
    this.recorder.addEventListener("dataavailable", ({ data }) => parts.push(data));
    this.recorder.addEventListener("stop", () => this.onRecorded(new Blob(parts, { type: mimeType })));
    this.recorder.start(1000);
    this.timer = setTimeout(() => this.stop(), LONGEST_MS);
  }

  stop() {
    clearTimeout(this.timer);
    if (this.recorder) this.recorder.stop();
    for (const track of this.stream.getTracks()) track.stop();
    this.stream = this.recorder = null;
    byId("mirror").hidden = true;
    this.button.setAttribute("aria-pressed", "false");
    write(this.button, "Record with this camera");
  }
}
