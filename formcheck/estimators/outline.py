"""The outline of the trunk in a segmentation mask, as a few numbers beside the landmarks.

No landmark lies on the back, but the edge of the body in the picture does. From places on the
line from the middle of the hips to that of the shoulders it is looked for at right angles, to
both sides: which of them is the back is for whoever knows how the body lies to say.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from formcheck.pose import OUTLINE_PLACES

REACH = 0.75
"""How far from the line the edge is looked for [trunk lengths]: a deep chest ends at 0.5."""

_N_STEPS = 97
_INSIDE_FROM = 0.5
_ALONG = np.array(OUTLINE_PLACES)[:, None]
_AWAY = np.linspace(0.0, REACH, _N_STEPS)


def trunk_outline(
    mask: NDArray[np.float32], hip: ArrayLike, shoulder: ArrayLike
) -> NDArray[np.float64]:
    """Return how far the edge of the body is from the trunk's line; see `Pose.outline`.

    Parameters
    ----------
    mask
        How surely each pixel is on the body, 0 to 1, shape (height, width).
    hip, shoulder
        Middle of the hips and of the shoulders [px].

    Returns
    -------
    ndarray
        Shape (2, n places) [trunk lengths]; NaN where the line is not on the body, or no edge
        is in reach.
    """
    begin = np.asarray(hip, np.float64)
    line = np.asarray(shoulder, np.float64) - begin
    left = np.array([line[1], -line[0]])
    edges = np.full((2, len(_ALONG)), np.nan)
    if np.isfinite(line).all():
        for side, across in enumerate((left, -left)):
            edges[side] = _first_edges(_sampled(mask, begin, line, across))
    return edges


def _sampled(
    mask: NDArray[np.float32],
    begin: NDArray[np.float64],
    line: NDArray[np.float64],
    across: NDArray[np.float64],
) -> NDArray[np.float32]:
    """Return the mask at every step away from every place, 0 outside of the picture."""
    height, width = mask.shape
    # Nearest pixels: the mask itself was made larger smoothly.
    x = np.rint(begin[0] + _ALONG * line[0] + _AWAY * across[0]).astype(np.intp)
    y = np.rint(begin[1] + _ALONG * line[1] + _AWAY * across[1]).astype(np.intp)
    is_in = (x >= 0) & (x < width) & (y >= 0) & (y < height)
    values = mask[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)]
    return np.where(is_in, values, np.float32(0))


def _first_edges(values: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return where each row first leaves the body, between two steps."""
    is_out = values < _INSIDE_FROM
    step = is_out.argmax(1)
    is_known = is_out.any(1) & (step > 0)
    after = np.maximum(step, 1)
    rows = np.arange(len(values))
    inside, outside = values[rows, after - 1], values[rows, after]
    share = (inside - _INSIDE_FROM) / np.maximum(inside - outside, 1e-6)
    return np.where(is_known, (after - 1 + share) * REACH / (_N_STEPS - 1), np.nan)
