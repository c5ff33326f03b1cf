"""Saved pose streams: a session without a single picture, from which it can be judged again.

A recording (``NAME.poses.npz``) is a zip of numpy arrays in chunks, readable with numpy alone,
and a ``meta.json`` at its end. Chunks are written as they fill, so an hour costs no more memory
than a minute; poses come back bit for bit as `formcheck.pose.rounded_pose` made them. What is
in a chunk is written in ``chunks.py``.
"""

from formcheck.recordings.meta import SUFFIX, RecordingHeader, is_recording
from formcheck.recordings.reader import Recording
from formcheck.recordings.writer import RecordingWriter

__all__ = ["SUFFIX", "Recording", "RecordingHeader", "RecordingWriter", "is_recording"]
