"""What is drawn is where it belongs, and says what it should."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import Fault, NotAssessed
from formcheck.analysis.snapshot import Snapshot
from formcheck.exercises import library
from formcheck.exercises.schema import BodyPart, Phase
from formcheck.landmarks import INDEX, Side
from formcheck.measures import View
from formcheck.sinks import drawing
from formcheck.sinks.captions import SHOWN_FOR_S, Caption
from formcheck.sinks.drawing import annotate
from formcheck.sinks.lettering import Scale
from formcheck.texts import Texts
from tests.people import poses

FAULT = Fault(
    "knee", "error", "knee_flexion", 1.0, 0.0, "deg", 7.0, Phase.EFFORT, BodyPart.KNEE,
    Side.LEFT, 0.0, 1.0, 0.5, "good", "Wrong.", "Knees over toes.",
)  # fmt: skip


@pytest.fixture
def snapshot():
    """Return somebody in the middle of a bridge."""
    coach = Coach([library.find("glute_bridge")])
    snapshots = [coach.update(*pair) for pair in poses("glute_bridge")[:60]]
    return replace(snapshots[-1], active_faults=())


def changed(before, after, centre, radius=40):
    """Return how many pixels differ near a point."""
    x, y = np.rint(centre).astype(int)
    near = np.s_[max(0, y - radius) : y + radius, max(0, x - radius) : x + radius]
    return int((before[near] != after[near]).any(axis=2).sum())


def test_a_fault_is_drawn_at_the_body_part_concerned(snapshot):
    """A knee fault marks the knee of its side, and leaves the shoulder alone."""
    blank = np.full((360, 640, 3), 90, np.uint8)
    plain = annotate(blank, snapshot, "")
    marked = annotate(blank, replace(snapshot, active_faults=(FAULT,)), "")
    knee, shoulder = (snapshot.pose.image[INDEX[f"left_{p}"]] for p in ("knee", "shoulder"))
    assert changed(plain, marked, knee) > 200
    assert changed(plain, marked, shoulder, radius=15) == 0


def test_the_picture_itself_is_left_alone(snapshot):
    """Drawing is done on a copy."""
    blank = np.full((360, 640, 3), 90, np.uint8)
    annotate(blank, snapshot, "Lift.")
    assert (blank == 90).all()


@pytest.mark.parametrize("size", [(1, 1), (48, 64), (1080, 1920), (1920, 1080)])
def test_any_size_can_be_drawn_on(snapshot, size):
    """From one pixel to a portrait phone, with every kind of mark at once."""
    refused = NotAssessed("too_far_away", "too far away: come closer or zoom in")
    everything = replace(snapshot, active_faults=(FAULT,), not_assessed=refused)
    drawn = annotate(np.zeros((*size, 3), np.uint8), everything, "Caption")
    assert drawn.shape == (*size, 3)


def middle_of_shin(snapshot, side):
    """Return the middle of a shin."""
    knee, ankle = (snapshot.pose.image[INDEX[f"{side}_{part}"]] for part in ("knee", "ankle"))
    return (knee + ankle) / 2


def painted(picture, snapshot, side):
    """Return how many pixels around a shin's middle are drawn on."""
    blank = np.full_like(picture, 90)
    return changed(blank, picture, middle_of_shin(snapshot, side), radius=12)


def with_knees(snapshot, **changes):
    """Return the snapshot with other knees: ``visibility`` or ``x`` of both."""
    image, visibility = snapshot.pose.image.copy(), snapshot.pose.visibility.copy()
    knees = [INDEX["left_knee"], INDEX["right_knee"]]
    visibility[knees] = changes.get("visibility", 1.0)
    image[knees, 0] = changes.get("x", image[knees, 0])
    return replace(snapshot, pose=replace(snapshot.pose, image=image, visibility=visibility))


def test_what_is_hidden_is_dashed_and_what_is_outside_is_not_drawn(snapshot):
    """A guess does not look like something seen, and nothing is drawn towards a guess outside."""
    blank = np.full((360, 640, 3), 90, np.uint8)
    near = snapshot.near_side
    seen = painted(annotate(blank, snapshot, ""), snapshot, near)
    at_limit = annotate(blank, with_knees(snapshot, visibility=0.5), "")
    below = annotate(blank, with_knees(snapshot, visibility=0.49), "")
    outside = with_knees(snapshot, x=-1.0)
    assert painted(at_limit, snapshot, near) == seen
    assert 0 < painted(below, snapshot, near) < 0.8 * seen
    blank_shin = middle_of_shin(outside, near)
    assert changed(blank, annotate(blank, outside, ""), blank_shin, radius=8) == 0


def test_the_near_side_is_stronger_but_from_the_front_there_is_none(snapshot):
    """In side view the near leg is the thicker one; from the front both are alike."""
    colours = []
    for view in (View.SIDE, View.FRONT):
        picture = np.full((360, 640, 3), 90, np.uint8)
        drawn = annotate(picture, replace(snapshot, view=view), "")
        colours.append((drawn == drawing.FAR_COLOUR).all(axis=2).any())
    assert colours == [True, False]


@pytest.mark.parametrize("size", [(480, 640), (1080, 1920), (640, 360)])
def test_labels_of_several_faults_cover_neither_each_other_nor_panel_nor_bar(
    snapshot, size, monkeypatch
):
    """Also two at the same body part, on every usual shape of picture."""
    cues = ("Look at the floor.", "Lift until knees, hips and shoulders line up.", "Slower.")
    parts = (BodyPart.HEAD, BodyPart.HIP, BodyPart.TRUNK)
    faults = tuple(
        replace(FAULT, body_part=part, cue=cue, severity=severity)
        for part, cue, severity in zip(parts, cues, ("error", "error", "advice"), strict=True)
    )
    scale = np.array((size[1] / 640, size[0] / 360))
    pose = replace(snapshot.pose, image=snapshot.pose.image * scale)
    boxes = []
    draw = drawing.draw_block

    def remembered(picture, lines, box, *rest, **options):
        boxes.append(box)
        draw(picture, lines, box, *rest, **options)

    monkeypatch.setattr(drawing, "draw_block", remembered)
    everything = replace(snapshot, pose=pose, active_faults=faults)
    annotate(np.zeros((*size, 3), np.uint8), everything, "Lift until everything is in one line.")
    assert len(boxes) == 2 + len(faults)
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])
    for box in boxes:
        assert box == box.pushed_into(np.zeros((*size, 3), np.uint8))


@pytest.mark.parametrize(
    ("exercise", "state", "says"),
    [
        (None, {}, ["no exercise recognised yet"]),
        ("glute_bridge", {"count": 3}, ["Glute bridge", "3", "start position"]),
        ("glute_bridge", {"count": 3, "n_attempts": 2},
         ["Glute bridge", "3", "start position", "too small: 2"]),
        ("front_plank", {"held_s": 83.21, "total_held_s": 83.21, "is_holding": True},
         ["Front plank", "01:23.2", "holding"]),
        ("front_plank", {"held_s": 0.0, "total_held_s": 83.21},
         ["Front plank", "00:00.0", "not held", "in all 83.2 s"]),
    ],
)  # fmt: skip
def test_the_panel_says_where_the_exercise_stands(exercise, state, says):
    """A count and its phase, or the clock of a hold, also over the minute."""
    found = library.find(exercise) if exercise else None
    lines = drawing._status_lines(Snapshot(0.0, None, exercise=found, **state), Scale(1, 1.0, 4))
    assert [line.text for line in lines] == says


def test_phases_are_called_as_on_the_live_page():
    """Every phase has its words, and they are those of the patient's page."""
    says = Texts.load("en").say
    assert {one: words.capitalize() for one, words in drawing._PHASES.items()} == {
        one: says(f"phase.{one}") for one in Phase
    }


@pytest.mark.parametrize(("held_s", "clock"), [(59.94, "00:59.9"), (59.96, "01:00.0")])
def test_the_clock_never_shows_sixty_seconds(held_s, clock):
    """Just below and just above what is rounded to a minute."""
    plank = Snapshot(0.0, None, exercise=library.find("front_plank"), held_s=held_s)
    assert drawing._status_lines(plank, Scale(1, 1.0, 4))[1].text == clock


def test_not_being_able_to_judge_is_said_in_the_picture(snapshot):
    """The banner takes the caption's place at the bottom."""
    blank = np.full((360, 640, 3), 90, np.uint8)
    refused = NotAssessed("nobody_in_view", "nobody in view")
    plain, said = (
        annotate(blank, replace(snapshot, not_assessed=reason), "") for reason in (None, refused)
    )
    assert changed(plain, said, (320, 345), radius=14) > 100


def test_a_caption_stays_long_enough_to_read(snapshot):
    """A cue is shown for its time and no longer; counts are on the counter already."""
    from formcheck.analysis.cues import Cue  # noqa: PLC0415 - only here

    caption = Caption()
    at = replace(snapshot, time_s=1.0, cue=Cue(1.0, "form", "Lift."))
    assert caption.update(at) == "Lift."
    assert caption.update(replace(at, time_s=1.0 + SHOWN_FOR_S, cue=None)) == "Lift."
    assert caption.update(replace(at, time_s=1.1 + SHOWN_FOR_S, cue=None)) == ""
    assert caption.update(replace(at, time_s=9.0, cue=Cue(9.0, "count", "3"))) == ""
