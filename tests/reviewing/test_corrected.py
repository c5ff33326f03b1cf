"""What counts after a therapist has spoken, and what the machine said all the same."""

import math
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.exercises.library import find
from formcheck.landmarks import Side
from formcheck.reviewing.agreement import agreements
from formcheck.reviewing.corrected import judged_session, judged_set, reviewed
from formcheck.reviewing.judged import Figures
from formcheck.reviewing.layer import laid_over
from formcheck.store import Corrected, Correction, CorrectionKind, Store
from tests.store.made_up import BEGAN, same, session_record, set_record
from tests.store.test_figures import fault

SET = set_record().name
BRIDGE = find("glute_bridge")
EXERCISES = {BRIDGE.id: BRIDGE}
# Three repetitions at 4-7, 8-11 and 12-15 s; the last one with its fault.
DROPS = replace(fault("drops"), start_s=13.0, end_s=14.0)
RECORD = replace(set_record(), faults=(DROPS,))
MACHINE = Figures(n_repetitions=3, n_with_faults=1, held_s=0.0, n_faults=1)


def said(subject, kind, number=None, after=None, comment="", second=0):
    """Return a correction of the set."""
    return Correction(
        session_record().id, SET, Corrected(subject), number, CorrectionKind(kind), None, after,
        "Dr Example", BEGAN + timedelta(seconds=second), comment,
    )  # fmt: skip


def withdrawn(one):
    """Return that a correction does not hold any more."""
    return replace(one, kind=CorrectionKind.WITHDRAWN, after={"withdraws": one.key})


def judged(*corrections):
    """Return the set with these over it."""
    return judged_set(RECORD, laid_over(corrections), BRIDGE)


def test_without_a_word_the_machine_counts():
    """Everything stands as the machine saw it."""
    found = judged()
    assert found.by_machine == found.now == MACHINE
    assert {one.status for one in (*found.repetitions, *found.faults)} == {"machine"}
    assert [one.key for one in found.repetitions] == [f"repetition-{n}" for n in (1, 2, 3)]


def test_a_repetition_that_was_none_does_not_count():
    """It stays where it was, and says so."""
    found = judged(said("repetition", "rejected", 2, comment="she reached for her glass"))
    assert found.by_machine == MACHINE
    assert found.now == replace(MACHINE, n_repetitions=2)
    second = found.repetitions[1]
    assert (second.status, second.counts, second.now) == ("rejected", False, second.by_machine)
    assert second.comment == "she reached for her glass"


def test_a_fault_that_was_none_leaves_its_repetition_clean():
    """The machine's repetition keeps its name; what is true now does not."""
    found = judged(said("fault", "rejected", 1))
    assert found.now == Figures(3, 0, 0.0, 0)
    last = found.repetitions[-1]
    assert (last.by_machine.faults, last.now.faults) == (("drops",), ())


def test_a_fault_is_another_one():
    """It has the words of that one, and no reading: nothing was read of it."""
    found = judged(said("fault", "relabelled", 1, {"name": "over_arch"}))
    (one,) = found.faults
    rule = next(rule for rule in BRIDGE.form if rule.name == "over_arch")
    assert (one.now.name, one.now.says, one.now.cue) == ("over_arch", rule.says, rule.cue)
    assert math.isnan(one.now.value)
    assert one.by_machine == DROPS
    assert found.repetitions[-1].now.faults == ("over_arch",)
    assert found.now == MACHINE


def test_what_was_missed_counts():
    """A repetition, a hold and a fault that the machine has not seen, each in its place in time."""
    found = judged(
        said("repetition", "added", None, {"start_s": 1.0, "end_s": 3.0, "side": "right"}),
        said("hold", "added", None, {"start_s": 20.0, "end_s": 26.5}),
        said("fault", "added", None, {"name": "head_lifts", "start_s": 2.0, "end_s": 2.5}),
    )
    assert found.now == Figures(n_repetitions=4, n_with_faults=2, held_s=6.5, n_faults=2)
    first = found.repetitions[0]
    assert (first.key, first.number, first.status) == ("added-1", None, "added")
    assert (first.now.side, first.now.faults) == (Side.RIGHT, ("head_lifts",))
    assert [one.key for one in found.faults] == ["added-3", "fault-1"]
    assert [one.key for one in found.holds] == ["added-2"]


def test_the_last_word_counts():
    """Who rejects and then accepts has accepted; a comment is no verdict."""
    found = judged(
        said("repetition", "rejected", 1),
        said("repetition", "accepted", 1, second=1),
        said("repetition", "comment", 1, None, "well done", second=2),
    )
    assert found.repetitions[0].status == "accepted"
    assert found.repetitions[0].comment == "well done"
    assert found.now == MACHINE
    assert len(found.comments) == 1


def test_a_repetition_to_the_other_side():
    """It counts as before, on the side that was said."""
    found = judged(said("repetition", "relabelled", 1, {"side": "left"}))
    assert (found.repetitions[0].now.side, found.repetitions[0].by_machine.side) == (
        Side.LEFT,
        None,
    )
    assert found.now == MACHINE


_SAID = st.one_of(
    st.builds(
        lambda place, kind: said(*place[:1], kind, *place[1:]),
        st.sampled_from([("repetition", 1), ("repetition", 2), ("repetition", 3), ("fault", 1)]),
        st.sampled_from(["accepted", "rejected"]),
    ),
    st.builds(lambda name: said("fault", "relabelled", 1, {"name": name}),
              st.sampled_from([rule.name for rule in BRIDGE.findings])),
    st.builds(
        lambda start: said("repetition", "added", None, {"start_s": start, "end_s": start + 1}),
        st.floats(0, 20),
    ),
)  # fmt: skip


@given(st.lists(_SAID, max_size=8))
def test_correcting_and_withdrawing_leaves_what_the_machine_said(many):
    """Whatever is said: the machine's own figures never move, and undone it counts as before."""
    told = [replace(one, time=BEGAN + timedelta(seconds=k)) for k, one in enumerate(many)]
    found = judged(*told)
    assert found.by_machine == MACHINE
    assert [one.by_machine for one in found.repetitions if one.by_machine] == list(
        RECORD.repetitions
    )
    undone = judged(*told, *map(withdrawn, told))
    assert undone.now == MACHINE
    assert [one.now for one in undone.repetitions] == list(RECORD.repetitions)
    assert len(undone.laid) == 2 * len(told)


def test_a_session_is_signed_off_until_that_is_withdrawn(tmp_path):
    """Who and when; the session stays as it was taken in."""
    about = {"set_name": None, "subject": Corrected.SESSION, "number": None}
    signed = replace(said("session", "signed_off"), **about)
    record = session_record(sets=(RECORD,))
    with Store.open(tmp_path) as store:
        store.take_in(record)
        store.add_correction(signed)
        store.add_correction(said("repetition", "rejected", 1))
        found = reviewed(store, record.id, EXERCISES, poses=True)
        assert found.signed_off == signed
        assert found.sets[0].now.n_repetitions == 2
        assert same(found.record, record)
        store.add_correction(withdrawn(signed))
        assert reviewed(store, record.id, EXERCISES).signed_off is None


@pytest.mark.parametrize(
    ("corrections", "expected"),
    [
        ([], []),
        ([said("repetition", "accepted", n) for n in (1, 2, 3)], [("glute_bridge", 3, 3)]),
        (
            [
                said("repetition", "accepted", 1),
                said("repetition", "rejected", 2),
                said("fault", "relabelled", 1, {"name": "over_arch"}),
                said("fault", "added", None, {"name": "drops", "start_s": 1, "end_s": 2}),
                said("repetition", "comment", 3, None, "hm"),
            ],
            [("glute_bridge", 1, 4)],
        ),
        (
            [said("repetition", "rejected", 1), said("repetition", "accepted", 1, second=1)],
            [("glute_bridge", 1, 1)],
        ),
        (
            [one := said("repetition", "rejected", 1), withdrawn(one)],
            [],
        ),
    ],
)
def test_agreement_counts_the_last_word_on_each(corrections, expected):
    """What was accepted, of everything that something was said about; withdrawn is not said."""
    found = agreements(corrections)
    assert [(one.exercise, one.share.n_right, one.share.n) for one in found] == expected


def test_agreement_has_an_interval():
    """Three of four are between a third and all."""
    corrections = [said("repetition", "accepted", n) for n in (1, 2, 3)]
    (found,) = agreements([*corrections, said("fault", "rejected", 1)])
    low, high = found.share.interval
    assert (round(low, 3), round(high, 3)) == (0.301, 0.954)


def test_a_session_keeps_its_order():
    """A correction of one set leaves the others alone."""
    other = set_record("set-02-glute_bridge")
    record = session_record(sets=(RECORD, other))
    found = judged_session(record, [said("repetition", "rejected", 1)], EXERCISES)
    assert [one.now.n_repetitions for one in found.sets] == [2, 3]
