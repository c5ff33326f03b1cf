"""The skeleton that fits a mesh: joints, landmarks and how thick the flesh is.

Everything is measured in the neutral posture, segment by segment: what is rigid stays where it
was measured, whatever the posture.
"""

import numpy as np
from numpy.typing import NDArray

from formcheck.landmarks import Side
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import (
    PARENTS,
    SEGMENT_INDEX,
    Clearances,
    Skeleton,
    landmarks_on,
)


class _Measured:
    """Vertices in the neutral posture, by the segment that moves them most."""

    def __init__(self, local: Array, main: NDArray[np.intp], neutral: Array) -> None:
        self.local, self.main, self.neutral = local, main, neutral

    def on(self, *segments: str) -> Array:
        """Return the vertices of segments, from the beginning of each one's segment [m]."""
        found: Array = self.local[np.isin(self.main, [SEGMENT_INDEX[name] for name in segments])]
        return found

    def about(self, origin: str, *segments: str) -> Array:
        """Return the vertices of segments, from the beginning of another one [m]."""
        parts = [
            self.on(name) + self.neutral[SEGMENT_INDEX[name]] - self.neutral[SEGMENT_INDEX[origin]]
            for name in segments
        ]
        return np.concatenate(parts)


def fitted_skeleton(
    rest: Array, main: NDArray[np.intp], begins: Array, turns: Array, eyes: Array
) -> Skeleton:
    """Return the skeleton that fits a mesh.

    Parameters
    ----------
    rest
        Vertices in the mesh's own posture [m], shape (n, 3).
    main
        For each vertex the segment that moves it most.
    begins, turns
        Where segments begin in the mesh's own posture, and how they turn to the neutral one.
    eyes
        Middle of the left and the right eye in the mesh's own posture [m].
    """
    neutral = np.zeros_like(begins)
    for name, parent in PARENTS.items():
        child, root = SEGMENT_INDEX[name], SEGMENT_INDEX.get(parent)
        if root is None:
            neutral[child] = begins[child]
        else:
            neutral[child] = neutral[root] + turns[root] @ (begins[child] - begins[root])
    local = np.einsum("vij,vj->vi", turns[main], rest - begins[main])
    measured = _Measured(local, main, neutral)
    sole = measured.on("left_foot")[:, 1].min()
    neutral = neutral - [0, neutral[SEGMENT_INDEX["left_foot"], 1] + sole, 0]
    points = _face(measured, eyes - begins[SEGMENT_INDEX["head"]])
    for side in Side:
        points |= _hand_and_foot(measured, side)
    segments, offsets = landmarks_on(points)
    return Skeleton(neutral, segments, offsets, _clearances(measured, float(points["nose"][1][1])))


def _face(measured: _Measured, eyes: Array) -> dict[str, tuple[str, Array]]:
    head = measured.on("head")
    middle = head[np.abs(head[:, 0]) < 0.006]
    below = middle[np.abs(middle[:, 1] - eyes[0, 1] + 0.035) < 0.03]
    nose = below[below[:, 2].argmax()]
    points = {"nose": ("head", nose)}
    beside = head[np.abs(head[:, 1] - eyes[0, 1] + 0.01) < 0.025]
    for side, eye in zip(Side, eyes, strict=True):
        sign = 1 if side is Side.LEFT else -1
        corner = np.array([sign * 0.014, 0, 0])
        front = eye + np.array([0, 0, 0.011])
        points[f"{side}_eye"] = ("head", front)
        points[f"{side}_eye_inner"] = ("head", front - corner)
        points[f"{side}_eye_outer"] = ("head", front + corner)
        points[f"{side}_ear"] = ("head", beside[(beside[:, 0] * sign).argmax()])
        points[f"mouth_{side}"] = ("head", nose + np.array([sign * 0.024, -0.042, -0.022]))
    return points


def _hand_and_foot(measured: _Measured, side: Side) -> dict[str, tuple[str, Array]]:
    foot, toes = measured.on(f"{side}_foot"), measured.on(f"{side}_toes")
    low = foot[foot[:, 1] < foot[:, 1].min() + 0.03]
    tip = measured.about(f"{side}_hand", f"{side}_fingers")
    # Thumb side is forward in the neutral posture, the little finger backward.
    knuckles = tip[tip[:, 1] > np.quantile(tip[:, 1], 0.5)]
    thumb = measured.on(f"{side}_thumb_tip")
    return {
        f"{side}_heel": (f"{side}_foot", low[low[:, 2].argmin()]),
        f"{side}_foot_index": (f"{side}_toes", toes[toes[:, 2].argmax()]),
        f"{side}_pinky": (f"{side}_hand", knuckles[knuckles[:, 2].argmin()]),
        f"{side}_index": (f"{side}_hand", knuckles[knuckles[:, 2].argmax()]),
        f"{side}_thumb": (f"{side}_thumb_tip", thumb.mean(0)),
    }


def _clearances(measured: _Measured, nose_m: float) -> Clearances:
    forearm = measured.on("left_forearm")
    elbow = forearm[np.abs(forearm[:, 1]) < 0.06]
    knee = measured.on("left_shank")
    patella = knee[np.abs(knee[:, 1] + 0.02) < 0.05]
    hand = measured.on("left_hand")
    thigh = measured.about("left_thigh", "left_thigh", "pelvis")
    seat = thigh[np.abs(thigh[:, 1]) < 0.16]
    pelvis = measured.about("left_thigh", "pelvis")
    chest = measured.on("thorax")
    chest = chest[(np.abs(chest[:, 0]) < 0.1) & (np.abs(chest[:, 1]) < 0.06)]
    back = measured.about("left_upper_arm", "thorax", "thorax_low", "left_scapula")
    head = measured.on("head")
    upper_arm = measured.about("left_upper_arm", "left_upper_arm")
    shank = measured.about("left_foot", "left_foot", "left_shank")
    instep = shank[np.abs(shank[:, 1] - 0.01) < 0.02]
    return Clearances(
        ankle=-float(measured.on("left_foot")[:, 1].min()),
        wrist=-float(hand[:, 0].min()),
        elbow=-float(elbow[:, 2].min()),
        knee=float(patella[:, 2].max()),
        ball=-float(measured.on("left_toes")[:, 1].min()),
        hip_seat=-float(seat[:, 2].min()),
        hip_back=-float(pelvis[np.abs(pelvis[:, 1]) < 0.12][:, 2].min()),
        shoulder_back=-float(back[:, 2].min()),
        chest=float(chest[:, 2].max()),
        hip_front=float(pelvis[np.abs(pelvis[:, 1]) < 0.08][:, 2].max()),
        head_front=float(head[np.abs(head[:, 1] - nose_m) < 0.03][:, 2].max()),
        head_back=-float(head[np.abs(head[:, 1] - nose_m) < 0.03][:, 2].min()),
        instep=float(instep[:, 2].max()),
        hip_side=float(thigh[np.abs(thigh[:, 1]) < 0.1][:, 0].max()),
        shoulder_side=float(upper_arm[np.abs(upper_arm[:, 1]) < 0.05][:, 0].max()),
        foot_side=float(measured.on("left_foot")[:, 0].max()),
    )
