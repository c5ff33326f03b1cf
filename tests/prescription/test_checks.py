"""Every clinical rule: a prescription just inside of it, and one just outside."""

from datetime import date, timedelta
from typing import Any

import pytest

from formcheck.errors import PrescriptionError
from formcheck.exercises.contraindications import ContraindicationKind, HealthCondition
from formcheck.exercises.schema import Exercise
from formcheck.prescription.checks import CHECKS, Finding, blocks, check
from formcheck.prescription.condition_names import CLINICAL_NAMES
from formcheck.prescription.model import (
    Confirmed,
    Override,
    PlannedSession,
    Prescription,
)
from formcheck.prescription.programme_rules import Severity, programme_rules, sources
from tests.prescription.prescriptions import EXERCISES, STARTS, item, prescription, session
from tests.prescription.rule_cases import (
    CORE,
    FIVE_DAYS,
    SIDES,
    signed,
    slid,
    with_items,
)

RULES = programme_rules()


def found(one: Prescription, rule: str, today: date = STARTS, **more: Any) -> list[Finding]:
    """Return what a rule has against a prescription."""
    return [f for f in check(one, EXERCISES, today, **more) if f.rule.id == rule]


@pytest.mark.parametrize("sides", SIDES, ids=lambda sides: sides.rule)
def test_a_rule_is_kept_just_inside_and_not_just_outside(sides):
    """Of two prescriptions that differ in this alone, it has something against the second."""
    assert found(sides.inside, sides.rule, sides.today) == []
    (finding, *_) = found(sides.outside, sides.rule, sides.today)
    assert finding.what
    assert finding.fix.endswith(".")


def test_every_rule_is_checked_and_every_check_is_a_rules():
    """None of the data is without a check, and none of the checks without words."""
    assert set(CHECKS) == set(RULES)


def test_every_rule_has_a_case_here_or_always_something_to_say():
    """What is always said, and what needs an earlier prescription or a file, have tests below."""
    elsewhere = {"expectations", "evidence_note", "progressive", "form_watched"}
    assert {sides.rule for sides in SIDES} == set(RULES) - elsewhere


def test_what_a_rule_rests_on_is_explained():
    """Every source has its words."""
    assert {key for rule in RULES.values() for key in rule.source} <= set(sources())


def test_only_safety_blocks():
    """Order, tailoring and dates are the therapist's."""
    assert {rule.id for rule in RULES.values() if rule.severity is Severity.BLOCK} == {
        "red_flags_asked",
        "contraindications",
        "hard_only_signed",
        "reaches_the_floor",
        "steps_allowed",
    }


def test_a_sound_programme_has_nothing_to_look_at():
    """A sealed one of exercises whose faults can be seen: only what is to be known is left."""
    one = prescription(
        sessions=(
            session(
                "seated_thoracic_rotation", "quadruped_rock_back", "wall_angel", "glute_bridge"
            ),
        )
    )
    left = check(signed(one), EXERCISES, STARTS)
    assert {f.rule.id for f in left if f.rule.id != "form_watched"} == {
        "expectations",
        "evidence_note",
    }


def test_what_is_known_of_pain_depends_on_how_long_it_lasts():
    """Twelve weeks are short, thirteen long-lasting."""
    for weeks, word in ((12, "short"), (13, "long-lasting")):
        (finding,) = found(prescription(onset=STARTS - timedelta(weeks=weeks)), "expectations")
        assert word in finding.what
        assert finding.severity is Severity.INFORM
    assert found(prescription(), "evidence_note")


def test_form_is_watched_where_a_fault_is_more_than_a_tip():
    """What can only be tipped at is said not to be watched."""
    for exercise in EXERCISES.values():
        seen = any(one.observability != "poor" for one in exercise.findings)
        assert bool(found(with_items(exercise.id), "form_watched")) is not seen


@pytest.mark.parametrize(
    ("repetitions", "sets", "is_too_much"),
    [(10, 1, False), (12, 1, False), (13, 1, True), (10, 2, True), (11, 2, True), (5, 1, False)],
)
def test_a_step_is_one_number_and_at_most_a_fifth(repetitions, sets, is_too_much):
    """Ten repetitions become twelve, not thirteen, and not two sets; less is always allowed."""
    before, after = slid(repetitions=10), slid(sets=sets, repetitions=repetitions)
    assert bool(found(after, "progressive", before=before)) is is_too_much
    assert not found(after, "progressive")


def test_two_numbers_together_are_named():
    """Even where their product is little more."""
    before = slid(sets=10, repetitions=10)
    after = slid(sets=11, repetitions=11)
    whats = [one.what for one in found(after, "progressive", before=before)]
    assert any("sets and repetitions" in what for what in whats)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda one: one.id)
def test_every_contraindication_bites(exercise: Exercise):
    """Absolute: it blocks, whatever is confirmed. Caution: until the therapist has looked."""
    for one in exercise.contraindications:
        conditions = {one.condition}
        (finding,) = found(with_items(exercise.id, conditions=conditions), "contraindications")
        assert finding.severity is Severity.BLOCK
        word = Confirmed(condition=one.condition, exercise=exercise.id, by="A", reason="seen")
        looked_at = with_items(exercise.id, conditions=conditions, confirmed=[word])
        still = found(looked_at, "contraindications")
        assert bool(still) is (one.kind is ContraindicationKind.ABSOLUTE)


def test_a_conflict_names_what_may_be_done_instead():
    """Of the same part, known, and without anything against it."""
    one = with_items(
        "yoga_downward_dog", "chin_tuck", conditions={"glaucoma", "cervical_instability"}
    )
    for finding in found(one, "contraindications"):
        named = finding.fix.removeprefix("Instead: ").removesuffix(".").split(", ")
        assert set(named) <= set(EXERCISES)
        for other in named:
            assert not found(with_items(other, conditions=one.conditions), "contraindications")


def test_the_better_order_is_named_and_keeps_the_rule():
    """Following the advice leaves nothing to say."""
    (finding,) = found(
        with_items("glute_bridge", "wall_angel", "cat_cow"), "stretch_before_strengthen"
    )
    better = finding.fix.removeprefix("Better: ").removesuffix(".").split(", ")
    assert sorted(better) == ["cat_cow", "glute_bridge", "wall_angel"]
    assert found(with_items(*better), "stretch_before_strengthen") == []


def test_a_warning_can_be_set_aside_by_name_and_reason_and_what_blocks_cannot():
    """Then it is only to be known; safety stays."""

    def aside(rule: str) -> Override:
        return Override(rule=rule, by="A. Therapist", reason="twice a week suits her", on=STARTS)

    few = prescription(sessions=(session(*CORE, days=FIVE_DAYS),), overrides=[aside("daily")])
    (finding,) = found(few, "daily")
    assert finding.severity is Severity.INFORM
    assert finding.override is not None
    unsafe = with_items(
        "yoga_downward_dog", conditions={"glaucoma"}, overrides=[aside("contraindications")]
    )
    assert blocks(check(unsafe, EXERCISES, STARTS))


def test_what_blocks_comes_first():
    """Then what warns, then what is to be known."""
    severities = [one.severity for one in check(prescription(red_flags=None), EXERCISES, STARTS)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert severities[0] is Severity.BLOCK


def test_what_does_not_resolve_is_no_finding_but_an_error():
    """Nothing can be said of an exercise that there is not."""
    unknown = PlannedSession(items=(item("cat_cow").model_copy(update={"exercise": "nothing"}),))
    with pytest.raises(PrescriptionError, match="no exercise"):
        check(prescription(sessions=(unknown,)), EXERCISES, STARTS)


def test_every_condition_has_a_name_for_clinicians_and_none_contains_another():
    """All of them are named; a finding's words tell which one it is about."""
    assert set(CLINICAL_NAMES) == set(HealthCondition)
    names = list(CLINICAL_NAMES.values())
    assert not [(a, b) for a in names for b in names if a != b and a in b]
