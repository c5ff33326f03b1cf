"""Who is in the sample clips, what they do, in which room, and from where they are filmed."""

from dataclasses import dataclass, replace

from formcheck.landmarks import Side
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.rendering.body import Shape
from formcheck.simulation.rendering.light import CLOUDY, DAYLIGHT, LOW_SUN, Light
from formcheck.simulation.rendering.outfit import HairStyle, Outfit
from formcheck.simulation.rendering.room import ROOMS, Colour, Room
from formcheck.simulation.script import Attempt, Manner, Plan

STUDIO, HOME, LIVING_ROOM = ROOMS["studio"], ROOMS["bedroom"], ROOMS["living_room"]
PRACTICE, KITCHEN = ROOMS["practice"], ROOMS["kitchen"]
LEFT, RIGHT = Side.LEFT, Side.RIGHT
ORDINARY = Manner()


@dataclass(frozen=True, slots=True)
class Scene:
    """One clip to be made.

    Attributes
    ----------
    name
        Of the file.
    exercise, variant, plan, manner
        What is done, and how; an empty variant is the first one.
    shape, outfit
        The person.
    room, mat_half_m, chair
        Where: the mat's half width and length [m], and the colour of the chair, if any.
    view, orientation
        Words of the labels.
    viewpoint
        Of the camera.
    light, passes_by_s
        In which light, and when somebody walks by behind, if anybody does [s].
    fps, seed
        Frames a second; what chance does.
    remarks
        For the labels.
    """

    name: str
    exercise: str
    plan: Plan
    shape: Shape
    outfit: Outfit
    room: Room
    view: str
    orientation: str
    viewpoint: Viewpoint
    remarks: str
    variant: str = ""
    manner: Manner = ORDINARY
    mat_half_m: tuple[float, float] = (0.45, 1.05)
    chair: Colour | None = None
    light: Light = DAYLIGHT
    passes_by_s: float | None = None
    fps: int = 25
    seed: int = 1


def _times(count: int, *sides: Side, fault_at: int = -1, fault: str = "", way: float = 1.5) -> Plan:
    """Return repetitions, the sides in turn; one of them may go wrong."""
    turns = sides or (LEFT,)
    attempts = [Attempt(side=turns[index % len(turns)]) for index in range(count)]
    if fault:
        attempts[fault_at] = Attempt(fault, way, side=attempts[fault_at].side)
    return Plan(tuple(attempts))


def _held(seconds: float, fault: str = "", way: float = 1.5, side: Side = LEFT) -> Plan:
    """Return one hold; at its end something may go wrong."""
    return Plan((Attempt(fault, way, side=side),), hold_s=seconds)


_PALE, _TAN, _BROWN, _DARK = (
    (0.84, 0.66, 0.55),
    (0.80, 0.60, 0.46),
    (0.55, 0.37, 0.27),
    (0.38, 0.25, 0.18),
)
_BLACK, _CHESTNUT, _BLOND, _GREY = (
    (0.08, 0.06, 0.05),
    (0.26, 0.17, 0.11),
    (0.62, 0.48, 0.28),
    (0.66, 0.66, 0.65),
)
_NAVY, _CHARCOAL, _SAND = (0.14, 0.18, 0.28), (0.17, 0.17, 0.19), (0.52, 0.46, 0.38)
_GREEN_MAT, _PURPLE_MAT, _BLUE_MAT = (0.35, 0.50, 0.45), (0.42, 0.30, 0.45), (0.30, 0.46, 0.56)
_LONG_MAT = (0.45, 1.3)

SCENES: tuple[Scene, ...] = (
    Scene(
        "glute_bridge",
        "glute_bridge",
        _times(4, fault_at=2, fault="not_high_enough", way=1.2),
        Shape("female", old=0.15, heavy=0.1, muscular=0.1, height_m=1.66, origins=(0, 0, 1)),
        Outfit(_TAN, (0.16, 0.36, 0.62), _CHARCOAL, _BLACK),
        STUDIO.with_mat(_GREEN_MAT),
        "side",
        "supine",
        Viewpoint(82, 0.55, 640, 360),
        "one of the four lifts stays far below the line (counted or not: see repetitions_accept)",
        seed=11,
        manner=Manner(pace=0.9),
    ),
    Scene(
        "front_plank",
        "front_plank",
        _held(8.0, "hips_sag"),
        Shape("male", old=0.1, heavy=-0.2, muscular=0.4, height_m=1.8, origins=(1, 0, 0)),
        Outfit(_DARK, (0.80, 0.78, 0.74), _NAVY, _BLACK, looseness=0.4),
        LIVING_ROOM.with_mat(_PURPLE_MAT),
        "side",
        "prone_support",
        Viewpoint(88, 0.45, 640, 360),
        "on the forearms, from the knees; straight, then the hips sag",
        mat_half_m=_LONG_MAT,
        seed=12,
    ),
    Scene(
        "sit_to_stand",
        "sit_to_stand",
        _times(4),
        Shape("male", old=0.95, heavy=0.9, muscular=-0.6, height_m=1.73, origins=(0, 0, 1)),
        Outfit(
            _PALE,
            (0.38, 0.42, 0.36),
            (0.30, 0.28, 0.27),
            _GREY,
            shoes=(0.22, 0.16, 0.13),
            sleeve=1.85,
        ),
        KITCHEN,
        "side",
        "seated_to_upright",
        Viewpoint(88, 0.95),
        "from a chair, hands on the thighs",
        chair=(0.52, 0.36, 0.22),
        seed=13,
        manner=Manner(pace=0.95),
        light=CLOUDY,
    ),
    Scene(
        "squat",
        "sit_to_stand",
        _times(4, fault_at=3, fault="not_deep_enough"),
        Shape("female", old=0.3, heavy=1.0, muscular=-0.45, height_m=1.62, origins=(0.6, 0, 0.4)),
        Outfit(_BROWN, (0.70, 0.28, 0.26), (0.22, 0.22, 0.26), _BLACK, shoes=(0.85, 0.85, 0.86)),
        LIVING_ROOM,
        "oblique",
        "standing",
        Viewpoint(45, 0.85),
        "arms rise in front; the last one is too shallow (counted or not: see repetitions_accept)",
        variant="squat",
        seed=14,
        manner=Manner(pace=0.9),
        light=LOW_SUN,
    ),
    Scene(
        "cat_cow",
        "cat_cow",
        _times(3),
        Shape("female", old=0.65, heavy=-0.2, muscular=-0.1, height_m=1.6, origins=(0, 1, 0)),
        Outfit(_PALE, (0.55, 0.32, 0.50), _CHARCOAL, (0.30, 0.29, 0.29), sleeve=1.7),
        HOME.with_mat(_BLUE_MAT),
        "side",
        "quadruped",
        Viewpoint(85, 0.6, 640, 360),
        "starts and ends level; repetition_times_s are the moments with the back most round",
        mat_half_m=(0.42, 0.95),
        seed=15,
    ),
    Scene(
        "seated_thoracic_rotation",
        "seated_thoracic_rotation",
        _times(4, LEFT, RIGHT),
        Shape("male", old=0.45, heavy=0.15, muscular=0, height_m=1.76, origins=(0, 0.7, 0.3)),
        Outfit(_TAN, (0.72, 0.60, 0.28), (0.24, 0.27, 0.33), _BLACK, shoes=(0.30, 0.30, 0.32)),
        STUDIO,
        "front",
        "seated",
        Viewpoint(0, 1.1),
        "on a chair without arm rests, arms crossed on the chest",
        chair=(0.35, 0.40, 0.46),
        seed=16,
        manner=Manner(pace=0.85),
    ),
    Scene(
        "bird_dog",
        "bird_dog",
        _times(4, LEFT, RIGHT, fault_at=2, fault="leg_too_high"),
        Shape("male", old=0.35, heavy=-0.1, muscular=0.3, height_m=1.78, origins=(0, 0, 1)),
        Outfit(_PALE, (0.28, 0.45, 0.36), _CHARCOAL, _CHESTNUT, sleeve=0.55, leg=0.3),
        PRACTICE.with_mat(_BLUE_MAT),
        "side",
        "quadruped",
        Viewpoint(86, 0.6, 640, 360),
        "opposite arm and leg in turn; in the third the leg rises too high",
        mat_half_m=_LONG_MAT,
        seed=17,
        manner=Manner(pace=0.85),
        passes_by_s=6.0,
    ),
    Scene(
        "child_pose",
        "child_pose",
        _held(8.0),
        Shape("female", old=0.8, heavy=0.4, muscular=-0.3, height_m=1.58, origins=(0, 0.3, 0.7)),
        Outfit(_PALE, (0.50, 0.52, 0.62), (0.26, 0.22, 0.26), _GREY, sleeve=1.8),
        HOME.with_mat(_GREEN_MAT),
        "side",
        "kneeling",
        Viewpoint(86, 0.5, 640, 360),
        "from all fours, arms forward",
        seed=18,
        light=CLOUDY,
    ),
    Scene(
        "dead_bug",
        "dead_bug",
        _times(4, LEFT, RIGHT),
        Shape("female", old=0.2, heavy=-0.3, muscular=0.2, height_m=1.7, origins=(1, 0, 0)),
        Outfit(_DARK, (0.82, 0.70, 0.30), _NAVY, _BLACK, sleeve=0.3),
        PRACTICE.with_mat(_PURPLE_MAT),
        "side",
        "supine",
        Viewpoint(84, 0.65, 640, 360),
        "opposite arm and leg in turn",
        seed=19,
        manner=Manner(pace=0.8),
        light=CLOUDY,
    ),
    Scene(
        "heel_slide",
        "heel_slide",
        _times(4, LEFT, RIGHT, fault_at=3, fault="heel_lifts"),
        Shape("male", old=0.9, heavy=0.3, muscular=-0.4, height_m=1.7, origins=(0, 1, 0)),
        Outfit(_TAN, (0.62, 0.62, 0.60), (0.30, 0.32, 0.36), _GREY, sleeve=1.8),
        LIVING_ROOM.with_mat(_GREEN_MAT),
        "side",
        "supine",
        Viewpoint(84, 0.65, 640, 360),
        "one heel after the other; in the last the heel leaves the floor",
        mat_half_m=_LONG_MAT,
        seed=20,
        manner=Manner(pace=0.8),
        light=LOW_SUN,
    ),
    Scene(
        "prone_press_up",
        "prone_press_up",
        _times(4),
        Shape("male", old=0.5, heavy=0.2, muscular=0.1, height_m=1.82, origins=(0, 0, 1)),
        Outfit(_PALE, (0.20, 0.30, 0.42), _CHARCOAL, _BLOND),
        HOME.with_mat(_PURPLE_MAT),
        "side",
        "prone",
        Viewpoint(86, 0.45, 640, 360),
        "the hips stay down",
        mat_half_m=_LONG_MAT,
        seed=21,
        manner=Manner(pace=0.9),
    ),
    Scene(
        "prone_ytw",
        "prone_ytw",
        _times(4),
        Shape("female", old=0.4, heavy=0.5, muscular=0, height_m=1.68, origins=(0.5, 0, 0.5)),
        Outfit(_BROWN, (0.75, 0.45, 0.35), _NAVY, _BLACK, sleeve=0.3),
        STUDIO.with_mat(_BLUE_MAT),
        "side",
        "prone",
        Viewpoint(88, 0.45, 640, 360),
        "the letter Y: the arms lie overhead, a little apart, and lift",
        mat_half_m=(0.6, 1.4),
        seed=22,
    ),
    Scene(
        "push_up_plus",
        "push_up_plus",
        _times(4),
        Shape("male", old=0.1, heavy=0.1, muscular=0.9, height_m=1.76, origins=(0.3, 0, 0.7)),
        Outfit(_BROWN, (0.30, 0.30, 0.32), (0.45, 0.20, 0.20), _BLACK, sleeve=0.2, leg=0.2),
        PRACTICE.with_mat(_GREEN_MAT),
        "side",
        "prone_support",
        Viewpoint(87, 0.5, 640, 360),
        "push-ups on hands and toes",
        mat_half_m=_LONG_MAT,
        seed=23,
        manner=Manner(pace=0.9),
    ),
    Scene(
        "quadruped_thoracic_rotation",
        "quadruped_thoracic_rotation",
        _times(4),
        Shape("female", old=0.5, heavy=0, muscular=0, height_m=1.72, origins=(0, 0, 1)),
        Outfit(_PALE, (0.40, 0.62, 0.60), _CHARCOAL, _BLOND, hair_style=HairStyle.TIED),
        STUDIO.with_mat(_PURPLE_MAT),
        "side",
        "quadruped",
        Viewpoint(84, 0.7, 640, 360),
        "the left hand at the head, elbow to the ceiling",
        seed=24,
        manner=Manner(pace=0.9),
    ),
    Scene(
        "side_bend",
        "side_bend",
        _times(4, LEFT, RIGHT),
        Shape("female", old=0.6, heavy=0.6, muscular=-0.2, height_m=1.64, origins=(0, 0.5, 0.5)),
        Outfit(
            _TAN,
            (0.30, 0.55, 0.40),
            (0.28, 0.26, 0.30),
            _CHESTNUT,
            shoes=(0.80, 0.80, 0.82),
            sleeve=1.2,
            looseness=0.5,
        ),
        KITCHEN,
        "front",
        "standing",
        Viewpoint(1, 1.1),
        "standing, the upper arm overhead",
        seed=25,
        manner=Manner(pace=0.85),
        light=CLOUDY,
    ),
    Scene(
        "side_plank",
        "side_plank",
        _held(8.0),
        Shape("male", old=0.25, heavy=-0.3, muscular=0.5, height_m=1.79, origins=(0, 1, 0)),
        Outfit(_TAN, (0.78, 0.78, 0.80), _NAVY, _BLACK),
        STUDIO.with_mat(_BLUE_MAT),
        "front",
        "side_lying",
        Viewpoint(4, 0.5, 640, 360),
        "on the left forearm, both legs straight",
        mat_half_m=(1.3, 0.45),
        seed=26,
    ),
    Scene(
        "superman",
        "superman",
        _times(4, fault_at=3, fault="too_high"),
        Shape("male", old=0.3, heavy=0.7, muscular=0.2, height_m=1.74, origins=(0.2, 0, 0.8)),
        Outfit(_TAN, (0.60, 0.32, 0.22), (0.24, 0.24, 0.26), _CHESTNUT),
        LIVING_ROOM.with_mat(_PURPLE_MAT),
        "side",
        "prone",
        Viewpoint(88, 0.45, 640, 360),
        "chest and arms lift; the last time too high",
        mat_half_m=_LONG_MAT,
        seed=27,
        manner=Manner(pace=0.85),
    ),
    Scene(
        "thread_the_needle",
        "thread_the_needle",
        _times(3),
        Shape("female", old=0.3, heavy=-0.2, muscular=0.1, height_m=1.63, origins=(0, 1, 0)),
        Outfit(_PALE, (0.66, 0.40, 0.58), _CHARCOAL, _BLACK, sleeve=0.4),
        HOME.with_mat(_GREEN_MAT),
        "side",
        "quadruped",
        Viewpoint(86, 0.6, 640, 360),
        "the left arm threads under the body",
        seed=28,
        manner=Manner(pace=0.9),
    ),
    Scene(
        "wall_angel",
        "wall_angel",
        _times(4, fault_at=3, fault="arms_uneven"),
        Shape("male", old=0.7, heavy=0.1, muscular=-0.1, height_m=1.75, origins=(1, 0, 0)),
        Outfit(_DARK, (0.30, 0.50, 0.70), _SAND, _GREY, shoes=(0.16, 0.16, 0.18), sleeve=0.6),
        replace(STUDIO, things=(), wall_behind_m=-0.16),
        "front",
        "standing",
        Viewpoint(1, 1.3),
        "in the last one the right arm stays lower",
        seed=29,
        manner=Manner(pace=0.85),
    ),
    Scene(
        "yoga_downward_dog",
        "yoga_downward_dog",
        _held(8.0),
        Shape("female", old=0.2, heavy=-0.4, muscular=0.3, height_m=1.69, origins=(0.4, 0.2, 0.4)),
        Outfit(_BROWN, (0.85, 0.50, 0.40), _NAVY, _BLACK, sleeve=0.2, hair_style=HairStyle.TIED),
        STUDIO.with_mat(_PURPLE_MAT),
        "side",
        "prone_support",
        Viewpoint(87, 0.65, 640, 360),
        "from a plank on the hands and back",
        mat_half_m=_LONG_MAT,
        seed=30,
        light=LOW_SUN,
    ),
)
