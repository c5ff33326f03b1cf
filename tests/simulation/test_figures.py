from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from formcheck.exercises.joints import ANGLES, INDEX
from formcheck.simulation.contacts import MAT_M
from formcheck.simulation.kinematics import placed
from formcheck.simulation.people import adult_skeleton, average_skeleton
from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rendering.figure import Figure
from formcheck.simulation.rendering.outfit import HairStyle, Outfit, Painter
from formcheck.simulation.rendering.passer_by import PasserBy
from formcheck.simulation.rendering.procedural import procedural_body
from formcheck.simulation.rendering.resting import _MEASURED, _Resting
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import SEGMENT_INDEX

OUTFIT = Outfit((0.8, 0.6, 0.5), (0.2, 0.4, 0.6), (0.1, 0.1, 0.2), (0.9, 0.8, 0.1))


@cache
def body() -> Body:
    return procedural_body("female", 30, 1.66, 62)


@cache
def figure() -> Figure:
    return Figure(body(), OUTFIT)


def standing(figure: Figure) -> Array:
    posture = np.zeros(len(ANGLES))
    posture[:3] = figure.body.skeleton.place("pelvis")
    posture[INDEX["left_shoulder_abduction"]] = 40
    return posture


def posed(figure: Figure) -> Array:
    return figure.vertices(placed(figure.body.skeleton, standing(figure)))


def test_a_procedural_body_is_as_tall_as_asked_and_stands_on_the_floor() -> None:
    """From the sole to the crown, within 2 %."""
    for sex, height_m in (("female", 1.55), ("male", 1.9)):
        rest = procedural_body(sex, 40, height_m, 70).rest
        assert np.ptp(rest[:, 1]) == pytest.approx(height_m, rel=0.02)
        assert rest[:, 1].min() == pytest.approx(0, abs=0.02)


def test_the_surface_of_a_procedural_body_is_closed() -> None:
    """Every edge belongs to two triangles that run along it in opposite directions."""
    triangles = body().triangles
    edges = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    there = {(int(one), int(two)) for one, two in edges}
    assert len(there) == len(edges)
    assert there == {(two, one) for one, two in there}


def test_a_procedural_body_has_the_volume_of_its_weight() -> None:
    """Flesh weighs about 1 kg a litre: the sum of the parts, which overlap, is near the mass."""
    for mass_kg in (55, 95):
        made = procedural_body("male", 40, 1.75, mass_kg)
        first, second, third = (made.rest[made.triangles[:, corner]] for corner in range(3))
        litres = np.einsum("ni,ni->", first, np.cross(second, third)) / 6 * 1000
        assert 0.7 * mass_kg < litres < 1.3 * mass_kg


def test_women_have_wider_hips_and_the_old_stoop() -> None:
    """The average skeleton is between both; heads of the old are in front."""
    woman, man = (adult_skeleton(sex, 30, 1.7, 66) for sex in ("female", "male"))
    hips = [each.place("left_thigh")[0] for each in (man, average_skeleton(), woman)]
    assert hips == sorted(hips)
    old = adult_skeleton("male", 85, 1.7, 66)
    assert old.place("head")[2] - man.place("head")[2] == pytest.approx(0.022 * 1.7)


@pytest.mark.parametrize("posture", ["on_back_knees_bent", "on_belly", "all_fours"])
def test_a_dressed_body_rests_on_the_mat(posture: str) -> None:
    """What was measured in a posture neither sinks into the mat nor floats, within 8 mm."""
    person = figure()
    resting = _Resting.named(posture)
    vertices = person.vertices(placed(person.body.skeleton, resting.on(person.body.skeleton)))
    main = person.body.segments[:, 0]
    for segments in _MEASURED[posture].values():
        near = np.isin(main, [SEGMENT_INDEX[segment] for segment in segments])
        assert vertices[near, 1].min() == pytest.approx(MAT_M, abs=0.008)


def test_a_belly_gives_way_under_somebody_who_lies_on_it() -> None:
    """Unpressed it would be 5 to 40 mm in the mat; pressed, nothing of the body is."""
    person, resting = figure(), _Resting.named("on_belly")
    where = placed(person.body.skeleton, resting.on(person.body.skeleton))
    unpressed = person.body.posed(where)[:, 1].min()
    assert MAT_M - 0.04 < unpressed < MAT_M - 0.005
    assert person.vertices(where)[:, 1].min() >= MAT_M


def test_loose_clothes_stand_off_the_body_and_hands_and_face_stay() -> None:
    """Nothing moves by more than 10 cm and no triangle is torn; the head does not change."""
    tight, loose = figure(), Figure(body(), replace(OUTFIT, looseness=1.0))
    before, after = posed(tight), posed(loose)
    moved = np.linalg.norm(after - before, axis=1)
    assert 0.015 < moved.max() < 0.1
    main = body().segments[:, 0]
    bare = np.isin(main, [SEGMENT_INDEX[name] for name in ("head", "left_hand", "right_hand")])
    # Heights may differ by what wide trousers lift the body off the floor.
    assert moved[bare].max() < 0.002
    one, two = (tight.triangles[:, corner] for corner in (0, 1))
    longer = np.linalg.norm(after[one] - after[two], axis=1)
    longer -= np.linalg.norm(before[one] - before[two], axis=1)
    assert longer.max() < 0.05


def test_cloth_hangs_below_somebody_on_all_fours() -> None:
    """Loose cloth stands off more under the trunk than on the back."""
    loose = Figure(body(), replace(OUTFIT, looseness=1.0))
    where = placed(loose.body.skeleton, _Resting.named("all_fours").on(loose.body.skeleton))
    off = loose.vertices(where) - loose.body.posed(where)
    trunk = np.isin(body().segments[:, 0], [SEGMENT_INDEX["lumbar_high"]])
    heights = loose.body.posed(where)[trunk, 1]
    below = heights < np.quantile(heights, 0.2)
    above = heights > np.quantile(heights, 0.8)
    assert off[trunk][below, 1].min() < -0.02
    assert off[trunk][above, 1].max() < 0.005


def test_hair_is_added_behind_the_head() -> None:
    """Long hair reaches below the neck, tied hair does not; a bald head has no hair's colour."""
    lowest = {}
    for style in (HairStyle.LONG, HairStyle.TIED):
        hairy = Figure(body(), replace(OUTFIT, hair_style=style))
        added = posed(hairy)[len(body().rest) :]
        lowest[style] = added[:, 1].min()
        last = np.array([len(hairy.triangles) - 1])
        assert hairy.colours(last, np.full((3, 1), 1 / 3, np.float32))[0] == pytest.approx(
            OUTFIT.hair
        )
    neck_m = body().skeleton.place("neck_low")[1]
    assert lowest[HairStyle.LONG] < neck_m < lowest[HairStyle.TIED]
    bald = Figure(body(), replace(OUTFIT, hair_style=HairStyle.BALD))
    every = np.arange(len(bald.triangles))
    colours = bald.colours(every, np.full((3, len(every)), 1 / 3, np.float32))
    assert not np.isclose(colours, OUTFIT.hair).all(1).any()


def test_hems_are_where_the_outfit_has_them_and_not_where_triangles_end() -> None:
    """At points anywhere on the trunk and the legs: shirt above the waist, trousers below it."""
    dressed, painter = figure(), Painter(body(), OUTFIT)
    bare = painter.is_head | painter.is_foot | painter.is_limb_end | painter.is_arm
    chosen = np.flatnonzero(~bare[dressed.triangles[: len(body().triangles)]].any(1))
    shares = np.random.default_rng(4).dirichlet((1, 1, 1), len(chosen)).T.astype(np.float32)
    points = np.einsum("cn,nci->ni", shares, body().rest[dressed.triangles[chosen]])
    waist = painter.waist(points)
    shirt, legs = (waist > 0) & (painter.collar(points) > 0), (waist <= 0)
    legs &= painter.legs(points) > 0
    colours = dressed.colours(chosen, shares)
    assert np.isclose(colours, OUTFIT.top).all(1) == pytest.approx(shirt)
    assert np.isclose(colours, OUTFIT.trousers).all(1) == pytest.approx(legs)
    triangles_at_waist = np.ptp(np.sign(painter.waist(body().rest))[dressed.triangles[chosen]], 1)
    assert (triangles_at_waist > 0).sum() > 20


def test_somebody_walks_by_on_a_line_and_in_time() -> None:
    """At half time in the middle, a foot on the floor, looking where it goes; else nobody."""
    walker = PasserBy(figure(), (-2.0, -1.5), (2.0, -1.5), begins_s=3.0, speed_m_per_s=1.0)
    assert walker.vertices(2.9) is None
    assert walker.vertices(7.1) is None
    middle = walker.vertices(5.0)
    assert middle is not None
    assert middle[:, 1].min() == pytest.approx(0, abs=1e-9)
    assert middle[:, [0, 2]].mean(0) == pytest.approx([0, -1.5], abs=0.15)
    nose = body().skeleton.place("head")[1]
    face = middle[np.abs(middle[:, 1] - nose) < 0.1]
    assert face[:, 0].max() > -face[:, 0].min()
