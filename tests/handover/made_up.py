"""A store with everything that can be handed over, of somebody who does not exist."""

import dataclasses
from datetime import timedelta

from formcheck.prescription.pain import Moment
from formcheck.recordings.session_facts import SessionFacts
from formcheck.store import (
    Corrected,
    Correction,
    CorrectionKind,
    OutcomeScore,
    PainRating,
    RedFlagScreen,
    RuleOverride,
)
from tests.robin import PLAN, ROBIN, prescribe
from tests.store.made_up import BEGAN, session_record, set_record

EVENING = BEGAN + timedelta(hours=12)
SCRIPT = "<script>alert(1)</script> \u202e ${7*7} {{7*7}} '; DROP TABLE people; --"
TABLES = (
    "people", "sessions", "sets", "repetitions", "pose_chunks", "pain_ratings", "outcomes",
    "red_flag_screens", "rule_overrides", "prescriptions", "corrections", "audit",
)  # fmt: skip


def facts(person=ROBIN):
    """Return what a session's folder says of itself."""
    said = SessionFacts(started="2026-03-01T08:30:00+00:00", language="en", plan=(), person=person)
    return said.model_dump_json().encode()


def session(number=1, person=ROBIN, **changed):
    """Return a session with pain, the warning signs, and the files that it was written to."""
    made = session_record(number, person)
    time = made.started + timedelta(minutes=1)
    values = {
        "facts": facts(person),
        "events": b'{"type": "SessionEnded", "time_s": 95.0}\n{"type": "cut o',
        "pain_ratings": (PainRating(time, Moment.BEFORE, 3, ("dull",), made.id, None),),
        "screens": (RedFlagScreen(time, (), "plan_begins", made.id),),
    }
    return dataclasses.replace(made, **{**values, **changed})


def correction(session_id, **changed):
    """Return what somebody says instead of the machine."""
    values = {
        "session_id": session_id,
        "set_name": set_record().name,
        "subject": Corrected.REPETITION,
        "number": 2,
        "kind": CorrectionKind.REJECTED,
        "before": {"side": None},
        "after": None,
        "who": "A. Therapist",
        "time": EVENING,
        "comment": SCRIPT,
    }
    return Correction(**{**values, **changed})


def fill(store, n_sessions=2):
    """Keep everything that can be handed over."""
    for number in range(1, n_sessions + 1):
        store.take_in(session(number))
    store.add_pain(ROBIN, PainRating(EVENING, Moment.NEXT_MORNING, 4, ("burning",)))
    store.add_screen(ROBIN, RedFlagScreen(EVENING, ("rf04",), SCRIPT))
    store.add_outcome(ROBIN, OutcomeScore(EVENING.date(), "rmdq", 7.0, {"1": True, "2": [1, 2]}))
    prescribe(store)
    prescribe(store, PLAN.model_copy(update={"goal": "Dig the garden"}))
    store.add_override(ROBIN, RuleOverride(1, "P03", "A. Therapist", SCRIPT, EVENING))
    store.add_correction(correction(session().id))


def everything(store, person=ROBIN):
    """Return everything that the store gives back of a person, but its audit trail."""
    sessions = [store.session(line.id) for line in store.sessions(person)]
    said = store.pain(person), store.screens(person), store.outcomes(person)
    decided = store.overrides(person), store.prescriptions(person)
    corrected = [store.corrections(one.id) for one in sessions]
    return sessions, said, decided, corrected


def rows(store):
    """Return every row of the tables, as SQLite has them."""
    with store._database.plain() as connection:
        return {name: connection.execute(f"SELECT * FROM {name}").fetchall() for name in TABLES}
