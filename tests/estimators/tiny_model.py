"""A wheel of a few hundred bytes with two networks in it, and the recipe for its bundle."""

import hashlib
import io
import zipfile
from dataclasses import replace

from formcheck.estimators.flatbuffer import Floats, Table, Tables, Writer, with_metadata
from formcheck.estimators.task_bundle import DETECTOR, LANDMARKS, Network, Recipe, packed


def network(version: int = 3, values: tuple[float, ...] = (1.0, 2.0)) -> bytes:
    """Return a TFLite file of a version, one vector of floats in a buffer, and a name."""
    writer = Writer(bytearray(4) + b"TFL3")
    buffers = Tables([Table({0: Floats(values)}), Table({0: Floats([])})])
    writer.refer(0, writer.write(Table({0: version, 3: "a network", 4: buffers})))
    return bytes(writer.data)


def sha256(data: bytes) -> str:
    """Return a SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


NETWORKS = {DETECTOR: b"detector " * 20, LANDMARKS: network()}
BUNDLE = packed({**NETWORKS, LANDMARKS: with_metadata(NETWORKS[LANDMARKS])})
RECIPE = Recipe(
    requirement="tiny==1.0",
    networks={name: Network(f"tiny/{name}", sha256(data)) for name, data in NETWORKS.items()},
    bundle_sha256=sha256(BUNDLE),
)
OTHER_RECIPE = replace(RECIPE, bundle_sha256="0" * 64)


def wheel(networks: dict[str, bytes] | None = None, method: int = zipfile.ZIP_STORED) -> bytes:
    """Return a wheel with the networks in it, stored or compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in (networks or NETWORKS).items():
            archive.writestr(f"tiny/{name}", data)
    return buffer.getvalue()


def with_changes(data: bytes, changes: dict[int, int]) -> bytes:
    """Return data with other bytes at some positions."""
    changed = bytearray(data)
    for position, value in changes.items():
        changed[position] = value
    return bytes(changed)
