"""Everything that a scene needs to be filmed: the person, the camera, the room and the chair."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.simulation.camera import Camera
from formcheck.simulation.cast import Scene
from formcheck.simulation.performance import Performance
from formcheck.simulation.rendering.body import BodyMaker
from formcheck.simulation.rendering.figure import Figure
from formcheck.simulation.rendering.renderer import Renderer
from formcheck.simulation.rendering.room import Solid, chair, room_solid
from formcheck.simulation.repertoire import REPERTOIRE
from formcheck.simulation.rotations import Array
from formcheck.simulation.truth import Truth, frame_times_s, truth_of

CAMERA_NOISE = 1.6
N_FRAMING = 12
SEAT_SINKS_M = 0.006


@dataclass(frozen=True, eq=False)
class Stage:
    """A scene that is ready to be filmed.

    Attributes
    ----------
    scene, performance, figure, camera, renderer
        What it is made of.
    """

    scene: Scene
    performance: Performance
    figure: Figure
    camera: Camera
    renderer: Renderer

    def truth(self) -> Truth:
        """Return what is true in each frame."""
        return truth_of(self.performance, self.figure.body.skeleton, self.camera, self.scene.fps)

    def vertices(self, time_s: float) -> Array:
        """Return the figure's vertices at a time [m]."""
        placed = self.performance.at(self.figure.body.skeleton, time_s)
        return self.figure.vertices(placed)

    def pictures(self) -> Iterator[NDArray[np.uint8]]:
        """Yield each frame, with the noise of a camera."""
        rng = np.random.default_rng(self.scene.seed)
        for time_s in frame_times_s(self.performance, self.scene.fps):
            picture = self.renderer.picture(self.vertices(float(time_s)))
            noise = rng.standard_normal(picture.shape[:2]) * CAMERA_NOISE
            yield np.clip(picture + noise[..., None], 0, 255).astype(np.uint8)


def stage(scene: Scene, maker: BodyMaker) -> Stage:
    """Return a scene with its person, room and camera in place."""
    figure = Figure(maker.body(scene.shape), scene.outfit)
    performance = REPERTOIRE[scene.name](figure.body.skeleton, scene.seed)
    times = np.linspace(0, performance.duration_s, N_FRAMING)
    cloud = np.concatenate(
        [figure.vertices(performance.at(figure.body.skeleton, float(time))) for time in times]
    )
    furniture = None if scene.chair is None else _chair_for(figure, performance, scene)
    framed = (
        cloud if furniture is None else np.concatenate([cloud, furniture.corners.reshape(-1, 3)])
    )
    camera = scene.viewpoint.framing(framed)
    middle = (cloud.min(0) + cloud.max(0)) / 2 * [0, 0, 1]
    room = room_solid(scene.room, middle, scene.mat_half_m)
    return Stage(scene, performance, figure, camera, Renderer(camera, figure, room, furniture))


def _chair_for(figure: Figure, performance: Performance, scene: Scene) -> Solid:
    """Return a chair whose seat is just under the person who sits at the beginning."""
    placed = performance.at(figure.body.skeleton, 0.0)
    vertices = figure.vertices(placed)
    hip = (placed.at("left_thigh") + placed.at("right_thigh")) / 2
    over = (np.abs(vertices[:, 2] - hip[2]) < 0.15) & (vertices[:, 1] < hip[1] + 0.1)
    top = float(vertices[over, 1].min()) + SEAT_SINKS_M
    behind = float(vertices[vertices[:, 1] > top, 2].min()) - 0.03
    front = float(hip[2]) + 0.24
    middle = np.array([0, top, (behind + front) / 2])
    if scene.chair is None:
        raise ValueError("The scene has no chair.")
    return chair(middle, 0.22, (front - behind) / 2, scene.chair)
