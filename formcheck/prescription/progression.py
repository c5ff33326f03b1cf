"""What comes next for one exercise: a little more, the same, less, or another one.

More only after three sessions in a row that were done whole, moved well and left the pain quiet;
one parameter at a time: repetitions or seconds, then sets, then the harder neighbour. Less where
pain or form says so. It is a proposal: it applies by itself only as far as the therapist allowed.
"""

import datetime
import enum
from collections.abc import Sequence
from dataclasses import dataclass, replace

from formcheck.exercises.dose import Dose
from formcheck.prescription.aftermath import Smaller
from formcheck.prescription.dose_steps import DoseStep, Parameter, step_down, step_up
from formcheck.prescription.saying import Saying
from formcheck.prescription.stop_rules import StopRuleId, stop_table

# Conventions: the clinical document says no more than "progressively" and "proper form".
SESSIONS_NEEDED = 3
CLEAN_ENOUGH = 0.8
HARDLY_CLEAN = 0.5
WEEK_DAYS = 7

_WARNINGS = {StopRuleId.S04, StopRuleId.S05}
_PAIN_STOPS = {StopRuleId.S01, StopRuleId.S02, StopRuleId.S03}


class Change(enum.StrEnum):
    """What is proposed."""

    STAY = "stay"
    MORE_REPETITIONS = "more_repetitions"
    LONGER_HOLD = "longer_hold"
    MORE_SETS = "more_sets"
    HARDER = "harder"
    LESS = "less"
    EASIER = "easier"


_MORE = {
    Parameter.REPETITIONS: Change.MORE_REPETITIONS,
    Parameter.HOLD_S: Change.LONGER_HOLD,
    Parameter.SETS: Change.MORE_SETS,
}


@dataclass(frozen=True, slots=True)
class SessionFigures:
    """How one exercise went in one session.

    Attributes
    ----------
    dose
        What was planned on that day.
    share_done
        How much of it was done, 1 for all.
    clean_share
        Share of it without a fault at the level of an error; None where form was not judged.
    pain_quiet
        Whether pain stayed within the rules, during and after (`is_quiet`).
    stopped_by
        The rule that stopped it, if one did.
    """

    date: datetime.date
    dose: Dose
    share_done: float
    clean_share: float | None
    pain_quiet: bool
    stopped_by: StopRuleId | None = None

    @property
    def went_well(self) -> bool:
        """Whether it counts toward a step up."""
        is_clean = self.clean_share is not None and self.clean_share >= CLEAN_ENOUGH
        return is_clean and self.pain_quiet and self.share_done >= 1 and self.stopped_by is None


@dataclass(frozen=True, slots=True)
class Situation:
    """One exercise as it is prescribed now, and what may take its place.

    Attributes
    ----------
    ceiling
        Up to how much it grows before the harder one comes: the exercise's usual dose.
    easier, harder
        Neighbours that this patient may do; None where there is none.
    repetitions_step
        2 where the sides take turns.
    """

    dose: Dose
    ceiling: Dose
    easier: str | None = None
    harder: str | None = None
    repetitions_step: int = 1


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is proposed for the next session, and why.

    Attributes
    ----------
    says
        The reason, for the patient.
    dose
        The new dose; None where another exercise is proposed or nothing changes.
    exercise
        The neighbour that is proposed.
    growth
        By what share the volume of a session changes.
    needs_therapist
        Whether it waits for the therapist's word.
    tells_therapist
        Whether the therapist has to know; nothing waits for it.
    applies
        Whether it is taken without being asked about.
    """

    change: Change
    says: Saying
    dose: Dose | None = None
    exercise: str | None = None
    growth: float = 0.0
    needs_therapist: bool = False
    tells_therapist: bool = False
    applies: bool = False


def is_quiet(before: int, highest: int, limit: int, too_much_after: bool) -> bool:
    """Return whether pain stayed within the rules: no large rise, no large pain, a calm next day.

    Parameters
    ----------
    limit
        What the therapist has set, 3 to 6.
    too_much_after
        What `aftermath.DayAfter.was_too_much` says.
    """
    return highest - before <= stop_table().limits.rise and highest <= limit and not too_much_after


def proposal(
    situation: Situation,
    figures: Sequence[SessionFigures],
    today: datetime.date,
    allowed: bool = False,
    smaller: Smaller | None = None,
) -> Proposal:
    """Return what is proposed after the sessions so far.

    Parameters
    ----------
    figures
        Of this exercise, the latest last.
    allowed
        Whether the therapist lets it change by itself.
    smaller
        What the day after the last session asks for (`aftermath.next_session`).
    """
    found = _less(situation, figures, smaller) or _more(situation, figures, today)
    applies = allowed and not found.needs_therapist and found.change is not Change.STAY
    return replace(found, applies=applies)


def after_gap(situation: Situation) -> Proposal:
    """Return one step down, for who comes back after a week or more without exercises."""
    share = stop_table().limits.reduce_least
    return _smaller(situation, share, Saying("progress.after_gap"))


def _less(
    situation: Situation, figures: Sequence[SessionFigures], smaller: Smaller | None
) -> Proposal | None:
    """Return what pain or form asks for; None where both are well enough to stay or go on."""
    if not figures:
        return None
    if figures[-1].stopped_by in _WARNINGS:
        return _stay("progress.ask_therapist", needs_therapist=True)
    return _less_for_pain(situation, figures, smaller) or _less_for_form(situation, figures)


def _less_for_pain(
    situation: Situation, figures: Sequence[SessionFigures], smaller: Smaller | None
) -> Proposal | None:
    if smaller:
        less = _smaller(situation, smaller.share, smaller.says)
        return replace(less, tells_therapist=smaller.tells_therapist)
    if sum(not one.pain_quiet for one in figures[-SESSIONS_NEEDED:]) > 1:
        return _easier(situation, "pain")
    if figures[-1].stopped_by in _PAIN_STOPS:
        share = stop_table().limits.reduce_least
        return _smaller(situation, share, Saying("progress.less_for_pain"))
    return None


def _less_for_form(situation: Situation, figures: Sequence[SessionFigures]) -> Proposal | None:
    if figures[-1].stopped_by is StopRuleId.S07 or _is_hardly_clean(figures[-2:]):
        return _easier(situation, "form")
    return None


def _is_hardly_clean(two: Sequence[SessionFigures]) -> bool:
    shares = [one.clean_share for one in two if one.clean_share is not None]
    return len(shares) == 2 and max(shares) < HARDLY_CLEAN


def _more(
    situation: Situation, figures: Sequence[SessionFigures], today: datetime.date
) -> Proposal:
    """Return a step up, or why it stays as it is."""
    waits = _why_not_yet(situation, figures)
    if waits:
        return waits
    changed_on = _last_change(situation.dose, figures)
    days_left = WEEK_DAYS - (today - changed_on).days if changed_on else 0
    if days_left > 0:
        return _stay("progress.wait", n=days_left)
    step = step_up(situation.dose, situation.ceiling, situation.repetitions_step)
    return _grown(step) if step else _harder(situation)


def _why_not_yet(situation: Situation, figures: Sequence[SessionFigures]) -> Proposal | None:
    recent = figures[-SESSIONS_NEEDED:]
    at_this_dose = [one for one in recent if one.dose == situation.dose]
    if len(at_this_dose) < SESSIONS_NEEDED:
        return _stay("progress.too_early", n=SESSIONS_NEEDED - len(at_this_dose))
    if not all(one.pain_quiet for one in recent):
        return _stay("progress.pain_first")
    if not all(one.share_done >= 1 and one.stopped_by is None for one in recent):
        return _stay("progress.dose_first")
    if any(one.clean_share is None for one in recent):
        return _stay("progress.not_judged", needs_therapist=True)
    return None if all(one.went_well for one in recent) else _stay("progress.form_first")


def _last_change(dose: Dose, figures: Sequence[SessionFigures]) -> datetime.date | None:
    """Return the first day of the dose that is done now; None where there was no other before."""
    others = [i for i, one in enumerate(figures) if one.dose != dose]
    return figures[others[-1] + 1].date if others else None


def _stay(key: str, needs_therapist: bool = False, **arguments: int) -> Proposal:
    return Proposal(Change.STAY, Saying.of(key, **arguments), needs_therapist=needs_therapist)


def _grown(step: DoseStep) -> Proposal:
    change = _MORE[step.parameter]
    amount = step.dose.sets if step.parameter is Parameter.SETS else step.dose.due
    key = f"progress_asked.{change}" if step.is_too_large else f"progress.{change}"
    return Proposal(
        change,
        Saying.of(key, n=int(amount)),
        dose=step.dose,
        growth=step.growth,
        needs_therapist=step.is_too_large,
    )


def _harder(situation: Situation) -> Proposal:
    """Return the harder neighbour: never without the therapist, for nobody has shown it yet."""
    if situation.harder is None:
        return _stay("progress.all_reached")
    return Proposal(
        Change.HARDER,
        Saying("progress.harder"),
        exercise=situation.harder,
        needs_therapist=True,
    )


def _easier(situation: Situation, reason: str) -> Proposal:
    if situation.easier is not None:
        return Proposal(
            Change.EASIER, Saying(f"progress.easier_for_{reason}"), exercise=situation.easier
        )
    share = stop_table().limits.reduce_least
    return _smaller(situation, share, Saying(f"progress.less_for_{reason}"))


def _smaller(situation: Situation, share: float, says: Saying) -> Proposal:
    """Return a smaller dose; the easier one where it cannot be smaller, else the therapist."""
    step = step_down(situation.dose, share, situation.repetitions_step)
    if step:
        return Proposal(Change.LESS, says, dose=step.dose, growth=step.growth)
    if situation.easier is not None:
        return Proposal(Change.EASIER, says, exercise=situation.easier)
    return _stay("progress.ask_therapist", needs_therapist=True)
