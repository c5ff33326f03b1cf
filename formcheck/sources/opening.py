"""Choose the source for a path."""

from pathlib import Path

from formcheck.frame import FrameSource
from formcheck.sources.folder import FolderSource
from formcheck.sources.video import VideoSource


def open_source(path: Path) -> FrameSource:
    """Return the source for a video file or a folder of pictures; opening it checks it."""
    return FolderSource(path) if path.is_dir() else VideoSource(path)
