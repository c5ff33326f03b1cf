/** Settings and voice: the same choices on the welcome screen and in the dialog. */

import { byId, element, write } from "./dom.js";

export class Settings {
  constructor(app) {
    this.app = app;
    this.dialog = byId("settings");
    this.mute = byId("mute");
    byId("open-settings").addEventListener("click", () => this.dialog.showModal());
    byId("open-help").addEventListener("click", () => byId("help").showModal());
    this.mute.addEventListener("click", () => this.toggleMute());
    for (const button of document.querySelectorAll("dialog .close")) button.addEventListener("click", () => button.closest("dialog").close());
    for (const button of document.querySelectorAll(".try-voice")) button.addEventListener("click", () => this.#tryVoice());
    for (const picker of document.querySelectorAll(".voice-picker")) picker.addEventListener("change", () => this.#chooseVoice(picker.value));
    for (const picker of [byId("language"), byId("settings-language")]) picker.addEventListener("change", () => app.chooseLanguage(picker.value));
    for (const tick of document.querySelectorAll(".store-video")) tick.addEventListener("change", () => app.connection.send({ type: "store_video", on: tick.checked }));
    this.#bind("volume", "volume", "value", Number);
    this.#bind("rate", "rate", "value", Number);
    this.#bind("counts-aloud", "countsAloud", "checked", Boolean);
    this.#bind("show-skeleton", "showsSkeleton", "checked", Boolean);
    this.#bind("show-meter", "showsMeter", "checked", Boolean);
    app.speaker.onVoices(() => this.showVoices());
  }

  /** Fill in what depends on the language and on the server. */
  render() {
    const { state, texts } = this.app;
    for (const picker of [byId("language"), byId("settings-language")]) {
      picker.replaceChildren(...state.languages.map(({ code, name }) => element("option", { value: code, text: name, lang: code, selected: code === texts.language })));
    }
    byId("video-field").hidden = !state.can_store_video;
    this.showVoices();
    this.#showMute();
  }

  showVoices() {
    if (!this.app.texts) return; // voices may come before the texts
    const { speaker, texts } = this.app;
    const voices = speaker.voices;
    for (const picker of document.querySelectorAll(".voice-picker")) {
      picker.replaceChildren(...voices.map((voice) => element("option", { value: voice.name, text: voice.name, selected: voice === speaker.voice })));
      picker.closest("label").hidden = !voices.length;
    }
    for (const note of document.querySelectorAll(".voice-note")) {
      note.hidden = voices.length > 0;
      write(note, voices.length ? "" : texts.say("settings.no_local_voice"));
    }
  }

  toggleMute() {
    const { preferences, speaker } = this.app;
    preferences.set("isMuted", !preferences.get("isMuted"));
    if (preferences.get("isMuted")) speaker.hush();
    this.#showMute();
  }

  #showMute() {
    const isMuted = this.app.preferences.get("isMuted");
    this.mute.setAttribute("aria-pressed", String(isMuted));
    write(this.mute.querySelector(".tool-word"), this.app.texts.say(isMuted ? "settings.unmute" : "settings.mute"));
  }

  #tryVoice() {
    this.app.speaker.hush();
    this.app.speaker.say(this.app.texts.say("settings.voice_sample"), "praise");
  }

  #chooseVoice(name) {
    this.app.preferences.set("voice", name);
    this.showVoices();
    this.#tryVoice();
  }

  #bind(id, name, property, parse) {
    const field = byId(id);
    field[property] = this.app.preferences.get(name);
    field.addEventListener("change", () => {
      this.app.preferences.set(name, parse(field[property]));
      this.app.applyPreferences();
    });
  }
}
