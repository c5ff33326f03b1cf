"""How a prescription that comes from elsewhere becomes a revision of the store."""

from datetime import UTC, datetime, time

from formcheck.prescription.model import Prescription
from formcheck.prescription.seal import SealState, digest, state_of
from formcheck.recordings import prescription_file
from formcheck.store import HandedOver, SavedPrescription, Store


def as_here(newest: SavedPrescription | None, prescription: Prescription) -> Prescription:
    """Return a prescription; of the same orders the steps that were taken here since stay."""
    if newest is None or newest.digest != digest(prescription) or prescription.steps:
        return prescription
    known = prescription_file.parsed(newest.toml, f"revision {newest.revision} of the store")
    sealed = prescription.signature or known.signature
    return known.model_copy(update={"signature": sealed})


def signed(prescription: Prescription) -> tuple[str | None, datetime | None]:
    """Return who has sealed a prescription and when; None where the seal is not whole."""
    signature = prescription.signature
    if signature is None or state_of(prescription) is not SealState.SEALED:
        return None, None
    return signature.name, datetime.combine(signature.on, time(), UTC)


def is_for(store: Store, prescription: Prescription, person: str) -> bool:
    """Whether a prescription names a person as they are called here, or as an earlier one did."""
    texts = (one.toml for one in store.prescriptions(person))
    names = {prescription_file.parsed(text, "an earlier revision").person for text in texts}
    return prescription.person in names | {person}


def next_revision(store: Store, prescription: Prescription, person: str, source: str) -> HandedOver:
    """Return a prescription as what comes after the newest one of the store.

    One that is there already, also as an older revision, is nothing new.
    """
    here = store.prescriptions(person)
    prescription = as_here(here[-1] if here else None, prescription)
    text = prescription_file.written(prescription)
    if text in {one.toml for one in here}:
        return HandedOver(person, source=source)
    name, moment = signed(prescription)
    therapist = prescription.therapist.name if prescription.therapist else ""
    saved = SavedPrescription(
        revision=len(here) + 1,
        based_on_revision=len(here),
        toml=text,
        digest=digest(prescription),
        signed_by=name,
        signed_at=moment,
        saved_by=therapist or person,
        saved_at=datetime.now(UTC),
    )
    return HandedOver(person, prescriptions=(saved,), source=source)
