"""The seal: whole as long as nothing is changed."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.exercises.dose import Dose
from formcheck.exercises.plain import as_plain
from formcheck.prescription.model import Prescription, Step, Therapist
from formcheck.prescription.seal import SealState, digest, fingerprint, sealed, state_of
from formcheck.recordings import prescription_file, therapist_key
from formcheck.recordings.therapist_key import Protection
from tests.prescription.own import OWN
from tests.prescription.prescriptions import STARTS, prescription, session

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = {
    "format_version": 2,
    "person": "P 18",
    "revision": 2,
    "therapist": Therapist(name="B", licence="PT 1"),
    "goal": "another",
    "onset": "2025-05-01",
    "age_years": 40,
    "starts": "2026-03-03",
    "gets_down_alone": False,
    "first_stage_passed": False,
    "stay_active": False,
    "pain_limit": 4,
    "mobility_on_bad_days": True,
    "notes": "new",
    "conditions": ["glaucoma"],
    "aims": ["turning"],
    "equipment": [],
    "heat": {"minutes": 10},
    "baseline": {"pain_0_100": 46},
    "red_flags": None,
    "confirmed": [{"condition": "vertigo", "exercise": "x", "by": "A", "reason": "b"}],
    "overrides": [{"rule": "daily", "by": "A", "reason": "b", "on": "2026-03-02"}],
    "sessions": [session("cat_cow")],
    "own_exercises": [as_plain(OWN)],
}
"""Another value of every field; of the days that are not here, any will do."""
SEALED = sealed(prescription(), "A. Therapist", KEY, STARTS)


def test_what_was_sealed_is_whole_also_after_its_file():
    """Reading and writing it again breaks nothing."""
    assert state_of(prescription()) is SealState.NONE
    assert state_of(SEALED) is SealState.SEALED
    again = prescription_file.parsed(prescription_file.written(SEALED), "here")
    assert state_of(again) is SealState.SEALED


@pytest.mark.parametrize(
    "field", sorted(set(Prescription.model_fields) - {"signature", "format", "steps"})
)
def test_any_change_breaks_it(field):
    """Whatever field is another: an edit voids the signature."""
    value = OTHER.get(field, "2026-05-01")
    changed = Prescription.model_validate(SEALED.model_dump() | {field: value})
    assert state_of(changed) is SealState.BROKEN


def test_another_name_or_day_on_it_breaks_it():
    """Who sealed it, and when, are sealed along."""
    signature = SEALED.signature
    assert signature is not None
    for change in ({"name": "B"}, {"on": STARTS + timedelta(1)}):
        forged = SEALED.model_copy(update={"signature": signature.model_copy(update=change)})
        assert state_of(forged) is SealState.BROKEN


def test_contents_are_told_apart_by_their_digest_whatever_their_seal():
    """Sealing changes nothing of it; a change does."""
    assert digest(SEALED) == digest(prescription())
    assert digest(prescription(pain_limit=4)) != digest(prescription())


def test_a_key_has_a_short_form_to_compare_by_eye():
    """Four groups of four."""
    assert SEALED.signature is not None
    short = fingerprint(SEALED.signature.public_key)
    assert len(short.split("-")) == 4
    other = sealed(prescription(), "A", Ed25519PrivateKey.generate(), STARTS).signature
    assert other is not None
    assert fingerprint(other.public_key) != short


def test_a_step_that_the_therapist_allows_leaves_it_whole():
    """Steps are a layer over what was sealed; whether they are allowed is a rule of its own."""
    step = Step(
        exercise="heel_slide", does="heel_slide", dose=Dose(repetitions=12), on=STARTS, reason="x"
    )
    assert state_of(SEALED.model_copy(update={"steps": (step,)})) is SealState.SEALED


def test_it_is_known_how_a_key_is_kept(tmp_path):
    """Whether there is one, and whether it asks for a passphrase."""
    path = tmp_path / therapist_key.NAME
    kept = [therapist_key.protection(path)]
    therapist_key.make(path, None)
    kept.append(therapist_key.protection(path))
    path.unlink()
    therapist_key.make(path, "a long one")
    kept.append(therapist_key.protection(path))
    assert kept == [Protection.MISSING, Protection.OPEN, Protection.PASSPHRASE]
