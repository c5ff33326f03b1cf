"""The rules that are about safety: what does not keep them blocks."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from formcheck.exercises.contraindications import ContraindicationKind, HealthCondition
from formcheck.exercises.schema import Exercise, Orientation
from formcheck.prescription.case import Breach, Case
from formcheck.prescription.condition_names import CLINICAL_NAMES
from formcheck.prescription.day_words import in_words
from formcheck.prescription.model import Item, Prescription
from formcheck.prescription.progress_checks import steps_not_allowed
from formcheck.prescription.red_flags import SCREENING_DAYS, recorded_outcome
from formcheck.prescription.seal import SealState
from formcheck.prescription.session_order import component_of

HARDEST_UNSIGNED_LEVEL = 2
Conflict = tuple[HealthCondition, ContraindicationKind]
ABSOLUTE = ContraindicationKind.ABSOLUTE


def conflicts(exercise: Exercise, conditions: frozenset[HealthCondition]) -> Iterator[Conflict]:
    """Yield what speaks against an exercise: the condition, and how strictly."""
    for one in exercise.contraindications:
        if one.condition in conditions:
            yield one.condition, one.kind


def can_be_done_on_bed(exercise: Exercise) -> bool:
    """Return whether it is done lying on the back, for which a firm bed will do."""
    return any(way.orientations == {Orientation.SUPINE} for way in exercise.variants)


def _hard_only_signed(case: Case) -> Iterator[Breach]:
    if case.seal is SealState.SEALED:
        return
    for item, exercise in case.items():
        if exercise.level > HARDEST_UNSIGNED_LEVEL:
            yield Breach(
                f"{exercise.name} is of level {exercise.level}, and the prescription is not sealed",
                where=item.exercise,
            )


def _red_flags_asked(case: Case) -> Iterator[Breach]:
    screening = case.screening
    if screening is None:
        yield Breach("the questions about warning signs have not been asked")
        return
    if waiting := recorded_outcome(screening).open:
        named = ", ".join(flag.id for flag in waiting)
        yield Breach(
            f"answered with yes and not looked into: {named}",
            "No exercise until it has been looked into. What a therapist can clear is written under"
            " red_flags.cleared; after the others the questions are asked again.",
        )
    age_days = (case.today - screening.on).days
    if age_days > SCREENING_DAYS:
        yield Breach(f"the questions were asked {age_days} days ago, more than {SCREENING_DAYS}")
    elif age_days < 0:
        yield Breach(f"the questions are dated {in_words(screening.on)}, after today")


def _contraindications(case: Case) -> Iterator[Breach]:
    confirmed = {(one.exercise, one.condition) for one in case.prescription.confirmed}
    for item, exercise in case.items():
        for condition, kind in conflicts(exercise, case.prescription.conditions):
            words = CLINICAL_NAMES[condition]
            if kind is ABSOLUTE:
                yield Breach(
                    f"{exercise.name} is not for somebody with {words}",
                    _instead(item, case),
                    item.exercise,
                )
            elif (item.exercise, condition) not in confirmed:
                yield Breach(
                    f"{exercise.name} asks for care with {words}",
                    "Look at it with the patient and write it under confirmed, or choose another:"
                    f" {_instead(item, case)}",
                    item.exercise,
                )


def _steps_allowed(case: Case) -> Iterator[Breach]:
    for exercise_id, what in steps_not_allowed(case.prescription, case.exercises):
        yield Breach(what, where=exercise_id)


def _reaches_the_floor(case: Case) -> Iterator[Breach]:
    if case.prescription.gets_down_alone:
        return
    for item, exercise in case.items():
        if exercise.needs_floor and not (item.on_bed and can_be_done_on_bed(exercise)):
            on_bed = "Set on_bed (a firm bed), or: " if can_be_done_on_bed(exercise) else ""
            yield Breach(
                f"{exercise.name} is done on the floor",
                f"{on_bed}{_instead(item, case)}",
                item.exercise,
            )


def _instead(item: Item, case: Case) -> str:
    """Return what might take its place: of the same part, with nothing against it."""
    return instead_of(case.exercise(item), case) or "Leave it out."


def instead_of(exercise: Exercise, case: Case) -> str:
    """Return up to three exercises that could take its place, in words; empty for none."""
    named = [*exercise.alternatives, *exercise.easier]
    alike = sorted(
        (one for one in case.exercises.values() if component_of(one) is component_of(exercise)),
        key=lambda one: one.level,
    )
    prescribed = {item.exercise for item in case.prescription.items}
    candidates = dict.fromkeys([*named, *(one.id for one in alike)])
    found = [
        one
        for one in candidates
        if one in case.exercises
        and one not in prescribed
        and suits(case.exercises[one], case.prescription)
        and case.exercises[one].level <= HARDEST_UNSIGNED_LEVEL
    ]
    return f"Instead: {', '.join(found[:3])}." if found else ""


def suits(exercise: Exercise, prescription: Prescription) -> bool:
    """Return whether nothing speaks against an exercise for a patient.

    A caution that the therapist has confirmed for just this exercise does not.
    """
    confirmed = {one.condition for one in prescription.confirmed if one.exercise == exercise.id}
    stands_against = any(
        kind is ABSOLUTE or condition not in confirmed
        for condition, kind in conflicts(exercise, prescription.conditions)
    )
    return (
        not stands_against
        and (prescription.gets_down_alone or not exercise.needs_floor)
        and set(exercise.needs) <= prescription.equipment
    )


CHECKS: Mapping[str, Callable[[Case], Iterator[Breach]]] = MappingProxyType(
    {
        "hard_only_signed": _hard_only_signed,
        "red_flags_asked": _red_flags_asked,
        "contraindications": _contraindications,
        "reaches_the_floor": _reaches_the_floor,
        "steps_allowed": _steps_allowed,
    }
)
