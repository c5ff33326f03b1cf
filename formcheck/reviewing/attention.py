"""What needs a therapist's attention on a day, in the order in which it should get it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from formcheck.analysis.verdict import TOO_LITTLE_ASSESSED
from formcheck.prescription.adherence import LONG_GAP_DAYS, Calendar, calendar
from formcheck.prescription.model import Weekday
from formcheck.prescription.outcomes import MeasureId
from formcheck.prescription.progression import Change
from formcheck.prescription.red_flags import red_flags
from formcheck.prescription.review import DUE_FROM_DAY, DUE_UNTIL_DAY, ReviewState, review_state
from formcheck.prescription.seal import SealState
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.reviewing.attention_rules import FEWER_DAYS, RANK, RULES, NeedKind, Rule
from formcheck.reviewing.facts import Facts, Mark, NotQuiet, PainChange, Programme
from formcheck.weeks.days import local_day
from formcheck.weeks.going import rule_id
from formcheck.weeks.weeks import FRESH_DAYS

ExerciseName = Callable[[str], str]
_ONE_DAY = timedelta(days=1)
_TWO_WEEKS = timedelta(days=14)


_WEEKDAYS = tuple(Weekday)
_CHANGES = {
    Change.STAY: "stays as it is until you decide",
    Change.MORE_REPETITIONS: "more repetitions",
    Change.LONGER_HOLD: "a longer hold",
    Change.MORE_SETS: "more sets",
    Change.HARDER: "a harder exercise",
    Change.LESS: "less",
    Change.EASIER: "an easier exercise",
}
_STOPPED = {
    StopRuleId.S01: "pain rose and stayed up",
    StopRuleId.S02: "pain was over the limit",
    StopRuleId.S03: "the day began with much pain",
    StopRuleId.S04: "a new kind of pain, or newly numb or weak",
    StopRuleId.S05: "signs in chest or head",
    StopRuleId.S06: "twice running more than was settled from",
    StopRuleId.S07: "three repetitions in a row with an error",
    StopRuleId.S08: "a fall, or long out of the picture",
    StopRuleId.S09: "asked to stop",
}


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that needs attention.

    Attributes
    ----------
    says
        What it is, in a short sentence.
    since
        The day since which; None where there is no telling.
    session_id
        The session that it is about; None where it is about the person.
    """

    kind: NeedKind
    says: str
    since: date | None
    session_id: str | None = None

    @property
    def rank(self) -> int:
        """Its place among all kinds, 1 for the most urgent."""
        return RANK[self.kind]

    @property
    def rule(self) -> Rule:
        """Why it is listed."""
        return RULES[self.kind]


def needs(facts: Facts, today: date, name: ExerciseName) -> tuple[Need, ...]:
    """Return what needs attention of a person on a day, the most urgent first."""
    found = [
        *_warning_signs(facts),
        *_stop_rules(facts),
        *_pain(facts),
        *_new_faults(facts, name),
        *_hardly_assessed(facts),
        *_not_reviewed(facts),
    ]
    if facts.programme is not None:
        found += _of_programme(facts, facts.programme, today, name)
    return tuple(sorted(found, key=lambda one: one.rank))


def order(listed: Sequence[Need]) -> tuple[int, ...]:
    """Return by what people are put in order: the most urgent thing first, then the next one."""
    return (*(one.rank for one in listed), len(RULES) + 1)


def days_done(facts: Facts, today: date) -> Calendar | None:
    """Return the last two weeks of somebody's plan; None without one."""
    programme = facts.programme
    if programme is None or not programme.days:
        return None
    return _calendar(facts, programme, today - _TWO_WEEKS + _ONE_DAY, today)


def _warning_signs(facts: Facts) -> Iterator[Need]:
    if facts.red_flags:
        flags = [red_flags()[one] for one in facts.red_flags]
        think = "; ".join(f"{one.think.en} ({one.level})" for one in flags)
        yield Need(NeedKind.RED_FLAG, f"Think of: {think}", facts.red_flags_since)


def _stop_rules(facts: Facts) -> Iterator[Need]:
    if not facts.to_tell:
        return
    newest = facts.to_tell[0]
    what = "; ".join(
        f"{_STOPPED[rule].capitalize()} ({rule.upper()})" for rule in _rules(newest.rules)
    )
    more = len(facts.to_tell) - 1
    also = f"; also in {more} earlier session{'s' if more > 1 else ''}" if more else ""
    yield _about(NeedKind.STOP_RULE, f"{what}{also}", newest.session)


def _rules(told: Sequence[str]) -> list[StopRuleId]:
    return list(dict.fromkeys(map(rule_id, told)))


def _pain(facts: Facts) -> Iterator[Need]:
    pain = facts.not_quiet
    if pain is None:
        return
    if pain.again:
        says = "The last two sessions were both more than was settled from a day later"
        yield _about(NeedKind.PAIN_DOES_NOT_SETTLE, says, pain.session)
    else:
        yield _about(NeedKind.PAIN_NOT_QUIET, _why_not_quiet(pain), pain.session)


def _why_not_quiet(pain: NotQuiet) -> str:
    went = f"Pain went from {pain.before} to {pain.highest}"
    if pain.highest > pain.limit:
        return f"{went}, over the limit of {pain.limit}"
    return f"{went}, and had not settled a day later" if pain.did_not_settle else went


def _new_faults(facts: Facts, name: ExerciseName) -> Iterator[Need]:
    if facts.new_faults and facts.newest:
        told = "; ".join(f"{name(one.exercise)}: {one.says}" for one in facts.new_faults)
        yield _about(NeedKind.NEW_FAULT, told, facts.newest)


def _hardly_assessed(facts: Facts) -> Iterator[Need]:
    share = facts.assessed_share
    if share is not None and share < TOO_LITTLE_ASSESSED and facts.newest:
        says = f"Only {share:.0%} of the last session could be judged"
        yield _about(NeedKind.HARDLY_ASSESSED, says, facts.newest)


def _not_reviewed(facts: Facts) -> Iterator[Need]:
    if facts.oldest_not_reviewed:
        n = facts.n_not_reviewed
        says = "1 session" if n == 1 else f"{n} sessions"
        yield _about(NeedKind.NOT_REVIEWED, f"{says} not signed off", facts.oldest_not_reviewed)


def _of_programme(
    facts: Facts, programme: Programme, today: date, name: ExerciseName
) -> Iterator[Need]:
    if programme.trouble:
        says = f"Revision {programme.revision} cannot be read: {programme.trouble}"
        yield Need(NeedKind.SEAL_BROKEN, says, programme.saved)
        return
    if programme.seal is SealState.BROKEN:
        says = f"Revision {programme.revision} was changed after it was sealed"
        yield Need(NeedKind.SEAL_BROKEN, says, programme.saved)
    for change in _worse(programme.pain, today)[:1]:
        scale = 100 if change.measure is MeasureId.PAIN_0_100 else 10
        says = f"Pain {change.now:g} of {scale}, {change.baseline:g} at the start"
        yield Need(NeedKind.PAIN_WORSE, says, change.day)
    yield from _adherence(facts, programme, today)
    yield from _review(programme, today)
    if programme.waiting and facts.newest:
        told = "; ".join(
            f"{name(one.exercise)}: {_CHANGES[one.change]}"
            + (f", {name(one.becomes)}" if one.becomes else "")
            for one in programme.waiting
        )
        yield Need(NeedKind.STEP_WAITS, told, local_day(facts.newest.started))


def _worse(changes: Sequence[PainChange], today: date) -> list[PainChange]:
    """Return what is worse; pain before each session stands in where the week was not asked for."""
    fresh = {one.measure: one for one in changes if one.day >= today - FRESH_DAYS * _ONE_DAY}
    if MeasureId.PAIN_0_100 in fresh:
        fresh.pop(MeasureId.PAIN_0_10, None)
    return [one for one in fresh.values() if one.is_worse]


def _adherence(facts: Facts, programme: Programme, today: date) -> Iterator[Need]:
    since = max([day for day in facts.done if day <= today], default=None)
    both = _calendar(facts, programme, today - 2 * _TWO_WEEKS + _ONE_DAY, today)
    if both.gap_days >= LONG_GAP_DAYS and both.n_missed_in_a_row:
        begun = since is not None and since >= programme.starts
        says = "Nothing done since then" if begun else "Not begun yet"
        yield Need(NeedKind.ADHERENCE_FALLS, says, since if begun else programme.starts)
        return
    now = _calendar(facts, programme, today - _TWO_WEEKS + _ONE_DAY, today)
    before = _calendar(facts, programme, today - 2 * _TWO_WEEKS + _ONE_DAY, today - _TWO_WEEKS)
    if before.n_planned and before.share * now.n_planned - now.n_done >= FEWER_DAYS:
        says = (
            f"{now.n_done} of {now.n_planned} days in two weeks,"
            f" {before.n_done} of {before.n_planned} in the two before"
        )
        yield Need(NeedKind.ADHERENCE_FALLS, says, today - _TWO_WEEKS + _ONE_DAY)


def _calendar(facts: Facts, programme: Programme, first: date, last: date) -> Calendar:
    planned = {_WEEKDAYS.index(one) for one in programme.days}
    first = max(first, programme.starts)
    return calendar(first, last, lambda day: day.weekday() in planned, facts.done)


def _review(programme: Programme, today: date) -> Iterator[Need]:
    state = review_state(programme.starts, today, programme.last_contact)
    day = (today - programme.starts).days
    if state is ReviewState.OVERDUE:
        since = programme.starts + (DUE_UNTIL_DAY + 1) * _ONE_DAY
        yield Need(NeedKind.REVIEW_OVERDUE, f"Day {day} of the programme", since)
    elif state is ReviewState.DUE:
        since = programme.starts + DUE_FROM_DAY * _ONE_DAY
        yield Need(NeedKind.REVIEW_DUE, f"Day {day} of the programme", since)


def _about(kind: NeedKind, says: str, session: Mark) -> Need:
    return Need(kind, says, local_day(session.started), session.id)
