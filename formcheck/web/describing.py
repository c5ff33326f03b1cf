"""What the page is told: stages, pictures, cues, in the patient's language."""

import json
import time
from collections.abc import Mapping
from typing import Any

import numpy as np

from formcheck import measures
from formcheck.analysis.cues import Cue
from formcheck.analysis.events import Fault, RepetitionCompleted
from formcheck.analysis.snapshot import NamedValue, Snapshot
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import INDEX, Side
from formcheck.measures import landmark_name
from formcheck.pose import Pose
from formcheck.prescription.red_flags import INTRODUCTION, red_flags
from formcheck.prescription.saying import Saying
from formcheck.session.placement import Placement
from formcheck.session.plan import Plan
from formcheck.session.routine import QuestionKind
from formcheck.session.summary import SessionSummary
from formcheck.session.view import SessionView
from formcheck.texts import ExerciseTexts, Texts
from formcheck.web.engine import Seen
from formcheck.web.messages import ErrorCode
from formcheck.web.plain import as_json

_THRESHOLDS = {
    "rest": "rest",
    "counts from": "effort",
    "target": "target",
    "not below": "low",
    "not above": "high",
}


def written(message: Mapping[str, Any]) -> str:
    """Return a message as the page reads it."""
    return json.dumps(message, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Describer:
    """Describe a session in one language.

    Parameters
    ----------
    texts
        The language.
    """

    def __init__(self, texts: Texts) -> None:
        self.texts = texts
        self._exercises: dict[str, ExerciseTexts] = {}

    def stage(self, view: SessionView, plan: Plan, summary: SessionSummary | None) -> str:
        """Describe where the session stands."""
        return written(
            {
                "type": "stage",
                "stage": view.stage,
                "step_index": view.step_index,
                "n_steps": view.n_steps,
                "exercise_id": view.exercise.id,
                "set_number": view.set_number,
                "n_sets": view.n_sets,
                "dose": as_json(view.dose),
                "rest_s": view.dose.rest_s,
                "is_set_under_way": view.is_set_under_way,
                "set_done": _rounded(view.set_done),
                "set_due": _rounded(view.set_due),
                "calibration": _calibration(view),
                "can_calibrate": view.can_calibrate,
                "countdown": _rounded(view.countdown_s),
                "pause_reason": view.pause_reason,
                "paused_stage": view.paused_stage,
                "offered": [exercise.id for exercise in view.offered],
                "question": self._question(view),
                "asks_how_much": view.asks_how_much,
                "is_stopped": view.is_stopped,
                "pause_says": self.said(view.pause_says) if view.pause_says else None,
                "said_at_end": [self.said(one) for one in view.said_at_end],
                "plan": plan_json(plan),
                "summary": as_json(summary) if summary else None,
            }
        )

    def picture(self, view: SessionView, seen: Seen | None, analyse_ms: float) -> str:
        """Describe one picture; without one, how the time has gone on."""
        began_s = time.monotonic()
        snapshot = view.snapshot or view.scout
        message = {
            "type": "frame",
            "seq": seen.arrived.sequence if seen else None,
            "landmarks": _landmarks(seen.pose) if seen and seen.pose else None,
            **_state(view.snapshot),
            "set_done": _rounded(view.set_done),
            "set_due": _rounded(view.set_due),
            "set_time_s": _rounded(view.set_time_s),
            "calibration": _calibration(view),
            "value": None,
            "unit": None,
            "arc": None,
            "faults": [],
            "refused": None,
            "placement": self._placement(view.placement) if view.placement else None,
            "start": _rounded(view.start_progress),
            "countdown": _rounded(view.countdown_s),
            "rest_left_s": _rounded(view.rest_left_s),
        }
        if snapshot is not None:
            message |= self._judged(snapshot, view.exercise)
        described = written(message)
        # Written last: making the message is part of what it tells.
        timing = _timing(seen, analyse_ms, (time.monotonic() - began_s) * 1e3) if seen else None
        return f'{described[:-1]},"timing":{json.dumps(timing)}}}'

    def cue(self, cue: Cue, view: SessionView, sequence: int | None) -> str:
        """Describe what is to be said; what was counted with it must be heard as well."""
        counted = any(isinstance(event, RepetitionCompleted) for event in view.events)
        return written(
            {
                "type": "cue",
                "kind": cue.kind,
                "code": cue.code,
                "text": self.texts.cue(cue, view.exercise),
                "seq": sequence,
                "counted": counted and cue.kind != "count",
            }
        )

    def error(self, code: ErrorCode, sequence: int | None = None) -> str:
        """Describe what went wrong."""
        text = self.texts.say(f"error.{code}")
        return written({"type": "error", "code": code, "text": text, "seq": sequence})

    def _question(self, view: SessionView) -> dict[str, Any] | None:
        asked = view.question
        if asked is None:
            return None
        about = {"kind": asked.kind, "moment": asked.moment, "may_be_left": asked.may_be_left}
        if asked.kind is QuestionKind.WARNING_SIGNS:
            reason = [self.said(asked.reason.says)] if asked.reason else []
            signs = [
                {"id": flag.id, "text": self.said(flag.question)} for flag in red_flags().values()
            ]
            return about | {"says": reason + list(map(self.said, INTRODUCTION)), "signs": signs}
        if asked.moment:
            return about | {"says": [self.said(asked.moment.question)]}
        return about | {"says": [self.texts.say("heat.ask", n=asked.minutes or 0)]}

    def said(self, saying: Saying) -> str:
        """Return a sentence of a prescribed session."""
        return self.texts.say(saying.key, **dict(saying.arguments))

    def _judged(self, snapshot: Snapshot, exercise: Exercise) -> dict[str, Any]:
        judged: dict[str, Any] = {
            "faults": [self._fault(fault, exercise) for fault in snapshot.active_faults]
        }
        if snapshot.not_assessed:
            refused = snapshot.not_assessed
            judged["refused"] = {"code": refused.code, "text": self.texts.refusal(refused)}
        if snapshot.primary:
            judged["value"] = _rounded(as_json(snapshot.primary.value))
            judged["unit"] = measures.find(snapshot.primary.measure).unit
            judged["arc"] = _arc(snapshot.primary, snapshot.near_side)
        for threshold in snapshot.thresholds:
            judged[_THRESHOLDS[threshold.name]] = threshold.value
        return judged

    def _fault(self, fault: Fault, exercise: Exercise) -> dict[str, Any]:
        return {
            "name": fault.name,
            "severity": fault.severity,
            "body_part": fault.body_part,
            "side": fault.side,
            "text": self._exercise(exercise).findings[fault.name].cue,
        }

    def _placement(self, placement: Placement) -> dict[str, Any]:
        return {
            "is_good": placement.is_good,
            "advice": {
                "code": placement.primary.advice,
                "text": self.texts.advice(placement.primary),
            }
            if placement.primary and placement.primary.advice
            else None,
            "checks": [
                {
                    "code": check.code,
                    "status": check.status,
                    "part": check.part,
                    "text": self.texts.say(f"placement.check.{check.code}"),
                }
                for check in placement.checks
            ],
        }

    def _exercise(self, exercise: Exercise) -> ExerciseTexts:
        if exercise.id not in self._exercises:
            self._exercises[exercise.id] = self.texts.exercise(exercise)
        return self._exercises[exercise.id]


def plan_json(plan: Plan) -> list[dict[str, Any]]:
    """Return the steps of a plan as the page knows them."""
    return [{"exercise_id": step.exercise.id, **as_json(step.dose)} for step in plan.steps]


def _state(snapshot: Snapshot | None) -> dict[str, Any]:
    if snapshot is None:
        return {"count": 0, "attempts": 0, "phase": None, "held_s": 0.0, "is_holding": False}
    return {
        "count": snapshot.count,
        "attempts": snapshot.n_attempts,
        "phase": snapshot.phase,
        "held_s": _rounded(snapshot.held_s),
        "is_holding": snapshot.is_holding,
    }


def _calibration(view: SessionView) -> dict[str, float | None] | None:
    """Return how much of the easy repetitions, or seconds, is done."""
    if view.calibration_due is None:
        return None
    return {"done": _rounded(view.calibration_done), "due": _rounded(view.calibration_due)}


def _landmarks(pose: Pose) -> list[list[float]]:
    """Return x, y in shares of the picture and the visibility of every landmark."""
    shares = np.round(pose.image / (pose.width_px, pose.height_px), 4)
    rows = np.column_stack((shares, np.round(pose.visibility, 2)))
    return np.nan_to_num(rows).tolist()  # type: ignore[no-any-return]


def _arc(primary: NamedValue, near_side: Side | None) -> list[int] | None:
    """Return the landmarks of the angle that is read, its vertex in the middle."""
    measure = measures.find(primary.measure)
    if measure.unit != "deg" or len(measure.landmarks) != 3 or near_side is None:
        return None
    side = near_side
    if primary.side in tuple(Side):
        side = Side(primary.side)
    elif primary.side == "far":
        side = near_side.opposite
    return [INDEX[landmark_name(name, side)] for name in measure.landmarks]


def _timing(seen: Seen, analyse_ms: float, describe_ms: float) -> dict[str, float]:
    parts = {
        "decode_ms": seen.decode_ms,
        "pose_ms": seen.pose_ms,
        "analyse_ms": analyse_ms,
        "describe_ms": describe_ms,
        "server_ms": seen.waited_ms + seen.decode_ms + seen.pose_ms + analyse_ms + describe_ms,
    }
    return {name: round(value, 2) for name, value in parts.items()} | {"waiting": seen.n_waiting}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
