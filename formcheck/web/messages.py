"""What the page may say, parsed at the door; what is not one of these is refused."""

import enum
import struct
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from formcheck.errors import UsageError
from formcheck.prescription.pain import LEAST_PAIN, MOST_PAIN, Moment, PainSaid, Quality
from formcheck.prescription.red_flags import RedFlagId

_HEAD = struct.Struct("<dII")

Word = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,63}$")]


class ErrorCode(enum.StrEnum):
    """What went wrong, as the page is told."""

    BAD_MESSAGE = "bad_message"
    TOO_MANY_MESSAGES = "too_many_messages"
    BAD_PICTURE = "bad_picture"
    PICTURE_TOO_LARGE = "picture_too_large"
    TOO_MANY_PICTURES = "too_many_pictures"
    ENGINE_STOPPED = "engine_stopped"
    DISK_FULL = "disk_full"


class Sent(BaseModel):
    """Base of everything that the page may send as JSON."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Hello(Sent):
    """The first message of a page: who it is."""

    type: Literal["hello"]
    page_id: Annotated[str, Field(pattern="^[A-Za-z0-9_-]{8,64}$")]
    language: Annotated[str, Field(max_length=16)] = "en"


class CommandSent(Sent):
    """A button or key of the patient."""

    type: Literal["command"]
    command: Word
    exercise: Word | None = None


class SettingsSent(Sent):
    """What the patient has chosen for the page."""

    type: Literal["settings"]
    language: Annotated[str, Field(max_length=16)]


class StoreVideo(Sent):
    """Whether the pictures are kept."""

    type: Literal["store_video"]
    on: bool


class TakeOver(Sent):
    """The tab that sends it is to have the session, not the other one."""

    type: Literal["take_over"]


class PainSent(Sent):
    """How much it hurts, from 0 to 10, and what it feels like."""

    type: Literal["pain"]
    moment: Annotated[Moment, Field(strict=False)]
    rating: Annotated[int, Field(ge=LEAST_PAIN, le=MOST_PAIN)] | None = None
    qualities: Annotated[frozenset[Quality], Field(strict=False, max_length=len(Quality))] = (
        frozenset()
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        self.said()
        return self

    def said(self) -> PainSaid:
        """Return what was said."""
        try:
            return PainSaid(self.moment, self.rating, self.qualities)
        except UsageError as error:
            raise ValueError(str(error)) from error


class ScreenSent(Sent):
    """The warning signs that were answered with yes."""

    type: Literal["screen"]
    positive: Annotated[frozenset[RedFlagId], Field(strict=False, max_length=len(RedFlagId))]


class HeatSent(Sent):
    """Whether the back was warmed."""

    type: Literal["heat"]
    done: bool


Answer = PainSent | ScreenSent | HeatSent
Message = Answer | Hello | CommandSent | SettingsSent | StoreVideo | TakeOver
_MESSAGE: TypeAdapter[Message] = TypeAdapter(Annotated[Message, Field(discriminator="type")])


class PlannedExercise(Sent):
    """One exercise of a plan: repeated or held."""

    id: Word
    sets: Annotated[int, Field(ge=1, le=20)]
    repetitions: Annotated[int, Field(ge=1, le=200)] | None = None
    hold_s: Annotated[float, Field(ge=1, le=600, strict=False)] | None = None


class PlanSent(Sent):
    """What is to be done."""

    exercises: Annotated[list[PlannedExercise], Field(min_length=1, max_length=20)]


class NewSessionSent(Sent):
    """The same is to be done once more: nothing else to say."""


class UnfinishedSent(Sent):
    """What is to become of a session that was cut off."""

    action: Literal["resume", "keep"]


class SettingsBody(Sent):
    """The same as `SettingsSent`, over HTTP."""

    language: Annotated[str, Field(max_length=16)]


@dataclass(frozen=True, slots=True)
class PictureSent:
    """One picture: when it was taken on the page's clock [ms], its number, and its JPEG."""

    capture_ms: float
    sequence: int
    jpeg: bytes


def parsed_text(text: str) -> Message:
    """Return what the page said.

    Raises
    ------
    pydantic.ValidationError
        If it is none of the messages.
    """
    return _MESSAGE.validate_json(text)


def parsed_picture(data: bytes) -> PictureSent:
    """Return the picture that the page sent.

    Raises
    ------
    ValueError
        If it is too short, or its reserved field is not 0.
    """
    if len(data) <= _HEAD.size:
        raise ValueError("too short for a picture")
    capture_ms, sequence, reserved = _HEAD.unpack_from(data)
    if reserved:
        raise ValueError("the reserved field is not 0")
    return PictureSent(capture_ms, sequence, data[_HEAD.size :])
