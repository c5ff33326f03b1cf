"""What an exercise file may say.

A file is parsed once, here, into frozen values; the rest of the code never sees a dictionary.
Angles are in degrees, durations in seconds, lengths in trunk lengths. The vocabulary is small
and typed: a rule names a measure, the side it is read on, a statistic, bounds for advice and
for error, the phases and the views in which it may be judged. There is no expression language.
"""

import enum
import math
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from formcheck import measures
from formcheck.measures import View

Seconds = Annotated[float, Field(ge=0)]
Slug = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=160)]
Views = Annotated[frozenset[View], Field(min_length=1)]

ALL_VIEWS: frozenset[View] = frozenset(View)


class Phase(enum.StrEnum):
    """Where a repetition stands; a hold knows rest and effort only."""

    REST = "rest"
    OUTBOUND = "outbound"
    EFFORT = "effort"
    RETURN = "return"


class Orientation(enum.StrEnum):
    """How the trunk lies in the room."""

    UPRIGHT = "upright"
    SUPINE = "supine"
    FACE_DOWN = "face_down"
    SIDE_LYING = "side_lying"


class SideChoice(enum.StrEnum):
    """Which side of the body a measure is read on.

    ``larger`` and ``smaller`` read both sides and keep the larger or the smaller reading with
    the side that it belongs to: of two limbs, the one that moves. ``working`` and ``other`` are
    that side and the opposite one while a movement is under way.
    """

    NEAR = "near"
    FAR = "far"
    LEFT = "left"
    RIGHT = "right"
    MEAN = "mean"
    LARGER = "larger"
    SMALLER = "smaller"
    WORKING = "working"
    OTHER = "other"


_KNOWN_IN_MOVEMENT = frozenset({SideChoice.WORKING, SideChoice.OTHER})


class BodyPart(enum.StrEnum):
    """Where a fault shows; drawn there, and named in reports."""

    HEAD = "head"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    TRUNK = "trunk"
    HIP = "hip"
    KNEE = "knee"
    FOOT = "foot"


class Record(BaseModel):
    """Base of everything read from an exercise file: immutable, no stray keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reading(Record):
    """A measure and the side that it is read on."""

    measure: str
    side: SideChoice = SideChoice.NEAR

    @model_validator(mode="after")
    def _measure_exists(self) -> Self:
        measures.find(self.measure)
        return self


class Bounds(Record):
    """A closed interval, open-ended where an end is left out."""

    min: float = -math.inf
    max: float = math.inf

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min >= self.max:
            raise ValueError(f"min {self.min} is not below max {self.max}")
        return self

    def excess(self, value: float) -> float:
        """Return how far a value lies outside, 0 inside, in its unit."""
        return max(self.min - value, value - self.max, 0.0)

    def nearest(self, value: float) -> float:
        """Return the bound that a value outside has passed."""
        return self.min if value < self.min else self.max


class Criterion(Reading):
    """A reading that decides what is done, and so cannot ask which side does it."""

    @model_validator(mode="after")
    def _side_is_known(self) -> Self:
        if self.side in _KNOWN_IN_MOVEMENT:
            raise ValueError(
                f"side {self.side} is known only within a movement; use larger or smaller"
            )
        return self


class Condition(Criterion, Bounds):
    """A reading that must lie between two bounds.

    Attributes
    ----------
    tolerance
        How far outside it may go before a posture that was reached counts as left.
    optional
        Whether it is passed over where its landmarks cannot be seen.
    lasting
        Whether the last answer stands for as long as its landmarks are hidden, not for half a
        second only: legs that lay flat still do when the camera moves to the head end.
    steady_within
        In a hold: how far the reading may wander while the posture is kept, because getting
        into a stretch and out of it is not holding it. None where the bounds say it all.
    """

    tolerance: Annotated[float, Field(ge=0)] = 0.0
    optional: bool = False
    lasting: bool = False
    steady_within: Annotated[float, Field(gt=0)] | None = None


class Signal(Criterion):
    """The reading that a repetition is counted by, in the views where it can be believed.

    ``target`` says which way the movement goes: knee flexion grows in a squat, and the head
    drops below the trunk line in a cat-cow.

    Attributes
    ----------
    rest
        A repetition can only begin on the rest side of this value.
    effort
        A repetition must reach this value, and move by ``minimum_excursion`` from its rest.
        Where people rest differently it may lie short of ``rest``: then the excursion decides.
    target
        The full range that the patient works toward; what falls short is a form matter.
    directions
        ``both`` where the signed reading swings to either side, each of them a repetition:
        + is the patient's left. (Where the sides take turns and each has its own reading, read
        the ``larger`` or the ``smaller`` of them: a repetition belongs to the side it was read
        on at its furthest.)
    """

    views: Views = ALL_VIEWS
    rest: float
    effort: float
    minimum_excursion: Annotated[float, Field(gt=0)]
    target: float
    directions: Literal["one", "both"] = "one"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.rest == self.effort:
            raise ValueError("rest and effort must differ")
        if (self.target - self.rest) * (self.target - self.effort) <= 0:
            raise ValueError("target must lie beyond rest and effort")
        outward = math.copysign(1.0, self.target - self.rest)
        if outward * (self.rest - self.effort) > self.minimum_excursion / 2:
            raise ValueError(
                "effort lies short of rest, seen from target, by more than half of the excursion"
            )
        return self


class Requirement(Criterion, Bounds):
    """What must go with the movement, or it is another one and not counted.

    Attributes
    ----------
    statistic
        The largest or smallest reading within the movement, their difference, or the reading
        at the moment when the signal is at its furthest.
    """

    statistic: Literal["peak", "trough", "range", "at_peak"]


class RepetitionRule(Record):
    """What one repetition is.

    Attributes
    ----------
    signals
        In order of preference; the first that the current view allows is used.
    requires
        What else must be seen in the movement; where it cannot be seen it is taken as given.
    longest_s
        A movement that takes longer is not a repetition (a rest at the bottom, a hold).
    ends_at_effort
        Whether a last repetition counts that the recording ends on top of: standing up from a
        chair is done when the patient stands.
    """

    signals: Annotated[tuple[Signal, ...], Field(min_length=1)]
    requires: tuple[Requirement, ...] = ()
    longest_s: Annotated[float, Field(gt=0)]
    ends_at_effort: bool = False


class HoldRule(Record):
    """What holding the posture means: every condition at once.

    Attributes
    ----------
    settle_s
        The posture must be kept this long before the clock starts (and is then credited).
    grace_s
        Leaving it for no longer than this interrupts the clock, not the hold.
    shortest_s
        A hold shorter than this is not reported.
    """

    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    settle_s: Seconds = 0.7
    grace_s: Seconds = 1.0
    shortest_s: Seconds = 2.0
    target_s: Seconds


class Finding(Record):
    """What formcheck may find wrong, and what it tells the patient about it.

    Attributes
    ----------
    observability
        How well one camera shows it in its views; a poorly seen fault is a tip, never an error.
    basis
        Where the numbers come from: literature, convention, or an engineering default.
    """

    name: Slug
    says: Sentence
    cue: Sentence
    why: Sentence
    body_part: BodyPart
    observability: Literal["good", "fair", "poor"] = "good"
    basis: Literal["literature", "convention", "engineering"] = "engineering"
    source: str = ""


class FormRule(Reading, Finding):
    """A compensation to watch for.

    Attributes
    ----------
    statistic
        ``value`` is judged in every frame, the others once a repetition: ``peak`` and
        ``trough`` are the largest and smallest reading, ``range`` their difference, ``rise``
        the largest rise above, ``drop`` the smallest fraction of, the reading at its start.
    advice, error
        What is allowed; outside of ``advice`` the patient gets a tip, outside of ``error`` it
        counts as a fault of the repetition.
    views
        From where it may be judged; elsewhere it is listed as not assessed.
    variants
        The ways of doing the exercise that it applies to; all of them where it is left out.
    """

    statistic: Literal["value", "peak", "trough", "range", "rise", "drop"] = "value"
    advice: Bounds
    error: Bounds | None = None
    phases: Annotated[frozenset[Phase], Field(min_length=1)]
    views: Views
    persists_s: Seconds = 0.4
    variants: frozenset[Slug] = frozenset()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        unknown = self.views - measures.find(self.measure).views
        if unknown:
            raise ValueError(
                f"{self.measure} cannot be read in view {', '.join(sorted(unknown))};"
                f" it can in {', '.join(sorted(measures.find(self.measure).views))}"
            )
        if self.error and (self.error.min > self.advice.min or self.error.max < self.advice.max):
            raise ValueError("error must allow at least what advice allows")
        return self


class TempoRule(Finding):
    """A part of the repetition that must take its time.

    Attributes
    ----------
    phases
        The parts whose durations are added up.
    advice_s, error_s
        Shorter is a tip, or a fault.
    """

    phases: Annotated[frozenset[Phase], Field(min_length=1)]
    advice_s: Annotated[float, Field(gt=0)]
    error_s: Seconds = 0.0


class NotChecked(Record):
    """Something that matters and that a camera cannot see: said in every verdict."""

    name: Slug
    says: Sentence
    why: Sentence


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
    """One exercise, as its file describes it; ``id`` is the file's name without ``.toml``."""

    id: Slug
    name: Sentence
    level: Annotated[int, Field(ge=1, le=4)]
    purpose: Sentence
    instructions: str
    camera: Camera
    variants: Annotated[tuple[Variant, ...], Field(min_length=1)]
    form: tuple[FormRule, ...] = ()
    tempo: tuple[TempoRule, ...] = ()
    not_checked: tuple[NotChecked, ...] = ()

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

    @property
    def is_hold(self) -> bool:
        """Whether it is held and never repeated."""
        return all(variant.hold for variant in self.variants)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every fault that can be found, form and tempo."""
        return (*self.form, *self.tempo)

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
