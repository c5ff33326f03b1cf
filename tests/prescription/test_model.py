"""What a prescription may say, and that it comes back from its file as it was."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from formcheck.errors import PrescriptionError
from formcheck.exercises.contraindications import HealthCondition
from formcheck.exercises.dose import Dose
from formcheck.exercises.equipment import Equipment
from formcheck.prescription.model import Heat, Item, NoHeat, Prescription, Step, Weekday
from formcheck.prescription.resolving import check_resolvable, resolved
from formcheck.recordings import prescription_file
from tests.prescription.prescriptions import EXERCISES, STARTS, item, prescription, session


def test_it_comes_back_from_its_file_as_it_was(tmp_path):
    """Written and read again nothing is different, and its text says what it is."""
    path = tmp_path / "one.prescription.toml"
    prescription_file.save(prescription(), path)
    assert prescription_file.load(path) == prescription()
    assert path.read_text().startswith('format = "formcheck prescription"')


@settings(deadline=None)
@given(
    days=st.frozensets(st.sampled_from(Weekday), min_size=1),
    conditions=st.frozensets(st.sampled_from(HealthCondition)),
    equipment=st.frozensets(st.sampled_from(Equipment)),
    sets=st.integers(1, 5),
    repetitions=st.integers(1, 30),
)
def test_any_contents_come_back_from_their_text(days, conditions, equipment, sets, repetitions):
    """Also where nothing is at hand, or something is written for another day."""
    dose = Dose(sets=sets, repetitions=repetitions)
    given_one = prescription(
        conditions=conditions,
        equipment=equipment,
        sessions=(session("cat_cow", days=days),),
    )
    changed = given_one.sessions[0].model_copy(update={"items": (item("cat_cow", dose=dose),)})
    given_one = given_one.model_copy(update={"sessions": (changed,)})
    assert prescription_file.parsed(prescription_file.written(given_one), "here") == given_one


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("this is none", "not valid TOML"),
        ('format = "formcheck calibration"', "format"),
        ('person = "P 1"', "goal"),
        ("format_version = 2", "newer formcheck"),
    ],
)
def test_what_is_no_prescription_is_refused_by_name(text, said):
    """The message names the file and what is wrong."""
    with pytest.raises(PrescriptionError, match=said) as caught:
        prescription_file.parsed(text, "one.toml")
    assert "one.toml" in str(caught.value)


def test_a_file_that_is_missing_or_no_text_is_refused(tmp_path):
    """Neither ends in a traceback."""
    with pytest.raises(PrescriptionError, match="no such file; check its name"):
        prescription_file.load(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PrescriptionError, match="it holds no text"):
        prescription_file.load(tmp_path / "bytes.toml")


def test_mistakes_name_their_field():
    """A field that does not exist, and a number that cannot be, each with its place."""
    text = prescription_file.written(prescription()).replace("pain_limit = 5", "pain_limit = 9")
    text = text.replace("gets_down_alone", "gets_up_alone")
    with pytest.raises(PrescriptionError, match=r"gets_up_alone: unknown field") as caught:
        prescription_file.parsed(text, "one.toml")
    assert "pain_limit" in str(caught.value)
    assert "got 9" in str(caught.value)


@pytest.mark.parametrize("limit", [3, 6])
def test_the_limit_of_pain_is_three_to_six(limit):
    """Just inside; just outside it is refused."""
    assert prescription(pain_limit=limit).pain_limit == limit
    with pytest.raises(ValidationError):
        prescription(pain_limit=limit + (1 if limit == 6 else -1))


def test_days_must_follow_each_other():
    """Pain before the start, the review after it."""
    with pytest.raises(ValidationError, match="pain begins"):
        prescription(onset=STARTS + timedelta(1))
    with pytest.raises(ValidationError, match="not after the start"):
        prescription(review=STARTS)


def test_a_day_has_one_session():
    """Two on one day are refused by the day's name."""
    with pytest.raises(ValidationError, match="monday"):
        prescription(sessions=(session("cat_cow"), session("heel_slide", days=["monday"])))


def test_a_session_has_one_dose_of_an_exercise_a_side():
    """Left and right may differ; the same twice is a mistake."""
    left, right = item("side_bend", side="left"), item("side_bend", side="right")
    assert len(prescription(sessions=({"items": (left, right)},)).sessions[0].items) == 2
    with pytest.raises(ValidationError, match="side_bend is there twice"):
        session("side_bend", "side_bend")


def test_heat_is_minutes_or_a_reason():
    """Not both."""
    with pytest.raises(ValidationError, match="got both"):
        Heat(minutes=10, left_out=NoHeat.SENSORY_LOSS)


@pytest.mark.parametrize("tempo_s", [(-1.0, 0.0, 2.0), (0.0, 0.0, 0.0), (30.0, 20.0, 11.0)])
def test_a_tempo_takes_time(tempo_s):
    """None of its parts is negative, and all together are no more than a minute."""
    with pytest.raises(ValidationError, match="expected three times"):
        item("cat_cow", tempo_s=tempo_s)


def test_it_says_what_is_due_on_a_day():
    """By the weekday; nothing before the start and on a day of rest."""
    days = [Weekday.MONDAY, Weekday.THURSDAY]
    one = prescription(sessions=(session("cat_cow", "heel_slide", days=days),))
    assert one.session_on(STARTS) is not None
    assert one.session_on(STARTS + timedelta(1)) is None
    assert one.session_on(STARTS + timedelta(3)) is not None
    assert one.session_on(STARTS - timedelta(7)) is None
    assert one.n_days_a_week == 2


def test_weeks_of_pain_are_whole_weeks():
    """Six days are none, seven are one."""
    one = prescription(onset=date(2026, 2, 1))
    assert one.weeks_of_pain(date(2026, 2, 7)) == 0
    assert one.weeks_of_pain(date(2026, 2, 8)) == 1


def test_it_resolves_into_exercises_with_the_patients_numbers():
    """The target and what else the therapist set are thresholds, by their names."""
    own = item("seated_thoracic_rotation", target=35.0, thresholds={"minimum_excursion": 20.0})
    (one,) = resolved(session("cat_cow").model_copy(update={"items": (own,)}), EXERCISES)
    assert one.exercise is EXERCISES["seated_thoracic_rotation"]
    numbers = {(one.name, one.value) for one in one.thresholds}
    assert numbers == {("target", 35.0), ("minimum_excursion", 20.0)}


def test_what_changed_by_itself_is_done_now_and_what_may_not_change_is_not():
    """The last step of an item counts; an easier exercise brings none of the other's numbers."""

    def step(does: str, repetitions: int) -> Step:
        dose = Dose(repetitions=repetitions)
        return Step(exercise="glute_bridge", does=does, dose=dose, on=STARTS, reason="x")

    own = item("glute_bridge", target=20.0, may_progress=True)
    steps = [step("glute_bridge", 7), step("heel_slide", 5)]
    for taken, exercise, n, target in (
        ([], "glute_bridge", 6, 20.0),
        (steps[:1], "glute_bridge", 7, 20.0),
        (steps, "heel_slide", 5, None),
    ):
        one = prescription(sessions=({"items": (own,)},), steps=taken)
        (now,) = one.session_on(STARTS).items
        assert (now.exercise, now.dose.repetitions, now.target) == (exercise, n, target)
    fixed = item("glute_bridge")
    one = prescription(sessions=({"items": (fixed,)},), steps=steps)
    assert list(one.items) == [fixed]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"exercise": "star_jump"}, "no exercise 'star_jump'"),
        ({"exercise": "front_plank", "dose": Dose(repetitions=5)}, "expected hold_s"),
        ({"thresholds": {"nothing": 1.0}}, "no threshold nothing"),
        ({"exercise": "glute_bridge", "target": 1000.0, "thresholds": {"rest": 2000.0}}, "target"),
    ],
)
def test_what_does_not_fit_its_exercise_is_refused(wrong, said):
    """With the exercise's name and what it has."""
    own = Item.model_validate(item("cat_cow").model_dump() | wrong)
    with pytest.raises(PrescriptionError, match=said):
        check_resolvable(prescription(sessions=({"items": (own,)},)), EXERCISES)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=lambda one: one.id)
def test_every_exercise_can_be_prescribed(exercise):
    """With the dose that it begins with, and with its usual one."""
    doses = [exercise.starting_dose, *([exercise.usual_dose] if exercise.usual_dose else [])]
    for dose in doses:
        one = prescription(sessions=({"items": (item(exercise.id, dose=dose),)},))
        check_resolvable(one, EXERCISES)


def test_the_published_schema_is_the_present_one():
    """`formcheck prescription schema > docs/schema/prescription-1.json` after a change."""
    path = Path(__file__).parents[2] / "docs" / "schema" / "prescription-1.json"
    assert json.loads(path.read_text()) == Prescription.model_json_schema()


def test_a_session_without_a_name_is_called_by_its_days():
    """As they are written, in the order of the week."""
    assert session("cat_cow", days=["wednesday", "monday"]).label == "Monday, Wednesday"
    assert session("cat_cow").label == "every day"
    assert session("cat_cow", name="Short one").label == "Short one"
