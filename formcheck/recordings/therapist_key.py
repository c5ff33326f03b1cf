"""The key with which a therapist seals prescriptions: a file of its own, readable by nobody else.

It stays on this computer. Who has it can seal in this name: a passphrase protects it.
"""

import enum
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from formcheck.errors import PrescriptionError
from formcheck.files import atomic_path, ensure_folder, output_errors

NAME = "therapist-key.pem"
_ENCRYPTED = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"


class Protection(enum.StrEnum):
    """How the key of a path is kept; ``missing`` where there is none yet."""

    MISSING = "missing"
    OPEN = "open"
    PASSPHRASE = "passphrase"


def protection(path: Path) -> Protection:
    """Return whether a key is there, and asks for a passphrase."""
    try:
        with path.open("rb") as file:
            beginning = file.read(len(_ENCRYPTED))
    except OSError:
        return Protection.MISSING
    return Protection.PASSPHRASE if beginning == _ENCRYPTED else Protection.OPEN


def make(path: Path, passphrase: str | None) -> Ed25519PrivateKey:
    """Make a new key and keep it; an older one is never written over.

    Raises
    ------
    PrescriptionError
        If there is one already.
    OutputError
        If it cannot be written.
    """
    if path.exists():
        raise PrescriptionError(f"{path}: there is a key already; move it away to make another")
    key = Ed25519PrivateKey.generate()
    protection = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, protection)
    ensure_folder(path.parent)
    with output_errors(path), atomic_path(path) as temporary:
        temporary.touch(mode=0o600)
        temporary.chmod(0o600)
        temporary.write_bytes(pem)
    return key


def load(path: Path, passphrase: str | None) -> Ed25519PrivateKey:
    """Return a key that was made before.

    Raises
    ------
    PrescriptionError
        If it cannot be read, is none, or asks for another passphrase.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() if passphrase else None)
    except TypeError as error:
        asks = "expected none" if passphrase else "expected its passphrase (--passphrase)"
        raise PrescriptionError(f"{path}: {asks}") from error
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise PrescriptionError(
            f"{path}: not a key that can be read, or another passphrase: {error}"
        ) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise PrescriptionError(f"{path}: expected an Ed25519 key, got another kind")
    return key
