/**
 * The camera: chosen by name, shown at full rate, its newest picture encoded for the server.
 *
 * The picture is taken inside requestVideoFrameCallback: later, the video would already show
 * another one than the time stamp belongs to. One encoded picture waits behind the one that is on
 * its way; an older one is replaced, never queued.
 */

const LONG_SIDE_PX = 640;
const QUALITY = 0.7;
const STALLED_MS = 6000;

/** Why there is no picture, in the words of the text keys `camera.KIND`. */
export class CameraTrouble extends Error {
  constructor(kind) {
    super(`camera: ${kind}`);
    this.kind = kind;
  }
}

// As large as what is sent, as it comes from the sensor: a browser may cut to a size that is asked for.
const WISH = { width: { ideal: LONG_SIDE_PX }, frameRate: { ideal: 30, max: 30 }, resizeMode: { ideal: "none" } };
const SHAPE_WITHIN = 0.02;

const KINDS = {
  NotAllowedError: "refused",
  SecurityError: "refused",
  NotFoundError: "missing",
  OverconstrainedError: "missing",
  NotReadableError: "busy",
  AbortError: "busy",
};

export class Camera {
  /**
   * @param {HTMLVideoElement} video shows the picture
   * @param {{isWanted: Function, onPicture: Function, onTrouble: Function}} handlers
   */
  constructor(video, handlers) {
    this.video = video;
    this.handlers = handlers;
    this.canvas = document.createElement("canvas");
    this.pen = this.canvas.getContext("2d", { alpha: false, willReadFrequently: true });
    this.track = null;
    this.callback = 0;
    this.isEncoding = false;
    this.ready = null;
    this.lastPictureAt = 0;
    setInterval(() => this.#checkStalled(), 1000);
  }

  get isOn() {
    return this.track !== null;
  }

  get name() {
    return this.track?.label ?? null;
  }

  /** The cameras of this computer; their names are empty until one was allowed. */
  static async list() {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? [];
    return devices.filter((device) => device.kind === "videoinput");
  }

  /** Open the camera with this name, or any. @throws {CameraTrouble} */
  async open(name = null) {
    if (!navigator.mediaDevices) throw new CameraTrouble("insecure");
    this.close();
    const stream = await this.#stream(name);
    [this.track] = stream.getVideoTracks();
    await showWhole(this.track);
    this.track.addEventListener("ended", () => this.#ended());
    this.video.srcObject = stream;
    await this.video.play();
    this.#fitCanvas();
    this.lastPictureAt = performance.now();
    this.callback = this.video.requestVideoFrameCallback((now, facts) => this.#onFrame(facts));
  }

  close() {
    // Without this, opening twice would run two loops.
    this.video.cancelVideoFrameCallback(this.callback);
    this.track?.stop();
    this.track = null;
    this.ready = null;
    this.video.srcObject = null;
  }

  /** The newest encoded picture, once. */
  take() {
    const picture = this.ready;
    this.ready = null;
    return picture;
  }

  async #stream(name) {
    const wish = { ...WISH };
    const device = name ? (await Camera.list()).find((known) => known.label === name) : null;
    if (device?.deviceId) wish.deviceId = { exact: device.deviceId };
    try {
      return await navigator.mediaDevices.getUserMedia({ audio: false, video: wish });
    } catch (error) {
      throw new CameraTrouble(KINDS[error.name] ?? "unusable");
    }
  }

  #fitCanvas() {
    const { videoWidth: width, videoHeight: height } = this.video;
    const scale = Math.min(1, LONG_SIDE_PX / Math.max(width, height));
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.size = [width, height];
  }

  #onFrame(facts) {
    this.callback = this.video.requestVideoFrameCallback((now, next) => this.#onFrame(next));
    this.lastPictureAt = performance.now();
    if (this.isEncoding || !this.handlers.isWanted()) return;
    if (this.size[0] !== this.video.videoWidth || this.size[1] !== this.video.videoHeight) this.#fitCanvas(); // turned
    this.isEncoding = true;
    this.pen.drawImage(this.video, 0, 0, this.canvas.width, this.canvas.height);
    const captured = facts.captureTime ?? facts.presentationTime ?? performance.now();
    this.canvas.toBlob((blob) => this.#encoded(blob, captured), "image/jpeg", QUALITY);
  }

  async #encoded(blob, captured) {
    if (blob && this.track) {
      this.ready = { jpeg: await blob.arrayBuffer(), captured };
      this.handlers.onPicture();
    }
    this.isEncoding = false;
  }

  #ended() {
    this.close();
    this.handlers.onTrouble(new CameraTrouble("lost"));
  }

  /** Some cameras stay open and send nothing: unplugged hubs, closed covers, a sleeping driver. */
  #checkStalled() {
    if (document.hidden) this.lastPictureAt = performance.now();
    if (this.track && performance.now() - this.lastPictureAt > STALLED_MS) {
      this.close();
      this.handlers.onTrouble(new CameraTrouble("no_pictures"));
    }
  }
}

/**
 * Most cameras have a wide sensor and cut its sides off for 4:3, others the other way round: the
 * shape of the largest picture shows most. A camera that does not say keeps the shape it has.
 */
async function showWhole(track) {
  const { width, height } = track.getCapabilities?.() ?? {};
  if (!width?.max || !height?.max) return;
  const shape = width.max / height.max;
  const aspectRatio = { min: shape - SHAPE_WITHIN, max: shape + SHAPE_WITHIN };
  await track.applyConstraints({ ...WISH, aspectRatio }).catch(() => {});
}
