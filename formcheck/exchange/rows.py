"""The rows of the tables, made of what the store gives back (see `layouts`)."""

import json
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from formcheck.analysis.events import Fault, Hold, Repetition, RepetitionAttempted, Turn
from formcheck.measures import MEASURES
from formcheck.prescription.outcomes import measures
from formcheck.reviewing.judged import Figures, Judged, JudgedSession, JudgedSet
from formcheck.reviewing.layer import Laid
from formcheck.session.stages import SetEnd
from formcheck.sinks.table_files import Cell
from formcheck.store import OutcomeScore, PainRating

Row = dict[str, Cell]


def session_rows(session: JudgedSession) -> Iterator[tuple[str, Row]]:
    """Yield every row that a session gives, each with the name of its table."""
    yield "sessions", _session(session)
    for one in session.sets:
        of_set = _of_set(session, one)
        yield "sets", of_set | _set(one)
        for table, rows in _parts(one):
            for row in rows:
                yield table, of_set | row
    for laid in session.laid:
        yield "corrections", _correction(session, laid)


def pain_row(person: str, rating: PainRating) -> Row:
    """Return the row of something that was said about pain."""
    return {
        "person": person,
        "time": rating.time,
        "moment": str(rating.moment),
        "pain_0_to_10": rating.value,
        "words": joined(rating.words),
        "session": rating.session_id,
        "exercise": rating.exercise,
    }


def outcome_row(person: str, score: OutcomeScore) -> Row:
    """Return the row of a score; of a measure that is not known its scale stays empty."""
    scale = {str(name): one for name, one in measures().items()}.get(score.measure)
    return {
        "person": person,
        "day": score.day,
        "measure": str(score.measure),
        "score": score.score,
        "unit": scale.unit if scale else None,
        "least_score": scale.least if scale else None,
        "most_score": scale.most if scale else None,
        "higher_is_better": scale.higher_is_better if scale else None,
        "answers": _json(score.answers),
    }


def joined(words: Iterable[str]) -> str:
    """Return several words as one cell."""
    return ";".join(words)


def _session(session: JudgedSession) -> Row:
    record = session.record
    return {
        "person": record.person,
        "session": record.id,
        "started": record.started,
        "end": str(record.end),
        "duration_s": record.duration_s,
        "prescription_revision": record.prescription_revision,
        "heat_minutes": record.heat_minutes,
        "formcheck_version": record.formcheck_version,
        "sets_begun": len(record.sets),
        "sets_done": sum(one.end is SetEnd.DONE for one in record.sets),
        **_figures(session.sets),
        "signed_off_by": session.signed_off.who if session.signed_off else None,
        "pain_reports": len(record.pain_reports),
        "stop_rules_applied": len(record.rules_applied),
    }


def _of_set(session: JudgedSession, one: JudgedSet) -> Row:
    return {
        "person": session.record.person,
        "session": session.record.id,
        "set": one.record.name,
        "exercise": one.record.exercise,
    }


def _set(one: JudgedSet) -> Row:
    record, dose = one.record, one.record.dose
    return {
        "step_index": record.step_index,
        "set_number": record.set_number,
        "due_sets": dose.sets if dose else None,
        "due_repetitions": dose.repetitions if dose else None,
        "due_hold_s": dose.hold_s if dose else None,
        "due_rest_s": dose.rest_s if dose else None,
        "end": str(record.end),
        "started_s": record.started_s,
        "duration_s": record.duration_s,
        "outcome": str(record.outcome),
        "measured_against": str(record.basis),
        "frames": record.n_frames,
        "frames_with_person": record.n_frames_with_person,
        "assessed_share": record.assessed_share,
        **_figures((one,)),
        "attempts": len(record.attempts),
    }


def _figures(sets: Sequence[JudgedSet]) -> Row:
    of_machine = sum((one.by_machine for one in sets), Figures())
    now = sum((one.now for one in sets), Figures())
    return {
        "repetitions_by_machine": of_machine.n_repetitions,
        "repetitions": now.n_repetitions,
        "repetitions_with_faults_by_machine": of_machine.n_with_faults,
        "repetitions_with_faults": now.n_with_faults,
        "held_by_machine_s": of_machine.held_s,
        "held_s": now.held_s,
        "faults_by_machine": of_machine.n_faults,
        "faults": now.n_faults,
    }


def _parts(one: JudgedSet) -> Iterator[tuple[str, Iterable[Row]]]:
    record = one.record
    yield "repetitions", map(_repetition, one.repetitions)
    yield "attempts", map(_attempt, record.attempts)
    yield "holds", map(_hold, one.holds)
    yield "faults", map(_fault, one.faults)
    yield (
        "checks",
        (
            {
                "name": check.name,
                "status": str(check.status),
                "times_found": check.n_found,
                "assessed_share": check.assessed_share,
                "reason": check.reason,
            }
            for check in record.checks
        ),
    )
    yield (
        "not_assessed",
        (
            {
                "start_s": stretch.start_s,
                "end_s": stretch.end_s,
                "reason": stretch.reason.code,
                "says": stretch.reason.says,
            }
            for stretch in record.abstentions
        ),
    )


def _repetition(one: Judged[Repetition]) -> Row:
    now, machine = one.now, one.by_machine
    return {
        **_verdict(one),
        "side_by_machine": machine.side if machine else None,
        "side": now.side,
        "start_s": now.start_s,
        "peak_s": now.peak_s,
        "end_s": now.end_s,
        "outbound_s": _known(now.outbound_s),
        "effort_s": _known(now.effort_s),
        "return_s": _known(now.return_s),
        **_read(now),
        "is_whole": now.is_whole,
        **_turn(now.turn),
        "faults_by_machine": joined(machine.faults) if machine else None,
        "faults": joined(now.faults),
    }


def _attempt(one: RepetitionAttempted) -> Row:
    return {"side": one.side, "start_s": one.start_s, "peak_s": one.peak_s, **_read(one)}


def _hold(one: Judged[Hold]) -> Row:
    now, machine = one.now, one.by_machine
    return {
        **_verdict(one),
        "side_by_machine": machine.side if machine else None,
        "side": now.side,
        "start_s": now.start_s,
        "end_s": now.end_s,
        "held_s": now.held_s,
        "breaks": now.n_breaks,
        **_turn(now.turn),
        "faults_by_machine": joined(machine.faults) if machine else None,
        "faults": joined(now.faults),
    }


def _fault(one: Judged[Fault]) -> Row:
    now, machine = one.now, one.by_machine
    return {
        **_verdict(one),
        "name_by_machine": machine.name if machine else None,
        "name": now.name,
        "severity": now.severity,
        "measure": now.measure,
        "unit": now.unit,
        "value": _known(now.value),
        "threshold": _known(now.threshold),
        "expected_error": _known(now.expected_error),
        "phase": str(now.phase),
        "body_part": now.body_part,
        "side": now.side,
        "start_s": now.start_s,
        "end_s": now.end_s,
        "evidence_s": _known(now.evidence_s),
        "observability": now.observability,
        "says": now.says,
    }


def _correction(session: JudgedSession, laid: Laid) -> Row:
    one = laid.correction
    return {
        "person": session.record.person,
        "session": session.record.id,
        "set": one.set_name,
        "place": laid.number,
        "holds": laid.holds,
        "subject": str(one.subject),
        "number": one.number,
        "kind": str(one.kind),
        "before": _json(one.before),
        "after": _json(one.after),
        "who": one.who,
        "time": one.time,
        "comment": one.comment,
    }


def _verdict(one: Judged[Any]) -> Row:
    return {
        "key": one.key,
        "number": one.number,
        "status": one.status,
        "counts": one.counts,
        "comment": one.comment,
    }


def _read(one: Repetition | RepetitionAttempted) -> Row:
    measure = MEASURES.get(one.measure)
    return {
        "measure": one.measure,
        "unit": measure.unit if measure else None,
        "start_value": _known(one.start_value),
        "peak_value": _known(one.peak_value),
        "target_value": _known(one.target),
        "reached_share": _known(one.reached),
    }


def _turn(turn: Turn | None) -> Row:
    return {
        "chest_turn_deg": _known(turn.chest_deg) if turn else None,
        "chest_turn_within_deg": _known(turn.chest_within_deg) if turn else None,
        "pelvis_turn_deg": _known(turn.pelvis_deg) if turn else None,
        "pelvis_turn_within_deg": _known(turn.pelvis_within_deg) if turn else None,
    }


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
