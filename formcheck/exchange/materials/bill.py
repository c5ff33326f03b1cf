"""The bill of materials, as CycloneDX 1.6 in JSON.

It is made of what is installed, with nothing but Python's own library, so that it can be had on a
machine without a network; tests check it against CycloneDX's schema.
"""

import json
import platform
import sys
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from formcheck.errors import ModelError
from formcheck.estimators import model_files
from formcheck.estimators.task_bundle import BUNDLE_SHA256
from formcheck.exchange.materials.distributions import ROOT, Distribution, needed
from formcheck.exchange.materials.natives import Native
from formcheck.files import atomic_path

SPEC_VERSION = "1.6"
_MODEL = "model:pose-landmarker-full"
_MODEL_SOURCE = "mediapipe 0.10.21"
_OWN_TABLE = "formcheck's own table of native libraries"

Part = dict[str, Any]


def bill_of_materials() -> Part:
    """Return what this formcheck is made of, as it is installed here."""
    found = needed()
    (root, *others) = found.values()
    components = [_component(one) for one in others]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": SPEC_VERSION,
        "serialNumber": uuid.uuid4().urn,
        "version": 1,
        "metadata": {
            "timestamp": datetime.now(UTC).isoformat(timespec="seconds"),
            "component": {**_component(root), "type": "application"},
            "properties": _properties(
                {
                    "python": platform.python_version(),
                    "system": f"{platform.system()} {platform.machine()}",
                }
            ),
        },
        "components": [_interpreter(), *components, _model()],
        "dependencies": _dependencies(found),
    }


def write_bill(path: Path) -> int:
    """Write the bill; return how many components it lists, those inside of wheels too.

    Raises
    ------
    OutputError
        If it cannot be written.
    """
    bill = bill_of_materials()
    with atomic_path(path) as temporary:
        temporary.write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
    return sum(1 + len(one.get("components", [])) for one in bill["components"])


def _component(one: Distribution) -> Part:
    purl = f"pkg:pypi/{one.name}@{one.version}"
    return _without_empty(
        {
            "type": "library",
            "bom-ref": purl,
            "name": one.name,
            "version": one.version,
            "purl": purl,
            "licenses": _licences(one.licence, one.licence_words),
            "hashes": _hashes(one.archive_sha256),
            "properties": _properties({"record-sha256": one.record_sha256}),
            "components": [_native(one, native) for native in one.natives],
        }
    )


def _native(within: Distribution, one: Native) -> Part:
    basis = _OWN_TABLE if one.licence else "not known to formcheck"
    return _without_empty(
        {
            "type": "library",
            "bom-ref": f"native:{within.name}/{one.path}",
            "name": one.name,
            "version": one.version,
            "licenses": _licences(one.licence, ""),
            "hashes": _hashes(one.sha256),
            "properties": _properties({"path": one.path, "licence-basis": basis}),
        }
    )


def _interpreter() -> Part:
    version = platform.python_version()
    return {
        "type": "platform",
        "bom-ref": "platform:python",
        "name": sys.implementation.name,
        "version": version,
        "licenses": _licences("PSF-2.0", ""),
    }


def _model() -> Part:
    """Return the pose model: the file that would be used, or the one that is expected."""
    try:
        found = model_files.verify(model_files.find())
        sha256, state = found.sha256, str(found.state)
    except ModelError:
        sha256, state = BUNDLE_SHA256, "not there"
    return {
        "type": "machine-learning-model",
        "bom-ref": _MODEL,
        "supplier": {"name": "Google"},
        "name": model_files.MODEL_NAME,
        "version": _MODEL_SOURCE,
        "licenses": _licences("Apache-2.0", ""),
        "hashes": _hashes(sha256),
        "properties": _properties({"state": state, "expected-sha256": BUNDLE_SHA256}),
    }


def _dependencies(found: Mapping[str, Distribution]) -> list[Part]:
    addresses = {name: f"pkg:pypi/{name}@{one.version}" for name, one in found.items()}
    own = {ROOT: ["platform:python", _MODEL]}
    return [
        {
            "ref": addresses[name],
            "dependsOn": [addresses[other] for other in one.needs] + own.get(name, []),
        }
        for name, one in found.items()
    ]


def _licences(expression: str, words: str) -> list[Part]:
    if expression:
        return [{"expression": expression}]
    return [{"license": {"name": words}}] if words else []


def _hashes(sha256: str) -> list[Part]:
    return [{"alg": "SHA-256", "content": sha256}] if sha256 else []


def _properties(values: Mapping[str, str]) -> list[Part]:
    return [{"name": f"formcheck:{key}", "value": value} for key, value in values.items() if value]


def _without_empty(part: Part) -> Part:
    return {key: value for key, value in part.items() if value not in ("", [])}
