"""Prescriptions to test with."""

from datetime import date

from formcheck.exercises import library
from formcheck.exercises.dose import Dose
from formcheck.prescription.model import (
    Baseline,
    Heat,
    Item,
    PlannedSession,
    Prescription,
    Screening,
    Therapist,
)

EXERCISES = library.load_all()
STARTS = date(2026, 3, 2)  # a Monday


def item(exercise_id: str, **given: object) -> Item:
    """Return an exercise with the dose that it begins with."""
    fields = {"exercise": exercise_id, "dose": EXERCISES[exercise_id].starting_dose, "why": "stiff"}
    return Item.model_validate({**fields, **given})


def session(*exercise_ids: str, **given: object) -> PlannedSession:
    """Return a session of exercises with the doses that they begin with."""
    items = tuple(map(item, exercise_ids))
    return PlannedSession.model_validate({"items": items, **given})


def prescription(**given: object) -> Prescription:
    """Return an individual prescription against which no clinical rule has anything."""
    fields: dict[str, object] = {
        "person": "P 17",
        "therapist": Therapist(name="A. Therapist", licence="PT 1"),
        "goal": "Sit at work for an afternoon",
        "onset": date(2025, 11, 1),
        "starts": STARTS,
        "review": date(2026, 4, 6),
        "last_contact": STARTS,
        "next_contact": date(2026, 3, 9),
        "first_stage_passed": True,
        "heat": Heat(minutes=15),
        "baseline": Baseline(pain_0_100=45, function={"psfs": 4.0}),
        "red_flags": Screening(on=STARTS),
        "sessions": (
            PlannedSession(
                items=(
                    item("seated_thoracic_rotation", target=35.0),
                    item("cat_cow", dose=Dose(repetitions=4)),
                    item("heel_slide", why="keeps the trunk still badly"),
                    item("wall_angel", dose=Dose(repetitions=5), why="arms do not come up"),
                    item("glute_bridge", dose=Dose(repetitions=5), why="tires when standing"),
                ),
            ),
        ),
    }
    return Prescription.model_validate(fields | given)
