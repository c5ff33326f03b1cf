"""How far the trunk turned, in words, with what that is good for."""

from formcheck.analysis.events import Hold, Repetition, TurnUnknown
from formcheck.landmarks import Side
from formcheck.reports.amounts import number

WHAT_TURNS_ARE = (
    "Turns are those of the chest against the pelvis, not the reading that counts. Within what is"
    " given with \u00b1 were 95 % of turns of rendered people; on real people nobody knows."
)
_UNKNOWN: dict[TurnUnknown, str] = {
    "no_rest_seen": "not seen sitting still before it",
    "not_seen": "shoulders or hips were hidden",
    "wrong_view": "needs the front view",
    "sits_turned": "sits turned away from the camera",
    "beyond_measured": "further than was ever measured",
}


def turn_in_words(part: Repetition | Hold) -> str:
    """Return how far chest and pelvis turned to the side of a repetition or a hold.

    Without a side the chest's own one is told. What is not known is said with its reason.
    """
    turn = part.turn
    if turn is None:
        return ""
    if turn.unknown:
        return f"not assessed: {_UNKNOWN[turn.unknown]}"
    side = part.side or (Side.LEFT if turn.chest_deg >= 0 else Side.RIGHT)
    sign = -1 if side is Side.RIGHT else 1
    to_side = "" if part.side else f" to the {side}"
    chest, pelvis = number(sign * turn.chest_deg, 0), number(sign * turn.pelvis_deg, 0)
    within, pelvis_within = number(turn.chest_within_deg, 0), number(turn.pelvis_within_deg, 0)
    return f"{chest} deg{to_side} (\u00b1{within}), pelvis {pelvis} (\u00b1{pelvis_within})"
