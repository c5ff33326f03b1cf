"""One cue at a time, the most important first, and none too often."""

from formcheck.analysis.cues import SAME_CUE_COOLDOWN_S, CuePolicy
from formcheck.analysis.events import (
    AssessmentPaused,
    Fault,
    FaultEnded,
    FaultStarted,
    Hold,
    HoldEnded,
    NotAssessed,
    PersonLost,
    Repetition,
    RepetitionCompleted,
)
from formcheck.exercises.schema import BodyPart, Phase


def fault(name: str = "knees_in", cue: str = "Knees out.", end_s: float = 0.0) -> Fault:
    """Return a fault that needs this cue."""
    return Fault(
        name, "error", "knee_gap", 0.5, 0.7, "ratio", 0.1, Phase.EFFORT, BodyPart.KNEE,
        None, 0.0, end_s, 0.0, "good", "A knee falls inward.", cue,
    )  # fmt: skip


def started(time_s: float, **kwargs: str) -> FaultStarted:
    """Return the start of a fault."""
    return FaultStarted(time_s, "squat", fault(**kwargs))


def completed(time_s: float, number: int = 1) -> RepetitionCompleted:
    """Return a completed repetition."""
    times_s = (time_s - 2, time_s - 1, time_s, 1.0, 0.0, 1.0)
    return RepetitionCompleted(
        time_s,
        "squat",
        Repetition(number, "squat", None, *times_s, "knee_flexion", 0.0, 90.0, 90.0, 1.0),
    )


def test_the_more_important_cue_wins():
    """Safety before form before count."""
    policy = CuePolicy()
    lost = PersonLost(0.0, 0.0)
    assert policy.update(0.0, [completed(0.0), started(0.0), lost]).kind == "safety"
    assert policy.update(1.0, [completed(1.0), started(1.0)]).kind == "form"
    assert policy.update(2.0, [completed(2.0)]).text == "1"


def test_a_count_is_said_at_once_or_never():
    """A count that lost against a correction does not come later."""
    policy = CuePolicy()
    assert policy.update(0.0, [started(0.0), completed(0.0)]).kind == "form"
    assert policy.update(0.1, []) is None


def test_the_same_correction_waits():
    """The same correction is not repeated within its cooldown, and may come after it."""
    policy = CuePolicy()
    assert policy.update(0.0, [started(0.0)]) is not None
    assert policy.update(SAME_CUE_COOLDOWN_S - 0.1, [started(7.9)]) is None
    assert policy.update(SAME_CUE_COOLDOWN_S, [started(8.0)]) is not None


def test_another_correction_needs_a_moment_too():
    """Two different corrections do not come in one breath."""
    policy = CuePolicy()
    policy.update(0.0, [started(0.0)])
    assert policy.update(1.0, [started(1.0, cue="Chest up.")]) is None
    assert policy.update(3.0, [started(3.0, cue="Chest up.")]).text == "Chest up."


def test_a_correction_that_was_followed_is_acknowledged_once():
    """Praise follows a correction that was said, and nothing else."""
    policy = CuePolicy()
    ended = FaultEnded(2.0, "squat", fault(end_s=2.0))
    assert policy.update(1.0, [ended]) is None
    policy.update(1.5, [started(1.5)])
    assert policy.update(2.0, [ended]).kind == "praise"
    assert policy.update(2.1, [ended]) is None


def test_holds_and_pauses_are_said():
    """The time held is told, and so is what keeps from judging."""
    policy = CuePolicy()
    hold = Hold(1, "plank", 0.0, 10.4, 10.4, 0)
    assert policy.update(11.0, [HoldEnded(11.0, "plank", hold)]).text == "Held for 10 seconds."
    paused = AssessmentPaused(20.0, NotAssessed("out_of_frame", "ankle outside: step back"))
    assert policy.update(20.0, [paused]).text == "ankle outside: step back"


def test_cues_carry_stable_codes():
    """Whoever speaks another language gets the code and what it is about, not the sentence."""
    policy = CuePolicy()
    said = policy.update(0.0, [started(0.0)])
    assert (said.code, dict(said.arguments)) == ("fault", {"name": "knees_in"})
    counted = policy.update(3.0, [completed(3.0, number=4)])
    assert (counted.code, dict(counted.arguments)) == ("repetition", {"n": 4})
    reason = NotAssessed("out_of_frame", "left ankle outside", part="left_ankle")
    refused = policy.update(9.0, [AssessmentPaused(9.0, reason)])
    assert (refused.code, refused.refused) == ("not_assessed", reason)
