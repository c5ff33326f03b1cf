"""What a recording says of itself: where its poses came from, and whether it is whole."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, NonNegativeInt, PositiveInt, ValidationError

from formcheck.errors import SourceError

SUFFIX = ".poses.npz"
# 2: poses may have an outline. Nothing else has changed since 1.
FORMAT_VERSION = 2
META = "meta.json"


@dataclass(frozen=True, slots=True)
class RecordingHeader:
    """Where a pose stream came from.

    Attributes
    ----------
    source
        Name of the video, folder or camera.
    width_px, height_px
        Size of its pictures [px].
    rate_hz
        Nominal frames a second, where known.
    engine, engine_version, model, model_sha256
        What found the landmarks.
    """

    source: str
    width_px: PositiveInt
    height_px: PositiveInt
    rate_hz: float | None
    engine: str
    engine_version: str
    model: str
    model_sha256: str


def is_recording(path: Path) -> bool:
    """Whether a file is named like a saved pose stream."""
    return path.name.endswith(SUFFIX)


class Meta(BaseModel):
    """The contents of ``meta.json``."""

    model_config = ConfigDict(frozen=True)

    format: Literal["formcheck poses"] = "formcheck poses"
    format_version: PositiveInt = FORMAT_VERSION
    formcheck_version: str
    header: RecordingHeader
    n_frames: NonNegativeInt
    incomplete_reason: str | None


def parsed_meta(contents: bytes, path: Path) -> Meta:
    """Read ``meta.json``.

    Raises
    ------
    ValueError
        If it is not one.
    SourceError
        If a newer formcheck wrote it.
    """
    try:
        meta = Meta.model_validate_json(contents)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or META
        raise ValueError(f"{where}: {first['msg']}") from error
    if meta.format_version > FORMAT_VERSION:
        raise SourceError(
            f"{path} was written by a newer formcheck ({meta.formcheck_version}, format"
            f" {meta.format_version}; this one reads up to {FORMAT_VERSION}): update formcheck"
        )
    return meta
