"""What somebody may say instead of the machine: a layer over its verdict, which is never changed.

Nothing of a layer is taken away either: who is wrong withdraws what was said, and that is kept
as well. A correction is named by a digest of its contents, so that a withdrawal means the same
one wherever both of them are handed over to.
"""

import enum
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError, with_config

from formcheck.landmarks import INDEX, Side

LONGEST_COMMENT = 4000
_LONGEST_NAME, _LONGEST_BEFORE = 200, 4000


class Corrected(enum.StrEnum):
    """What a correction is laid over."""

    REPETITION = "repetition"
    HOLD = "hold"
    FAULT = "fault"
    SET = "set"
    SESSION = "session"


class CorrectionKind(enum.StrEnum):
    """What is said of it."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    RELABELLED = "relabelled"
    ADDED = "added"
    MOVED = "moved"
    COMMENT = "comment"
    SIGNED_OFF = "signed_off"
    WITHDRAWN = "withdrawn"


_strict = with_config(ConfigDict(extra="forbid"))
_Time = Annotated[float, Field(ge=0, le=1e6, allow_inf_nan=False)]
_Pixels = Annotated[float, Field(ge=-1e5, le=1e5, allow_inf_nan=False)]
_Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


@_strict
@dataclass(frozen=True, slots=True)
class Renamed:
    """It is another fault."""

    name: _Name


@_strict
@dataclass(frozen=True, slots=True)
class OtherSide:
    """It was done to another side."""

    side: Side


@_strict
@dataclass(frozen=True, slots=True)
class AddedMovement:
    """A repetition, or a hold, that the machine has not seen [s]."""

    start_s: _Time
    end_s: _Time
    peak_s: _Time | None = None
    side: Side | None = None


@_strict
@dataclass(frozen=True, slots=True)
class AddedFault:
    """Something wrong that the machine has not seen."""

    name: _Name
    start_s: _Time
    end_s: _Time
    side: Side | None = None


@_strict
@dataclass(frozen=True, slots=True)
class MovedLandmark:
    """Where a landmark is in the picture at an instant."""

    time_s: _Time
    landmark: _Name
    x_px: _Pixels
    y_px: _Pixels


@_strict
@dataclass(frozen=True, slots=True)
class Remark:
    """A comment at a moment, or about the whole."""

    at_s: _Time | None = None


@_strict
@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Which correction does not hold any more, by its key."""

    withdraws: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]


Content = (
    Renamed | OtherSide | AddedMovement | AddedFault | MovedLandmark | Remark | Withdrawal | None
)
_SEEN = (Corrected.REPETITION, Corrected.HOLD, Corrected.FAULT)
_CONTENTS: dict[tuple[Corrected, CorrectionKind], type | None] = {
    **{(one, CorrectionKind.ACCEPTED): None for one in _SEEN},
    **{(one, CorrectionKind.REJECTED): None for one in _SEEN},
    (Corrected.REPETITION, CorrectionKind.RELABELLED): OtherSide,
    (Corrected.HOLD, CorrectionKind.RELABELLED): OtherSide,
    (Corrected.FAULT, CorrectionKind.RELABELLED): Renamed,
    (Corrected.REPETITION, CorrectionKind.ADDED): AddedMovement,
    (Corrected.HOLD, CorrectionKind.ADDED): AddedMovement,
    (Corrected.FAULT, CorrectionKind.ADDED): AddedFault,
    (Corrected.SET, CorrectionKind.MOVED): MovedLandmark,
    (Corrected.SESSION, CorrectionKind.SIGNED_OFF): None,
    **{(one, CorrectionKind.COMMENT): Remark for one in Corrected},
    **{(one, CorrectionKind.WITHDRAWN): Withdrawal for one in Corrected},
}
_NUMBERED = {CorrectionKind.ACCEPTED, CorrectionKind.REJECTED, CorrectionKind.RELABELLED}
_MAY_BE_NUMBERED = _NUMBERED | {CorrectionKind.COMMENT, CorrectionKind.WITHDRAWN}
_ADAPTERS: dict[type, TypeAdapter[Any]] = {
    kind: TypeAdapter(kind) for kind in _CONTENTS.values() if kind is not None
}


@dataclass(frozen=True, slots=True)
class Correction:
    """What somebody says instead of the machine: a layer; the machine's verdict stays.

    Attributes
    ----------
    set_name
        None for what is about the session as a whole.
    number
        Which one of its set, from 1 in the order of time; None for the set, and for one that the
        machine has not seen.
    before, after
        What the machine says and what is true instead, as JSON knows them; what ``after`` says
        follows from the kind, see `content`.
    """

    session_id: str
    set_name: str | None
    subject: Corrected
    number: int | None
    kind: CorrectionKind
    before: Any
    after: Any
    who: str
    time: datetime
    comment: str = ""

    @property
    def key(self) -> str:
        """What names it, the same in every store."""
        told = [
            self.session_id,
            self.set_name,
            self.subject,
            self.number,
            self.kind,
            self.before,
            self.after,
            self.who,
            self.time.astimezone(UTC).isoformat(),
            self.comment,
        ]
        text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def content(correction: Correction) -> Content:
    """Return what a correction says, parsed.

    Raises
    ------
    ValueError
        If that is not what its kind says.
    """
    place = correction.subject, correction.kind
    if place not in _CONTENTS:
        raise ValueError(f"a {correction.subject} cannot be {correction.kind}")
    kind = _CONTENTS[place]
    if kind is None:
        if correction.after is not None:
            raise ValueError(f"{correction.kind} says nothing more")
        return None
    after = {} if correction.after is None and kind is Remark else correction.after
    try:
        # As JSON: a side is a word there.
        made: Content = _ADAPTERS[kind].validate_json(json.dumps(after, allow_nan=False))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "after"
        raise ValueError(f"{correction.kind}: {where}: {first['msg']}") from error
    return made


def check(correction: Correction) -> None:
    """Raise if a correction is none that can be kept.

    Raises
    ------
    ValueError
        Saying what is wrong with it.
    """
    _check_content(content(correction))
    _check_number(correction)
    if (correction.subject is Corrected.SESSION) is not (correction.set_name is None):
        raise ValueError("what is about a set names it, and nothing else does")
    if not correction.who.strip() or len(correction.who) > _LONGEST_NAME:
        raise ValueError(f"expected who says so, in at most {_LONGEST_NAME} letters")
    if len(correction.comment) > LONGEST_COMMENT:
        raise ValueError(f"a comment has at most {LONGEST_COMMENT} letters")
    if correction.kind is CorrectionKind.COMMENT and not correction.comment.strip():
        raise ValueError("a comment says nothing")
    if len(json.dumps(correction.before, allow_nan=False)) > _LONGEST_BEFORE:
        raise ValueError("what was before is longer than it can be")


def _check_content(said: Content) -> None:
    match said:
        case AddedMovement() | AddedFault() if said.start_s >= said.end_s:
            raise ValueError("it ends before it begins")
        case AddedMovement(start_s, end_s, float(peak_s)) if not start_s <= peak_s <= end_s:
            raise ValueError("its furthest point is not within it")
        case MovedLandmark() if said.landmark not in INDEX:
            raise ValueError(f"there is no landmark {said.landmark}")
        case _:
            pass


def _check_number(correction: Correction) -> None:
    is_of_one = correction.subject in _SEEN
    if correction.number is None:
        if correction.kind in _NUMBERED:
            raise ValueError(f"expected which {correction.subject} is {correction.kind}")
    elif not is_of_one or correction.kind not in _MAY_BE_NUMBERED or correction.number < 1:
        raise ValueError(f"there is no number {correction.number} of that")


def in_force(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """Return the corrections that nobody has withdrawn, without the withdrawals, in their order.

    A withdrawal that was withdrawn itself is none.
    """
    told = tuple(corrections)
    withdrawn = withdrawn_keys(told)
    said = (one for one in told if one.kind is not CorrectionKind.WITHDRAWN)
    return tuple(one for one in said if not withdrawn or one.key not in withdrawn)


def withdrawn_keys(corrections: Sequence[Correction]) -> frozenset[str]:
    """Return the keys of those that do not hold any more.

    Each withdrawal is settled once those are that withdraw it, however many of them are in a row:
    nothing can name what is said after it.
    """
    of = {
        one.key: str(one.after["withdraws"])
        for one in corrections
        if one.kind is CorrectionKind.WITHDRAWN
    }
    n_open = Counter(of.values())
    withdrawn: set[str] = set()
    ready = [by for by in of if not n_open[by]]
    while ready:
        by = ready.pop()
        target = of[by]
        if by not in withdrawn:
            withdrawn.add(target)
        n_open[target] -= 1
        if target in of and not n_open[target]:
            ready.append(target)
    return frozenset(withdrawn)
