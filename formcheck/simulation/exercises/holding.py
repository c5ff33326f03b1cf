"""What the exercises share: flat hands and feet, bent legs on the floor, solving for one value."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from formcheck.landmarks import Side
from formcheck.simulation.kinematics import Placed, placed
from formcheck.simulation.posture import Posture
from formcheck.simulation.rotations import Array, about_x
from formcheck.simulation.skeleton import Skeleton

LEFT_PALM_DOWN = np.array([[0, 0, -1.0], [1, 0, 0], [0, -1, 0]])
RIGHT_PALM_DOWN = np.array([[0, 0, 1.0], [-1, 0, 0], [0, -1, 0]])
# Of its length: what a straight leg reaches.
STRAIGHT_SHARE = 0.9985
_ROUNDS = 60
_CLOSE = 1e-7
# Finer than what is solved with it, or the solving would chase its noise.
_PLACED_M = 1e-11


def sign_of(side: Side) -> int:
    """Return 1 for the left side, on which x is positive, and -1 for the right one."""
    return 1 if side is Side.LEFT else -1


def leg_m(skeleton: Skeleton) -> float:
    """Return the distance from hip to ankle of a nearly straight leg [m]."""
    leg = skeleton.length_m("left_thigh", "left_shank")
    return STRAIGHT_SHARE * (leg + skeleton.length_m("left_shank", "left_foot"))


def palm_down(side: Side) -> Array:
    """Return a hand flat on the floor with its fingers towards z."""
    return LEFT_PALM_DOWN if side is Side.LEFT else RIGHT_PALM_DOWN


def solved(function: Callable[[float], float], low: float, high: float) -> float:
    """Return where a rising function crosses zero between two values, by regula falsi."""
    below, above = function(low), function(high)
    if below >= 0 or above <= 0:
        return low if below >= 0 else high
    was_above = None
    for _ in range(_ROUNDS):
        middle = (low * above - high * below) / (above - below)
        value = function(middle)
        if abs(value) < _CLOSE:
            return middle
        # The end that stays twice loses half of its weight (the Illinois rule).
        if value > 0:
            high, above = middle, value
            below = below / 2 if was_above else below
        else:
            low, below = middle, value
            above = above / 2 if was_above is False else above
        was_above = value > 0
    return middle


def moved(skeleton: Skeleton, posture: Posture, segment: str, place: Array) -> Posture:
    """Return the posture with the whole body moved so that a segment begins at a place.

    Only y and z are moved: the body stays over the middle. Reaches stay where they are.
    """
    for _ in range(_ROUNDS):
        # A shoulder gives way as its arm's reach changes, so one step is not enough.
        missing = (place - placed(skeleton, posture).at(segment)) * [0, 1, 1]
        posture = replace(posture, position=posture.position + missing)
        if float(np.abs(missing).max()) < _PLACED_M:
            break
    return posture


def front_angle_deg(body: Placed, joints: tuple[str, str, str]) -> float:
    """Return the angle at the second of three segments' beginnings on the left [deg].

    It is measured in the sagittal plane on the front of the body: less than 180 is flexed, more
    is bent backwards.
    """
    upper, vertex, lower = (body.at(f"left_{name}")[1:] for name in joints)
    one, two = upper - vertex, lower - vertex
    turn = one[0] * two[1] - one[1] * two[0]
    return float(np.degrees(np.arctan2(turn, one @ two)) % 360)


def upright_root(skeleton: Skeleton, lean_deg: float, hip: Array) -> tuple[Array, Array]:
    """Return position and orientation of a pelvis that leans, from where its left hip is."""
    orientation = about_x(lean_deg)
    offset = orientation @ (skeleton.place("left_thigh") - skeleton.place("pelvis"))
    return (hip - offset) * [0, 1, 1], orientation
