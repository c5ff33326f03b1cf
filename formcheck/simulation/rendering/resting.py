"""How thick the flesh is where a dressed body rests, measured as it rests.

A seat is flatter when the hips are bent, a belly carries somebody who lies on it, hair lifts the
head: measured standing, somebody lying on the floor floats or sinks into it. So the body is laid
down in each of a few postures, and what sinks or floats is taken up until it lies on the mat.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from formcheck.exercises.joints import ANGLES, INDEX, spread
from formcheck.exercises.motion import CONTACTS
from formcheck.landmarks import Side
from formcheck.simulation.contacts import MAT_M
from formcheck.simulation.kinematics import placed
from formcheck.simulation.postures import full_names, start_posture
from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import SEGMENT_INDEX, Skeleton
from formcheck.simulation.solving import Demands, Points, solved

# Lifting one part lowers another: half of what is missing at a time does not swing.
ROUNDS = 8
STEP = 0.55
_BEGINS_M = 0.5
_LEAST_M = 0.004
_TRUNK = ("lumbar_low", "lumbar_mid", "lumbar_high", "thorax_low", "thorax")
_HIPS = ("pelvis", "left_thigh", "right_thigh")
_BLADES = ("left_scapula", "right_scapula", "left_clavicle", "right_clavicle")
_FOOT = ("left_foot", "left_toes")
# For each posture: the clearances measured in it, and the segments that rest there.
_MEASURED: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "on_back_knees_bent": {
        "hip_back": _HIPS,
        "shoulder_back": ("thorax", "thorax_low", *_BLADES),
        "head_back": ("head", "neck_high"),
    },
    "on_belly": {
        # Whatever of the trunk comes first: often the belly.
        "hip_front": (*_HIPS, *_TRUNK[:3]),
        "chest": ("thorax", "thorax_low"),
        "head_front": ("head", "neck_high"),
        "instep": _FOOT,
    },
    "all_fours": {"knee": ("left_shank", "left_thigh")},
    "on_side_forearm": {"hip_side": ("left_thigh", "pelvis"), "foot_side": _FOOT},
}
# Which share of its thickness gives way under somebody who lies on it: then the hips of a heavy
# woman lie as high (13 cm) as those of the population are. On a belly that does not give way they
# lie at 17 cm, and the trunk falls towards the shoulders by 5 to 10 degrees more.
_GIVES_WAY = {"hip_front": 0.15}


def rested(body: Body) -> Body:
    """Return a body whose skeleton knows how thick the flesh is where it rests.

    Parameters
    ----------
    body
        In its clothes; its skeleton's clearances are where the search begins.
    """
    for posture, parts in _MEASURED.items():
        resting = _Resting.named(posture)
        for _ in range(ROUNDS):
            body = replace(body, skeleton=_corrected(body, resting, parts))
    return body


@dataclass(frozen=True, slots=True, eq=False)
class _Resting:
    """A posture to be laid down in: its angles and what touches the floor."""

    angles: Array
    contacts: frozenset[str]

    @staticmethod
    def named(name: str) -> "_Resting":
        """Return a posture that motions start from, the left side working."""
        start = start_posture(name)
        angles = np.zeros(len(ANGLES))
        angles[INDEX["pelvis_y"]] = _BEGINS_M
        for angle, value in spread(start.angles, Side.LEFT).items():
            angles[INDEX[angle]] = value
        return _Resting(angles, frozenset(full_names(start.contacts, Side.LEFT)))

    def on(self, skeleton: Skeleton) -> Array:
        """Return the posture in which somebody's contacts hold."""
        points = Points.of(skeleton, CONTACTS)
        targets = np.zeros((len(points.contacts), 3))
        targets[:, 1] = points.heights_m
        holds = np.zeros(targets.shape, bool)
        holds[:, 1] = points.which(self.contacts)
        asked = np.zeros((1, len(ANGLES)), bool)
        demands = Demands(self.angles[None], asked, points, targets[None], holds[None])
        found: Array = solved(skeleton, demands)[0]
        return found


def _corrected(body: Body, resting: _Resting, parts: Mapping[str, tuple[str, ...]]) -> Skeleton:
    """Return the skeleton with each clearance changed by what its part sinks or floats."""
    skeleton = body.skeleton
    heights = body.posed(placed(skeleton, resting.on(skeleton)))[:, 1] - MAT_M
    main = body.segments[:, 0]
    changed = {}
    for name, segments in parts.items():
        near = np.isin(main, [SEGMENT_INDEX[segment] for segment in segments])
        if near.any():
            thick_m, share = getattr(skeleton.clearances, name), _GIVES_WAY.get(name, 0.0)
            pressed_m = thick_m * share / (1 - share)
            missing_m = float(heights[near].min()) + pressed_m
            changed[name] = max(_LEAST_M, thick_m - STEP * missing_m)
    return replace(skeleton, clearances=replace(skeleton.clearances, **changed))
