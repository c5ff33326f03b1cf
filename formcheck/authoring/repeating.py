"""What a repetition is: the way that was shown, with room for people who go another one."""

from formcheck.authoring.choices import Choices
from formcheck.authoring.choosing import moved_of
from formcheck.authoring.demonstration import Demonstration
from formcheck.authoring.marks import Marks
from formcheck.authoring.numbers import at_share, readable_views, rounded
from formcheck.authoring.postures import posture_of
from formcheck.authoring.ranking import Moved
from formcheck.exercises.rules import RepetitionRule, Requirement, Signal
from formcheck.exercises.schema import Variant

# Shares of the way from rest to effort that was shown.
RESTS_BELOW, COUNTS_FROM, LEAST_EXCURSION, FULL_FROM = 0.45, 0.5, 0.45, 0.9
# For somebody whose range was measured, and is small.
SMALLEST_EXCURSION = 0.3
# What goes with the movement must go this share of its own way.
GOES_WITH_FROM = 0.4
LONGEST_S, TIMES_AS_LONG = 10.0, 4.0


def repeated(
    demonstration: Demonstration,
    marks: Marks,
    moved: tuple[Moved, ...],
    best: Moved,
    choices: Choices,
) -> Variant:
    """Return how it is done, counted by the best of what moved."""
    rule = RepetitionRule(
        signals=(_signal(demonstration, best),),
        requires=tuple(_requirement(moved_of(moved, one)) for one in choices.also),
        longest_s=round(max(LONGEST_S, TIMES_AS_LONG * marks.longest_s)),
    )
    return Variant(
        id="as_shown",
        name="As shown",
        orientations=demonstration.orientations,
        posture=posture_of(demonstration, marks),
        repetition=rule,
    )


def _signal(demonstration: Demonstration, best: Moved) -> Signal:
    way = best.change
    return Signal(
        measure=best.measure.name,
        side=best.reading.side,
        views=readable_views(demonstration, best.reading),
        rest=at_share(RESTS_BELOW, best),
        effort=at_share(COUNTS_FROM, best),
        minimum_excursion=rounded(LEAST_EXCURSION * abs(way), best),
        least_excursion=rounded(SMALLEST_EXCURSION * abs(way), best),
        target=at_share(FULL_FROM, best),
        directions="both" if best.swings else "one",
    )


def _requirement(moved: Moved) -> Requirement:
    least = GOES_WITH_FROM * abs(moved.change)
    return Requirement(
        measure=moved.measure.name,
        side=moved.reading.side,
        statistic="range",
        min=rounded(least, moved),
    )
