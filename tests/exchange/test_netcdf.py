"""Poses as the package `movement` reads them."""

import os
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import xarray as xr

from formcheck.errors import OutputError
from formcheck.exchange.netcdf import write_netcdf
from formcheck.exchange.pose_files import Wanted, write_pose_files
from formcheck.exchange.set_poses import SetPoses
from formcheck.landmarks import NAMES
from tests.exchange.made_up import correction, session
from tests.exchange.test_tables import said
from tests.exchange.test_trc import moving
from tests.robin import ROBIN

SET = "set-01-glute_bridge"
PYTHON = "FORMCHECK_MOVEMENT_PYTHON"
# What somebody does with such a file: read it, have it checked, take a velocity, filter it.
READ = """
import sys, numpy, xarray, movement
from movement.filtering import filter_by_confidence
from movement.kinematics import compute_velocity
from movement.validators.datasets import ValidPosesInputs
data = xarray.load_dataset(sys.argv[1])
ValidPosesInputs.validate(data)
made = ValidPosesInputs(
    position_array=data.position.values,
    confidence_array=data.confidence.values,
    individual_names=list(data.individuals.values),
    keypoint_names=list(data.keypoints.values),
    fps=data.fps,
    source_software=data.source_software,
).to_dataset()
assert made.sizes == data.sizes, (made.sizes, data.sizes)
assert made.attrs.items() <= {**data.attrs}.items(), (made.attrs, data.attrs)
assert numpy.isfinite(compute_velocity(data.position)).any()
kept = filter_by_confidence(data.position, data.confidence, threshold=0.9)
assert int(kept.isnull().sum()) == data.sizes["space"]  # the one that is hidden once
print(movement.__version__)
"""


@pytest.fixture
def poses(kept):
    """Return the poses of a set of the store."""
    recording = kept.recording(session(1).id, SET)
    return SetPoses.of(recording, ROBIN, session(1).id, SET, "glute_bridge")


@pytest.mark.parametrize("space", ["image", "world"])
def test_the_file_has_movements_layout_and_every_value(poses, tmp_path, space):
    """Dimensions, names, coordinates and attributes are movement's; the values the recording's."""
    write_netcdf(poses, tmp_path / "set.nc", space)
    with xr.open_dataset(tmp_path / "set.nc") as data:
        assert data.position.dims == ("time", "space", "keypoints", "individuals")
        assert data.confidence.dims == ("time", "keypoints", "individuals")
        assert data.space.values.tolist() == ["x", "y", "z"][: 2 if space == "image" else 3]
        assert data.keypoints.values.tolist() == list(NAMES)
        assert data.individuals.values.tolist() == [ROBIN]
        assert data.time.values.tolist() == poses.times_s.tolist()
        named = {key: data.attrs[key] for key in ("ds_type", "time_unit", "source_software", "fps")}
        assert named == {
            "ds_type": "poses", "time_unit": "seconds", "source_software": "formcheck", "fps": 25.0,
        }  # fmt: skip
        elbow = data.position.sel(keypoints="left_elbow", individuals=ROBIN)
        kept = poses.image_px if space == "image" else poses.world_m
        assert np.array_equal(elbow.values, kept[:, NAMES.index("left_elbow")])
        assert np.array_equal(data.confidence.values[..., 0], poses.visibility)


def test_a_landmark_that_a_therapist_has_moved_is_where_it_was_put(store, poses, tmp_path):
    """In the one picture that it was moved in; everything else is as it was found."""
    at_s = float(poses.times_s[30])
    there = {"time_s": at_s, "landmark": "left_knee", "x_px": 123.0, "y_px": 45.0}
    moved = correction("set", None, "moved", there, session_id=session(1).id)
    store.add_correction(moved)
    wanted = Wanted(ROBIN, session=session(1).id, set_name=SET)
    (path,) = write_pose_files(store, wanted, tmp_path / "n", ".nc", write_netcdf)
    with xr.open_dataset(path) as data:
        now = data.position.values[..., 0]
    knee = NAMES.index("left_knee")
    assert now[30, :, knee].tolist() == [123.0, 45.0]
    differs = np.argwhere((now != np.moveaxis(poses.image_px, 1, 2)).any(axis=1))
    assert differs.tolist() == [[30, knee]]


def test_times_stay_as_they_came(tmp_path):
    """Uneven times are written as they are; fps says what was usual."""
    times_s = [0.0, 0.1, 0.2, 0.35, 0.45]
    write_netcdf(moving(times_s), tmp_path / "set.nc")
    with xr.open_dataset(tmp_path / "set.nc") as data:
        assert data.time.values.tolist() == times_s
        assert data.fps == 10.0


def test_the_command_writes_a_file_a_set(folder, tmp_path):
    """In the picture unless space is asked for."""
    where = "--out", tmp_path / "n", "--store", folder, "--session", session(1).id
    assert "2 sets" in said("netcdf", ROBIN, *where, "--space", "world")
    with xr.open_dataset(tmp_path / "n" / f"{session(1).id}_{SET}.nc") as data:
        assert data.sizes["space"] == 3
        assert data.attrs["position_unit"] == "metres"


@pytest.mark.parametrize("missing", ["xarray", "h5netcdf", "h5py"])
def test_without_the_extra_it_says_what_to_install(poses, tmp_path, monkeypatch, missing):
    """The message names the extra; no file is left behind."""
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(OutputError, match=rf"{missing}: install formcheck\[exchange\]"):
        write_netcdf(poses, tmp_path / "set.nc")
    assert list(tmp_path.glob("*.nc")) == []


@pytest.mark.long
@pytest.mark.parametrize("space", ["image", "world"])
def test_movement_itself_reads_the_file(poses, tmp_path, space):
    """The package validates it, makes the same data set of its values, and computes with it."""
    python = os.environ.get(PYTHON)
    if not python:
        pytest.skip(f"{PYTHON} names no Python with movement, which brings its own OpenCV")
    visibility = np.ones_like(poses.visibility)
    visibility[7, NAMES.index("nose")] = 0.2
    write_netcdf(replace(poses, visibility=visibility), tmp_path / "set.nc", space)
    words = [python, "-c", READ, str(tmp_path / "set.nc")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
