"""What an exercise file may say.

A file is parsed once, here, into frozen values; the rest of the code never sees a dictionary.
Angles are in degrees, durations in seconds, lengths in trunk lengths. The vocabulary is small
and typed: a rule names a measure, the side it is read on, a statistic, bounds for advice and
for error, the phases and the views in which it may be judged. There is no expression language.
"""

import enum
from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from formcheck.exercises.dose import Dose
from formcheck.exercises.motion import Motion
from formcheck.exercises.readings import Bounds, Condition, Criterion, Reading, Record, SideChoice
from formcheck.exercises.rules import (
    ALL_VIEWS,
    BodyPart,
    Finding,
    FormRule,
    HoldRule,
    NotChecked,
    Phase,
    RepetitionRule,
    Requirement,
    Sentence,
    Signal,
    Slug,
    TempoRule,
)
from formcheck.measures import View

__all__ = [
    "ALL_VIEWS",
    "BodyPart",
    "Bounds",
    "Camera",
    "Condition",
    "Criterion",
    "Dose",
    "Exercise",
    "Finding",
    "FormRule",
    "HoldRule",
    "NotChecked",
    "Orientation",
    "Phase",
    "Reading",
    "Record",
    "RepetitionRule",
    "Requirement",
    "SideChoice",
    "Signal",
    "TempoRule",
    "Variant",
]


# What somebody begins with where the file does not say.
CAREFUL_REPETITIONS = 5
CAREFUL_HOLD_S = 10.0


class Orientation(enum.StrEnum):
    """How the trunk lies in the room."""

    UPRIGHT = "upright"
    SUPINE = "supine"
    FACE_DOWN = "face_down"
    SIDE_LYING = "side_lying"


class Variant(Record):
    """One way of doing the exercise, with a rule of its own.

    Attributes
    ----------
    posture
        Where the body must be for anything to count.
    """

    id: Slug
    name: Sentence
    orientations: Annotated[frozenset[Orientation], Field(min_length=1)]
    posture: tuple[Condition, ...] = ()
    repetition: RepetitionRule | None = None
    hold: HoldRule | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if (self.repetition is None) == (self.hold is None):
            raise ValueError("expected either a repetition or a hold, not both and not neither")
        return self


class Camera(Record):
    """Where the camera should be, and what it must see."""

    view: View
    also: frozenset[View] = frozenset()
    height_m: tuple[float, float]
    place: Sentence
    must_be_in_frame: Sentence

    @property
    def views(self) -> frozenset[View]:
        """Every view in which the exercise can be counted or timed."""
        return self.also | {self.view}


class Exercise(Record):
    """One exercise, as its file describes it; ``id`` is the file's name without ``.toml``.

    Attributes
    ----------
    easier, harder
        Ids of exercises that may take its place where it is too hard, or too easy.
    dose
        What somebody begins with.
    """

    id: Slug
    name: Sentence
    level: Annotated[int, Field(ge=1, le=4)]
    purpose: Sentence
    instructions: str
    easier: tuple[Slug, ...] = ()
    harder: tuple[Slug, ...] = ()
    camera: Camera
    dose: Dose | None = None
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    form: tuple[FormRule, ...] = ()
    tempo: tuple[TempoRule, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    motion: tuple[Motion, ...] = ()

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        names = [finding.name for finding in self.findings]
        names += [unseen.name for unseen in self.not_checked]
        ways = {variant.id for variant in self.variants}
        for rule in self.form:
            if not rule.variants <= ways:
                raise ValueError(
                    f"{rule.name} applies to {', '.join(sorted(rule.variants - ways))},"
                    f" expected some of {', '.join(sorted(ways))}"
                )
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two rules have the name {', '.join(twice)}")
        return self

    @model_validator(mode="after")
    def _motions_fit(self) -> Self:
        variants, rules = {one.id for one in self.variants}, {rule.name for rule in self.form}
        for motion in self.motion:
            if motion.variant not in variants:
                raise ValueError(
                    f"a motion is for the variant {motion.variant},"
                    f" expected one of {', '.join(sorted(variants))}"
                )
            unknown = sorted({one.fault for one in motion.faults} - rules)
            if unknown:
                raise ValueError(
                    f"the motion of {motion.variant} does {', '.join(unknown)} wrong, but there"
                    f" is no form rule of that name; expected some of {', '.join(sorted(rules))}"
                )
        return self

    @model_validator(mode="after")
    def _dose_fits(self) -> Self:
        if self.dose and not self.fits(self.dose):
            kind = "hold_s" if self.is_hold else "repetitions"
            raise ValueError(f"the dose does not fit the variants: expected {kind}")
        return self

    @property
    def is_hold(self) -> bool:
        """Whether it is held and never repeated."""
        return all(variant.hold for variant in self.variants)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every fault that can be found, form and tempo."""
        return (*self.form, *self.tempo)

    @property
    def starting_dose(self) -> Dose:
        """What somebody begins with: the file's dose, or a careful one."""
        if self.dose:
            return self.dose
        return (
            Dose(hold_s=CAREFUL_HOLD_S) if self.is_hold else Dose(repetitions=CAREFUL_REPETITIONS)
        )

    def fits(self, dose: Dose) -> bool:
        """Return whether a dose is of a kind in which the exercise can be done."""
        if dose.repetitions is not None:
            return any(variant.repetition for variant in self.variants)
        return any(variant.hold for variant in self.variants)

    def readings(self) -> Iterator[Reading]:
        """Yield every reading that any rule of the exercise asks for."""
        for variant in self.variants:
            yield from variant.posture
            if variant.repetition:
                yield from variant.repetition.signals
                yield from variant.repetition.requires
            if variant.hold:
                yield from variant.hold.conditions
        yield from self.form
