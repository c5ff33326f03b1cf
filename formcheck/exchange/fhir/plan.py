"""What is prescribed: a CarePlan a revision, a ServiceRequest an exercise, and who sealed it."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formcheck.exchange.fhir.entries import Entries
from formcheck.exchange.fhir.vocabulary import (
    EXERCISE,
    PARTICIPANTS,
    SIDE,
    URN,
    Codes,
    Resource,
    seconds,
)
from formcheck.exercises.dose import Dose
from formcheck.prescription.model import Item, PlannedSession, Prescription, Weekday
from formcheck.prescription.seal import SealState, state_of
from formcheck.recordings import prescription_file
from formcheck.store import SavedPrescription

_DAYS = dict(zip(Weekday, ("mon", "tue", "wed", "thu", "fri", "sat", "sun"), strict=True))
_BROKEN = "The seal of this prescription is broken: it was changed after it was sealed."

_STEPS = (
    "Doses are as they are now: formcheck has taken steps that the therapist allows. The seal is"
    " over the prescription without them."
)


@dataclass(frozen=True, slots=True)
class Revision:
    """A saved prescription, parsed, and what its seal is worth."""

    saved: SavedPrescription
    prescription: Prescription
    seal: SealState

    @classmethod
    def of(cls, saved: SavedPrescription) -> "Revision":
        """Return a saved prescription, parsed."""
        prescription = prescription_file.parsed(saved.toml, f"revision {saved.revision}")
        return cls(saved, prescription, state_of(prescription))

    @property
    def number(self) -> int:
        """Which one it is, from 1."""
        return self.saved.revision


class Plans:
    """Adds prescriptions to a bundle, and says what in it an exercise was done for.

    Parameters
    ----------
    subject
        The reference to the patient.
    names
        What exercises are called, by id.
    """

    def __init__(
        self, entries: Entries, codes: Codes, subject: Resource, names: Mapping[str, str]
    ) -> None:
        self._entries = entries
        self._codes = codes
        self._subject = subject
        self._names = names
        self._plans: dict[int, Resource] = {}
        self._requests: dict[tuple[int, str], Resource] = {}

    def add(self, revisions: Sequence[Revision]) -> None:
        """Add revisions, the oldest first; the last one is what is prescribed now."""
        for place, revision in enumerate(revisions):
            is_newest = place == len(revisions) - 1
            before = revisions[place - 1] if place else None
            self._add(revision, before, is_newest=is_newest)

    def followed(self, revision: int | None, exercise: str) -> list[Resource]:
        """Return what a set of an exercise was done for: its request, or else the whole plan."""
        if revision not in self._plans:
            return []
        return [self._requests.get((revision, exercise), self._plans[revision])]

    def _add(self, one: Revision, before: Revision | None, *, is_newest: bool) -> None:
        status = "active" if is_newest else "revoked"
        if one.seal is SealState.BROKEN:
            status = "unknown"
        author = self._author(one.prescription)
        requests = [
            self._request(one, f"{place}.{index}", session, item, status, author)
            for place, session in enumerate(one.prescription.sessions_now)
            for index, item in enumerate(session.items)
        ]
        plan = self._plan(one, requests, status, author)
        if before is not None:
            plan["replaces"] = [self._plans[before.number]]
        self._plans[one.number] = self._entries.add(str(one.number), plan)
        self._add_source(one, [self._plans[one.number], *requests], author, is_newest=is_newest)

    def _author(self, prescription: Prescription) -> Resource | None:
        therapist = prescription.therapist
        if therapist is None:
            return None
        licence = [{"type": {"text": "licence"}, "value": therapist.licence}]
        return self._entries.add(
            f"{therapist.name}|{therapist.licence}",
            {
                "resourceType": "Practitioner",
                "identifier": licence,
                "name": [{"text": therapist.name}],
            },
        )

    def _plan(
        self, one: Revision, requests: list[Resource], status: str, author: Resource | None
    ) -> Resource:
        said = one.prescription
        goal = {
            "resourceType": "Goal",
            "lifecycleStatus": "active",
            "description": {"text": said.goal},
            "subject": self._subject,
        }
        notes = [
            said.notes,
            _BROKEN if one.seal is SealState.BROKEN else "",
            _STEPS if said.steps else "",
        ]
        return {
            "resourceType": "CarePlan",
            "status": status,
            "intent": "plan",
            "title": f"Exercise programme, revision {one.number}",
            "subject": self._subject,
            "period": {"start": _day(said.starts), "end": said.review and _day(said.review)},
            "created": one.saved.saved_at.isoformat(),
            "author": author,
            "goal": [self._entries.add(str(one.number), goal)],
            "activity": [{"reference": request} for request in requests],
            "note": [{"text": note} for note in notes if note],
        }

    def _request(
        self,
        one: Revision,
        place: str,
        session: PlannedSession,
        item: Item,
        status: str,
        author: Resource | None,
    ) -> Resource:
        days = [_DAYS[day] for day in Weekday if day in session.days]
        repeat = {
            "boundsPeriod": {"start": _day(one.prescription.starts)},
            "frequency": len(days),
            "period": 1,
            "periodUnit": "wk",
            "dayOfWeek": days,
        }
        said = dose_said(item.dose)
        request = {
            "resourceType": "ServiceRequest",
            "extension": [_dose(item.dose)],
            "status": status,
            "intent": "order" if one.seal is SealState.SEALED else "plan",
            "category": [{"text": "Physiotherapy exercise at home"}],
            "code": self.exercise(item.exercise),
            "orderDetail": [{"text": said}],
            "subject": self._subject,
            "occurrenceTiming": {"repeat": repeat},
            "requester": author,
            "bodySite": [self._codes.concept(SIDE, item.side, item.side)] if item.side else [],
            "note": [{"text": item.why}],
            "patientInstruction": said,
        }
        reference = self._entries.add(f"{one.number}.{place}", request)
        self._requests.setdefault((one.number, item.exercise), reference)
        return reference

    def exercise(self, exercise_id: str) -> Resource:
        """Return an exercise as a coded value."""
        name = self._names.get(exercise_id, exercise_id)
        return self._codes.concept(EXERCISE, exercise_id, name)

    def _add_source(
        self, one: Revision, targets: list[Resource], author: Resource | None, *, is_newest: bool
    ) -> None:
        """Add the prescription as it was saved, and who sealed it where its seal is whole."""
        saved = one.saved
        document = self._entries.add(
            str(one.number),
            {
                "resourceType": "DocumentReference",
                "identifier": [{"system": f"{URN}:prescription-digest", "value": saved.digest}],
                "status": "current" if is_newest else "superseded",
                "subject": self._subject,
                "date": saved.saved_at.isoformat(),
                "author": [author] if author else [],
                "description": f"The prescription as formcheck keeps it, revision {one.number}",
                "content": [
                    {
                        "attachment": {
                            "contentType": "application/toml",
                            "data": base64.b64encode(saved.toml.encode()).decode(),
                            "title": f"revision-{one.number:03d}.prescription.toml",
                        }
                    }
                ],
            },
        )
        signature = one.prescription.signature
        if signature is None or one.seal is not SealState.SEALED:
            return
        signer = self._entries.add(
            signature.public_key,
            {
                "resourceType": "Practitioner",
                "identifier": [
                    {"system": f"{URN}:ed25519-public-key", "value": signature.public_key}
                ],
                "name": [{"text": signature.name}],
            },
        )
        said = {"algorithm": "Ed25519", "public-key": signature.public_key, "seal": signature.seal}
        self._entries.add(
            str(one.number),
            {
                "resourceType": "Provenance",
                "extension": [
                    {
                        "url": f"{URN}:seal",
                        "extension": [
                            {"url": name, "valueString": value} for name, value in said.items()
                        ],
                    }
                ],
                "target": targets,
                "occurredDateTime": _day(signature.on),
                "recorded": saved.saved_at.isoformat(),
                "agent": [
                    {
                        "type": {"coding": [{"system": PARTICIPANTS, "code": "author"}]},
                        "who": signer,
                    }
                ],
                "entity": [{"role": "source", "what": document}],
            },
        )


def dose_said(dose: Dose) -> str:
    """Return a dose in words.

    Examples
    --------
    >>> dose_said(Dose(sets=2, repetitions=10))
    '2 sets of 10 repetitions, 30 s of rest after each'
    """
    each = (
        f"{dose.hold_s:g} s held" if dose.repetitions is None else f"{dose.repetitions} repetitions"
    )
    sets = "1 set" if dose.sets == 1 else f"{dose.sets} sets"
    return f"{sets} of {each}, {dose.rest_s:g} s of rest after each"


def _dose(dose: Dose) -> Resource:
    """Return a dose in numbers: no element of a request has sets, repetitions and rests."""
    parts: list[Resource] = [{"url": "sets", "valueInteger": dose.sets}]
    if dose.repetitions is not None:
        parts.append({"url": "repetitions", "valueInteger": dose.repetitions})
    if dose.hold_s is not None:
        parts.append({"url": "hold", "valueQuantity": seconds(dose.hold_s)})
    parts.append({"url": "rest", "valueQuantity": seconds(dose.rest_s)})
    return {"url": f"{URN}:dose", "extension": parts}


def _day(day: object) -> str:
    return str(day)
