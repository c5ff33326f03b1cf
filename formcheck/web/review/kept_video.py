"""The pictures of a set, where the patient has asked for them to be kept, as browsers play them.

A live session writes Matroska, which not every browser plays. A set's part of it is put into an
MP4 without being encoded anew; its time 0 is the start of the set.
"""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from formcheck.errors import SourceError
from formcheck.recordings.session_journal import SessionJournal
from formcheck.store import SessionRecord, SetRecord

VIDEOS = "video-*.mkv"
# Beyond the end of a set some pictures more do no harm: its last one may be a little late.
_LEEWAY_S = 0.5
_MILLISECONDS = Fraction(1, 1000)


def videos_of(folder: Path, session_id: str) -> list[Path]:
    """Return the videos of a session, in order."""
    path = folder / session_id
    is_within = path.parent == folder and path.is_dir()
    return sorted(path.glob(VIDEOS)) if is_within else []


def started_s(record: SessionRecord) -> dict[str, float]:
    """Return when each video begins, on the clock of the session [s], by file name."""
    journal = SessionJournal(record.facts, record.events, f"session {record.id}")
    return {
        str(event.get("file")): float(event.get("time_s", 0.0))
        for event in journal.events()
        if event["type"] == "VideoStarted"
    }


def write_part(source: Path, target: Path, from_s: float, until_s: float) -> bool:
    """Write what a video shows between two of its own times; False where it shows nothing then.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    try:
        with av.open(str(source)) as video, av.open(str(target), "w", format="mp4") as part:
            stream = video.streams.video[0]
            out = part.add_stream_from_template(stream)
            n_packets = 0
            for packet in _packets(video, stream, from_s, until_s + _LEEWAY_S):
                shift = round(from_s / (packet.time_base or _MILLISECONDS))
                packet.pts = (packet.pts or 0) - shift
                packet.dts = (packet.dts or 0) - shift
                packet.stream = out
                part.mux(packet)
                n_packets += 1
            return n_packets > 0
    except (FFmpegError, IndexError) as error:
        raise SourceError(f"{source.name} cannot be played: {error}") from error


def part_of(record: SessionRecord, one: SetRecord, videos: list[Path], target: Path) -> bool:
    """Write the part of a session's videos that shows a set; False where none does."""
    begins = started_s(record)
    for path in reversed(videos):
        begun_s = begins.get(path.name)
        if begun_s is not None and one.duration_s >= begun_s:
            return write_part(path, target, one.started_s - begun_s, one.duration_s - begun_s)
    return False


def _packets(
    video: av.container.InputContainer,
    stream: av.VideoStream,
    from_s: float,
    until_s: float,
) -> Iterator[Any]:
    """Yield the packets from the last whole picture before a time to another time."""
    base = stream.time_base or _MILLISECONDS
    video.seek(max(0, int(from_s / base)), stream=stream)
    for packet in video.demux(stream):
        if packet.pts is None or packet.dts is None:
            continue
        if packet.pts * packet.time_base > until_s:
            return
        yield packet
