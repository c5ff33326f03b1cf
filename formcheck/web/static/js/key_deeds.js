/** What a key does, at the stage and on the screen at hand; which key wishes what: keys.js. */

import { byId } from "./dom.js";

export class KeyDeeds {
  #app;

  /** @param app the page, with its screens and the stage that the server said last */
  constructor(app) {
    this.#app = app;
  }

  /** @returns {boolean} whether it did something */
  do(wish) {
    const app = this.#app;
    if (wish === "mute") app.settings.toggleMute();
    else if (wish === "help") byId("help").showModal();
    else if (wish === "meter") {
      app.preferences.set("showsMeter", !app.preferences.get("showsMeter"));
      app.applyPreferences();
    } else if (/^[0-9]$/.test(wish)) return this.#rate(Number(wish));
    else return this.#stageKey(wish);
    return true;
  }

  /** A number says how much it hurts, where that is asked. */
  #rate(rating) {
    const { screen, screens: { question, live } } = this.#app;
    if (screen === question) return question.rate(rating);
    return screen === live && live.panel?.rate?.(rating) === true;
  }

  #stageKey(wish) {
    const app = this.#app;
    const stage = app.stage?.stage;
    const buttons = [...app.screen.root.querySelectorAll(".actions button")];
    if (wish === "forward" && app.screen === app.screens.welcome) app.screens.welcome.forward.click();
    else if (wish === "forward") (buttons.includes(document.activeElement) && stage === "paused" ? document.activeElement : buttons[0])?.click();
    else if (wish === "back" && stage === "exercising") app.command("pause");
    else if (wish === "back" && buttons.length) buttons[(buttons.indexOf(document.activeElement) + 1) % buttons.length].focus();
    else if (wish === "stop" && ["welcome", "summary", "ended", undefined].includes(stage)) return false;
    else if (wish === "stop" || ["hurts", "too_hard", "skip_set"].includes(wish)) app.command(wish);
    else return false;
    return true;
  }
}
