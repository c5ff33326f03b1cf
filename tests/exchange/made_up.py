"""Robin and Kim, who do not exist, with everything that can be exported."""

import dataclasses
from datetime import timedelta

from formcheck.analysis.events import Fault, Hold, NotAssessed, RepetitionAttempted, Turn
from formcheck.analysis.verdict import Abstention, Check, CheckStatus, Outcome
from formcheck.exercises.dose import Dose
from formcheck.exercises.rules import Phase
from formcheck.landmarks import Side
from formcheck.prescription.pain import Moment
from formcheck.store import Corrected, Correction, CorrectionKind, OutcomeScore, PainRating
from tests.robin import ROBIN, prescribe
from tests.store.made_up import BEGAN, session_record, set_record

KIM = "kim"
NAN = float("nan")
FORMULA = "=HYPERLINK(1)"
FAULT = Fault(
    "drops", "error", "hip_lift", 0.2, 0.3, "deg", 0.05, Phase.EFFORT, "hip",
    Side.LEFT, 12.0, 13.5, 12.7, "good", "The hips drop.", "Lift.",
)  # fmt: skip
HOLD = Hold(1, "on_elbows", 2.0, 14.0, 11.5, 1, ("drops",), Side.RIGHT, Turn(NAN, NAN, NAN, NAN))
ATTEMPT = RepetitionAttempted(
    20.0, "glute_bridge", 18.0, 19.0, "hip_lift", 0.1, 0.2, 0.45, 0.3, None
)
HIDDEN = NotAssessed("landmarks_hidden", "An ankle cannot be seen.", "left_ankle")


def bridges():
    """Return three bridges, the last with a fault, an attempt, and a stretch that was not seen."""
    return dataclasses.replace(
        set_record(),
        attempts=(ATTEMPT,),
        faults=(FAULT,),
        checks=(Check("drops", "The hips drop.", CheckStatus.FOUND, 1, 0.9),),
        abstentions=(Abstention(1.0, 2.5, HIDDEN),),
    )


def plank():
    """Return a plank that was held for 11.5 of 20 seconds."""
    return dataclasses.replace(
        set_record("set-02-front_plank", 1),
        step_index=1,
        dose=Dose(sets=1, hold_s=20),
        outcome=Outcome.HELD,
        repetitions=(),
        holds=(HOLD,),
    )


def session(number=1, person=ROBIN, **changed):
    """Return a session of bridges and a plank, with pain before."""
    made = session_record(number, person, sets=(bridges(), plank()))
    rating = PainRating(made.started, Moment.BEFORE, 3, ("sharp", FORMULA), made.id, "glute_bridge")
    return dataclasses.replace(made, **{"pain_ratings": (rating,), **changed})


def correction(subject, number, kind, after=None, **changed):
    """Return what a therapist says of the bridges of Robin's second session."""
    values = {
        "session_id": session(2).id,
        "set_name": set_record().name,
        "subject": Corrected(subject),
        "number": number,
        "kind": CorrectionKind(kind),
        "before": None,
        "after": after,
        "who": "A. Therapist",
        "time": BEGAN + timedelta(days=3),
    }
    return Correction(**{**values, **changed})


CORRECTIONS = (
    correction("repetition", 1, "rejected", comment=FORMULA),
    correction("repetition", None, "added", {"start_s": 20.0, "end_s": 23.0}),
    correction("repetition", None, "added", {"start_s": 25.0, "end_s": 28.0}),
    correction("repetition", 2, "rejected"),
    correction("fault", 1, "relabelled", {"name": "uneven"}),
    correction("session", None, "signed_off", set_name=None),
)


def fill(store):
    """Keep two sessions of Robin, the second corrected, one of Kim, and what was said."""
    prescribe(store)
    for number in (1, 2):
        store.take_in(session(number, prescription_revision=1))
    store.take_in(session(3, KIM))
    for one in CORRECTIONS:
        store.add_correction(one)
    taken_back = {"withdraws": CORRECTIONS[2].key}
    store.add_correction(correction("repetition", None, "withdrawn", taken_back))
    store.add_pain(
        ROBIN, PainRating(BEGAN + timedelta(days=9), Moment.NEXT_MORNING, None, ("numb",))
    )
    store.add_outcome(ROBIN, OutcomeScore(BEGAN.date(), "rmdq", 3.0, [1, 3, 24]))
    store.add_outcome(ROBIN, OutcomeScore(BEGAN.date() + timedelta(days=9), "sit_to_stand_5", 12.4))
