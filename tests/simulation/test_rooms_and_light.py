import numpy as np
import pytest

from formcheck.simulation.camera import Camera
from formcheck.simulation.rendering.light import DAYLIGHT, DIM, LIGHTS, Light, grained
from formcheck.simulation.rendering.renderer import Renderer
from formcheck.simulation.rendering.room import ROOMS, Room, room_solid
from formcheck.simulation.rendering.solids import box, ellipsoid
from formcheck.simulation.rendering.things import THINGS
from formcheck.simulation.rotations import Array


class Cube:
    """A cube of one colour with the interface of a figure."""

    def __init__(self, colour: tuple[float, float, float]) -> None:
        self.colour = colour
        self.vertices = box((-0.2, 0, -0.2), (0.2, 0.4, 0.2), colour).corners.reshape(-1, 3)
        self.triangles = np.arange(36).reshape(-1, 3)

    def colours(self, triangles: Array, _shares: Array) -> Array:
        """Return its colour."""
        return np.tile(self.colour, (len(triangles), 1))


RED, GREEN = Cube((1.0, 0.0, 0.0)), Cube((0.0, 1.0, 0.0))
CAMERA = Camera(np.array([0, 0.2, 2.5]), np.array([0, 0.2, 0]), 64, 48)
PLAIN = Room((0.6, 0.6, 0.6), (0.8, 0.8, 0.8), boards=False)


def renderer(light: Light = DAYLIGHT) -> Renderer:
    return Renderer(CAMERA, RED, room_solid(PLAIN, np.zeros(3), (0.5, 1.0)), light=light)


def test_whoever_is_nearer_hides_the_other() -> None:
    """A second figure behind the first is hidden by it, and one before it hides it."""
    behind = renderer().picture(RED.vertices, (GREEN, GREEN.vertices + np.array([0, 0, -1.0])))
    before = renderer().picture(RED.vertices, (GREEN, GREEN.vertices + np.array([0, 0, 1.0])))
    assert behind[24, 32, 0] > 90 > behind[24, 32, 1]
    assert before[24, 32, 1] > 90 > before[24, 32, 0]


def test_a_second_figure_throws_its_own_shadow() -> None:
    """The floor beside the first figure is darker where the second one keeps the sun off."""
    alone = renderer().picture(RED.vertices).astype(int)
    both = (
        renderer()
        .picture(RED.vertices, (GREEN, GREEN.vertices + np.array([0.9, 0, 0])))
        .astype(int)
    )
    darker = (alone - both).min(2) > 15
    assert darker.sum() > 10


def test_light_has_strength_and_warmth() -> None:
    """A dim room is darker, a warm lamp takes blue away."""
    day, dim = (renderer(light).picture(RED.vertices) for light in (DAYLIGHT, DIM))
    assert dim.mean() < 0.7 * day.mean()
    warm = renderer(Light(warmth=1.0)).picture(RED.vertices)[:10].mean((0, 1))
    assert warm[0] > warm[2] + 20


@pytest.mark.parametrize("light", LIGHTS.values(), ids=LIGHTS)
def test_the_axes_of_the_sun_are_at_right_angles(light: Light) -> None:
    """Whatever its direction, also right overhead."""
    for one in (light, Light(direction=(0, 1, 0))):
        assert one.sun_axes @ one.sun_axes.T == pytest.approx(np.eye(3), abs=1e-9)
        assert one.sun_axes[2, 1] > 0.2


def test_noise_belongs_to_the_frame_and_has_its_strength() -> None:
    """The same frame twice is the same, the next is not; a dim room is noisier."""
    grey = np.full((60, 80, 3), 128, np.uint8)
    assert (grained(grey, DIM, 5, 7) == grained(grey, DIM, 5, 7)).all()
    assert (grained(grey, DIM, 5, 7) != grained(grey, DIM, 5, 8)).any()
    for light in (DAYLIGHT, DIM):
        assert grained(grey, light, 1, 0).std() == pytest.approx(light.noise, rel=0.2)


@pytest.mark.parametrize("name", ROOMS)
def test_every_room_leaves_space_for_the_mat(name: str) -> None:
    """What stands in it is at least 1.2 m from the middle, and all of it has a surface."""
    solid = room_solid(ROOMS[name], np.zeros(3), (0.5, 1.0))
    sizes = np.linalg.norm(
        np.cross(
            solid.corners[:, 1] - solid.corners[:, 0], solid.corners[:, 2] - solid.corners[:, 0]
        ),
        axis=1,
    )
    assert sizes.min() > 0
    standing = solid.corners[(solid.corners[..., 1] > 0.05).any(1)].reshape(-1, 3)
    assert np.abs(standing[:, [0, 2]]).max(1).min() > 1.2


def test_rooms_differ_and_use_every_thing() -> None:
    """At least six rooms; something of every kind stands in one of them."""
    assert len(ROOMS) >= 6
    assert {name for room in ROOMS.values() for name in room.things} == set(THINGS)


def test_a_ball_faces_outwards() -> None:
    """Every face of an ellipsoid points away from its middle."""
    ball = ellipsoid((0, 0, 0), (0.3, 0.2, 0.1), (1, 1, 1)).corners
    across = np.cross(ball[:, 1] - ball[:, 0], ball[:, 2] - ball[:, 0])
    assert (np.einsum("ni,ni->n", across, ball.mean(1)) > 0).all()


def test_a_wall_can_stand_behind_the_person() -> None:
    """The picture's middle is the near wall."""
    near = Room((0.6, 0.6, 0.6), (0.1, 0.2, 0.9), boards=False, wall_behind_m=-0.2)
    solid = room_solid(near, np.zeros(3), (0.5, 1.0))
    across = solid.corners[np.isclose(solid.corners[..., 2], -0.2).all(1)]
    assert np.ptp(across[..., 0]) > 2
