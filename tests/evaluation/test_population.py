"""A population has everything in it, and what it says can be reckoned by hand."""

import math
from dataclasses import replace

import pytest

from formcheck.analysis import events
from formcheck.evaluation.population import (
    Act,
    Bounds,
    Case,
    ReadingErrors,
    Shot,
    cases,
    clear_cases,
    findings_on,
    outcome,
    run,
)
from formcheck.evaluation.population.cases import CLEAR, LEVELS, counted_in, judged_in, round_size
from formcheck.evaluation.population.findings import FalseFlags
from formcheck.evaluation.population.judging import judged, recognised_in
from formcheck.evaluation.population.sessions import performed
from formcheck.exercises import library
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.simulation import performance as true
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.faults import doable
from formcheck.simulation.manners import MANNERS
from formcheck.simulation.person import Person
from formcheck.simulation.timing import Timing
from tests.evaluation.events import attempted, counted, held, raised

EXERCISES = library.load_all()
QUICK = EXERCISES["seated_thoracic_rotation"]
ACT = Act(QUICK.id, "seated", Person(), "steady", "", 0.0, Side.LEFT, False, 1)
SHOT = Shot(View.FRONT, Viewpoint(0.0, 1.0), Timing(15), 0.0, 1)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_a_round_has_every_variant_manner_fault_and_level(exercise):
    """And somebody at rest; the next round has them all again, done by others."""
    n = round_size(exercise)
    acts = [case.act for case in cases(exercise, n)]
    for motion in exercise.motion:
        own = [act for act in acts if act.variant == motion.variant]
        assert {act.manner for act in own} == set(MANNERS)
        assert sum(act.is_idle for act in own) == 1
        done = {(act.fault, act.way) for act in own if act.fault}
        assert done == {(name, way) for name in doable(exercise, motion) for way in LEVELS}


def test_what_is_wrong_from_the_beginning_is_wrong_in_the_first_repetition():
    """Nobody moves misplaced feet between two repetitions; a bridge may be low in the second."""
    bridge = EXERCISES["glute_bridge"]
    for fault, wrong in (("feet_misplaced", [True, True]), ("not_high_enough", [False, True])):
        act = replace(ACT, exercise=bridge.id, variant="bridge", fault=fault, way=1.5)
        done = performed(bridge, act)
        assert [one.fault == fault for one in done.repetitions] == wrong


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_view_and_side_occurs(exercise):
    """Faults are filmed where they may be judged, clean acts from every view."""
    drawn = list(cases(exercise, 2 * round_size(exercise)))
    assert {case.act.side for case in drawn} == set(Side)
    clean = [case for case in drawn if not case.act.fault]
    assert {case.shot.view for case in clean} == exercise.camera.views
    assert len({case.act.person.sex for case in drawn}) == 2
    for fault in {case.act.fault for case in drawn}:
        assert {case.act.side for case in drawn if case.act.fault == fault} == set(Side)
    for case in drawn:
        possible = exercise.camera.views & counted_in(exercise, case.act.variant)
        wanted = judged_in(exercise, case.act.fault) & possible
        assert case.shot.view in (wanted or possible)
        low_m, high_m = exercise.camera.height_m
        assert low_m <= case.shot.viewpoint.height_m <= high_m
    assert {case.shot.timing.is_even for case in drawn} == {True, False}
    pictures = {(shot.width_px, shot.height_px) for shot in (case.shot.viewpoint for case in drawn)}
    assert any(height > width for width, height in pictures)
    assert any(height < width for width, height in pictures)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_further_rounds_have_nothing_but_clear_faults(exercise):
    """Each as often on either side, in every view that judges it, done by others than before."""
    n_rounds = 6
    drawn = list(clear_cases(exercise, n_rounds, seed=3))
    acts = {case.act for case in drawn}
    faults = [
        (motion.variant, name) for motion in exercise.motion for name in doable(exercise, motion)
    ]
    assert len(acts) == n_rounds * len(faults)
    assert {act.way for act in acts} <= {CLEAR}
    for variant, fault in faults:
        own = [case for case in drawn if (case.act.variant, case.act.fault) == (variant, fault)]
        sides = [act.side for act in acts if (act.variant, act.fault) == (variant, fault)]
        assert sides.count(Side.LEFT) == sides.count(Side.RIGHT)
        possible = exercise.camera.views & counted_in(exercise, variant)
        wanted = judged_in(exercise, fault) & possible
        assert {case.shot.view for case in own} == (wanted or possible)
    before = {case.act.seed for case in cases(exercise, 2 * round_size(exercise), seed=3)}
    assert not before & {act.seed for act in acts}


@pytest.mark.parametrize("n", [1, 40, 400])
def test_as_many_sessions_are_drawn_as_asked_for(n):
    """Neither fewer nor more; an act is filmed a few times where there are many."""
    drawn = list(cases(QUICK, n))
    assert len(drawn) == n
    most = max(sum(other.act == case.act for other in drawn) for case in drawn[:8])
    assert most == (4 if n == 400 else 1)


def test_the_seed_decides_who_is_drawn():
    """The same one draws the same people in the same shots."""
    assert list(cases(QUICK, 30, seed=3)) == list(cases(QUICK, 30, seed=3))
    assert list(cases(QUICK, 30, seed=3)) != list(cases(QUICK, 30, seed=4))


def test_an_outcome_follows_from_its_case():
    """Twice the same case, twice the same outcome, errors of the landmarks included."""
    case = Case(ACT, replace(SHOT, noise=1.0))
    assert outcome(QUICK, case) == outcome(QUICK, case)


def test_a_run_gives_the_outcomes_in_the_order_of_the_cases():
    """However they are grouped, with the progress of each act."""
    shots = [replace(SHOT, viewpoint=Viewpoint(azimuth, 1.0)) for azimuth in (0.0, 8.0)]
    acts = [ACT, replace(ACT, fault="leans_sideways", way=1.5)]
    asked = [Case(act, shot) for act in acts for shot in shots]
    seen: list[tuple[int, int | None]] = []
    found = run({QUICK.id: QUICK}, asked, progress=lambda *done: seen.append(done))
    assert [one.case for one in found] == asked
    assert seen == [(2, 4), (4, 4)]
    assert all(one.is_right for one in found)
    flagged = [{flag.name for flag in one.repetitions[-1].flags} for one in found]
    assert ["leans_sideways" in names for names in flagged] == [False, False, True, True]


def test_exact_landmarks_have_no_errors_and_erring_ones_have():
    """Of every reading that the exercise uses, and only where somebody was found."""
    exact, erring = (outcome(QUICK, Case(ACT, replace(SHOT, noise=noise))) for noise in (0.0, 1.0))
    assert exact.errors == ()
    named = {errors.measure for errors in erring.errors}
    assert named == {reading.measure for reading in QUICK.readings()}
    assert any(errors.sd > 0 for errors in erring.errors)


def test_nothing_is_counted_of_somebody_at_rest():
    """An idle act is over before anything begins."""
    found = outcome(QUICK, Case(replace(ACT, is_idle=True), SHOT), [QUICK])
    assert (found.n_counted, found.repetitions, found.recognised) == (0, (), "")
    assert found.is_right


def test_sums_of_errors_can_be_added():
    """The bias and the limits are those of all of them."""
    both = ReadingErrors("knee_flexion", "near", 2, 2.0, 4.0) + ReadingErrors(
        "knee_flexion", "near", 2, 6.0, 20.0
    )
    assert both.bias == 2.0  # of 0, 2, 2 and 4
    assert both.sd == pytest.approx(math.sqrt(8 / 3))
    assert both.limits == pytest.approx((2 - 1.96 * both.sd, 2 + 1.96 * both.sd))
    with pytest.raises(ValueError, match="cannot be added"):
        both + replace(both, side="far")


def done(*repetitions: true.Repetition, holds_s=(), faults=()) -> true.Performance:
    """Return a performance of which only what is true matters."""
    return true.Performance(
        QUICK.id, "seated", None, None, None, None, repetitions, holds_s, faults
    )  # type: ignore[arg-type]


def repetition(number: int, **values) -> true.Repetition:
    """Return the repetition from second ``4 n`` to ``4 n + 3``."""
    return true.Repetition(4.0 * number, 4.0 * number + 1.5, 4.0 * number + 3, **values)


def case_of(**values) -> Case:
    return Case(replace(ACT, **values), SHOT)


def test_each_repetition_has_its_own_answer():
    """Counted, attempted or missed, and flagged only in its own time."""
    acted = done(repetition(0), repetition(1, fault="slumps"), repetition(2))
    said = [counted(0.3, 2.8), raised("slumps", 4.2, 6.0), attempted(5.5), raised("x", 3.2, 3.8)]
    found = judged(case_of(fault="slumps", way=1.0), acted, said)
    assert [one.answer for one in found.repetitions] == ["counted", "attempted", "missed"]
    assert [len(one.flags) for one in found.repetitions] == [0, 1, 0]
    assert [flag.name for flag in found.flags_elsewhere] == ["x"]
    assert found.n_off == -1  # the attempt was wrong; the third was missed


def test_two_counts_of_one_repetition_are_one_too_many():
    """Only one of them can be it."""
    found = judged(case_of(), done(repetition(0)), [counted(0, 1.2), counted(1.4, 3)])
    assert (found.n_counted, found.n_off, found.is_right) == (2, 1, False)


def test_a_repetition_knows_its_side_only_where_it_has_one():
    """Right, wrong, or not to be said."""
    acted = done(repetition(0, side=Side.LEFT), repetition(1, side=Side.LEFT), repetition(2))
    said = [counted(0, 3, Side.LEFT), counted(4, 7, Side.RIGHT), counted(8, 11, Side.LEFT)]
    sides = [one.is_side_right for one in judged(case_of(), acted, said).repetitions]
    assert sides == [True, False, None]


@pytest.mark.parametrize(("late_s", "is_right"), [(0.5, True), (0.51, False), (-0.51, False)])
def test_a_hold_is_right_within_half_a_second(late_s, is_right):
    """At either end."""
    acted = done(holds_s=((2.0, 10.0),))
    found = judged(case_of(), acted, [held(2.0, 10.0 + late_s)])
    assert found.is_right == is_right
    assert found.holds[0].end_error_s == pytest.approx(late_s)


def test_a_hold_that_its_fault_ends_is_stopped():
    """Where the clock stops near there; not where the fault leaves the hold as it is."""
    breaking, lasting = (true.FaultSpan("sags", start_s, 13.0) for start_s in (10.0, 9.0))
    stopped, kept = (
        judged(case_of(fault="sags"), done(holds_s=((2.0, 10.0),), faults=(span,)), [held(2, 10.8)])
        for span in (breaking, lasting)
    )
    assert stopped.holds[0].is_stopped
    assert not kept.holds[0].is_stopped


def test_the_last_recognition_counts():
    """Nothing is a result of its own."""
    first, last = (
        events.ExerciseRecognised(time_s, name, 0) for time_s, name in ((1, "a"), (2, "b"))
    )
    assert recognised_in([first, last]) == "b"
    assert recognised_in([]) == ""


def found_with(flags_in_clean: int, n_clean: int, n_found: int, n_done: int):
    """Return the findings on sessions of one repetition each."""
    clean = [
        judged(
            case_of(), done(repetition(0)),
            [counted(0, 3), *([raised("slumps", 1, 2)] if number < flags_in_clean else [])],
        )
        for number in range(n_clean)
    ]  # fmt: skip
    wrong = [
        judged(
            case_of(fault="slumps", way=1.5), done(repetition(0, fault="slumps")),
            [counted(0, 3), *([raised("slumps", 1, 2)] if number < n_found else [])],
        )
        for number in range(n_done)
    ]  # fmt: skip
    return findings_on(QUICK, [*clean, *wrong])


@pytest.mark.parametrize(
    ("flags_in_clean", "n_found", "n_short"), [(2, 19, 0), (3, 19, 1), (2, 18, 1), (3, 18, 2)]
)
def test_shortfalls_begin_just_beyond_the_bounds(flags_in_clean, n_found, n_short):
    """19 of 20 clear faults and 2 false ones in 100 repetitions are enough; less is not."""
    found = found_with(flags_in_clean, 100, n_found, 20)
    rules = tuple(rule.model_copy(update={"observability": "good"}) for rule in QUICK.form)
    held_to_it = QUICK.model_copy(update={"form": rules})
    assert len(found.shortfalls(held_to_it)) == n_short


def test_what_is_seen_poorly_may_be_overlooked():
    """A tip is not held to the bounds of errors."""
    rules = tuple(
        rule.model_copy(update={"observability": "poor"}) if rule.name == "slumps" else rule
        for rule in QUICK.form
    )
    poor = QUICK.model_copy(update={"form": rules})
    assert found_with(9, 100, 0, 20).shortfalls(poor) == ()


def test_bounds_can_be_set():
    """Whoever asks for less has less."""
    found = found_with(9, 100, 0, 20)
    assert found.shortfalls(QUICK, Bounds(recall=0.0, false_flags=0.1)) == ()
    assert found.false_flags == (FalseFlags("slumps", 100, 9, 0),)
