"""What was seen of a session is kept while it is looked at, and looked at once."""

import threading
from dataclasses import replace

import pytest

from formcheck.errors import FormcheckError
from formcheck.exercises.library import load_all
from formcheck.recordings.session_journal import SessionFacts
from formcheck.store import Corrected, Correction, CorrectionKind, Store
from formcheck.web.review import sights
from formcheck.web.review.setting import ReviewSetting
from formcheck.web.review.sights import MOST_KEPT, Sights
from tests.store.made_up import BEGAN, session_record, set_record

FACTS = SessionFacts(started=BEGAN.isoformat(), language="en", plan=()).model_dump_json().encode()
SET = set_record().name


def kept(number, **changed):
    """Return a session that can be judged again."""
    return replace(session_record(number), facts=FACTS, **changed)


@pytest.fixture
def setting(tmp_path):
    """Return the setting of a store with three sessions, and one that is damaged."""
    with Store.open(tmp_path) as store:
        for number in (1, 2, 3):
            store.take_in(kept(number))
        store.take_in(kept(4, sets=(set_record(poses_of=b"no recording"),)))
        yield ReviewSetting(store, load_all(), "Dr E", tmp_path)


def id_of(number):
    """Return the id of a session."""
    return session_record(number).id


def test_a_session_is_seen_once_while_it_is_among_the_last(setting):
    """As many are kept as can stand beside each other; the one looked at longest ago goes."""
    kept_ones = Sights(setting)
    first = kept_ones.of(id_of(1))
    kept_ones.of(id_of(2))
    assert kept_ones.of(id_of(1)) is first
    assert MOST_KEPT == 2
    kept_ones.of(id_of(3))  # in the place of the second
    assert kept_ones.of(id_of(1)) is first
    second = kept_ones.of(id_of(2))
    assert kept_ones.of(id_of(2)) is second


def test_only_a_moved_landmark_is_seen_anew(setting):
    """Whatever else is said, the pictures show the same."""
    kept_ones, store = Sights(setting), setting.store
    first = kept_ones.of(id_of(1))
    said = Correction(
        id_of(1), SET, Corrected.REPETITION, 1, CorrectionKind.REJECTED, None, None, "Dr E", BEGAN
    )
    store.add_correction(said)
    assert kept_ones.of(id_of(1)) is first
    time_s = first.seen.poses(SET)[3][0]
    after = {"time_s": time_s, "landmark": "left_knee", "x_px": 10.0, "y_px": 20.0}
    kind = CorrectionKind.MOVED
    moved = replace(said, subject=Corrected.SET, number=None, kind=kind, after=after)
    store.add_correction(moved)
    assert kept_ones.of(id_of(1)) is not first
    assert kept_ones.of(id_of(1)).seen.poses(SET)[3][1].image[25].tolist() == [10.0, 20.0]


def test_an_exercise_is_prepared_once_and_trouble_is_told_to_who_asks(setting, monkeypatch):
    """The thread of its own says nothing; asked for, a damaged recording is named."""
    begun = []

    class Watched(threading.Thread):
        def start(self):
            begun.append(self)
            super().start()

    monkeypatch.setattr(sights.threading, "Thread", Watched)
    sight = Sights(setting).of(id_of(4))
    for _ in range(3):
        sight.prepare("glute_bridge")
    (thread,) = begun
    thread.join(10)
    assert not thread.is_alive()
    with pytest.raises(FormcheckError, match="recording"):
        sight.judged("glute_bridge", ())
