"""Which prescription a live session follows, and what is kept of it."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.cli.prescribed import kept, programme_of
from formcheck.errors import PrescriptionError, UsageError
from formcheck.exercises.dose import Dose
from formcheck.prescription.model import Step
from formcheck.prescription.seal import SealState, sealed, state_of
from formcheck.recordings import prescription_file
from formcheck.store import Store
from tests.prescription.prescriptions import STARTS, prescription, session
from tests.robin import PLAN, day, prescribe, session_on


@pytest.fixture
def store(tmp_path):
    """Return an empty store."""
    with Store.open(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a prescription and returns its file."""

    def written(one):
        path = tmp_path / "plan.toml"
        prescription_file.save(one, path)
        return path

    return written


def test_nothing_is_followed_where_nothing_is_prescribed(store):
    """A person by name must be known."""
    assert programme_of(store, None, None, STARTS) is None
    with pytest.raises(UsageError, match="nothing is prescribed for 'kim'"):
        programme_of(store, None, "kim", STARTS)


def test_what_is_given_is_followed_from_then_on(store, write):
    """Given once it is kept; given again it is no other revision; changed it is."""
    path = write(prescription())
    for _ in range(2):
        assert programme_of(store, path, None, STARTS).revision == 1
    assert programme_of(store, None, None, STARTS).person == "P 17"
    write(prescription(pain_limit=4))
    assert programme_of(store, path, None, STARTS).revision == 2
    with pytest.raises(UsageError, match="is for P 17, and not for kim"):
        programme_of(store, path, "kim", STARTS)


def test_where_several_are_known_the_person_is_asked_for(store):
    """And each of them can be named."""
    prescribe(store)
    kept(store, prescription())
    with pytest.raises(UsageError, match="give --person, P 17, robin"):
        programme_of(store, None, None, STARTS)
    assert programme_of(store, None, "robin", STARTS).person == "robin"


def test_what_blocks_is_neither_followed_nor_kept(store, write):
    """The one before stays."""
    path = write(prescription(conditions={"glaucoma"}, sessions=(session("yoga_downward_dog"),)))
    with pytest.raises(PrescriptionError, match="glaucoma"):
        programme_of(store, path, None, STARTS)
    assert store.prescription("P 17") is None


def test_a_step_that_is_allowed_is_taken_once_and_kept(store):
    """After three clean days the bridge has one more; the next start takes no other."""
    prescribe(store)
    for number in range(3):
        store.take_in(session_on(number))
    taken = programme_of(store, None, None, day(3))
    assert [one.item.exercise for one in taken.steps] == ["glute_bridge"]
    assert [one.dose.repetitions for one in taken.prescription.items] == [5, 6]
    again = programme_of(store, None, None, day(3))
    assert again.steps == ()
    assert (again.revision, again.prescription) == (taken.revision, taken.prescription)


def test_steps_outlive_the_same_orders_with_a_new_seal(store, write):
    """Who seals what is followed already loses nothing; other orders begin without steps."""
    dose = Dose(repetitions=6)
    on = STARTS + timedelta(days=7)
    step = Step(exercise="glute_bridge", does="glute_bridge", dose=dose, on=on, reason="x")
    kept(store, PLAN.model_copy(update={"steps": (step,)}))
    signed = sealed(PLAN, "A. Therapist", Ed25519PrivateKey.generate(), STARTS)
    now = programme_of(store, write(signed), None, STARTS).prescription
    assert now.steps == (step,)
    assert state_of(now) is SealState.SEALED
    other = PLAN.model_copy(update={"pain_limit": 4})
    assert programme_of(store, write(other), None, STARTS).prescription.steps == ()
