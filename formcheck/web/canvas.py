"""All poses of a set in one picture size, also where the camera is changed in the middle."""

from dataclasses import replace

import numpy as np

from formcheck.pose import Pose, rounded_pose

Size = tuple[int, int]


def placed(pose: Pose, time_s: float, size_px: Size) -> Pose:
    """Return a pose at a time, as seen in a picture of another size.

    The picture is fitted into the middle, its shape kept: angles stay what they are.
    """
    if (pose.width_px, pose.height_px) == size_px:
        return pose if pose.time_s == time_s else replace(pose, time_s=time_s)
    own_px = np.array([pose.width_px, pose.height_px])
    scale = float((np.array(size_px) / own_px).min())
    margin_px = (np.array(size_px) - own_px * scale) / 2
    image_px = pose.image * scale + margin_px
    return rounded_pose(time_s, image_px, pose.world, pose.visibility, size_px)
