import math

import numpy as np
import pytest

from formcheck.errors import UsageError
from formcheck.exercises.library import load_all
from formcheck.exercises.motion import Deviation, Pace
from formcheck.exercises.readings import Bounds
from formcheck.exercises.rules import FormRule, Phase, TempoRule
from formcheck.simulation.faults import doable, hurried, tempo_rule, threshold, wrong_by
from formcheck.simulation.script import motion_of
from formcheck.simulation.track import minimum_jerk

EXERCISES = load_all()
BRIDGE = EXERCISES["glute_bridge"]
RULE = BRIDGE.form[0]
PACE = Pace(out_s=2.0, hold_s=0.5, back_s=1.8)
TEMPO = BRIDGE.tempo[0]
ALL_PHASES = frozenset({Phase.OUTBOUND, Phase.EFFORT, Phase.RETURN})


def _rule(advice: Bounds, error: Bounds | None) -> FormRule:
    return RULE.model_copy(update={"advice": advice, "error": error})


def _tempo(phases: frozenset[Phase], advice_s: float, error_s: float = 0.2) -> TempoRule:
    return TEMPO.model_copy(update={"phases": phases, "error_s": error_s, "advice_s": advice_s})


@pytest.mark.parametrize(
    ("advice", "error", "bound", "expected"),
    [
        (Bounds(max=10), Bounds(max=20), "max", 20),
        (Bounds(max=10), None, "max", 10),
        (Bounds(min=-10), Bounds(min=-20), "max", -20),
        (Bounds(min=-10, max=10), Bounds(min=-20, max=30), "max", 30),
        (Bounds(min=-10, max=10), Bounds(min=-20, max=30), "min", -20),
        (Bounds(max=10), Bounds(max=20), "min", 20),
    ],
)
def test_the_threshold_is_the_bound_that_is_passed(advice, error, bound, expected):
    """The error's, the advice's where it has none, and the only one where there is one."""
    deviation = Deviation(fault="hips_sag", clean=0, bound=bound)
    assert threshold(_rule(advice, error), deviation) == expected


def test_every_fault_of_every_motion_leads_to_a_threshold():
    """A finite one, to which it is some way from clean."""
    for exercise in EXERCISES.values():
        for motion in exercise.motion:
            for deviation in motion.faults:
                wrong = wrong_by(exercise, motion, deviation.fault, 1.0)
                assert math.isfinite(wrong.amount), (exercise.id, deviation.fault)
                assert wrong.amount != 0, (exercise.id, deviation.fault)


@pytest.mark.parametrize("way", [0.0, 0.5, 1.0, 1.5])
def test_the_way_is_from_clean_to_the_threshold(way):
    """In units of the measure: clean at 0, at the threshold at 1, half of it beyond at 1.5."""
    motion = motion_of(BRIDGE)
    for deviation in motion.faults:
        rule = next(one for one in BRIDGE.form if one.name == deviation.fault)
        wrong = wrong_by(BRIDGE, motion, deviation.fault, way)
        reads = deviation.clean + wrong.amount
        assert wrong.deviation is deviation
        passed = threshold(rule, deviation)
        assert reads == pytest.approx((1 - way) * deviation.clean + way * passed)


def test_a_fault_that_a_motion_does_not_know_is_named_with_those_it_does():
    """Expected and got."""
    motion = motion_of(BRIDGE)
    with pytest.raises(UsageError, match=r"glute_bridge \(bridge\).*'yawns'.*expected one of"):
        wrong_by(BRIDGE, motion, "yawns", 1.0)


def test_repetitions_can_be_done_too_fast_and_holds_cannot():
    """What is doable are the motion's own faults, and tempo where there is any."""
    for exercise in EXERCISES.values():
        for motion in exercise.motion:
            form = tuple(one.fault for one in motion.faults)
            variant = next(one for one in exercise.variants if one.id == motion.variant)
            tempo = () if variant.hold else tuple(rule.name for rule in exercise.tempo)
            assert doable(exercise, motion) == form + tempo


def test_tempo_rules_are_known_by_name():
    """And form rules are none."""
    for rule in BRIDGE.tempo:
        assert tempo_rule(BRIDGE, rule.name) is rule
    assert tempo_rule(BRIDGE, RULE.name) is None
    assert tempo_rule(BRIDGE, "") is None


def _phase_s(pace: Pace, phase: Phase) -> float:
    """Measure how long a phase of a repetition lasts, told apart at 10 and 85 % of its way."""
    time = np.linspace(0, 1, 100_001)
    share = minimum_jerk(time)
    between = float(((share > 0.10) & (share < 0.85)).mean())
    beyond = float((share >= 0.85).mean())
    return {
        Phase.OUTBOUND: pace.out_s * between,
        Phase.EFFORT: pace.hold_s + (pace.out_s + pace.back_s) * beyond,
        Phase.RETURN: pace.back_s * between,
    }[phase]


@pytest.mark.parametrize(
    "phases",
    [*(frozenset({phase}) for phase in sorted(ALL_PHASES)), ALL_PHASES],
    ids=lambda phases: "+".join(sorted(phases)),
)
def test_once_the_way_to_too_fast_is_at_the_threshold(phases):
    """The phases as measured on the movement add up to the rule's seconds, to a tenth of them."""
    pace = hurried(PACE, _tempo(phases, 0.6), 1.0)
    measured_s = sum(_phase_s(pace, phase) for phase in phases)
    if phases == {Phase.EFFORT}:
        assert measured_s < sum(_phase_s(PACE, phase) for phase in phases)
    else:
        assert measured_s == pytest.approx(0.6, rel=0.1)


@pytest.mark.parametrize(
    "phases", [frozenset({Phase.RETURN}), ALL_PHASES], ids=lambda phases: "+".join(sorted(phases))
)
def test_further_on_the_way_is_faster(phases):
    """Nothing at 0, and shorter with every step."""
    rule = _tempo(phases, 0.6)
    paces = [hurried(PACE, rule, way) for way in (0.0, 0.5, 1.0, 1.2)]
    lasts_s = [pace.out_s + pace.hold_s + pace.back_s for pace in paces]
    assert lasts_s[0] == pytest.approx(PACE.out_s + PACE.hold_s + PACE.back_s)
    assert lasts_s == sorted(lasts_s, reverse=True)
    assert len(set(lasts_s)) == 4


def test_only_the_phases_of_the_rule_are_hurried():
    """A return that drops leaves outbound, pause and rest as they are."""
    pace = hurried(PACE, _tempo(frozenset({Phase.RETURN}), 0.4), 1.5)
    assert pace.back_s < PACE.back_s
    assert (pace.out_s, pace.hold_s, pace.rest_s) == (PACE.out_s, PACE.hold_s, PACE.rest_s)


def test_the_advice_is_the_threshold_of_tempo():
    """Whatever is an error: half again the way to that would often be no movement at all."""
    phases = frozenset({Phase.OUTBOUND})
    pace = hurried(PACE, _tempo(phases, 0.5, error_s=0.0), 1.0)
    assert pace == hurried(PACE, _tempo(phases, 0.5, error_s=0.3), 1.0)


@pytest.mark.parametrize("way", [2.0, 10.0, 100.0])
def test_nobody_is_infinitely_fast(way):
    """However far beyond the threshold, a movement takes some time."""
    pace = hurried(PACE, _tempo(ALL_PHASES, 0.6), way)
    assert pace.out_s > 0
    assert pace.back_s > 0


@pytest.mark.parametrize(
    ("exercise_id", "variant"),
    [
        (one.id, motion.variant)
        for one in EXERCISES.values()
        for motion in one.motion
        if one.tempo and set(doable(one, motion)) - {fault.fault for fault in motion.faults}
    ],
)
def test_too_fast_is_not_faster_than_people_are(exercise_id, variant):
    """Half again beyond the threshold, no way out or back takes less than 0.15 seconds."""
    exercise = EXERCISES[exercise_id]
    motion = motion_of(exercise, variant)
    for rule in exercise.tempo:
        pace = hurried(motion.pace, rule, 1.5)
        assert min(pace.out_s, pace.back_s) >= 0.15, rule.name
