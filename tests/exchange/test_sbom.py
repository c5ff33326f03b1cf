"""The software bill of materials."""

import json
import re
import socket
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import ModelError
from formcheck.estimators import model_files
from formcheck.estimators.task_bundle import BUNDLE_SHA256
from formcheck.exchange.materials import bill_of_materials
from formcheck.exchange.materials.distributions import normalised
from formcheck.exchange.materials.natives import natives_of

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WORD = re.compile(r"^[A-Za-z0-9][\w.-]*")


@pytest.fixture(scope="module")
def bill():
    """Return the bill of this installation."""
    return bill_of_materials()


def parts(bill):
    """Return every component, those inside of others too."""
    return [part for one in bill["components"] for part in (one, *one.get("components", []))]


def licence(part):
    """Return the licence of a component as one text."""
    said = part.get("licenses", [{}])[0]
    return said.get("expression") or said.get("license", {}).get("name", "")


def test_it_is_valid_cyclonedx(bill):
    """CycloneDX's own schema takes it, without a network."""
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None


def test_every_library_that_is_asked_for_is_in_it(bill):
    """Each dependency of pyproject.toml, with a version and a licence; nothing for tests alone."""
    versions = {one["name"]: one["version"] for one in bill["components"]}
    for requirement in PROJECT["dependencies"]:
        assert versions[normalised(WORD.match(requirement)[0])]
    assert {"pytest", "ruff", "hypothesis", "cyclonedx-python-lib"}.isdisjoint(versions)
    assert [one["name"] for one in bill["components"] if not licence(one)] == []


def test_every_dependency_leads_somewhere(bill):
    """What is needed by name is there, and no address twice."""
    addresses = [part["bom-ref"] for part in parts(bill)]
    assert len(set(addresses)) == len(addresses)
    root = bill["metadata"]["component"]["bom-ref"]
    for one in bill["dependencies"]:
        assert {one["ref"], *one["dependsOn"]} <= {*addresses, root}
    (own,) = (one["dependsOn"] for one in bill["dependencies"] if one["ref"] == root)
    assert "model:pose-landmarker-full" in own


def test_native_libraries_inside_of_wheels_are_named_with_their_hashes(bill):
    """PyAV's x264 is there as GPL; each library has the SHA-256 of its file."""
    natives = [part for part in parts(bill) if part["bom-ref"].startswith("native:")]
    x264 = [part for part in natives if part["name"] == "x264"]
    assert [licence(part) for part in x264] == ["GPL-2.0-or-later"] * len(x264)
    assert all(len(part["hashes"][0]["content"]) == 64 for part in natives)


class Wheel:
    """A distribution of which only the name matters."""

    def __init__(self, name):
        self.name = name


@pytest.mark.parametrize(
    ("wheel", "path", "found"),
    [
        ("av", "av.libs/libx264-d6533a8d.so.165", ("x264", "165", "GPL-2.0-or-later")),
        ("av", "av/.dylibs/libavcodec.62.28.dylib", ("avcodec", "62.28", "LGPL-3.0-or-later")),
        ("av", "av.libs/avcodec-62.dll", ("avcodec", "62", "LGPL-3.0-or-later")),
        (
            "opencv-contrib-python",
            "o.libs/libavutil-9a3cc128.so.61.1.102",
            ("avutil", "61.1.102", "LGPL-2.1-or-later"),
        ),
        ("numpy", "n.libs/libopenblas-32a4b2a6.so", ("openblas", "", "BSD-3-Clause")),
        ("new", "new.libs/libunheard-12345678.so.1", ("unheard", "1", "")),
    ],
)  # fmt: skip
def test_names_of_native_libraries_are_read(wheel, path, found):
    """Name, version and licence of Linux, macOS and Windows; an unknown licence stays unknown."""
    (native,) = natives_of(Wheel(wheel), {path: "ab" * 32})
    assert (native.name, native.version, native.licence) == found


def test_a_modules_own_extension_is_no_library_of_its_own():
    """What Python imports is part of its distribution."""
    assert natives_of(Wheel("av"), {"av/codec/codec.cpython-311-x86_64-linux-gnu.so": ""}) == []


def test_the_model_is_in_it_by_its_checksum(bill, monkeypatch):
    """The hash of the file that would be used; where there is none, of the one that is expected."""
    (model,) = (one for one in bill["components"] if one["type"] == "machine-learning-model")
    assert licence(model) == "Apache-2.0"
    assert model["hashes"] == [{"alg": "SHA-256", "content": BUNDLE_SHA256}]

    def nowhere(_explicit=None):
        raise ModelError("none")

    monkeypatch.setattr(model_files, "find", nowhere)
    (model,) = (c for c in bill_of_materials()["components"] if "model" in c["bom-ref"])
    assert {"name": "formcheck:state", "value": "not there"} in model["properties"]


def test_notice_names_every_library_that_is_asked_for():
    """Dependencies and extras, by name."""
    extras = [
        one for name in ("parquet", "exchange") for one in PROJECT["optional-dependencies"][name]
    ]
    names = [WORD.match(requirement)[0] for requirement in (*PROJECT["dependencies"], *extras)]
    known_as = {"av": "PyAV", "opencv-contrib-python": "opencv-contrib-python"}
    assert [n for n in names if known_as.get(n, n).lower() not in NOTICE.lower()] == []


def test_notice_names_everything_that_is_not_permissive(bill):
    """Whatever the bill lists under GPL, LGPL or MPL alone is in NOTICE."""
    families = {"Qt5": "Qt 5", "av": "FFmpeg", "sw": "FFmpeg"}
    for part in parts(bill):
        one_of = licence(part).split(" OR ")
        is_permissive = any(not re.search("GPL|MPL", one) for one in one_of)
        if not is_permissive:
            start = next((f for f in families if part["name"].startswith(f)), None)
            name = families[start] if start else part["name"]
            assert name.lower() in NOTICE.lower(), part["name"]


def test_the_command_asks_no_network(tmp_path, monkeypatch):
    """With every socket refused it writes its file."""

    def refused(*_arguments, **_named):
        raise AssertionError("it asked for a socket")

    monkeypatch.setattr(socket, "socket", refused)
    done = CliRunner().invoke(app, ["sbom", "--out", str(tmp_path / "f.cdx.json")])
    assert done.exit_code == 0, done.output
    bill = json.loads((tmp_path / "f.cdx.json").read_text(encoding="utf-8"))
    assert f"{len(parts(bill))} components" in done.output
