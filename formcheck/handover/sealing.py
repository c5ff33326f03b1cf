"""A file that opens with a passphrase alone, and shows whether anything in it was changed.

The key is derived with scrypt, the contents are encrypted in chunks with AES-256-GCM. Each chunk's
nonce holds its number and whether it is the last one (the STREAM construction of Hoang,
Reyhanitabar, Rogaway and Vizár, 2015): chunks that are missing, repeated or in another order are
noticed as a changed byte is. The header is authenticated with every chunk. Contents are never on
the disk unencrypted: both ends are streams.
"""

import io
import os
import struct
import unicodedata
from dataclasses import dataclass
from types import TracebackType
from typing import BinaryIO, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.constant_time import bytes_eq
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from formcheck.errors import HandoverError, UsageError

MAGIC = b"formcheck sealed 1\n"
LEAST_PASSPHRASE = 8
COST_LOG2 = 17  # 128 MiB and about half a second a guess
CHUNK_BYTES = 1 << 18

_HEADER = struct.Struct(f">{len(MAGIC)}sBI16s7s16s")
_KEY_BYTES, _CHECK_BYTES, _TAG_BYTES = 32, 16, 16
# What a header may ask of the machine that reads it: at most 256 MiB for the key, 1 MiB a chunk.
_COSTS_LOG2 = range(14, 19)
_CHUNKS_BYTES = range(1 << 12, (1 << 20) + 1)


@dataclass(frozen=True, slots=True)
class _Seal:
    """What encrypts the chunks of one file."""

    header: bytes
    cipher: AESGCM
    nonce_prefix: bytes
    chunk_bytes: int

    def nonce(self, number: int, *, is_last: bool) -> bytes:
        return self.nonce_prefix + struct.pack(">IB", number, is_last)


class SealingWriter(io.RawIOBase):
    """Encrypt what is written to it; leaving it as a context without an error completes the file.

    Parameters
    ----------
    file
        Where the encrypted file goes.
    passphrase
        At least `LEAST_PASSPHRASE` characters.
    cost_log2
        How much a guess costs: 2 to this is scrypt's N.

    Raises
    ------
    UsageError
        If the passphrase is too short.
    """

    def __init__(self, file: BinaryIO, passphrase: str, cost_log2: int = COST_LOG2) -> None:
        if len(passphrase) < LEAST_PASSPHRASE:
            raise UsageError(
                f"expected a passphrase of {LEAST_PASSPHRASE} characters or more, got"
                f" {len(passphrase)}: several words that do not belong together are easy to keep"
            )
        salt, prefix = os.urandom(16), os.urandom(7)
        key, check = _derived(passphrase, salt, cost_log2)
        header = _HEADER.pack(MAGIC, cost_log2, CHUNK_BYTES, salt, prefix, check)
        self._seal = _Seal(header, AESGCM(key), prefix, CHUNK_BYTES)
        self._file, self._waiting, self._number = file, bytearray(), 0
        file.write(header)

    def __enter__(self) -> Self:
        """Write to it."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Write the last chunk, unless something went wrong: then the file stays incomplete."""
        if error is None:
            self._write_chunk(bytes(self._waiting), is_last=True)

    def writable(self) -> bool:
        """Say so."""
        return True

    def write(self, data: object) -> int:
        """Encrypt what fills a chunk; one is kept back, for it may be the last."""
        part = memoryview(data)  # type: ignore[arg-type]  # anything that holds bytes
        self._waiting += part
        while len(self._waiting) > CHUNK_BYTES:
            self._write_chunk(bytes(self._waiting[:CHUNK_BYTES]), is_last=False)
            del self._waiting[:CHUNK_BYTES]
        return part.nbytes

    def _write_chunk(self, plain: bytes, *, is_last: bool) -> None:
        nonce = self._seal.nonce(self._number, is_last=is_last)
        self._file.write(self._seal.cipher.encrypt(nonce, plain, self._seal.header))
        self._number += 1


class UnsealedReader(io.RawIOBase):
    """Read a sealed file at any place; every byte that it gives has been authenticated.

    Parameters
    ----------
    file
        The sealed file.
    passphrase
        The one with which it was written.
    name
        What to call the file in messages.

    Raises
    ------
    HandoverError
        If the passphrase is another one, or the header is none that formcheck writes.
    """

    def __init__(self, file: BinaryIO, passphrase: str, name: str) -> None:
        self._file, self._name, self._place = file, name, 0
        size = file.seek(0, io.SEEK_END)
        file.seek(0)
        self._seal = _seal_of(file.read(_HEADER.size), passphrase, name)
        body, step = size - _HEADER.size, self._seal.chunk_bytes + _TAG_BYTES
        self._n_chunks = max(1, -(-body // step))
        self._size = body - self._n_chunks * _TAG_BYTES
        if self._size < 0:
            raise _damaged(name)
        self._held: tuple[int, bytes] = -1, b""

    def verify(self) -> None:
        """Read everything once.

        Raises
        ------
        HandoverError
            If anything is missing, changed, or in another order.
        """
        for number in range(self._n_chunks):
            self._chunk(number)

    def readable(self) -> bool:
        """Say so."""
        return True

    def seekable(self) -> bool:
        """Say so."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place and return it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise OSError(f"{self._name} has no place {base + offset}")
        self._place = base + offset
        return self._place

    def tell(self) -> int:
        """Return the place at which it reads next."""
        return self._place

    def readinto(self, buffer: object) -> int:
        """Read up to the end of a chunk."""
        into = memoryview(buffer)  # type: ignore[arg-type]  # anything that takes bytes
        number, start = divmod(self._place, self._seal.chunk_bytes)
        if self._place >= self._size:
            return 0
        part = self._chunk(number)[start : start + len(into)]
        into[: len(part)] = part
        self._place += len(part)
        return len(part)

    def _chunk(self, number: int) -> bytes:
        if self._held[0] == number:
            return self._held[1]
        step = self._seal.chunk_bytes + _TAG_BYTES
        self._file.seek(_HEADER.size + number * step)
        nonce = self._seal.nonce(number, is_last=number == self._n_chunks - 1)
        try:
            plain = self._seal.cipher.decrypt(nonce, self._file.read(step), self._seal.header)
        except InvalidTag as error:
            raise _damaged(self._name) from error
        self._held = number, plain
        return plain


def is_sealed(beginning: bytes) -> bool:
    """Whether a file that begins so asks for a passphrase."""
    return beginning.startswith(MAGIC)


def _seal_of(header: bytes, passphrase: str, name: str) -> _Seal:
    if len(header) < _HEADER.size:
        raise _damaged(name)
    _, cost_log2, chunk_bytes, salt, prefix, expected = _HEADER.unpack(header)
    if cost_log2 not in _COSTS_LOG2 or chunk_bytes not in _CHUNKS_BYTES:
        raise _damaged(name)
    key, check = _derived(passphrase, salt, cost_log2)
    if not bytes_eq(check, expected):
        raise HandoverError(
            f"{name}: expected the passphrase that it was saved with, got another one (or the"
            " beginning of the file is damaged). Nothing was changed: type it again, or ask"
            " whoever made the file"
        )
    return _Seal(header, AESGCM(key), prefix, chunk_bytes)


def _derived(passphrase: str, salt: bytes, cost_log2: int) -> tuple[bytes, bytes]:
    """Return the key, and what tells a wrong passphrase from a damaged file."""
    # The same letters may be typed as other characters on another system.
    typed = unicodedata.normalize("NFC", passphrase).encode()
    both = Scrypt(salt, _KEY_BYTES + _CHECK_BYTES, 2**cost_log2, 8, 1).derive(typed)
    return both[:_KEY_BYTES], both[_KEY_BYTES:]


def _damaged(name: str) -> HandoverError:
    return HandoverError(
        f"{name}: expected the file as it was saved, found it damaged or cut short. Nothing was"
        " changed: copy it again, or ask for it once more"
    )
