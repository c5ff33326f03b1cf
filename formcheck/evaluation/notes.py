"""What people wrote about the clips: who made them, which half they belong to, causes of misses.

All of it is optional and lies in one folder: ``sources.toml``, ``split.json``,
``explanations.toml``, and ``first-look.json``, the evaluation that was made when the untouched
half was looked at for the first time.
"""

import json
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from formcheck.errors import LabelsError, unread
from formcheck.evaluation.evaluation import Evaluation, load_evaluation
from formcheck.evaluation.score import Score

Text = Annotated[str, Field(min_length=1)]
Half = Literal["tuned", "untouched"]
HALVES: tuple[Half, ...] = ("tuned", "untouched")


class Note(BaseModel):
    """Base of everything written by hand."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Split(Note):
    """Which sources thresholds were tuned on, and which were left alone.

    Attributes
    ----------
    seen_before
        Exercises that were made while clips of both halves were seen: of these, no half is
        untouched.
    """

    tuned: frozenset[str] = frozenset()
    untouched: frozenset[str] = frozenset()
    seen_before: frozenset[str] = frozenset()

    def half_of(self, source: str) -> Half | None:
        """Return the half that a source belongs to; None where nobody said."""
        if source in self.tuned:
            return "tuned"
        return "untouched" if source in self.untouched else None

    @model_validator(mode="after")
    def _apart(self) -> Self:
        both = self.tuned & self.untouched
        if both:
            raise ValueError(f"in both halves: {', '.join(sorted(both))}")
        return self


class Source(Note):
    """Who made some clips or landmarks, and under which licence."""

    folder: Text
    repository: Text
    licence: Text
    what: Text


class Explanation(Note):
    """Why one run missed, as seen in its frames."""

    file: Text
    asked_for: Text
    cause: Literal["landmarks", "view", "threshold", "label", "rule"]
    says: Text


class Notes(Note):
    """Everything written by hand.

    Attributes
    ----------
    first_look
        The evaluation made when the untouched half was looked at for the first time.
    """

    sources: tuple[Source, ...] = ()
    landmark_sets: tuple[Source, ...] = ()
    split: Split = Split()
    explanations: tuple[Explanation, ...] = ()
    first_look: Evaluation | None = None

    def explanation(self, score: Score) -> Explanation | None:
        """Return why this run missed, where somebody wrote it down."""
        for found in self.explanations:
            if (found.file, found.asked_for) == (score.file, score.asked_for):
                return found
        return None


File = TypeVar("File", bound=Note)


class _SourcesFile(Note):
    source: tuple[Source, ...] = ()
    landmark_set: tuple[Source, ...] = ()


class _ExplanationsFile(Note):
    miss: tuple[Explanation, ...] = ()


def load_notes(folder: Path) -> Notes:
    """Read the notes of a folder; files that are not there are passed over.

    Raises
    ------
    LabelsError
        If there is no such folder, or a file does not fit; every mistake is named.
    """
    if not folder.is_dir():
        raise LabelsError(f"no such folder of notes: {folder}; give one, or leave out --notes")
    sources = _parsed(folder / "sources.toml", _SourcesFile)
    first_look = folder / "first-look.json"
    return Notes(
        sources=sources.source,
        landmark_sets=sources.landmark_set,
        split=_parsed(folder / "split.json", Split),
        explanations=_parsed(folder / "explanations.toml", _ExplanationsFile).miss,
        first_look=load_evaluation(first_look) if first_look.is_file() else None,
    )


def _parsed(path: Path, kind: type[File]) -> File:
    if not path.is_file():
        return kind()
    try:
        return kind.model_validate(_content(path))
    except ValidationError as error:
        mistakes = "\n  ".join(
            f"{'.'.join(map(str, mistake['loc']))}: {mistake['msg']}" for mistake in error.errors()
        )
        raise LabelsError(f"{path} does not fit:\n  {mistakes}") from error


def _content(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
        return json.loads(text) if path.suffix == ".json" else tomllib.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path}: {unread(error)}") from error
    except ValueError as error:
        kind = path.suffix.removeprefix(".").upper()
        raise LabelsError(f"{path} is not valid {kind}: {error}") from error
