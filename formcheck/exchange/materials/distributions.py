"""The installed Python distributions that formcheck needs, as their own metadata tells of them."""

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata

from formcheck.estimators.model_files import checkout_folder
from formcheck.exchange.materials.natives import Native, natives_of

ROOT = "formcheck"
EXTRAS = frozenset({"parquet", "exchange"})
"""The extras of formcheck whose libraries are part of it where they are installed."""

_REQUIREMENT = re.compile(r"^\s*([A-Za-z0-9][\w.-]*)\s*(?:\[([^\]]*)\])?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
_BY_CLASSIFIER = {
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}
_SPDX = frozenset({"Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", *_BY_CLASSIFIER.values()})


@dataclass(frozen=True, slots=True)
class Distribution:
    """One installed distribution.

    Attributes
    ----------
    name
        As package indices write it: small letters and hyphens.
    licence
        As SPDX writes it; empty where its metadata does not say that.
    licence_words
        What its metadata says instead.
    record_sha256
        Of its RECORD, which lists the SHA-256 of every file of it; empty without one.
    archive_sha256
        Of the archive that it was installed from, where pip has kept that.
    needs
        Names of the installed ones that it needs.
    """

    name: str
    version: str
    licence: str
    licence_words: str
    record_sha256: str
    archive_sha256: str
    needs: tuple[str, ...]
    natives: tuple[Native, ...]


def needed() -> Mapping[str, Distribution]:
    """Return every installed distribution that formcheck needs, itself first, by name."""
    found: dict[str, Distribution] = {}
    waiting = [(ROOT, EXTRAS)]
    while waiting:
        name, extras = waiting.pop(0)
        if name in found:
            continue
        installed = _installed(name)
        if installed is None:
            continue
        said = _of_checkout() if name == ROOT else None
        requirements = dict(_requirements(said or installed.requires or [], extras))
        there = {one: of for one, of in requirements.items() if _installed(one) is not None}
        found[name] = _described(installed, tuple(sorted(there)))
        waiting.extend(there.items())
    return found


def normalised(name: str) -> str:
    """Return a name as package indices write it (PEP 503).

    Examples
    --------
    >>> normalised("Jinja2"), normalised("fhir.resources")
    ('jinja2', 'fhir-resources')
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def _installed(name: str) -> metadata.Distribution | None:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return None


def _of_checkout() -> list[str] | None:
    """Return what pyproject.toml asks for; None where formcheck was not installed from a checkout.

    There the metadata is that of the day of the installation, and may be out of date.
    """
    folder = checkout_folder()
    if folder is None:
        return None
    project = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [
        f"{requirement}; extra == '{extra}'"
        for extra, requirements in project["optional-dependencies"].items()
        for requirement in requirements
    ]
    return [*project["dependencies"], *optional]


def _requirements(
    requires: Iterable[str], extras: frozenset[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield what is needed with its extras; markers of systems are left to what is installed."""
    for requirement in requires:
        _, _, marker = requirement.partition(";")
        asked = set(_EXTRA.findall(marker))
        if asked and not asked & extras:
            continue
        match = _REQUIREMENT.match(requirement)
        if match:
            of_it = frozenset(re.split(r"\s*,\s*", match[2])) if match[2] else frozenset()
            yield normalised(match[1]), of_it


def _described(distribution: metadata.Distribution, needs: tuple[str, ...]) -> Distribution:
    licence, words = _licence(distribution)
    record = distribution.read_text("RECORD")
    return Distribution(
        name=normalised(distribution.name),
        version=distribution.version,
        licence=licence,
        licence_words=words,
        record_sha256=hashlib.sha256(record.encode()).hexdigest() if record else "",
        archive_sha256=_archive_sha256(distribution),
        needs=needs,
        natives=tuple(natives_of(distribution, _sha256_of_files(distribution))),
    )


def _licence(distribution: metadata.Distribution) -> tuple[str, str]:
    said = distribution.metadata
    if "License-Expression" in said:
        return said["License-Expression"], ""
    classified = [
        classifier.rpartition("::")[2].strip()
        for classifier in said.get_all("Classifier") or []
        if classifier.startswith("License ::")
    ]
    if len(classified) == 1 and classified[0] in _BY_CLASSIFIER:
        return _BY_CLASSIFIER[classified[0]], ""
    first_line = "".join(said.get_all("License") or []).strip().partition("\n")[0]
    if first_line in _SPDX:
        return first_line, ""
    return "", ", ".join(classified) or first_line or "not said in its metadata"


def _archive_sha256(distribution: metadata.Distribution) -> str:
    try:
        said = json.loads(distribution.read_text("direct_url.json") or "{}")
    except ValueError:
        return ""
    sha256: str = said.get("archive_info", {}).get("hashes", {}).get("sha256", "")
    return sha256


def _sha256_of_files(distribution: metadata.Distribution) -> dict[str, str]:
    """Return the SHA-256 of every file as the wheel recorded it."""
    found = {}
    for file in distribution.files or []:
        recorded = file.hash
        is_sha256 = recorded is not None and recorded.mode == "sha256"
        found[file.as_posix()] = _hexadecimal(recorded.value) if recorded and is_sha256 else ""
    return found


def _hexadecimal(value: str) -> str:
    return base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).hex()
