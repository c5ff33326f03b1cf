"""A session as the session page knows it: JSON, with what the machine said beside what counts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from formcheck import measures
from formcheck.analysis.events import Fault, Hold, Repetition
from formcheck.exercises.schema import Exercise
from formcheck.prescription.stop_rules import StopRuleId
from formcheck.recordings.session_journal import SessionFacts
from formcheck.reviewing.judged import Figures, Judged, JudgedSession, JudgedSet
from formcheck.reviewing.layer import Laid
from formcheck.store import CorrectionKind, SessionRecord
from formcheck.texts import Texts
from formcheck.web.plain import as_json
from formcheck.web.review.between_sets import between_sets
from formcheck.web.review.clinical_words import STOP_RULES
from formcheck.web.review.setting import ReviewSetting

Json = dict[str, Any]
_REPETITION = (
    "side", "start_s", "peak_s", "end_s", "start_value", "peak_value", "target", "reached",
    "faults",
)  # fmt: skip
_ATTEMPT = "start_s", "peak_s", "time_s", "side", "peak_value", "target", "reached"
_HOLD = "side", "start_s", "end_s", "held_s", "n_breaks", "faults"
_FAULT = (
    "name", "says", "cue", "severity", "measure", "value", "threshold", "unit", "expected_error",
    "phase", "body_part", "side", "start_s", "end_s", "evidence_s", "observability",
)  # fmt: skip
_SET = (
    "name", "exercise", "step_index", "set_number", "dose", "end", "started_s", "duration_s",
    "outcome", "basis",
    "n_frames", "n_frames_with_person", "assessed_share",
)  # fmt: skip


def exercises_of(record: SessionRecord, setting: ReviewSetting) -> dict[str, Exercise]:
    """Return the exercises that are known, those of the session's own among them."""
    try:
        facts = SessionFacts.model_validate_json(record.facts)
    except ValidationError:
        return dict(setting.exercises)
    return {**setting.exercises, **{one.id: one for one in facts.own_exercises}}


class SessionWords:
    """Say a session in JSON.

    Parameters
    ----------
    texts
        What measures are called.
    """

    def __init__(self, setting: ReviewSetting, texts: Texts) -> None:
        self._setting, self._texts = setting, texts

    def session(
        self, judged: JudgedSession, beside: Mapping[str, Json | None], *, has_video: bool
    ) -> Json:
        """Return a session.

        Parameters
        ----------
        beside
            The sessions of this person before and after it.
        """
        record, signed = judged.record, judged.signed_off
        exercises = exercises_of(record, self._setting)
        return {
            "id": record.id,
            "person": record.person,
            "started": record.started.isoformat(),
            "duration_s": record.duration_s,
            "end": str(record.end),
            "prescription_revision": record.prescription_revision,
            "heat_minutes": record.heat_minutes,
            "signed_off": {
                "who": signed.who,
                "time": signed.time.isoformat(),
                "comment": signed.comment,
            }
            if signed
            else None,
            "pain": list(_pain(record)),
            "rules_applied": [
                {**as_json(one), "says": _rule(one.rule)} for one in record.rules_applied
            ],
            **between_sets(record, exercises),
            "has_video": has_video,
            "comments": [_comment(one) for one in judged.comments],
            "sets": [self.set(one, exercises, has_video=has_video) for one in judged.sets],
            **beside,
        }

    def set(
        self, judged: JudgedSet, exercises: Mapping[str, Exercise], *, has_video: bool = False
    ) -> Json:
        """Return a set."""
        record = judged.record
        exercise = exercises.get(record.exercise)
        return {
            **_named(record, _SET),
            "exercise_name": exercise.name if exercise else record.exercise,
            "is_hold": exercise.is_hold if exercise else bool(record.holds),
            "video_start_s": record.started_s if has_video else None,
            "machine": figures(judged.by_machine),
            "now": figures(judged.now),
            "repetitions": [_judged(one, _REPETITION) for one in judged.repetitions],
            "attempts": [_named(one, _ATTEMPT) for one in record.attempts],
            "holds": [_judged(one, _HOLD) for one in judged.holds],
            "faults": [self._fault(one) for one in judged.faults],
            "checks": [
                _named(one, ("name", "says", "status", "n_found", "assessed_share", "reason"))
                for one in record.checks
            ],
            "abstentions": [
                {"start_s": one.start_s, "end_s": one.end_s, "says": one.reason.says}
                for one in record.abstentions
            ],
            "fault_kinds": [
                {"name": one.name, "says": one.says}
                for one in (exercise.findings if exercise else ())
            ],
            "comments": [_comment(one) for one in judged.comments],
            "corrections": [_correction(one) for one in judged.laid if _is_shown(one)],
        }

    def measure(self, name: str) -> str:
        """Return what a measure is called; nothing where nothing was measured."""
        return self._texts.say(f"measure.{name}") if name in measures.MEASURES else ""

    def _fault(self, one: Judged[Fault]) -> Json:
        return {**_judged(one, _FAULT), "measure_label": self.measure(one.now.measure)}


def figures(found: Figures) -> Json:
    """Return what sets come to."""
    return _named(found, ("n_repetitions", "n_with_faults", "held_s", "n_faults"))


def _judged(one: Judged[Repetition] | Judged[Hold] | Judged[Fault], names: Iterable[str]) -> Json:
    about = {"key": one.key, "number": one.number, "status": one.status, "comment": one.comment}
    return {**about, **_named(one.now, names)}


def _named(value: Any, names: Iterable[str]) -> Json:
    return {name: as_json(getattr(value, name)) for name in names}


def _pain(record: SessionRecord) -> Iterator[Json]:
    for one in record.pain_ratings:
        yield {
            "time": one.time.isoformat(),
            "moment": str(one.moment),
            "value": one.value,
            "words": list(one.words),
            "exercise": one.exercise,
        }


def _rule(rule: str) -> str:
    try:
        return STOP_RULES[StopRuleId(rule)]
    except ValueError:
        return rule.replace("_", " ")


def _comment(one: Laid) -> Json:
    said = one.correction
    at_s = said.after.get("at_s") if isinstance(said.after, dict) else None
    return {
        "number": one.number,
        "at_s": at_s,
        "text": said.comment,
        "who": said.who,
        "time": said.time.isoformat(),
    }


def _is_shown(one: Laid) -> bool:
    """Whether a correction stands in the list: a withdrawal shows on what it withdraws."""
    return one.correction.kind is not CorrectionKind.WITHDRAWN


def _correction(one: Laid) -> Json:
    said = one.correction
    return {
        "number": one.number,
        "subject": str(said.subject),
        "kind": str(said.kind),
        "target": said.number,
        "before": said.before,
        "after": said.after,
        "who": said.who,
        "time": said.time.isoformat(),
        "comment": said.comment,
        "is_withdrawn": one.is_withdrawn,
    }
