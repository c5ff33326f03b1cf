"""What comes of a recording: a session of the store like any other."""

import json
from importlib import resources
from itertools import pairwise

import av
import pytest

from formcheck.analysis.verdict import Outcome
from formcheck.exercises.dose import Dose
from formcheck.exercises.library import load_all
from formcheck.handover import Choice, open_file, save
from formcheck.incoming.prescribed import Orders
from formcheck.incoming.wish import Wish
from formcheck.landmarks import Side
from formcheck.prescription.model import Item, PlannedSession, Prescription
from formcheck.prescription.resolving import Prescribed
from formcheck.prescription.seal import digest
from formcheck.recordings import prescription_file
from formcheck.recordings.incoming_file import DateFrom, State
from formcheck.recordings.own_exercises import file_of
from formcheck.recordings.own_exercises import save as save_own
from formcheck.recordings.session_facts import EVENTS, SessionFolder
from formcheck.session.stages import SetEnd
from formcheck.session_records import session_record, take_in_ended
from formcheck.store import PrescriptionDraft, SessionEnd, Store
from tests.incoming.brought import (
    RECORDED,
    ROBIN,
    Blind,
    Puppet,
    queue_of,
    recording,
    video,
    worked_off,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """Return a queue in which a session of two exercises has been analysed."""
    folder = tmp_path_factory.mktemp("whole")
    queue = queue_of(folder)
    queue.take_file(recording(folder / "day.poses.npz", "glute_bridge", "bird_dog"), ROBIN)
    worked_off(queue)
    return queue


def session_of(queue, person="robin"):
    """Return the only session of a person."""
    with Store.open(queue.store) as store:
        (line,) = store.sessions(person)
        return store.session(line.id)


def events(folder):
    """Return what the log of a session says."""
    lines = (folder / EVENTS).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def prescribe(queue, *items, saved_by="Dr Example"):
    """Prescribe exercises for Robin every day."""
    prescription = Prescription(
        person="robin",
        goal="gardening",
        onset=RECORDED.date(),
        starts=RECORDED.date(),
        sessions=(PlannedSession(items=items),),
    )
    text = prescription_file.written(prescription)
    draft = PrescriptionDraft(text, digest(prescription), 0, saved_by)
    with Store.open(queue.store) as store:
        return store.save_prescription("robin", draft).revision


def test_a_whole_session_is_split_into_its_sets(whole):
    """Each exercise is a set with its poses, on the one clock of the recording."""
    session = session_of(whole)
    assert (session.person, session.started, session.end) == (
        "robin",
        RECORDED,
        SessionEnd.FINISHED,
    )
    bridge, dog = session.sets
    assert [bridge.exercise, dog.exercise] == ["glute_bridge", "bird_dog"]
    assert [len(bridge.repetitions), len(dog.repetitions)] == [3, 4]
    assert bridge.started_s < bridge.repetitions[0].start_s
    assert bridge.repetitions[-1].end_s < bridge.duration_s < dog.started_s
    assert dog.started_s < dog.repetitions[0].start_s
    assert [(one.step_index, one.set_number) for one in session.sets] == [(0, 1), (1, 1)]
    assert [one.end for one in session.sets] == [SetEnd.DONE, SetEnd.DONE]


def test_a_set_holds_no_more_than_its_stretch(whole):
    """A margin before and after, and nothing of the other exercise."""
    with Store.open(whole.store) as store:
        (line,) = store.sessions("robin")
        times = [t for t, _ in store.recording(line.id, "set-02-bird_dog")]
    dog = session_of(whole).sets[1]
    bridge = session_of(whole).sets[0]
    assert 0 <= bridge.started_s < bridge.repetitions[0].start_s < 5
    first, last = dog.repetitions[0].start_s, dog.repetitions[-1].end_s
    assert first - 5.1 <= times[0] <= first - 4.8
    assert last + 2.8 <= times[-1] <= last + 3.1


def test_nothing_tells_it_from_a_live_session(whole):
    """Its folder is one: judged again it comes out the same, and it is exported and erased."""
    session = session_of(whole)
    folder = whole.store / session.id
    assert session_record(SessionFolder(folder)) == session
    with Store.open(whole.store) as store:
        assert take_in_ended(store, tidies=True) == []
        assert store.check() == ()
    assert not folder.exists()


def test_it_is_handed_over_as_any_session(whole, tmp_path):
    """Another store takes it in, byte for byte."""
    with Store.open(whole.store) as store, Store.open(tmp_path / "other") as other:
        save(store, "robin", tmp_path / "robin.formcheck", Choice())
        open_file(other, tmp_path / "robin.formcheck")
        assert other.session(session_of(whole).id) == session_of(whole)


def test_what_is_no_exercise_is_in_its_log(whole):
    """Nobody in view between the exercises: said as that, with its times, and told."""
    log = [json.loads(line) for line in session_of(whole).events.splitlines()]
    others = [one for one in log if one["type"] == "NoExerciseSeen"]
    assert {one["kind"] for one in others} == {"away"}
    assert 14 < others[0]["until_s"] - others[0]["time_s"] < 18
    (facts,) = whole.listed()
    assert any(line.startswith("nobody in the picture: 0:16 to 0:33") for line in facts.says)
    assert any("Glute bridge: 3 repetitions" in line for line in facts.says)


def test_its_copy_is_gone_once_it_is_analysed(whole):
    """What is left in the queue is what became of it."""
    (facts,) = whole.listed()
    assert facts.state is State.DONE
    assert facts.session == session_of(whole).id
    assert [path.name for path in (whole.folder / facts.id).iterdir()] == ["recording.json"]


def test_a_video_becomes_a_session_and_its_pictures_go(tmp_path):
    """Its poses stay; nothing in the store is a video."""
    queue = queue_of(tmp_path)
    queue.take_file(video(tmp_path / "bridge.mp4"), ROBIN)
    became = worked_off(queue, Puppet)["bridge.mp4"]
    assert became.state is State.DONE
    session = session_of(queue)
    assert [len(one.repetitions) for one in session.sets] == [3]
    with Store.open(queue.store) as store:
        header = store.recording(session.id, session.sets[0].name).header
    assert (header.source, header.engine) == ("bridge.mp4", "puppet")
    kinds = {path.suffix for path in queue.store.rglob("*") if path.is_file()}
    assert not kinds & {".mp4", ".mkv"}


def test_a_video_is_kept_where_that_is_wished(tmp_path):
    """As the video of a live session, with its start on the clock of the session."""
    queue = queue_of(tmp_path)
    wish = Wish("robin", keeps_video=True, recorded=RECORDED)
    queue.take_file(video(tmp_path / "bridge.mp4"), wish)
    worked_off(queue, Puppet)
    folder = queue.store / session_of(queue).id
    assert (folder / "video-01.mkv").stat().st_size > 1000
    started = next(one for one in events(folder) if one["type"] == "VideoStarted")
    assert (started["time_s"], started["file"]) == (0.0, "video-01.mkv")


def test_a_set_can_be_cut_out_of_a_video_that_is_kept(tmp_path):
    """Without encoding it anew: a whole picture every two seconds, all in their order."""
    queue = queue_of(tmp_path)
    wish = Wish("robin", keeps_video=True, recorded=RECORDED)
    queue.take_file(video(tmp_path / "bridge.mp4"), wish)
    worked_off(queue, Puppet)
    with av.open(str(queue.store / session_of(queue).id / "video-01.mkv")) as film:
        packets = [one for one in film.demux(video=0) if one.size]
    whole_s = [float(one.pts * one.time_base) for one in packets if one.is_keyframe]
    assert all(one.dts == one.pts for one in packets)
    assert whole_s[0] == 0
    assert max(after - before for before, after in pairwise(whole_s)) < 2.6


def test_a_named_exercise_is_followed_and_no_other(tmp_path):
    """Bird-dogs alone: the bridges before are said to have been done instead."""
    queue = queue_of(tmp_path)
    wish = Wish("robin", "bird_dog", recorded=RECORDED)
    queue.take_file(recording(tmp_path / "a.poses.npz", "glute_bridge", "bird_dog"), wish)
    worked_off(queue)
    session = session_of(queue)
    assert {one.exercise for one in session.sets} == {"bird_dog"}
    instead = [one for one in events(queue.store / session.id) if one["type"] == "AnotherExercise"]
    assert [one["instead"] for one in instead] == ["glute_bridge"]


@pytest.mark.parametrize(
    ("engine", "exercise", "says"),
    [
        (Blind, None, "Nobody is seen"),
        (Blind, "glute_bridge", "Nobody is seen"),
        (lambda: Puppet("side_bend"), "glute_bridge", "Glute bridge is not seen in it"),
    ],
)
def test_where_nothing_is_recognised_there_is_no_session(tmp_path, engine, exercise, says):
    """That is said instead."""
    queue = queue_of(tmp_path)
    clip = "glute_bridge" if engine is Blind else "side_bend"
    wish = Wish("robin", exercise, recorded=RECORDED)
    queue.take_file(video(tmp_path / "a.mp4", clip), wish)
    became = worked_off(queue, engine)["a.mp4"]
    assert (became.state, became.session) == (State.DONE, "")
    assert says in became.says[0]
    with Store.open(queue.store) as store:
        assert store.people == ()


def test_what_was_not_recognised_is_looked_for_by_name_without_its_pictures(tmp_path):
    """Only its poses are kept for that, until it is over."""
    queue = queue_of(tmp_path)
    wish = Wish("robin", "side_bend", recorded=RECORDED)
    facts = queue.take_file(video(tmp_path / "a.mp4"), wish).facts
    worked_off(queue, Puppet)
    assert queue.contents(facts.id).read_bytes()[:2] == b"PK"
    queue.retry(facts.id, "glute_bridge")
    assert worked_off(queue)["a.mp4"].session
    assert session_of(queue).sets[0].outcome is Outcome.COUNTED
    assert not queue.contents(facts.id).exists()


def test_prescribed_exercises_are_judged_by_the_persons_numbers(tmp_path):
    """A therapist's target counts; the revision is noted; what was not prescribed is said."""
    queue = queue_of(tmp_path)
    bridge = Item(
        exercise="glute_bridge",
        dose=Dose(sets=2, repetitions=5),
        why="strength",
        thresholds={"target": 30.0},
    )
    revision = prescribe(queue, bridge)
    queue.take_file(recording(tmp_path / "a.poses.npz", "glute_bridge", "bird_dog"), ROBIN)
    became = worked_off(queue)["a.poses.npz"]
    session = session_of(queue)
    done, extra = session.sets
    assert session.prescription_revision == revision
    assert (done.dose, extra.dose) == (bridge.dose, None)
    assert {one.target for one in done.repetitions} == {30.0}
    assert load_all()["glute_bridge"].variants[0].repetition.signals[0].target != 30.0
    assert (done.end, extra.end) == (SetEnd.SKIPPED, SetEnd.DONE)  # 3 of 5 repetitions
    log = events(queue.store / session.id)
    assert [one["exercise"] for one in log if one["type"] == "NotPrescribed"] == ["bird_dog"]
    assert any(line.endswith("(not prescribed)") for line in became.says)


def test_movements_that_were_all_too_small_are_a_set_of_the_exercise_that_is_named(tmp_path):
    """The therapist sees how far they went."""
    queue = queue_of(tmp_path)
    high = Item(
        exercise="glute_bridge",
        dose=Dose(repetitions=5),
        why="strength",
        thresholds={"target": 80.0, "effort": 70.0},
    )
    prescribe(queue, high)
    wish = Wish("robin", "glute_bridge", recorded=RECORDED)
    queue.take_file(recording(tmp_path / "a.poses.npz", "glute_bridge"), wish)
    worked_off(queue)
    (one,) = session_of(queue).sets
    assert (len(one.repetitions), len(one.attempts)) == (0, 3)


def test_the_date_can_be_changed_until_it_is_over(tmp_path):
    """Also while it is analysed; the session begins then."""
    queue = queue_of(tmp_path)
    facts = queue.take_file(recording(tmp_path / "a.poses.npz", "glute_bridge"), ROBIN).facts
    other = RECORDED.replace(hour=18)

    def told(one):
        if one.state is State.ANALYSING and one.recorded != other:
            queue.tell_date(one.id, other)

    worked_off(queue, told=told)
    assert session_of(queue).started == other
    assert queue.find(facts.id).date_from is DateFrom.TOLD


def test_a_recording_that_ends_early_is_kept_as_far_as_it_goes(tmp_path):
    """What is missing is told, and in the log."""
    queue = queue_of(tmp_path)
    path = video(tmp_path / "a.mkv")
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 4 // 5])
    queue.take_file(path, ROBIN)
    became = worked_off(queue, Puppet)["a.mkv"]
    assert 1 <= len(session_of(queue).sets[0].repetitions) <= 3
    assert any("ends early: a.mkv is damaged" in line for line in became.says)


def test_an_exercise_of_ones_own_is_followed_where_it_is_named(tmp_path):
    """Its file goes with the session, which is judged again without the folder of own ones."""
    queue = queue_of(tmp_path)
    bridge = (resources.files("formcheck.exercises") / "glute_bridge.toml").read_text("utf-8")
    save_own(
        queue.store, "own_bridge", bridge.replace('name = "Glute bridge"', 'name = "My bridge"')
    )
    wish = Wish("robin", "own_bridge", recorded=RECORDED)
    queue.take_file(recording(tmp_path / "a.poses.npz", "glute_bridge"), wish)
    became = worked_off(queue)["a.poses.npz"]
    assert any("My bridge: 3 repetitions" in line for line in became.says)
    session = session_of(queue)
    file_of(queue.store, "own_bridge").unlink()
    assert session_record(SessionFolder(queue.store / session.id)) == session


def test_each_side_that_is_prescribed_is_a_step_of_its_own():
    """What was done with one side alone is that side's; what both did, or either, the first's."""
    dog = load_all()["bird_dog"]
    dose = dog.starting_dose
    item = Item(exercise=dog.id, dose=dose, why="balance")
    left, right = (Prescribed(dog, dose, (), side, item) for side in (Side.LEFT, Side.RIGHT))
    orders = Orders(1, (left, right))
    assert orders.item("bird_dog", Side.RIGHT) is right
    assert orders.item("bird_dog", Side.LEFT) is left
    assert orders.item("bird_dog", None) is left
    assert orders.item("glute_bridge", None) is None
