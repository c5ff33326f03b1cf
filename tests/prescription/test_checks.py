"""Every clinical rule: a prescription just inside of it, and one just outside."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.errors import PrescriptionError
from formcheck.exercises.contraindications import ContraindicationKind, HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.schema import Exercise
from formcheck.prescription.checks import CHECKS, Finding, blocks, check
from formcheck.prescription.condition_names import CLINICAL_NAMES
from formcheck.prescription.model import (
    Baseline,
    Confirmed,
    Heat,
    Item,
    NoHeat,
    Override,
    PlannedSession,
    Prescription,
    Screening,
    Step,
    Weekday,
)
from formcheck.prescription.programme_rules import Severity, programme_rules, sources
from formcheck.prescription.seal import sealed
from tests.prescription.own import BUILT_IN, OWN
from tests.prescription.prescriptions import EXERCISES, STARTS, item, prescription, session

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
RULES = programme_rules()


def found(one: Prescription, rule: str, today: date = STARTS, **more: Any) -> list[Finding]:
    """Return what a rule has against a prescription."""
    return [f for f in check(one, EXERCISES, today, **more) if f.rule.id == rule]


def signed(one: Prescription) -> Prescription:
    """Return it with a seal."""
    return sealed(one, "A. Therapist", KEY, STARTS)


def with_items(*exercise_ids: str, **given: Any) -> Prescription:
    """Return a prescription of one session of these exercises."""
    return prescription(sessions=(session(*exercise_ids),), **given)


def of(*items: Item, **given: Any) -> Prescription:
    """Return a prescription of one session of these."""
    return prescription(sessions=({"items": items},), **given)


def slid(**dose: int) -> Prescription:
    """Return a prescription of heel slides alone, so many of them."""
    return of(item("heel_slide", dose=Dose(**dose)))


def stepped(
    *repetitions: int,
    days: int = 7,
    may_progress: bool = True,
    does: str = "heel_slide",
    about: str = "heel_slide",
) -> Prescription:
    """Return heel slides, ten of them, that have changed by themselves since."""
    steps = [
        Step(
            exercise=about,
            does=does,
            dose=Dose(repetitions=n),
            on=STARTS + timedelta(days=days * number),
            reason="progress.more_repetitions",
        )
        for number, n in enumerate(repetitions, 1)
    ]
    one = item("heel_slide", dose=Dose(repetitions=10), may_progress=may_progress)
    return of(one, steps=steps)


@dataclass(frozen=True)
class Sides:
    """A rule, one that just keeps it and one that just does not."""

    rule: str
    inside: Prescription
    outside: Prescription
    today: date = STARTS


def days(n: int) -> date:
    """Return the day so many days after the start."""
    return STARTS + timedelta(days=n)


VALIDATED = BUILT_IN.model_copy(update={"id": "own_validated"})
"""An own exercise with a motion, by which it was tried."""
CORE = ("cat_cow", "heel_slide", "wall_angel", "glute_bridge")
SIX_DAYS = frozenset(Weekday) - {Weekday.SUNDAY}
FIVE_DAYS = SIX_DAYS - {Weekday.SATURDAY}
OWN_BOOK = item("open_book", dose=Dose(repetitions=4))
USUAL = [item(one, dose=EXERCISES[one].usual_dose) for one in (*CORE, "chin_tuck")]
SIDES = [
    Sides(
        "motor_control_first",
        with_items("cat_cow", "heel_slide"),
        with_items("cat_cow", "dead_bug"),
    ),
    Sides(
        "isolated_before_functional",
        with_items(*CORE, "sit_to_stand"),
        with_items(*CORE, "sit_to_stand", first_stage_passed=False),
    ),
    Sides(
        "isolated_before_functional",
        with_items(*CORE, first_stage_passed=False),
        with_items(*CORE, "bird_dog", first_stage_passed=False),
    ),
    Sides("four_components", with_items(*CORE), with_items("heel_slide", "wall_angel")),
    Sides("four_components", with_items(*CORE), with_items("cat_cow", "heel_slide")),
    Sides("four_components", with_items(*CORE), with_items(*CORE, therapist=None)),
    Sides(
        "stretch_before_strengthen",
        with_items("cat_cow", "wall_angel"),
        with_items("wall_angel", "cat_cow"),
    ),
    Sides("never_stretch_alone", with_items("cat_cow", "wall_angel"), with_items("cat_cow")),
    Sides(
        "never_stretch_alone",
        with_items("cat_cow", "wall_angel"),
        with_items("cat_cow", "heel_slide"),
    ),
    Sides(
        "individual",
        of(*USUAL[:3], OWN_BOOK),
        of(*USUAL[:4], OWN_BOOK),
    ),
    Sides(
        "individual",
        of(USUAL[0].model_copy(update={"tempo_s": (3, 1, 3)})),
        of(*USUAL),
    ),
    Sides("signed", signed(prescription()), prescription()),
    Sides(
        "signed", signed(prescription()), signed(prescription()).model_copy(update={"goal": "x"})
    ),
    Sides("hard_only_signed", with_items(*CORE), with_items(*CORE, "bird_dog")),
    Sides("hard_only_signed", signed(with_items(*CORE, "bird_dog")), with_items("bird_dog")),
    Sides("live_contact", prescription(), prescription(next_contact=None)),
    Sides("live_contact", prescription(next_contact=days(7)), prescription(next_contact=days(8))),
    Sides(
        "live_contact",
        prescription(last_contact=days(7), next_contact=days(21)),
        prescription(last_contact=days(7), next_contact=days(22)),
    ),
    Sides(
        "live_contact", prescription(), prescription(last_contact=days(-7), next_contact=days(-1))
    ),
    Sides(
        "daily",
        prescription(sessions=(session(*CORE, days=SIX_DAYS),)),
        prescription(sessions=(session(*CORE, days=FIVE_DAYS),)),
    ),
    Sides(
        "heat_before_stretching",
        prescription(heat=Heat(minutes=10)),
        prescription(heat=Heat(minutes=9)),
    ),
    Sides(
        "heat_before_stretching",
        prescription(heat=Heat(minutes=20)),
        prescription(heat=Heat(minutes=21)),
    ),
    Sides(
        "heat_before_stretching",
        prescription(heat=Heat(left_out=NoHeat.SENSORY_LOSS)),
        prescription(heat=Heat()),
    ),
    Sides(
        "heat_before_stretching",
        with_items("heel_slide", heat=Heat()),
        with_items("cat_cow", heat=Heat()),
    ),
    Sides("gentle_start", with_items(*CORE), with_items(*CORE, "bird_dog")),
    Sides(
        "gentle_start",
        of(item("bird_dog", tested=True)),
        with_items("bird_dog"),
    ),
    Sides(
        "gentle_start",
        slid(repetitions=11),
        slid(repetitions=12),
    ),
    Sides("review_date", prescription(review=days(28)), prescription(review=days(27))),
    Sides("review_date", prescription(review=days(42)), prescription(review=days(43))),
    Sides("review_date", prescription(), prescription(review=None)),
    Sides(
        "stay_active",
        prescription(notes="Walk every day."),
        prescription(notes="Two days of bed rest."),
    ),
    Sides("stay_active", prescription(), prescription(stay_active=False)),
    Sides("complements_only", with_items("cat_cow", "yoga_mountain"), with_items("yoga_mountain")),
    Sides("red_flags_asked", prescription(), prescription(red_flags=None)),
    Sides(
        "red_flags_asked",
        prescription(red_flags=Screening(on=days(-28))),
        prescription(red_flags=Screening(on=days(-29))),
    ),
    Sides(
        "red_flags_asked",
        prescription(red_flags=Screening(on=STARTS, positive={"rf08"}, cleared={"rf08": "A"})),
        prescription(red_flags=Screening(on=STARTS, positive={"rf08"})),
    ),
    Sides(
        "red_flags_asked",
        prescription(),
        prescription(red_flags=Screening(on=STARTS, positive={"rf04"}, cleared={"rf04": "A"})),
    ),
    Sides("red_flags_asked", prescription(), prescription(red_flags=Screening(on=days(1)))),
    Sides(
        "contraindications",
        with_items("cat_cow", conditions={"glaucoma"}),
        with_items("yoga_downward_dog", conditions={"glaucoma"}),
    ),
    Sides(
        "contraindications",
        with_items(
            "cat_cow",
            conditions={"wrist_pain"},
            confirmed=[
                Confirmed(condition="wrist_pain", exercise="cat_cow", by="A", reason="on fists")
            ],
        ),
        with_items("cat_cow", conditions={"wrist_pain"}),
    ),
    Sides(
        "reaches_the_floor",
        with_items("cat_cow", "sit_to_stand", gets_down_alone=False),
        with_items("bird_dog", gets_down_alone=False),
    ),
    Sides(
        "reaches_the_floor",
        of(item("heel_slide", on_bed=True), gets_down_alone=False),
        of(item("heel_slide"), gets_down_alone=False),
    ),
    Sides(
        "reaches_the_floor",
        with_items("bird_dog"),
        of(item("bird_dog", on_bed=True), gets_down_alone=False),
    ),
    Sides(
        "equipment_at_hand",
        with_items("band_row", equipment={Equipment.BAND}),
        with_items("band_row", equipment=set(Equipment) - {Equipment.BAND}),
    ),
    Sides("steps_allowed", stepped(12), stepped(13)),
    Sides("steps_allowed", stepped(12), stepped(12, may_progress=False)),
    Sides("steps_allowed", stepped(12, 14, days=7), stepped(12, 14, days=6)),
    Sides("steps_allowed", stepped(12), stepped(12, does="dead_bug")),
    Sides("steps_allowed", stepped(6, 5, days=1), stepped(12, about="cat_cow")),
    Sides("baseline", prescription(), prescription(baseline=Baseline(pain_0_100=45))),
    Sides("baseline", prescription(), prescription(baseline=Baseline(function={"rmdq": 8.0}))),
    Sides("no_claims", prescription(goal="An active life"), prescription(goal="A cure")),
    Sides("no_claims", prescription(), prescription(notes="Activates the multifidus.")),
    Sides(
        "unvalidated",
        prescription(own_exercises=(VALIDATED,)),
        prescription(own_exercises=(OWN,)),
    ),
    Sides("session_load", with_items(*CORE), with_items(*CORE[:3])),
    Sides(
        "session_load",
        with_items(*CORE, "open_book", "chin_tuck", "dead_bug"),
        with_items(*CORE, "open_book", "chin_tuck", "dead_bug", "band_row"),
    ),
    Sides(
        "session_load",
        with_items(*CORE),
        prescription(
            sessions=({"items": [item(one, dose=Dose(sets=8, repetitions=15)) for one in CORE]},)
        ),
    ),
]


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
