"""``docs/landmark-noise.md``: what was fitted, and how well it resembles the engine's errors."""

import math
from collections.abc import Mapping, Sequence

from formcheck.evaluation.noise_fit.comparison import N_SEEDS, Compared, Figures
from formcheck.evaluation.tables import table
from formcheck.simulation.landmark_noise.numbers import (
    Happening,
    NoiseNumbers,
    Places,
    Real,
    Rendered,
    Visibility,
)

_INTRODUCTION = """# Landmark noise

<!-- Written by `python -m formcheck.evaluation.noise_fit`: change it there. -->

A simulated person's landmarks are exact; MediaPipe's are not. `LandmarkNoise` makes of the exact
ones what the engine might have made of them, so that counting and judging are tested on landmarks
that err as the engine's do, without drawing a picture. **Neither it nor the rendered people that
it was fitted to say how accurate formcheck is on people.** Lengths are in % of the trunk (from the
middle of the hips to the middle of the shoulders). "Far" is the side that is turned away from the
camera; "near" is the other one, "facing" both where
neither is.

## What the model does

- **Bias**: a mean error of each landmark along its limb (or the trunk), to the outside and to the
  front. It turns with the body, and is mirrored with it.
- **Offset**: drawn once a clip for each landmark: another body, other clothes, another view.
  A part of it, and of the wander, is the same for all landmarks of the picture, and a part for
  those of an arm, a leg or the head.
- **Wander** comes and goes smoothly: the correlation after a time t is (1 + t/T) exp(-t/T), exact
  for any frame rate. A first-order process (AR(1)) would jump from frame to frame by a
  third to a half of its own size, which no landmark of the engine does. The time t passes by how
  fast somebody moves: an engine that sees the same picture errs the same.
- **Jitter**: independent from frame to frame.
- **Far side**: offset, wander and jitter change, and visibility falls, as the line from hip to hip
  turns towards the camera.
- **Lag**: a first-order filter.
- **In space** depth is flattened; then come bias, offset, wander and jitter of its own, in part
  shared with the picture's, and in the body's plane of symmetry in part the same on both sides (a
  trunk that seems to lean; only what is left makes it seem to turn); bent knees and elbows open by
  a share of their bend; all about the middle of the hips again.
- **Visibility**: log odds, with a mean, an offset a clip and a wander; its own mean outside of the
  picture.
- **Swaps**: left and right arms, or legs, change places by chance, and **dropouts**: nobody is
  found; both by whether the trunk lies across the view or lengthwise. Nobody is found either while
  shoulders and hips are all outside of the picture.

`strength` multiplies all of it: 0 leaves everything exact, with a visibility of 1.
"""

_LIMITS = """## What it does not reproduce

- **Errors that belong to a posture.** The engine errs the same way each time a knee is bent; here
  errors are independent of what the person does, apart from the bias along the limbs. Simulated
  repetitions of one clip therefore differ from each other more than the engine's do, and a measure
  that is always wrong at the same point of the movement is not met.
- **How errors change with speed, exactly**: the engine's changes grow with about the root of the
  speed; in proportion, between two bounds, those at 0.02 trunk lengths/s are a third too small and
  those at 0.1 to 0.2 a third to a half too large.
- **Poses that the engine gets wrong altogether.** Numbers are those of the middle clip: a head
  between the arms or a body flat on the floor, where errors are several times larger (p95 of
  prone_ytw, thread_the_needle and superman in the table), is not met.
- **Bones that keep their length.** Apart from what body and limb share, each landmark errs by
  itself. Angles are met on average at best, see the knee in the last table: in space too large an
  error where a leg stays straight (a plank).
- **A turn of the trunk**, of which the engine reads 50 to 63 % in four rendered clips of the
  seated rotation; here depths are flattened for all poses alike, to four fifths.
- **The knee of an oblique squat in space**: the engine reads it 15 to 31 degrees too open in the
  one such clip, the noise opens knees of all views alike and by far less.
- **A clip unlike the others**: where the engine's median lies outside of the seeds, as it may with
  so few clips, the offsets are too small for it.
- **What hides a limb** is told by the turn of the body alone: not an arm behind the trunk seen from
  the front, nor furniture, blankets or another person.
- **Wrong poses that stay**: a person lying lengthwise to the camera, a chair taken for legs, left
  and right the wrong way round for a whole clip. Swaps are only seen where they change within
  0.15 s; few were, so that their rates and durations are rough.
- **The dependence of jitter on light, distance and resolution**; it is the middle of the clips.
- **Which postures are lost**: dropouts depend on the trunk's direction alone, and most that were
  counted are of one clip.
- Bias, offset, wander and lag come from clean pictures of rendered people with a 3-D model's
  joint centres as the truth. On real people they were not measured.
"""

_REPRODUCING = """## Who can reproduce which numbers

Bias, offset, wander, lag, depth and the comparison: anybody, with the clips in `sample_videos/`
and `python -m formcheck.evaluation.noise_fit` (the engine looks at each clip once; about a minute).
Further folders of `NAME.mp4` with `NAME.truth.npz` may be named. When errors change is fitted to
the clips of `benchmarks/synthetic/crowd` as well, of which the engine's poses are kept, and how
alike both sides err in space to these alone: they are more. Jitter,
visibility, swaps and
dropouts: only with recordings of real people, which are not part of formcheck;
`--recordings FOLDER` takes anybody's own, and without it the present numbers are kept.
"""


def page(numbers: NoiseNumbers, compared: Sequence[Compared]) -> str:
    """Return the page as Markdown."""
    parts = (
        _INTRODUCTION,
        rendered_section(numbers.rendered),
        real_section(numbers.real),
        _comparison(compared),
        _LIMITS,
        _REPRODUCING,
    )
    return "\n".join(parts)


def rendered_section(rendered: Rendered) -> str:
    """Return what was fitted to clips whose truth is known."""
    head = (
        "landmark", "bias along", "outside", "front",
        "facing offset", "facing wander",
        "near offset", "near wander", "far offset", "far wander",
    )  # fmt: skip
    world = (
        (*_places_row(name, places), f"{rendered.depth_share[name] * 100:.0f}")
        for name, places in rendered.world.items()
    )
    depths = rendered.depth_spread.values()
    return f"""## Fitted to rendered people

{len(rendered.clips)} clips, in {rendered.n_frames} of {rendered.n_looked_at} frames of which a
person was found: {", ".join(rendered.clips)}.

Lag {rendered.lag_s * 1000:.0f} ms; time constant of the wander {rendered.wander_time_s} s, where
landmarks move by {rendered.clock.full_speed_per_s:g} trunk lengths/s or more on average. Below that
its time passes in proportion to the speed, and at {rendered.clock.least_rate * 100:.0f} % of the
rate in stillness ({rendered.clock_clips} clips). In space
errors of the depth are {min(depths):g} to {max(depths):g} times those to the right and down;
the latter correlate with those in the picture by {rendered.shared_share}. All landmarks together
are offset by {rendered.body.offset * 100:.1f} % of the trunk and wander by
{rendered.body.wander * 100:.1f} %;
the tables have what each does beside that. In space a knee loses
{rendered.straightened["knee"] * 100:.0f} % of its bend and an elbow
{rendered.straightened["elbow"] * 100:.0f} %, beside what bias and depth do to it. Within an arm or
leg errors correlate by
{rendered.limb_share} in the picture and by {rendered.world_limb_share} in space. Errors in space
of the same landmark on both sides correlate, in the plane of symmetry, by
{_shares(rendered.alike, 0)} in a body that faces the camera, and by
{_shares(rendered.alike, 1)} in one seen from the side
({rendered.alike_clips} clips).

In the picture, standard deviations along one axis, % of trunk:

{table(head, (_places_row(name, places) for name, places in rendered.image.items()))}

In space; the last column is the share of the true depth that is left, in %:

{table((*head, "depth left"), world)}
"""


def _places_row(name: str, places: Places) -> tuple[str, ...]:
    spreads = [value for one in places.spreads for value in (one.offset, one.wander)]
    return (
        _words(name),
        *(f"{value * 100:+.1f}" for value in places.bias),
        *(f"{value * 100:.1f}" for value in spreads),
    )


def real_section(real: Real) -> str:
    """Return what was fitted to recordings of real people."""
    head = (
        "landmark", "jitter near", "far", "in space near", "far", "visibility near", "far",
    )  # fmt: skip
    rows = (
        (
            _words(name),
            f"{look.jitter_near * 100:.2f}",
            f"{look.jitter_far * 100:.2f}",
            f"{look.world_jitter_near * 100:.2f}",
            f"{look.world_jitter_far * 100:.2f}",
            _share(look.visibility_near),
            _share(look.visibility_far),
        )
        for name, look in real.looks.items()
    )
    happenings = (
        ("swaps, trunk across the view", real.swaps),
        ("swaps, trunk lengthwise", real.lengthwise_swaps),
        ("dropouts, trunk across the view", real.dropouts),
        ("dropouts, trunk lengthwise", real.lengthwise_dropouts),
    )
    happenings_head = (
        "",
        "looked for, min",
        "in % of clips",
        "begins a minute in these",
        "lasts s",
    )
    return f"""## Fitted to recordings of real people

{real.n_clips} clips, {real.n_frames} frames. There is no truth: near and far are told by the
engine's own landmarks. Jitter is the standard deviation along one axis in % of trunk, from second
differences in the quieter half of the frames, the middle over the clips; simulated noise measures
about a third more, which the wander adds. Visibility is the middle,
and from a standard deviation below to one above.

{table(head, rows)}

Outside of the picture: {_share(real.visibility_outside)}.

A trunk is lengthwise where it points at the camera or away from it by more than 30 degrees; where
nothing happened in t minutes, up to 3/t a minute are possible all the same.

{table(happenings_head, map(_happening_row, happenings))}
"""


def _shares(alike: Mapping[str, tuple[float, float]], which: int) -> str:
    joints = ("shoulder", "elbow", "wrist", "knee", "ankle")
    return ", ".join(f"{alike[name][which]:g} ({name})" for name in joints)


def _share(visibility: Visibility) -> str:
    spread = math.hypot(visibility.offset, visibility.wander)
    low, middle, high = (
        1 / (1 + math.exp(-(visibility.middle + times * spread))) for times in (-1, 0, 1)
    )
    return f"{middle:.2f} ({low:.2f}-{high:.2f})"


def _happening_row(named: tuple[str, Happening]) -> tuple[str, ...]:
    name, kind = named
    share, rate = f"{kind.clip_share * 100:.0f}", f"{kind.rate_per_min:.1f}"
    return name, f"{kind.watched_min:.1f}", share, rate, f"{kind.duration_s:.2f}"


def _comparison(compared: Sequence[Compared]) -> str:
    picture = (
        (
            one.name,
            *_both(one, "middle"),
            f"{one.middles[0]:.1f}-{one.middles[1]:.1f}",
            *_both(one, "high"),
            *_both(one, "near"),
            *_both(one, "far"),
        )
        for one in compared
    )
    head = (
        "clip", "median", "simulated", "seeds from-to", "p95", "simulated",
        "near median", "simulated", "far median", "simulated",
    )  # fmt: skip
    rest = (
        (
            one.name,
            *_both(one, "space"),
            *_both(one, "knee_deg"),
            *_both(one, "knee_in_space_deg"),
            *_both(one, "jitter", ".2f"),
        )
        for one in compared
    )
    rest_head = (
        "clip", "median in space", "simulated", "knee deg", "simulated",
        "knee in space deg", "simulated", "jitter", "simulated",
    )  # fmt: skip
    return f"""## Simulated errors beside the engine's

The same truth, once as the engine saw the rendered clip, once with simulated noise: distances of
shoulders, elbows, wrists, hips, knees and ankles, % of trunk. **The numbers for each clip were
fitted to the other clips**, but for when errors change, which is fitted to all. Simulated figures
are the middle of {N_SEEDS} seeds. A clip's own
offset is chance: what the engine did should lie among the seeds.

{table(head, picture)}

The knee is the nearer one's angle, root mean square error against the truth's. Jitter is simulated
as on real people; rendered pictures have less.

{table(rest_head, rest)}
"""


def _both(one: Compared, name: str, form: str = ".1f") -> tuple[str, str]:
    return _written(one.engine, name, form), _written(one.simulated, name, form)


def _written(figures: Figures, name: str, form: str) -> str:
    value = float(getattr(figures, name))
    return "-" if math.isnan(value) else format(value, form)


def _words(name: str) -> str:
    return name.replace("_", " ")
