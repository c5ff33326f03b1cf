"""What the page of a draft says things with: what may be chosen, and what stands against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from formcheck.exercises.contraindications import ContraindicationKind, HealthCondition
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.schema import Exercise
from formcheck.exercises.settable_numbers import SettableNumber, settable_numbers
from formcheck.prescription.checks import Finding
from formcheck.prescription.condition_names import CLINICAL_NAMES
from formcheck.prescription.model import Item, NoHeat, Prescription, Weekday
from formcheck.prescription.programme_rules import Severity
from formcheck.prescription.red_flags import Level, RedFlag, RedFlagId, red_flags
from formcheck.prescription.resolving import TARGET
from formcheck.prescription.safety_checks import conflicts
from formcheck.prescription.session_order import component_of
from formcheck.prescription.situation import has_sides
from formcheck.prescription.volume import minutes
from formcheck.reports.number_words import number_label
from formcheck.reports.prescription_changes import Changed, changes
from formcheck.texts import Texts
from formcheck.web.review.desk import OnDesk
from formcheck.web.review.setting import ReviewSetting
from formcheck.weeks import ItemProposal


@dataclass(frozen=True, slots=True)
class Choice:
    """An exercise of the library, as it may be chosen for a person.

    Attributes
    ----------
    aims
        What it helps with; those of this person come first, and are named in ``wanted``.
    against
        What speaks against it for this person, in words; empty where nothing does.
    not_for
        For whom it is not, or only with care.
    """

    exercise: Exercise
    part: str
    aims: tuple[str, ...]
    wanted: frozenset[str]
    against: tuple[str, ...]
    not_for: tuple[str, ...]
    is_there: bool


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number that may be set for this person, and what was set."""

    number: SettableNumber
    label: str
    own: float | None


def draft_words(setting: ReviewSetting, texts: Texts) -> dict[str, Any]:
    """Return what the page of a draft says things with."""
    words = _Words(setting, texts)
    return {
        "differs": words.differs,
        "choices": words.choices,
        "own_numbers": words.own_numbers,
        "has_sides": words.has_sides,
        "proposed": words.proposed,
        "minutes": words.minutes,
        "cautions": words.cautions,
        "flags": words.flags,
        "weekdays": tuple(Weekday),
        "conditions": CLINICAL_NAMES,
        "equipment": tuple(Equipment),
        "no_heat": tuple(NoHeat),
        "severities": {
            Severity.BLOCK: "Blocks: it cannot be signed",
            Severity.WARN: "Look at this",
            Severity.INFORM: "To know",
        },
        "go_to": _GO_TO,
        "clearable": Level.SOON,
        "red_flag_ids": tuple(one.value for one in RedFlagId),
    }


class _Words:
    def __init__(self, setting: ReviewSetting, texts: Texts) -> None:
        self._exercises = setting.exercises
        self._texts = texts

    def differs(self, desk: OnDesk) -> tuple[Changed, ...]:
        """Return what differs from the revision that the draft takes the place of."""
        return changes(desk.before, desk.now, self._exercises)

    def choices(self, prescription: Prescription) -> list[Choice]:
        """Return every exercise: first those against which nothing speaks, by what they help."""
        prescribed = {item.exercise for item in prescription.items}
        found = [
            self._choice(one, prescription, one.id in prescribed)
            for one in self._exercises.values()
        ]
        return sorted(found, key=lambda one: (bool(one.against), -len(one.wanted)))

    def has_sides(self, item: Item) -> bool:
        """Whether an exercise can be done to one side alone."""
        exercise = self._exercises.get(item.exercise)
        return exercise is not None and has_sides(exercise)

    def own_numbers(self, item: Item) -> list[OwnNumber]:
        """Return what may be set of an exercise; nothing of one that is no longer there."""
        exercise = self._exercises.get(item.exercise)
        own: Mapping[str, float] = dict(item.thresholds)
        if item.target is not None:
            own = {**own, TARGET: item.target}
        numbers = settable_numbers(exercise) if exercise else ()
        return [
            OwnNumber(one, number_label(one, self._texts), own.get(one.name)) for one in numbers
        ]

    def proposed(self, desk: OnDesk, item: Item) -> ItemProposal | None:
        """Return what is proposed for an exercise and is not yet part of the draft."""
        for one in desk.weeks.proposals if desk.weeks else ():
            found = one.proposal
            is_about = (one.item.exercise, one.item.side) == (item.exercise, item.side)
            is_new = found.exercise is not None or found.dose not in {None, item.dose}
            if is_about and is_new:
                return one
        return None

    def minutes(self, prescription: Prescription, session: int) -> int:
        """Return about how long a session takes [min]."""
        known = prescription.known(self._exercises)
        return max(1, round(minutes(prescription.sessions[session], known)))

    def cautions(self, prescription: Prescription, finding: Finding) -> list[HealthCondition]:
        """Return the conditions of a finding that may be confirmed for its exercise."""
        exercise = self._exercises.get(finding.where)
        if finding.rule.id != "contraindications" or exercise is None:
            return []
        confirmed = {one.condition for one in prescription.confirmed if one.exercise == exercise.id}
        return [
            condition
            for condition, kind in conflicts(exercise, prescription.conditions)
            if kind is ContraindicationKind.CAUTION
            and condition not in confirmed
            and CLINICAL_NAMES[condition] in finding.what
        ]

    def flags(self, desk: OnDesk) -> list[tuple[RedFlag, str]]:
        """Return the signs that were answered with yes, and who has looked into each."""
        answers = desk.answers
        if answers is None:
            return []
        positive = [red_flags()[RedFlagId(one)] for one in sorted(answers.positive)]
        return [(one, answers.cleared.get(one.id, "")) for one in positive]

    def _choice(self, exercise: Exercise, prescription: Prescription, is_there: bool) -> Choice:
        wanted = [aim for aim in prescription.aims if aim in exercise.aims]
        aims = [*wanted, *(aim for aim in exercise.aims if aim not in wanted)]
        component = component_of(exercise)
        return Choice(
            exercise=exercise,
            part=component.value.replace("_", " ") if component else "",
            aims=tuple(self._texts.say(f"aim.{aim}") for aim in aims),
            wanted=frozenset(self._texts.say(f"aim.{aim}") for aim in wanted),
            against=tuple(_against(exercise, prescription)),
            not_for=tuple(
                f"{CLINICAL_NAMES[one.condition]} ({_KINDS[one.kind]})"
                for one in exercise.contraindications
            ),
            is_there=is_there,
        )


_KINDS: Mapping[ContraindicationKind, str] = {
    ContraindicationKind.ABSOLUTE: "not at all",
    ContraindicationKind.CAUTION: "with care",
}
# By the rule, where on the page it is put right.
_GO_TO: Mapping[str, str] = {
    "red_flags_asked": "signs",
    "live_contact": "dates",
    "individual": "dates",
    "review_date": "dates",
    "heat_before_stretching": "care",
    "isolated_before_functional": "care",
}


def _against(exercise: Exercise, prescription: Prescription) -> Iterator[str]:
    """Yield what speaks against an exercise for a person."""
    for condition, kind in conflicts(exercise, prescription.conditions):
        yield f"{CLINICAL_NAMES[condition]}: {_KINDS[kind]}"
    if exercise.needs_floor and not prescription.gets_down_alone:
        yield "done on the floor"
    missing = sorted(set(exercise.needs) - prescription.equipment)
    if missing:
        yield f"not at hand: {', '.join(missing)}"
