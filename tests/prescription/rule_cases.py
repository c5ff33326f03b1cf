"""What each clinical rule lets pass, and what it has something against."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from formcheck.exercises.dose import Dose
from formcheck.exercises.equipment import Equipment
from formcheck.prescription.model import (
    Baseline,
    Confirmed,
    Heat,
    Item,
    NoHeat,
    Prescription,
    Screening,
    Step,
    Weekday,
)
from formcheck.prescription.seal import sealed
from tests.prescription.own import BUILT_IN, OWN
from tests.prescription.prescriptions import EXERCISES, STARTS, item, prescription, session

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def signed(one: Prescription) -> Prescription:
    """Return it with a seal."""
    return sealed(one, "A. Therapist", KEY, STARTS)


def with_items(*exercise_ids: str, **given: Any) -> Prescription:
    """Return a prescription of one session of these exercises."""
    return prescription(sessions=(session(*exercise_ids),), **given)


def of(*items: Item, **given: Any) -> Prescription:
    """Return a prescription of one session of these."""
    return prescription(sessions=({"items": items},), **given)


def slid(**dose: int) -> Prescription:
    """Return a prescription of heel slides alone, so many of them."""
    return of(item("heel_slide", dose=Dose(**dose)))


def stepped(
    *repetitions: int,
    days: int = 7,
    may_progress: bool = True,
    does: str = "heel_slide",
    about: str = "heel_slide",
) -> Prescription:
    """Return heel slides, ten of them, that have changed by themselves since."""
    steps = [
        Step(
            exercise=about,
            does=does,
            dose=Dose(repetitions=n),
            on=STARTS + timedelta(days=days * number),
            reason="progress.more_repetitions",
        )
        for number, n in enumerate(repetitions, 1)
    ]
    one = item("heel_slide", dose=Dose(repetitions=10), may_progress=may_progress)
    return of(one, steps=steps)


@dataclass(frozen=True)
class Sides:
    """A rule, one that just keeps it and one that just does not."""

    rule: str
    inside: Prescription
    outside: Prescription
    today: date = STARTS


def days(n: int) -> date:
    """Return the day so many days after the start."""
    return STARTS + timedelta(days=n)


VALIDATED = BUILT_IN.model_copy(update={"id": "own_validated"})
"""An own exercise with a motion, by which it was tried."""
CORE = ("cat_cow", "heel_slide", "wall_angel", "glute_bridge")
SIX_DAYS = frozenset(Weekday) - {Weekday.SUNDAY}
FIVE_DAYS = SIX_DAYS - {Weekday.SATURDAY}
OWN_BOOK = item("open_book", dose=Dose(repetitions=4))
USUAL = [item(one, dose=EXERCISES[one].usual_dose) for one in (*CORE, "chin_tuck")]
SIDES = [
    Sides(
        "motor_control_first",
        with_items("cat_cow", "heel_slide"),
        with_items("cat_cow", "dead_bug"),
    ),
    Sides(
        "isolated_before_functional",
        with_items(*CORE, "sit_to_stand"),
        with_items(*CORE, "sit_to_stand", first_stage_passed=False),
    ),
    Sides(
        "isolated_before_functional",
        with_items(*CORE, first_stage_passed=False),
        with_items(*CORE, "bird_dog", first_stage_passed=False),
    ),
    Sides("four_components", with_items(*CORE), with_items("heel_slide", "wall_angel")),
    Sides("four_components", with_items(*CORE), with_items("cat_cow", "heel_slide")),
    Sides("four_components", with_items(*CORE), with_items(*CORE, therapist=None)),
    Sides(
        "stretch_before_strengthen",
        with_items("cat_cow", "wall_angel"),
        with_items("wall_angel", "cat_cow"),
    ),
    Sides("never_stretch_alone", with_items("cat_cow", "wall_angel"), with_items("cat_cow")),
    Sides(
        "never_stretch_alone",
        with_items("cat_cow", "wall_angel"),
        with_items("cat_cow", "heel_slide"),
    ),
    Sides(
        "individual",
        of(*USUAL[:3], OWN_BOOK),
        of(*USUAL[:4], OWN_BOOK),
    ),
    Sides(
        "individual",
        of(USUAL[0].model_copy(update={"tempo_s": (3, 1, 3)})),
        of(*USUAL),
    ),
    Sides("signed", signed(prescription()), prescription()),
    Sides(
        "signed", signed(prescription()), signed(prescription()).model_copy(update={"goal": "x"})
    ),
    Sides("hard_only_signed", with_items(*CORE), with_items(*CORE, "bird_dog")),
    Sides("hard_only_signed", signed(with_items(*CORE, "bird_dog")), with_items("bird_dog")),
    Sides("live_contact", prescription(), prescription(next_contact=None)),
    Sides("live_contact", prescription(next_contact=days(7)), prescription(next_contact=days(8))),
    Sides(
        "live_contact",
        prescription(last_contact=days(7), next_contact=days(21)),
        prescription(last_contact=days(7), next_contact=days(22)),
    ),
    Sides(
        "live_contact", prescription(), prescription(last_contact=days(-7), next_contact=days(-1))
    ),
    Sides(
        "daily",
        prescription(sessions=(session(*CORE, days=SIX_DAYS),)),
        prescription(sessions=(session(*CORE, days=FIVE_DAYS),)),
    ),
    Sides(
        "heat_before_stretching",
        prescription(heat=Heat(minutes=10)),
        prescription(heat=Heat(minutes=9)),
    ),
    Sides(
        "heat_before_stretching",
        prescription(heat=Heat(minutes=20)),
        prescription(heat=Heat(minutes=21)),
    ),
    Sides(
        "heat_before_stretching",
        prescription(heat=Heat(left_out=NoHeat.SENSORY_LOSS)),
        prescription(heat=Heat()),
    ),
    Sides(
        "heat_before_stretching",
        with_items("heel_slide", heat=Heat()),
        with_items("cat_cow", heat=Heat()),
    ),
    Sides("gentle_start", with_items(*CORE), with_items(*CORE, "bird_dog")),
    Sides(
        "gentle_start",
        of(item("bird_dog", tested=True)),
        with_items("bird_dog"),
    ),
    Sides(
        "gentle_start",
        slid(repetitions=11),
        slid(repetitions=12),
    ),
    Sides("review_date", prescription(review=days(28)), prescription(review=days(27))),
    Sides("review_date", prescription(review=days(42)), prescription(review=days(43))),
    Sides("review_date", prescription(), prescription(review=None)),
    Sides(
        "stay_active",
        prescription(notes="Walk every day."),
        prescription(notes="Two days of bed rest."),
    ),
    Sides("stay_active", prescription(), prescription(stay_active=False)),
    Sides("complements_only", with_items("cat_cow", "yoga_mountain"), with_items("yoga_mountain")),
    Sides("red_flags_asked", prescription(), prescription(red_flags=None)),
    Sides(
        "red_flags_asked",
        prescription(red_flags=Screening(on=days(-28))),
        prescription(red_flags=Screening(on=days(-29))),
    ),
    Sides(
        "red_flags_asked",
        prescription(red_flags=Screening(on=STARTS, positive={"rf08"}, cleared={"rf08": "A"})),
        prescription(red_flags=Screening(on=STARTS, positive={"rf08"})),
    ),
    Sides(
        "red_flags_asked",
        prescription(),
        prescription(red_flags=Screening(on=STARTS, positive={"rf04"}, cleared={"rf04": "A"})),
    ),
    Sides("red_flags_asked", prescription(), prescription(red_flags=Screening(on=days(1)))),
    Sides(
        "contraindications",
        with_items("cat_cow", conditions={"glaucoma"}),
        with_items("yoga_downward_dog", conditions={"glaucoma"}),
    ),
    Sides(
        "contraindications",
        with_items(
            "cat_cow",
            conditions={"wrist_pain"},
            confirmed=[
                Confirmed(condition="wrist_pain", exercise="cat_cow", by="A", reason="on fists")
            ],
        ),
        with_items("cat_cow", conditions={"wrist_pain"}),
    ),
    Sides(
        "reaches_the_floor",
        with_items("cat_cow", "sit_to_stand", gets_down_alone=False),
        with_items("bird_dog", gets_down_alone=False),
    ),
    Sides(
        "reaches_the_floor",
        of(item("heel_slide", on_bed=True), gets_down_alone=False),
        of(item("heel_slide"), gets_down_alone=False),
    ),
    Sides(
        "reaches_the_floor",
        with_items("bird_dog"),
        of(item("bird_dog", on_bed=True), gets_down_alone=False),
    ),
    Sides(
        "equipment_at_hand",
        with_items("band_row", equipment={Equipment.BAND}),
        with_items("band_row", equipment=set(Equipment) - {Equipment.BAND}),
    ),
    Sides("steps_allowed", stepped(12), stepped(13)),
    Sides("steps_allowed", stepped(12), stepped(12, may_progress=False)),
    Sides("steps_allowed", stepped(12, 14, days=7), stepped(12, 14, days=6)),
    Sides("steps_allowed", stepped(12), stepped(12, does="dead_bug")),
    Sides("steps_allowed", stepped(6, 5, days=1), stepped(12, about="cat_cow")),
    Sides("baseline", prescription(), prescription(baseline=Baseline(pain_0_100=45))),
    Sides("baseline", prescription(), prescription(baseline=Baseline(function={"rmdq": 8.0}))),
    Sides("no_claims", prescription(goal="An active life"), prescription(goal="A cure")),
    Sides("no_claims", prescription(), prescription(notes="Activates the multifidus.")),
    Sides(
        "unvalidated",
        prescription(own_exercises=(VALIDATED,)),
        prescription(own_exercises=(OWN,)),
    ),
    Sides("session_load", with_items(*CORE), with_items(*CORE[:3])),
    Sides(
        "session_load",
        with_items(*CORE, "open_book", "chin_tuck", "dead_bug"),
        with_items(*CORE, "open_book", "chin_tuck", "dead_bug", "band_row"),
    ),
    Sides(
        "session_load",
        with_items(*CORE),
        prescription(
            sessions=({"items": [item(one, dose=Dose(sets=8, repetitions=15)) for one in CORE]},)
        ),
    ),
]
