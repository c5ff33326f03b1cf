"""What anybody may bring: refused in words, or shown as what it is."""

import io
import os
import zipfile

import numpy as np
import pytest

from formcheck.errors import FormcheckError, SourceError, UsageError
from formcheck.incoming import looking
from formcheck.incoming.names import shown_name
from formcheck.incoming.wish import Wish
from formcheck.recordings.incoming_file import State
from tests.incoming.brought import RECORDED, ROBIN, Puppet, queue_of, recording, video, worked_off
from tests.sources.films import card, film, sound_file


@pytest.fixture
def queue(tmp_path):
    """Return an empty queue."""
    return queue_of(tmp_path)


def text(path):
    path.write_text("not a film at all\n" * 100)


def nothing(path):
    path.touch()


def playlist(path):
    path.write_text("#EXTM3U\n#EXTINF:10,\nhttp://example.invalid/a.mp4\n")


def plain_zip(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../etc/cron.d/evil", b"* * * * * root true")


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta.json", b"0" * 50_000_000)


def many_entries(path):
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(60_000):
            archive.writestr(f"{number:060d}", b"")


def endless_poses(path):
    recording(path, "glute_bridge", n_frames=3)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    n_frames = f'"n_frames": {10**12}'.encode()
    told = entries["meta.json"].split(b'"n_frames": ')
    rest = told[1].split(b",", 1)[1]
    entries["meta.json"] = told[0] + n_frames + b"," + rest
    with zipfile.ZipFile(path, "w") as archive:
        for name, contents in entries.items():
            archive.writestr(name, contents)


def tiny(path):
    film(path, [card(16, 16)] * 3)


def sound(path):
    sound_file(path)


@pytest.mark.parametrize(
    ("make", "name", "says"),
    [
        (text, "squat.mp4", "squat.mp4 cannot be read as a video"),
        (text, "squat.poses.npz", "squat.poses.npz cannot be read as a video"),
        (nothing, "squat.mp4", "it is empty"),
        (playlist, "squat.mp4", "cannot be read as a video"),
        (plain_zip, "squat.mp4", "squat.mp4 is not a readable pose recording"),
        (bomb, "squat.poses.npz", "meta.json is too large"),
        (many_entries, "squat.poses.npz", "it is a zip, and none that formcheck wrote"),
        (endless_poses, "squat.poses.npz", "that is no recording"),
        (tiny, "squat.mp4", "16 x 16 pixels: nobody can be seen"),
        (sound, "squat.mp4", "no moving pictures"),
    ],
)
def test_what_is_no_recording_is_refused_when_it_comes(queue, tmp_path, make, name, says):
    """By its own name, and nothing of it stays."""
    make(tmp_path / name)
    with pytest.raises(SourceError, match=says):
        queue.take_file(tmp_path / name, ROBIN)
    assert queue.listed() == ()
    assert [
        path for path in queue.folder.rglob("*") if path.is_file() and path.name != ".lock"
    ] == []


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("MOST_PIXELS", 100 * 100, "more than any camera's"),
        ("LONGEST_S", 1.0, "longer than the 0 that"),
    ],
)
def test_what_would_take_all_memory_or_all_day_is_refused(
    queue, tmp_path, monkeypatch, name, value, says
):
    """By what the file says of itself, before it is read."""
    monkeypatch.setattr(looking, name, value)
    with pytest.raises(SourceError, match=says):
        queue.take_file(video(tmp_path / "a.mp4", n_frames=60), ROBIN)


def test_a_recording_whose_clock_runs_on_is_read_to_a_limit(queue, tmp_path):
    """It may say that it is short."""
    path = recording(tmp_path / "a.poses.npz", "glute_bridge")
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    later = io.BytesIO()
    np.save(later, np.load(io.BytesIO(entries["000001/time_s.npy"])) + 1e6)
    entries["000001/time_s.npy"] = later.getvalue()
    with zipfile.ZipFile(path, "w") as archive:
        for name, contents in entries.items():
            archive.writestr(name, contents)
    queue.take_file(path, ROBIN)
    became = worked_off(queue)["a.poses.npz"]
    assert became.state is State.DONE
    assert any("longer than 4 hours" in line for line in became.says)


def test_a_wrong_ending_is_not_believed(queue, tmp_path):
    """A video that is called a recording of poses is a video, and the other way round."""
    video(tmp_path / "a.mp4").rename(tmp_path / "a.poses.npz")
    recording(tmp_path / "b.poses.npz", "bird_dog").rename(tmp_path / "b.mp4")
    for name in ("a.poses.npz", "b.mp4"):
        queue.take_file(tmp_path / name, ROBIN)
    became = worked_off(queue, Puppet)
    assert all(one.session for one in became.values())


@pytest.mark.parametrize("kind", ["folder", "pipe", "missing"])
def test_what_has_no_end_is_not_opened(queue, tmp_path, kind):
    """A folder, a pipe, nothing at all."""
    path = tmp_path / "a.mp4"
    if kind == "folder":
        path.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(SourceError, match=r"no ordinary file|no such file"):
        queue.take_file(path, ROBIN)


@pytest.mark.parametrize("person", ["", "../robin", "a/b", "<b>", "x" * 65, "a\nb", " robin"])
def test_nobody_is_called_like_that(queue, tmp_path, person):
    """A pseudonym leads nowhere and shows nothing."""
    with pytest.raises(UsageError, match="pseudonym"):
        queue.take_file(recording(tmp_path / "a.poses.npz", "bird_dog", n_frames=3), Wish(person))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\Windows\\a.mp4", "a.mp4"),
        ("/", "recording"),
        ("..", "recording"),
        ("\x00\x1b[31m\u202egnp.exe", "[31mgnp.exe"),
        ("<script>alert(1)</script>.mp4", "script>.mp4"),
        ("x" * 500 + ".mp4", "x" * 60 + "..." + "x" * 36 + ".mp4"),
    ],
)
def test_a_name_is_only_shown(queue, tmp_path, name, shown):
    """Nothing is ever opened or written under it."""
    assert shown_name(name) == shown
    path = recording(tmp_path / "a.poses.npz", "bird_dog", n_frames=3)
    with path.open("rb") as file, queue.arriving(path.stat().st_size) as arriving:
        arriving.write(file.read())
        facts = queue.take(arriving.finish(), name, ROBIN).facts
    assert facts.name == shown
    assert queue.contents(facts.id).is_file()


def test_more_or_less_than_was_said_is_refused(queue):
    """A body that runs on, and one that breaks off; nothing stays."""
    with queue.arriving(10) as arriving, pytest.raises(SourceError, match="more came"):
        arriving.write(b"0" * 11)
    with queue.arriving(10) as arriving:
        arriving.write(b"0" * 9)
        with pytest.raises(SourceError, match="broke off after 9 of 10"):
            arriving.finish()
    with pytest.raises(FormcheckError, match="more than 17 GB"):
        queue.arriving(1 << 40)
    assert list((queue.folder / ".arriving").iterdir()) == []


@pytest.mark.parametrize("recording_id", ["", "..", "../../x", "0" * 15, "0" * 16, "earlier"])
def test_an_id_is_no_path(queue, recording_id):
    """Only what is in the list is found."""
    queue.folder.mkdir(parents=True)
    for ask in (queue.find, queue.cancel, queue.retry, queue.remove):
        with pytest.raises(SourceError, match="no such recording"):
            ask(recording_id)
    with pytest.raises(SourceError, match="no such recording"):
        queue.tell_date(recording_id, RECORDED)
