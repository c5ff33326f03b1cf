"""The performances with the arms raised: side bends and wall angels, standing and on a chair."""

from collections.abc import Callable

from formcheck.landmarks import Side
from formcheck.simulation.exercises.arms_up import side_bend, side_bend_deg, wall_angel
from formcheck.simulation.performance import Performance, Script, Sway, Tempo, of_repetitions
from formcheck.simulation.skeleton import Skeleton

SWAY_DEG = 0.4
BOTH = (Side.LEFT, Side.RIGHT)


def _side_bends(skeleton: Skeleton, seated: float, seed: int) -> Performance:
    """Return two bends to each side, alternating."""
    rest = {"bend": 0.0, "left": 8.0, "right": 8.0, "seated": seated}
    script = Script(rest, seed)
    for side in BOTH * 2:
        line_deg = script.varied(25.0)
        bend = side_bend_deg(skeleton, line_deg, side)
        # The lower arm keeps hanging down outside the leg while the trunk leans over it.
        over = {str(side.opposite): 165.0, str(side): 12.0 + abs(bend), "bend": bend}
        script.repetition(rest | over, Tempo(1.7, 0.6, 1.7, 0.5), side=side)
    return of_repetitions("side_bend", side_bend, script, Sway(SWAY_DEG, seed))


def standing_side_bends(skeleton: Skeleton, seed: int) -> Performance:
    """Return two bends to each side, standing."""
    return _side_bends(skeleton, 0.0, seed)


def seated_side_bends(skeleton: Skeleton, seed: int) -> Performance:
    """Return two bends to each side, on a chair."""
    return _side_bends(skeleton, 1.0, seed)


def _wall_angels(seated: float, seed: int) -> Performance:
    """Return four slides up and down; in the last of them the right arm stays lower."""
    rest = {"left": 85.0, "right": 85.0, "elbow": 90.0, "seated": seated}
    script = Script(rest, seed)
    for count in range(4):
        fault = "arms_uneven" if count == 3 else ""
        top = script.varied(150.0)
        up = rest | {"left": top, "right": top - (30.0 if fault else 0.0), "elbow": 35.0}
        script.repetition(up, Tempo(1.6, 0.4, 1.6, 0.4), fault=fault)
    return of_repetitions("wall_angel", wall_angel, script, Sway(SWAY_DEG, seed))


def standing_wall_angels(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return wall angels, standing."""
    return _wall_angels(0.0, seed)


def seated_wall_angels(skeleton: Skeleton, seed: int) -> Performance:  # noqa: ARG001 - one signature
    """Return wall angels on a chair."""
    return _wall_angels(1.0, seed)


UPRIGHT_REPERTOIRE: dict[str, Callable[[Skeleton, int], Performance]] = {
    "side_bend": standing_side_bends,
    "side_bend_seated": seated_side_bends,
    "wall_angel": standing_wall_angels,
    "wall_angel_seated": seated_wall_angels,
}
