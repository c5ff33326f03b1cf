"""Bring one wheel here. The one module of formcheck that goes online, and only when asked.

pip is asked where the wheel is, so that a mirror, proxy or local folder that is set up for pip
is used here too. The transfer itself is done here: it shows its progress and goes on from where
an earlier one stopped.
"""

import errno
import http.client
import json
import os
import ssl
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.errors import ModelError
from formcheck.files import sha256_of

Progress = Callable[[int, int | None], None]  # bytes here, bytes in all where that is known

CHUNK_BYTES = 1 << 18
TIMEOUT_S = 30.0
ATTEMPTS = 3  # in a row that bring nothing new
_HTTP_PARTIAL = 206
_HTTP_RANGE_NOT_SATISFIABLE = 416
# Any wheel of that version holds the same networks; one that exists for certain is asked for.
PLATFORM_OPTIONS = (
    "--no-deps",
    "--only-binary=:all:",
    "--platform=manylinux_2_28_x86_64",
    "--python-version=3.12",
    "--implementation=cp",
    "--abi=cp312",
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file is, and the SHA-256 that it must have; None where that is not known."""

    url: str
    sha256: str | None


def locate(requirement: str) -> Address:
    """Ask pip where the wheel of a package is.

    Raises
    ------
    ModelError
        If pip is missing or does not find it.
    """
    with tempfile.TemporaryDirectory() as unused:
        # Where pip is set to install for the user alone, it refuses the target without --no-user.
        options = ["--dry-run", "--ignore-installed", "--no-user", *PLATFORM_OPTIONS]
        answer = _pip("install", *options, "--target", unused, "--report", "-", "-q", requirement)
    if answer.returncode:
        raise ModelError(_no_address(requirement, answer.stderr))
    found = json.loads(answer.stdout)["install"][0]["download_info"]
    return Address(found["url"], found.get("archive_info", {}).get("hashes", {}).get("sha256"))


def _no_address(requirement: str, message: str) -> str:
    if "No module named pip" in message:
        return (
            f"expected pip beside formcheck, to find the model with; {sys.executable} has none. "
            f"Run `{sys.executable} -m ensurepip` and try again, or {from_file_advice(requirement)}"
        )
    lines = [line for line in message.splitlines() if line.startswith("ERROR")]
    reason = (lines or message.splitlines() or ["it says nothing"])[-1]
    if "Retrying (" in message:  # its last line only says that it found nothing
        reason = f"no connection to a package index. {reason}"
    return (
        f"expected pip to find {requirement}, which carries the pose model, got: {reason}\n"
        f"Check the connection and run `formcheck models fetch` again, or "
        f"{from_file_advice(requirement)}"
    )


def from_file_advice(requirement: str) -> str:
    """Say how to get the model onto a computer that is not online."""
    return (
        "on a computer that is online run\n"
        f"  python -m pip download {requirement} {' '.join(PLATFORM_OPTIONS)}\n"
        "bring the file with the name that ends in .whl here, and run\n"
        "  formcheck models fetch --from FILE"
    )


def download(address: Address, part: Path, progress: Progress, otherwise: str) -> None:
    """Bring a file to ``part``, going on from what is there already.

    Parameters
    ----------
    progress
        Called with the bytes that have come and, where known, how many there are in all.
    otherwise
        What to do where the connection does not work at all; ends the message.

    Raises
    ------
    ModelError
        If the connection fails or breaks (what has come is kept), the disk is full (likewise),
        or the checksum is wrong (the file is removed).
    """
    failures, most = 0, _size(part)
    while True:
        try:
            _transfer(address.url, part, progress)
            break
        except (OSError, http.client.HTTPException) as error:
            failures = failures + 1 if _size(part) <= most else 1
            most = max(most, _size(part))
            if failures == ATTEMPTS or _is_final(error) or _is_about(part, error):
                raise ModelError(_no_transfer(part, error, otherwise)) from error
    sha256 = sha256_of(part)
    if address.sha256 is not None and sha256 != address.sha256:
        part.unlink()
        raise ModelError(
            f"the download is damaged: expected SHA-256 {address.sha256}, got {sha256}. It has "
            "been removed; run `formcheck models fetch` again"
        )


def _size(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0


def _transfer(url: str, part: Path, progress: Progress) -> None:
    start = _size(part)
    request = urllib.request.Request(url, headers={"Range": f"bytes={start}-"} if start else {})
    try:
        response = _opener().open(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        with error:
            if start and error.code == _HTTP_RANGE_NOT_SATISFIABLE:
                return  # all of it is here; the checksum will tell
            raise
    with response:
        if response.status != _HTTP_PARTIAL:  # also None, of a file:// address
            start = 0
        length = response.headers["Content-Length"]
        total = start + int(length) if length else None
        _receive(response, part, start, total, progress)


def _receive(response: Any, part: Path, start: int, total: int | None, progress: Progress) -> None:
    done = start
    with part.open("ab" if start else "wb") as file:
        progress(done, total)
        while chunk := response.read(CHUNK_BYTES):
            file.write(chunk)
            done += len(chunk)
            progress(done, total)
    if total is not None and done < total:
        raise ConnectionError(f"the connection ended after {done} of {total} bytes")


def _opener() -> urllib.request.OpenerDirector:
    """Return what opens addresses, with the certificates and the proxy that pip is given."""
    context = ssl.create_default_context()
    certificates = _pip_setting("cert")
    if certificates:
        context.load_verify_locations(certificates)
    handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPSHandler(context=context)]
    proxy = _pip_setting("proxy")
    if proxy:
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    return urllib.request.build_opener(*handlers)


def _pip_setting(name: str) -> str:
    """Return a setting of pip, from its environment variable or its configuration; or empty."""
    given = os.environ.get(f"PIP_{name.upper()}")
    return given or _pip("config", "get", f"global.{name}").stdout.strip()


def _pip(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", *arguments]
    # Its answers are read: it must say neither more nor less, however it is set.
    environment = {**os.environ, "PIP_VERBOSE": "0", "PIP_QUIET": "0"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def _is_final(error: Exception) -> bool:
    """Whether trying again at once cannot help."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code < http.client.INTERNAL_SERVER_ERROR
    return getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT)


def _is_about(part: Path, error: Exception) -> bool:
    """Whether it is the file that cannot be opened, and not the connection."""
    return getattr(error, "filename", None) == str(part)


def _no_transfer(part: Path, error: Exception, otherwise: str) -> str:
    if getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"the disk is full: the download to {part.parent} needs about 50 MB for a moment. "
            "Free some space and run `formcheck models fetch` again"
        )
    if _is_about(part, error):
        return (
            f"cannot write the download to {part}: {getattr(error, 'strerror', error)}. Get the "
            "right to write there and run `formcheck models fetch` again"
        )
    reason = error.reason if type(error) is urllib.error.URLError else error
    hint = ""
    if isinstance(reason, ssl.SSLCertVerificationError):
        hint = " Name the certificates of your network in the environment variable SSL_CERT_FILE."
    return (
        f"the download failed: {reason}.{hint} {_size(part) / 1e6:.1f} MB are here; run "
        f"`formcheck models fetch` again and it goes on from there, or {otherwise}"
    )
