"""Look at a foreign file in a process of its own, which may break off or never end."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from formcheck.errors import SourceError
from formcheck.incoming.looking import Look

ANSWERS_WITHIN_S = 60.0


class Answer(BaseModel):
    """What the other process says; ``refused`` is empty where it is a recording."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    is_poses: bool = False
    recorded: AwareDatetime | None = None
    refused: str = ""


def looked_at_apart(path: Path, now: datetime) -> Look:  # noqa: ARG001 - as `looked_at` is called
    """Return what a file is; see `formcheck.incoming.looking.looked_at`.

    Raises
    ------
    SourceError
        If it is no recording, or the other process breaks off or hangs over it.
    """
    command = [sys.executable, "-P", "-m", "formcheck.incoming.look", str(path)]
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=ANSWERS_WITHIN_S,
            check=True,
        )  # fmt: skip
        answer = Answer.model_validate_json(done.stdout)
    except (subprocess.SubprocessError, ValidationError) as error:
        raise SourceError(
            f"{path} cannot be looked at: the program that reads it broke off. It is damaged, or"
            " made to do harm"
        ) from error
    if answer.refused:
        raise SourceError(answer.refused)
    return Look(answer.is_poses, answer.recorded)
