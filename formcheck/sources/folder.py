"""A folder of pictures as a video: frames in the natural order of their names."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.frame import Frame, SourceInfo

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"})
LONGEST_SIDE_PX = 1920


class FolderSource:
    """Pictures of a folder, ``img2`` before ``img10``, at a constant rate.

    Raises
    ------
    SourceError
        If there is no picture, one cannot be read, or their sizes differ.
    """

    def __init__(self, path: Path, *, rate_hz: float = 30.0) -> None:
        self._path = path
        self._rate_hz = rate_hz
        self._files: list[Path] = []
        self._shape: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        """List the pictures, and read the first for its size."""
        if not self._path.is_dir():
            raise SourceError(f"no such folder: {self._path}")
        files = [file for file in self._path.iterdir() if file.suffix.lower() in SUFFIXES]
        self._files = sorted(files, key=_natural_order)
        if not self._files:
            raise SourceError(
                f"{self._path} has no pictures: expected {', '.join(sorted(SUFFIXES))} files"
            )
        self._shape = _read(self._files[0]).shape
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Nothing stays open."""

    @property
    def info(self) -> SourceInfo:
        """Name, size and number of the pictures."""
        height_px, width_px = self._shape[:2]
        return SourceInfo(
            self._path.resolve().name, width_px, height_px, self._rate_hz, len(self._files)
        )

    def __iter__(self) -> Iterator[Frame]:
        """Yield the pictures in order."""
        for number, file in enumerate(self._files):
            picture = _read(file)
            if picture.shape != self._shape:
                raise SourceError(
                    f"{file} is {_size(picture.shape)}, the first picture of the folder is"
                    f" {_size(self._shape)}: expected all of one size"
                )
            yield Frame(number / self._rate_hz, picture)


def _natural_order(file: Path) -> list[tuple[int, str]]:
    parts = re.split(r"(\d+)", file.name.lower())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]


def _size(shape: tuple[int, ...]) -> str:
    return f"{shape[1]} x {shape[0]}"


def _read(file: Path) -> NDArray[np.uint8]:
    """Read a picture as RGB, 8 bits; from bytes, because OpenCV's paths are not Unicode."""
    try:
        encoded = np.frombuffer(file.read_bytes(), np.uint8)
    except OSError as error:
        raise SourceError(f"{file} cannot be read: {error.strerror}") from error
    picture = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    if picture is None:
        raise SourceError(f"{file} is not a readable picture: remove it, or save it again")
    height_px, width_px = picture.shape[:2]
    scale = LONGEST_SIDE_PX / max(height_px, width_px)
    if scale < 1:
        size = max(1, round(width_px * scale)), max(1, round(height_px * scale))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB), dtype=np.uint8)
