"""Angles and distances of body segments, from points in one metric space.

Points are plain floats in a row: ``x, y`` in pixels with y down, or ``x, y, z`` in metres.
MediaPipe's normalised coordinates are not metric: x is a fraction of the image width and y of
its height, so an angle taken from them is wrong. Plain floats on purpose: this runs for every
frame, and a small numpy call costs fifty times as much as the arithmetic in it. NaN in, NaN out.
"""

import math
from collections.abc import Sequence

Point = Sequence[float]
Point3 = Sequence[float]


def midpoint(first: Point, second: Point) -> Point:
    """Return the point half-way between two points."""
    return (first[0] + second[0]) / 2, (first[1] + second[1]) / 2


def known_middle(first: Point, second: Point) -> Point:
    """Return the point half-way between two points, or the one of them that is known.

    Examples
    --------
    >>> known_middle((1.0, 2.0), (math.nan, math.nan))
    (1.0, 2.0)
    """
    if math.isnan(first[0]):
        return second
    return first if math.isnan(second[0]) else midpoint(first, second)


def signed(size: float, sign: float) -> float:
    """Return a size with the sign of another number; NaN where that is not known."""
    return math.nan if math.isnan(sign) else math.copysign(size, sign)


def distance(first: Point, second: Point) -> float:
    """Return the distance between two points, in their unit."""
    return math.hypot(first[0] - second[0], first[1] - second[1])


def angle_at(vertex: Point, first: Point, second: Point) -> float:
    """Return the angle at ``vertex`` between the rays to two other points.

    Returns
    -------
    float
        Degrees, 0 to 180; NaN where a point is NaN or a ray has no length.

    Examples
    --------
    >>> angle_at((0.0, 0.0), (1.0, 0.0), (0.0, 2.0))
    90.0
    """
    ax, ay = first[0] - vertex[0], first[1] - vertex[1]
    bx, by = second[0] - vertex[0], second[1] - vertex[1]
    if (ax == 0 and ay == 0) or (bx == 0 and by == 0):
        return math.nan
    return math.degrees(abs(math.atan2(ax * by - ay * bx, ax * bx + ay * by)))


def angle_at_3d(vertex: Point3, first: Point3, second: Point3) -> float:
    """Return the angle at ``vertex`` in space, degrees, 0 to 180; NaN where undefined."""
    ax, ay, az = first[0] - vertex[0], first[1] - vertex[1], first[2] - vertex[2]
    bx, by, bz = second[0] - vertex[0], second[1] - vertex[1], second[2] - vertex[2]
    lengths = math.hypot(ax, ay, az) * math.hypot(bx, by, bz)
    if lengths == 0 or math.isnan(lengths):
        return math.nan
    cosine = (ax * bx + ay * by + az * bz) / lengths
    return math.degrees(math.acos(max(-1.0, min(1.0, cosine))))


def elevation(start: Point, end: Point) -> float:
    """Return how steeply a segment rises from start to end in the picture.

    Returns
    -------
    float
        Degrees above the horizontal, -90 to 90, whichever way it points; NaN without length.

    Examples
    --------
    >>> elevation((0.0, 0.0), (-1.0, -1.0))
    45.0
    """
    dx, dy = abs(end[0] - start[0]), start[1] - end[1]
    if dx == 0 and dy == 0:
        return math.nan
    return math.degrees(math.atan2(dy, dx))


def inclination(start: Point, end: Point) -> float:
    """Return the unsigned angle of a segment from the upright, degrees, 0 to 180."""
    return 90.0 - elevation(start, end)


def height_above_line(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies above the line through two others, in their unit.

    Above means toward the top of the picture, for a line that is not upright. NaN where the
    line has no length.

    Examples
    --------
    >>> height_above_line((5.0, -3.0), (0.0, 0.0), (10.0, 0.0))
    3.0
    """
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.hypot(dx, dy)
    if length == 0:
        return math.nan
    across = (dx * (point[1] - start[1]) - dy * (point[0] - start[0])) / length
    return -across if dx >= 0 else across


def side_of_line(point: Point, start: Point, end: Point) -> float:
    """Return + or - for a point on the one or the other side of a line, 0 on it."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def bend_above_line(vertex: Point, first: Point, second: Point) -> float:
    """Return how far two segments are from one straight line, signed by where they bend.

    Returns
    -------
    float
        Degrees; 0 straight, + where the vertex lies above the line between the two ends
        (toward the top of the picture), - below.
    """
    bend = 180.0 - angle_at(vertex, first, second)
    return math.copysign(bend, height_above_line(vertex, first, second))
