"""What may be said instead of the machine, and what is left of it when it is withdrawn."""

from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import StoreError
from formcheck.landmarks import Side
from formcheck.store import Corrected, Correction, CorrectionKind
from formcheck.store.corrections import (
    LONGEST_COMMENT,
    AddedFault,
    AddedMovement,
    MovedLandmark,
    OtherSide,
    Remark,
    Renamed,
    check,
    content,
    in_force,
)
from tests.store.made_up import BEGAN, session_record

SET = "set-01-glute_bridge"


def said(subject, kind, number=None, after=None, comment="", **changed):
    """Return a correction."""
    name = None if subject == "session" else SET
    one = Correction(
        session_record().id, name, Corrected(subject), number, CorrectionKind(kind), None, after,
        "Dr Example", BEGAN, comment,
    )  # fmt: skip
    return replace(one, **changed)


def withdrawn(one, **changed):
    """Return that a correction does not hold any more."""
    after = {"withdraws": one.key}
    return replace(one, kind=CorrectionKind.WITHDRAWN, after=after, **changed)


GOOD = [
    (said("repetition", "accepted", 1), None),
    (said("fault", "rejected", 2), None),
    (said("fault", "relabelled", 1, {"name": "hips_sink"}), Renamed("hips_sink")),
    (said("hold", "relabelled", 1, {"side": "left"}), OtherSide(Side.LEFT)),
    (
        said("repetition", "added", None, {"start_s": 1.0, "end_s": 2.5, "peak_s": 2.0}),
        AddedMovement(1.0, 2.5, 2.0),
    ),
    (
        said("fault", "added", None, {"name": "drops", "start_s": 1, "end_s": 2}),
        AddedFault("drops", 1.0, 2.0),
    ),
    (
        said(
            "set",
            "moved",
            None,
            {"time_s": 3.5, "landmark": "left_knee", "x_px": -2.0, "y_px": 41.25},
        ),
        MovedLandmark(3.5, "left_knee", -2.0, 41.25),
    ),
    (said("set", "comment", None, {"at_s": 3.0}, "look"), Remark(3.0)),
    (said("session", "comment", None, None, "well done"), Remark()),
    (said("session", "signed_off"), None),
]


@pytest.mark.parametrize(("one", "expected"), GOOD, ids=lambda one: getattr(one, "kind", ""))
def test_what_is_said_is_parsed(one, expected):
    """Each kind says what it must, and is understood."""
    check(one)
    assert content(one) == expected


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (said("set", "accepted"), "cannot be accepted"),
        (said("repetition", "signed_off"), "cannot be signed_off"),
        (said("repetition", "accepted"), "expected which"),
        (said("repetition", "accepted", 0), "no number 0"),
        (said("set", "comment", 3, None, "look"), "no number 3"),
        (said("fault", "accepted", 1, {"name": "x"}), "nothing more"),
        (said("fault", "relabelled", 1, {"name": "<script>"}), "name"),
        (said("fault", "relabelled", 1, {"name": "a" * 65}), "name"),
        (said("fault", "relabelled", 1, {"name": "drops", "more": 1}), "more"),
        (said("fault", "relabelled", 1), "after"),
        (said("repetition", "relabelled", 1, {"side": "middle"}), "side"),
        (said("repetition", "added", None, {"start_s": 2.0, "end_s": 2.0}), "ends before"),
        (said("repetition", "added", None, {"start_s": 1.0, "end_s": 1e9}), "end_s"),
        (
            said("repetition", "added", None, {"start_s": 1.0, "end_s": 2.0, "peak_s": 2.5}),
            "not within",
        ),
        (
            said("set", "moved", None, {"time_s": 1, "landmark": "tail", "x_px": 1, "y_px": 1}),
            "no landmark",
        ),
        (said("set", "comment", None, None, " "), "says nothing"),
        (said("set", "comment", None, None, "a" * (LONGEST_COMMENT + 1)), "at most"),
        (said("session", "signed_off", set_name=SET), "names it"),
        (said("repetition", "accepted", 1, set_name=None), "names it"),
        (said("session", "signed_off", who=" "), "who says so"),
        (said("session", "withdrawn", None, {"withdraws": "the last one"}), "withdraws"),
        (said("repetition", "accepted", 1, before="a" * 5000), "longer than"),
    ],
)
def test_what_cannot_be_said_is_refused(one, says, store):
    """The store keeps none of it."""
    with pytest.raises(ValueError, match=says):
        check(one)
    store.take_in(session_record())
    with pytest.raises(StoreError, match="cannot be kept"):
        store.add_correction(one)
    assert store.corrections(session_record().id) == ()


@given(st.data())
def test_withdrawing_brings_back_what_was(data):
    """Whatever was said, in whichever order it is kept: what is withdrawn does not hold."""
    told = [replace(one, time=BEGAN + timedelta(seconds=k)) for k, (one, _) in enumerate(GOOD)]
    gone = data.draw(st.sets(st.sampled_from(range(len(told)))))
    undone = [withdrawn(told[k]) for k in sorted(gone)]
    again = data.draw(st.sets(st.sampled_from(range(len(undone))))) if undone else set()
    back = [withdrawn(undone[k], who="Kim") for k in sorted(again)]
    kept = data.draw(st.permutations([*told, *undone, *back]))
    still = sorted(gone - {sorted(gone)[k] for k in again})
    expected = [one for k, one in enumerate(told) if k not in still]
    assert sorted(in_force(kept), key=lambda one: one.time) == expected


def test_a_long_row_of_withdrawals_is_settled():
    """Each withdraws the one before: every other one holds, and nothing is called in circles."""
    row = [said("fault", "rejected", 1)]
    for k in range(20_000):
        row.append(withdrawn(row[-1], time=BEGAN + timedelta(microseconds=k)))
    assert in_force(row) == (row[0],)
    assert in_force(row[:-1]) == ()


def test_a_correction_has_one_key_everywhere():
    """It is the same at any clock's zone, and another one for any other word."""
    one = said("fault", "rejected", 1)
    there = one.time.astimezone(timezone(timedelta(hours=9)))
    assert replace(one, time=there).key == one.key
    others = [replace(one, number=2), replace(one, who="Kim"), replace(one, comment="no")]
    assert len({one.key, *(other.key for other in others)}) == 4


def test_it_comes_out_of_the_store_as_it_went_in(store):
    """With its key: a withdrawal that is kept finds it again."""
    store.take_in(session_record())
    told = [one for one, _ in GOOD if one.subject not in {"fault", "hold"}]
    told.append(withdrawn(told[1]))
    for one in told:
        store.add_correction(one)
    kept = store.corrections(session_record().id)
    assert kept == tuple(told)
    assert [one.key for one in kept] == [one.key for one in told]
    assert in_force(kept) == (told[0], *told[2:-1])
