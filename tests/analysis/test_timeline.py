"""A recording's timeline, on what was done when."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from formcheck.analysis.coach import Coach
from formcheck.analysis.events import Repetition, RepetitionCompleted
from formcheck.analysis.stirring import Stirring
from formcheck.analysis.timeline import SegmentKind, TimelineBuilder
from formcheck.exercises import library
from formcheck.pipeline import Observation, Run
from formcheck.pose import Pose
from tests.people import LABELS, poses

EXERCISES = library.load_all()
PAUSE_S = 20.0


def shifted(clip: str, by_s: float) -> list[tuple[float, Pose | None]]:
    """Return a clip that begins at a time."""
    return [(time_s + by_s, replace(pose, time_s=time_s + by_s)) for time_s, pose in poses(clip)]


def one_after_the_other(*clips: str) -> list[tuple[float, Pose | None]]:
    """Return clips with nobody in the picture between them."""
    stream: list[tuple[float, Pose | None]] = []
    for clip in clips:
        begin_s = stream[-1][0] + PAUSE_S if stream else 0.0
        stream += [(stream[-1][0] + 0.1 * n, None) for n in range(1, 200)] if stream else []
        stream += shifted(clip, begin_s)
    return stream


def test_a_session_has_its_exercises_in_order():
    """Each exercise with its count, and nobody between them; borders within two seconds."""
    clips = ["glute_bridge", "sit_to_stand", "front_plank"]
    stream = one_after_the_other(*clips)
    run = Run(Coach(list(EXERCISES.values())))
    run.process(Observation(*pair) for pair in stream)
    analysis = run.analysis()
    found = [part for part in analysis.timeline if part.kind is SegmentKind.EXERCISE]
    assert [part.exercise for part in found] == [LABELS[clip]["exercise"] for clip in clips]
    for clip, part in zip(clips[:2], found, strict=False):
        assert part.sets[0].n_repetitions in LABELS[clip]["repetitions_accept"]
    begin_s = 0.0
    for clip, part in zip(clips[:2], found, strict=False):
        spans = LABELS[clip]["repetition_spans_s"]
        assert abs(part.start_s - begin_s - spans[0][0]) < 2
        assert abs(part.end_s - begin_s - spans[-1][1]) < 2
        begin_s += poses(clip)[-1][0] + PAUSE_S
    away = [part for part in analysis.timeline if part.kind is SegmentKind.AWAY]
    assert len(away) == 2
    names = {verdict.exercise.id for verdict in analysis.also_done} | {analysis.verdict.exercise.id}
    assert names == {LABELS[clip]["exercise"] for clip in clips}


def test_nobody_exercises_while_away():
    """Who leaves after a set and comes back for another one did two stretches of it."""
    run = Run(Coach([EXERCISES["glute_bridge"]]))
    run.process(Observation(*pair) for pair in one_after_the_other("glute_bridge", "glute_bridge"))
    kinds = [part.kind for part in run.analysis().timeline]
    away = kinds.index(SegmentKind.AWAY)
    assert kinds.count(SegmentKind.AWAY) == 1
    assert SegmentKind.EXERCISE in kinds[:away]
    assert SegmentKind.EXERCISE in kinds[away:]


def test_the_timeline_has_no_gaps():
    """Every moment belongs to one stretch, but for the seconds before and after an exercise."""
    run = Run(Coach(list(EXERCISES.values())))
    run.process(Observation(*pair) for pair in one_after_the_other("glute_bridge", "front_plank"))
    timeline = run.analysis().timeline
    assert timeline[0].start_s < 3
    assert all(abs(before.end_s - after.start_s) < 3 for before, after in pairwise(timeline))


def test_nothing_is_guessed_into_an_empty_recording():
    """Nobody in the picture is nobody; no picture at all is nothing."""
    coach = Coach(list(EXERCISES.values()))
    builder = TimelineBuilder()
    assert builder.timeline() == ()
    for tenth in range(100):
        builder.take(coach.update(tenth / 10, None))
    (part,) = builder.timeline()
    assert (part.kind, part.start_s) == (SegmentKind.AWAY, 0.0)


def test_standing_still_is_rest_and_waving_is_not():
    """A hand that goes far is movement; landmarks that tremble are not."""
    still = poses("sit_to_stand")[0][1]
    rng = np.random.default_rng(0)
    resting, waving = Stirring(), Stirring()
    trunk_px = 100.0
    stirs, waves = [], []
    for tenth in range(40):
        noise = rng.normal(0, 0.005 * trunk_px, still.image.shape)
        pose = replace(still, time_s=tenth / 10, image=still.image + noise)
        stirs.append(resting.update(pose))
        moved = pose.image.copy()
        moved[[15, 13, 16]] += 40 * np.sin(tenth)
        waves.append(waving.update(replace(pose, image=moved)))
    assert not any(stirs)
    assert sum(waves) > 30


def set_until_s(*backs_s: float) -> float:
    """Return when a set is said to be over, of repetitions that took so long to come back."""
    coach, builder = Coach([EXERCISES["taichi_cloud_hands"]]), TimelineBuilder()
    for number, back_s in enumerate(backs_s, start=1):
        start_s = 6.0 * number
        done = Repetition(
            number, "hands", None, start_s, start_s + 2, start_s + 2 + back_s,
            *(2, 0, back_s), "turn", 0.0, 1.0, 1.0, 1.0,
        )  # fmt: skip
        event = RepetitionCompleted(done.end_s, "taichi_cloud_hands", done)
        builder.take(replace(coach.update(done.end_s, None), events=(event,)))
    (found,) = (one for one in builder.timeline() if one.kind is SegmentKind.EXERCISE)
    return found.end_s


def test_who_stops_on_the_way_back_from_the_last_repetition_has_ended_the_set():
    """What is done then is no part of it; a slow way back is, and two tell nothing of a third."""
    peak_s = 6.0 * 4 + 2
    assert set_until_s(1.5, 1.0, 1.5, 4.4) == peak_s + 4.4
    assert set_until_s(1.5, 1.0, 1.5, 12.0) == peak_s + 4.5
    assert set_until_s(1.5, 12.0) == 6.0 * 2 + 2 + 12.0
