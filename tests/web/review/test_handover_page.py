"""Files are opened and given back in the page, as on the command line: new, once, and never run."""

import json
import os
import time
import zipfile

import pytest

from formcheck.handover import open_file, save, sealing
from formcheck.prescription.made import with_facts
from formcheck.recordings import prescription_file
from formcheck.store import Store
from formcheck.web import waiting_files
from formcheck.web.handing_over import LARGEST_FILE_BYTES
from formcheck.web.review.handover_page import FILE
from tests.handover.made_up import SCRIPT, correction, fill, session
from tests.robin import PLAN, ROBIN, prescribe
from tests.web.review.serving import served_review

PASSPHRASE = "correct horse"


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch):
    """Derive keys quickly: how much a guess costs is tested elsewhere."""
    monkeypatch.setattr(sealing.SealingWriter.__init__, "__defaults__", (14,))


@pytest.fixture
def theirs(tmp_path):
    """Return the patient's store, with everything in it."""
    with Store.open(tmp_path / "patient") as store:
        fill(store)
        yield store


@pytest.fixture
def server(tmp_path):
    """Return the therapist's pages over an empty store."""
    with Store.open(tmp_path / "therapist") as store, served_review(store) as running:
        running.store = store
        yield running


def given(store, tmp_path, passphrase=None):
    """Return a file that the patient has saved, as bytes."""
    path = tmp_path / f"{time.monotonic_ns()}.formcheck"
    save(store, ROBIN, path, passphrase=passphrase)
    return path.read_bytes()


def sent(server, contents, status=200):
    """Send a file as the page does, and return the answer."""
    headers = {
        "Origin": f"http://127.0.0.1:{server.port}",
        "Content-Type": "application/octet-stream",
    }
    got, _, body = server.request(FILE, "POST", contents, headers)
    assert got == status, body
    return json.loads(body)


def asked(server, what, file, status=200, name="robin.formcheck", **given):
    """Post something about a file that was sent, and return the answer."""
    value = {"id": file["id"], "name": name, **given}
    got, _, body = server.post(f"/api/review/handover/{what}", value)
    assert got == status, body
    return json.loads(body)


def waiting(server):
    """Return the files that wait beside the store."""
    return list(server.store.folder.glob(".handover-*/*"))


def test_a_file_is_looked_at_and_then_taken_over_once(theirs, server, tmp_path):
    """What was new is listed; opened again, nothing is; the file itself is gone."""
    contents = given(theirs, tmp_path)
    file = sent(server, contents)
    assert not file["needs_passphrase"]
    looked = asked(server, "look", file)
    assert (looked["person"], looked["is_known"]) == (ROBIN, False)
    assert looked["n_sessions"] == len(theirs.sessions(ROBIN))
    assert server.store.people == ()
    told = asked(server, "open", file, person=ROBIN)
    assert f"{looked['n_sessions']} new sessions" in told["says"]
    assert told["conflicts"] == []
    assert any("the prescription is now revision" in one for one in told["says"])
    assert server.store.sessions(ROBIN) == theirs.sessions(ROBIN)
    again = asked(server, "open", sent(server, contents), person=ROBIN)
    assert again["says"] == ["nothing new: everything in it was here already"]
    assert waiting(server) == []


def test_a_passphrase_opens_it_and_another_one_does_not(theirs, server, tmp_path):
    """It stands in no answer, and the file waits for the right one."""
    file = sent(server, given(theirs, tmp_path, PASSPHRASE))
    assert file["needs_passphrase"]
    wrong = asked(server, "look", file, 422, passphrase="wrong enough")
    assert "wrong enough" not in wrong["says"]
    assert "robin.formcheck" in asked(server, "open", file, 422, person=ROBIN)["says"]
    asked(server, "look", file, passphrase=PASSPHRASE)
    assert asked(server, "open", file, passphrase=PASSPHRASE, person=ROBIN)["says"]


def test_a_person_is_called_otherwise_here(theirs, server, tmp_path):
    """Two who are called alike at home do not become one."""
    file = sent(server, given(theirs, tmp_path))
    assert asked(server, "open", file, person="robin of the hill")["person"] == "robin of the hill"
    assert [one.pseudonym for one in server.store.people] == ["robin of the hill"]


def test_a_prescription_of_here_is_left_until_it_is_said_otherwise(theirs, server, tmp_path):
    """Told as a conflict; then it counts from here on."""
    prescribe(server.store, with_facts(PLAN, notes="made here"))
    file = sent(server, given(theirs, tmp_path))
    told = asked(server, "open", file, person=ROBIN)
    assert any("prescription" in one for one in told["conflicts"])
    assert "made here" in server.store.prescription(ROBIN).toml
    told = asked(server, "open", file, person=ROBIN, prescription_next=True)
    assert told["conflicts"] == []
    assert server.store.prescription(ROBIN).toml == theirs.prescription(ROBIN).toml


def test_a_prescription_alone_is_opened(server):
    """It becomes the next revision; a text that is none is refused by its name."""
    text = prescription_file.written(PLAN).encode()
    name = "robin.prescription.toml"
    file = sent(server, text)
    looked = asked(server, "look", file, name=name)
    assert (looked["person"], looked["is_prescription"]) == (ROBIN, True)
    bad = sent(server, b"goal = ")
    assert name in asked(server, "look", bad, 422, name=name)["says"]


@pytest.mark.parametrize(
    "contents",
    [b"", b"PK\x03\x04 and no zip", b"MZ" + bytes(1000), b"formcheck sealed 1\n" + b"x" * 40],
)
def test_what_is_no_hand_over_file_is_refused_with_its_reason(server, contents):
    """Damaged or foreign: nothing is taken over, and no path of this computer is said."""
    file = sent(server, contents)
    given = {"passphrase": PASSPHRASE} if file["needs_passphrase"] else {}
    for what in ("look", "open"):
        says = asked(server, what, file, 422, person=ROBIN, **given)["says"]
        assert "robin.formcheck" in says
        assert str(server.store.folder) not in says
    assert server.store.people == ()


def test_a_bomb_is_refused_unread(server, tmp_path):
    """A zip that unpacks to far more than it is."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", bytes(50 << 20))
    asked(server, "open", sent(server, path.read_bytes()), 422, person=ROBIN)
    assert server.store.people == ()


def test_scripts_in_a_file_stay_text(theirs, server, tmp_path):
    """In comments of corrections, on every page of the person."""
    record = session(7)
    theirs.take_in(record)
    theirs.add_correction(correction(record.id, comment=SCRIPT))
    asked(server, "open", sent(server, given(theirs, tmp_path)), person=ROBIN)
    for path in (f"/people/{ROBIN}", f"/people/{ROBIN}/give-back", "/handover"):
        status, _, body = server.request(path)
        assert status == 200
        assert b"<script>alert" not in body


def test_a_file_that_is_too_large_or_has_no_room_is_refused(server, monkeypatch):
    """Before it is read."""
    headers = {
        "Origin": f"http://127.0.0.1:{server.port}",
        "Content-Length": str(LARGEST_FILE_BYTES + 1),
    }
    assert server.request(FILE, "POST", b"", headers)[0] == 413
    monkeypatch.setattr(waiting_files, "_RESERVE_BYTES", 1 << 60)
    assert "free some space" in sent(server, b"PK", 422)["says"]
    assert waiting(server) == []


def test_only_what_was_sent_can_be_asked_about(server):
    """No name leads out of the folder, and only a few files wait."""
    for name in ("../formcheck.sqlite", "", ".", "x" * 40):
        assert "choose it again" in asked(server, "look", {"id": name}, 422)["says"]
    assert server.request("/handover/..%2Fformcheck.sqlite/a.formcheck")[0] in {404, 422}
    files = [sent(server, b"PK\x03\x04") for _ in range(waiting_files.MOST_WAITING + 2)]
    assert len(waiting(server)) <= waiting_files.MOST_WAITING
    assert "no readable archive" in asked(server, "look", files[-1], 422)["says"]


def test_a_file_is_given_back_and_opens_on_the_other_side(theirs, server, tmp_path):
    """Encrypted with the passphrase; fetched once; theirs has what was corrected here."""
    asked(server, "open", sent(server, given(theirs, tmp_path)), person=ROBIN)
    made_here = with_facts(PLAN, notes="from the therapist")
    prescribe(server.store, made_here)
    address = f"/api/review/people/{ROBIN}/handover"
    status, _, body = server.post(address, {"passphrase": PASSPHRASE})
    ready = json.loads(body)
    assert (status, ready["is_open"]) == (200, False)
    fetched = f"/handover/{ready['id']}/robin.formcheck"
    status, headers, contents = server.request(fetched)
    assert status == 200
    assert headers["Content-Disposition"] == 'attachment; filename="robin.formcheck"'
    assert contents.startswith(sealing.MAGIC)
    assert server.request(fetched)[0] == 422
    back = tmp_path / "back.formcheck"
    back.write_bytes(contents)
    open_file(theirs, back, PASSPHRASE)
    assert "from the therapist" in theirs.prescription(ROBIN).toml


def test_what_cannot_be_given_back_is_said(server):
    """Nobody of that name; a passphrase that is too short; nothing is left lying about."""
    status, _, body = server.post("/api/review/people/nobody/handover", {})
    assert (status, b"does not know" in body) == (422, True)
    server.store.take_in(session(1))
    status, _, body = server.post(f"/api/review/people/{ROBIN}/handover", {"passphrase": "short"})
    assert (status, b"8 characters" in body) == (422, True)
    assert waiting(server) == []


def test_what_a_killed_run_left_behind_is_removed_after_a_day(server):
    """And only then: another formcheck may be at it."""
    old, new = (server.store.folder / f".handover-{name}" for name in ("old", "new"))
    for path in (old, new):
        path.mkdir()
    day_ago = time.time() - 25 * 3600
    os.utime(old, (day_ago, day_ago))
    sent(server, b"PK\x03\x04")
    assert (old.exists(), new.exists()) == (False, True)
