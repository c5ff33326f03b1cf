"""What is taken in is what comes out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from formcheck.errors import StoreError
from formcheck.recordings import Recording
from formcheck.session.events import RuleApplied
from formcheck.store import SessionEnd, Store
from tests.people import poses
from tests.store.made_up import (
    BEGAN,
    SESSIONS,
    recording,
    same,
    session_record,
    set_record,
)


@given(record=SESSIONS)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_session_comes_out_as_it_was_taken_in(store, record):
    """Every number, word and byte, what is not known and NaN included."""
    if store.take_in(record):
        assert same(store.session(record.id), record)


def test_a_session_is_taken_in_once(store):
    """Again it changes nothing, and says so."""
    first = session_record()
    assert store.take_in(first)
    assert not store.take_in(session_record(duration_s=1.0))
    assert same(store.session(first.id), first)
    assert len(store.sessions("robin")) == 1


def test_poses_come_back_bit_for_bit(store, tmp_path):
    """The recording of a set is the file that it was, and reads like it."""
    store.take_in(session_record())
    file = tmp_path / "set.poses.npz"
    file.write_bytes(recording())
    again = store.recording(session_record().id, "set-01-glute_bridge")
    assert again.header == Recording(file).header
    for (time_s, pose), (before_s, before) in zip(again, poses("glute_bridge")[:60], strict=True):
        assert time_s == before_s
        assert (pose.image == before.image).all()
        assert (pose.world == before.world).all()


def test_a_session_is_read_without_its_poses(store):
    """Everything else is there."""
    store.take_in(session_record())
    bare = replace(set_record(), poses=b"")
    assert store.session(session_record().id, poses=False) == session_record(sets=(bare,))


def test_what_fails_in_the_middle_leaves_nothing(store):
    """A session whose second set cannot be kept is not there at all."""
    twice = set_record(), set_record()
    with pytest.raises(Exception, match="UNIQUE"):
        store.take_in(session_record(sets=twice))
    assert store.sessions("robin") == ()
    assert store.people == ()
    assert store.check() == ()


def test_a_line_has_the_figures_of_its_session(store):
    """Sets, repetitions, those with faults, pain; in the order of time, from and to a day."""
    sets = set_record(), set_record("set-02-front_plank", 2)
    rules = (RuleApplied(30.0, "S03", "stop_exercise", True, 0),)
    store.take_in(session_record(3, end=SessionEnd.STOPPED, sets=sets, rules_applied=rules))
    store.take_in(session_record(1))
    store.take_in(session_record(2, person="kim"))
    first, last = store.sessions("robin")
    assert (first.n_sets, first.n_sets_done, first.n_repetitions, first.n_with_faults) == (
        1,
        1,
        3,
        1,
    )
    assert (last.n_repetitions, last.n_with_faults, last.n_pain_reports) == (5, 2, 1)
    assert last.exercises == ("glute_bridge", "front_plank")
    assert last.end is SessionEnd.STOPPED
    third_day = BEGAN + timedelta(days=3)
    assert store.sessions("robin", since=third_day) == (last,)
    assert store.sessions("robin", until=third_day) == (first,)


def test_what_is_not_there_is_said(store):
    """A session or set that the store has not is named."""
    store.take_in(session_record())
    with pytest.raises(StoreError, match="'nothing'"):
        store.session("nothing")
    with pytest.raises(StoreError, match="'set-09'"):
        store.recording(session_record().id, "set-09")
    assert store.has_session(session_record().id)
    assert not store.has_session("nothing")
    assert store.sessions("nobody") == ()


@pytest.mark.parametrize(
    "pseudonym", ["", " robin", "a/b", "x" * 65, "two\nlines", "line\n", "formcheck"]
)
def test_a_pseudonym_is_a_short_plain_word(store, pseudonym):
    """What could be a path or breaks a line is refused."""
    with pytest.raises(StoreError, match="pseudonym"):
        store.take_in(session_record(person=pseudonym))


def test_two_programs_use_one_store(store):
    """What one has written the other one sees at once."""
    with Store.open(store.folder) as other:
        store.take_in(session_record(1))
        assert len(other.sessions("robin")) == 1
        other.take_in(session_record(2))
        assert len(store.sessions("robin")) == 2
