"""Every performance by name: of the sample clips, on the floor, and with the arms raised."""

from collections.abc import Callable

from formcheck.landmarks import Side
from formcheck.simulation.exercises.floor import (
    bridge_rest_tilt,
    bridge_tilt,
    cat_cow,
    front_plank,
    glute_bridge,
    plank_values,
)
from formcheck.simulation.exercises.upright import seated_rotation, sit_to_stand, squat
from formcheck.simulation.floor_repertoire import FLOOR_REPERTOIRE
from formcheck.simulation.motion import Motion
from formcheck.simulation.performance import (
    FaultSpan,
    Performance,
    Script,
    Sway,
    Tempo,
    Values,
    of_repetitions,
)
from formcheck.simulation.skeleton import Skeleton
from formcheck.simulation.upright_repertoire import UPRIGHT_REPERTOIRE

FLOOR_SWAY_DEG = 0.25
UPRIGHT_SWAY_DEG = 0.6


def bridges(skeleton: Skeleton, seed: int) -> Performance:
    """Return four bridges, the third of them too low."""
    script = Script({"tilt": bridge_rest_tilt(skeleton)}, seed)
    for hip_deg in (174.0, 172.0, 145.0, 175.0):
        fault = "not_high_enough" if hip_deg < 150 else ""
        top = {"tilt": bridge_tilt(skeleton, hip_deg)}
        script.repetition(top, Tempo(1.1, 0.45, 1.7, 0.2), fault=fault)
    return of_repetitions("glute_bridge", glute_bridge, script, Sway(FLOOR_SWAY_DEG, seed))


def plank(skeleton: Skeleton, seed: int) -> Performance:
    """Return a plank that is straight for eight seconds and sags for the last three."""
    straight, sagging = plank_values(skeleton, 178.0), plank_values(skeleton, 201.0)
    script = Script(straight, seed)
    script.stay(7.2)
    sinking_s = script.now_s
    script.move(sagging, 0.8)
    script.stay(3.2)
    motion = Motion(tuple(script.keyframes))
    # The sag is a fault from where it passes 15 degrees.
    limit = plank_values(skeleton, 195.0)["drop"]
    begins_s = _passes(motion, "drop", limit, sinking_s)
    return Performance(
        "front_plank",
        front_plank,
        motion,
        Sway(FLOOR_SWAY_DEG, seed),
        holds_s=((0.0, begins_s),),
        faults=(FaultSpan("hips_sag", begins_s, motion.end_s),),
    )


def _passes(motion: Motion, name: str, limit: float, from_s: float) -> float:
    time_s = from_s
    while motion.at(time_s)[name] < limit:
        time_s += 0.001
    return round(time_s, 3)


def chair_stands(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return four times standing up from a chair and sitting down again."""
    script = Script({"rise": 0.0}, seed)
    for _ in range(4):
        script.repetition({"rise": 1.0}, Tempo(1.35, 0.3, 1.75, 0.1))
    sway = Sway(UPRIGHT_SWAY_DEG, seed)
    return of_repetitions("sit_to_stand", sit_to_stand, script, sway)


def squats(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return four squats, the last of them too shallow."""
    script = Script({"knee": 4.0, "arms": 12.0}, seed)
    for knee_deg in (99.0, 102.0, 97.0, 46.0):
        fault = "not_deep_enough" if knee_deg < 60 else ""
        low: Values = {"knee": knee_deg, "arms": 12 + 0.8 * knee_deg}
        script.repetition(low, Tempo(1.45, 0.2, 1.3, 0.35), fault=fault)
    return of_repetitions("sit_to_stand", squat, script, Sway(UPRIGHT_SWAY_DEG, seed), "squat")


def cats_and_cows(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return three cycles from the hollow back to the round one and back."""
    script = Script({"round": 0.0}, seed)
    script.move({"round": -1.0}, 1.2)
    script.rest = {"round": -1.0}
    for _ in range(3):
        script.repetition({"round": 1.0}, Tempo(1.75, 0.1, 1.75, 0.1))
    script.move({"round": 0.0}, 1.1)
    return of_repetitions("cat_cow", cat_cow, script, Sway(FLOOR_SWAY_DEG, seed))


def seated_turns(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return two turns to each side."""
    script = Script({"turn": 0.0}, seed)
    for side in (Side.LEFT, Side.RIGHT, Side.LEFT, Side.RIGHT):
        turn = script.varied(42.0) * (1 if side is Side.LEFT else -1)
        script.repetition({"turn": turn}, Tempo(1.3, 0.5, 1.3, 0.3), side=side)
    sway = Sway(UPRIGHT_SWAY_DEG, seed)
    return of_repetitions("seated_thoracic_rotation", seated_rotation, script, sway)


REPERTOIRE: dict[str, Callable[[Skeleton, int], Performance]] = (
    {
        "glute_bridge": bridges,
        "front_plank": plank,
        "sit_to_stand": chair_stands,
        "squat": squats,
        "cat_cow": cats_and_cows,
        "seated_thoracic_rotation": seated_turns,
    }
    | FLOOR_REPERTOIRE
    | UPRIGHT_REPERTOIRE
)
