"""What people do when they do not exercise: come and go, get down and up, scratch, talk.

None of it may be counted. It is written on the same track as the exercise, so that the body
gets from one to the other as it would.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from formcheck.exercises.motion import Moment
from formcheck.landmarks import Side
from formcheck.simulation.moments import Body, Keyframe, moved_on, settled_in
from formcheck.simulation.postures import start_posture
from formcheck.simulation.track import Track, Way

Idle = Literal["rest", "scratch", "talk"]

_STEP_M, _STEP_S = 0.5, 0.6
_N_STEPS = 4
_DOWN_S, _TURN_S = 1.8, 0.8
_REST_S = 2.5
_REACH_S, _RUB_S, _N_RUBS = 0.7, 0.25, 6
_GESTURE_S, _N_GESTURES = 0.45, 5

# Nobody scratches while the toes and hands carry the body, or lying on the face.
_BUSY = frozenset({"left_toes", "right_toes", "face", "left_elbow", "right_elbow"})
_AT_FACE = {
    "shoulder_flexion": 52.0,
    "shoulder_abduction": 18.0,
    "shoulder_rotation": -10.0,
    "elbow_flexion": 138.0,
    "wrist_flexion": 10.0,
}
_IN_FRONT = {"shoulder_flexion": 24.0, "shoulder_abduction": 12.0, "elbow_flexion": 82.0}


def pause(track: Track, body: Body, here: Keyframe, idle: Idle, rng: np.random.Generator) -> None:
    """Rest in a posture for a while, and do something with the hands, or nothing."""
    if idle == "scratch" and not here.contacts & _BUSY:
        _scratch(track, body, here, Side.LEFT if rng.random() < 0.5 else Side.RIGHT)
    elif idle == "talk":
        _talk(track, body, here, rng)
    else:
        track.stay(_REST_S)


def _through(
    track: Track, frames: Sequence[Keyframe], duration_s: float, *, is_loose: bool = False
) -> None:
    for frame in frames:
        track.go(Way(track.here, frame, is_loose=is_loose), duration_s)
        track.here = frame


def _scratch(track: Track, body: Body, here: Keyframe, side: Side) -> None:
    """Take a hand to the face and rub it."""
    gone = (f"{side}_hand", f"{side}_elbow")
    at_face = {f"{side}_{name}": value for name, value in _AT_FACE.items()}
    rubbing = at_face | {f"{side}_elbow_flexion": _AT_FACE["elbow_flexion"] - 14}
    reached = moved_on(body, here, Moment(angles=at_face, lets_go=gone), side)
    rubbed = moved_on(body, here, Moment(angles=rubbing, lets_go=gone), side)
    _through(track, [reached], _REACH_S)
    _through(track, [rubbed, reached] * (_N_RUBS // 2), _RUB_S)
    _through(track, [here], _REACH_S)


def _talk(track: Track, body: Body, here: Keyframe, rng: np.random.Generator) -> None:
    """Talk with both hands, or nod where they carry the body."""
    frames = []
    for _ in range(_N_GESTURES):
        angles = {
            "neck_flexion": float(rng.uniform(-8, 14)),
            "neck_turn": float(rng.uniform(-15, 15)),
        }
        if not here.contacts & {"left_hand", "right_hand", "left_elbow", "right_elbow"}:
            for side in Side:
                for name, value in _IN_FRONT.items():
                    angles[f"{side}_{name}"] = value + float(rng.uniform(-14, 14))
        nod = Moment(angles=angles, lets_go=("face", "head_back"))
        frames.append(moved_on(body, here, nod, Side.LEFT))
    _through(track, frames, _GESTURE_S)
    _through(track, [here], _REACH_S)


def arrival(body: Body, posture: str, start: Keyframe, side: Side) -> list[tuple[Keyframe, float]]:
    """Return how somebody comes in and gets into a posture: keyframes, and the time to each [s].

    Parameters
    ----------
    body
        Whose.
    posture
        The name of the posture that the exercise starts from.
    start
        The keyframe in which it starts.
    side
        From where: the person's left or right, once in place.
    """
    sign = 1.0 if side is Side.LEFT else -1.0
    named = start_posture(posture)
    place_z = float(start.places[body.points.which(_FEET), 2].mean())
    stands = {"pelvis_x": 0.0, "pelvis_z": place_z, "pelvis_heading": 0.0}
    walking = {"pelvis_heading": -90.0 * sign, "pelvis_z": place_z}
    frames: list[tuple[Keyframe, float]] = []
    for step in range(_N_STEPS, -1, -1):
        ahead, behind = ("left", "right") if step % 2 else ("right", "left")
        stride = {f"{ahead}_hip_flexion": 20.0, f"{behind}_hip_flexion": -12.0}
        swing = {f"{ahead}_shoulder_flexion": -15.0, f"{behind}_shoulder_flexion": 18.0}
        angles = walking | stride | swing | {"pelvis_x": sign * step * _STEP_M}
        frames.append((settled_in(body, "standing", angles), _STEP_S))
    frames.append((settled_in(body, "standing", stands), _TURN_S))
    for name in named.floor_way:
        frames.append((settled_in(body, name, stands), _DOWN_S))
    return [*frames, (start, _DOWN_S)]


_FEET = frozenset({"left_foot", "right_foot"})


def arrive(track: Track, frames: Sequence[tuple[Keyframe, float]]) -> None:
    """Go through the keyframes of an arrival; the track is at the first of them."""
    for frame, duration_s in frames[1:]:
        _through(track, [frame], duration_s, is_loose=True)


def leave(track: Track, frames: Sequence[tuple[Keyframe, float]]) -> None:
    """Go back through the keyframes of an arrival; the track is at the last of them."""
    durations = [duration_s for _, duration_s in frames[1:]]
    for (frame, _), duration_s in zip(frames[-2::-1], durations[::-1], strict=True):
        _through(track, [frame], duration_s, is_loose=True)
