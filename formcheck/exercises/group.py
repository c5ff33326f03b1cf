"""What an exercise is for in a programme: the clinical rules speak of these groups."""

import enum


class Group(enum.StrEnum):
    """What an exercise is for.

    A session goes through them in this order (heat comes before all of them): stretching before
    strengthening, and motor control between the two.
    """

    THORACIC_MOBILITY = "thoracic_mobility"
    MOTOR_CONTROL = "motor_control"
    SCAPULAR_POSTURAL = "scapular_postural"
    CORE_STRENGTH = "core_strength"
    FUNCTIONAL = "functional"
    YOGA_TAICHI = "yoga_taichi"

    @property
    def component(self) -> "Component":
        """Which part of a programme it belongs to."""
        return _COMPONENTS[self]


class Component(enum.StrEnum):
    """The parts that the clinical document speaks of, in the order of a session."""

    STRETCH = "stretch"
    MOTOR_CONTROL = "motor_control"
    STRENGTHEN = "strengthen"
    FUNCTIONAL = "functional"
    COMPLEMENT = "complement"


_COMPONENTS = {
    Group.THORACIC_MOBILITY: Component.STRETCH,
    Group.MOTOR_CONTROL: Component.MOTOR_CONTROL,
    Group.SCAPULAR_POSTURAL: Component.STRENGTHEN,
    Group.CORE_STRENGTH: Component.STRENGTHEN,
    Group.FUNCTIONAL: Component.FUNCTIONAL,
    Group.YOGA_TAICHI: Component.COMPLEMENT,
}
