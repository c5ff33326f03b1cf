"""Make an exercise of what was shown and chosen.

Its numbers leave room, for others neither rest where this person did nor go as far: what counts
goes half of the way that was shown. What the demonstration does not say is said nowhere: no group,
no norms, nothing that is easier or harder.
"""

from datetime import date

from formcheck.authoring.choices import Choices
from formcheck.authoring.choosing import candidates
from formcheck.authoring.demonstration import Demonstration
from formcheck.authoring.holding import held
from formcheck.authoring.marks import Marks
from formcheck.authoring.ranking import Moved, ranked
from formcheck.authoring.repeating import repeated
from formcheck.authoring.trial import tried
from formcheck.authoring.watching import fitting, form_of
from formcheck.exercises.demonstrated import Demonstrated
from formcheck.exercises.dose import Dose
from formcheck.exercises.rules import NotChecked
from formcheck.exercises.schema import Camera, Exercise, Orientation
from formcheck.measures import View

_HEIGHTS_M = {True: (0.3, 0.8), False: (0.5, 1.2)}
_PLACES = {
    View.SIDE: "Beside you, two to three metres away, as in the demonstration.",
    View.FRONT: "In front of you, two to three metres away, as in the demonstration.",
    View.OBLIQUE: "Half beside you and half in front, as in the demonstration.",
}
_NOT_CHECKED = NotChecked(
    name="all_else",
    says="Everything else that can go wrong with it.",
    why="It was made from a demonstration: only what its maker named is watched.",
)


def drafted(demonstration: Demonstration, marks: Marks, choices: Choices, on: date) -> Exercise:
    """Return the exercise that was shown.

    Where it is not chosen what it is counted by, it is the best of what moved by which it counts
    its own demonstration rightly; and the very best where none does.

    Parameters
    ----------
    on
        The day of the demonstration, or of its making into an exercise.

    Raises
    ------
    UsageError
        If what was chosen did not move, or cannot be read.
    """
    moved = ranked(demonstration, marks)
    # A posture that is held from beginning to end was not moved into.
    ways: tuple[Moved | None, ...] = (None,)
    if marks.rests or not marks.is_hold:
        ways = candidates(moved, choices, is_hold=marks.is_hold)
    drafts = []
    for best in ways:
        draft = _counted_by(best, moved, demonstration, marks, choices, on)
        trial = tried(draft, demonstration, marks)
        drafts.append(draft if marks.is_hold else fitting(draft, trial))
        if trial.is_right:
            return drafts[-1]
    return drafts[0]


def _counted_by(
    best: Moved | None,
    moved: tuple[Moved, ...],
    demonstration: Demonstration,
    marks: Marks,
    choices: Choices,
    on: date,
) -> Exercise:
    if marks.is_hold or best is None:
        variant = held(demonstration, marks, moved, best, choices)
    else:
        variant = repeated(demonstration, marks, moved, best, choices)
    return Exercise(
        id=choices.exercise_id,
        name=choices.name,
        level=choices.level,
        purpose=choices.purpose,
        instructions=choices.instructions,
        needs=choices.needs,
        only_when_named=True,
        camera=_camera(demonstration),
        dose=_dose(marks),
        variants=(variant,),
        form=form_of(demonstration, variant, choices.faults),
        not_checked=(_NOT_CHECKED,),
        demonstrated=_demonstrated(demonstration, marks, on),
    )


def _demonstrated(demonstration: Demonstration, marks: Marks, on: date) -> Demonstrated:
    return Demonstrated(
        on=on,
        view=demonstration.view,
        repetitions=marks.n_repetitions or None,
        held_s=round(marks.held_s, 1) or None,
    )


def _camera(demonstration: Demonstration) -> Camera:
    is_low = demonstration.orientations != {Orientation.UPRIGHT}
    return Camera(
        view=demonstration.view,
        height_m=_HEIGHTS_M[is_low],
        place=_PLACES[demonstration.view],
        must_be_in_frame="Head to feet.",
    )


def _dose(marks: Marks) -> Dose:
    if marks.is_hold:
        return Dose(hold_s=float(max(5, min(60, round(marks.held_s)))))
    return Dose(repetitions=max(3, min(10, marks.n_repetitions)))
