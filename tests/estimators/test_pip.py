"""What pip is asked, and what is made of its answers and settings."""

import subprocess

import pytest

from formcheck.errors import ModelError
from formcheck.estimators import download
from formcheck.estimators.download import Address

REPORT = '{"install": [{"download_info": {"url": "file:///x.whl", "archive_info": %s}}]}'


@pytest.mark.parametrize(
    ("archive", "sha256"), [('{"hashes": {"sha256": "abc"}}', "abc"), ("{}", None)]
)
def test_pip_tells_where_the_wheel_is(monkeypatch, archive, sha256):
    """Its report is read; a checksum may be missing from it."""
    calls = []

    def pip(*arguments):
        calls.append(arguments)
        return subprocess.CompletedProcess([], 0, REPORT % archive, "")

    monkeypatch.setattr(download, "_pip", pip)
    assert download.locate("tiny==1.0") == Address("file:///x.whl", sha256)
    assert {"--dry-run", "--no-user", "--report", "tiny==1.0"} <= set(calls[0])


@pytest.mark.parametrize(
    ("stderr", "message"),
    [
        ("/usr/bin/python: No module named pip\n", "-m ensurepip"),
        ("WARNING: retrying\nERROR: No matching distribution\nmore", "got: ERROR: No matching"),
        ("WARNING: Retrying (Retry(total=0))\nERROR: No match", "got: no connection .* No match"),
        ("", "it says nothing"),
    ],
)
def test_without_an_answer_of_pip_there_is_advice(monkeypatch, stderr, message):
    """Pip may be missing, or have no connection."""
    answer = subprocess.CompletedProcess([], 1, "", stderr)
    monkeypatch.setattr(download, "_pip", lambda *_: answer)
    with pytest.raises(ModelError, match=message) as caught:
        download.locate("tiny==1.0")
    assert "--from FILE" in str(caught.value)


def test_the_certificates_of_pip_are_used(monkeypatch, tmp_path):
    """The variable comes first; a file without certificates is not passed over."""
    path = tmp_path / "certificates.pem"
    path.write_text("none\n")
    monkeypatch.setenv("PIP_CERT", str(path))
    monkeypatch.setenv("PIP_PROXY", "http://127.0.0.1:9")
    with pytest.raises(OSError, match=r"PEM|certificate|X509"):
        download._opener()
    path.unlink()
    monkeypatch.delenv("PIP_CERT")
    asked = subprocess.CompletedProcess([], 1, "", "")
    monkeypatch.setattr(download, "_pip", lambda *_: asked)
    proxies = [
        handler.proxies for handler in download._opener().handlers if hasattr(handler, "proxies")
    ]
    assert proxies == [{"http": "http://127.0.0.1:9", "https": "http://127.0.0.1:9"}]


def test_pip_itself_is_there():
    """The real pip of this environment answers."""
    assert download._pip("--version").stdout.startswith("pip ")


@pytest.mark.parametrize("setting", ["PIP_VERBOSE", "PIP_QUIET"])
def test_how_talkative_pip_is_changes_nothing(monkeypatch, tmp_path, setting):
    """What pip says of its files is not taken for a setting, and a setting is not kept back."""
    path = tmp_path / "pip.conf"
    path.write_text("[global]\nproxy = http://127.0.0.1:9\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(path))
    monkeypatch.delenv("PIP_PROXY", raising=False)
    monkeypatch.setenv(setting, "2")
    assert download._pip_setting("proxy") == "http://127.0.0.1:9"
    assert download._pip_setting("no-such-thing") == ""
