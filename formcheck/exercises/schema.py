"""What an exercise file may say.

A file is parsed once, here, into frozen values; the rest of the code never sees a dictionary.
Angles are in degrees, durations in seconds, lengths in trunk lengths. The vocabulary is small
and typed: a rule names a measure, the side it is read on, a statistic, bounds for advice and
for error, the phases and the views in which it may be judged. There is no expression language.
"""

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from formcheck.exercises.aims import Aim
from formcheck.exercises.contraindications import (
    Contraindication,
    ContraindicationKind,
    HealthCondition,
)
from formcheck.exercises.demonstrated import Demonstrated
from formcheck.exercises.dose import Dose
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.group import Group
from formcheck.exercises.motion import Motion
from formcheck.exercises.readings import Bounds, Condition, Criterion, Reading, Record, SideChoice
from formcheck.exercises.recognition import Recognition
from formcheck.exercises.rules import (
    ALL_VIEWS,
    BodyPart,
    Finding,
    FormRule,
    HoldRule,
    Individual,
    Norm,
    NotChecked,
    Phase,
    RepetitionRule,
    Requirement,
    Sentence,
    Signal,
    Slug,
    Synonym,
    TempoRule,
)
from formcheck.exercises.variant import Orientation, Variant
from formcheck.measures import MEASURES, View

__all__ = [
    "ALL_VIEWS",
    "TURN_READINGS",
    "Aim",
    "BodyPart",
    "Bounds",
    "Camera",
    "Condition",
    "Contraindication",
    "ContraindicationKind",
    "Criterion",
    "Demonstrated",
    "Dose",
    "Equipment",
    "Exercise",
    "Finding",
    "FormRule",
    "Group",
    "HealthCondition",
    "HoldRule",
    "Individual",
    "Norm",
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


TURN_READINGS = tuple(
    Reading(measure=name) for name in ("chest_rotation", "pelvis_rotation", "shoulder_breadth")
)
"""What the degrees of a turn of the trunk are read from."""

# What somebody begins with where the file does not say.
CAREFUL_REPETITIONS = 5
CAREFUL_HOLD_S = 10.0


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
    synonyms
        What else people call it.
    group
        What it is for in a programme; None counts as nothing there.
    aims
        What it can help a person with: a plan is chosen by it.
    easier, harder
        Ids of exercises that may take its place where it is too hard, or too easy.
    alternatives
        Ids of exercises on a chair or standing with the same purpose, for who cannot get down
        to the floor and up again alone.
    no_easier, no_harder, no_alternative
        Why there is none.
    needs
        What has to be at hand.
    dose, usual_dose
        What somebody begins with, and what is usual once it goes well.
    turn_in_degrees
        Whether each repetition or hold says how far the chest turned against the pelvis: sitting,
        seen from the front, which is how that was measured (docs/trunk-rotation.md).
    only_when_named
        Whether it is looked for only where it is asked for by name, because what people do all
        day looks like it.
    demonstrated
        The demonstration that it was made from; None where it was written.
    """

    id: Slug
    name: Sentence
    synonyms: tuple[Synonym, ...] = ()
    level: Annotated[int, Field(ge=1, le=4)]
    group: Group | None = None
    aims: tuple[Aim, ...] = ()
    purpose: Sentence
    instructions: str
    easier: tuple[Slug, ...] = ()
    no_easier: Sentence | None = None
    harder: tuple[Slug, ...] = ()
    no_harder: Sentence | None = None
    alternatives: tuple[Slug, ...] = ()
    no_alternative: Sentence | None = None
    needs: tuple[Equipment, ...] = ()
    only_when_named: bool = False
    turn_in_degrees: bool = False
    camera: Camera
    dose: Dose | None = None
    usual_dose: Dose | None = None
    contraindications: tuple[Contraindication, ...] = ()
    recognition: Recognition = Recognition()
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    form: tuple[FormRule, ...] = ()
    tempo: tuple[TempoRule, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()
    motion: tuple[Motion, ...] = ()
    demonstrated: Demonstrated | None = None

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
    def _doses_fit(self) -> Self:
        for name, dose in (("dose", self.dose), ("usual_dose", self.usual_dose)):
            if dose and not self.fits(dose):
                kind = "hold_s" if self.is_hold else "repetitions"
                raise ValueError(f"the {name} does not fit the variants: expected {kind}")
        return self

    @model_validator(mode="after")
    def _others_or_why_not(self) -> Self:
        for name, others, why_none in (
            ("easier", self.easier, self.no_easier),
            ("harder", self.harder, self.no_harder),
            ("alternative", self.alternatives, self.no_alternative),
        ):
            if others and why_none:
                raise ValueError(f"no_{name} says why there is none, but {others[0]} is named")
        return self

    @model_validator(mode="after")
    def _each_condition_once(self) -> Self:
        conditions = [one.condition for one in self.contraindications]
        twice = sorted({one for one in conditions if conditions.count(one) > 1})
        if twice:
            raise ValueError(f"two contraindications are for {', '.join(twice)}")
        return self

    @property
    def is_validated(self) -> bool:
        """Whether it has a motion, by which it is tried on a simulated population."""
        return bool(self.motion)

    @property
    def is_hold(self) -> bool:
        """Whether it is held and never repeated."""
        return all(variant.hold for variant in self.variants)

    @property
    def needs_floor(self) -> bool:
        """Whether there is no way of doing it without getting down to the floor."""
        return all(variant.needs_floor for variant in self.variants)

    @property
    def needs_outline(self) -> bool:
        """Whether something is judged by the outline of the trunk, beside the landmarks."""
        return any(MEASURES[reading.measure].takes_outline for reading in self.readings())

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
        if self.turn_in_degrees:
            yield from TURN_READINGS
