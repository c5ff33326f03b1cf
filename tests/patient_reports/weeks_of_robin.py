"""Six weeks of Robin's programme, in which nearly everything happens that a report can tell."""

from formcheck.exercises.dose import Dose
from formcheck.landmarks import Side
from formcheck.prescription.model import Baseline, Heat, PlannedSession, Screening, Therapist
from formcheck.session.events import RuleApplied
from formcheck.store import RedFlagScreen
from tests.prescription.prescriptions import item
from tests.robin import ANGEL, BRIDGE, PLAN, ROBIN, day, done_set, outcome, prescribe, session_on

LAST = 39
BEGUN = PLAN.model_copy(
    update={
        "baseline": Baseline(pain_0_100=62, function={"psfs": 4.0}),
        "heat": Heat(minutes=15),
        "red_flags": Screening(on=day(-1)),
        "therapist": Therapist(name="Dr. Ünal Größe-Müller", licence="x"),
        "review": day(35),
        "last_contact": day(14),
    }
)
MORE = (
    ANGEL.model_copy(update={"dose": Dose(sets=2, repetitions=8)}),
    BRIDGE,
    item("front_plank", dose=Dose(sets=2, hold_s=20), why="tires soon"),
    item(
        "seated_thoracic_rotation",
        dose=Dose(sets=1, repetitions=8),
        why="turns stiffly",
        side=Side.LEFT,
    ),
)


def keep_weeks(store):
    """Keep sessions of five days a week, outcomes, a second revision and a warning sign."""
    prescribe(store, BEGUN)
    rule = RuleApplied(30.0, "s07", "stop_exercise", False, 1)
    for number in range(LAST + 1):
        if number % 7 in {2, 6}:
            continue
        n_clean = 5 - max(0, 2 - number // 12)
        store.take_in(
            session_on(
                number,
                pain=(max(1, 6 - number // 7), max(1, 6 - number // 8)),
                sets=(done_set(ANGEL, n_clean=n_clean), done_set(BRIDGE, 1, n_clean=n_clean)),
                prescription_revision=1,
                rules_applied=(rule,) if number == 8 else (),
            )
        )
    sessions = (PlannedSession(name="Mornings", items=MORE),)
    prescribe(
        store, BEGUN.model_copy(update={"revision": 2, "sessions": sessions, "pain_limit": 4})
    )
    for number, measure, score in (
        (2, "sit_to_stand_5", 13.2),
        (3, "rmdq", 11),
        (14, "pain_0_100", 50),
        (34, "pain_0_100", 26),
        (34, "global_rating", 3),
        (35, "sit_to_stand_5", 12.1),
    ):
        outcome(store, number, measure, score)
    outcome(store, 34, "psfs", 6.5, [{"name": "drive", "rating": 6}, {"name": "lift", "rating": 7}])
    store.add_screen(ROBIN, RedFlagScreen(session_on(28).started, ("rf08",), "regular"))
