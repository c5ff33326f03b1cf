"""What was done and said: an Observation a set, a pain rating, a score."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import chain
from typing import Any

from formcheck.analysis.verdict import CheckStatus, Outcome
from formcheck.exchange.fhir.entries import Entries
from formcheck.exchange.fhir.plan import Plans, dose_said
from formcheck.exchange.fhir.questionnaire import roland_morris_response
from formcheck.exchange.fhir.vocabulary import (
    FAULT,
    OUTCOME,
    PAIN_0_TO_10,
    PAIN_MOMENT,
    PAIN_QUALITY,
    Codes,
    Resource,
    absent,
    category,
    count,
    score,
    seconds,
)
from formcheck.prescription.outcomes import MeasureId, measures
from formcheck.reviewing.judged import Figures, Judged, JudgedSession, JudgedSet
from formcheck.store import OutcomeScore, PainRating, SessionRecord

_NOT_JUDGED = "It could not be judged: see what was not assessed."


class Observations:
    """Adds what was done and said to a bundle.

    Parameters
    ----------
    subject
        The reference to the patient.
    """

    def __init__(self, entries: Entries, codes: Codes, plans: Plans, subject: Resource) -> None:
        self._entries = entries
        self._codes = codes
        self._plans = plans
        self._subject = subject

    def add_session(self, session: JudgedSession) -> None:
        """Add every set of a session."""
        device = self._device(session.record.formcheck_version)
        for one in session.sets:
            key = f"{session.record.id}/{one.record.name}"
            self._entries.add(key, self._set(session.record, one, device))

    def add_pain(self, rating: PainRating) -> None:
        """Add how much it hurt."""
        moment = str(rating.moment)
        about = self._plans.exercise(rating.exercise) if rating.exercise else None
        parts = [
            {
                "code": self._codes.finding("pain-moment"),
                "valueCodeableConcept": self._codes.concept(PAIN_MOMENT, moment, _words(moment)),
            },
            *(
                {
                    "code": self._codes.finding("pain-quality"),
                    "valueCodeableConcept": self._codes.concept(PAIN_QUALITY, word, _words(word)),
                }
                for word in map(str, rating.words)
            ),
            *(
                [{"code": self._codes.finding("exercise"), "valueCodeableConcept": about}]
                if about
                else []
            ),
        ]
        value = (
            {"dataAbsentReason": absent("Only a feeling was named.")}
            if rating.value is None
            else {"valueQuantity": score(rating.value)}
        )
        self._entries.add(
            f"pain/{rating}",
            {
                "resourceType": "Observation",
                "status": "final",
                "category": category("survey"),
                "code": {"coding": [PAIN_0_TO_10], "text": "Pain from 0 to 10"},
                "subject": self._subject,
                "effectiveDateTime": rating.time.isoformat(),
                **value,
                "component": parts,
            },
        )

    def add_outcome(self, one: OutcomeScore) -> None:
        """Add what an outcome measure came to, with its answers where they are known."""
        name = str(one.measure)
        scale = {str(key): value for key, value in measures().items()}.get(name)
        value = seconds(one.score) if scale and scale.unit == "s" else score(one.score)
        self._entries.add(
            f"outcome/{one}",
            {
                "resourceType": "Observation",
                "status": "final",
                "category": category("survey"),
                "code": self._codes.concept(OUTCOME, name, _OUTCOMES.get(name, name)),
                "subject": self._subject,
                "effectiveDateTime": str(one.day),
                "valueQuantity": value,
                "derivedFrom": self._answers(one),
                "component": _activities(one),
                "note": [
                    {
                        "text": f"From {scale.least:g} to {scale.most:g};"
                        f" {'higher' if scale.higher_is_better else 'lower'} is better."
                    }
                ]
                if scale
                else [],
            },
        )

    def _answers(self, one: OutcomeScore) -> list[Resource]:
        if one.measure != MeasureId.RMDQ or not isinstance(one.answers, list):
            return []
        return [roland_morris_response(self._entries, self._subject, one)]

    def _device(self, version: str) -> Resource:
        return self._entries.add(
            version,
            {
                "resourceType": "Device",
                "deviceName": [{"name": "formcheck", "type": "user-friendly-name"}],
                "version": [{"value": version}],
                "type": {"text": "Software that watches exercises by a camera; no medical device"},
            },
        )

    def _set(self, session: SessionRecord, one: JudgedSet, device: Resource) -> Resource:
        record = one.record
        start = session.started + timedelta(seconds=record.started_s)
        end = start + timedelta(seconds=record.duration_s)
        is_hold = _is_hold(one)
        found = self._codes.finding("held-time" if is_hold else "repetitions")
        name = self._plans.exercise(record.exercise)
        return {
            "resourceType": "Observation",
            "basedOn": self._plans.followed(session.prescription_revision, record.exercise),
            "status": "amended" if _is_corrected(one) else "final",
            "category": category("activity"),
            "code": {**found, "text": f"{name['text']}: {found['text']}"},
            "subject": self._subject,
            "effectivePeriod": {
                "start": start.isoformat(timespec="milliseconds"),
                "end": end.isoformat(timespec="milliseconds"),
            },
            **(
                {"dataAbsentReason": absent(_NOT_JUDGED)}
                if record.outcome is Outcome.NOT_ASSESSED and not _is_corrected(one)
                else {"valueQuantity": _amount(one.now, is_hold=is_hold)}
            ),
            "device": device,
            "component": list(self._parts(one, name)),
        }

    def _parts(self, one: JudgedSet, exercise: Resource) -> Iterator[Resource]:
        record, codes, is_hold = one.record, self._codes, _is_hold(one)
        yield {"code": codes.finding("exercise"), "valueCodeableConcept": exercise}
        if record.dose is not None:
            yield {"code": codes.finding("due"), "valueString": dose_said(record.dose)}
        if _is_corrected(one):
            of_machine = "held-time-by-machine" if is_hold else "repetitions-by-machine"
            value = _amount(one.by_machine, is_hold=is_hold)
            yield {"code": codes.finding(of_machine), "valueQuantity": value}
        if not is_hold:
            numbers = {
                "repetitions-with-faults": one.now.n_with_faults,
                "attempts": len(record.attempts),
            }
            for code, number in numbers.items():
                yield {"code": codes.finding(code), "valueQuantity": count(number, code)}
        share = count(round(record.assessed_share, 4), "share")
        yield {"code": codes.finding("assessed-share"), "valueQuantity": share}
        yield from self._faults(one)

    def _faults(self, one: JudgedSet) -> Iterator[Resource]:
        """Yield each possible fault: how often it was there, or why that is not known."""
        there = [fault.now for fault in one.faults if fault.counts]
        counts = Counter(fault.name for fault in there)
        says = {fault.name: fault.says for fault in there}
        says |= {check.name: check.says for check in one.record.checks}
        not_assessed = {
            check.name: check.reason
            for check in one.record.checks
            if check.status is CheckStatus.NOT_ASSESSED
        }
        for name, words in says.items():
            code = self._codes.concept(FAULT, f"{one.record.exercise}.{name}", words or name)
            if name in not_assessed and not counts[name]:
                reason = absent(f"Not assessed: {not_assessed[name]}")
                yield {"code": code, "dataAbsentReason": reason}
            else:
                yield {"code": code, "valueQuantity": count(counts[name], "times")}


_OUTCOMES = {
    "pain_0_100": "Pain from 0 to 100",
    "pain_0_10": "Pain from 0 to 10",
    "psfs": "Patient-Specific Functional Scale, mean of two to five activities",
    "psfs_single": "Patient-Specific Functional Scale, one activity",
    "rmdq": "Roland-Morris Disability Questionnaire",
    "odi": "Oswestry Disability Index",
    "global_rating": "Global rating of change, -5 to 5",
    "sit_to_stand_5": "Five times sit-to-stand",
}


def _is_hold(one: JudgedSet) -> bool:
    if one.record.dose is not None:
        return one.record.dose.hold_s is not None
    return one.record.outcome is Outcome.HELD


def _is_corrected(one: JudgedSet) -> bool:
    told: Iterable[Judged[Any]] = chain(one.repetitions, one.holds, one.faults)
    return any(part.status not in {"machine", "accepted"} for part in told)


def _amount(figures: Figures, *, is_hold: bool) -> Resource:
    return seconds(figures.held_s) if is_hold else count(figures.n_repetitions, "repetitions")


def _activities(one: OutcomeScore) -> list[Resource]:
    """Return each activity that the patient has named, with its rating."""
    answers: Any = one.answers
    named = answers if one.measure in {MeasureId.PSFS, MeasureId.PSFS_SINGLE} else None
    return [
        {"code": {"text": str(part["name"])}, "valueQuantity": score(part["rating"])}
        for part in named or []
    ]


def _words(name: str) -> str:
    return name.replace("_", " ")
