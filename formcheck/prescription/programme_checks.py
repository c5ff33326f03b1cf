"""The rules about the programme: its parts, order, dates and numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType

from formcheck.exercises.group import Component
from formcheck.exercises.schema import Exercise
from formcheck.prescription.case import Breach, Case
from formcheck.prescription.day_words import in_words
from formcheck.prescription.model import LONG_LASTING_WEEKS, Item
from formcheck.prescription.progress_checks import steps_too_large
from formcheck.prescription.seal import SealState
from formcheck.prescription.session_order import in_order
from formcheck.prescription.volume import minutes, volume

REVIEW_DAYS = (28, 42)
HEAT_MINUTES = (10, 20)
FIRST_CONTACT_DAYS, CONTACT_DAYS = 7, 14
LEAST_DAYS_A_WEEK = 6
N_EXERCISES = (4, 7)
MOST_MINUTES = 30.0
FIRST_WEEK = timedelta(days=7)
GENTLE_LEVEL, GENTLE_SHARE = 2, 1.1
MOST_UNTOUCHED = 0.8
FUNCTION_SCORES = frozenset({"psfs", "rmdq", "odi"})
# From this level on an exercise asks for control that was learned before.
ASKS_FOR_CONTROL_LEVEL = 3
_CLAIMS = re.compile(
    r"\bactivat\w*|\btransvers\w*|\bmultifid\w*|\bTrA\b|\bcures?\b|\bguarantee\w*", re.IGNORECASE
)
_REST = re.compile(r"\bbed ?rest\b|\bstay in bed\b|\bavoid (all )?activit\w+", re.IGNORECASE)


def _motor_control_first(case: Case) -> Iterator[Breach]:
    if Component.MOTOR_CONTROL not in case.all_components():
        yield Breach("there is no motor control exercise")


def _isolated_before_functional(case: Case) -> Iterator[Breach]:
    if case.prescription.first_stage_passed:
        return
    for item, exercise in case.items():
        functional = exercise.group and exercise.group.component is Component.FUNCTIONAL
        if functional or exercise.level >= ASKS_FOR_CONTROL_LEVEL:
            yield Breach(
                f"{exercise.name} comes before the first stage is known to be mastered",
                where=item.exercise,
            )


def _four_components(case: Case) -> Iterator[Breach]:
    there = case.all_components()
    missing = [
        words
        for words, is_there in (
            ("supervision: no therapist is named", case.prescription.therapist is not None),
            ("stretching", Component.STRETCH in there),
            ("strengthening", Component.STRENGTHEN in there),
        )
        if not is_there
    ]
    if missing:
        yield Breach(f"missing: {'; '.join(missing)}")


def _stretch_before_strengthen(case: Case) -> Iterator[Breach]:
    for session in case.prescription.sessions_now:
        components = case.components(session)
        last_stretch = _last(components, Component.STRETCH)
        first_strengthen = _first(components, Component.STRENGTHEN)
        if last_stretch is not None and first_strengthen is not None:
            if last_stretch < first_strengthen:
                continue
            late = case.exercise(session.items[last_stretch]).name
            early = case.exercise(session.items[first_strengthen]).name
            better = ", ".join(in_order([i.exercise for i in session.items], case.exercises))
            yield Breach(f"{late} comes after {early}", f"Better: {better}.", session.label)


def _never_stretch_alone(case: Case) -> Iterator[Breach]:
    for session in case.prescription.sessions_now:
        there = set(case.components(session))
        if Component.STRETCH in there and not there & {
            Component.STRENGTHEN,
            Component.MOTOR_CONTROL,
        }:
            yield Breach("it only stretches", where=session.label)
    there = case.all_components()
    if Component.STRETCH in there and Component.STRENGTHEN not in there:
        yield Breach("the programme stretches, and strengthens nothing")


def _individual(case: Case) -> Iterator[Breach]:
    items = list(case.items())
    untouched = [item for item, exercise in items if _is_untouched(item, exercise)]
    if len(untouched) / len(items) >= MOST_UNTOUCHED:
        yield Breach(
            f"{len(untouched)} of {len(items)} exercises have the usual dose and no number of the"
            " patient"
        )


def _is_untouched(item: Item, exercise: Exercise) -> bool:
    own = item.target is not None or item.thresholds or item.tempo_s or item.side
    return item.dose == exercise.usual_dose and not own


def _signed(case: Case) -> Iterator[Breach]:
    if case.seal is SealState.BROKEN:
        yield Breach("it was changed after it was sealed: the seal is void")
    elif case.seal is SealState.NONE:
        yield Breach("nobody has sealed it")


def _live_contact(case: Case) -> Iterator[Breach]:
    prescription = case.prescription
    upcoming = prescription.next_contact
    if upcoming is None:
        yield Breach("no next contact with the therapist is set")
        return
    if upcoming < case.today:
        yield Breach(f"the contact on {upcoming} is over: when is the next?")
    since = prescription.last_contact or prescription.starts
    most = FIRST_CONTACT_DAYS if since <= prescription.starts else CONTACT_DAYS
    if (upcoming - since).days > most:
        yield Breach(f"the next contact is {(upcoming - since).days} days away, more than {most}")


def _daily(case: Case) -> Iterator[Breach]:
    n_days = case.prescription.n_days_a_week
    if n_days < LEAST_DAYS_A_WEEK:
        yield Breach(f"something is done on {n_days} days a week")


def _heat_before_stretching(case: Case) -> Iterator[Breach]:
    heat = case.prescription.heat
    if Component.STRETCH not in case.all_components() or heat.left_out:
        return
    low, high = HEAT_MINUTES
    if heat.minutes is None:
        yield Breach("no heat before stretching, and no reason why not")
    elif not low <= heat.minutes <= high:
        yield Breach(f"heat for {heat.minutes} minutes, expected {low} to {high}")


def _gentle_start(case: Case) -> Iterator[Breach]:
    if case.today >= case.prescription.starts + FIRST_WEEK:
        return
    for item, exercise in case.items():
        if exercise.level > GENTLE_LEVEL and not item.tested:
            yield Breach(f"{exercise.name} is of level {exercise.level}", where=item.exercise)
        start = exercise.starting_dose
        is_alike = (start.repetitions is None) == (item.dose.repetitions is None)
        if is_alike and volume(item.dose) > GENTLE_SHARE * volume(start):
            unit = "repetitions" if start.hold_s is None else "s"
            yield Breach(
                f"{exercise.name}: {volume(item.dose):g} {unit} in all, and {volume(start):g} are"
                " usual to begin with",
                where=item.exercise,
            )


def _progressive(case: Case) -> Iterator[Breach]:
    if case.before is not None:
        for exercise_id, what in steps_too_large(case.before, case.prescription):
            yield Breach(what, where=exercise_id)


def _review_date(case: Case) -> Iterator[Breach]:
    prescription, (low, high) = case.prescription, REVIEW_DAYS
    if prescription.review is None:
        yield Breach("no review is set")
        return
    days = (prescription.review - prescription.starts).days
    if not low <= days <= high:
        first, last = (prescription.starts + timedelta(days=n) for n in REVIEW_DAYS)
        yield Breach(
            f"the review is {days} days after the start", f"Set it between {first} and {last}."
        )


def _expectations(case: Case) -> Iterator[Breach]:
    weeks = case.prescription.weeks_of_pain(case.today)
    kind = "long-lasting" if weeks > LONG_LASTING_WEEKS else "short"
    yield Breach(f"{weeks} weeks of pain: {kind} in the document's words")


def _stay_active(case: Case) -> Iterator[Breach]:
    if not case.prescription.stay_active:
        yield Breach("advice to stay active is switched off")
    if found := _REST.search(case.prescription.notes):
        yield Breach(f"the notes advise {found.group()!r}")


def _form_watched(case: Case) -> Iterator[Breach]:
    for item, exercise in case.items():
        if not any(finding.observability != "poor" for finding in exercise.findings):
            yield Breach(f"{exercise.name}: no fault can be seen well", where=item.exercise)


def _complements_only(case: Case) -> Iterator[Breach]:
    if case.all_components() == {Component.COMPLEMENT}:
        yield Breach("there is nothing but yoga and tai chi")


def _equipment_at_hand(case: Case) -> Iterator[Breach]:
    for item, exercise in case.items():
        floor = case.prescription.gets_down_alone and not item.on_bed
        missing = [
            one
            for one in exercise.needs
            if one not in case.prescription.equipment and (one != "mat" or floor)
        ]
        if missing:
            yield Breach(f"{exercise.name} needs: {', '.join(missing)}", where=item.exercise)


def _baseline(case: Case) -> Iterator[Breach]:
    baseline = case.prescription.baseline
    if baseline.pain_0_100 is None:
        yield Breach("pain before the start is not written down")
    if not FUNCTION_SCORES & set(baseline.function):
        yield Breach("no score of function before the start is written down")


def _no_claims(case: Case) -> Iterator[Breach]:
    texts = [case.prescription.goal, case.prescription.notes]
    texts += [item.why for item in case.prescription.items]
    for text in texts:
        if found := _CLAIMS.search(text):
            yield Breach(f"the text speaks of {found.group()!r}: {text}")


def _evidence_note(_: Case) -> Iterator[Breach]:
    yield Breach("what is known of exercise for the mid back is mostly known of the low back")


def _session_load(case: Case) -> Iterator[Breach]:
    low, high = N_EXERCISES
    for session in case.prescription.sessions_now:
        n_exercises = len(session.items)
        if not low <= n_exercises <= high:
            yield Breach(f"{n_exercises} exercises, expected {low} to {high}", where=session.label)
        took = minutes(session, case.exercises)
        if took > MOST_MINUTES:
            yield Breach(f"it takes about {took:.0f} minutes", where=session.label)


def _first(components: list[Component | None], wanted: Component) -> int | None:
    return components.index(wanted) if wanted in components else None


def _last(components: list[Component | None], wanted: Component) -> int | None:
    found = _first(components[::-1], wanted)
    return None if found is None else len(components) - 1 - found


def _unvalidated(case: Case) -> Iterator[Breach]:
    """Of own exercises alone: those that are built in say it on their pages."""
    for own in case.prescription.own_exercises:
        if not own.is_validated:
            yield Breach(f"{own.name} is unvalidated: {_made_from(own)}", where=own.id)


def _made_from(own: Exercise) -> str:
    shown = own.demonstrated
    if shown is None:
        return "nobody has tried it on others"
    return f"it was made from a demonstration by one person on {in_words(shown.on)}"


CHECKS: Mapping[str, Callable[[Case], Iterator[Breach]]] = MappingProxyType(
    {
        "motor_control_first": _motor_control_first,
        "isolated_before_functional": _isolated_before_functional,
        "four_components": _four_components,
        "stretch_before_strengthen": _stretch_before_strengthen,
        "never_stretch_alone": _never_stretch_alone,
        "individual": _individual,
        "signed": _signed,
        "live_contact": _live_contact,
        "daily": _daily,
        "heat_before_stretching": _heat_before_stretching,
        "gentle_start": _gentle_start,
        "progressive": _progressive,
        "review_date": _review_date,
        "expectations": _expectations,
        "stay_active": _stay_active,
        "form_watched": _form_watched,
        "complements_only": _complements_only,
        "equipment_at_hand": _equipment_at_hand,
        "baseline": _baseline,
        "no_claims": _no_claims,
        "evidence_note": _evidence_note,
        "session_load": _session_load,
        "unvalidated": _unvalidated,
    }
)
