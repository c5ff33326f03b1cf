/** The large buttons of each stage: what they do, say and look like. */

import { element, icon } from "./dom.js";

const STOP = { command: "stop", key: "button.stop", icon: "stop", look: "stop" };
const HURTS = { command: "hurts", key: "button.hurts", icon: "hurts", look: "hurts" };
const SKIP_EXERCISE = { command: "skip_exercise", key: "button.skip_exercise", icon: "skip" };
const SKIP_STOPPED = { command: "skip_exercise", key: "paused.stop_skip", icon: "skip" };
const CALIBRATE = { command: "calibrate", key: "button.calibrate", icon: "again" };
const GO_ON = { command: "resume", key: "button.resume", icon: "go", look: "primary" };

const OF_STAGE = {
  demonstration: [{ command: "next", key: "demonstration.next", icon: "go", look: "primary" }, { ...SKIP_EXERCISE }, STOP],
  placement: [{ command: "next", key: "placement.go_on_anyway", icon: "go" }, SKIP_EXERCISE, STOP],
  calibrating: [{ command: "next", key: "calibrating.without", icon: "go" }, { command: "pause", key: "button.pause", icon: "pause" }, HURTS, SKIP_EXERCISE, STOP],
  start: [{ command: "next", key: "start.begin", icon: "go", look: "primary" }, { command: "restart_placement", key: "button.restart_placement", icon: "camera" }, SKIP_EXERCISE, STOP],
  exercising: [
    { command: "pause", key: "button.pause", icon: "pause", look: "primary" },
    { command: "too_hard", key: "button.too_hard", icon: "down" },
    HURTS,
    { command: "skip_set", key: "button.skip_set", icon: "skip" },
    STOP,
  ],
  rest: [{ command: "next", key: "rest.go_on_now", icon: "go", look: "primary" }, HURTS, SKIP_EXERCISE, STOP],
};

const OF_PAUSE = {
  asked: [GO_ON, HURTS, { command: "skip_set", key: "button.skip_set", icon: "skip" }, SKIP_EXERCISE, STOP],
  left_position: [GO_ON, HURTS, { command: "skip_set", key: "button.skip_set", icon: "skip" }, STOP],
  out_of_view: [GO_ON, { command: "restart_placement", key: "button.restart_placement", icon: "camera" }, HURTS, STOP],
  down_unexpectedly: [{ ...GO_ON, key: "paused.all_right" }, HURTS, STOP],
  hurts: [{ ...STOP, key: "paused.hurts_stop" }, SKIP_EXERCISE, { ...GO_ON, key: "paused.hurts_gently", look: "" }],
  stop_rule: [GO_ON, HURTS, STOP],
  too_hard: [{ command: "keep", key: "button.keep", icon: "go" }, HURTS, { command: "skip_set", key: "button.skip_set", icon: "skip" }, STOP],
};

/** What may be chosen at a stage; easier exercises that are offered come first. */
export function choicesOf(stage) {
  if (stage.stage === "start" && stage.can_calibrate) return OF_STAGE.start.toSpliced(2, 0, CALIBRATE);
  if (stage.stage !== "paused") return OF_STAGE[stage.stage] ?? [];
  const easier = (stage.offered ?? []).map((exercise) => ({ command: "easier", exercise, icon: "down", look: "primary" }));
  if (stage.is_stopped) return [...easier, SKIP_STOPPED, HURTS, STOP];
  const usual = OF_PAUSE[stage.pause_reason] ?? OF_PAUSE.asked;
  return stage.pause_reason === "hurts" ? [usual[0], ...easier.map((one) => ({ ...one, look: "" })), ...usual.slice(1)] : [...easier, ...usual];
}

/** Fill a nav with buttons; the first one is what most people want. */
export function showActions(nav, choices, texts, onChoice) {
  const nameOf = (choice) => (choice.exercise ? texts.say("button.easier_named", { exercise: texts.exercise(choice.exercise).name }) : texts.say(choice.key, choice.values));
  nav.replaceChildren(
    ...choices.map((choice) =>
      element(
        "button",
        { type: "button", class: `action ${choice.look ?? ""}`.trim(), "data-command": choice.command ?? null, onclick: () => onChoice(choice) },
        choice.icon ? icon(choice.icon) : null,
        element("span", { text: nameOf(choice) }),
      ),
    ),
  );
}
