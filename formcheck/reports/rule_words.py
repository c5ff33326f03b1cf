"""The rules of an exercise in words and numbers, in any language that formcheck has."""

import math
from collections.abc import Iterable

from formcheck import measures
from formcheck.exercises.schema import (
    Bounds,
    Condition,
    Dose,
    Finding,
    FormRule,
    HoldRule,
    Orientation,
    Phase,
    Reading,
    Requirement,
    Signal,
    TempoRule,
    Variant,
)
from formcheck.measures import View
from formcheck.texts import Texts

_WHOLE = frozenset({"deg", "px"})


class RuleWords:
    """Say what a rule demands.

    Parameters
    ----------
    texts
        In whose language.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> bridge = library.find("glute_bridge")
    >>> RuleWords(Texts.load("en")).form(bridge.form[2])[0]
    'hip against the line from shoulder to knee (the side near the camera)'
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def dose(self, dose: Dose) -> str:
        """Return sets, what makes one, and the rest between them."""
        say = self._texts.say
        each = (
            say("dose.hold", n=dose.hold_s)
            if dose.hold_s is not None
            else say("dose.repetitions", n=int(dose.due))
        )
        words = say("dose.sets_of", sets=say("dose.sets", n=dose.sets), each=each)
        return f"{words}, {say('dose.rest', n=dose.rest_s)}" if dose.sets > 1 else words

    def body(self, variant: Variant) -> str:
        """Return how the trunk may lie in the room."""
        chosen = [one for one in Orientation if one in variant.orientations]
        words = ", ".join(self._texts.say(f"orientation.{one}") for one in chosen)
        return self._profile("body", orientations=words)

    def signal(self, signal: Signal) -> str:
        """Return what a repetition is counted by, with every number."""
        grows = signal.target > signal.rest
        words = self._profile(
            "signal_growing" if grows else "signal_falling",
            reading=self.reading(signal),
            views=self.views(signal.views & measures.find(signal.measure).views),
            rest=self._amount(signal.rest, signal),
            effort=self._amount(signal.effort, signal),
            excursion=self._amount(signal.minimum_excursion, signal),
            target=self._amount(signal.target, signal),
            error=self._amount(measures.find(signal.measure).expected_error, signal),
        )
        return f"{words} {self._profile('both_ways')}" if signal.directions == "both" else words

    def requirement(self, required: Requirement) -> str:
        """Return what must go with the movement."""
        words = self._profile(
            "required",
            reading=self.reading(required),
            statistic=self._texts.say(f"statistic.{required.statistic}"),
            bounds=self._within(required, required),
        )
        if not required.in_place_of:
            return words
        other = self._texts.say(f"measure.{required.in_place_of}")
        return f"{words} {self._profile('in_place_of', other=other)}"

    def longest(self, longest_s: float) -> str:
        """Return what is too long for a repetition."""
        return self._profile("longest", time=self._time(longest_s))

    def condition(self, condition: Condition) -> str:
        """Return where a reading has to be for as long as a posture is kept."""
        reading = self.reading(condition)
        steady = condition.steady_within
        if not math.isinf(condition.min) or not math.isinf(condition.max):
            within = self._within(condition, condition)
            parts = [self._profile("bounded", reading=reading, bounds=within)]
            if condition.tolerance:
                tolerance = self._amount(condition.tolerance, condition)
                parts.append(self._profile("leeway", tolerance=tolerance))
            if steady is not None:
                parts.append(self._profile("steady", steady=self._amount(steady, condition)))
        else:
            amount = self._amount(steady or 0.0, condition)
            parts = [self._profile("only_steady", reading=reading, steady=amount)]
        parts += [self._profile("optional")] if condition.optional else []
        parts += [self._profile("lasting")] if condition.lasting else []
        return "; ".join(parts)

    def hold_times(self, hold: HoldRule) -> str:
        """Return when the clock of a hold starts and ends."""
        return self._profile(
            "hold_times",
            settle=self._time(hold.settle_s),
            grace=self._time(hold.grace_s),
            shortest=self._time(hold.shortest_s),
            target=self._time(hold.target_s),
        )

    def form(self, rule: FormRule) -> list[str]:
        """Return what a fault is read from and from where on it is one, a phrase each."""
        parts = [self.reading(rule), self._texts.say(f"statistic.{rule.statistic}")]
        parts.append(self._profile("tip", bounds=self._outside(rule.advice, rule)))
        parts.append(self._worst(rule))
        parts.append(self._judged(rule.phases))
        parts.append(self._profile("seen_from", views=self.views(rule.views)))
        return parts

    def tempo(self, rule: TempoRule) -> list[str]:
        """Return which part of a repetition is timed and what is too quick, a phrase each."""
        quicker = self._profile("quicker", time=self._time(rule.advice_s))
        parts = [self._judged(rule.phases), self._profile("tip", bounds=quicker)]
        if rule.error_s and rule.observability != "poor":
            quicker = self._profile("quicker", time=self._time(rule.error_s))
            parts.append(self._profile("fault", bounds=quicker))
        else:
            parts.append(self._profile("never_fault"))
        return parts

    def finding(self, finding: Finding) -> str:
        """Return how a fault is found: read from what, from where on, how well seen."""
        match finding:
            case FormRule():
                parts = self.form(finding)
            case TempoRule():
                parts = self.tempo(finding)
            case _:
                raise ValueError(f"a finding of an unknown kind: {type(finding).__name__}")
        parts.append(self._texts.say(f"observability.{finding.observability}"))
        basis = self._texts.say(f"basis.{finding.basis}")
        parts.append(self._profile("numbers_from", basis=basis))
        return "; ".join(parts)

    def reading(self, reading: Reading) -> str:
        """Return what is measured, and on which side where it has sides."""
        measure = self._texts.say(f"measure.{reading.measure}")
        if not measures.find(reading.measure).sided:
            return measure
        side = self._texts.say(f"reading.on_{reading.side}")
        return self._profile("reading", measure=measure, side=side)

    def views(self, views: Iterable[View]) -> str:
        """Return from where the camera looks."""
        return self._listed("view", [view for view in View if view in set(views)])

    def _worst(self, rule: FormRule) -> str:
        if rule.error is None or rule.observability == "poor":
            return self._profile("never_fault")
        return self._profile("fault", bounds=self._outside(rule.error, rule))

    def _judged(self, phases: Iterable[Phase]) -> str:
        chosen = set(phases)
        return self._profile(
            "judged", phases=self._listed("phase", [one for one in Phase if one in chosen])
        )

    def _within(self, bounds: Bounds, reading: Reading) -> str:
        return self._bounds(bounds, reading, ("between", "at_least", "at_most"))

    def _outside(self, bounds: Bounds, rule: FormRule) -> str:
        return self._bounds(bounds, rule, ("outside", "below", "above"))

    def _bounds(self, bounds: Bounds, reading: Reading, keys: tuple[str, str, str]) -> str:
        both, only_min, only_max = keys
        if math.isinf(bounds.max):
            return self._profile(only_min, min=self._amount(bounds.min, reading))
        if math.isinf(bounds.min):
            return self._profile(only_max, max=self._amount(bounds.max, reading))
        low, high = (self._amount(value, reading) for value in (bounds.min, bounds.max))
        return self._profile(both, min=low, max=high)

    def _amount(self, value: float, reading: Reading) -> str:
        """Return a value as it is said: a share of the start where that is what is judged."""
        if isinstance(reading, FormRule) and reading.statistic == "drop":
            return self._profile("of_start", share=self._texts.number(100 * value, 0))
        unit = measures.find(reading.measure).unit
        written = self._texts.number(value, 0 if unit in _WHOLE else 2)
        return self._texts.say(f"unit.{unit}", value=written)

    def _time(self, time_s: float) -> str:
        return self._texts.say("time.seconds", n=time_s)

    def _listed(self, group: str, codes: Iterable[str]) -> str:
        return ", ".join(self._texts.say(f"{group}.{code}") for code in codes)

    def _profile(self, key: str, **arguments: str) -> str:
        return self._texts.say(f"profile.{key}", **arguments)
