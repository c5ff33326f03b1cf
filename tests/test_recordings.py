"""Poses come back from a recording bit for bit, and a damaged one says so."""

import io
import json
import math
import resource
import tracemalloc
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import formcheck
from formcheck.errors import DamagedSourceError, OutputError, SourceError
from formcheck.landmarks import N_LANDMARKS
from formcheck.pose import Pose, rounded_pose
from formcheck.recordings import Recording, RecordingHeader, RecordingWriter, is_recording
from formcheck.recordings.chunks import FRAMES_PER_CHUNK

SIZE_PX = 1280, 720
HEADER = RecordingHeader("squat.mp4", *SIZE_PX, 29.97, "mediapipe", "1.2.2", "full.task", "d609")


def pose_at(time_s, rng):
    """Return somebody at a random place."""
    return rounded_pose(
        time_s,
        rng.normal(500, 300, (N_LANDMARKS, 2)),
        rng.normal(0, 0.5, (N_LANDMARKS, 3)),
        rng.uniform(0, 1, N_LANDMARKS),
        SIZE_PX,
    )


def stream(n_frames, seed=0):
    """Return instants, every fifth without a person."""
    rng = np.random.default_rng(seed)
    times_s = np.cumsum(rng.uniform(0.01, 0.1, n_frames)).tolist()
    return [(t, None if number % 5 == 4 else pose_at(t, rng)) for number, t in enumerate(times_s)]


def save(path, instants, header=HEADER):
    with RecordingWriter(path, header) as writer:
        for time_s, pose in instants:
            writer.write(time_s, pose)
    return path


def bits(pose):
    """Return everything of a pose, down to the sign of a zero."""
    if pose is None:
        return None
    arrays = pose.image, pose.world, pose.visibility, pose.outline
    parts = (None if array is None else array.tobytes() for array in arrays)
    return (pose.time_s, pose.width_px, pose.height_px, *parts)


def same(first, second):
    return [(t, bits(p)) for t, p in first] == [(t, bits(p)) for t, p in second]


@pytest.mark.parametrize("n_frames", [0, 1, 511, 512, 513, 1100])
def test_poses_come_back_bit_for_bit(tmp_path, n_frames):
    """With people coming and going, below, at and above the size of a chunk."""
    instants = stream(n_frames)
    recording = Recording(save(tmp_path / "a.poses.npz", instants))
    assert same(recording, instants)
    assert same(recording, instants)  # and a second time
    assert recording.header == HEADER
    assert recording.n_frames == n_frames
    assert recording.incomplete_reason is None
    assert recording.formcheck_version == formcheck.__version__


def test_outlines_come_back_bit_for_bit_beside_poses_that_have_none(tmp_path):
    """Whether every pose has one, some have, or edges of it are unknown."""
    rng = np.random.default_rng(5)
    instants = []
    for time_s, pose in stream(40):
        edges = rng.uniform(0, 0.75, (2, 16))
        edges[rng.random((2, 16)) < 0.2] = math.nan
        if pose is not None and rng.random() < 0.7:
            landmarks = pose.image, pose.world, pose.visibility
            pose = rounded_pose(time_s, *landmarks, SIZE_PX, edges)  # noqa: PLW2901
        instants.append((time_s, pose))
    assert {pose is None or pose.outline is None for _, pose in instants} == {True, False}
    assert same(Recording(save(tmp_path / "a.poses.npz", instants)), instants)


def test_an_outline_without_any_edge_is_none():
    """What was not looked for and what was not found are the same to who reads it."""
    landmarks = np.zeros((N_LANDMARKS, 2)), np.zeros((N_LANDMARKS, 3)), np.zeros(N_LANDMARKS)
    assert rounded_pose(0.0, *landmarks, SIZE_PX, np.full((2, 16), math.nan)).outline is None


def landmarks(n_axes, limit):
    shape = (N_LANDMARKS, n_axes) if n_axes > 1 else N_LANDMARKS
    low = -limit if n_axes > 1 else 0
    return arrays(np.float64, shape, elements=st.floats(low, limit))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(
            st.floats(1e-6, 1e5),
            st.none() | st.tuples(landmarks(2, 2e7), landmarks(3, 2e5), landmarks(1, 1)),
        ),
        max_size=6,
    )
)
def test_any_pose_comes_back_bit_for_bit(tmp_path, steps):
    """From one end of the range to the other between two frames, and -0 as the engine's 0."""
    time_s, instants = 0.0, []
    for step_s, found in steps:
        time_s += step_s
        instants.append((time_s, found and rounded_pose(time_s, *found, SIZE_PX)))
    assert same(Recording(save(tmp_path / "a.poses.npz", instants)), instants)


def test_numbers_that_are_no_landmarks_are_kept_as_far_as_possible(tmp_path):
    """NaN stays NaN, the endless becomes the largest, visibility stays within 0 and 1."""
    image = np.zeros((N_LANDMARKS, 2))
    image[0], image[1] = (math.nan, 5), (math.inf, -1e300)
    visibility = np.full(N_LANDMARKS, 0.6)
    visibility[:3] = math.nan, -1, 7
    zeros = np.zeros((N_LANDMARKS, 2)), np.zeros((N_LANDMARKS, 3)), np.zeros(N_LANDMARKS)
    after = rounded_pose(1.0, *zeros, SIZE_PX)
    odd = Pose(0.0, image, np.full((N_LANDMARKS, 3), math.nan), visibility, *SIZE_PX)
    good = pose_at(2.0, np.random.default_rng(0))
    (_, read), _, (_, last) = Recording(
        save(tmp_path / "a.poses.npz", [(0.0, odd), (1.0, after), (2.0, good)])
    )
    assert math.isnan(read.image[0, 0])
    assert read.image[0, 1] == 5
    assert read.image[1] == pytest.approx([2**31 / 100, -(2**31) / 100])
    assert np.isnan(read.world).all()
    assert read.visibility[:4].tolist() == [0, 0, 1, 0.6]
    assert bits(last) == bits(good)


def test_an_error_keeps_what_was_seen_and_marks_it(tmp_path):
    """Whatever ended it, the recording is in place and says why it is short."""
    path = tmp_path / "a.poses.npz"
    instants = stream(600)

    def run():
        with RecordingWriter(path, HEADER) as writer:
            for time_s, pose in instants:
                writer.write(time_s, pose)
            raise SourceError("the film broke off")

    with pytest.raises(SourceError):
        run()
    recording = Recording(path)
    assert recording.incomplete_reason == "SourceError: the film broke off"
    assert same(recording, instants)


def test_a_reason_given_first_is_kept(tmp_path):
    """Closing again, as the end of the block does, changes nothing."""
    path = tmp_path / "a.poses.npz"
    with RecordingWriter(path, HEADER) as writer:
        writer.close("stopped with Ctrl-C")
    assert Recording(path).incomplete_reason == "stopped with Ctrl-C"


def test_the_final_name_appears_at_the_end_only(tmp_path):
    """Until then there is a hidden temporary beside it."""
    path = tmp_path / "a.poses.npz"
    with RecordingWriter(path, HEADER) as writer:
        for time_s, pose in stream(600):
            writer.write(time_s, pose)
        assert not path.exists()
        (temporary,) = tmp_path.iterdir()
        assert temporary.name.startswith(".")
        assert temporary.stat().st_size > 10_000  # the first chunk is on the disk already
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_is_said_once_and_leaves_nothing(tmp_path):
    """A real limit on the size of files; what fails in the middle is not tried again."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    instants = stream(600)

    def run():
        with RecordingWriter(tmp_path / "a.poses.npz", HEADER) as writer:
            for time_s, pose in instants:
                writer.write(time_s, pose)

    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        with pytest.raises(OutputError, match="too large for that disk"):
            run()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_to_is_an_error(tmp_path):
    """At once, not after an hour."""
    with pytest.raises(OutputError, match="does not exist"):
        RecordingWriter(tmp_path / "missing" / "a.poses.npz", HEADER)


def test_wrong_use_of_the_writer_is_a_bug(tmp_path):
    """Time that stands, a pose of another moment or picture, writing after the end."""
    pose = pose_at(1.0, np.random.default_rng(0))
    with RecordingWriter(tmp_path / "a.poses.npz", HEADER) as writer:
        writer.write(0.5, None)
        for time_s, wrong in ((0.5, None), (math.nan, None), (0.9, pose)):
            with pytest.raises(ValueError, match=f"{time_s} s"):
                writer.write(time_s, wrong)
    with pytest.raises(ValueError, match="closed"):
        writer.write(2.0, None)
    assert Recording(tmp_path / "a.poses.npz").n_frames == 1


def test_the_same_poses_make_the_same_file(tmp_path):
    """No date, no order of chance."""
    first = save(tmp_path / "a.poses.npz", stream(600))
    second = save(tmp_path / "b.poses.npz", stream(600))
    assert first.read_bytes() == second.read_bytes()


def test_numpy_alone_can_read_it(tmp_path):
    """The arrays are what the documentation says."""
    instants = stream(10)
    with np.load(save(tmp_path / "a.poses.npz", instants)) as data:
        assert data["000000/time_s"].tolist() == [time_s for time_s, _ in instants]
        assert data["000000/found"].tolist() == [pose is not None for _, pose in instants]
        image = np.cumsum(data["000000/image"], axis=0) / 100
        assert image[0].tolist() == instants[0][1].image.tolist()


def test_memory_does_not_grow_with_the_length(tmp_path):
    """Writing and reading four times as much takes no more at its highest."""

    def highest(n_chunks):
        rng = np.random.default_rng(0)
        pose = pose_at(0.0, rng)
        tracemalloc.start()
        path = tmp_path / f"{n_chunks}.poses.npz"
        with RecordingWriter(path, HEADER) as writer:
            for number in range(n_chunks * FRAMES_PER_CHUNK):
                at_s = float(number)
                body = Pose(at_s, pose.image + 0, pose.world + 0, pose.visibility + 0, *SIZE_PX)
                writer.write(at_s, body)
        assert sum(1 for _ in Recording(path)) == n_chunks * FRAMES_PER_CHUNK
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    highest(1)
    assert highest(8) < 1.15 * highest(2)


def rewritten(path, change):
    """Write a recording again with other members; ``change`` gets and returns name and bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [change(name, archive.read(name)) for name in archive.namelist()]
    with zipfile.ZipFile(path, "w") as archive:
        for name, contents in filter(None, members):
            archive.writestr(name, contents)
    return path


def meta_with(**changes):
    def change(name, contents):
        return name, json.dumps(json.loads(contents) | changes) if name == "meta.json" else contents

    return change


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"format_version": 3, "formcheck_version": "9.9"}, r"newer formcheck \(9\.9, format 3"),
        ({"format": "other"}, "format: Input should be 'formcheck poses'"),
        ({"header": {}}, r"header\.source: Field required"),
        ({"n_frames": -1}, "n_frames"),
    ],
)
def test_a_foreign_or_newer_file_is_refused(tmp_path, changes, words):
    """With the field that is wrong."""
    path = rewritten(save(tmp_path / "a.poses.npz", stream(3)), meta_with(**changes))
    with pytest.raises(SourceError, match=words):
        Recording(path)


@pytest.mark.parametrize("contents", [b"", b"PK\x03\x04 no", b"text" * 100])
def test_what_is_no_recording_is_refused(tmp_path, contents):
    """And what to do is said."""
    path = tmp_path / "a.poses.npz"
    path.write_bytes(contents)
    with pytest.raises(SourceError, match="not a readable pose recording"):
        Recording(path)


def test_a_zip_of_something_else_is_refused(tmp_path):
    """Numpy's own files are such zips; a list is no header; a huge member is not unpacked."""
    path = tmp_path / "a.poses.npz"
    np.savez(path, a=np.zeros(3))
    with pytest.raises(SourceError, match=r"meta\.json"):
        Recording(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("meta.json", "[1]")
    with pytest.raises(SourceError, match=r"meta\.json: Input should be an object"):
        Recording(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("meta.json", b" " * 5_000_000)
    with pytest.raises(SourceError, match="too large"):
        Recording(path)
    with pytest.raises(SourceError, match="no such file"):
        Recording(tmp_path / "b.poses.npz")


def npy(array):
    """Return a change of the second chunk's times to another array."""

    def change(name, contents):
        if name != "000001/time_s.npy":
            return name, contents
        buffer = io.BytesIO()
        np.save(buffer, array)
        return name, buffer.getvalue()

    return change


def without(lost):
    return lambda name, contents: None if name == lost else (name, contents)


@pytest.mark.parametrize(
    ("change", "n_good", "words"),
    [
        (without("000001/image.npy"), 512, "image"),
        (without("000001/time_s.npy"), 512, "512 frames instead of 600"),
        (npy(np.zeros(88)), 512, "time goes from"),
        (npy(np.full(88, np.nan)), 512, "time goes from"),
        (npy(np.arange(88)), 512, "time_s is int64"),
        (npy(np.arange(50) + 1e6), 512, "zip"),
        (npy(np.float64(3)), 512, "time_s is float64"),
        (npy(np.array([{}], object)), 512, "allow_pickle"),
    ],
)
def test_a_damaged_recording_gives_its_good_instants_first(tmp_path, change, n_good, words):
    """Then it says how many there were and what is wrong."""
    instants = stream(600)
    recording = Recording(rewritten(save(tmp_path / "a.poses.npz", instants), change))
    read = []
    with pytest.raises(DamagedSourceError, match=words) as caught:
        read.extend(recording)
    assert "of 600 frames" in str(caught.value)
    assert f"after {n_good} of" in str(caught.value)


def test_arrays_of_another_length_are_damage(tmp_path):
    """Fewer landmarks than people."""

    def change(name, contents):
        if name == "000000/found.npy":
            return name, contents[:-1] + b"\1"
        return name, contents

    recording = Recording(rewritten(save(tmp_path / "a.poses.npz", stream(5)), change))
    with pytest.raises(DamagedSourceError, match="not equally long"):
        list(recording)


def test_flipped_bits_are_found(tmp_path):
    """Every member has a checksum."""
    path = save(tmp_path / "a.poses.npz", stream(600))
    data = bytearray(path.read_bytes())
    data[30_000:30_040] = bytes(40)
    path.write_bytes(data)
    with pytest.raises(DamagedSourceError, match="is damaged after 0 of 600"):
        list(Recording(path))


def test_a_recording_is_known_by_its_name(tmp_path):
    """Other numpy files are not."""
    assert is_recording(tmp_path / "a.poses.npz")
    assert not is_recording(tmp_path / "a.npz")
    assert not is_recording(tmp_path / "a.mp4")
