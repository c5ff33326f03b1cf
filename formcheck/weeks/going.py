"""How each exercise went in each session: what decides whether more of it comes next."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from formcheck.exercises.dose import Dose
from formcheck.prescription.model import Item, Prescription
from formcheck.prescription.progression import SessionFigures, is_quiet
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.session.stages import SetEnd
from formcheck.store.figures import RuleFollowed, SetFigures
from formcheck.weeks.days import local_day
from formcheck.weeks.kept import Kept
from formcheck.weeks.pain_around import PainAround

_STOPS = {"stop_exercise", "end_session"}


@dataclass(frozen=True, slots=True)
class Went:
    """What exercises are told from: sets, what was said about pain, and stop rules.

    Attributes
    ----------
    usual
        How much it usually hurts before a session.
    """

    sets: tuple[SetFigures, ...]
    pain: Mapping[str, PainAround]
    rules: tuple[RuleFollowed, ...]
    usual: int

    @classmethod
    def of(cls, kept: Kept, around: Sequence[PainAround], usual: int) -> "Went":
        """Return how the last weeks went."""
        return cls(
            kept.latest_sets, {one.session_id: one for one in around}, kept.latest_rules, usual
        )


def item_figures(item: Item, prescription: Prescription, went: Went) -> tuple[SessionFigures, ...]:
    """Return how an exercise of a plan went, session by session, the latest last.

    A session in which nobody was asked about pain before it followed no prescription, and says
    nothing about one.
    """
    return tuple(
        _figures(item, done, went.pain[session_id], prescription.pain_limit, went)
        for session_id, done in _done(item, prescription, went.sets).items()
        if session_id in went.pain and went.pain[session_id].before is not None
    )


def clean_share(sets: Sequence[SetFigures]) -> float | None:
    """Return which share was without an error: of repetitions, or of the time of holding.

    None where form was not judged.
    """
    judged = [one for one in sets if one.is_judged]
    whole = sum(_volume(one) for one in judged)
    return sum(_volume(one) * _clean(one) for one in judged) / whole if whole else None


def share_done(sets: Sequence[SetFigures], dose: Dose) -> float:
    """Return how much of a dose was done, 1 for all."""
    done = (
        1.0 if one.end is SetEnd.DONE else min(_amount(one, dose) / dose.due, 1) for one in sets
    )
    return min(math.fsum(done) / dose.sets, 1.0)


def _done(
    item: Item, prescription: Prescription, sets: Sequence[SetFigures]
) -> dict[str, list[SetFigures]]:
    """Return the sets of an item by session; the sides of one exercise are told by their order."""
    place = _place(item, prescription)
    steps: dict[str, dict[int | None, list[SetFigures]]] = defaultdict(lambda: defaultdict(list))
    for one in sets:
        if one.exercise == item.exercise:
            steps[one.session_id][one.step_index].append(one)
    ordered = {session_id: list(by_step.values()) for session_id, by_step in steps.items()}
    return {one: found[place] for one, found in ordered.items() if place < len(found)}


def _place(item: Item, prescription: Prescription) -> int:
    """Return how many items of the same exercise come before it in its session."""
    for session in prescription.sessions_now:
        alike = [one for one in session.items if one.exercise == item.exercise]
        if item in alike:
            return alike.index(item)
    return 0


def _figures(
    item: Item, sets: list[SetFigures], pain: PainAround, limit: int, went: Went
) -> SessionFigures:
    dose = next((one.dose for one in sets if one.dose), item.dose)
    before, highest = pain.before or 0, pain.highest(item.exercise) or 0
    too_much = pain.day_after(went.usual).was_too_much
    return SessionFigures(
        date=local_day(sets[0].session_started),
        dose=dose,
        share_done=share_done(sets, dose),
        clean_share=clean_share(sets),
        pain_quiet=is_quiet(before, highest, limit, too_much),
        stopped_by=next(_stopping(sets, went), None),
    )


def _stopping(sets: Sequence[SetFigures], went: Went) -> Iterator[StopRuleId]:
    """Yield the rules that stopped an exercise, the last one first."""
    of_session = [one for one in went.sets if one.session_id == sets[0].session_id]
    for rule in reversed(went.rules):
        applied = rule.applied
        if rule.session_id != sets[0].session_id or applied.action not in _STOPS:
            continue
        begun = [one for one in of_session if one.started_s <= applied.time_s]
        if begun and begun[-1] in sets:
            yield rule_id(applied.rule)


def rule_id(rule: str) -> StopRuleId:
    """Return the rule of what a log calls it; ``s06_again`` is S06."""
    return StopRuleId(rule.partition("_")[0])


def _amount(one: SetFigures, dose: Dose) -> float:
    return one.held_s if dose.hold_s is not None else one.n_repetitions


def _volume(one: SetFigures) -> float:
    """Return repetitions, or seconds of holding; never both."""
    return one.n_repetitions or one.posture_s


def _clean(one: SetFigures) -> float:
    wrong = one.n_with_error if one.n_repetitions else one.error_s
    return 1 - wrong / _volume(one)
