"""One clip to be made: who does what, in which room, and from where it is filmed."""

from dataclasses import dataclass

from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.plan import Manner, Plan
from formcheck.simulation.rendering.body import Shape
from formcheck.simulation.rendering.light import DAYLIGHT, Light
from formcheck.simulation.rendering.outfit import Outfit
from formcheck.simulation.rendering.room import Room
from formcheck.simulation.rendering.solids import Colour
from formcheck.simulation.timing import Timing

ORDINARY = Manner()
EVEN = Timing(25)


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
    timing, seed
        When frames are taken; what chance does.
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
    timing: Timing = EVEN
    seed: int = 1
