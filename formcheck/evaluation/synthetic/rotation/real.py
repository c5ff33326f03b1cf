"""Signs and order of turns on recordings of people, where nobody knows the degrees.

Of KERAAL's seated turns every take goes once to either side. Which way a trunk turns is read in
space and by the width of the shoulders; that the nose moves to the same side in the picture needs
no depth and is a second opinion. The order of the sides is labelled where there is a video.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from pydantic import BaseModel, ConfigDict

from formcheck.estimators import model_files
from formcheck.estimators.process import MediaPipeEstimator
from formcheck.evaluation.labels import load_labels
from formcheck.evaluation.landmark_sets import keraal_streams
from formcheck.evaluation.poses import ClipPoses
from formcheck.files import atomic_path, ensure_folder
from formcheck.geometry import distance, midpoint
from formcheck.landmarks import INDEX, Side
from formcheck.measures import MEASURES
from formcheck.measures.turns import TrunkSeen, fused_turn_deg
from formcheck.pose import Pose

EXERCISE = "seated_thoracic_rotation"
SHORTEST_DEG = 20.0
"""What stays below this to a side is no turn to it."""
_CORNERS = [f"{side}_{part}" for part in ("shoulder", "hip") for side in Side]


@dataclass(frozen=True, slots=True)
class Read:
    """What is read of a take.

    Attributes
    ----------
    sides
        To which it goes, in their order.
    n_nose_agrees
        Of how many of them the nose has moved to the same side.
    """

    sides: tuple[Side, ...]
    n_nose_agrees: int


class RealSigns(BaseModel):
    """Counts over all takes.

    Attributes
    ----------
    n_takes, n_both_sides
        Takes with a turn to either side, and those in which both are read.
    n_sides, n_nose_agrees
        Turns that are read, and those of which the nose says the same side.
    orders
        How many takes have the sides in which order, the labelled ones not among them.
    n_labelled, n_labelled_right
        Turns whose side is labelled, and those of which it is read right, in their order.
    """

    model_config = ConfigDict(frozen=True)

    n_takes: int
    n_both_sides: int
    n_sides: int
    n_nose_agrees: int
    orders: dict[str, int]
    n_labelled: int
    n_labelled_right: int

    def save(self, path: Path) -> None:
        """Write it."""
        ensure_folder(path.parent)
        with atomic_path(path) as temporary:
            temporary.write_text(self.model_dump_json(indent=1) + "\n", encoding="utf-8")

    @staticmethod
    def load(path: Path) -> "RealSigns | None":
        """Read what `save` wrote, if anything was."""
        if not path.is_file():
            return None
        return RealSigns.model_validate_json(path.read_text(encoding="utf-8"))


def real_signs(labels: Path, landmarks: Path, recordings: Path) -> RealSigns:
    """Return what is read of every take of seated turns that there is.

    Parameters
    ----------
    labels
        Of clips; those of the exercise that say their sides are read.
    landmarks
        Folder of the landmark sets.
    recordings
        Where the engine's poses of clips are kept.
    """
    streams = [one for one in keraal_streams(landmarks) if one.exercise == EXERCISE]
    takes = [read_take(pose for _, pose in one.poses if pose is not None) for one in streams]
    orders = [", then ".join(take.sides) for take in takes]
    n_labelled = n_right = 0
    clips = [clip for clip in load_labels(labels).clips if clip.exercise == EXERCISE and clip.sides]
    estimator = MediaPipeEstimator(model_files.find())
    with ClipPoses(labels.parent, recordings, estimator) as poses:
        for clip in clips:
            take = read_take(pose for _, pose in poses.of(clip) if pose is not None)
            takes.append(take)
            n_labelled += len(clip.sides or ())
            n_right += sum(a == b for a, b in zip(take.sides, clip.sides or (), strict=False))
    return RealSigns(
        n_takes=len(takes),
        n_both_sides=sum(set(take.sides) == set(Side) for take in takes),
        n_sides=sum(len(take.sides) for take in takes),
        n_nose_agrees=sum(take.n_nose_agrees for take in takes),
        orders={order: orders.count(order) for order in sorted(set(orders))},
        n_labelled=n_labelled,
        n_labelled_right=n_right,
    )


def read_take(poses: Iterable[Pose]) -> Read:
    """Return to which sides somebody turns, in order, each where the turn is furthest."""
    seen, noses = [], []
    for pose in poses:
        seen.append(_trunk(pose))
        noses.append(_nose(pose))
    # Who turns to either side for as long is in the middle on the median.
    middle = TrunkSeen(
        median(one.chest_deg for one in seen),
        median(one.pelvis_deg for one in seen),
        max(1e-6, sorted(one.breadth for one in seen)[int(0.9 * len(seen))]),
    )
    turns_deg = [fused_turn_deg(middle, one) for one in seen]
    nose_at_rest = median(noses)
    found = []
    for side, sign in ((Side.LEFT, 1), (Side.RIGHT, -1)):
        k = max(range(len(turns_deg)), key=lambda k: sign * turns_deg[k])
        if sign * turns_deg[k] >= SHORTEST_DEG:
            found.append((k, side, sign * (noses[k] - nose_at_rest) > 0))
    found.sort()
    return Read(tuple(side for _, side, _ in found), sum(agrees for _, _, agrees in found))


def _trunk(pose: Pose) -> TrunkSeen:
    image, world = pose.image.tolist(), pose.world.tolist()
    left, right = INDEX["left_shoulder"], INDEX["right_shoulder"]
    return TrunkSeen(
        MEASURES["chest_rotation"].compute(world[left], world[right]),
        MEASURES["pelvis_rotation"].compute(world[INDEX["left_hip"]], world[INDEX["right_hip"]]),
        MEASURES["shoulder_breadth"].compute(*(tuple(image[INDEX[name]]) for name in _CORNERS)),
    )


def _nose(pose: Pose) -> float:
    """Return how far the nose is beside the middle of the shoulders, by the trunk's length."""
    image = [tuple(point) for point in pose.image.tolist()]
    shoulders, hips = (
        midpoint(image[INDEX[f"left_{part}"]], image[INDEX[f"right_{part}"]])
        for part in ("shoulder", "hip")
    )
    return float((image[INDEX["nose"]][0] - shoulders[0]) / distance(shoulders, hips))
