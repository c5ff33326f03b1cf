"""The scenes of what is done sitting or standing, with nothing to lie on."""

from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.cast.common import (
    BLOND,
    CHESTNUT,
    KITCHEN,
    LIVING_ROOM,
    NAVY,
    PALE,
    SAND,
    TAN,
    times,
)
from formcheck.simulation.plan import Manner
from formcheck.simulation.rendering.body import Shape
from formcheck.simulation.rendering.outfit import HairStyle, Outfit
from formcheck.simulation.scene import Scene

UPRIGHT: tuple[Scene, ...] = (
    Scene(
        "hip_hinge",
        "hip_hinge",
        times(4, fault_at=3, fault="squats"),
        Shape("male", old=0.4, heavy=0.1, muscular=0.2, height_m=1.81, origins=(0, 0, 1)),
        Outfit(TAN, (0.26, 0.42, 0.34), SAND, CHESTNUT, shoes=(0.80, 0.80, 0.82), sleeve=0.55),
        LIVING_ROOM,
        "side",
        "standing",
        Viewpoint(86, 0.95),
        "hands on the thighs; in the last one the knees bend too much",
        seed=33,
        manner=Manner(pace=0.8),
    ),
    Scene(
        "thoracic_extension",
        "thoracic_extension",
        times(4),
        Shape("female", old=0.5, heavy=-0.1, muscular=0, height_m=1.66, origins=(0, 0, 1)),
        Outfit(PALE, (0.60, 0.34, 0.36), NAVY, BLOND, sleeve=0.3, hair_style=HairStyle.TIED),
        KITCHEN,
        "side",
        "seated",
        Viewpoint(87, 1.0),
        "over the back of a chair, hands behind the head",
        chair=(0.46, 0.34, 0.24),
        seed=35,
        manner=Manner(pace=0.75),
    ),
)
