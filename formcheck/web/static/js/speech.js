/**
 * Say the cues, one at a time, with voices of this computer only.
 *
 * A browser's other voices send the text to a server, so they are never used: without a local
 * voice there are tones and captions. Stop and safety interrupt; a count never waits: while
 * something is being said, or is to be said at the same time, it is ticked by a short tone.
 */

const PRIORITY = { stop: 0, safety: 1, form: 2, count: 3, praise: 4, guide: 5 };
const WAITS_MS = 2500; // a correction that could not be said by then is out of date

export class Speaker {
  /**
   * @param {import("./preferences.js").Preferences} preferences
   * @param {import("./tones.js").Tones} tones
   * @param {SpeechSynthesis} synthesis
   */
  constructor(preferences, tones, synthesis = window.speechSynthesis) {
    this.preferences = preferences;
    this.tones = tones;
    this.synthesis = synthesis;
    this.language = "en";
    this.current = null; // {kind, utterance}: browsers forget an utterance that nobody holds
    this.pending = null;
  }

  /** Voices of this computer for the language. */
  get voices() {
    const all = this.synthesis?.getVoices() ?? [];
    return all.filter((voice) => voice.localService === true && voice.lang.toLowerCase().startsWith(this.language));
  }

  get voice() {
    const voices = this.voices;
    return voices.find((voice) => voice.name === this.preferences.get("voice")) ?? voices.find((voice) => voice.default) ?? voices[0] ?? null;
  }

  /** Call back whenever the browser has found more voices: they come late. */
  onVoices(handler) {
    this.synthesis?.addEventListener?.("voiceschanged", handler);
  }

  /**
   * Say something, now, later or not at all, as the policy has it.
   * @returns {boolean} whether it is being said now
   */
  say(text, kind) {
    if (this.preferences.get("isMuted")) return false;
    const voice = this.voice;
    if (!voice) {
      if (kind !== "guide") this.tones.play(kind, this.preferences.get("volume"));
      return false;
    }
    if (kind === "count" && (this.current || !this.preferences.get("countsAloud"))) {
      if (this.current?.kind === "guide") this.hush();
      else {
        this.tick();
        return false;
      }
    }
    if (this.current) {
      const interrupts = PRIORITY[kind] <= PRIORITY.safety || this.current.kind === "guide";
      if (!interrupts) return this.#wait(text, kind);
      this.hush();
    }
    this.#speak(text, kind, voice);
    return true;
  }

  /** Whether instructions are being read out. */
  get isTelling() {
    return this.current?.kind === "guide";
  }

  /** A repetition is heard at once, whatever else is said of it: a short tone. */
  tick() {
    if (!this.preferences.get("isMuted")) this.tones.play("count", this.preferences.get("volume"));
  }

  /** Be quiet at once. */
  hush() {
    const current = this.current;
    this.current = this.pending = null;
    if (current) clearTimeout(current.watchdog);
    this.synthesis?.cancel();
  }

  #wait(text, kind) {
    if (PRIORITY[kind] > PRIORITY.form) return false; // praise that comes late is confusing
    if (!this.pending || PRIORITY[kind] <= PRIORITY[this.pending.kind]) this.pending = { text, kind, at: performance.now() };
    return false;
  }

  #speak(text, kind, voice) {
    const utterance = new SpeechSynthesisUtterance(text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = this.preferences.get("rate");
    utterance.volume = this.preferences.get("volume");
    const current = { kind, utterance, watchdog: 0 };
    utterance.onend = utterance.onerror = () => this.#done(current);
    // Some engines never say that they have ended.
    current.watchdog = setTimeout(() => this.#done(current), 3000 + (110 * text.length) / utterance.rate);
    this.current = current;
    this.synthesis.speak(utterance);
  }

  #done(which) {
    clearTimeout(which.watchdog);
    if (this.current !== which) return; // it was interrupted
    this.current = null;
    const next = this.pending;
    this.pending = null;
    if (next && performance.now() - next.at < WAITS_MS) this.say(next.text, next.kind);
  }
}
