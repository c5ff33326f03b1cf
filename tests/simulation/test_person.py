"""People differ as people do, and stand on the floor."""

import pytest

from formcheck.errors import UsageError
from formcheck.simulation.person import Person, skeleton_of


def hip_share(person: Person) -> float:
    """Return how high the hips are, as a share of the height."""
    return float(skeleton_of(person).place("left_thigh")[1]) / person.height_m


def width_m(person: Person, segment: str) -> float:
    """Return the distance between the two sides of a segment [m]."""
    return skeleton_of(person).length_m(f"left_{segment}", f"right_{segment}")


def test_longer_legs_leave_the_height_as_it_is():
    """The trunk is shorter instead, and the arms keep their length."""
    plain, legged = (skeleton_of(Person(leg_share=share)) for share in (1.0, 1.05))
    assert legged.place("head")[1] == pytest.approx(plain.place("head")[1])
    assert legged.place("left_thigh")[1] == pytest.approx(1.05 * plain.place("left_thigh")[1])
    for arm in (("left_upper_arm", "left_forearm"), ("left_forearm", "left_hand")):
        assert legged.length_m(*arm) == pytest.approx(plain.length_m(*arm))


@pytest.mark.parametrize("segment", ["foot", "toes"])
def test_feet_stand_as_high_as_the_flesh_under_them(segment):
    """Whatever the legs, what touches the floor is where it was."""
    plain, legged = (skeleton_of(Person(leg_share=share)) for share in (1.0, 1.05))
    assert legged.place(f"left_{segment}")[1] == plain.place(f"left_{segment}")[1]


def test_women_have_wider_hips_and_men_wider_shoulders():
    """Against the same height."""
    assert width_m(Person("female"), "thigh") > width_m(Person("male"), "thigh")
    assert width_m(Person("male"), "upper_arm") > width_m(Person("female"), "upper_arm")


def test_the_old_have_lost_height_of_the_trunk():
    """At the same height their legs are the longer part; before 40 nothing changes."""
    assert hip_share(Person(age_years=85)) > hip_share(Person(age_years=40))
    assert hip_share(Person(age_years=20)) == hip_share(Person(age_years=40))


@pytest.mark.parametrize("wrong", [{"height_m": 1.39}, {"height_m": 2.11}, {"age_years": 14}])
def test_who_is_far_from_the_skeleton_is_refused(wrong):
    """Just outside of what it was made for."""
    with pytest.raises(UsageError, match="expected"):
        Person(**wrong)
