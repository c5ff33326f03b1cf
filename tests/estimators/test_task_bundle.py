"""The bundle is built from networks whose own bytes stay as they are, always to the same bytes."""

import contextlib
import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import ModelError
from formcheck.estimators.flatbuffer import Reader, normalisation_metadata, with_metadata
from formcheck.estimators.task_bundle import DETECTOR, LANDMARKS, build, packed
from tests.estimators import tiny_model


def test_the_real_model_comes_out_byte_for_byte(model):
    """Taking the metadata off the landmark network and building anew gives the same file."""
    with zipfile.ZipFile(model) as bundle:
        landmarks, detector = bundle.read(LANDMARKS), bundle.read(DETECTOR)
    begin = landmarks.index(b"TFL3", 8) - 4  # where the network of the wheel begins
    assert with_metadata(landmarks[begin:]) == landmarks
    assert packed({DETECTOR: detector, LANDMARKS: landmarks}) == model.read_bytes()


@given(version=st.integers(0, 9), values=st.lists(st.floats(width=32), max_size=9).map(tuple))
def test_metadata_is_added_and_nothing_else_changes(version, values):
    """The old bytes are the tail; the new root leads to them and to one buffer more."""
    old = tiny_model.network(version, values)
    new = with_metadata(old)
    assert new.endswith(old)
    shift = len(new) - len(old)
    assert shift % 64 == 0
    before, after = Reader(old), Reader(new)
    assert after.number(after.place(0)) == version
    assert after.target(after.place(3)) == before.target(before.place(3)) + shift
    buffers = after.elements(4)
    assert buffers[:-1] == [at + shift for at in before.elements(4)]
    assert after.place(5) is None


def test_the_metadata_entry_names_the_new_buffer():
    """The engine finds the metadata by its name, in a buffer that starts on a multiple of 16."""
    new = with_metadata(tiny_model.network())
    reader = Reader(new)
    (entry,) = reader.elements(6)
    name = reader.target(entry + 4)
    assert new[name + 4 : name + 4 + reader.number(name)] == b"TFLITE_METADATA"
    index = reader.number(entry + 8)
    buffer = reader.elements(4)[index]
    content = reader.target(buffer + 4)
    assert (content + 4) % 16 == 0
    metadata = new[content + 4 : content + 4 + reader.number(content)]
    assert metadata == normalisation_metadata()
    assert metadata[4:8] == b"M001"
    assert struct.pack("<If", 1, 255.0) in metadata  # the vector of one standard deviation


@given(
    st.dictionaries(st.text("abc", min_size=1, max_size=40), st.binary(max_size=200), max_size=5)
)
def test_every_file_starts_on_a_64_byte_boundary(files):
    """The engine maps the networks where they lie; the zip is uncompressed and undated."""
    data = packed(files)
    with zipfile.ZipFile(io.BytesIO(data)) as bundle:
        for entry in bundle.infolist():
            at = entry.header_offset
            n_name, n_extra = struct.unpack_from("<HH", data, at + 26)
            start = at + 30 + n_name + n_extra
            assert start % 64 == 0
            assert data[start : start + entry.file_size] == files[entry.filename]
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
    assert packed(files) == data


def test_a_wheel_gives_its_bundle():
    """The tiny wheel gives the bundle of its recipe."""
    assert build(io.BytesIO(tiny_model.wheel()), tiny_model.RECIPE) == tiny_model.BUNDLE


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"no zip", r"expected a wheel that holds tiny/pose_detector\.tflite.*Download it again"),
        (tiny_model.wheel({"other": b""}), "without it or damaged"),
        (tiny_model.wheel({**tiny_model.NETWORKS, LANDMARKS: b"x"}), "expected SHA-256 .* trust"),
    ],
    ids=["no zip", "another wheel", "a changed network"],
)
def test_a_wrong_wheel_is_refused(data, message):
    """Nothing is built from a file that is not exactly the expected one."""
    with pytest.raises(ModelError, match=message):
        build(io.BytesIO(data), tiny_model.RECIPE)


WHEELS = [tiny_model.wheel(), tiny_model.wheel(method=zipfile.ZIP_DEFLATED)]


@pytest.mark.parametrize("wheel", WHEELS, ids=["stored", "compressed"])
def test_however_a_wheel_is_damaged_nothing_wrong_comes_of_it(wheel):
    """Cut off and with other bytes anywhere: the right bundle, or a `ModelError`."""

    @given(
        changes=st.dictionaries(
            st.integers(0, len(wheel) - 1), st.integers(0, 255), min_size=1, max_size=4
        ),
        length=st.sampled_from([len(wheel), len(wheel) // 2]),
    )
    def check(changes, length):
        damaged = tiny_model.with_changes(wheel, changes)[:length]
        with contextlib.suppress(ModelError):
            assert build(io.BytesIO(damaged), tiny_model.RECIPE) == tiny_model.BUNDLE

    check()


@pytest.mark.parametrize(
    ("at", "value"), [(8, 1), (10, 99), (10, zipfile.ZIP_LZMA), (10, zipfile.ZIP_BZIP2)]
)
def test_a_wheel_in_another_way_is_refused(at, value):
    """Encrypted, or compressed by a method that wheels do not use: found by its directory."""
    wheel = tiny_model.wheel()
    directory = wheel.index(b"PK\x01\x02")
    with pytest.raises(ModelError, match="Download it again"):
        build(
            io.BytesIO(tiny_model.with_changes(wheel, {directory + at: value})), tiny_model.RECIPE
        )


def test_an_unexpected_result_is_refused():
    """The finished bundle is checked too."""
    with pytest.raises(ModelError, match="mistake in formcheck"):
        build(io.BytesIO(tiny_model.wheel()), tiny_model.OTHER_RECIPE)
