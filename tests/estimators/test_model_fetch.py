"""Fetching from a server on this machine that can break, forget and lie."""

import errno
import http.server
import re
import threading

import pytest

from formcheck.errors import ModelError
from formcheck.estimators import download, model_fetch
from formcheck.estimators.download import Address
from formcheck.estimators.model_fetch import fetch
from tests.estimators import tiny_model

WHEEL = tiny_model.wheel()
SHA256 = tiny_model.sha256(WHEEL)


class Server(http.server.ThreadingHTTPServer):
    """Serves the wheel; notes the ranges that were asked for."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.ranges = []
        self.breaks_after = []  # bytes after which each coming answer ends; then all is well
        self.knows_ranges = True
        self.status = 200
        self.content = WHEEL

    @property
    def url(self):
        """Where the wheel is."""
        return f"http://127.0.0.1:{self.server_port}/tiny.whl"


class Handler(http.server.BaseHTTPRequestHandler):
    """One answer."""

    def do_GET(self):
        """Answer with the wheel or its rest."""
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(asked.group(1)) if asked and self.server.knows_ranges else 0
        self.server.ranges.append(int(asked.group(1)) if asked else None)
        if self.server.status != 200 or start >= len(self.server.content):
            self.send_error(self.server.status if self.server.status != 200 else 416)
            return
        rest = self.server.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        n_bytes = self.server.breaks_after.pop(0) if self.server.breaks_after else len(rest)
        self.wfile.write(rest[:n_bytes])

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def server(monkeypatch):
    """Return a running server; pip is not asked for its settings."""
    monkeypatch.setattr(download, "_pip_setting", lambda _name: "")
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def destination(tmp_path):
    """Return where the model is wanted, in a folder that does not exist yet."""
    return tmp_path / "new" / "pose.task"


def run(server, destination, sha256=SHA256, **options):
    """Fetch the tiny model from the server."""
    return fetch(
        destination,
        recipe=tiny_model.RECIPE,
        locate=lambda _: Address(server.url, sha256),
        **options,
    )


def test_the_model_is_downloaded_built_and_alone(server, destination):
    """Progress reaches the total, and nothing but the model is left."""
    steps = []
    assert run(server, destination, progress=lambda *step: steps.append(step)) == destination
    assert destination.read_bytes() == tiny_model.BUNDLE
    assert steps[0] == (0, len(WHEEL))
    assert steps[-1] == (len(WHEEL), len(WHEEL))
    assert list(destination.parent.iterdir()) == [destination]


def test_a_broken_connection_is_taken_up_where_it_broke(server, destination):
    """However often it breaks, as long as something comes each time, one call will do."""
    server.breaks_after = [100, 50, 50, 50, 50]
    run(server, destination)
    assert server.ranges == [None, 100, 150, 200, 250, 300]
    assert destination.read_bytes() == tiny_model.BUNDLE


def test_the_next_call_goes_on_from_what_came(server, destination):
    """After a failure the message says so, and no byte is fetched twice."""
    server.breaks_after = [100, 0, 0]  # three in a row that bring nothing more
    with pytest.raises(ModelError, match=r"ended after 100 of .*0\.0 MB are here.*goes on from"):
        run(server, destination)
    assert not destination.exists()
    run(server, destination)
    assert server.ranges[-1] == 100
    assert destination.read_bytes() == tiny_model.BUNDLE


def test_a_server_without_ranges_starts_again(server, destination):
    """What it sends is not added to what is here."""
    server.knows_ranges = False
    server.breaks_after = [100]
    run(server, destination)
    assert server.ranges == [None, 100]
    assert destination.read_bytes() == tiny_model.BUNDLE


def test_a_complete_part_is_used(server, destination):
    """A call that ended between the last byte and the building loses nothing."""
    destination.parent.mkdir()
    destination.with_name("pose.task.wheel.part").write_bytes(WHEEL)
    run(server, destination)
    assert destination.read_bytes() == tiny_model.BUNDLE


def test_a_wrong_checksum_removes_the_download(server, destination):
    """Going on from damaged bytes would never end."""
    server.content = bytes(len(WHEEL))
    with pytest.raises(ModelError, match=f"expected SHA-256 {SHA256}, got .* has been removed"):
        run(server, destination)
    assert list(destination.parent.iterdir()) == []


def test_without_a_checksum_the_networks_still_have_theirs(server, destination):
    """An index that gives none cannot bring in anything else."""
    server.content = tiny_model.wheel({"pose_detector.tflite": b"x"})
    with pytest.raises(ModelError, match=r"pose_detector\.tflite: expected SHA-256"):
        run(server, destination, sha256=None)
    assert list(destination.parent.iterdir()) == []  # or the next call would go on from it
    server.content = WHEEL
    assert run(server, destination, sha256=None).read_bytes() == tiny_model.BUNDLE


@pytest.mark.parametrize(("status", "n_requests"), [(404, 1), (403, 1), (503, 3)])
def test_a_refusal_is_reported(server, destination, status, n_requests):
    """What may pass is tried again; both ways out are named."""
    server.status = status
    with pytest.raises(ModelError, match=f"download failed: HTTP Error {status}") as caught:
        run(server, destination)
    assert len(server.ranges) == n_requests
    assert "formcheck models fetch --from FILE" in str(caught.value)
    assert "pip download tiny==1.0" in str(caught.value)


def test_offline_says_both_ways_out(server, destination):
    """Nobody listens: the message is one that a person can act on."""
    url = server.url
    server.server_close()
    with pytest.raises(ModelError, match=r"Connection refused[\s\S]*--from FILE"):
        fetch(destination, recipe=tiny_model.RECIPE, locate=lambda _: Address(url, None))


def test_a_full_disk_is_said_to_be_full(server, destination, monkeypatch):
    """It is not taken for a bad connection."""

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(download, "_receive", full)
    with pytest.raises(ModelError, match="the disk is full"):
        run(server, destination)
    assert len(server.ranges) == 1


def test_a_folder_that_may_not_be_written_is_not_a_bad_connection(server, destination, monkeypatch):
    """One request, and the message names the file."""

    def refused(_response, part, *_):
        raise PermissionError(errno.EACCES, "Permission denied", str(part))

    monkeypatch.setattr(download, "_receive", refused)
    with pytest.raises(ModelError, match=r"cannot write the download to .*part: Permission denied"):
        run(server, destination)
    assert len(server.ranges) == 1


def test_a_local_folder_of_wheels_will_do(tmp_path, destination, monkeypatch):
    """Pip may name a file on this machine."""
    monkeypatch.setattr(download, "_pip_setting", lambda _name: "")
    path = tmp_path / "tiny.whl"
    path.write_bytes(WHEEL)
    fetch(destination, recipe=tiny_model.RECIPE, locate=lambda _: Address(path.as_uri(), SHA256))
    assert destination.read_bytes() == tiny_model.BUNDLE


def unreachable(_requirement):
    """Stand for pip where nothing may be downloaded."""
    raise AssertionError("went online")


@pytest.mark.parametrize("content", [WHEEL, tiny_model.BUNDLE], ids=["wheel", "model"])
def test_a_file_from_elsewhere_needs_no_connection(tmp_path, destination, content):
    """The wheel and the finished model both do, whatever their names."""
    path = tmp_path / "brought"
    path.write_bytes(content)
    fetch(destination, from_file=path, recipe=tiny_model.RECIPE, locate=unreachable)
    assert destination.read_bytes() == tiny_model.BUNDLE


def test_a_wrong_file_from_elsewhere_is_refused(tmp_path, destination):
    """The message says what would have been right."""
    path = tmp_path / "brought"
    path.write_bytes(b"something")
    with pytest.raises(ModelError, match=r"brought: expected the finished model or the wheel of"):
        fetch(destination, from_file=path, recipe=tiny_model.RECIPE, locate=unreachable)
    with pytest.raises(ModelError, match="expected to read"):
        fetch(destination, from_file=tmp_path / "no", recipe=tiny_model.RECIPE)
    assert not destination.exists()


def test_a_model_that_is_there_is_left_alone(destination):
    """Fetching twice costs nothing."""
    destination.parent.mkdir()
    destination.write_bytes(tiny_model.BUNDLE)
    assert fetch(destination, recipe=tiny_model.RECIPE, locate=unreachable) == destination


def test_a_damaged_model_is_replaced_and_another_is_not(server, destination):
    """A model that somebody chose is not overwritten."""
    destination.parent.mkdir()
    destination.write_bytes(tiny_model.BUNDLE[:100])
    run(server, destination)
    assert destination.read_bytes() == tiny_model.BUNDLE
    with pytest.raises(ModelError, match="expected no other model"):
        fetch(destination, recipe=tiny_model.OTHER_RECIPE, locate=unreachable)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    """A file stands where a folder is needed."""
    (tmp_path / "file").touch()
    path = tmp_path / "brought"
    path.write_bytes(tiny_model.BUNDLE)
    with pytest.raises(ModelError, match="cannot write the model"):
        fetch(tmp_path / "file" / "x.task", from_file=path, recipe=tiny_model.RECIPE)


def test_a_read_only_disk_is_named(tmp_path, monkeypatch):
    """There, removing what was not written fails as well."""
    (tmp_path / "file").touch()
    path = tmp_path / "brought"
    path.write_bytes(tiny_model.BUNDLE)
    monkeypatch.setattr(model_fetch, "temporary_beside", lambda _: tmp_path / "file" / "x")
    with pytest.raises(ModelError, match="cannot write the model to"):
        fetch(tmp_path / "x.task", from_file=path, recipe=tiny_model.RECIPE)
