"""Recordings that somebody might bring, and an engine that sees a sample clip in any pictures."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from formcheck.estimators.base import EngineIdentity
from formcheck.exercises.library import load_all
from formcheck.incoming.queue import Queue
from formcheck.incoming.wish import Wish
from formcheck.incoming.working import Worker
from formcheck.recordings import RecordingHeader, RecordingWriter
from tests.people import SIZES_PX, poses
from tests.sources.films import card, film

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
RECORDED = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
ROBIN = Wish("robin", recorded=RECORDED)
AWAY_S = 14.0
FEW = {name: load_all()[name] for name in ("bird_dog", "glute_bridge", "side_bend")}
"""What is told apart here: all of them takes ten times as long."""


class Puppet:
    """An engine that sees a sample clip, whatever the picture; or that fails."""

    identity = EngineIdentity("puppet", "1", "none", "0" * 64)

    def __init__(self, clip="glute_bridge", failure=None):
        self._clip = clip
        self._failure = failure

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def estimate(self, frames, *, lookahead=1, outline=False):  # noqa: ARG002 - a puppet looks nowhere
        """Yield each picture with the next pose."""
        for frame, (_, pose) in zip(frames, poses(self._clip), strict=False):
            if self._failure:
                raise self._failure
            yield frame, pose and replace(pose, time_s=frame.time_s)


class Blind(Puppet):
    """An engine that sees nobody."""

    def estimate(self, frames, **_):
        """Yield each picture without a pose."""
        return ((frame, None) for frame in frames)


def no_engine():
    """Stand for an engine that must not be needed."""
    raise AssertionError("nothing here is a video")


def queue_of(folder):
    """Return a queue on a day of its own."""
    return Queue(folder / "store", now=lambda: NOW)


def worked_off(queue, engine=no_engine, told=lambda _: None):
    """Work a queue off and return what became of the recordings, by name."""
    assert Worker(queue, engine, told, FEW).work_off()
    return {one.name: one for one in queue.listed()}


def recording(path, *clips, n_frames=None):
    """Write the poses of clips, with nobody in view for a while after each."""
    header = RecordingHeader("film.mp4", *SIZES_PX[clips[0]], 25.0, "fake", "1", "none", "0" * 64)
    now_s = 0.0
    with RecordingWriter(path, header) as writer:
        for clip in clips:
            for time_s, pose in poses(clip)[:n_frames]:
                last_s = now_s + time_s
                writer.write(last_s, replace(pose, time_s=last_s))
            for number in range(1, round(AWAY_S * 10)):
                writer.write(last_s + number / 10, None)
            now_s = last_s + AWAY_S
    return path


def video(path, clip="glute_bridge", n_frames=None):
    """Write a film with as many pictures as a clip, in its size."""
    path.write_bytes(_film(path.suffix, clip, n_frames))
    return path


@cache
def _film(suffix, clip, n_frames):
    seen = poses(clip)[:n_frames]
    ticks = [round(1000 * time_s) for time_s, _ in seen]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"film{suffix}"
        return film(path, [card(*SIZES_PX[clip])] * len(seen), ticks=ticks).read_bytes()
