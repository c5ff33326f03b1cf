/** Short sounds, told apart without words: for counts, and where there is no voice of this computer. */

const SHAPES = {
  count: [[880, 0.09]],
  form: [[392, 0.16], [330, 0.22]],
  praise: [[660, 0.1], [880, 0.16]],
  safety: [[220, 0.35], [220, 0.35]],
  stop: [[165, 0.9]],
};
const GAP_S = 0.05;

export class Tones {
  constructor() {
    this.context = null;
  }

  /** Browsers allow sound only after a touch or a key: call this from one. */
  wake() {
    this.context ??= new AudioContext();
    if (this.context.state === "suspended") this.context.resume();
  }

  play(kind, volume) {
    if (!this.context || volume <= 0) return;
    let at = this.context.currentTime;
    for (const [pitch, length] of SHAPES[kind] ?? SHAPES.form) {
      this.#note(pitch, at, length, volume);
      at += length + GAP_S;
    }
  }

  #note(pitch, at, length, volume) {
    const source = this.context.createOscillator();
    const loudness = this.context.createGain();
    source.frequency.value = pitch;
    loudness.gain.setValueAtTime(0, at);
    loudness.gain.linearRampToValueAtTime(0.35 * volume, at + 0.015); // no click
    loudness.gain.setValueAtTime(0.35 * volume, at + length - 0.03);
    loudness.gain.linearRampToValueAtTime(0, at + length);
    source.connect(loudness).connect(this.context.destination);
    source.start(at);
    source.stop(at + length);
  }
}
