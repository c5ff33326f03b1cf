"""What the patient's own page sends wrongly costs that message and nothing more."""

import math
import struct
import time

import cv2
import numpy as np
import pytest

from tests.web.serving import PICTURE, jpeg, message, served


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    with served(tmp_path_factory.mktemp("sessions")) as server:
        server.open()
        page = server.page()
        page.start_set()
        yield page


def claiming(width, height, *, kind=0xC0, n_components=3, bits=8):
    """Return a small file that claims to be a picture of this size."""
    frame = struct.pack(">BHHB", bits, height, width, n_components) + bytes(3 * n_components)
    head = b"\xff\xd8\xff" + bytes([kind]) + struct.pack(">H", 2 + len(frame)) + frame
    return head + b"\xff\xda\x00\x02" + bytes(100) + b"\xff\xd9"


PICTURES = {
    "nothing but a byte": b"x",
    "text": b"<svg onload=alert(1)>" * 20,
    "PNG": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "GIF": b"GIF89a" + bytes(500),
    "65535 by 65535 in 130 bytes": claiming(65535, 65535),
    "640 by 65535": claiming(640, 65535),
    "no width": claiming(0, 480),
    "641 wide": jpeg(641, 480),
    "1 by 1": jpeg(1, 1),
    "cut in the middle": PICTURE[: len(PICTURE) // 2],
    "without its end": PICTURE[:-2],
    "only a start": b"\xff\xd8",
    "a header without a picture": PICTURE[:160] + b"\xff\xd9",
    "lossless": claiming(640, 480, kind=0xC3),
    "arithmetic": claiming(640, 480, kind=0xC9),
    "four colours": claiming(640, 480, n_components=4),
    "12 bits": claiming(640, 480, bits=12),
    "zeros for a scan": claiming(640, 480),
    "a thousand scans": PICTURE[:-2] + b"\xff\xda\x00\x02" * 1000 + b"\xff\xd9",
    "a length that runs off": b"\xff\xd8\xff\xe0\xff\xff" + bytes(200),
    "lengths of nothing": b"\xff\xd8" + b"\xff\xe0\x00\x00" * 5000,
    "padding for ever": b"\xff\xd8" + b"\xff" * 400_000,
}


@pytest.mark.parametrize("name", PICTURES)
def test_what_is_no_picture_is_answered(page, name):
    """The page is told at once which picture it was, and the next one is analysed."""
    sequence = 1000 + list(PICTURES).index(name)
    got = page.show(sequence, sequence * 33.0, PICTURES[name])
    if name == "zeros for a scan":  # decodes to grey: a picture, if a dull one
        assert got["type"] in {"error", "frame"}
    else:
        assert (got["type"], got["code"]) == ("error", "bad_picture")
    assert page.show(sequence + 500, sequence * 33.0 + 16)["landmarks"]


def test_a_grey_picture_is_a_picture(page):
    """A camera without colours is as good as another."""
    grey = cv2.imencode(".jpg", np.full((480, 640), 90, np.uint8))[1].tobytes()
    assert page.show(1, 100_000.0, grey)["landmarks"]


def test_too_many_bytes_are_refused_before_they_are_looked_at(page):
    """A picture of more than half a megabyte is answered by its size."""
    got = page.show(2, 100_100.0, PICTURE + bytes(512 * 1024 - len(PICTURE) + 16))
    assert got["code"] == "picture_too_large"
    assert page.show(3, 100_200.0)["landmarks"]


@pytest.mark.parametrize("time_ms", [math.nan, math.inf, -math.inf, -1.0, -1e300])
def test_what_is_no_time_is_refused(page, time_ms):
    """A picture needs a time at which it can have been taken."""
    assert page.show(4, time_ms)["code"] == "bad_message"
    assert page.show(5, 100_300.0)["landmarks"]


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 15, b"\0" * 16, message(reserved=7)], ids=["0", "15", "16", "reserved"]
)
def test_what_is_no_message_is_refused(page, data):
    """A message is a head and a picture, and its reserved field is 0."""
    page.connection.send(data)
    assert page.receive_type("error")["code"] == "bad_message"
    assert page.show(6, 100_400.0)["landmarks"]


@pytest.mark.parametrize("command", ["rm", "__class__", "begin_", "update"])
def test_an_unknown_command_is_refused(page, command):
    """Only what is in the list of commands is one."""
    page.command(command)
    assert page.receive_type("error")["code"] == "bad_message"
    assert page.show(7, 100_500.0)["landmarks"]


def test_a_flood_of_pictures_is_bounded(page):
    """Of a hundred pictures at once the newest is analysed, and what is too many is said."""
    for k in range(100):
        page.connection.send(message(time_ms=100_600.0 + k, sequence=100 + k))
    codes = {page.receive()["type"] for _ in range(20)}
    assert codes <= {"frame", "error", "cue"}

    time.sleep(1.0)
    assert page.show(8, 102_000.0)["landmarks"]
