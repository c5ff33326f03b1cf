"""People who sit and turn, before cameras that stand in front or somewhat beside: scenes by chance.

What is measured on them is how well a camera sees the turn of the trunk, so that is drawn evenly:
everybody turns to both sides through every range from 10 to 70 degrees, with the arms crossed,
held out to the sides, or on the knee and behind as in a seated twist. Pelvis, head and trunk do
what they please beside it. The turn is that of the chest against the pelvis.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from formcheck.exercises.motion import Moment, Motion, Pace
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.crowd import drawn_outfit, drawn_room, drawn_shape
from formcheck.simulation.plan import Attempt, Manner, Plan
from formcheck.simulation.rendering.light import LIGHTS
from formcheck.simulation.scene import Scene
from formcheck.simulation.timing import Timing

EXERCISE, VARIANT = "seated_thoracic_rotation", "seated"
ARMS = ("crossed", "wide", "twist")
AZIMUTHS_DEG = (0.0, 15.0, -15.0, 30.0, -30.0)
"""Of the camera, on the person's left; each is varied a little."""
CAMERA_HEIGHTS_M = (0.6, 1.6)
FURTHEST_DEG = 70.0
_RANGES_DEG = (10, 20, 30, 40, 50, 60, FURTHEST_DEG)
_SPREAD_DEG = 4.0
_SIZE_PX, _FPS = (480, 360), 12
_PACE = Pace(out_s=1.2, hold_s=0.4, back_s=1.2, rest_s=0.3)
_LUMBAR_SHARE = 0.2


@dataclass(frozen=True, slots=True)
class Turner:
    """A scene with the exercise as this person does it.

    Attributes
    ----------
    person
        Number of the person: several clips show the same one.
    arms
        One of ``ARMS``.
    """

    person: int
    arms: str
    scene: Scene
    exercise: Exercise

    @property
    def facts(self) -> dict[str, object]:
        """What its label says beside what every label does."""
        return {
            "person": self.person,
            "arms": self.arms,
            "azimuth_deg": self.scene.viewpoint.azimuth_deg,
            "camera_height_m": self.scene.viewpoint.height_m,
        }


def turners(exercise: Exercise, n_people: int, seed: int = 0) -> Iterator[Turner]:
    """Yield the clips of so many people, one for each way to hold the arms."""
    for person in range(n_people):
        rng = np.random.default_rng([seed, person])
        shape, outfit = drawn_shape(rng), drawn_outfit(rng)
        ranges = {side: iter(rng.permutation(len(_RANGES_DEG) - 1).tolist()) for side in Side}
        for number, arms in enumerate(ARMS):
            azimuth_deg = AZIMUTHS_DEG[(person + 2 * number) % len(AZIMUTHS_DEG)]
            azimuth_deg += float(rng.uniform(-_SPREAD_DEG, _SPREAD_DEG))
            height_m = float(rng.uniform(*CAMERA_HEIGHTS_M))
            sides = (Side.LEFT, Side.RIGHT) if rng.random() < 0.5 else (Side.RIGHT, Side.LEFT)
            attempts = tuple(
                Attempt(side=side, reach=_drawn_deg(next(ranges[side]), rng) / FURTHEST_DEG)
                for side in sides * 2
            )
            motion = _motion(exercise, arms, rng)
            scene = Scene(
                name=f"{person:02d}_{arms}",
                exercise=EXERCISE,
                variant=VARIANT,
                plan=Plan(attempts, quiet_s=0.8),
                manner=Manner(varies=0.02, sway_deg=0.5),
                shape=shape,
                outfit=outfit,
                room=drawn_room(rng, matted=False),
                light=LIGHTS[str(rng.choice(sorted(LIGHTS)))],
                view="front" if abs(azimuth_deg) < 25 else "oblique",
                orientation=motion.posture,
                viewpoint=Viewpoint(round(azimuth_deg, 1), round(height_m, 2), *_SIZE_PX),
                remarks=f"arms {arms}",
                chair=(0.42, 0.36, 0.30),
                timing=Timing(_FPS),
                seed=int(rng.integers(2**31)),
            )
            yield Turner(person, arms, scene, exercise.model_copy(update={"motion": (motion,)}))


def _drawn_deg(which: int, rng: np.random.Generator) -> float:
    return float(rng.uniform(_RANGES_DEG[which], _RANGES_DEG[which + 1]))


def _motion(exercise: Exercise, arms: str, rng: np.random.Generator) -> Motion:
    """Return how somebody turns as far as anybody does; a share of it is what is asked."""
    known = {motion.variant: motion for motion in exercise.motion}
    crossed, twist = known[VARIANT], known["held"]
    resting: dict[str, float] = {
        "lumbar_flexion": float(rng.uniform(-4, 10)),
        "thorax_flexion": float(rng.uniform(-4, 12)),
        "pelvis_heading": 0.0,
    }
    # Half of them keep the pelvis where it is, the others take it along.
    pelvis_deg = float(rng.uniform(5, 30)) if rng.random() < 0.5 else 0.0
    turned = {
        "thorax_turn": FURTHEST_DEG * (1 - _LUMBAR_SHARE),
        "lumbar_turn": FURTHEST_DEG * _LUMBAR_SHARE,
        "thorax_bend": float(rng.uniform(-8, 8)),
        "neck_turn": float(rng.uniform(-50, 40)),
        "pelvis_heading": pelvis_deg,
    }
    posture, at_rest, at_effort = crossed.posture, crossed.rest.angles, dict[str, float]()
    if arms == "twist":
        posture, at_rest, at_effort = twist.posture, twist.rest.angles, twist.effort.angles
    elif arms == "wide":
        posture = twist.posture
        at_rest = {"both_shoulder_abduction": 84.0, "both_elbow_flexion": 8.0}
    return Motion(
        variant=VARIANT,
        posture=posture,
        sides="turns",
        rest=Moment(angles=at_rest | resting),
        effort=Moment(angles=at_effort | turned, slides=("both_foot",) if pelvis_deg else ()),
        pace=_PACE,
    )
