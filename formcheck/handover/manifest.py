"""What a hand-over file may hold: its manifest, the names in it, and how large anything may be."""

import re
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, PositiveInt, StringConstraints

import formcheck
from formcheck.recordings.meta import SUFFIX as POSES
from formcheck.recordings.session_facts import EVENTS, SESSION

SUFFIX = ".formcheck"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
STATEMENTS = "statements.json"
RECORD = "record.json"

MOST_FILES = 20_000
MOST_BYTES = 4 << 30
"""All files but videos together."""
MOST_VIDEO_BYTES = 8 << 30
"""One video."""

# As `new_session_folder` gives it: never the name of another folder beside the sessions.
_SESSION_ID = r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{6,32}"
_SET = r"set-[0-9]{2,6}-[a-z][a-z0-9_]{0,99}"
_VIDEO = r"video-[0-9]{2,6}\.mkv"
SET_NAME = re.compile(_SET)

_MIB = 1 << 20
# A name that is none of these is refused; with each goes how large it may be.
_KNOWN = [
    (re.compile(rf"sessions/{_SESSION_ID}/{_SET}{re.escape(POSES)}"), 256 * _MIB),
    (re.compile(rf"sessions/{_SESSION_ID}/{re.escape(RECORD)}"), 64 * _MIB),
    (re.compile(rf"sessions/{_SESSION_ID}/{re.escape(EVENTS)}"), 64 * _MIB),
    (re.compile(rf"sessions/{_SESSION_ID}/{re.escape(SESSION)}"), 16 * _MIB),
    (re.compile(rf"sessions/{_SESSION_ID}/{_VIDEO}"), MOST_VIDEO_BYTES),
    (re.compile(r"prescriptions/revision-[0-9]{3,6}\.toml"), _MIB),
    (re.compile(re.escape(STATEMENTS)), 64 * _MIB),
    (re.compile(re.escape(MANIFEST)), 8 * _MIB),
]
_VIDEOS = re.compile(rf"sessions/{_SESSION_ID}/{_VIDEO}")

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class FileFacts(BaseModel):
    """The size and SHA-256 of one file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    size_bytes: Annotated[int, Field(ge=0, le=MOST_VIDEO_BYTES)]
    sha256: Digest


class Version(BaseModel):
    """What has to be known of a manifest before the rest of it is read."""

    model_config = ConfigDict(frozen=True)

    format: Literal["formcheck handover"] = "formcheck handover"
    format_version: PositiveInt = FORMAT_VERSION
    formcheck_version: Annotated[str, StringConstraints(pattern=r"^[\w.+-]{1,40}$")] = (
        formcheck.__version__
    )


class Manifest(Version):
    """The contents of ``manifest.json``.

    Attributes
    ----------
    person
        The pseudonym of whom it is about, in the store that it comes from.
    saved_at
        When the file was made.
    since
        From when sessions and what was said are in it; None for all of it.
    files
        Every other file of the archive by name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    person: Annotated[str, StringConstraints(pattern=r"^[\w.-][\w .-]{0,63}$")]
    saved_at: AwareDatetime
    since: AwareDatetime | None
    files: dict[str, FileFacts]

    @property
    def session_ids(self) -> tuple[str, ...]:
        """The sessions in it, in order."""
        folders = (name.split("/") for name in self.files if name.endswith(f"/{RECORD}"))
        return tuple(sorted(folder for _, folder, _ in folders))

    def videos(self) -> tuple[tuple[str, str], ...]:
        """Return session and file name of every video."""
        found = (name.split("/") for name in sorted(self.files) if is_video(name))
        return tuple((session_id, name) for _, session_id, name in found)


def session_file(session_id: str, name: str) -> str:
    """Return the name of a session's file in the archive."""
    return f"sessions/{session_id}/{name}"


def prescription_file_name(revision: int) -> str:
    """Return the name of a revision of the prescription in the archive."""
    return f"prescriptions/revision-{revision:03d}.toml"


def most_bytes(name: str) -> int | None:
    """Return how large a file may be; None where the name is none that formcheck gives."""
    return next((most for pattern, most in _KNOWN if pattern.fullmatch(name)), None)


def is_video(name: str) -> bool:
    """Whether a file is a video."""
    return _VIDEOS.fullmatch(name) is not None


def made_at(moment: datetime) -> tuple[int, int, int, int, int, int]:
    """Return a moment as the entries of a zip have it."""
    return moment.year, moment.month, moment.day, moment.hour, moment.minute, moment.second
