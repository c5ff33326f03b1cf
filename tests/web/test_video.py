"""A session's pictures are kept where the patient has asked for it, and nowhere else."""

import json
import shutil
import threading
import time
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.web.video import MOST_WAITING, SessionVideo
from tests.web.serving import jpeg, served

SHADES = (30, 90, 150, 210)


def played(path: Path) -> list[tuple[float, int, tuple[int, int]]]:
    """Return time, brightness and size of every picture that a player shows."""
    with av.open(str(path)) as container:
        return [
            (frame.time, round(frame.to_ndarray(format="gray").mean()), (frame.width, frame.height))
            for frame in container.decode(video=0)
        ]


def shown(store: Path, on: list[bool], before_begin: bool = True) -> list[Path]:
    """Go through a set with pictures of four shades; return the videos that are left."""
    with served(store) as server:
        server.open()
        page = server.page()
        state = json.loads(server.request("/api/state")[2])
        assert (state["can_store_video"], state["stores_video"]) == (True, False)
        if not before_begin:
            page.start_set()
        for value in on:
            page.send({"type": "store_video", "on": value})
        if before_begin:
            page.start_set()
        for k, shade in enumerate(SHADES):
            page.show(k, 100.0 * k, jpeg(value=shade))
            time.sleep(0.1)
        page.command("stop")
        page.receive_stage("summary")
    return sorted(store.rglob("*.mkv"))


@pytest.mark.parametrize("before_begin", [True, False])
def test_ticked_the_pictures_can_be_played(tmp_path, before_begin):
    """Every picture is there at its time, in the size that was sent."""
    (path,) = shown(tmp_path, [True], before_begin)
    frames = played(path)
    assert [shade for _, shade, _ in frames] == pytest.approx(SHADES, abs=4)
    assert frames[0][2] == (640, 480)
    assert [time_s for time_s, _, _ in frames] == pytest.approx([0, 0.1, 0.2, 0.3], abs=0.08)


@pytest.mark.parametrize("on", [[], [False], [True, False]])
def test_not_ticked_no_picture_is_written(tmp_path, on):
    """Unless it was asked for, and still is, a session's folder holds no video."""
    assert shown(tmp_path, on) == []
    kinds = {path.suffix for path in tmp_path.rglob("*") if path.is_file()}
    assert kinds <= {".json", ".jsonl", ".npz", ".sqlite", ""}


def test_what_a_kill_leaves_can_be_played(tmp_path):
    """A copy of the file as it is while it is written plays up to its last second."""
    video = SessionVideo(tmp_path / "video.mkv")
    try:
        for k in range(150):
            video.offer(k / 30, np.full((480, 640, 3), k, np.uint8))
            time.sleep(0.01)
        _wait_until_written(video)
        shutil.copy(tmp_path / "video.mkv", tmp_path / "left.mkv")
    finally:
        video.end()
        video.wait()
    left = played(tmp_path / "left.mkv")
    assert left[-1][0] >= 149 / 30 - 1.0
    assert len(played(tmp_path / "video.mkv")) == 150 - video.n_left_out


def _wait_until_written(video):
    """Give the thread the time that it needs for what it has been offered."""
    while video._waiting.qsize():
        time.sleep(0.01)
    time.sleep(0.3)


def test_a_picture_never_waits_for_the_video(tmp_path, monkeypatch):
    """Where the encoder hangs pictures are left out, and offering one takes no time."""
    gate = threading.Event()
    write = SessionVideo._write

    def hanging(self, *arguments):
        gate.wait(10)
        write(self, *arguments)

    monkeypatch.setattr(SessionVideo, "_write", hanging)
    video = SessionVideo(tmp_path / "video.mkv")
    picture = np.zeros((480, 640, 3), np.uint8)
    began_s = time.monotonic()
    for k in range(100):
        video.offer(k / 30, picture)
    assert time.monotonic() - began_s < 0.2
    assert video.n_left_out >= 100 - MOST_WAITING - 1
    gate.set()
    video.end()
    video.wait()
    assert len(played(tmp_path / "video.mkv")) == 100 - video.n_left_out


def test_a_video_that_cannot_be_written_costs_only_itself(tmp_path):
    """That is told once; what follows is taken and thrown away."""
    told = []
    video = SessionVideo(tmp_path / "no such folder" / "video.mkv", told.append)
    for k in range(3):
        video.offer(k / 30, np.zeros((480, 640, 3), np.uint8))
    video.end()
    video.wait()
    assert len(told) == 1


def test_pictures_of_another_size_are_fitted(tmp_path):
    """A camera that is changed in the middle does not end the video."""
    video = SessionVideo(tmp_path / "video.mkv")
    for k, size in enumerate([(481, 641, 3), (320, 240, 3)]):
        video.offer(k / 30, np.full(size, 100, np.uint8))
    video.end()
    video.wait()
    assert [size for _, _, size in played(tmp_path / "video.mkv")] == [(640, 480)] * 2
