import numpy as np
import pytest

from formcheck.exercises.joints import ANGLES
from formcheck.exercises.motion import CONTACTS
from formcheck.landmarks import Side
from formcheck.simulation.contacts import MAT_M, guards, touch
from formcheck.simulation.kinematics import placed
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.skeleton import SEGMENTS

SKELETON = average_skeleton()


@pytest.mark.parametrize("contact", CONTACTS)
def test_every_contact_is_on_the_body(contact):
    """Each point has a segment, an offset of less than a foot's length, and a height."""
    one = touch(SKELETON, contact)
    assert one.offsets.shape == (len(one.segments), 3)
    assert one.heights_m.shape == (len(one.segments),)
    assert (np.linalg.norm(one.offsets, axis=1) < 0.3).all()
    assert (one.heights_m >= MAT_M).all()
    assert (one.heights_m < 0.25).all()


@pytest.mark.parametrize("contact", [name for name in CONTACTS if name.startswith("left")])
def test_contacts_of_both_sides_are_mirror_images(contact):
    """Same heights, same segments of the other side, x the other way round."""
    left, right = touch(SKELETON, contact), touch(SKELETON, contact.replace("left", "right"))
    assert right.heights_m == pytest.approx(left.heights_m)
    assert right.offsets == pytest.approx(left.offsets * [-1, 1, 1])
    names = [[SEGMENTS[index] for index in one.segments] for one in (left, right)]
    assert names[1] == [name.replace("left", "right") for name in names[0]]


@pytest.mark.parametrize("name", ["hand", "left_tail", "middle_hand", ""])
def test_a_contact_that_there_is_not_is_a_mistake(name):
    """The message says what was got and lists what there is."""
    with pytest.raises(ValueError, match=rf"no contact '{name}'; expected one of hips_back"):
        touch(SKELETON, name)


def test_somebody_who_stands_on_the_mat_has_flat_feet_on_it():
    """In the neutral posture, raised by the mat, every point of the soles is at its height."""
    posture = np.zeros(len(ANGLES))
    posture[:3] = SKELETON.place("pelvis") + np.array([0, MAT_M, 0])
    body = placed(SKELETON, posture)
    for side in Side:
        sole = touch(SKELETON, f"{side}_foot")
        assert body.points(sole.segments, sole.offsets)[:, 1] == pytest.approx(sole.heights_m)


@pytest.mark.parametrize("height_m", [1.5, 1.9])
def test_nothing_of_somebody_who_stands_is_in_the_floor(height_m):
    """Every guard is at or above its least height."""
    skeleton = average_skeleton(height_m)
    posture = np.zeros(len(ANGLES))
    posture[:3] = skeleton.place("pelvis") + np.array([0, MAT_M, 0])
    guard = guards(skeleton)
    heights_m = placed(skeleton, posture).points(guard.segments, guard.offsets)[:, 1]
    assert (heights_m >= guard.heights_m - 1e-9).all()


def test_guards_ask_for_no_more_height_than_any_contact():
    """Whatever a joint lies on, its guard lets it: else contact and guard would fight."""
    guard = guards(SKELETON)
    least = {
        segment: height
        for segment, offset, height in zip(
            guard.segments, guard.offsets, guard.heights_m, strict=True
        )
        if not offset.any()
    }
    for contact in CONTACTS:
        one = touch(SKELETON, contact)
        for segment, offset, height in zip(one.segments, one.offsets, one.heights_m, strict=True):
            if not offset.any() and segment in least:
                assert height >= least[segment] - 1e-9, contact


def test_a_taller_person_has_thicker_contacts():
    """Heights grow with the body; the mat does not."""
    small, tall = (touch(average_skeleton(height), "left_elbow") for height in (1.0, 2.0))
    assert (tall.heights_m - MAT_M) == pytest.approx(2 * (small.heights_m - MAT_M))
