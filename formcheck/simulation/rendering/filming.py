"""A video of somebody who does not exist, with nothing downloaded: a plain body in a plain room."""

from collections.abc import Callable, Iterator
from pathlib import Path

from formcheck.exercises.schema import Exercise
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.person import Person
from formcheck.simulation.plan import Manner, Plan
from formcheck.simulation.postures import UPRIGHT
from formcheck.simulation.rendering.body import Shape
from formcheck.simulation.rendering.outfit import Outfit
from formcheck.simulation.rendering.room import ROOMS
from formcheck.simulation.rendering.stage import Picture, PlainBodies, Stage, stage
from formcheck.simulation.rendering.video import write_video
from formcheck.simulation.scene import Scene
from formcheck.simulation.timing import Timing
from formcheck.simulation.truth import Truth

Progress = Callable[[int, int], None]

_CRF = 24
_YOUNG_YEARS, _SPAN_YEARS = 25.0, 53.0
_USUAL_INDEX, _SPAN_INDEX = 26.5, 7.5
_OUTFIT = Outfit((0.78, 0.58, 0.46), (0.24, 0.42, 0.60), (0.18, 0.19, 0.23), (0.20, 0.14, 0.10))
_MAT = (0.36, 0.50, 0.46)


def plain_scene(  # noqa: PLR0913, PLR0917 - everything that can be asked of a scene
    exercise: Exercise,
    variant: str,
    plan: Plan,
    manner: Manner,
    person: Person,
    viewpoint: Viewpoint,
    timing: Timing,
    seed: int,
) -> Scene:
    """Return a scene with somebody in a plain room."""
    posture = next(one.posture for one in exercise.motion if one.variant == variant)
    room = ROOMS["studio"]
    lies = posture not in UPRIGHT
    return Scene(
        name=exercise.id,
        exercise=exercise.id,
        variant=variant,
        plan=plan,
        manner=manner,
        shape=Shape(
            person.sex,
            old=(person.age_years - _YOUNG_YEARS) / _SPAN_YEARS,
            heavy=(person.body_mass_index - _USUAL_INDEX) / _SPAN_INDEX,
            muscular=0.0,
            height_m=person.height_m,
            origins=(0.0, 0.0, 1.0),
        ),
        outfit=_OUTFIT,
        room=room.with_mat(_MAT) if lies else room,
        view=str(exercise.camera.view),
        orientation=posture,
        viewpoint=viewpoint,
        remarks="",
        mat_half_m=(1.3, 0.5) if posture == "on_side_forearm" else (0.5, 1.3),
        chair=(0.42, 0.36, 0.30) if posture.startswith("seated") else None,
        timing=timing,
        seed=seed,
    )


def film(scene: Scene, exercise: Exercise, path: Path, progress: Progress) -> Truth:
    """Write the video of a scene; return what is true in each frame."""
    ready = stage(scene, PlainBodies(), exercise)
    shown = _shown(ready, progress)
    write_video(path, shown, scene.timing.mean_fps, _CRF, ready.uneven_times_s)
    return ready.truth()


def _shown(ready: Stage, progress: Progress) -> Iterator[Picture]:
    n_frames = len(ready.times_s)
    for number, picture in enumerate(ready.frames(), start=1):
        yield picture
        progress(number, n_frames)
