"""How a body does an exercise: joint angles and contacts at a few moments, as its file says them.

From a motion a person of any size can be made to do the exercise, rightly or with a fault: it is
what demonstrations, sample clips and the simulated population are made of. Judging knows nothing
of it.
"""

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from formcheck.exercises.joints import ANGLES, sides_of
from formcheck.exercises.readings import Record
from formcheck.exercises.rules import Seconds, Slug
from formcheck.landmarks import Side

LIMB_CONTACTS = (
    "hand",
    "elbow",
    "forearm",
    "knee",
    "shin",
    "foot",
    "toes",
    "heel",
    "instep",
    "foot_edge",
    "hip_side",
    "shoulder_side",
)
TRUNK_CONTACTS = ("hips_back", "shoulders_back", "hips_front", "chest", "head_back", "face")
CONTACTS: tuple[str, ...] = (
    *TRUNK_CONTACTS,
    *(f"{side}_{part}" for side in Side for part in LIMB_CONTACTS),
)
Angles = dict[str, float]
Contacts = tuple[str, ...]


def _known_angles(angles: Angles) -> Angles:
    for name, value in angles.items():
        for full in sides_of(name, Side.LEFT):
            angle = ANGLES.get(full)
            if angle is None:
                raise ValueError(
                    f"there is no angle {name}; expected, for example, pelvis_pitch,"
                    " both_knee_flexion, working_shoulder_abduction"
                )
            if not angle.least <= value <= angle.most:
                raise ValueError(
                    f"{name} = {value:g} is beyond what people can do,"
                    f" {angle.least:g} to {angle.most:g}"
                )
    return angles


def _known_contacts(contacts: Contacts) -> Contacts:
    for name in contacts:
        for full in sides_of(name, Side.LEFT):
            if full not in CONTACTS:
                raise ValueError(
                    f"there is no contact {name}; expected one of"
                    f" {', '.join((*TRUNK_CONTACTS, *LIMB_CONTACTS))},"
                    " those of limbs after left_, right_, both_, working_ or other_"
                )
    return contacts


def _known_lifts(lifts_m: dict[str, float]) -> dict[str, float]:
    _known_contacts(tuple(lifts_m))
    return lifts_m


class Moment(Record):
    """What the body does at one moment of the motion.

    Attributes
    ----------
    angles
        Asked exactly [deg]; the others follow, as little as they can.
    touches
        What comes to rest on the floor now, wherever it is then.
    lets_go
        What no longer rests where it was.
    slides
        What rests on the floor but may move along it.
    lifts_m
        What hovers: its height above where it would rest [m].
    """

    angles: Angles = Field(default_factory=dict)
    touches: Contacts = ()
    lets_go: Contacts = ()
    slides: Contacts = ()
    lifts_m: dict[str, float] = Field(default_factory=dict)

    _angles = field_validator("angles")(_known_angles)
    _contacts = field_validator("touches", "lets_go", "slides")(_known_contacts)
    _lifts = field_validator("lifts_m")(_known_lifts)


class Pace(Record):
    """How long the parts of one repetition take, or how long a posture is held [s]."""

    out_s: Annotated[float, Field(gt=0)] = 1.5
    hold_s: Seconds = 0.5
    back_s: Annotated[float, Field(gt=0)] = 1.5
    rest_s: Seconds = 0.4


class Deviation(Record):
    """How a fault is done: what one unit of its measure is in angles of the body.

    Attributes
    ----------
    fault
        Name of a form rule of the exercise.
    clean
        What the rule's measure reads, in the words of its statistic, when nothing is wrong.
    at
        When the body deviates: from the beginning, or only at the far end.
    bound
        Which of the rule's bounds is passed, where it has two.
    breaks_hold
        Whether it ends a hold: the clock stops where the fault begins.
    per_unit
        Degrees of each angle for one unit of the measure, in the direction in which it grows.
    lifts_m
        Metres that each contact hovers higher for one unit of the measure.
    touches, lets_go, slides
        What the fault changes about the contacts.
    """

    fault: Slug
    clean: float
    at: Literal["whole", "effort"] = "effort"
    bound: Literal["max", "min"] = "max"
    breaks_hold: bool = False
    per_unit: Angles = Field(default_factory=dict)
    lifts_m: dict[str, float] = Field(default_factory=dict)
    touches: Contacts = ()
    lets_go: Contacts = ()
    slides: Contacts = ()

    _contacts = field_validator("touches", "lets_go", "slides")(_known_contacts)
    _lifts = field_validator("lifts_m")(_known_lifts)

    @field_validator("per_unit")
    @classmethod
    def _names(cls, angles: Angles) -> Angles:
        _known_angles(dict.fromkeys(angles, 0.0))
        return angles


class Motion(Record):
    """How a variant is done.

    Attributes
    ----------
    variant
        Which one.
    posture
        The posture that it starts from, one of the simulation's own.
    sides
        ``none``: both together; ``turns``: left and right in turn; ``one``: always the same
        side, ``working`` in the names.
    start
        Before the first repetition and after the last, where it is not ``rest``.
    rest, midway, effort
        The moments of a repetition, or of getting into a hold; it passes ``midway`` without
        stopping.
    faults
        What can be done wrong.
    """

    variant: Slug
    posture: Slug
    sides: Literal["none", "turns", "one"] = "none"
    start: Moment | None = None
    rest: Moment = Moment()
    midway: Moment | None = None
    effort: Moment
    pace: Pace = Pace()
    faults: tuple[Deviation, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [deviation.fault for deviation in self.faults]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two deviations are called {', '.join(twice)}")
        return self
