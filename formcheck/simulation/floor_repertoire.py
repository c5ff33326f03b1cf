"""The performances on the floor beyond the sample clips: lying, on all fours and on the hands."""

from collections.abc import Callable

from formcheck.landmarks import Side
from formcheck.simulation.exercises.on_hands import (
    bird_dog,
    downward_dog,
    plank_shoulder_deg,
    push_up,
    push_up_values,
)
from formcheck.simulation.exercises.prone import (
    LETTERS,
    letter,
    press_up,
    press_up_bend,
    sphinx,
    sphinx_bend,
    superman,
)
from formcheck.simulation.exercises.supine import dead_bug, heel_slide
from formcheck.simulation.performance import (
    FaultSpan,
    Performance,
    PostureOf,
    Script,
    Sway,
    Tempo,
    Values,
    of_repetitions,
)
from formcheck.simulation.skeleton import Skeleton

SWAY_DEG = 0.25
BOTH = (Side.LEFT, Side.RIGHT)


def _done(
    exercise: str, posture_of: PostureOf, script: Script, seed: int, variant: str = ""
) -> Performance:
    return of_repetitions(exercise, posture_of, script, Sway(SWAY_DEG, seed), variant)


def _limbs(arm: Side | None = None, leg: Side | None = None, reach: float = 1.0) -> Values:
    """Return the shares of four limbs with one arm and one leg moved."""
    shares = {f"{side}_{limb}": 0.0 for side in Side for limb in ("arm", "leg")}
    if arm is not None and leg is not None:
        shares |= {f"{arm}_arm": reach, f"{leg}_leg": reach}
    return shares


def bird_dogs(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return two bird-dogs with each arm, the third of the four with its leg too low."""
    script = Script(_limbs() | {"droop": 0.0}, seed)
    for count, arm in enumerate(BOTH * 2):
        reached = _limbs(arm, arm.opposite, script.varied(0.98))
        fault = "leg_low" if count == 2 else ""
        reached["droop"] = 25.0 if fault else 0.0
        script.repetition(reached, Tempo(1.5, 0.8, 1.5, 0.4), side=arm, fault=fault)
    return _done("bird_dog", bird_dog, script, seed)


def dead_bugs(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return two dead bugs with each leg; in the third of the four the other leg sinks."""
    script = Script(_limbs() | {"head": 0.0}, seed)
    for count, leg in enumerate(BOTH * 2):
        reached = _limbs(leg.opposite, leg, script.varied(0.97)) | {"head": 0.0}
        fault = "other_leg_drifts" if count == 2 else ""
        if fault:
            reached[f"{leg.opposite}_leg"] = 0.42
        script.repetition(reached, Tempo(1.9, 0.4, 1.7, 0.4), side=leg, fault=fault)
    return _done("dead_bug", dead_bug, script, seed)


def heel_slides(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return two slides of each heel; in the last of the four the heel is off the floor."""
    rest = {f"{side}{what}": value for side in Side for what, value in (("", 78.0), ("_lift", 0.0))}
    script = Script(rest, seed)
    for count, side in enumerate(BOTH * 2):
        out = rest | {str(side): script.varied(168.0)}
        fault = "heel_lifts" if count == 3 else ""
        if fault:
            out[f"{side}_lift"] = 0.16
        script.repetition(out, Tempo(1.9, 0.4, 1.8, 0.4), side=side, fault=fault)
    return _done("heel_slide", heel_slide, script, seed)


def press_ups(skeleton: Skeleton, seed: int) -> Performance:
    """Return four press-ups; in the last of them the hips leave the floor."""
    script = Script({"bend": 0.0, "hips": 0.0}, seed)
    for count in range(4):
        fault = "hips_lift" if count == 3 else ""
        bend = press_up_bend(skeleton, script.varied(40.0, 0.04))
        up = {"bend": bend, "hips": 0.13 if fault else 0.0}
        script.repetition(up, Tempo(1.4, 0.5, 1.5, 0.4), fault=fault)
    return _done("prone_press_up", press_up, script, seed)


def _held(posture_of: PostureOf, up: Values, seed: int) -> Performance:
    script = Script(dict.fromkeys(up, 0.0), seed)
    script.move(up, 1.6)
    begins_s = script.now_s
    script.stay(8.0)
    ends_s = script.now_s
    script.move(dict.fromkeys(up, 0.0), 1.6)
    motion = script.motion()
    holds = ((begins_s, ends_s),)
    return Performance("prone_press_up", posture_of, motion, Sway(SWAY_DEG, seed), holds_s=holds)


def sphinx_hold(skeleton: Skeleton, seed: int) -> Performance:
    """Return eight seconds propped on the forearms."""
    return _held(sphinx, {"bend": sphinx_bend(skeleton)}, seed)


def cobra_hold(skeleton: Skeleton, seed: int) -> Performance:
    """Return eight seconds pushed up on the hands."""
    return _held(press_up, {"bend": press_up_bend(skeleton, 36.0), "hips": 0.0}, seed)


def _trunk_lifts(skeleton: Skeleton, overhead: float, seed: int) -> Performance:
    """Return three lifts and a fourth one that is too high."""
    script = Script({"bend": 0.0, "legs": 0.0, "arms": 0.0, "overhead": overhead}, seed)
    for count in range(4):
        fault = "too_high" if count == 3 else ""
        pitch = 31.0 if fault else script.varied(13.0, 0.06)
        up = {
            "bend": press_up_bend(skeleton, pitch),
            "legs": 11.0 * overhead,
            "arms": 16.0 + (6.0 * overhead),
            "overhead": overhead,
        }
        script.repetition(up, Tempo(1.4, 0.8, 1.4, 0.5), fault=fault)
    return _done("superman", superman, script, seed)


def chest_lifts(skeleton: Skeleton, seed: int) -> Performance:
    """Return lifts of the chest with the arms beside the body, the last too high."""
    return _trunk_lifts(skeleton, 0.0, seed)


def supermans(skeleton: Skeleton, seed: int) -> Performance:
    """Return lifts of chest, arms and legs, the last too high."""
    return _trunk_lifts(skeleton, 1.0, seed)


def _letters(name: str, seed: int) -> Performance:
    """Return four lifts of the arms; in the last the chest comes up as well."""
    direction, elbow = LETTERS[name]
    rest = {"direction": direction, "elbow": elbow, "lift": 0.0, "bend": 0.0}
    script = Script(rest, seed)
    for count in range(4):
        fault = "chest_lifts" if count == 3 else ""
        lift = 0.30 if fault else script.varied(0.18, 0.05)
        up = rest | {"lift": lift, "bend": 24.0 if fault else 0.0}
        script.repetition(up, Tempo(1.2, 0.8, 1.2, 0.4), fault=fault)
    return _done("prone_ytw", letter, script, seed)


def prone_y(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return lifts of arms that lie like a Y."""
    return _letters("Y", seed)


def prone_t(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return lifts of arms that lie like a T."""
    return _letters("T", seed)


def prone_w(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return lifts of arms that lie like a W."""
    return _letters("W", seed)


def push_ups(skeleton: Skeleton, seed: int) -> Performance:
    """Return four push-ups that end with a rounded upper back; in the third the hips sag."""
    script = Script(push_up_values(skeleton, 5.0, plus_deg=6.0), seed)
    for count in range(4):
        fault = "hips_sag" if count == 2 else ""
        low = push_up_values(skeleton, script.varied(75.0), 202.0 if fault else 178.0)
        script.repetition(low, Tempo(1.4, 0.2, 1.3, 0.5), fault=fault)
    return _done("push_up_plus", push_up, script, seed)


def scapular_push_ups(skeleton: Skeleton, seed: int) -> Performance:
    """Return four roundings of the upper back on straight arms."""
    script = Script(push_up_values(skeleton, 5.0, plus_deg=-6.0), seed)
    for _ in range(4):
        rounded = push_up_values(skeleton, 5.0, plus_deg=12.0)
        script.repetition(rounded, Tempo(1.1, 0.6, 1.1, 0.4))
    return _done("push_up_plus", push_up, script, seed, "scapular_push_up")


def downward_dogs(skeleton: Skeleton, seed: int) -> Performance:
    """Return two holds from a plank; in the second, arms and trunk are far from one line."""
    plank = {"shoulder": plank_shoulder_deg(skeleton), "heel": 80.0}
    script = Script(plank, seed)
    holds, faults = [], []
    for seconds, shoulder in ((7.0, 166.0), (5.0, 134.0)):
        script.move({"shoulder": shoulder, "heel": 32.0}, 1.8)
        begins_s = script.now_s
        script.stay(seconds)
        holds.append((begins_s, script.now_s))
        if shoulder < 150:
            faults.append(FaultSpan("shoulders_closed", begins_s, script.now_s))
        script.move(plank, 1.8)
        script.stay(0.8)
    return Performance(
        "yoga_downward_dog",
        downward_dog,
        script.motion(),
        Sway(SWAY_DEG, seed),
        holds_s=tuple(holds),
        faults=tuple(faults),
    )


FLOOR_REPERTOIRE: dict[str, Callable[[Skeleton, int], Performance]] = {
    "bird_dog": bird_dogs,
    "dead_bug": dead_bugs,
    "heel_slide": heel_slides,
    "prone_press_up": press_ups,
    "prone_press_up_sphinx": sphinx_hold,
    "prone_press_up_cobra": cobra_hold,
    "superman": chest_lifts,
    "superman_full": supermans,
    "prone_ytw_y": prone_y,
    "prone_ytw_t": prone_t,
    "prone_ytw_w": prone_w,
    "push_up_plus": push_ups,
    "push_up_plus_scapular": scapular_push_ups,
    "yoga_downward_dog": downward_dogs,
}
