"""Ways in which people move, by name: all of them are right, none of them is perfect."""

from formcheck.errors import UsageError
from formcheck.simulation.plan import Manner

MANNERS: dict[str, Manner] = {
    "steady": Manner(),
    "slow": Manner(pace=1.6),
    "brisk": Manner(pace=0.9),
    "tired": Manner(pace=1.1, tires=0.02, sway_deg=0.5),
    "hesitant": Manner(pace=1.2, hesitates=0.5, pauses=0.4, varies=0.05),
    "shaky": Manner(sway_deg=0.8, tremor_deg=0.6),
    "uneven": Manner(right_less=0.06, varies=0.05),
}


def manner_of(name: str) -> Manner:
    """Return the manner of a name.

    Raises
    ------
    UsageError
        If there is none; the message names them all.
    """
    if name not in MANNERS:
        raise UsageError(f"unknown manner {name!r}; expected one of {', '.join(MANNERS)}")
    return MANNERS[name]
