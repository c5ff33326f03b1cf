from importlib import resources

import pytest
from pydantic import ValidationError

from formcheck.errors import ExerciseFileError
from formcheck.exercises.joints import ANGLES, INDEX, sides_of
from formcheck.exercises.library import load, load_all
from formcheck.exercises.motion import CONTACTS, Deviation, Moment, Motion, Pace
from formcheck.exercises.schema import Exercise
from formcheck.landmarks import Side
from formcheck.simulation.postures import full_names, start_posture, start_postures

EXERCISES = load_all()
MOTION = {"variant": "bird_dog", "posture": "all_fours", "effort": {"angles": {"neck_bend": 5}}}


def _motion(**changes: object) -> Motion:
    return Motion.model_validate(MOTION | changes)


def _bird_dog(motion: dict) -> Exercise:
    content = EXERCISES["bird_dog"].model_dump() | {"motion": [motion]}
    return Exercise.model_validate(content)


def test_a_motion_needs_no_more_than_a_posture_and_an_effort():
    """Everything else has a default: at rest in the start posture, both sides, no faults."""
    motion = _motion()
    assert motion.rest == Moment()
    assert motion.start is None
    assert motion.midway is None
    assert motion.sides == "none"
    assert motion.pace == Pace()
    assert motion.faults == ()


@pytest.mark.parametrize(
    ("angles", "message"),
    [
        ({"pelvis_tilt": 3}, "no angle pelvis_tilt; expected, for example, pelvis_pitch"),
        ({"both_knee": 3}, "no angle both_knee; expected, for example"),
        ({"knee_flexion": 3}, "no angle knee_flexion; expected, for example"),
        ({"near_knee_flexion": 3}, "no angle near_knee_flexion; expected, for example"),
        ({"both_knee_flexion": -1}, "both_knee_flexion = -1 is beyond what people can do, 0 to"),
        ({"working_elbow_flexion": 153}, "working_elbow_flexion = 153 is beyond .* 0 to 152"),
    ],
)
def test_an_angle_that_nobody_has_is_refused(angles, message):
    """The message says which, what was got and what people can do."""
    with pytest.raises(ValidationError, match=message):
        Moment.model_validate({"angles": angles})


@pytest.mark.parametrize("value", [0, 152])
def test_an_angle_at_its_limit_is_taken(value):
    """An elbow may be straight, and as bent as elbows get."""
    assert Moment.model_validate({"angles": {"both_elbow_flexion": value}})


def test_an_offset_may_be_larger_than_a_limit_but_not_of_an_unknown_angle():
    """Degrees for one unit of a measure: a ratio of 1 may be more than any joint can do."""
    assert Deviation(fault="shrug", clean=0.6, per_unit={"both_shrug": -67.3})
    with pytest.raises(ValidationError, match="no angle both_shrugs; expected, for example"):
        Deviation(fault="shrug", clean=0.6, per_unit={"both_shrugs": -67.3})


@pytest.mark.parametrize("field", ["touches", "lets_go", "slides"])
@pytest.mark.parametrize("name", ["both_tail", "hand", "both_chest", "near_hand"])
@pytest.mark.parametrize("record", [Moment, Deviation])
def test_a_contact_that_no_body_has_is_refused(record, field, name):
    """The message lists what there is."""
    fault = {"fault": "hips_drop", "clean": 0} if record is Deviation else {}
    with pytest.raises(ValidationError, match=f"no contact {name}; expected one of hips_back, .*"):
        record.model_validate(fault | {field: [name]})


@pytest.mark.parametrize("record", [Moment, Deviation])
def test_a_part_that_hovers_must_be_one_that_can_touch(record):
    """A lift of what no body has is refused like a contact of that name."""
    fault = {"fault": "hips_drop", "clean": 0} if record is Deviation else {}
    with pytest.raises(ValidationError, match="no contact both_tail; expected one of"):
        record.model_validate(fault | {"lifts_m": {"both_tail": 0.1}})


def test_two_deviations_of_one_name_are_refused():
    """Nobody could say which of them is meant."""
    deviation = {"fault": "leg_low", "clean": 0}
    with pytest.raises(ValidationError, match="two deviations are called leg_low"):
        _motion(faults=[deviation, deviation])


def test_a_motion_of_an_unknown_variant_is_refused():
    """The message says which there are."""
    with pytest.raises(ValidationError, match="variant cat_dog, expected one of bird_dog"):
        _bird_dog(MOTION | {"variant": "cat_dog"})


def test_a_fault_without_a_form_rule_is_refused():
    """Nobody could say how far it goes."""
    with pytest.raises(ValidationError, match=r"does yawns wrong, .* expected some of arm_low, "):
        _bird_dog(MOTION | {"faults": [{"fault": "yawns", "clean": 0}]})


def test_a_mistake_in_a_file_is_named_with_its_place(tmp_path):
    """File, field, what was wrong and what was expected, without a traceback."""
    text, _, _ = _source("bird_dog").partition("[[motion]]")
    file = tmp_path / "bird_dog.toml"
    file.write_text(
        text + '[[motion]]\nvariant = "bird_dog"\nposture = "all_fours"\n'
        "effort = { angles = { both_knee_flexion = 190 } }\n",
        "utf-8",
    )
    with pytest.raises(ExerciseFileError) as caught:
        load(file)
    message = str(caught.value)
    assert message.startswith("bird_dog.toml is not a valid exercise:\n  motion.0.effort.angles: ")
    assert "both_knee_flexion = 190 is beyond what people can do, 0 to 160" in message


def _source(exercise_id: str) -> str:
    return resources.files("formcheck.exercises").joinpath(f"{exercise_id}.toml").read_text("utf-8")


def test_every_exercise_has_a_motion():
    """So everything that is recognised can be demonstrated and validated."""
    assert [one.id for one in EXERCISES.values() if not one.motion] == []


def test_no_variant_has_two_motions():
    """The second would never be done."""
    for exercise in EXERCISES.values():
        variants = [motion.variant for motion in exercise.motion]
        assert len(set(variants)) == len(variants), exercise.id


def test_every_motion_starts_from_a_posture_that_there_is():
    """A misspelt one is found here, not when somebody wants to see the exercise."""
    wanted = {motion.posture for exercise in EXERCISES.values() for motion in exercise.motion}
    assert wanted <= set(start_postures())


def test_a_posture_that_there_is_not_is_named_with_those_there_are():
    """Expected and got."""
    with pytest.raises(ExerciseFileError, match=r"'sitting'.*expected one of standing, seated"):
        start_posture("sitting")


@pytest.mark.parametrize("name", list(start_postures()))
def test_start_postures_are_what_people_can_do(name):
    """Every angle is one of the vocabulary and within its limits, every contact a known one."""
    posture = start_postures()[name]
    for angle, value in posture.angles.items():
        for full in sides_of(angle, Side.LEFT):
            assert ANGLES[full].least <= value <= ANGLES[full].most, angle
    assert set(full_names(posture.contacts, Side.LEFT)) <= set(CONTACTS)
    assert posture.contacts
    assert set(posture.floor_way) <= set(start_postures())


def test_full_names_are_there_once_and_in_order():
    """Both hands and the left one are two hands."""
    assert full_names(("chest", "both_hand", "left_hand"), Side.LEFT) == (
        "chest",
        "left_hand",
        "right_hand",
    )


@pytest.mark.parametrize("side", list(Side))
def test_working_contacts_are_those_of_the_working_side(side):
    """And other ones those of the opposite side."""
    names = full_names(("working_hand", "other_shin"), side)
    assert names == (f"{side}_hand", f"{side.opposite}_shin")


def test_every_angle_has_its_own_place_in_a_posture():
    """In the order in which they are listed."""
    assert list(INDEX.values()) == list(range(len(ANGLES)))
