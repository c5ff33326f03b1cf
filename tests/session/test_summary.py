"""What a session came to: only what the verdicts say, and the most useful first."""

from dataclasses import replace

import pytest

from formcheck.analysis.events import Fault
from formcheck.analysis.verdict import CheckStatus
from formcheck.exercises.schema import BodyPart, Phase
from formcheck.landmarks import Side
from formcheck.session.stages import Command, SetEnd, Stage
from formcheck.session.summary import SetResult
from formcheck.session.summing import sum_up
from tests.session.puppets import CATALOGUE, Drive, held, puppet, repeated, session


def result_of(name: str, n: int = 4, **kwargs) -> SetResult:
    """Return a set of somebody who did an exercise some times."""
    dose = held(1, 6.0) if CATALOGUE[name].is_hold else repeated(1, n)
    drive = Drive(session((name, dose)), {name: puppet(name, n, **kwargs)})
    drive.command(Command.BEGIN)
    drive.until(Stage.SUMMARY)
    return drive.flow.results[0]


def fault(name: str, severity: str, observability: str, start_s: float = 5.0) -> Fault:
    """Return a fault."""
    return Fault(
        name, severity, "hip_flexion", 30.0, 24.0, "deg", 10.0, Phase.EFFORT, BodyPart.HIP,
        None, start_s, start_s + 1, start_s, observability, "Says.", "Cue.",
    )  # fmt: skip


def with_faults(result: SetResult, *faults: Fault) -> SetResult:
    """Return a set in which these faults were found."""
    return replace(result, verdict=replace(result.verdict, faults=faults))


def test_repetitions_range_and_sides():
    """Side bends to both sides: all full, each side's range, and how far against the target."""
    summary = sum_up([result_of("side_bend")], 1).exercises[0]
    assert (summary.n_full, summary.n_attempted, summary.is_hold) == (4, 0, False)
    assert summary.symmetry.left.n_repetitions == summary.symmetry.right.n_repetitions == 2
    assert summary.reached.measure == summary.symmetry.measure
    assert 0 < summary.reached.mean <= summary.reached.best
    assert summary.reached.target > 0
    assert summary.reached.expected_error > 0
    peaks = summary.sets[0].peaks
    assert [peak.number for peak in peaks] == [1, 2, 3, 4]
    assert {peak.side for peak in peaks} == {Side.LEFT, Side.RIGHT}
    assert all(peak.is_full for peak in peaks)


def test_holds_are_times():
    """A hold has seconds and spans, and no range."""
    summary = sum_up([result_of("front_plank", 1, hold_s=9.0)], 1).exercises[0]
    assert summary.is_hold
    assert summary.held_s == pytest.approx(6.0, abs=0.1)
    assert [hold.held_s for hold in summary.sets[0].holds] == [summary.held_s]
    assert summary.reached is None


def test_the_two_most_useful_things_come_first():
    """Errors before tips, what is seen well before what is not, then what happened most often."""
    clean = result_of("glute_bridge", 2)
    faulty = with_faults(
        clean,
        fault("head_lifts", "advice", "poor"),
        fault("drops", "advice", "good"),
        fault("too_fast", "advice", "good"),
        fault("too_fast", "advice", "good", 9.0),
        fault("feet_misplaced", "error", "good"),
    )
    assert [one.fault for one in sum_up([faulty], 1).improvements] == [
        "feet_misplaced", "too_fast"
    ]  # fmt: skip
    assert sum_up([clean], 1).improvements == ()


def test_improvements_are_chosen_over_all_exercises():
    """An error in the second exercise comes before a tip in the first."""
    first = with_faults(result_of("glute_bridge", 2), fault("drops", "advice", "good"))
    second = replace(
        with_faults(result_of("side_bend"), fault("twists", "error", "good")), step_index=1
    )
    summary = sum_up([first, second], 2)
    assert [(one.exercise, one.fault) for one in summary.improvements] == [
        ("side_bend", "twists"), ("glute_bridge", "drops")
    ]  # fmt: skip
    assert [part.improvements[0].fault for part in summary.exercises] == ["drops", "twists"]


def test_nothing_unchecked_is_called_good():
    """What was watched and what could not be judged are two lists, and all there is."""
    summary = sum_up([result_of("sit_to_stand", 2)], 1).exercises[0]
    watched = set(summary.nothing_wrong_seen)
    not_judged = {one.fault: one.refused for one in summary.not_judged}
    exercise = CATALOGUE["sit_to_stand"]
    squats = {rule.name for rule in exercise.form if rule.variants == {"squat"}}
    assert watched | set(not_judged) == {one.name for one in exercise.findings} - squats
    assert not watched & set(not_judged)
    assert not_judged["knees_closer_than_feet"].code == "wrong_view"
    assert summary.not_checked == tuple(unseen.name for unseen in exercise.not_checked)


def test_what_one_set_saw_counts_for_the_exercise():
    """A finding that could be watched in one of two sets was watched."""
    seen = result_of("glute_bridge", 2)
    hidden = tuple(
        replace(check, status=CheckStatus.NOT_ASSESSED, assessed_share=0.0)
        for check in seen.verdict.checks
    )
    unseen = replace(seen, set_number=2, verdict=replace(seen.verdict, checks=hidden))
    summary = sum_up([unseen, seen], 2).exercises[0]
    assert summary.not_judged == ()
    assert len(summary.sets) == 2


def test_sets_done_are_counted_against_the_plan():
    """A set that was stopped is shown, and not called done."""
    done = result_of("glute_bridge", 2)
    summary = sum_up([done, replace(done, set_number=2, end=SetEnd.STOPPED)], 3)
    assert (summary.n_sets_done, summary.n_sets_planned) == (1, 3)
    assert [one.end for one in summary.exercises[0].sets] == [SetEnd.DONE, SetEnd.STOPPED]


def test_an_empty_session_has_a_summary():
    """Whoever stops before the first set gets a summary of nothing."""
    flow = session(("glute_bridge", repeated(1, 2)))
    flow.command(0.0, Command.STOP)
    assert flow.summary().exercises == ()
