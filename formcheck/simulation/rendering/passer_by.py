"""Somebody who walks by behind the patient: what a camera at home sees now and then."""

from dataclasses import dataclass

import numpy as np

from formcheck.exercises.joints import ANGLES, INDEX
from formcheck.landmarks import Side
from formcheck.simulation.kinematics import placed
from formcheck.simulation.rendering.figure import Figure
from formcheck.simulation.rotations import Array

# Comfortable walking (Winter, Biomechanics and Motor Control of Human Gait, 1991): hips swing
# from -10 to 30 degrees, knees bend by 60 in the swing.
_STRIDE_PER_HEIGHT = 0.82
_HIP_MEAN_DEG, _HIP_SWING_DEG = 9.0, 20.0
_KNEE_STANCE_DEG, _KNEE_SWING_DEG = 6.0, 54.0
_ARM_SWING_DEG = 18.0


@dataclass(frozen=True, slots=True, eq=False)
class PasserBy:
    """Somebody who crosses the room on a straight line.

    Attributes
    ----------
    figure
        Who.
    begin, end
        From where to where [m], x and z on the floor.
    begins_s
        When [s].
    speed_m_per_s
        How fast.
    """

    figure: Figure
    begin: tuple[float, float]
    end: tuple[float, float]
    begins_s: float
    speed_m_per_s: float = 1.1

    @property
    def ends_s(self) -> float:
        """When the end of the way is reached [s]."""
        way_m = float(np.hypot(*np.subtract(self.end, self.begin)))
        return self.begins_s + way_m / self.speed_m_per_s

    def vertices(self, time_s: float) -> Array | None:
        """Return the figure's vertices at a time [m], or None while nobody is there."""
        if not self.begins_s <= time_s <= self.ends_s:
            return None
        share = (time_s - self.begins_s) / (self.ends_s - self.begins_s)
        x, z = (1 - share) * np.array(self.begin) + share * np.array(self.end)
        walked_m = (time_s - self.begins_s) * self.speed_m_per_s
        posture = self._step(walked_m)
        vertices = self.figure.vertices(placed(self.figure.body.skeleton, posture))
        # Whichever foot is lower is the one that stands.
        return np.asarray(vertices + np.array([x, -vertices[:, 1].min(), z]))

    def _step(self, walked_m: float) -> Array:
        skeleton = self.figure.body.skeleton
        height_m = float(np.ptp(skeleton.neutral[:, 1])) / 0.9
        cycle = 2 * np.pi * walked_m / (_STRIDE_PER_HEIGHT * height_m)
        forward = np.subtract(self.end, self.begin)
        angles = {"pelvis_heading": float(np.degrees(np.arctan2(*forward))), "pelvis_y": 1.0}
        for side in Side:
            phase = cycle if side is Side.LEFT else cycle + np.pi
            angles |= {
                f"{side}_hip_flexion": _HIP_MEAN_DEG + _HIP_SWING_DEG * np.cos(phase),
                # It bends most while the leg comes forward.
                f"{side}_knee_flexion": _KNEE_STANCE_DEG
                + _KNEE_SWING_DEG * max(0.0, float(np.cos(phase + 1.1))) ** 2,
                f"{side}_shoulder_flexion": -_ARM_SWING_DEG * np.cos(phase),
                f"{side}_shoulder_abduction": 6.0,
                f"{side}_elbow_flexion": 18.0,
                f"{side}_finger_curl": 14.0,
            }
        posture = np.zeros(len(ANGLES))
        for name, value in angles.items():
            posture[INDEX[name]] = value
        return posture
