"""Build the pose model's ``.task`` bundle from the two networks in a MediaPipe wheel.

A wheel of MediaPipe 0.10.21 (Apache-2.0) carries the pose detector and the landmark network,
but for an older interface. The present one wants both in one uncompressed zip, and wants the
landmark network to say how its input is normalised. ``flatbuffer.py`` writes that statement;
here it is put in front of the network, whose own bytes stay as they are. The same wheel always
gives the same bundle, byte for byte.
"""

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from formcheck.errors import ModelError
from formcheck.estimators.flatbuffer import with_metadata

DETECTOR = "pose_detector.tflite"
LANDMARKS = "pose_landmarks_detector.tflite"
BUNDLE_SHA256 = "d6090a55c8e8e9bb8389b424b154ee9d1740d2940e48ec5b74bebb61cd6d3198"
ALIGNMENT_BYTES = 64  # the engine maps the networks where they lie in the file

# What reading a damaged zip raises: a method or an encryption that zipfile does not know is a
# RuntimeError, a name that is no text a ValueError, a place outside of the file an OSError.
DAMAGED_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)

_ZIP_HEADER_BYTES = 30
_EXTRA_HEADER = struct.Struct("<HH")
_PADDING_ID = 0xFFFF


@dataclass(frozen=True, slots=True)
class Network:
    """One network of the bundle: where the wheel has it, and the SHA-256 it must have."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a bundle is made from.

    Attributes
    ----------
    requirement
        The package that carries the networks, as pip takes it.
    networks
        By their name in the bundle, in its order.
    bundle_sha256
        What the finished bundle must have.
    """

    requirement: str
    networks: Mapping[str, Network]
    bundle_sha256: str


POSE_MODEL = Recipe(
    requirement="mediapipe==0.10.21",
    networks={
        DETECTOR: Network(
            "mediapipe/modules/pose_detection/pose_detection.tflite",
            "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",
        ),
        LANDMARKS: Network(
            "mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
            "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
        ),
    },
    bundle_sha256=BUNDLE_SHA256,
)


def build(wheel: Path | IO[bytes], recipe: Recipe = POSE_MODEL) -> bytes:
    """Return the bundle made from a wheel.

    Raises
    ------
    ModelError
        If the wheel is damaged or another one, or the result is not the expected bundle.
    """
    networks = {name: _network(wheel, network) for name, network in recipe.networks.items()}
    networks[LANDMARKS] = with_metadata(networks[LANDMARKS])
    bundle = packed(networks)
    sha256 = hashlib.sha256(bundle).hexdigest()
    if sha256 != recipe.bundle_sha256:
        raise ModelError(
            f"expected a model with SHA-256 {recipe.bundle_sha256}, made one with {sha256}. "
            "This is a mistake in formcheck: please report it"
        )
    return bundle


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return files as an uncompressed zip, undated, each starting on a 64-byte boundary."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as bundle:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16  # the same on every system
            entry.extra = _padding(buffer.tell() + _ZIP_HEADER_BYTES + len(name))
            bundle.writestr(entry, data)
    return buffer.getvalue()


def _padding(position: int) -> bytes:
    """Return an extra field of a zip entry that brings its data to the next boundary."""
    n_bytes = -position % ALIGNMENT_BYTES
    if n_bytes == 0:
        return b""
    if n_bytes < _EXTRA_HEADER.size:
        n_bytes += ALIGNMENT_BYTES
    n_empty = n_bytes - _EXTRA_HEADER.size
    return _EXTRA_HEADER.pack(_PADDING_ID, n_empty) + bytes(n_empty)


def _network(wheel: Path | IO[bytes], network: Network) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as files:
            entry = files.getinfo(network.path)
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile("compressed in a way that wheels are not")
            data = files.read(entry)
    except (*DAMAGED_ZIP, KeyError) as error:
        raise ModelError(
            f"expected a wheel that holds {network.path}, got one without it or damaged: {error}. "
            "Download it again"
        ) from error
    sha256 = hashlib.sha256(data).hexdigest()
    if sha256 != network.sha256:
        raise ModelError(
            f"{network.path}: expected SHA-256 {network.sha256}, got {sha256}. "
            "Download the wheel again, from a place that you trust"
        )
    return data
