"""What every exercise file must satisfy; a new file is tested by existing."""

import pytest

from formcheck import measures
from formcheck.analysis.faults import severity_of, tempo_fault
from formcheck.analysis.form import FormAssessor, FrameRule, MovementRule
from formcheck.analysis.movement import Movement
from formcheck.analysis.readings import channel
from formcheck.analysis.taking import Taken
from formcheck.errors import ExerciseFileError, UsageError
from formcheck.exercises import library
from formcheck.exercises.schema import Phase

EXERCISES = library.load_all()
FORM_RULES = [(e.id, rule) for e in EXERCISES.values() for rule in e.form]
TEMPO_RULES = [(e.id, rule) for e in EXERCISES.values() for rule in e.tempo]

VALID = """
name = "Squat"
level = 1
purpose = "Legs."
instructions = "Go down and up."
[camera]
view = "side"
height_m = [0.5, 1.0]
place = "Beside you."
must_be_in_frame = "Everything."
[[variants]]
id = "squat"
name = "Squat"
orientations = ["upright"]
[variants.repetition]
longest_s = 10
[[variants.repetition.signals]]
measure = "knee_flexion"
rest = 30
effort = 60
minimum_excursion = 40
target = 90
"""


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_file_says_what_it_cannot_see(exercise):
    """Nothing is complete: each file lists what it does not check, and why."""
    assert exercise.not_checked
    assert all(unseen.why for unseen in exercise.not_checked)


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_signals_cover_the_cameras_views(exercise):
    """Whatever view the file allows, there is something to count or time by."""
    for variant in exercise.variants:
        if variant.repetition:
            covered = {view for signal in variant.repetition.signals for view in signal.views}
            assert exercise.camera.views <= covered


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_every_reading_can_be_taken_in_its_view(exercise):
    """A signal asks for no measure in a view in which that cannot be read."""
    for variant in exercise.variants:
        if variant.repetition:
            for signal in variant.repetition.signals:
                allowed = measures.find(signal.measure).views
                assert signal.views & exercise.camera.views <= allowed


def just_outside(bounds, by):
    """Return the values that are this far outside of the finite bounds."""
    ends = ((bounds.min, -by), (bounds.max, by))
    return [end + step for end, step in ends if abs(end) != float("inf")]


@pytest.mark.parametrize(("name", "rule"), FORM_RULES, ids=lambda x: getattr(x, "name", x))
def test_just_inside_is_nothing_and_just_outside_is_something(name, rule):  # noqa: ARG001
    """Every bound of every file does what it says; poorly seen faults are never errors."""
    tiny = 1e-6
    for value in just_outside(rule.advice, -tiny):
        assert severity_of(rule, value) is None
    for value in just_outside(rule.advice, tiny):
        assert severity_of(rule, value) == "advice"
    if rule.error:
        for value in just_outside(rule.error, tiny):
            assert severity_of(rule, value) == (
                "advice" if rule.observability == "poor" else "error"
            )


@pytest.mark.parametrize(("name", "rule"), FORM_RULES, ids=lambda x: getattr(x, "name", x))
def test_every_form_rule_raises_its_fault(name, rule):  # noqa: ARG001
    """A reading far outside, for long enough, in the right phase and view, is the fault."""
    (value, *_) = just_outside(rule.error or rule.advice, 5)
    phase, view = min(rule.phases), min(rule.views)
    readings = {channel(rule): Taken(value)}
    movement = Movement(0, 1, 2, 0.5, 1, 0.5, 0, 90, is_full=True)
    if rule.statistic == "value":
        judge = FrameRule(rule)
        started = [judge.update(k / 10, phase, view, readings)[0] for k in range(20)]
        faults = [fault for fault in started if fault]
        assert faults[0].start_s == 0
        assert judge.watched.share == 1
    else:
        whole = MovementRule(rule)
        base = {"rise": 0.0, "drop": 1.0}.get(rule.statistic, 0.0)
        whole.update(0.0, Phase.REST, view, {channel(rule): Taken(base)})
        if rule.statistic == "range":
            whole.update(0.05, phase, view, {channel(rule): Taken(0.0)})
        whole.update(0.1, phase, view, readings)
        faults = [fault for fault in [whole.complete(movement)] if fault]
    (fault,) = faults
    assert (fault.name, fault.cue) == (rule.name, rule.cue)
    assert fault.expected_error == measures.find(rule.measure).expected_error


@pytest.mark.parametrize(("name", "rule"), FORM_RULES, ids=lambda x: getattr(x, "name", x))
def test_no_form_rule_judges_what_it_cannot_see(name, rule):  # noqa: ARG001
    """Hidden, or from another view, nothing is raised, and the reason is kept."""
    unseen = {channel(rule): Taken(float("nan"))}
    judge = FrameRule(rule)
    for k in range(20):
        assert judge.update(k / 10, min(rule.phases), min(rule.views), unseen) == (None, None)
    assert judge.watched.share == 0


@pytest.mark.parametrize(("name", "rule"), TEMPO_RULES, ids=lambda x: getattr(x, "name", x))
def test_tempo_rules_judge_the_parts_they_name(name, rule):  # noqa: ARG001
    """Just slower is nothing, just faster is a tip, faster than the error bound a fault.

    What is seen poorly stays a tip.
    """

    def taking(total_s):
        each = total_s / len(rule.phases)
        parts = [each if phase in rule.phases else 9.0 for phase in list(Phase)[1:]]
        return Movement(0, 1, sum(parts), *parts, 0, 90, is_full=True)

    assert tempo_fault(rule, taking(rule.advice_s + 0.01)) is None
    assert tempo_fault(rule, taking(rule.advice_s - 0.01)).severity == "advice"
    if rule.error_s:
        worst = "advice" if rule.observability == "poor" else "error"
        assert tempo_fault(rule, taking(rule.error_s - 0.01)).severity == worst


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_a_hold_has_sides_where_one_side_does_it(exercise):
    """As its motion says: a plank of both arms is not held to the left."""
    sides = {motion.variant: motion.sides for motion in exercise.motion}
    for variant in exercise.variants:
        if variant.hold and variant.id in sides:
            conditions = (*variant.posture, *variant.hold.conditions)
            reads_one = any(c.side in {"larger", "smaller"} for c in conditions)
            has_sides = reads_one and variant.hold.has_sides
            assert has_sides is (sides[variant.id] != "none"), variant.id


@pytest.mark.parametrize("exercise", EXERCISES.values(), ids=EXERCISES)
def test_an_assessor_tallies_every_rule(exercise):
    """No rule of the file is forgotten in the verdict."""
    names = [tally.finding.name for tally in FormAssessor(exercise).tallies()]
    assert sorted(names) == sorted(finding.name for finding in exercise.findings)


def test_the_smallest_file_is_valid(tmp_path):
    """The text that the next test breaks is right as it stands."""
    file = tmp_path / "squat.toml"
    file.write_text(VALID)
    assert library.load(file).id == "squat"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('"knee_flexion"', '"knee_flexon"', r"signals\.0.*did you mean knee_flexion"),
        ("rest = 30", "rest = 60", "rest and effort must differ"),
        ("effort = 60", "effort = -15", "effort lies short of rest"),
        ("effort = 60", 'effort = "deep"', r"signals\.0\.effort: .*valid number.*'deep'"),
        ("target = 90", "target = 50", "target must lie beyond rest and effort"),
        ("level = 1", "level = 9", "level: .*less than or equal to 4.*9"),
        ("level = 1", "levle = 1", r"levle: unknown field; did you mean 'level'"),
        ('["upright"]', '["uprigth"]', r"did you mean 'upright'"),
        ('name = "Squat"\nlevel', "level", "name: missing"),
        ("[camera]", "[camera", "not valid TOML"),
        ("minimum_excursion = 40", "minimum_excursion = 0", "greater than 0"),
        (
            "longest_s = 10",
            'longest_s = 10\n[[variants.repetition.requires]]\nmeasure = "hip_lift"\n'
            'statistic = "range"\nmin = 4\nin_place_of = "ear_height"',
            "hip_lift stands in place of ear_height, which is not required",
        ),
    ],
)
def test_mistakes_are_named(tmp_path, right, wrong, message):
    """The message says which file, which field, what was expected and the nearest right word."""
    file = tmp_path / "squat.toml"
    assert right in VALID
    file.write_text(VALID.replace(right, wrong, 1))
    with pytest.raises(ExerciseFileError, match=r"(?s)squat\.toml.*" + message):
        library.load(file)


def test_a_rule_in_a_view_that_cannot_show_it_is_refused(tmp_path):
    """A front-view fault by a side-view measure names the views that would do."""
    file = tmp_path / "squat.toml"
    file.write_text(
        VALID
        + """
[[form]]
name = "bent"
says = "Bent."
cue = "Straighten."
why = "Because."
body_part = "knee"
measure = "knee_flexion"
advice = { max = 10 }
phases = ["effort"]
views = ["front"]
"""
    )
    with pytest.raises(ExerciseFileError, match="cannot be read in view front; it can in side"):
        library.load(file)


def test_an_unknown_exercise_suggests_the_nearest():
    """A slip of the finger is met with the right word."""
    with pytest.raises(UsageError, match="did you mean glute_bridge"):
        library.find("glute_brige")


def test_what_looks_like_standing_around_is_not_searched_for():
    """Everything is searched for that nobody names, but for what says that it must be named."""
    searched = library.searched(EXERCISES.values())
    assert EXERCISES["yoga_mountain"] not in searched
    assert EXERCISES["yoga_warrior2"] in searched
    left_out = {one.id for one in EXERCISES.values()} - {one.id for one in searched}
    assert left_out == {one.id for one in EXERCISES.values() if one.only_when_named}
