"""What was answered last about warning signs: in a session, or where the plan was made."""

from collections.abc import Sequence

from formcheck.prescription.case import newest
from formcheck.prescription.model import Screening
from formcheck.store import RedFlagScreen
from formcheck.weeks.days import local_day


def newest_answers(given: Screening | None, screens: Sequence[RedFlagScreen]) -> Screening | None:
    """Return the newest answers.

    Parameters
    ----------
    given
        What stands in the prescription.
    screens
        What was answered in sessions, the latest last.
    """
    return newest(given, answered(given, screens))


def answered(given: Screening | None, screens: Sequence[RedFlagScreen]) -> Screening | None:
    """Return the newest answers that were given in a session."""
    if not screens:
        return None
    last = screens[-1]
    on = local_day(last.time)
    # A clinician's word is about answers that were given before it.
    cleared = given.cleared if given and given.on >= on else {}
    return Screening(on=on, positive=frozenset(last.positive), cleared=cleared)
