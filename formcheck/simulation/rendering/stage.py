"""Everything that a scene needs to be filmed: the person, the camera, the room and the chair."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from formcheck.exercises import library
from formcheck.exercises.schema import Exercise
from formcheck.simulation.camera import Camera
from formcheck.simulation.contacts import MAT_M
from formcheck.simulation.kinematics import Placed
from formcheck.simulation.performance import Performance
from formcheck.simulation.rendering.body import Body, Shape
from formcheck.simulation.rendering.figure import Figure
from formcheck.simulation.rendering.light import grained
from formcheck.simulation.rendering.outfit import Outfit
from formcheck.simulation.rendering.passer_by import PasserBy
from formcheck.simulation.rendering.procedural import procedural_body
from formcheck.simulation.rendering.renderer import Renderer
from formcheck.simulation.rendering.room import room_solid
from formcheck.simulation.rendering.solids import Colour, Solid
from formcheck.simulation.rendering.things import chair
from formcheck.simulation.rotations import Array
from formcheck.simulation.scene import Scene
from formcheck.simulation.script import motion_of, perform
from formcheck.simulation.truth import Truth, truth_of

Picture = NDArray[np.uint8]
N_FRAMING = 12
SEAT_SINKS_M = 0.006
# Body mass index and age in years of a shape's least and most.
_MASS_INDEX, _AGE_YEARS = (19.0, 34.0), (25.0, 78.0)
_BEHIND_M = 1.4
_CROSSING_M = 2.6
_STRANGER = Outfit((0.62, 0.46, 0.36), (0.45, 0.42, 0.30), (0.20, 0.22, 0.28), (0.2, 0.15, 0.1))


class Bodies(Protocol):
    """Where bodies come from."""

    def body(self, shape: Shape) -> Body:
        """Return a body of a shape."""
        ...


class PlainBodies:
    """Bodies made of capsules, which need no download."""

    def body(self, shape: Shape) -> Body:
        """Return a plain body of about a shape."""
        thin, stout = _MASS_INDEX
        index = thin + (stout - thin) * (shape.heavy + 1) / 2
        young, old = _AGE_YEARS
        years = young + (old - young) * shape.old
        return procedural_body(shape.sex, years, shape.height_m, index * shape.height_m**2)


@dataclass(frozen=True, eq=False)
class Stage:
    """A scene that is ready to be filmed.

    Attributes
    ----------
    scene, performance, figure, camera, renderer
        What it is made of.
    passer_by
        Who walks by behind, or None.
    """

    scene: Scene
    performance: Performance
    figure: Figure
    camera: Camera
    renderer: Renderer
    passer_by: PasserBy | None = None

    def truth(self) -> Truth:
        """Return what is true in each frame."""
        return truth_of(self.performance, self.camera, self.times_s)

    @property
    def times_s(self) -> Array:
        """When each frame is taken [s]."""
        return self.scene.timing.times_s(self.performance.duration_s, self.scene.seed)

    @property
    def uneven_times_s(self) -> list[float] | None:
        """The same for a video file; None where the rate of the file says it."""
        return None if self.scene.timing.is_even else self.times_s.tolist()

    def picture(self, time_s: float) -> Picture:
        """Return what can be seen at a time [s]."""
        vertices = self.figure.vertices(self.performance.at(time_s))
        if self.passer_by is None:
            return self.renderer.picture(vertices)
        other = self.passer_by.vertices(time_s)
        if other is None:
            return self.renderer.picture(vertices)
        return self.renderer.picture(vertices, (self.passer_by.figure, other))

    def frame(self, number: int, time_s: float) -> Picture:
        """Return a frame, with the noise of a camera."""
        return grained(self.picture(time_s), self.scene.light, self.scene.seed, number)

    def frames(self) -> Iterator[Picture]:
        """Yield every frame."""
        for number, time_s in enumerate(self.times_s):
            yield self.frame(number, float(time_s))


def stage(scene: Scene, bodies: Bodies, exercise: Exercise | None = None) -> Stage:
    """Return a scene with its person, room and camera in place.

    Parameters
    ----------
    scene
        What is filmed.
    bodies
        Where its people come from.
    exercise
        What is done, where it is not one of the library's.
    """
    figure = Figure(bodies.body(scene.shape), scene.outfit)
    known = exercise or library.find(scene.exercise)
    motion = motion_of(known, scene.variant)
    performance = perform(figure.body.skeleton, known, motion, scene.plan, scene.manner, scene.seed)
    return staged(scene, figure, performance)


def staged(scene: Scene, figure: Figure, performance: Performance) -> Stage:
    """Return a scene with this person in it who does this, whatever the scene's plan says."""
    times = np.linspace(0, performance.duration_s, N_FRAMING)
    placed = performance.bodies(times)
    cloud = np.concatenate([figure.vertices(placed[index]) for index in range(N_FRAMING)])
    seat = None if scene.chair is None else _chair_for(figure, placed[0], scene.chair)
    framed = cloud if seat is None else np.concatenate([cloud, seat.corners.reshape(-1, 3)])
    camera = scene.viewpoint.framing(framed)
    middle = (cloud.min(0) + cloud.max(0)) / 2 * [1, 0, 1]
    renderer = Renderer(camera, figure, _room_for(scene, middle), seat, scene.light)
    stranger = _stranger(scene, camera, middle)
    return Stage(scene, performance, figure, camera, renderer, stranger)


def _room_for(scene: Scene, middle: Array) -> Solid:
    room = room_solid(scene.room, middle, scene.mat_half_m)
    if scene.room.mat is not None:
        return room
    # Everybody rests at the height of a mat: without one the floor is that high.
    return replace(room, corners=room.corners + np.array([0.0, MAT_M, 0.0]))


def _stranger(scene: Scene, camera: Camera, middle: Array) -> PasserBy | None:
    """Return somebody who crosses the picture behind the person, if the scene has one."""
    if scene.passes_by_s is None:
        return None
    away = (middle - camera.eye) * [1, 0, 1]
    away /= np.linalg.norm(away)
    across = np.array([away[2], 0, -away[0]])
    behind = middle + away * _BEHIND_M
    begin, end = behind - across * _CROSSING_M, behind + across * _CROSSING_M
    figure = Figure(procedural_body("male", 40.0, 1.76, 78.0), _STRANGER)
    begins, ends = (float(begin[0]), float(begin[2])), (float(end[0]), float(end[2]))
    return PasserBy(figure, begins, ends, scene.passes_by_s)


def _chair_for(figure: Figure, seated: Placed, colour: Colour) -> Solid:
    """Return a chair whose seat is just under somebody who sits."""
    vertices = figure.vertices(seated)
    hip = (seated.at("left_thigh") + seated.at("right_thigh")) / 2
    over = (np.abs(vertices[:, 2] - hip[2]) < 0.15) & (vertices[:, 1] < hip[1] + 0.1)
    top = float(vertices[over, 1].min()) + SEAT_SINKS_M
    behind = float(vertices[vertices[:, 1] > top, 2].min()) - 0.03
    front = float(hip[2]) + 0.24
    middle = np.array([hip[0], top, (behind + front) / 2])
    return chair(middle, 0.22, (front - behind) / 2, colour)
