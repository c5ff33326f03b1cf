"""Put metadata into a TFLite network without touching the rest of the file.

TFLite files are FlatBuffers: tables that refer to each other by distances, always forwards. So
a new root, with the old tables where they were and one metadata entry more, can stand in front
of the old file. Nothing behind it moves relative to anything else, and a new part whose length
is a multiple of 64 keeps the old alignment too.

A table is a signed distance back to its *vtable*, then its fields. The vtable holds its own
length, the table's length, and for each numbered field its place in the table (0: absent).
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

_U32 = struct.Struct("<I")
_I32 = struct.Struct("<i")
_U16 = struct.Struct("<H")

MODEL_IDENTIFIER = b"TFL3"
METADATA_IDENTIFIER = b"M001"
METADATA_NAME = b"TFLITE_METADATA"
OUTPUTS = ("landmarks", "pose_flag", "segmentation", "heatmap", "world_landmarks")

# Numbers of the fields of the root of a TFLite model.
_VERSION, _BUFFERS, _METADATA = 0, 4, 6
_MODEL_FIELDS = 8


@dataclass(frozen=True, slots=True)
class Floats:
    """A vector of float32."""

    values: Sequence[float]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: values by the number of their field. Whole numbers are stored in 4 bytes."""

    fields: Mapping[int, "Table | Tables | Floats | str | int"]


@dataclass(frozen=True, slots=True)
class Tables:
    """A vector of tables."""

    items: Sequence[Table]


@dataclass(slots=True)
class Writer:
    """Write a tree of nodes, parents before their children."""

    data: bytearray = field(default_factory=bytearray)

    def write(self, node: "Table | Tables | Floats | str") -> int:
        """Append a node with everything below it and return its position."""
        if isinstance(node, Table):
            return self._write_table(node)
        self.align(4)
        position = len(self.data)
        if isinstance(node, str):
            text = node.encode()
            self.data += _U32.pack(len(text)) + text + b"\0"
        elif isinstance(node, Floats):
            self.data += struct.pack(f"<I{len(node.values)}f", len(node.values), *node.values)
        else:
            self.data += _U32.pack(len(node.items)) + bytes(4 * len(node.items))
            for index, item in enumerate(node.items):
                self.refer(position + 4 + 4 * index, self.write(item))
        return position

    def _write_table(self, table: Table) -> int:
        numbers = sorted(table.fields)
        places = {number: 4 + 4 * index for index, number in enumerate(numbers)}
        position = self.begin_table(places, max(numbers) + 1)
        for number in numbers:
            value, at = table.fields[number], position + places[number]
            if isinstance(value, int):
                _U32.pack_into(self.data, at, value)
            else:
                self.refer(at, self.write(value))
        return position

    def begin_table(self, places: Mapping[int, int], n_fields: int) -> int:
        """Append a vtable and an empty table with 4-byte fields at ``places``."""
        self.align(4)
        if n_fields % 2:  # the table behind the vtable must be aligned as well
            self.data += b"\0\0"
        vtable = len(self.data)
        length = 4 + 4 * len(places)
        slots = [places.get(number, 0) for number in range(n_fields)]
        self.data += struct.pack(f"<HH{n_fields}H", 4 + 2 * n_fields, length, *slots)
        position = len(self.data)
        self.data += _I32.pack(position - vtable) + bytes(length - 4)
        return position

    def refer(self, at: int, target: int) -> None:
        """Store at one position the distance to another."""
        _U32.pack_into(self.data, at, target - at)

    def align(self, n_bytes: int) -> None:
        """Fill up to a multiple of ``n_bytes``."""
        self.data += bytes(-len(self.data) % n_bytes)


class Reader:
    """Find the tables of an existing file."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.root = self.number(0)

    def number(self, at: int) -> int:
        """Return the whole number stored at a position."""
        return int(_U32.unpack_from(self._data, at)[0])

    def place(self, number: int) -> int | None:
        """Return the position of a field of the root; None where it is absent."""
        vtable = self.root - int(_I32.unpack_from(self._data, self.root)[0])
        entry = 4 + 2 * number
        if entry >= _U16.unpack_from(self._data, vtable)[0]:
            return None
        offset = int(_U16.unpack_from(self._data, vtable + entry)[0])
        return self.root + offset if offset else None

    def target(self, at: int) -> int:
        """Return the position that the distance stored at a position leads to."""
        return at + self.number(at)

    def elements(self, number: int) -> list[int]:
        """Return the positions of the tables in a vector of the root."""
        place = self.place(number)
        if place is None:
            return []
        vector = self.target(place)
        return [self.target(vector + 4 + 4 * index) for index in range(self.number(vector))]


def normalisation_metadata() -> bytes:
    """Return what the landmark network must say: RGB scaled to 0 to 1, and five outputs."""
    picture = Table(
        {
            0: "image",
            1: "Input image to be landmarked.",
            3: Table({0: 2, 1: Table({0: 1})}),  # content: an image, in RGB
            4: Tables([Table({0: 1, 1: Table({0: Floats([0.0]), 1: Floats([255.0])})})]),
            5: Table({0: Floats([1.0]), 1: Floats([0.0])}),  # its range after normalisation
        }
    )
    outputs = Tables([Table({0: name}) for name in OUTPUTS])
    signature = Table({2: Tables([picture]), 3: outputs})
    root = Table({0: "pose landmarks detector", 3: Tables([signature]), 7: "1.0.0"})
    writer = Writer(bytearray(4) + METADATA_IDENTIFIER)
    writer.refer(0, writer.write(root))
    return bytes(writer.data)


def with_metadata(model: bytes) -> bytes:
    """Return a TFLite model with `normalisation_metadata` added in front of its bytes."""
    reader = Reader(model)
    writer = Writer(bytearray(4) + MODEL_IDENTIFIER)
    version = reader.place(_VERSION)
    numbers = [
        number
        for number in range(1, _MODEL_FIELDS)
        if reader.place(number) is not None or number in (_BUFFERS, _METADATA)
    ]
    places = {number: 4 + 4 * index for index, number in enumerate([_VERSION, *numbers])}
    root = writer.begin_table(places, _MODEL_FIELDS)
    writer.refer(0, root)
    _U32.pack_into(writer.data, root + 4, reader.number(version) if version else 0)
    kept = {  # new position -> position in the old file
        root + places[number]: reader.target(place)
        for number in numbers
        if number not in (_BUFFERS, _METADATA) and (place := reader.place(number)) is not None
    }
    buffers, metadata = reader.elements(_BUFFERS), reader.elements(_METADATA)
    new_buffer = _begin_vector(writer, root + places[_BUFFERS], buffers, kept)
    new_entry = _begin_vector(writer, root + places[_METADATA], metadata, kept)
    _write_entry(writer, new_entry, len(buffers))
    _write_buffer(writer, new_buffer, normalisation_metadata())
    writer.align(64)
    for at, position in kept.items():
        writer.refer(at, len(writer.data) + position)
    return bytes(writer.data) + model


def _begin_vector(writer: Writer, at: int, old: Sequence[int], kept: dict[int, int]) -> int:
    """Append a vector of the old tables and a new one; return where to refer to the new one."""
    position = len(writer.data)
    writer.refer(at, position)
    writer.data += _U32.pack(len(old) + 1) + bytes(4 * (len(old) + 1))
    kept.update({position + 4 + 4 * index: target for index, target in enumerate(old)})
    return position + 4 + 4 * len(old)


def _write_entry(writer: Writer, at: int, buffer_index: int) -> None:
    """Append the metadata entry: its name, and which buffer holds it."""
    position = writer.begin_table({0: 4, 1: 8}, 2)
    writer.refer(at, position)
    writer.refer(position + 4, len(writer.data))
    _U32.pack_into(writer.data, position + 8, buffer_index)
    writer.data += _U32.pack(len(METADATA_NAME)) + METADATA_NAME + b"\0"
    writer.align(4)


def _write_buffer(writer: Writer, at: int, content: bytes) -> None:
    """Append a buffer whose bytes start on a multiple of 16."""
    writer.data += struct.pack("<HHHH", 6, 8, 4, 0)  # a vtable of one field and its padding
    position = len(writer.data)
    writer.refer(at, position)
    writer.data += _I32.pack(8) + bytes(4)
    writer.data += bytes((12 - len(writer.data)) % 16)
    writer.refer(position + 4, len(writer.data))
    writer.data += _U32.pack(len(content)) + content
