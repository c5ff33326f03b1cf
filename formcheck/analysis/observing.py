"""What is seen at one instant before anything is judged: the person, the body, its readings.

None of it depends on a threshold: what was observed of a recording can be judged again by other
numbers, with the same result as from its poses.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from formcheck.analysis.body import BodyEstimator, BodyState
from formcheck.analysis.events import Event, NotAssessed
from formcheck.analysis.presence import IMPLAUSIBLE, Presence
from formcheck.analysis.readings import Channel, PoseReadings, Reader
from formcheck.analysis.tumbling import Tumbling
from formcheck.exercises.schema import Exercise
from formcheck.measures import View
from formcheck.pose import Pose

LENGTHWISE = NotAssessed("wrong_view", "your body points at the camera: turn side-on to it")


class Observed(NamedTuple):
    """One instant.

    Attributes
    ----------
    refused
        Why nothing can be judged in it; None where the movement can be followed.
    is_new
        Whether what came before belongs to another person or another shot, or cannot be believed.
    body, readings
        None where nothing was looked at.
    events
        What happened to the person in view.
    n_frames, n_frames_with_person
        How many instants there were until now, and in how many of them somebody was seen.
    """

    time_s: float
    pose: Pose | None
    refused: NotAssessed | None
    is_new: bool
    body: BodyState | None
    readings: PoseReadings | None
    events: tuple[Event, ...]
    n_frames: int
    n_frames_with_person: int


class Observer:
    """Look at pose after pose with the eyes of some exercises: their views, their measures.

    Parameters
    ----------
    exercises
        Whatever numbers they have: only which views and readings they name counts.

    Examples
    --------
    >>> from formcheck.exercises import library
    >>> Observer([library.find("glute_bridge")]).update(0.0, None).refused.code
    'nobody_in_view'
    """

    def __init__(self, exercises: Sequence[Exercise]) -> None:
        self._reader = Reader(r for exercise in exercises for r in exercise.readings())
        seen_from = (exercise.camera.views for exercise in exercises)
        self._body = BodyEstimator(frozenset[View]().union(*seen_from))
        self._tumbling = Tumbling()
        self._presence = Presence()

    @property
    def channels(self) -> tuple[Channel, ...]:
        """The key of every reading that may be taken."""
        return self._reader.channels

    def update(self, time_s: float, pose: Pose | None) -> Observed:
        """Take the next pose (None while nobody is seen); times must increase."""
        sighting = self._presence.update(time_s, pose)
        is_new = sighting.is_new
        if is_new:
            self._body.reset()
            self._tumbling = Tumbling()
        refused, body, readings = sighting.refused, None, None
        if pose is not None and refused is None:
            body = self._body.update(pose, sighting.trunks)
            is_new |= self._tumbling.update(time_s, body.orientation)
            refused = self._refuse(body)
            if refused is None:
                readings = self._reader.read(pose, body)
        return Observed(
            time_s,
            pose,
            refused,
            is_new,
            body,
            readings,
            sighting.events,
            self._presence.n_frames,
            self._presence.n_frames_with_person,
        )

    def _refuse(self, body: BodyState) -> NotAssessed | None:
        if self._tumbling.is_in_doubt:
            return IMPLAUSIBLE
        return LENGTHWISE if body.is_lengthwise else None


def observe_all(
    exercise: Exercise, poses: Iterable[tuple[float, Pose | None]]
) -> tuple[Observed, ...]:
    """Return what is seen of one exercise in a whole recording."""
    observer = Observer([exercise])
    return tuple(observer.update(time_s, pose) for time_s, pose in poses)
