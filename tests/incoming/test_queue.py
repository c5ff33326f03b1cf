"""What waits, who works it off, and what survives."""

import os
from datetime import UTC, datetime, timedelta

import av
import pytest

from formcheck.errors import EngineError, OutputError, SourceError, UsageError
from formcheck.incoming import arriving, working
from formcheck.incoming.queue import Queue
from formcheck.incoming.wish import Wish
from formcheck.incoming.working import MOST_BEGUN, Stopped, Worker
from formcheck.recordings.incoming_file import DateFrom, State
from formcheck.store import Store
from tests.incoming.brought import (
    FEW,
    NOW,
    RECORDED,
    ROBIN,
    Puppet,
    no_engine,
    queue_of,
    recording,
    video,
    worked_off,
)


@pytest.fixture
def queue(tmp_path):
    """Return an empty queue."""
    return queue_of(tmp_path)


@pytest.fixture
def bridge(tmp_path):
    """Return a recording of bridges."""
    return recording(tmp_path / "bridge.poses.npz", "glute_bridge")


def n_sessions(queue, person="robin"):
    """Return how many sessions of a person there are."""
    with Store.open(queue.store) as store:
        return len(store.sessions(person))


def test_the_same_recording_of_the_same_person_is_taken_once(queue, bridge, tmp_path):
    """Whatever it is called, waiting or done; of somebody else it is another one."""
    copy = tmp_path / "copy.poses.npz"
    copy.write_bytes(bridge.read_bytes())
    assert queue.take_file(bridge, ROBIN).is_new
    assert not queue.take_file(copy, ROBIN).is_new
    worked_off(queue)
    again = queue.take_file(copy, ROBIN)
    assert (again.is_new, again.facts.state) == (False, State.DONE)
    assert queue.take_file(copy, Wish("kim", recorded=RECORDED)).is_new
    worked_off(queue)
    assert (n_sessions(queue), n_sessions(queue, "kim")) == (1, 1)


def test_what_was_put_away_is_still_known(queue, bridge):
    """After a week, or where somebody takes it off the list."""
    facts = queue.take_file(bridge, ROBIN).facts
    worked_off(queue)
    later = Queue(queue.store, now=lambda: NOW + timedelta(days=8))
    later.tidy()
    assert later.listed() == ()
    assert not later.take_file(bridge, ROBIN).is_new
    with pytest.raises(SourceError, match="no such recording"):
        later.find(facts.id)


def test_what_waits_survives_a_restart_and_what_was_half_done_begins_anew(queue, bridge):
    """Killed in the middle: the next one begins it again, and one session comes of it."""
    facts = queue.take_file(bridge, ROBIN).facts
    queue.change(facts.id, state=State.ANALYSING, n_begun=1, share=0.4)
    (queue.work_folder(facts.id)).mkdir()
    restarted = queue_of(queue.store.parent)
    assert restarted.needs_work
    became = worked_off(restarted)["bridge.poses.npz"]
    assert (became.state, became.n_begun) == (State.DONE, 2)
    assert n_sessions(queue) == 1


def test_what_was_almost_done_is_finished_and_not_done_again(queue, bridge, tmp_path):
    """Killed between its folder and the store."""
    facts = queue.take_file(bridge, ROBIN).facts
    worked_off(queue)
    done = queue.find(facts.id)
    copy = tmp_path / "other"
    (queue.store / done.session).rename(copy)
    queue.store.joinpath("formcheck.sqlite").unlink()
    copy.rename(queue.store / done.session)
    queue.change(facts.id, state=State.ANALYSING)
    assert worked_off(queue)["bridge.poses.npz"].state is State.DONE
    assert n_sessions(queue) == 1


def test_what_breaks_formcheck_off_again_and_again_is_refused(queue, bridge):
    """The others do not wait for it for ever."""
    facts = queue.take_file(bridge, ROBIN).facts
    queue.change(facts.id, state=State.ANALYSING, n_begun=MOST_BEGUN)
    became = worked_off(queue)["bridge.poses.npz"]
    assert became.state is State.REFUSED
    assert "broke off 3 times" in became.reason
    assert queue.can_retry(became)


def test_only_one_works_at_a_time(queue, bridge):
    """A second one leaves it to the first."""
    queue.take_file(bridge, ROBIN)
    with queue.working() as is_alone:
        assert is_alone
        assert not Worker(queue, no_engine, exercises=FEW).work_off()
        assert not queue.needs_work
    assert Worker(queue, no_engine, exercises=FEW).work_off()


def test_one_that_fails_costs_only_itself(queue, bridge, tmp_path):
    """The engine stops at a video: it may be tried again; the recording after it is done."""
    queue.take_file(video(tmp_path / "a.mp4", n_frames=20), ROBIN)
    queue.take_file(bridge, ROBIN)
    became = worked_off(queue, lambda: Puppet(failure=EngineError("it stopped")))
    assert (became["a.mp4"].state, became["a.mp4"].reason) == (State.REFUSED, "it stopped")
    assert became["bridge.poses.npz"].state is State.DONE
    queue.retry(became["a.mp4"].id)
    assert worked_off(queue, Puppet)["a.mp4"].state is State.DONE


def test_a_mistake_of_formchecks_own_costs_only_its_recording(queue, bridge, tmp_path):
    """It is told, and logged."""
    queue.take_file(video(tmp_path / "a.mp4", n_frames=20), ROBIN)
    queue.take_file(bridge, ROBIN)
    became = worked_off(queue, lambda: Puppet(failure=ZeroDivisionError("oh")))
    assert "made a mistake (ZeroDivisionError)" in became["a.mp4"].reason
    assert became["bridge.poses.npz"].state is State.DONE


def test_waiting_and_under_way_can_be_cancelled(queue, bridge, tmp_path, monkeypatch):
    """Nothing comes of them, and their copies are gone; one can be brought again."""
    waiting = queue.take_file(bridge, ROBIN).facts
    queue.cancel(waiting.id)
    assert queue.find(waiting.id).state is State.CANCELLED
    under_way = queue.take_file(video(tmp_path / "a.mp4"), ROBIN).facts

    def told(one):
        if one.id == under_way.id and one.state is State.ANALYSING:
            queue.cancel(one.id)

    monkeypatch.setattr(working, "TOLD_EVERY_S", 0.0)
    became = worked_off(queue, Puppet, told)["a.mp4"]
    assert became.state is State.CANCELLED
    assert n_sessions(queue) == 0
    assert not queue.contents(waiting.id).exists()
    assert not queue.contents(under_way.id).exists()
    assert queue.take_file(bridge, ROBIN).is_new


def test_whoever_stops_the_program_loses_nothing(queue, bridge):
    """It waits again, as if it had never been begun."""
    facts = queue.take_file(bridge, ROBIN).facts

    def told(_):
        raise Stopped

    with pytest.raises(Stopped):
        Worker(queue, no_engine, told, FEW).work_off()
    assert (queue.find(facts.id).state, queue.find(facts.id).n_begun) == (State.WAITING, 0)


@pytest.mark.parametrize(
    ("told", "modified", "date", "date_from"),
    [
        (RECORDED, NOW, RECORDED, DateFrom.TOLD),
        (None, NOW - timedelta(days=2), NOW - timedelta(days=2), DateFrom.FILE),
        (None, datetime(1970, 1, 1, tzinfo=UTC), None, DateFrom.FILE),
        (None, NOW + timedelta(days=3), None, DateFrom.FILE),
    ],
)
def test_when_it_was_recorded(queue, bridge, told, modified, date, date_from):
    """As somebody says, else as its file says, unless that cannot be."""
    os.utime(bridge, (modified.timestamp(), modified.timestamp()))
    facts = queue.take_file(bridge, Wish("robin", recorded=told)).facts
    assert (facts.recorded, facts.date_from) == (date, date_from)


def test_the_camera_says_when_it_was_recorded(queue, tmp_path):
    """Its word goes before the file's date; 1904 is no date of a video."""
    for year, date_from in (("2026", DateFrom.CAMERA), ("1904", DateFrom.FILE)):
        tag = f"{year}-02-03T04:05:06.000000Z"
        path = tagged(tmp_path / f"{year}.mp4", tag)
        os.utime(path, (RECORDED.timestamp(), RECORDED.timestamp()))
        facts = queue.take_file(path, Wish("robin")).facts
        assert facts.date_from is date_from
        is_camera = date_from is DateFrom.CAMERA
        assert facts.recorded == (datetime.fromisoformat(tag) if is_camera else RECORDED)


def tagged(path, time):
    """Write a film that says when it was recorded."""
    plain = video(path.with_suffix(".mkv"), n_frames=3)
    with av.open(str(plain)) as source, av.open(str(path), "w") as out:
        out.metadata["creation_time"] = time
        stream = out.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                out.mux(packet)
    return path


def test_one_of_which_nobody_knows_the_date_waits_until_it_is_told(queue, bridge):
    """The others do not wait for it."""
    os.utime(bridge, (0, 0))
    facts = queue.take_file(bridge, Wish("robin")).facts
    assert not queue.needs_work
    assert worked_off(queue)["bridge.poses.npz"].state is State.WAITING
    with pytest.raises(UsageError, match="cannot be when"):
        queue.tell_date(facts.id, NOW + timedelta(days=3))
    queue.tell_date(facts.id, RECORDED)
    assert worked_off(queue)["bridge.poses.npz"].state is State.DONE


def test_erasing_a_person_takes_what_waits_with_it(queue, bridge, tmp_path):
    """Recordings, and what is known of earlier ones; others' stay."""
    other = recording(tmp_path / "other.poses.npz", "bird_dog")
    for person in ("robin", "kim"):
        queue.take_file(bridge, Wish(person, recorded=RECORDED))
    worked_off(queue)
    for facts in queue.listed():
        queue.remove(facts.id)
    for person in ("robin", "kim"):
        queue.take_file(other, Wish(person, recorded=RECORDED))
    with Store.open(queue.store) as store:
        store.erase("robin")
    files = [path for path in queue.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if b"robin" in path.read_bytes()]
    assert [one.person for one in queue.listed()] == ["kim"]
    assert len(list((queue.folder / "earlier").iterdir())) == 1


def test_who_is_erased_while_a_recording_of_theirs_is_analysed_does_not_come_back(
    queue, bridge, tmp_path
):
    """No session comes of it, and the others are gone on with."""
    other = recording(tmp_path / "other.poses.npz", "bird_dog")
    queue.take_file(bridge, ROBIN)
    queue.take_file(other, Wish("kim", recorded=RECORDED))

    def told(one):
        if one.person == "robin" and one.state is State.ANALYSING:
            with Store.open(queue.store) as store:
                store.erase("robin")

    became = worked_off(queue, told=told)
    assert list(became) == ["other.poses.npz"]
    assert (n_sessions(queue), n_sessions(queue, "kim")) == (0, 1)


def test_somebody_who_only_waits_can_be_erased(queue, bridge):
    """The store does not know them yet."""
    queue.take_file(bridge, ROBIN)
    with Store.open(queue.store) as store:
        store.erase("robin")
    assert queue.listed() == ()


def test_no_room_is_said_before_anything_is_written(queue, bridge, monkeypatch):
    """What is to stay free stays free."""
    monkeypatch.setattr(arriving, "KEPT_FREE_BYTES", 1 << 60)
    with pytest.raises(OutputError, match="no room"):
        queue.take_file(bridge, ROBIN)
    assert list(queue.folder.rglob("*.json")) == []
