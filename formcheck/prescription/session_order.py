"""The clinical order of a session, and how to get through it with few changes of position."""

import itertools
from collections.abc import Iterator, Mapping, Sequence

from formcheck.exercises.group import Component
from formcheck.exercises.schema import Exercise, Orientation

_ORDER: tuple[Component | None, ...] = (*Component, None)
_Ids = tuple[str, ...]


def component_of(exercise: Exercise) -> Component | None:
    """Return which part of a programme an exercise is; None where its file does not say."""
    return exercise.group.component if exercise.group else None


def position_of(exercise: Exercise) -> str:
    """Return the position that an exercise begins in, as in ``seated``.

    That of its motion; of one without any, how the trunk lies.
    """
    if exercise.motion:
        return _roughly(exercise.motion[0].posture)
    if exercise.variants[0].orientations == {Orientation.UPRIGHT}:
        return "standing"
    return min(exercise.variants[0].orientations).value


def n_changes(exercise_ids: Sequence[str], exercises: Mapping[str, Exercise]) -> int:
    """Return how often the position changes from one exercise to the next."""
    positions = [position_of(exercises[one]) for one in exercise_ids]
    return sum(one != after for one, after in itertools.pairwise(positions))


def in_order(exercise_ids: Sequence[str], exercises: Mapping[str, Exercise]) -> _Ids:
    """Return exercises in clinical order, with as few changes of position as that allows.

    Stretching, motor control, strengthening, everyday movement, complements. Within each of them
    what is done in the same position stays together; of equally good orders it is the one that
    keeps closest to the order given.
    """
    # The best way to each position in which the parts so far can end.
    best: dict[str, _Ids] = {"": ()}
    for component in _ORDER:
        part = [one for one in exercise_ids if component_of(exercises[one]) is component]
        if part:
            best = _with_part(best, part, exercises)
    return min(best.values(), key=lambda ids: n_changes(ids, exercises))


def _with_part(
    best: Mapping[str, _Ids], part: Sequence[str], exercises: Mapping[str, Exercise]
) -> dict[str, _Ids]:
    found: dict[str, _Ids] = {}
    for so_far in best.values():
        for ordered in _orders(part, exercises):
            ids = (*so_far, *ordered)
            end = position_of(exercises[ids[-1]])
            if end not in found or n_changes(ids, exercises) < n_changes(found[end], exercises):
                found[end] = ids
    return found


def _orders(part: Sequence[str], exercises: Mapping[str, Exercise]) -> Iterator[_Ids]:
    """Yield every order of the positions of a part; each has its exercises in the order given."""
    blocks: dict[str, list[str]] = {}
    for one in part:
        blocks.setdefault(position_of(exercises[one]), []).append(one)
    for order in itertools.permutations(blocks.values()):
        yield tuple(itertools.chain.from_iterable(order))


def _roughly(posture: str) -> str:
    """Return a posture without where arms and legs are: what one has to move for."""
    for rough in ("seated", "standing", "all_fours", "on_back", "on_side", "on_belly"):
        if posture.startswith(rough):
            return rough
    return "all_fours"  # on hands, on forearms and knees
