"""Encrypted files that were changed, cut or made to do harm: each is refused."""

import io
import os

from formcheck.handover.sealing import CHUNK_BYTES, SealingWriter
from tests.handover.hostile import (
    zipped,
)

PASSPHRASE = "eleven grey herons"


def sealed(contents, passphrase=PASSPHRASE):
    """Return contents as they are encrypted."""
    whole = io.BytesIO()
    with SealingWriter(whole, passphrase) as writer:
        writer.write(contents)
    return whole.getvalue()


def test_a_sealed_file_that_was_changed_anywhere_is_refused(good, refuses):
    """One bit of its parameters, of its contents, of its end."""
    whole = sealed(zipped(good))
    for place in (25, 40, 64, 500, len(whole) // 2, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 1
        refuses(bytes(changed), "another one|damaged or cut short", PASSPHRASE)


def test_a_sealed_file_without_its_end_or_in_another_order_is_refused(refuses):
    """Cut where a chunk ends, two exchanged, one twice, one added, nothing but its header."""
    whole = sealed(os.urandom(3 * CHUNK_BYTES))
    step = CHUNK_BYTES + 16
    start = len(whole) - 3 * step
    head, one, two, three = (
        whole[:start], whole[start : start + step], whole[start + step : start + 2 * step],
        whole[start + 2 * step :],
    )  # fmt: skip
    for parts in ((one, two), (two, one, three), (one, one, three), (one, two, three, three), ()):
        refuses(head + b"".join(parts), "damaged or cut short", PASSPHRASE)
    refuses(head + b"".join((one, two, three)), "no readable archive", PASSPHRASE)


def test_parameters_that_exhaust_the_machine_are_refused(refuses):
    """A header may not ask for gigabytes of memory."""
    whole = bytearray(sealed(b"x"))
    whole[19] = 30
    refuses(bytes(whole), "damaged or cut short", PASSPHRASE)


def test_a_hostile_file_is_hostile_in_a_seal_too(good, refuses):
    """Who knows the passphrase is not believed either."""
    refuses(sealed(zipped({**good, "../x": b""})), "is no name that formcheck gives", PASSPHRASE)
