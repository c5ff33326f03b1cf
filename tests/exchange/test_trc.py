"""OpenSim's marker file."""

import math
from dataclasses import dataclass
from dataclasses import replace as changed

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import SourceError, StoreError
from formcheck.exchange.pose_files import Wanted, write_pose_files
from formcheck.exchange.set_poses import SetPoses
from formcheck.exchange.trc import LONGEST_GAP_S, even, write_trc
from formcheck.landmarks import INDEX, N_LANDMARKS, NAMES
from tests.exchange.made_up import session
from tests.exchange.test_tables import said
from tests.robin import ROBIN

KEYS = [
    "DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units", "OrigDataRate",
    "OrigDataStartFrame", "OrigNumFrames",
]  # fmt: skip


@dataclass
class Markers:
    """What a reader of the format gets."""

    about: dict[str, str]
    names: list[str]
    frames: np.ndarray
    times_s: np.ndarray
    places: np.ndarray


def parsed(path):
    """Read a file by the rules that OpenSim reads it by, and by no leave of the writer."""
    first, keys, values, labels, axes, empty, *rows = path.read_text("ascii").split("\n")
    assert first.split("\t")[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    assert keys.split("\t") == KEYS
    about = dict(zip(KEYS, values.split("\t"), strict=True))
    n_markers = int(about["NumMarkers"])
    names = [word for word in labels.split("\t") if word]
    assert names[:2] == ["Frame#", "Time"]
    assert labels.split("\t")[2::3] == names[2:]  # a name stands above its X
    assert len(names) == n_markers + 2
    expected = [f"{axis}{n}" for n in range(1, n_markers + 1) for axis in "XYZ"]
    assert axes.split("\t") == ["", "", *expected]
    assert empty == ""
    assert rows.pop() == ""  # the last line ends
    cells = [row.split("\t") for row in rows]
    assert {len(row) for row in cells} == {3 * n_markers + 2}
    assert len(cells) == int(about["NumFrames"])
    numbers = np.array([[float(cell) for cell in row] for row in cells])
    places = numbers[:, 2:].reshape(-1, n_markers, 3)
    return Markers(about, names[2:], numbers[:, 0], numbers[:, 1], places)


def moving(times_s, visibility=1.0):
    """Return poses in which landmark k is at x = t, y = k / 100, z = -t metres."""
    times_s = np.array(times_s, float)
    n = len(times_s)
    world = np.zeros((n, N_LANDMARKS, 3))
    world[..., 0] = times_s[:, None]
    world[..., 1] = np.arange(N_LANDMARKS) / 100
    world[..., 2] = -times_s[:, None]
    seen = np.full((n, N_LANDMARKS), visibility)
    return SetPoses(ROBIN, "s", "set-01", "squat", times_s, world[..., :2], world, seen)


def written(poses, tmp_path):
    """Write poses and read them again."""
    write_trc(poses, tmp_path / "set.trc")
    return parsed(tmp_path / "set.trc")


def test_a_set_of_the_store_reads_by_the_rules_of_the_format(kept, tmp_path):
    """Every set becomes a file with all markers by their names, millimetres, an even rate."""
    paths = write_pose_files(kept, Wanted(ROBIN), tmp_path, ".trc", write_trc)
    assert len(paths) == 4
    found = parsed(paths[0])
    assert found.names == list(NAMES)
    assert found.about["Units"] == "mm"
    assert found.about["DataRate"] == found.about["CameraRate"] == "25"
    assert found.about["OrigDataStartFrame"] == "1"
    assert int(found.about["NumFrames"]) == int(found.about["OrigNumFrames"]) == 60
    start = (found.frames - 1) / float(found.about["DataRate"])
    assert found.times_s == pytest.approx(start, abs=1e-6)


def test_pictures_that_came_evenly_are_written_as_they_are(kept, tmp_path):
    """No value differs from the recording by more than its own rounding."""
    recording = kept.recording(session(1).id, "set-01-glute_bridge")
    poses = SetPoses.of(recording, ROBIN, session(1).id, "set-01-glute_bridge", "glute_bridge")
    found = written(poses, tmp_path)
    seen = poses.visibility >= 0.5
    here_m = poses.world_m * [1, -1, -1]
    assert found.places[seen] == pytest.approx(here_m[seen] * 1000, abs=0.051)
    assert np.isnan(found.places[~seen]).all()


def test_y_is_up_and_it_is_no_mirror_image(tmp_path):
    """MediaPipe's y is down and z away: both turn round, x stays, so left stays left."""
    found = written(moving(np.arange(10) / 10), tmp_path)
    last = found.places[-1, INDEX["left_hip"]]
    assert last == pytest.approx([900.0, -INDEX["left_hip"] * 10.0, 900.0])


@settings(deadline=None)
@given(st.lists(st.floats(0.02, 0.12), min_size=3, max_size=60))
def test_uneven_times_become_even_without_moving_anything(steps_s):
    """What moves evenly is where it was at each time, whenever the pictures came."""
    poses = moving(np.cumsum(steps_s))
    frames, places_m = even(poses, poses.rate_hz)
    times_s = (frames - 1) / poses.rate_hz
    assert np.diff(frames).tolist() == [1] * (len(frames) - 1)
    assert times_s.min() >= poses.times_s[0] - 1e-5
    assert times_s.max() <= poses.times_s[-1] + 1e-5
    assert places_m[:, 0, 0] == pytest.approx(times_s, abs=2e-6)


@pytest.mark.parametrize(("gap_s", "is_bridged"), [(0.24, True), (0.26, False)])
def test_a_gap_is_bridged_only_where_it_is_short(gap_s, is_bridged, tmp_path):
    """Just below the longest gap there is a straight line, just above nothing in between."""
    assert 0.24 < LONGEST_GAP_S < 0.26
    times_s = np.concatenate([np.arange(30) / 100, 0.29 + gap_s + np.arange(30) / 100])
    found = written(moving(times_s), tmp_path)
    inside = (found.times_s > 0.295) & (found.times_s < 0.285 + gap_s)
    assert inside.sum() > 20
    assert np.isnan(found.places[inside]).all() == (not is_bridged)
    assert not np.isnan(found.places[~inside]).any()


def test_what_was_not_seen_is_missing_and_nothing_else(tmp_path):
    """A hidden landmark is nan while it is hidden; its neighbours and the frames beside stay."""
    poses = moving(np.arange(10) / 10)
    visibility = poses.visibility.copy()
    visibility[4, INDEX["nose"]] = 0.49
    visibility[5, INDEX["nose"]] = 0.5
    found = written(changed(poses, visibility=visibility), tmp_path)
    missing = np.argwhere(np.isnan(found.places[..., 0]))
    assert missing.tolist() == [[4, INDEX["nose"]]]


def test_nobody_in_view_is_missing_throughout(tmp_path):
    """Where nobody was seen every marker is missing, and the frame is there."""
    poses = moving(np.arange(10) / 10)
    world, visibility = poses.world_m.copy(), poses.visibility.copy()
    world[3], visibility[3] = np.nan, np.nan
    found = written(changed(poses, world_m=world, visibility=visibility), tmp_path)
    assert np.isnan(found.places[3]).all()
    assert not np.isnan(found.places[[0, 1, 2, 4, 5]]).any()


def test_one_picture_has_no_rate(tmp_path):
    """It is refused in words."""
    assert math.isnan(moving([0.0]).rate_hz)
    with pytest.raises(SourceError, match="two pictures"):
        write_trc(moving([0.0]), tmp_path / "set.trc")


def test_the_command_writes_the_sets_that_are_asked_for(folder, store, tmp_path):
    """All of a session, or one; the trail keeps it; what is not there is named."""
    where = "--out", tmp_path / "t", "--store", folder
    one = session(2).id
    assert "2 sets" in said("trc", ROBIN, *where, "--session", one)
    assert "1 set\n" in said("trc", ROBIN, *where, "--session", one, "--set", "set-02-front_plank")
    assert {path.name for path in (tmp_path / "t").iterdir()} == {
        f"{one}_set-01-glute_bridge.trc",
        f"{one}_set-02-front_plank.trc",
    }
    assert ("person exported", "1 .trc") in [(e.what, e.about) for e in store.audit_trail()]
    with pytest.raises(StoreError, match="no set with poses"):
        said("trc", ROBIN, *where, "--session", "20990101")
