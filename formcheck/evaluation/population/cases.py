"""Who does what, filmed from where: a population drawn so that everything occurs.

A round has each variant done cleanly in every manner, each fault at every level, and somebody who
only rests. Where there are more sessions than a round, whole rounds follow with other people; an
act costs far more to make than to film, so it is then filmed several times. Faults that are clear
are what an exercise is judged by: of these, further rounds can be had alone.
"""

import itertools
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from formcheck.exercises.motion import Motion
from formcheck.exercises.schema import ALL_VIEWS, Exercise
from formcheck.landmarks import Side
from formcheck.measures import View
from formcheck.simulation.camera import Viewpoint
from formcheck.simulation.faults import doable
from formcheck.simulation.manners import MANNERS
from formcheck.simulation.person import Person, Sex
from formcheck.simulation.seeing import AZIMUTHS_DEG
from formcheck.simulation.timing import Timing

LEVELS = (0.5, 1.0, 1.5, 2.0)
"""How many times the way to its threshold each fault is done."""

CLEAR = 1.5
"""So many times the way to its threshold a fault is clearly one."""

_MOST_SHOTS = 4
_AZIMUTH_SPREAD_DEG = {View.FRONT: 15.0, View.OBLIQUE: 7.0, View.SIDE: 15.0}
# Half of the cameras are as even as a file, half as uneven as a webcam where there is little light.
_FPS = (10.0, 60.0)
_EVEN_SHARE = 0.5
_JITTER_SHARES, _DROPPED_SHARES = (0.05, 0.3), (0.0, 0.15)
_FILL = (0.6, 0.85)
# Width and height in px, and degrees from the lower edge to the upper: an older webcam, a wide one,
# a telephone, and one held upright. Makers state angles that differ by about the spread.
_LENSES = ((640, 480, 42.0), (640, 360, 43.0), (640, 360, 38.0), (360, 640, 64.0))
_ANGLE_SPREAD = 0.1
# Mean and standard deviation: about those of adults in Europe and North America (compare
# NCD-RisC, eLife 5, 2016).
_HEIGHTS_M: dict[Sex, tuple[float, float]] = {"female": (1.65, 0.065), "male": (1.78, 0.07)}
_LEGS_SPREAD = 0.02
_AGES_YEARS = (20.0, 85.0)


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does: it is made once, however often it is filmed.

    Attributes
    ----------
    exercise, variant
        Their ids.
    person
        Who.
    manner
        One of the names in ``MANNERS``.
    fault, way
        What is wrong, and how many times the way to its threshold; empty for nothing.
    side
        The first side where the sides take turns, the working one where it is one.
    is_idle
        Whether somebody only stays in the start position.
    seed
        What chance does.
    """

    exercise: str
    variant: str
    person: Person
    manner: str
    fault: str
    way: float
    side: Side
    is_idle: bool
    seed: int


@dataclass(frozen=True, slots=True)
class Shot:
    """How it is filmed.

    Attributes
    ----------
    view, viewpoint
        From where, in a word and exactly.
    timing
        When pictures are taken.
    noise
        Strength of the errors of the landmarks.
    seed
        What chance does with them.
    """

    view: View
    viewpoint: Viewpoint
    timing: Timing
    noise: float
    seed: int


@dataclass(frozen=True, slots=True)
class Case:
    """One session: an act in a shot."""

    act: Act
    shot: Shot


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of act; a population has every kind before it has any of them twice."""

    motion: Motion
    manner: str = "steady"
    fault: str = ""
    way: float = 0.0
    is_idle: bool = False


def round_size(exercise: Exercise) -> int:
    """Return how many sessions have everything once."""
    return len(_kinds(exercise))


def cases(exercise: Exercise, n: int, seed: int = 0, noise: float = 1.0) -> Iterator[Case]:
    """Yield a population's sessions; those of one act follow each other.

    Parameters
    ----------
    n
        How many; below `round_size` not everything occurs.
    seed
        The same seed gives the same sessions.
    noise
        Strength of the errors of the landmarks.
    """
    kinds = _kinds(exercise)
    drawing = _Drawing(
        exercise, noise, np.random.default_rng([seed, zlib.crc32(exercise.id.encode())])
    )
    n_shots = min(_MOST_SHOTS, max(1, n // max(1, len(kinds))))
    return itertools.islice(drawing.cases(itertools.cycle(kinds), n_shots), n)


def clear_cases(
    exercise: Exercise, n_rounds: int, seed: int = 0, noise: float = 1.0
) -> Iterator[Case]:
    """Yield sessions of the clear faults alone, by other people than those of ``cases``.

    Parameters
    ----------
    n_rounds
        How many people do each fault of each variant; each is filmed as often as possible.
    seed
        The same seed gives the same sessions.
    noise
        Strength of the errors of the landmarks.
    """
    clear = [kind for kind in _kinds(exercise) if kind.way == CLEAR]
    others = [seed, zlib.crc32(exercise.id.encode()), zlib.crc32(b"clear")]
    drawing = _Drawing(exercise, noise, np.random.default_rng(others))
    return drawing.cases(clear * n_rounds, _MOST_SHOTS)


def _kinds(exercise: Exercise) -> list[_Kind]:
    kinds = []
    for motion in exercise.motion:
        kinds += [_Kind(motion, manner) for manner in MANNERS]
        kinds.append(_Kind(motion, is_idle=True))
    # The clear ones first: a short population has at least these.
    for way in sorted(LEVELS, key=lambda level: (level != CLEAR, level)):
        kinds += [
            _Kind(motion, fault=fault, way=way)
            for motion in exercise.motion
            for fault in doable(exercise, motion)
        ]
    return kinds


@dataclass(slots=True)
class _Drawing:
    exercise: Exercise
    noise: float
    rng: np.random.Generator
    _n_acted: dict[tuple[str, str], int] = field(default_factory=dict)
    _n_filmed: dict[tuple[str, str], int] = field(default_factory=dict)

    def cases(self, kinds: Iterable[_Kind], n_shots: int) -> Iterator[Case]:
        """Yield an act of each kind, filmed so many times."""
        for kind in kinds:
            act = self._act(kind)
            for _ in range(n_shots):
                yield Case(act, self._shot(kind, act.side))

    def _act(self, kind: _Kind) -> Act:
        """Return the next act of a kind; those of one fault go to either side in turn."""
        number = _counted(self._n_acted, kind)
        # A round has four levels: with one more, each of them gets the other side the next time.
        number += number // len(LEVELS) if kind.fault else number // (len(MANNERS) + 1)
        side = Side.LEFT if number % 2 == 0 else Side.RIGHT
        return Act(
            self.exercise.id,
            kind.motion.variant,
            self._person(),
            kind.manner,
            kind.fault,
            kind.way,
            side,
            kind.is_idle,
            self._seed(),
        )

    def _person(self) -> Person:
        sex: Sex = "female" if self.rng.random() < 0.5 else "male"
        mean_m, spread_m = _HEIGHTS_M[sex]
        height_m = mean_m + spread_m * float(np.clip(self.rng.normal(), -2, 2))
        legs = 1 + _LEGS_SPREAD * float(np.clip(self.rng.normal(), -2, 2))
        return Person(
            sex, round(self.rng.uniform(*_AGES_YEARS)), round(height_m, 2), round(legs, 3)
        )

    def _shot(self, kind: _Kind, side: Side) -> Shot:
        view = self._view(kind)
        spread = _AZIMUTH_SPREAD_DEG[view]
        azimuth_deg = AZIMUTHS_DEG[view] + float(self.rng.uniform(-spread, spread))
        # Whoever works with one side has the camera there; otherwise it may be on either.
        seen = side if kind.motion.sides == "one" else self.rng.choice(list(Side))
        width_px, height_px, usual_deg = _LENSES[int(self.rng.integers(len(_LENSES)))]
        angle_deg = usual_deg * float(self.rng.uniform(1 - _ANGLE_SPREAD, 1 + _ANGLE_SPREAD))
        viewpoint = Viewpoint(
            round(azimuth_deg if seen == Side.LEFT else -azimuth_deg, 1),
            round(float(self.rng.uniform(*self.exercise.camera.height_m)), 2),
            width_px,
            height_px,
            round(float(self.rng.uniform(*_FILL)), 2),
            view_height_deg=round(angle_deg, 1),
        )
        return Shot(view, viewpoint, self._timing(kind), self.noise, self._seed())

    def _timing(self, kind: _Kind) -> Timing:
        """Return a camera fast enough to judge this kind, with or without lost pictures."""
        slowest_fps = max(_FPS[0], needed_hz(self.exercise, kind.fault) / (1 - _DROPPED_SHARES[1]))
        low, high = np.log((slowest_fps, _FPS[1]))
        fps = round(float(np.exp(self.rng.uniform(low, high))), 1)
        is_even = self.rng.random() < _EVEN_SHARE
        jitter, dropped = (
            round(float(self.rng.uniform(*shares)), 2)
            for shares in (_JITTER_SHARES, _DROPPED_SHARES)
        )
        return Timing(fps) if is_even else Timing(fps, jitter, dropped)

    def _view(self, kind: _Kind) -> View:
        """Return the next view in which this kind can be judged, the best one first."""
        camera = self.exercise.camera
        counted = camera.views & counted_in(self.exercise, kind.motion.variant)
        wanted = judged_in(self.exercise, kind.fault) & counted
        views = [view for view in View if view in (wanted or counted)] or [camera.view]
        views.sort(key=lambda view: view != camera.view)
        return views[_counted(self._n_filmed, kind) % len(views)]

    def _seed(self) -> int:
        return int(self.rng.integers(2**31))


def _counted(so_far: dict[tuple[str, str], int], kind: _Kind) -> int:
    """Return how often a fault of a variant has come up so far, and count this time."""
    key = kind.motion.variant, kind.fault
    so_far[key] = so_far.get(key, 0) + 1
    return so_far[key] - 1


def counted_in(exercise: Exercise, variant: str) -> frozenset[View]:
    """Return the views in which a variant's repetitions are counted; all for one that is held."""
    rules = (one.repetition for one in exercise.variants if one.id == variant)
    signals = [signal.views for rule in rules if rule for signal in rule.signals]
    return frozenset().union(*signals) if signals else ALL_VIEWS


def needed_hz(exercise: Exercise, fault: str) -> float:
    """Return how many pictures a second it takes to judge a fault; 0 where any number does."""
    return next((rule.fewest_hz for rule in exercise.tempo if rule.name == fault), 0.0)


def judged_in(exercise: Exercise, fault: str) -> frozenset[View]:
    """Return the views in which a fault may be judged; all for those of tempo, and for none."""
    return next((rule.views for rule in exercise.form if rule.name == fault), ALL_VIEWS)
