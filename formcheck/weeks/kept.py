"""What the store keeps of a person that their weeks are told from."""

from dataclasses import dataclass
from datetime import date, timedelta

from formcheck.prescription.model import Prescription
from formcheck.recordings import prescription_file
from formcheck.store import OutcomeScore, PainRating, RedFlagScreen, SessionLine, Store
from formcheck.store.figures import RuleFollowed, SetFigures
from formcheck.weeks.days import begin_of
from formcheck.weeks.stood import Stood, stood

# Sets are looked at one by one in the last weeks, and in the first, with which form is compared.
LATEST_DAYS = 28
FIRST_DAYS = 7


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything that is kept of a person, as far as it matters for their weeks.

    Attributes
    ----------
    sessions
        A line for each, since the programme began, in order.
    first_sets, latest_sets, latest_rules
        The sets of the first week, those of the last four, and what stop rules decided in these.
    stood
        The newest time of five stands that the camera has taken.
    """

    prescription: Prescription
    sessions: tuple[SessionLine, ...] = ()
    first_sets: tuple[SetFigures, ...] = ()
    latest_sets: tuple[SetFigures, ...] = ()
    latest_rules: tuple[RuleFollowed, ...] = ()
    pain: tuple[PainRating, ...] = ()
    outcomes: tuple[OutcomeScore, ...] = ()
    screens: tuple[RedFlagScreen, ...] = ()
    stood: Stood | None = None


def kept_of(
    store: Store, person: str, today: date, prescription: Prescription | None = None
) -> Kept | None:
    """Return what a store keeps of a person; None where nothing is prescribed to them.

    Parameters
    ----------
    prescription
        The one to go by, in place of that of the store.

    Raises
    ------
    StoreError
        If it cannot be read.
    PrescriptionError
        If what is prescribed is not valid.
    """
    if prescription is None:
        saved = store.prescription(person)
        if saved is None:
            return None
        where = f"revision {saved.revision} of the prescription of {person}"
        prescription = prescription_file.parsed(saved.toml, where)
    starts = begin_of(prescription.starts)
    latest = max(starts, begin_of(today - timedelta(days=LATEST_DAYS)))
    latest_sets = store.set_figures(person, latest)
    return Kept(
        prescription=prescription,
        sessions=store.sessions(person, since=starts),
        first_sets=store.set_figures(person, starts, starts + timedelta(days=FIRST_DAYS)),
        latest_sets=latest_sets,
        latest_rules=store.rules_followed(person, latest),
        pain=store.pain(person, since=starts),
        outcomes=store.outcomes(person),
        screens=store.screens(person),
        stood=stood(store, latest_sets),
    )
