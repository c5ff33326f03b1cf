from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.errors import OutputError
from formcheck.exercises.joints import ANGLES, INDEX
from formcheck.simulation.camera import Camera
from formcheck.simulation.kinematics import placed
from formcheck.simulation.people import average_skeleton
from formcheck.simulation.rendering.body import Body
from formcheck.simulation.rendering.figure import vertex_normals
from formcheck.simulation.rendering.light import DAYLIGHT
from formcheck.simulation.rendering.rasteriser import rasterised
from formcheck.simulation.rendering.renderer import Renderer
from formcheck.simulation.rendering.rig import neutral_turns, segment_of
from formcheck.simulation.rendering.room import Room, room_solid
from formcheck.simulation.rendering.shadows import ShadowMap, Surfaces, sunward
from formcheck.simulation.rendering.solids import box
from formcheck.simulation.rendering.video import write_video
from formcheck.simulation.rotations import Array
from formcheck.simulation.skeleton import SEGMENT_INDEX, SEGMENTS


def drawn(corners: list, nearness: list, width: int, height: int) -> Array:
    seen = rasterised(np.array(corners, float), np.array(nearness, float), width, height)
    picture = np.full(width * height, -1)
    picture[seen.pixels] = seen.triangles
    return picture.reshape(height, width)


def test_a_triangle_covers_the_pixels_whose_middles_are_inside() -> None:
    """A right triangle over half of a 4 x 4 picture, whichever way round its corners are."""
    corner = [(0, 0), (4, 0), (0, 4)]
    for order in (corner, corner[::-1]):
        covered = drawn([order], [[1, 1, 1]], 4, 4) == 0
        inside = np.add.outer(np.arange(4) + 0.5, np.arange(4) + 0.5) <= 4
        assert (covered == inside).all()


def test_the_nearest_triangle_wins_whatever_the_order() -> None:
    """Nearness is interpolated: two crossing triangles each win on their side."""
    whole = [(-9, -9), (30, -9), (-9, 30)]
    tilted = [[1, 3, 1], [2, 2, 2]]
    for flip in (False, True):
        picture = drawn([whole, whole], tilted[::-1] if flip else tilted, 8, 8)
        expected = (np.arange(8) + 0.5 + 9) / 39 * 2 + 1 > 2
        assert ((picture[2] == (1 if flip else 0)) == expected).all()


def test_large_and_small_triangles_leave_no_gap() -> None:
    """A sheet cut into many triangles of all sizes covers every pixel."""
    cuts = np.array([0, 1, 2, 4, 9, 20, 64.0])
    corners = []
    for x, right in pairwise(cuts):
        for y, low in pairwise(cuts):
            corners += [[(x, y), (right, y), (right, low)], [(x, y), (right, low), (x, low)]]
    assert (drawn(corners, [[1, 1, 1]] * len(corners), 64, 64) >= 0).all()


def test_normals_of_a_box_point_outwards() -> None:
    """Seen from the middle of the box every corner's normal points away."""
    solid = box((-1, -1, -1), (1, 1, 1), (0.5, 0.5, 0.5))
    vertices, triangles = solid.corners.reshape(-1, 3), np.arange(36).reshape(-1, 3)
    normals = vertex_normals(vertices, triangles)
    assert (np.einsum("ni,ni->n", normals, vertices) > 0).all()


def test_what_stands_in_the_sun_shades_what_is_behind_it() -> None:
    """The floor under a box is dark and the floor beside it is lit."""
    shadows = ShadowMap(sunward(box((-0.2, 0, -0.2), (0.2, 1, 0.2), (1, 1, 1)).corners))
    under, beside = shadows.lit(sunward(np.array([[-0.4, 0, -0.45], [0.9, 0, 0.9]])), 0.004)
    assert under == 0
    assert beside == 1


def test_the_sun_reaches_what_is_far_below_and_beside_what_throws_the_shadow() -> None:
    """A floor two metres under a box is lit wherever the box is not before the sun."""
    raised = box((-0.2, 2, -0.2), (0.2, 2.4, 0.2), (1, 1, 1)).corners
    towards_sun = DAYLIGHT.sun * 2.2 / DAYLIGHT.sun[1]
    beside = np.array([0.3, 0, -0.3])
    shaded = np.array([0, 2.2, 0]) - towards_sun
    places = np.array([shaded, shaded + beside, shaded - beside])
    shadows = ShadowMap(sunward(raised))
    assert shadows.lit(sunward(places), 0.004).tolist() == [0, 1, 1]


def test_surfaces_know_where_a_shadow_falls_on_them() -> None:
    """The same points and shares as of all of them, whatever their number; no sun, no shadow."""
    shadows = ShadowMap(sunward(box((-0.2, 0, -0.2), (0.2, 1, 0.2), (1, 1, 1)).corners))
    x, z = (axis.ravel() for axis in np.meshgrid(np.linspace(-4, 4, 81), np.linspace(-4, 4, 67)))
    along = sunward(np.stack([x, np.zeros(len(x)), z], 1))
    along[2, ::7] = np.inf
    lit = shadows.lit(along, 0.004)
    assert 20 < (lit < 1).sum() < len(x) / 10
    numbers, share = Surfaces(along).shaded(shadows, 0.004)
    assert numbers.tolist() == np.flatnonzero(lit < 1).tolist()
    assert (share == lit[numbers]).all()
    assert (numbers % 7).all()


class Cube:
    """A grey cube with the interface of a figure."""

    def __init__(self) -> None:
        self.solid = box((-0.2, 0, -0.2), (0.2, 0.4, 0.2), (0.5, 0.5, 0.5))
        self.triangles = np.arange(36).reshape(-1, 3)

    def colours(self, triangles: Array, _shares: Array) -> Array:
        """Return red."""
        return np.tile([1.0, 0.0, 0.0], (len(triangles), 1))


def test_a_figure_is_drawn_where_the_camera_sees_it_and_furniture_hides_it() -> None:
    """The red cube is in the middle; a box before it hides it."""
    cube = Cube()
    room = room_solid(Room((0.6, 0.5, 0.4), (0.8, 0.8, 0.8)), np.zeros(3), (0.5, 1.0))
    camera = Camera(np.array([0, 0.2, 2.0]), np.array([0, 0.2, 0]), 64, 48)
    vertices = cube.solid.corners.reshape(-1, 3)
    picture = Renderer(camera, cube, room).picture(vertices)
    assert picture.shape == (48, 64, 3)
    red = (picture[..., 0] > 90) & (picture[..., 1] < 40)
    assert red[24, 32]
    assert not red[:, :16].any()
    hiding = box((-0.5, 0, 0.5), (0.5, 1, 0.6), (0.2, 0.6, 0.2))
    hidden = Renderer(camera, cube, room, hiding).picture(vertices)
    assert not ((hidden[..., 0] > 90) & (hidden[..., 1] < 40)).any()


def synthetic_body() -> Body:
    """Return a few points on the shank and foot of the average skeleton, no face."""
    skeleton = average_skeleton()
    shank, foot = SEGMENT_INDEX["left_shank"], SEGMENT_INDEX["left_foot"]
    rest = skeleton.neutral[[shank, foot, foot]] + np.array([[0, 0, 0.05], [0, 0, 0], [0, 0, 0.1]])
    segments = np.array([[shank, 0], [foot, shank], [foot, 0]])
    weights = np.array([[1.0, 0], [0.5, 0.5], [1, 0]])
    turns = np.tile(np.eye(3), (len(SEGMENTS), 1, 1))
    triangles = np.array([[0, 1, 2]])
    return Body(
        skeleton, rest, triangles, 0, segments, weights, skeleton.neutral, turns, np.zeros((2, 3))
    )


def test_a_vertex_follows_its_segment() -> None:
    """Skin in the neutral posture is at rest; a bent knee carries the shin and the foot along."""
    body = synthetic_body()
    skeleton = body.skeleton
    straight = np.zeros(len(ANGLES))
    straight[:3] = skeleton.place("pelvis")
    assert body.posed(placed(skeleton, straight)) == pytest.approx(body.rest, abs=1e-12)
    bent = straight.copy()
    bent[INDEX["left_knee_flexion"]] = 90
    where = placed(skeleton, bent)
    posed = body.posed(where)
    assert posed[0] == pytest.approx(where.at("left_shank") - np.array([0, 0.05, 0]), abs=1e-9)
    assert posed[1] == pytest.approx(where.at("left_foot"), abs=1e-9)


def test_a_mesh_that_stands_neutrally_is_not_turned() -> None:
    """Segments that already hang straight down keep their orientation."""
    turns = neutral_turns(average_skeleton().neutral)
    straight = [SEGMENT_INDEX[name] for name in ("pelvis", "head", "left_thigh", "left_toes")]
    assert turns[straight] == pytest.approx(np.tile(np.eye(3), (4, 1, 1)), abs=1e-9)


def test_every_bone_of_the_rig_has_a_segment() -> None:
    """Bones of the face go to the head, toes and fingers to their rows, sides are kept."""
    assert segment_of("orbicularis03.L") == "head"
    assert segment_of("toe4-2.R") == "right_toes"
    assert segment_of("finger3-2.L") == "left_fingers_mid"
    assert segment_of("spine01") == "thorax"
    assert segment_of("metacarpal2.R") == "right_hand"


def test_a_video_has_the_frames_that_were_written(tmp_path: Path) -> None:
    """H.264, yuv420p, all frames, and the index before the pictures."""
    path = tmp_path / "grey.mp4"
    pictures = [np.full((48, 64, 3), 10 * k, np.uint8) for k in range(7)]
    assert write_video(path, pictures, 25, 27) == 7
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height, float(stream.average_rate)) == (64, 48, 25)
        assert sum(1 for _ in container.decode(stream)) == 7
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_a_video_that_cannot_be_written_is_an_error_for_the_user(tmp_path: Path) -> None:
    """A folder that does not exist is named."""
    with pytest.raises(OutputError, match="nowhere"):
        write_video(tmp_path / "nowhere" / "a.mp4", [np.zeros((48, 64, 3), np.uint8)], 25, 27)
