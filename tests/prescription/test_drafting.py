"""A draft: individual, in order, and safe for whoever it is for."""

import itertools
from datetime import date

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from formcheck.errors import PrescriptionError
from formcheck.exercises.aims import Aim
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.equipment import Equipment
from formcheck.exercises.group import Component
from formcheck.prescription.checks import blocks, check
from formcheck.prescription.drafting import Answers, draft
from formcheck.prescription.model import Prescription, Screening
from formcheck.prescription.session_order import component_of, in_order, n_changes
from tests.prescription.prescriptions import EXERCISES, STARTS


def drafted(**answers: object) -> Prescription:
    """Return a draft for somebody of whom this is known."""
    fields = {"person": "P 1", "goal": "Sit", "onset": date(2025, 6, 1), "starts": STARTS}
    return draft(Answers(**fields | answers), EXERCISES, lambda aim: aim.value)


def ids(one: Prescription) -> list[str]:
    """Return its exercises in order."""
    return [item.exercise for item in one.items]


@settings(max_examples=60, deadline=None)
@given(
    aims=st.lists(st.sampled_from(Aim), unique=True, max_size=4),
    conditions=st.frozensets(st.sampled_from(HealthCondition), max_size=4),
    gets_down_alone=st.booleans(),
    has_bed=st.booleans(),
    pain=st.none() | st.integers(0, 10),
    age=st.none() | st.integers(18, 95),
)
def test_whoever_it_is_for_nothing_in_it_is_unsafe(
    aims, conditions, gets_down_alone, has_bed, pain, age
):
    """Once the warning signs are asked for nothing blocks, and the order is the clinical one."""
    try:
        one = drafted(
            aims=tuple(aims),
            conditions=conditions,
            gets_down_alone=gets_down_alone,
            has_bed=has_bed,
            pain_0_10=pain,
            age_years=age,
        )
    except PrescriptionError:
        reject()  # nothing is right for them: the next test
    one = one.model_copy(update={"red_flags": Screening(on=STARTS)})
    findings = check(one, EXERCISES, STARTS)
    assert blocks(findings) == ()
    assert not {f.rule.id for f in findings} & {
        "stretch_before_strengthen",
        "gentle_start",
        "individual",
    }


def test_who_may_do_nothing_of_it_is_seen_before_anything_is_planned():
    """No floor, no bed, and nothing upright that is right: no plan is made up for them."""
    conditions = {
        HealthCondition.SHOULDER_INSTABILITY_OR_IMPINGEMENT,
        HealthCondition.OSTEOPOROSIS_OR_VERTEBRAL_FRACTURE,
        HealthCondition.MYELOPATHY,
    }
    with pytest.raises(PrescriptionError, match="see them before planning any"):
        drafted(conditions=frozenset(conditions), gets_down_alone=False, has_bed=False)


def test_it_follows_what_is_hard():
    """Who finds turning hard turns; who cannot rise from a chair has what helps with it."""
    assert {"open_book", "seated_thoracic_rotation"} & set(ids(drafted(aims=(Aim.TURNING,))))
    rising = drafted(aims=(Aim.RISING,), first_stage_passed=True)
    assert "sit_to_stand" in ids(rising)
    for one in rising.items:
        helps = Aim.RISING in EXERCISES[one.exercise].aims
        assert (one.why == "rising") is helps


def test_no_two_people_get_the_same():
    """Twelve who find different things hard get at least eight different plans."""
    assert len({tuple(ids(drafted(aims=(aim,)))) for aim in Aim}) >= 8


def test_it_has_every_part_that_the_document_asks_for():
    """Stretching, motor control and strengthening; everyday movement once it is time."""
    parts = {component_of(EXERCISES[one]) for one in ids(drafted())}
    assert parts == {Component.STRETCH, Component.MOTOR_CONTROL, Component.STRENGTHEN}
    later = {component_of(EXERCISES[one]) for one in ids(drafted(first_stage_passed=True))}
    assert Component.FUNCTIONAL in later
    wished = {component_of(EXERCISES[one]) for one in ids(drafted(wants_complement=True))}
    assert Component.COMPLEMENT in wished


def test_more_pain_and_more_years_mean_less_to_begin_with():
    """Never more than the dose to begin with, and never less than two repetitions."""

    def n_due(**answers: object) -> float:
        return sum(item.dose.due for item in drafted(aims=(Aim.TURNING,), **answers).items)

    least = [n_due(), n_due(pain_0_10=2), n_due(pain_0_10=3), n_due(pain_0_10=5)]
    assert least[0] == least[1] > least[2] > least[3]
    assert n_due(age_years=69) == n_due() > n_due(age_years=70)
    assert all(i.dose.due >= 2 for i in drafted(pain_0_10=10, age_years=99).items)


def test_who_has_no_band_gets_no_band():
    """Only what is at hand."""
    for item in drafted(equipment=frozenset({Equipment.MAT}), aims=(Aim.SHOULDER_BLADES,)).items:
        assert set(EXERCISES[item.exercise].needs) <= {Equipment.MAT}


def test_who_stays_off_the_floor_lies_on_a_bed_at_most():
    """What is done lying says so; without a bed nothing lies."""
    on_bed = drafted(gets_down_alone=False)
    lying = [item for item in on_bed.items if EXERCISES[item.exercise].needs_floor]
    assert lying
    assert all(item.on_bed for item in lying)
    without = drafted(gets_down_alone=False, has_bed=False)
    assert not any(EXERCISES[one].needs_floor for one in ids(without))


def test_where_nothing_is_left_it_says_so():
    """A person for whom no exercise here is right is for a therapist to see."""
    with pytest.raises(PrescriptionError, match="no exercise is left"):
        drafted(
            equipment=frozenset(),
            conditions=frozenset(HealthCondition),
            gets_down_alone=False,
            has_bed=False,
        )


@settings(max_examples=60, deadline=None)
@given(chosen=st.lists(st.sampled_from(sorted(EXERCISES)), unique=True, min_size=1, max_size=6))
def test_the_order_is_clinical_and_no_other_such_order_changes_position_less(chosen):
    """Against every order of up to six exercises that keeps the parts in their order."""

    def ranks(some: tuple[str, ...]) -> list[int]:
        order = list(Component)
        return [order.index(component_of(EXERCISES[one])) for one in some]

    best = in_order(chosen, EXERCISES)
    assert sorted(best) == sorted(chosen)
    assert ranks(best) == sorted(ranks(best))
    clinical = (o for o in itertools.permutations(chosen) if ranks(o) == sorted(ranks(o)))
    assert n_changes(best, EXERCISES) == min(n_changes(one, EXERCISES) for one in clinical)
