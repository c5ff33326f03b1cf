"""Labelled clips: what is known to be true of them."""

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formcheck.errors import LabelsError, unread

EVERY = "*"


class LabelledFault(BaseModel):
    """A fault that somebody saw; ``catalogue_fault`` is formcheck's name for it, if it has one."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    fault: str = ""
    catalogue_fault: str | None = None
    start_s: float | None = None
    end_s: float | None = None
    confidence: str = "high"


class Clip(BaseModel):
    """One labelled clip; further fields of the file are for people and are passed over.

    Attributes
    ----------
    expect
        What the right answer is: a count, a hold, nothing at all (negative), or "cannot judge".
    expect_also
        A second answer that is as good.
    repetitions_accept
        Every count that is defensible, where it is not ``repetitions`` alone.
    repetition_times_s
        When each repetition is furthest, or from when to when it stays there.
    repetition_spans_s
        From when to when each repetition lasts, where it is known.
    sides
        The person's own side of each repetition; None for one that has none.
    near_ids
        Exercises that it is understandable to recognise instead.
    must_not_count
        Exercises that must not be counted on this clip; ``*`` for every one.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    file: str
    exercise: str
    expect: Literal["count", "hold", "negative", "abstain"]
    expect_also: Literal["count", "hold", "negative", "abstain"] | None = None
    variant: str | None = None
    repetitions: int | None = None
    repetitions_accept: tuple[int, ...] = ()
    repetition_times_s: tuple[float | tuple[float, float], ...] = ()
    repetition_spans_s: tuple[tuple[float, float], ...] = ()
    sides: tuple[str | None, ...] | None = None
    holds_s: tuple[tuple[float, float], ...] = ()
    faults: tuple[LabelledFault, ...] = ()
    near_ids: tuple[str, ...] = ()
    must_not_count: tuple[str, ...] = ()

    @property
    def counts_accepted(self) -> frozenset[int]:
        """Every count that is right."""
        own = () if self.repetitions is None else (self.repetitions,)
        return frozenset((*own, *self.repetitions_accept))

    @property
    def expected(self) -> frozenset[str]:
        """Every kind of answer that is right."""
        return frozenset(kind for kind in (self.expect, self.expect_also) if kind)

    @property
    def acceptable_ids(self) -> frozenset[str]:
        """Exercises that may be recognised on it though it shows another."""
        if EVERY in self.must_not_count:
            return frozenset()
        return frozenset(self.near_ids) - frozenset(self.must_not_count)

    @property
    def held_s(self) -> float:
        """How long was held in all [s]."""
        return sum(end_s - start_s for start_s, end_s in self.holds_s)

    @property
    def source(self) -> str:
        """Where the clip came from: its folder."""
        parent = Path(self.file).parent.as_posix()
        return "this folder" if parent == "." else parent


class Labels(BaseModel):
    """A file of labels."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    clips: tuple[Clip, ...] = Field(min_length=1)


def load_labels(path: Path) -> Labels:
    """Read a file of labels.

    Raises
    ------
    LabelsError
        If it cannot be read or does not fit; every mistake is named.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path}: {unread(error)}") from error
    except ValueError as error:
        raise LabelsError(
            f"{path} is not valid JSON: {error}.\nExpected labels as docs/accuracy.md shows them."
        ) from error
    try:
        return Labels.model_validate(content)
    except ValidationError as error:
        mistakes = "\n  ".join(
            f"{'.'.join(map(str, mistake['loc']))}: {mistake['msg']}" for mistake in error.errors()
        )
        raise LabelsError(f"{path} does not fit the format of labels:\n  {mistakes}") from error
