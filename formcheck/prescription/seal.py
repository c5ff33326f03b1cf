"""The tamper seal of a prescription: who sealed exactly these contents.

An Ed25519 signature over the contents in one canonical form, with the key of whoever sealed it and
a name beside it. It shows that nothing was changed since, and that two prescriptions come from the
same key; it does not prove who that is, and it is no signature in the sense of the law.
"""

import enum
import hashlib
import json
from datetime import date

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from formcheck.prescription.model import Prescription, Signature

# What is sealed begins with this: a seal of something else is never taken for one of these.
_CONTEXT = b"formcheck prescription seal 1\n"
_NOT_SEALED = {"signature", "steps"}


class SealState(enum.StrEnum):
    """What a prescription's seal is worth."""

    SEALED = "sealed"
    BROKEN = "broken"
    NONE = "none"


def canonical(prescription: Prescription) -> bytes:
    """Return what is sealed, the same bytes for the same contents.

    Without the seal itself, and without the steps that the therapist allows to be taken. Where
    there are no own exercises they are not spoken of: seals from before there were any hold.
    """
    left_out = _NOT_SEALED if prescription.own_exercises else _NOT_SEALED | {"own_exercises"}
    content = prescription.model_dump(mode="json", exclude=left_out, exclude_none=True)
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest(prescription: Prescription) -> str:
    """Return the SHA-256 of the contents, by which two of them are told apart."""
    return hashlib.sha256(canonical(prescription)).hexdigest()


def sealed(prescription: Prescription, name: str, key: Ed25519PrivateKey, on: date) -> Prescription:
    """Return the prescription with a seal of its present contents."""
    bare = prescription.model_copy(update={"signature": None})
    public_key = key.public_key().public_bytes_raw()
    message = _message(bare, name, on)
    signature = Signature(
        name=name, on=on, public_key=public_key.hex(), seal=key.sign(message).hex()
    )
    return bare.model_copy(update={"signature": signature})


def state_of(prescription: Prescription) -> SealState:
    """Return whether the contents are those that were sealed."""
    signature = prescription.signature
    if signature is None:
        return SealState.NONE
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signature.public_key))
    try:
        key.verify(
            bytes.fromhex(signature.seal), _message(prescription, signature.name, signature.on)
        )
    except InvalidSignature:
        return SealState.BROKEN
    return SealState.SEALED


def fingerprint(public_key: str) -> str:
    """Return a short form of a key, to be compared by eye or read out on the telephone."""
    short = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:16]
    return "-".join(short[i : i + 4] for i in range(0, 16, 4))


def _message(prescription: Prescription, name: str, on: date) -> bytes:
    return _CONTEXT + f"{name}\n{on}\n".encode() + canonical(prescription)
