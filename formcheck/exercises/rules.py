"""What an exercise file may demand: what counts, what is held, and what is wrong."""

import enum
import math
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from formcheck import measures
from formcheck.exercises.readings import Bounds, Condition, Criterion, Reading, Record
from formcheck.measures import View

Seconds = Annotated[float, Field(ge=0)]
Slug = Annotated[str, StringConstraints(pattern="^[a-z][a-z0-9_]*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=160)]
# Translations keep all of them in one text, with commas between.
Synonym = Annotated[str, StringConstraints(pattern="^[^,]+$", max_length=60)]
Views = Annotated[frozenset[View], Field(min_length=1)]
ALL_VIEWS: frozenset[View] = frozenset(View)


class Phase(enum.StrEnum):
    """Where a repetition stands; a hold knows rest and effort only."""

    REST = "rest"
    OUTBOUND = "outbound"
    EFFORT = "effort"
    RETURN = "return"


class BodyPart(enum.StrEnum):
    """Where a fault shows; drawn there, and named in reports."""

    HEAD = "head"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    TRUNK = "trunk"
    HIP = "hip"
    KNEE = "knee"
    FOOT = "foot"


class Norm(Record):
    """How far people of an age usually come, as this measure reads it.

    Attributes
    ----------
    from_years
        The youngest age that it holds for, until the next norm begins.
    """

    from_years: Annotated[int, Field(ge=0, le=120)]
    reaches: float
    source: Annotated[str, StringConstraints(min_length=1)]


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
        Where people rest differently it may lie short of ``rest``, by the excursion at most: then
        the excursion decides.
    target
        The full range that the patient works toward; what falls short is a form matter.
    directions
        ``both`` where the signed reading swings to either side, each of them a repetition:
        + is the patient's left. (Where the sides take turns and each has its own reading, read
        the ``larger`` or the ``smaller`` of them: a repetition belongs to the side it was read
        on at its furthest.)
    own_neutral
        Whether a reading that swings to either side is counted from what it reads where this
        person rests, as far as ``rest`` at most: who sits straight on an oblique chair reads as
        turned. What is said of a repetition is from there too; a curve shows what was read.
    least_excursion
        How little may count at least for somebody whose own range is known to be small; the
        same as ``minimum_excursion`` where it is left out.
    norms
        How far people of an age usually come: what is expected of who has not been calibrated.
    """

    views: Views = ALL_VIEWS
    rest: float
    effort: float
    minimum_excursion: Annotated[float, Field(gt=0)]
    target: float
    directions: Literal["one", "both"] = "one"
    own_neutral: bool = False
    least_excursion: Annotated[float, Field(gt=0)] | None = None
    norms: tuple[Norm, ...] = ()

    @property
    def outward(self) -> float:
        """1 where the reading grows on the way to the target, else -1."""
        return math.copysign(1.0, self.target - self.rest)

    @property
    def least(self) -> float:
        """The smallest excursion that may count for anybody."""
        return self.least_excursion or self.minimum_excursion

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if self.rest == self.effort:
            raise ValueError("rest and effort must differ")
        if (self.target - self.rest) * (self.target - self.effort) <= 0:
            raise ValueError("target must lie beyond rest and effort")
        if self.outward * (self.rest - self.effort) > self.minimum_excursion:
            raise ValueError(
                "effort lies short of rest, seen from target, by more than the excursion"
            )
        if self.own_neutral and self.directions == "one":
            raise ValueError("own_neutral is for readings that swing to both directions")
        if self.least > self.minimum_excursion:
            raise ValueError("least_excursion must not be larger than minimum_excursion")
        return self


class Requirement(Criterion, Bounds):
    """What must go with the movement, or it is another one and not counted.

    Attributes
    ----------
    statistic
        The largest or smallest reading within the movement, their difference, or the reading
        at the moment when the signal is at its furthest.
    in_place_of
        The measure of another requirement: this one is asked for only where that could not be seen.
    """

    statistic: Literal["peak", "trough", "range", "at_peak"]
    in_place_of: str = ""


class RepetitionRule(Record):
    """What one repetition is.

    Attributes
    ----------
    signals
        In order of preference; the first that the current view allows is used.
    requires
        What else must be seen in the movement; where it cannot be seen it is taken as given, or
        something else is asked for in its place.
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

    @model_validator(mode="after")
    def _replaced_are_required(self) -> Self:
        required = {one.measure for one in self.requires if not one.in_place_of}
        for one in self.requires:
            if one.in_place_of and one.in_place_of not in required:
                raise ValueError(
                    f"{one.measure} stands in place of {one.in_place_of}, which is not required"
                )
        return self


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
    has_sides
        Whether a hold belongs to the side that its first ``larger`` or ``smaller`` reading was
        taken on. False where both limbs do the same, and the one that does it less decides.
    """

    conditions: Annotated[tuple[Condition, ...], Field(min_length=1)]
    settle_s: Seconds = 0.7
    grace_s: Seconds = 1.0
    shortest_s: Seconds = 2.0
    target_s: Seconds
    has_sides: bool = True


class Finding(Record):
    """What formcheck may find wrong, and what it tells the patient about it.

    Attributes
    ----------
    observability
        How well one camera shows it in its views; a poorly seen fault is a tip, never an error.
    basis
        Where the numbers come from: literature, convention, an engineering default, or one person
        who has shown it.
    """

    name: Slug
    says: Sentence
    cue: Sentence
    why: Sentence
    body_part: BodyPart
    observability: Literal["good", "fair", "poor"] = "good"
    basis: Literal["literature", "convention", "engineering", "demonstration"] = "engineering"
    source: str = ""


class Individual(Record):
    """How far a rule may follow one person who has been calibrated.

    Attributes
    ----------
    follows
        ``comfort``: what the rule reads in easy repetitions, or in the comfortable posture, is
        allowed. ``neutral``: what it reads at rest is this person's zero, and both bounds move.
    gives
        By how much its bounds move at most, in the unit of the measure.
    """

    follows: Literal["comfort", "neutral"]
    gives: Annotated[float, Field(gt=0)]


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
    individual
        How far its bounds may follow one person; None where they are the same for everybody.
    """

    statistic: Literal["value", "peak", "trough", "range", "rise", "drop"] = "value"
    advice: Bounds
    error: Bounds | None = None
    phases: Annotated[frozenset[Phase], Field(min_length=1)]
    views: Views
    persists_s: Seconds = 0.4
    variants: frozenset[Slug] = frozenset()
    individual: Individual | None = None

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


# An arm that must take 0.41 s to open and took 0.27 s was told in 45 of 48 simulated sessions; the
# other three had 12 to 13 pictures a second.
FRAMES_TO_TIME = 6.0


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

    @property
    def fewest_hz(self) -> float:
        """How many pictures a second it takes to tell."""
        return FRAMES_TO_TIME / self.advice_s


class NotChecked(Record):
    """Something that matters and that a camera cannot see: said in every verdict."""

    name: Slug
    says: Sentence
    why: Sentence
