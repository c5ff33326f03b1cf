"""What a pose engine must offer, whichever it is."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from formcheck.frame import Frame
from formcheck.pose import Pose


@dataclass(frozen=True, slots=True)
class EngineIdentity:
    """What produced a pose: enough to produce it again.

    Attributes
    ----------
    engine, engine_version
        The library and its version.
    model
        File name of the model.
    model_sha256
        SHA-256 of the model file, in hexadecimal.
    """

    engine: str
    engine_version: str
    model: str
    model_sha256: str


class PoseEstimator(AbstractContextManager["PoseEstimator"], Protocol):
    """Find the landmarks of one person in each picture; opened and closed by ``with``."""

    @property
    def identity(self) -> EngineIdentity:
        """Which engine and model these poses come from."""
        ...

    def estimate(
        self, frames: Iterable[Frame], *, lookahead: int = 1, outline: bool = False
    ) -> Iterator[tuple[Frame, Pose | None]]:
        """Yield every frame with its pose, in order; None where nobody is found.

        Each call begins a stream of its own: nothing is remembered of the one before. One
        stream can be read at a time.

        Parameters
        ----------
        frames
            In order of time.
        lookahead
            How many frames may be read ahead of the one whose pose is given next, so that
            reading and estimating overlap. 0 gives each pose before the next frame is read:
            the choice for a camera.
        outline
            Whether poses carry the outline of the trunk, if the engine can give it: it costs time.

        Raises
        ------
        EngineError
            If the engine stops; what it gave before has been yielded.
        FormcheckError
            What ``frames`` raises, after the poses of all frames before it.
        """
        ...
