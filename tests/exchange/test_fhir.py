"""The FHIR bundle of a person."""

import base64
import dataclasses
import json
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fhir.resources.R4B.bundle import Bundle
from hypothesis import HealthCheck, given, settings

from formcheck.errors import OutputError
from formcheck.exchange.fhir import bundle_of, write_bundle
from formcheck.exchange.span import Span
from formcheck.exercises.library import load_all
from formcheck.exercises.plain import OWN_PREFIX
from formcheck.prescription.model import PlannedSession
from formcheck.prescription.pain import Moment
from formcheck.prescription.questionnaires import roland_morris
from formcheck.prescription.seal import sealed
from formcheck.store import OutcomeScore, PainRating, Store
from tests.exchange.made_up import BEGAN, session
from tests.exchange.test_tables import said
from tests.prescription.prescriptions import item
from tests.robin import PLAN, ROBIN, prescribe
from tests.store.made_up import SESSIONS

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


def resources(bundle, kind):
    """Return the resources of a kind."""
    return [
        entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind
    ]


def observations(bundle, code):
    """Return the observations with a code."""
    found = resources(bundle, "Observation")
    return [one for one in found if one["code"]["coding"][0]["code"] == code]


def component(observation, code):
    """Return the one part of an observation with a code."""
    (found,) = (
        part
        for part in observation["component"]
        if part["code"].get("coding", [{}])[0].get("code") == code
    )
    return found


def at(bundle, reference):
    """Return what a reference leads to."""
    (found,) = (e["resource"] for e in bundle["entry"] if e["fullUrl"] == reference["reference"])
    return found


def references(value):
    """Yield every reference of a value."""
    if isinstance(value, dict):
        if isinstance(value.get("reference"), str):
            yield value["reference"]
        for part in value.values():
            yield from references(part)
    elif isinstance(value, list):
        for part in value:
            yield from references(part)


@pytest.fixture(scope="module")
def bundle(kept):
    """Return Robin's bundle, for who only reads it."""
    return bundle_of(kept, ROBIN)


def test_it_is_valid_and_every_reference_leads_somewhere(bundle):
    """FHIR R4B takes it; each address is there once, and nothing refers to what is not there."""
    Bundle.model_validate(bundle)
    addresses = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(addresses)) == len(addresses)
    assert set(references(bundle)) <= set(addresses)
    assert all(e["fullUrl"] == f"urn:uuid:{e['resource']['id']}" for e in bundle["entry"])


def test_the_patient_is_a_pseudonym_and_nothing_else(bundle):
    """No name, no birth date, no address: an identifier of this store alone."""
    (patient,) = resources(bundle, "Patient")
    assert set(patient) == {"resourceType", "id", "identifier"}
    (identifier,) = patient["identifier"]
    assert identifier["value"] == ROBIN
    assert identifier["system"].startswith("urn:uuid:")


def test_the_same_pseudonym_elsewhere_is_somebody_else(bundle, kept, tmp_path):
    """Two Robins of two stores share no address; the same export again has the same ones."""
    with Store.open(tmp_path / "elsewhere") as other:
        prescribe(other)
        theirs = {entry["fullUrl"] for entry in bundle_of(other, ROBIN)["entry"]}
    mine = {entry["fullUrl"] for entry in bundle["entry"]}
    assert mine == {entry["fullUrl"] for entry in bundle_of(kept, ROBIN)["entry"]}
    assert not mine & theirs


def test_the_plan_asks_for_each_exercise_with_its_dose(bundle):
    """A request an exercise: its days, its dose in numbers and words; the plan holds them."""
    (plan,) = resources(bundle, "CarePlan")
    assert (plan["status"], plan["period"]["start"]) == ("active", str(PLAN.starts))
    requests = [at(bundle, activity["reference"]) for activity in plan["activity"]]
    asked = [one["code"]["coding"][0]["code"] for one in requests]
    assert asked == ["wall_angel", "glute_bridge"]
    dose = {part["url"]: part for part in requests[1]["extension"][0]["extension"]}
    assert (dose["sets"]["valueInteger"], dose["repetitions"]["valueInteger"]) == (1, 5)
    assert dose["rest"]["valueQuantity"]["value"] == 30.0
    assert requests[1]["patientInstruction"] == "1 set of 5 repetitions, 30 s of rest after each"
    repeat = requests[1]["occurrenceTiming"]["repeat"]
    assert (repeat["frequency"], len(repeat["dayOfWeek"])) == (7, 7)
    (goal,) = (at(bundle, one) for one in plan["goal"])
    assert goal["description"]["text"] == PLAN.goal


def test_an_exercise_of_the_clinics_own_has_its_name(store):
    """What a prescription brought along is called as it says."""
    bridge = load_all()["glute_bridge"]
    own = bridge.model_copy(update={"id": f"{OWN_PREFIX}lift", "name": "Cushion lift"})
    items = (item("glute_bridge").model_copy(update={"exercise": own.id}),)
    sessions = (PlannedSession(items=items),)
    prescribe(store, PLAN.model_copy(update={"own_exercises": (own,), "sessions": sessions}))
    bundle = bundle_of(store, ROBIN)
    (asked,) = (r for r in resources(bundle, "ServiceRequest") if r["status"] == "active")
    assert asked["code"]["text"] == "Cushion lift"


def test_a_set_is_an_observation_of_what_was_asked_for(bundle):
    """Repetitions and held time with unit and time, tied to their request, and their faults."""
    first, _ = observations(bundle, "repetitions")
    assert first["valueQuantity"]["value"] == 3
    assert first["effectivePeriod"]["start"] == "2026-03-02T08:30:12.500+00:00"
    request = at(bundle, first["basedOn"][0])
    assert request["code"]["coding"][0]["code"] == "glute_bridge"
    drops = component(first, "glute_bridge.drops")
    assert drops["valueQuantity"]["value"] == 1
    assert component(first, "repetitions-with-faults")["valueQuantity"]["value"] == 1
    held, _ = observations(bundle, "held-time")
    assert (held["valueQuantity"]["value"], held["valueQuantity"]["code"]) == (11.5, "s")
    assert at(bundle, held["basedOn"][0])["resourceType"] == "CarePlan"  # no request for a plank


def test_a_corrected_set_says_so_and_what_the_machine_counted(bundle):
    """The value is the corrected one; the status is amended; the machine's stands beside it."""
    plain, corrected = observations(bundle, "repetitions")
    assert (plain["status"], corrected["status"]) == ("final", "amended")
    assert corrected["valueQuantity"]["value"] == 2
    assert component(corrected, "repetitions-by-machine")["valueQuantity"]["value"] == 3
    assert component(corrected, "glute_bridge.uneven")["valueQuantity"]["value"] == 1
    assert component(corrected, "glute_bridge.drops")["valueQuantity"]["value"] == 0


def test_pain_is_loincs_and_a_feeling_alone_has_no_number(bundle):
    """0 to 10 as a score; where only a feeling was named the value is absent, and says so."""
    *rated, felt = observations(bundle, "72514-3")
    assert [one["valueQuantity"]["value"] for one in rated] == [3, 3]
    assert component(rated[0], "pain-moment")["valueCodeableConcept"]["text"] == "before"
    assert "valueQuantity" not in felt
    assert felt["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    (quality,) = (p for p in felt["component"] if p["code"]["text"].startswith("What kind"))
    assert quality["valueCodeableConcept"]["coding"][0]["code"] == "numb"


def test_roland_morris_has_its_answers_word_for_word(bundle):
    """The score leads to 24 answers in the published words, three of them yes."""
    (score,) = observations(bundle, "rmdq")
    response = at(bundle, score["derivedFrom"][0])
    texts = [item["text"] for item in response["item"]]
    assert texts == list(roland_morris().items)
    ticked = [i["linkId"] for i in response["item"] if i["answer"][0]["valueBoolean"]]
    assert ticked == ["1", "3", "24"]
    assert len(ticked) == score["valueQuantity"]["value"]
    (questionnaire,) = resources(bundle, "Questionnaire")
    assert questionnaire["url"] == response["questionnaire"]
    assert [item["text"] for item in questionnaire["item"]] == texts


def test_codes_are_published_ones_or_formchecks_own_and_explained(bundle):
    """Three published systems are used; every other code is explained within the bundle."""
    explained = {
        (system["url"], concept["code"])
        for system in resources(bundle, "CodeSystem")
        for concept in system["concept"]
    }
    published = {
        "http://loinc.org",
        "http://terminology.hl7.org/CodeSystem/observation-category",
        "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    }
    used = set(codings([e["resource"] for e in bundle["entry"]]))
    assert {system for system, _ in used if not system.startswith("urn:formcheck:")} == published
    assert {one for one in used if one[0].startswith("urn:formcheck:")} == explained


def codings(value):
    """Yield system and code of every coding."""
    if isinstance(value, dict):
        for coding in value.get("coding", []):
            yield coding["system"], coding["code"]
        for part in value.values():
            yield from codings(part)
    elif isinstance(value, list):
        for part in value:
            yield from codings(part)


def test_who_sealed_it_is_said_and_can_be_checked(store):
    """A whole seal gives a Provenance with the key, and the file that it is over, byte for byte."""
    prescribe(store, sealed(PLAN, "A. Therapist", KEY, date(2026, 3, 1)))
    bundle = bundle_of(store, ROBIN)
    Bundle.model_validate(bundle)
    (provenance,) = resources(bundle, "Provenance")
    newest = store.prescription(ROBIN)
    source = at(bundle, provenance["entity"][0]["what"])
    data = base64.b64decode(source["content"][0]["attachment"]["data"])
    assert data.decode() == newest.toml
    seal = {part["url"]: part["valueString"] for part in provenance["extension"][0]["extension"]}
    assert seal["public-key"] == KEY.public_key().public_bytes_raw().hex()
    assert at(bundle, provenance["agent"][0]["who"])["name"] == [{"text": "A. Therapist"}]
    assert provenance["occurredDateTime"] == "2026-03-01"
    plans = {plan["title"][-1]: plan for plan in resources(bundle, "CarePlan")}
    assert (plans["1"]["status"], plans["2"]["status"]) == ("revoked", "active")
    assert at(bundle, plans["2"]["replaces"][0]) == plans["1"]
    intents = {r["intent"] for r in resources(bundle, "ServiceRequest") if r["status"] == "active"}
    assert intents == {"order"}


def test_a_broken_seal_is_nobodys(store):
    """What was changed after it was sealed has no Provenance, and its plan says so."""
    whole = sealed(PLAN, "A. Therapist", KEY, date(2026, 3, 1))
    prescribe(store, whole.model_copy(update={"goal": "Another one"}))
    bundle = bundle_of(store, ROBIN)
    assert resources(bundle, "Provenance") == []
    plan = next(one for one in resources(bundle, "CarePlan") if one["title"].endswith("2"))
    assert plan["status"] == "unknown"
    assert "broken" in plan["note"][0]["text"]


def test_a_span_leaves_out_what_is_before(kept):
    """Sessions, pain and scores of the span; the plan that holds now goes along."""
    since = Span(datetime(2026, 3, 3, tzinfo=UTC))
    bundle = bundle_of(kept, ROBIN, since)
    assert len(observations(bundle, "repetitions")) == 1
    assert observations(bundle, "rmdq") == []
    assert len(resources(bundle, "CarePlan")) == 1


@given(SESSIONS)
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_session_that_a_store_can_keep_gives_a_valid_bundle(record):
    """Whatever names and numbers came in, also by a hand-over file: FHIR takes what goes out."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder)) as store:
        light = tuple(dataclasses.replace(one, poses=b"") for one in record.sets)
        store.take_in(dataclasses.replace(record, sets=light))
        Bundle.model_validate(bundle_of(store, record.person))


def test_words_of_people_stay_words(store):
    """Scripts, quotes, empty answers and odd white space change nothing of what the bundle is."""
    store.add_outcome(ROBIN, OutcomeScore(BEGAN.date(), "psfs", 4.5, [
        {"name": '</div><script>alert("1")</script>', "rating": 4}, {"name": " ", "rating": 5},
        {"name": "\x0c", "rating": 6}, {"name": "to\u00a0walk", "rating": 7},
    ]))  # fmt: skip
    store.add_pain(ROBIN, PainRating(BEGAN, Moment.HURTS, 2, ("", "\u202e  x")))
    Bundle.model_validate(bundle_of(store, ROBIN))


def test_the_command_writes_a_checked_file(folder, store, tmp_path):
    """The file is the bundle, and the trail keeps that it was written."""
    assert "resources" in said("fhir", ROBIN, "--out", tmp_path / "b.json", "--store", folder)
    written = json.loads((tmp_path / "b.json").read_text(encoding="utf-8"))
    assert written["entry"] == bundle_of(store, ROBIN)["entry"]
    assert ("person exported", "FHIR bundle") in [(e.what, e.about) for e in store.audit_trail()]


def test_nothing_is_written_that_fhir_would_refuse(bundle, tmp_path):
    """A bundle that is none is refused, and no file is left behind."""
    wrong = json.loads(json.dumps(bundle))
    del resources(wrong, "Observation")[0]["status"]
    with pytest.raises(ValueError, match="status"):
        write_bundle(wrong, tmp_path / "b.json")
    assert list(tmp_path.glob("*.json")) == []


def test_without_the_extra_it_says_what_to_install(bundle, tmp_path, monkeypatch):
    """The message names the extra."""
    monkeypatch.setitem(sys.modules, "fhir.resources.R4B.bundle", None)
    with pytest.raises(OutputError, match=r"install formcheck\[exchange\]"):
        write_bundle(bundle, tmp_path / "b.json")


def test_a_set_that_could_not_be_judged_has_no_count(store):
    """Not assessed is no zero."""
    made = session(5)
    hidden = dataclasses.replace(made.sets[0], outcome="not_assessed", repetitions=(), faults=())
    store.take_in(dataclasses.replace(made, sets=(hidden,)))
    last = observations(bundle_of(store, ROBIN), "repetitions")[-1]
    assert "valueQuantity" not in last
    assert "could not be judged" in last["dataAbsentReason"]["text"]
