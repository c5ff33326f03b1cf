"""The body measures that an exercise file may name.

A measure is a pure function of landmarks. Its parameters name the landmarks it needs: ``hip``
means the hip of the side being measured, ``other_hip`` the opposite one, ``left_hip`` always
the left one; ``outline``, always first, is that of the trunk. Points are pixels of the picture
(``plane="image"``) or metres in space (``plane="world"``). To add a measure, write the function in
the module where it belongs; nothing else changes.

``views`` says from where the measure may be believed; elsewhere it reads as not assessed.
World angles are biased (a squat's true 75 degree knee reads 86 to 118) and serve for counting
and for comparing a person with themselves, hence their large expected errors.
"""

from formcheck.measures import back, head, joints, limbs, space, trunk
from formcheck.measures.vocabulary import (
    ALL_VIEWS,
    FROM_VISIBILITY,
    MEASURES,
    Measure,
    Outline,
    View,
    find,
    landmark_name,
    measure,
)

__all__ = [
    "ALL_VIEWS",
    "FROM_VISIBILITY",
    "MEASURES",
    "Measure",
    "Outline",
    "View",
    "back",
    "find",
    "head",
    "joints",
    "landmark_name",
    "limbs",
    "measure",
    "space",
    "trunk",
]
