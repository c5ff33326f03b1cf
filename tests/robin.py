"""Robin, who does not exist: a prescription, and sessions that followed it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from formcheck.analysis.events import Fault
from formcheck.analysis.verdict import Check, CheckStatus
from formcheck.exercises.dose import Dose
from formcheck.exercises.rules import Phase
from formcheck.prescription.model import PlannedSession
from formcheck.prescription.pain import Moment
from formcheck.prescription.seal import digest
from formcheck.recordings import prescription_file
from formcheck.store import OutcomeScore, PainRating, PrescriptionDraft, Store
from tests.prescription.prescriptions import STARTS, item, prescription
from tests.store.made_up import repetition, session_record, set_record

ROBIN = "robin"
STARTED_AT = 8  # o'clock, UTC: the same day wherever tests are likely to run
BRIDGE = item("glute_bridge", dose=Dose(sets=1, repetitions=5), may_progress=True, why="tires")
ANGEL = item("wall_angel", dose=Dose(sets=1, repetitions=5), why="arms do not come up")
PLAN = prescription(person=ROBIN, sessions=(PlannedSession(items=(ANGEL, BRIDGE)),))


def day(number: int) -> date:
    """Return a day of the programme, 0 for the first."""
    return STARTS + timedelta(days=number)


def prescribe(store: Store, plan=PLAN) -> None:
    """Save a prescription as the store's newest."""
    newest = store.prescription(plan.person)
    draft = PrescriptionDraft(
        toml=prescription_file.written(plan),
        digest=digest(plan),
        based_on_revision=newest.revision if newest else 0,
        saved_by="A. Therapist",
    )
    store.save_prescription(plan.person, draft)


def done_set(one, number=0, n_clean=None, judged=True, n_done=None):
    """Return a set of an item with so many repetitions done, and so many of them clean."""
    n_done = one.dose.repetitions if n_done is None else n_done
    n_clean = n_done if n_clean is None else n_clean
    told = [()] * n_clean + [("wrong",)] * (n_done - n_clean)
    error = Fault(
        "wrong", "error", "hip_lift", 0.3, 0.2, "ratio", 0.05, Phase.EFFORT, "hip", None,
        0.0, 1.0, 0.5, "good", "It is wrong.", "Do it right.",
    )  # fmt: skip
    status = CheckStatus.NOTHING_WRONG_SEEN if judged else CheckStatus.NOT_ASSESSED
    made = set_record(f"set-{number + 1:02}-{one.exercise}", poses_of=b"poses")
    values = {
        "step_index": number,
        "exercise": one.exercise,
        "dose": one.dose,
        "started_s": 60.0 * (number + 1),
        "repetitions": tuple(repetition(n, names) for n, names in enumerate(told, start=1)),
        "faults": (error,) if n_clean < n_done else (),
        "checks": (Check("wrong", "It is wrong.", status, 0, 1.0),),
    }
    return made.__class__(
        **{name: getattr(made, name) for name in made.__slots__ if name not in values}, **values
    )


def stands(*starts_s, variant="sit_to_stand"):
    """Return a set of stands that begin at these times, each up within 0.8 s."""
    sit = item("sit_to_stand", dose=Dose(repetitions=5))
    made = done_set(sit)
    rises = tuple(
        replace(rise, variant=variant, start_s=s, outbound_s=0.8, end_s=s + 1.6)
        for rise, s in zip(made.repetitions, starts_s, strict=False)
    )
    return replace(made, repetitions=rises)


def session_on(number, *, pain=(2, 2), sets=None, morning=None, **changed):
    """Return the session of a day, with pain before and after; done whole and clean unless said."""
    began = datetime.combine(day(number), datetime.min.time(), UTC) + timedelta(hours=STARTED_AT)
    session_id = f"{began:%Y%m%dT%H%M%SZ}-{number:06x}"
    before, after = pain
    said = [(1, Moment.BEFORE, before, None), (9, Moment.AFTER_EXERCISE, after, BRIDGE.exercise)]
    if morning is not None:
        said.insert(0, (0, Moment.NEXT_MORNING, morning, None))
    ratings = tuple(
        PainRating(began + timedelta(minutes=minutes), moment, value, (), session_id, about)
        for minutes, moment, value, about in said
        if value is not None
    )
    values = {
        "person": ROBIN,
        "id": session_id,
        "started": began,
        "sets": (done_set(ANGEL), done_set(BRIDGE, 1)) if sets is None else sets,
        "pain_ratings": ratings,
        "pain_reports": (),
    }
    return session_record(number, **{**values, **changed})


def outcome(store: Store, number: int, measure: str, score: float, answers=None) -> None:
    """Enter what a measure came to on a day."""
    store.add_outcome(ROBIN, OutcomeScore(day(number), measure, score, answers))
