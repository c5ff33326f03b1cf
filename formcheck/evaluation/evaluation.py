"""A whole evaluation as one record: what was measured with what, and every score.

It is written as JSON and read back: every table and page is made from it.
"""

import datetime
import json
import math
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

import formcheck
from formcheck.errors import LabelsError, unread
from formcheck.estimators.base import EngineIdentity
from formcheck.evaluation.landmark_scores import LandmarkScores
from formcheck.evaluation.score import Record, Score
from formcheck.evaluation.summary import Summary, summarise


class MeasuredWith(Record):
    """What an evaluation was made with, and when."""

    formcheck_version: str
    engine: str
    engine_version: str
    model: str
    model_sha256: str
    python_version: str
    machine: str
    labels_sha256: str
    exercises: tuple[str, ...]
    date: str

    @classmethod
    def now(
        cls, identity: EngineIdentity, labels_sha256: str, exercises: Sequence[str]
    ) -> "MeasuredWith":
        """Return what this machine measures with, today."""
        return cls(
            formcheck_version=formcheck.__version__,
            engine=identity.engine,
            engine_version=identity.engine_version,
            model=identity.model,
            model_sha256=identity.model_sha256,
            python_version=platform.python_version(),
            machine=f"{platform.system()} {platform.machine()}",
            labels_sha256=labels_sha256,
            exercises=tuple(exercises),
            date=datetime.datetime.now(datetime.UTC).date().isoformat(),
        )


class Evaluation(BaseModel):
    """Every score, and what it was measured with.

    Attributes
    ----------
    landmark_scores
        What was measured on landmarks that others recorded; None where none were given.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    schema_version: Literal["2.0"] = "2.0"
    measured_with: MeasuredWith
    scores: tuple[Score, ...]
    landmark_scores: LandmarkScores | None = None

    def to_json(self) -> str:
        """Return it as JSON, with the headline for programs that want no more."""
        headline = {
            kind: _plain(summarise(s for s in self.scores if s.kind == kind))
            for kind in ("given", "auto")
        }
        content = {"headline": headline, **self.model_dump(mode="json")}
        parts = [f"{json.dumps(name)}: {_lines(part)}" for name, part in content.items()]
        return "{\n" + ",\n".join(parts) + "\n}\n"


def is_evaluation(path: Path) -> bool:
    """Whether a file is an evaluation that was written before, and not labels."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(content, dict) and "measured_with" in content


def load_evaluation(path: Path) -> Evaluation:
    """Read an evaluation that was written before.

    Raises
    ------
    LabelsError
        If it cannot be read or is none.
    """
    try:
        return Evaluation.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise LabelsError(f"{path}: {unread(error)}") from error
    except ValidationError as error:
        raise LabelsError(
            f"{path} is not what `formcheck evaluate` of this version writes as JSON"
            f" ({error.error_count()} mistakes): run it again with --out"
        ) from error


def _lines(part: Any) -> str:
    """Return JSON with a line for each record of a list, so that a change shows what changed."""
    if isinstance(part, list):
        return "[\n" + ",\n".join(json.dumps(record) for record in part) + "\n]"
    if isinstance(part, dict) and any(isinstance(value, (dict, list)) for value in part.values()):
        fields = [f"{json.dumps(name)}: {_lines(value)}" for name, value in part.items()]
        return "{\n" + ",\n".join(fields) + "\n}"
    return json.dumps(part)


def _plain(summary: Summary) -> Mapping[str, Any]:
    return {
        name: None if isinstance(value, float) and math.isnan(value) else value
        for name, value in asdict(summary).items()
    }
