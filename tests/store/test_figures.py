"""Sets in figures: how much was done, and how much of it without an error."""

from dataclasses import replace
from datetime import timedelta

import pytest

from formcheck.analysis.events import Fault, Hold
from formcheck.analysis.verdict import Check, CheckStatus
from formcheck.exercises.rules import Phase
from formcheck.session.events import RuleApplied
from tests.store.made_up import BEGAN, repetition, session_record, set_record


def fault(name, severity="error", start_s=0.0, end_s=1.0):
    """Return a fault; only its name, weight and time matter here."""
    return Fault(
        name, severity, "hip_lift", 0.3, 0.2, "ratio", 0.05, Phase.EFFORT, "hip", None,
        start_s, end_s, start_s, "good", "It drops.", "Hips up.",
    )  # fmt: skip


def hold(number, start_s, end_s, held_s):
    """Return a posture that was held."""
    return Hold(number, "both", start_s, end_s, held_s, 0)


def figures(store, record):
    """Return the figures of a session of one set."""
    store.take_in(session_record(sets=(record,)))
    (found,) = store.set_figures("robin")
    return found


def test_repetitions_with_an_error_are_counted_and_those_with_a_tip_are_not(store):
    """Of four, one has an error, one both and one a tip alone: two are not clean."""
    told = [("drops",), ("drops", "fast"), ("fast",), ()]
    repetitions = tuple(repetition(n, names) for n, names in enumerate(told, start=1))
    record = replace(
        set_record(),
        repetitions=repetitions,
        faults=(fault("drops"), fault("fast", severity="advice")),
    )
    found = figures(store, record)
    assert (found.n_repetitions, found.n_with_error) == (4, 2)
    assert (found.exercise, found.dose, found.end) == (record.exercise, record.dose, record.end)


def test_a_hold_is_clean_for_as_long_as_no_error_lasts_in_it(store):
    """Errors that overlap count once, and outside of the posture not at all."""
    errors = [(8.0, 12.0), (11.0, 15.0), (28.0, 33.0), (100.0, 110.0)]
    record = replace(
        set_record(),
        repetitions=(),
        holds=(hold(1, 10.0, 30.0, 19.0), hold(2, 40.0, 50.0, 10.0)),
        faults=tuple(fault("sags", start_s=start, end_s=end) for start, end in errors),
    )
    found = figures(store, record)
    assert found.held_s == pytest.approx(29.0)
    assert found.posture_s == pytest.approx(30.0)
    assert found.error_s == pytest.approx(5.0 + 2.0)


@pytest.mark.parametrize(
    ("status", "share", "is_judged"),
    [
        (CheckStatus.NOTHING_WRONG_SEEN, 0.5, True),
        (CheckStatus.FOUND, 0.9, True),
        (CheckStatus.NOTHING_WRONG_SEEN, 0.49, False),
        (CheckStatus.NOT_ASSESSED, 1.0, False),
    ],
)
def test_form_is_judged_where_a_fault_could_be_watched_for_half_of_it(
    store, status, share, is_judged
):
    """Just below, it is not."""
    check = Check("drops", "It drops.", status, 0, share)
    assert figures(store, replace(set_record(), checks=(check,))).is_judged == is_judged


def test_only_sets_of_the_person_and_the_time_are_given(store):
    """From the first moment to before the last, in the order of the sessions."""
    for number in (3, 1, 2):
        store.take_in(session_record(number))
    store.take_in(session_record(4, person="alex"))
    since, until = (BEGAN + timedelta(days=n) for n in (1, 3))
    found = store.set_figures("robin", since, until)
    assert [(one.session_started - BEGAN).days for one in found] == [1, 2]
    assert store.set_figures("nobody") == ()


def test_stop_rules_are_given_with_the_session_that_they_decided_in(store):
    """In order, with all that they say."""
    lessened = RuleApplied(3.0, "s06", "lessened", False)
    ended = RuleApplied(31.5, "s02", "end_session", True, 0)
    store.take_in(session_record(1, rules_applied=(lessened, ended)))
    store.take_in(session_record(2))
    store.take_in(session_record(3, person="alex", rules_applied=(ended,)))
    found = store.rules_followed("robin")
    assert {one.session_id for one in found} == {session_record(1).id}
    assert [one.applied for one in found] == [lessened, ended]
    assert store.rules_followed("robin", since=BEGAN + timedelta(days=2)) == ()
