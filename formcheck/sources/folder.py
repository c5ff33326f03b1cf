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
from formcheck.sources.pictures import rgb_of

SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff"})


class FolderSource:
    """Pictures of a folder, ``img2`` before ``img10``, at a constant rate.

    Parameters
    ----------
    path
        The folder; hidden files and files that are no pictures are passed over.
    rate_hz
        Pictures a second.

    Raises
    ------
    SourceError
        If there is no picture, one cannot be read, or their sizes differ.
    """

    def __init__(self, path: Path, *, rate_hz: float = 30.0) -> None:
        if not rate_hz > 0:
            raise ValueError(f"rate_hz must be above 0, got {rate_hz}")
        self._path = path
        self._rate_hz = rate_hz
        self._files: list[Path] = []
        self._shape: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        """List the pictures, and read the first for its size."""
        if not self._path.is_dir():
            raise SourceError(f"no such folder: {self._path}; check its name")
        try:
            self._files = sorted(filter(_is_picture, self._path.iterdir()), key=_natural_order)
        except OSError as error:
            raise SourceError(
                f"{self._path} cannot be listed ({error.strerror}): check its permissions"
            ) from error
        if not self._files:
            raise SourceError(
                f"{self._path} has no pictures: expected {', '.join(sorted(SUFFIXES))} files."
                f" Videos are named themselves, as in {self._path / '*.mp4'}"
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
        if not self._files:
            raise ValueError("a source is used inside of a with block")
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
                    f" {_size(self._shape)}: expected all of one size; put others elsewhere"
                )
            yield Frame(number / self._rate_hz, picture)


def _is_picture(file: Path) -> bool:
    # macOS leaves hidden "._name.jpg" beside every picture that it copies to a memory stick.
    is_hidden = file.name.startswith(".")
    return file.suffix.lower() in SUFFIXES and not is_hidden and file.is_file()


def _natural_order(file: Path) -> tuple[list[tuple[str, int]], str]:
    parts = re.split(r"(\d+)", file.name.lower())
    numbers = [int(digits) for digits in parts[1::2]]
    return list(zip(parts[::2], [*numbers, 0], strict=True)), file.name


def _size(shape: tuple[int, ...]) -> str:
    return f"{shape[1]} x {shape[0]}"


def _read(file: Path) -> NDArray[np.uint8]:
    """Read a picture as RGB, 8 bits; from bytes, because OpenCV's paths are not Unicode."""
    try:
        encoded = np.frombuffer(file.read_bytes(), np.uint8)
        picture = cv2.imdecode(encoded, cv2.IMREAD_COLOR) if encoded.size else None
    except OSError as error:
        raise SourceError(f"{file} cannot be read ({error.strerror}): check it") from error
    except cv2.error as error:
        raise SourceError(f"{file} is not a readable picture ({error.err})") from error
    if picture is None:
        raise SourceError(f"{file} is not a readable picture: remove it, or save it again")
    return rgb_of(picture)
