"""My page gives a file to the therapist, and opens what the therapist gave, in their own words."""

import json
from datetime import UTC, datetime, time

import pytest

from formcheck.cli.prescribed import programme_of
from formcheck.handover import open_file, save, sealing
from formcheck.prescription.made import with_facts
from formcheck.recordings import prescription_file
from formcheck.store import Store
from formcheck.web.my_exchange import ADDRESS, UPLOADS
from formcheck.web.security import CONTENT_SECURITY_POLICY
from tests.handover.made_up import correction, session
from tests.robin import PLAN, ROBIN, day, prescribe
from tests.web.serving import served
from tests.web.test_my_page import page_on, shown, words

PASSPHRASE = "correct horse"
(FILE,) = UPLOADS


@pytest.fixture(autouse=True)
def cheap_guesses(monkeypatch):
    """Derive keys quickly: how much a guess costs is tested elsewhere."""
    monkeypatch.setattr(sealing.SealingWriter.__init__, "__defaults__", (14,))


@pytest.fixture
def therapist(tmp_path):
    """Return the therapist's store."""
    with Store.open(tmp_path / "therapist") as store:
        yield store


def newest_in(store):
    """Return what gives the prescription of a store, as the command line does."""
    return lambda today: programme_of(store, None, None, today)


def sent(server, contents, status=200):
    """Send a file as the page does, and return the answer."""
    headers = {
        "Origin": f"http://127.0.0.1:{server.port}",
        "Content-Type": "application/octet-stream",
    }
    got, _, body = server.request(FILE, "POST", contents, headers)
    assert got == status, body
    return json.loads(body)


def asked(server, what, value, status=200, language="en"):
    """Post something about a file, and return the answer."""
    got, _, body = server.post(f"{ADDRESS}/{what}?language={language}", value)
    assert got == status, body
    return json.loads(body)


def fetched(server, ready):
    """Return a file that was saved, as it is downloaded."""
    status, headers, body = server.request(f"/me/handover/{ready['id']}/robin.formcheck")
    assert (status, headers["Content-Security-Policy"]) == (200, CONTENT_SECURITY_POLICY)
    return body


def test_there_and_back_without_a_server_between_them(tmp_path, therapist):
    """The therapist has the session; the patient the new plan with its seal, and the notes."""
    line = session()

    def fill(store):
        store.take_in(line)

    with page_on(1, tmp_path / "patient", fill=fill) as (server, store):
        ready = asked(server, "save", {"passphrase": PASSPHRASE})
        there = tmp_path / "robin.formcheck"
        there.write_bytes(fetched(server, ready))
        open_file(therapist, there, PASSPHRASE)
        assert therapist.has_session(line.id)
        therapist.add_correction(correction(line.id))
        prescribe(therapist, with_facts(PLAN, notes="go on"))
        back = tmp_path / "back.formcheck"
        save(therapist, ROBIN, back, passphrase=PASSPHRASE)

        file = {**sent(server, back.read_bytes()), "name": "back.formcheck"}
        assert file.pop("needs_passphrase")
        file["passphrase"] = PASSPHRASE
        assert asked(server, "look", file)["about"].startswith("A file about robin, saved on ")
        told = asked(server, "open", file, language="de")
        assert told["says"][0] == "Sie haben einen neuen Plan."
        assert told["says"][1].startswith("Er hat kein Siegel.")
        assert told["says"][3] == (
            "Ihr Therapeut hat angesehen, was Sie geübt haben: 1 neue Notiz."
        )
        assert "go on" in store.prescription(ROBIN).toml
        assert store.corrections(line.id) == therapist.corrections(line.id)
        again = {**sent(server, back.read_bytes()), "name": "b.formcheck", "passphrase": PASSPHRASE}
        del again["needs_passphrase"]
        assert asked(server, "open", again)["says"] == [
            "There is nothing new in it. You have it all."
        ]


def test_a_plan_alone_is_opened_under_the_own_name(tmp_path):
    """Whatever the therapist calls them: it is looked at first, then it is theirs."""
    with page_on(1, tmp_path) as (server, store):
        plan = with_facts(PLAN, person="R 17", notes="new")
        file = {**sent(server, prescription_file.written(plan).encode()), "name": "plan.toml"}
        del file["needs_passphrase"]
        about = asked(server, "look", file, language="fr")["about"]
        assert about == "Un programme pour R 17. Est-il pour vous ?"
        assert asked(server, "open", file)["says"][0] == "You have a new plan."
        assert [one.pseudonym for one in store.people] == [ROBIN]
        assert "new" in store.prescription(ROBIN).toml


def test_a_plan_that_was_changed_at_home_is_left_until_it_is_said_otherwise(tmp_path, therapist):
    """Told, and then followed."""
    with page_on(1, tmp_path / "patient") as (server, store):
        prescribe(therapist, PLAN)
        prescribe(therapist, with_facts(PLAN, notes="of the therapist"))
        prescribe(store, with_facts(PLAN, notes="at home"))
        path = tmp_path / "back.formcheck"
        save(therapist, ROBIN, path)
        file = {**sent(server, path.read_bytes()), "name": "back.formcheck"}
        del file["needs_passphrase"]
        told = asked(server, "open", file)
        assert told["can_follow"]
        assert "at home" in store.prescription(ROBIN).toml
        asked(server, "open", {**file, "prescription_next": True})
        assert "of the therapist" in store.prescription(ROBIN).toml


def test_what_is_no_file_of_formcheck_changes_nothing(tmp_path):
    """Refused with its reason; another passphrase as well."""
    with page_on(1, tmp_path) as (server, store):
        before = store.audit_trail()
        for contents in (b"", b"PK\x03\x04", b"<script>alert(1)</script>"):
            file = {**sent(server, contents), "name": "x.formcheck"}
            del file["needs_passphrase"]
            assert "x.formcheck" in asked(server, "open", file, 422)["says"]
        assert asked(server, "save", {"passphrase": "short"}, 422)
        assert store.audit_trail() == before


def test_the_page_offers_both_in_its_language(tmp_path):
    """With what is said where it does not work."""
    with page_on(1, tmp_path) as (server, _):
        assert "Give a file to my therapist" in words(shown(server))
        assert "Öffnen, was mir mein Therapeut gab" in words(shown(server, "de"))


def test_who_has_no_plan_yet_opens_the_first_one(tmp_path):
    """There is a page for it, and nothing to give; the name is the one in the file."""
    noon = datetime.combine(day(3), time(12), UTC)
    with (
        Store.open(tmp_path) as store,
        served(tmp_path, opened=store, wall=noon.timestamp, prescribed=newest_in(store)) as server,
    ):
        server.open()
        text = words(shown(server))
        assert "There is no plan for you yet." in text
        assert "Open what my therapist gave me" in text
        assert "Give a file to my therapist" not in text
        asked(server, "save", {}, 422)
        outcome = {"measure": "pain_0_100", "value": 3}
        assert server.post("/api/me/outcomes", outcome)[0] == 422
        assert json.loads(server.request("/api/state")[2])["has_my_page"]
        file = {**sent(server, prescription_file.written(PLAN).encode()), "name": "plan.toml"}
        del file["needs_passphrase"]
        told = asked(server, "open", file)["says"]
        assert told[0] == "You have a new plan."
        assert told[-1] == "You follow it from now on."
        assert store.prescription(ROBIN).revision == 1
        state = json.loads(server.request("/api/state")[2])
        assert state["person"] == ROBIN
        due = [one.exercise for one in PLAN.session_on(day(3)).items]
        assert [one["exercise_id"] for one in state["plan"]] == due
        assert "Give a file to my therapist" in words(shown(server))
