"""By how much a solved posture misses what was asked of it."""

import numpy as np

from formcheck.exercises.joints import Array
from formcheck.simulation.skeleton import Skeleton
from formcheck.simulation.solving import Demands


def missed_m(skeleton: Skeleton, demands: Demands, postures: Array) -> Array:
    """Return how far the farthest held point of each posture is from its target [m]."""
    away = np.abs(demands.points.at(skeleton, postures) - demands.targets) * demands.holds
    return np.asarray(away.max((1, 2), initial=0.0))
