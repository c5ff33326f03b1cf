"""Everybody's sessions in one list: what a line says, what is found, and in which order."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from formcheck.prescription.pain import Moment
from formcheck.session.events import RuleApplied
from formcheck.session.stages import SetEnd
from formcheck.store import (
    DATABASE,
    Corrected,
    Correction,
    CorrectionKind,
    PainRating,
    Store,
)
from formcheck.store.listing import Asked, Hits, SessionKind, SessionOrder, Word
from tests.store.made_up import BEGAN, SESSIONS, session_record, set_record
from tests.store.test_figures import fault

TOLD = (RuleApplied(20.0, "s01_again", "end_session", tells_therapist=True, step_index=0),)


def correction(session_id, comment="look at the knees", **changed):
    """Return a correction of the first repetition of a session."""
    made = Correction(
        session_id, "set-01-glute_bridge", Corrected.REPETITION, 1, CorrectionKind.REJECTED,
        None, None, "Dr Example", BEGAN, comment,
    )  # fmt: skip
    return replace(made, **changed)


def signed_off(session_id):
    """Return that a session was looked through."""
    about = {"set_name": None, "subject": Corrected.SESSION, "number": None}
    return correction(session_id, kind=CorrectionKind.SIGNED_OFF, **about)


def ids(store, **asked):
    """Return the ids of a list."""
    return [one.id for one in store.listed(Asked(**asked)).sessions]


def expected(record):
    """Return what the line of a session has to say, told from the whole session."""
    sets = record.sets
    n_frames = sum(one.n_frames for one in sets)
    said = sorted(
        (one for one in record.pain_ratings if one.value is not None), key=lambda one: one.time
    )
    outside = {Moment.BEFORE, Moment.NEXT_MORNING}
    in_it = [one.value for one in said if one.moment not in outside]
    before = [one.value for one in said if one.moment is Moment.BEFORE]
    kinds = dict.fromkeys((one.exercise, seen.name) for one in sets for seen in one.faults)
    return {
        "n_sets": len(sets),
        "n_sets_done": sum(one.end is SetEnd.DONE for one in sets),
        "n_repetitions": sum(len(one.repetitions) for one in sets),
        "n_with_faults": sum(bool(rep.faults) for one in sets for rep in one.repetitions),
        "held_s": pytest.approx(sum(hold.held_s for one in sets for hold in one.holds)),
        "assessed_share": pytest.approx(
            sum(one.n_frames * one.assessed_share for one in sets) / n_frames
        )
        if n_frames
        else None,
        "faults": set(kinds),
        "pain_before": before[-1] if before else None,
        "pain_highest": max(in_it, default=None),
        "to_tell": {one.rule for one in record.rules_applied if one.tells_therapist},
        "n_pain_reports": len(record.pain_reports),
    }


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(record=SESSIONS)
def test_a_line_says_what_the_whole_session_comes_to(record, tmp_path_factory):
    """Whatever a session is: the line in the list is told from it, and the check agrees."""
    with Store.open(tmp_path_factory.mktemp("store")) as store:
        store.take_in(record)
        (line,) = store.summaries(record.person)
        assert store.check() == ()
    told = {name: getattr(line, name) for name in expected(record)}
    told["faults"] = {(one.exercise, one.name) for one in line.faults}
    told["to_tell"] = set(line.to_tell)
    assert told == expected(record)


def test_a_line_follows_what_is_said_later(store):
    """A rating of pain, a correction and a sign-off change the line of their session alone."""
    record, other = session_record(1), session_record(2)
    for one in (record, other):
        store.take_in(one)
    store.add_pain("robin", PainRating(BEGAN, Moment.AFTER_SESSION, 6, (), record.id))
    store.add_correction(correction(record.id))
    line, unchanged = store.summaries("robin")
    assert (line.pain_highest, line.n_corrections, line.signed_off_at) == (6, 1, None)
    assert (unchanged.pain_highest, unchanged.n_corrections) == (None, 0)
    store.add_correction(signed_off(record.id))
    (line, _) = store.summaries("robin")
    assert (line.n_corrections, line.signed_off_by, line.signed_off_at) == (1, "Dr Example", BEGAN)
    for one in (correction(record.id), signed_off(record.id)):
        about = {"kind": CorrectionKind.WITHDRAWN, "after": {"withdraws": one.key}}
        store.add_correction(replace(one, **about))
    (line, _) = store.summaries("robin")
    assert (line.n_corrections, line.signed_off_by, line.signed_off_at) == (0, None, None)
    assert store.check() == ()


def test_words_are_found_wherever_they_stand(store):
    """Pseudonym, exercise, fault, comment and day; all of several words, and nothing is a sign."""
    bridge = replace(set_record(), faults=(fault("hips_drop"),))
    plank = replace(set_record("set-01-front_plank"), faults=())
    store.take_in(session_record(1, sets=(bridge,)))
    store.take_in(session_record(2, person="Kim O", sets=(plank,)))
    first, second = session_record(1).id, session_record(2).id
    store.add_correction(correction(first, comment="100% of the KNEES"))
    since = BEGAN + timedelta(days=2)
    a_day = Word("2026-03-03", since=since, until=since + timedelta(days=1))
    found = {
        "robin": [first], "kim": [second], "bridge": [first], "it drops": [first],
        "knees": [first], "100%": [first], "front": [second], "%": [first], "_": [],
    }  # fmt: skip
    assert {text: ids(store, words=(Word(text),)) for text in found} == found
    assert ids(store, words=(a_day,)) == [second]
    assert ids(store, words=(Word("unterarm", ("front_plank",)),)) == [second]
    assert ids(store, words=(Word("robin"), Word("knees"))) == [first]
    assert ids(store, words=(Word("kim"), Word("knees"))) == []
    assert store.hits((Word("bridge"),)) == {"robin": Hits(1, first)}


def test_somebody_without_sessions_is_found_by_name(store):
    """There is nothing else of them yet."""
    store.add_pain("Lee", PainRating(BEGAN, Moment.BEFORE, 3))
    assert store.hits((Word("le"),)) == {"Lee": Hits(0, None)}


def test_a_list_is_narrowed_down_and_put_in_order(store):
    """By need: what has to be told, then what hurt, what was hardly judged, what had faults."""
    quiet = {"pain_reports": (), "sets": (set_record(),)}
    hardly = {**quiet, "sets": (replace(set_record(), assessed_share=0.49),)}
    enough = {**quiet, "sets": (replace(set_record(), assessed_share=0.5),)}
    told = {**quiet, "rules_applied": TOLD}
    made = [quiet, enough, hardly, {"sets": (set_record(),)}, told, told]
    records = [session_record(n, **about) for n, about in enumerate(made, start=1)]
    for one in records:
        store.take_in(one)
    one, two, three, four, five, six = (record.id for record in records)
    store.add_correction(signed_off(six))
    assert ids(store, order=SessionOrder.NEEDIEST) == [five, four, three, two, one, six]
    assert ids(store, order=SessionOrder.NEWEST, limit=2, offset=1) == [five, four]
    assert ids(store, order=SessionOrder.OLDEST, limit=1) == [one]
    kinds = {
        SessionKind.TO_TELL: [six, five], SessionKind.HURT: [four],
        SessionKind.HARDLY_ASSESSED: [three], SessionKind.REVIEWED: [six],
        SessionKind.NOT_REVIEWED: [five, four, three, two, one], SessionKind.CORRECTED: [],
    }  # fmt: skip
    assert {kind: ids(store, kind=kind) for kind in kinds} == kinds
    assert store.listed(Asked(kind=SessionKind.NOT_REVIEWED, limit=1)).n_found == 5
    assert ids(store, person="nobody") == []


def test_a_line_that_contradicts_is_found_and_made_anew(tmp_path):
    """The session is named once; what it says is then what the session says."""
    with Store.open(tmp_path) as store:
        for number in (1, 2):
            store.take_in(session_record(number))
        before = store.summaries("robin")
    with closing(sqlite3.connect(tmp_path / DATABASE)) as connection, connection:
        connection.execute("UPDATE session_summaries SET n_repetitions = 99 WHERE rowid = 1")
        connection.execute("DELETE FROM session_summaries WHERE rowid = 2")
    with Store.open(tmp_path) as store:
        problems = store.check()
        assert [session_record(n).id in told for n, told in zip((1, 2), problems, strict=True)]
        assert store.summaries("robin") == before
        assert store.check() == ()


def test_facts_hold_until_something_new_is_known(store):
    """Whatever is written about somebody: what was put together before is no longer given."""
    store.take_in(session_record(1))
    store.take_in(session_record(2, person="kim"))
    kept = {one.person: one for one in store.kept_facts()}
    assert {one.facts for one in kept.values()} == {None}
    store.keep_facts({name: (one.stamp, {"is": name}) for name, one in kept.items()})
    assert [one.facts for one in store.kept_facts()] == [{"is": "kim"}, {"is": "robin"}]
    store.add_correction(correction(session_record(1).id))
    assert [one.facts for one in store.kept_facts()] == [{"is": "kim"}, None]


def test_a_search_reads_nothing_from_the_disk_that_the_last_one_has_read(store):
    """The lines of ten thousand sessions stay with the connection, and the next one gets it."""
    database = store._database
    with database.plain() as first, database.plain() as second:
        assert first is not second
    with database.plain() as next_one:
        (kept,) = next_one.execute("PRAGMA cache_size").fetchone()
    assert next_one is first  # the one that was given back last
    assert -kept * 1024 > 4.3e6  # a negative size is in KiB; the lines were measured
