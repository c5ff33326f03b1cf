"""Who is in the sample clips, in which room, and from where they are filmed."""

from dataclasses import dataclass

from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.rendering.body import Shape
from formcheck.simulation.rendering.outfit import Outfit
from formcheck.simulation.rendering.room import Colour, Room

STUDIO = Room((0.62, 0.50, 0.38), (0.82, 0.82, 0.80))
HOME = Room((0.46, 0.45, 0.47), (0.74, 0.70, 0.62), boards=False, furnished=True)
LIVING_ROOM = Room((0.50, 0.37, 0.26), (0.70, 0.75, 0.76), furnished=True)


@dataclass(frozen=True, slots=True)
class Scene:
    """One clip to be made.

    Attributes
    ----------
    name
        Of the file, and of the performance in the repertoire.
    shape, outfit
        The person.
    room, mat_half_m, chair
        Where: the mat's half width and length [m], and the colour of the chair, if any.
    view, orientation
        Words of the labels.
    viewpoint
        Of the camera.
    fps, seed
        Frames a second; what chance does.
    remarks
        For the labels.
    """

    name: str
    shape: Shape
    outfit: Outfit
    room: Room
    view: str
    orientation: str
    viewpoint: Viewpoint
    remarks: str
    mat_half_m: tuple[float, float] = (0.45, 1.05)
    chair: Colour | None = None
    fps: int = 25
    seed: int = 1


def _matted(room: Room, mat: Colour | None) -> Room:
    return Room(room.floor, room.wall, room.boards, mat, room.furnished)


SCENES: tuple[Scene, ...] = (
    Scene(
        "glute_bridge",
        Shape("female", old=0.15, heavy=0.1, muscular=0.1, height_m=1.66, origins=(0, 0, 1)),
        Outfit((0.80, 0.60, 0.48), (0.16, 0.36, 0.62), (0.13, 0.13, 0.16), (0.13, 0.09, 0.07)),
        _matted(STUDIO, (0.35, 0.50, 0.45)),
        "side",
        "supine",
        Viewpoint(82, 0.55, 640, 360),
        "one of the four lifts stays far below the line (counted or not: see repetitions_accept)",
        seed=11,
    ),
    Scene(
        "front_plank",
        Shape("male", old=0.1, heavy=-0.2, muscular=0.4, height_m=1.80, origins=(1, 0, 0)),
        Outfit((0.42, 0.28, 0.20), (0.80, 0.78, 0.74), (0.20, 0.24, 0.34), (0.06, 0.05, 0.05)),
        _matted(LIVING_ROOM, (0.42, 0.30, 0.45)),
        "side",
        "prone_support",
        Viewpoint(88, 0.45, 640, 360),
        "on the forearms; straight, then the hips sag until the end",
        mat_half_m=(0.45, 1.3),
        seed=12,
    ),
    Scene(
        "sit_to_stand",
        Shape("male", old=0.95, heavy=0.9, muscular=-0.6, height_m=1.73, origins=(0, 0, 1)),
        Outfit(
            (0.82, 0.64, 0.54),
            (0.38, 0.42, 0.36),
            (0.30, 0.28, 0.27),
            (0.72, 0.72, 0.70),
            (0.22, 0.16, 0.13),
            sleeve=1.85,
        ),
        HOME,
        "side",
        "seated_to_upright",
        Viewpoint(88, 0.95),
        "from a chair, hands on the thighs",
        chair=(0.52, 0.36, 0.22),
        seed=13,
    ),
    Scene(
        "squat",
        Shape("female", old=0.3, heavy=1.0, muscular=-0.45, height_m=1.62, origins=(0.6, 0, 0.4)),
        Outfit(
            (0.52, 0.35, 0.26),
            (0.70, 0.28, 0.26),
            (0.22, 0.22, 0.26),
            (0.08, 0.06, 0.05),
            (0.85, 0.85, 0.86),
        ),
        LIVING_ROOM,
        "oblique",
        "standing",
        Viewpoint(45, 0.85),
        "arms rise in front; the last one is too shallow (counted or not: see repetitions_accept)",
        seed=14,
    ),
    Scene(
        "cat_cow",
        Shape("female", old=0.65, heavy=-0.2, muscular=-0.1, height_m=1.60, origins=(0, 1, 0)),
        Outfit(
            (0.86, 0.70, 0.56),
            (0.55, 0.32, 0.50),
            (0.18, 0.20, 0.24),
            (0.30, 0.29, 0.29),
            sleeve=1.7,
        ),
        _matted(HOME, (0.30, 0.46, 0.56)),
        "side",
        "quadruped",
        Viewpoint(85, 0.6, 640, 360),
        "starts and ends level; repetition_times_s are the moments with the back most round",
        mat_half_m=(0.42, 0.95),
        seed=15,
    ),
    Scene(
        "seated_thoracic_rotation",
        Shape("male", old=0.45, heavy=0.15, muscular=0.0, height_m=1.76, origins=(0, 0.7, 0.3)),
        Outfit(
            (0.80, 0.62, 0.48),
            (0.72, 0.60, 0.28),
            (0.24, 0.27, 0.33),
            (0.10, 0.09, 0.09),
            (0.30, 0.30, 0.32),
        ),
        STUDIO,
        "front",
        "seated",
        Viewpoint(0, 1.1),
        "on a chair without arm rests, arms crossed on the chest",
        chair=(0.35, 0.40, 0.46),
        seed=16,
    ),
)
