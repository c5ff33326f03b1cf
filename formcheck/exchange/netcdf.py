"""Poses as netCDF, laid out as the Python package ``movement`` lays out pose tracks.

Nothing is resampled: the times are those of the pictures, and ``fps`` says what was usual. The
package is no dependency, for it brings an OpenCV of its own; docs/exchange.md says which of its
versions has read these files.

Source: movement's documentation, "The movement datasets".
"""

from pathlib import Path
from typing import Literal

import numpy as np

import formcheck
from formcheck.errors import OutputError
from formcheck.exchange.set_poses import SetPoses
from formcheck.files import atomic_path
from formcheck.landmarks import NAMES

SUFFIX = ".nc"
Space = Literal["image", "world"]
_UNITS = {"image": "pixels", "world": "metres"}
_AXES = {
    "image": "x right, y down, in the picture",
    "world": "x right, y down, z away from the camera, about the hip centre",
}


def write_netcdf(poses: SetPoses, path: Path, space: Space = "image") -> None:
    """Write the landmarks of a set, in the picture or in space.

    Raises
    ------
    OutputError
        If it cannot be written, or the extra is not installed.
    """
    try:
        import h5netcdf  # noqa: F401, PLC0415 - an extra; xarray takes it by its name
        import h5py  # noqa: F401, PLC0415 - an extra; h5netcdf writes with it
        import xarray as xr  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise OutputError(f"netCDF needs {error.name}: install formcheck[exchange]") from error
    landmarks = poses.image_px if space == "image" else poses.world_m
    position = np.moveaxis(landmarks, 1, 2)[..., None]  # time, space, keypoints, individuals
    data = xr.Dataset(
        {
            "position": (("time", "space", "keypoints", "individuals"), position),
            "confidence": (("time", "keypoints", "individuals"), poses.visibility[..., None]),
        },
        coords={
            "time": poses.times_s,
            "space": ["x", "y", "z"][: landmarks.shape[-1]],
            "keypoints": list(NAMES),
            "individuals": [poses.person],
        },
        attrs=_about(poses, space),
    )
    with atomic_path(path) as temporary:
        smaller = {name: {"zlib": True, "complevel": 4} for name in data.data_vars}
        data.to_netcdf(temporary, engine="h5netcdf", encoding=smaller)


def _about(poses: SetPoses, space: Space) -> dict[str, str | float]:
    rate = {} if np.isnan(poses.rate_hz) else {"fps": poses.rate_hz}
    return {
        **rate,
        "ds_type": "poses",
        "time_unit": "seconds",
        "source_software": "formcheck",
        "formcheck_version": formcheck.__version__,
        "session": poses.session,
        "set": poses.name,
        "exercise": poses.exercise,
        "position_unit": _UNITS[space],
        "axes": _AXES[space],
    }
