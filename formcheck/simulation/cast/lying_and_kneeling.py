"""The scenes of what is done lying, on the back or on one side, and on hands and knees."""

from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.cast.common import (
    GREY,
    LIVING_ROOM,
    PALE,
    PURPLE_MAT,
    times,
)
from formcheck.simulation.plan import Manner
from formcheck.simulation.rendering.body import Shape
from formcheck.simulation.rendering.outfit import Outfit
from formcheck.simulation.scene import Scene

LYING_AND_KNEELING: tuple[Scene, ...] = (
    Scene(
        "open_book",
        "open_book",
        times(3),
        Shape("female", old=0.6, heavy=0.1, muscular=-0.1, height_m=1.67, origins=(0.1, 0.2, 0.7)),
        Outfit(PALE, (0.30, 0.50, 0.52), (0.24, 0.24, 0.30), GREY, sleeve=1.2),
        LIVING_ROOM.with_mat(PURPLE_MAT),
        "front",
        "side_lying",
        Viewpoint(2, 0.9, 640, 360),
        "on the right side, the left arm opens; filmed from a table; no cushion is drawn",
        mat_half_m=(0.8, 1.1),
        seed=44,
        manner=Manner(pace=0.75),
    ),
)
