"""What a person's page is filled with: how the weeks go, what was done, what is prescribed."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from formcheck.prescription.adherence import Day
from formcheck.prescription.checks import Finding, blocks, check
from formcheck.prescription.model import Item, Prescription, Screening
from formcheck.prescription.red_flags import RedFlag, recorded_outcome
from formcheck.prescription.seal import SealState, fingerprint, state_of
from formcheck.recordings import prescription_file
from formcheck.reviewing.attention import Need
from formcheck.reviewing.attention_rules import NeedKind
from formcheck.reviewing.overview import overview
from formcheck.store import OutcomeScore, RedFlagScreen, SavedPrescription, Store, drafts
from formcheck.store.listing import Asked
from formcheck.web.my_words import Drawn, by_weeks, drawn
from formcheck.web.review.setting import ReviewSetting
from formcheck.weeks import (
    ItemProposal,
    PastSession,
    Weeks,
    answered,
    kept_of,
    newest_answers,
    past_sessions,
    weeks_of,
)
from formcheck.weeks.pain_around import pain_around

N_SESSIONS = 12
N_SAID = 6
"""How many sessions a page has, and how many entries of what was said."""
_JUST_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Prescribed:
    """What is prescribed now.

    Attributes
    ----------
    key
        A short form of the key that sealed it; empty where no seal is whole.
    rows
        The exercises of every session, as they are done now, with what is proposed.
    blocking
        What keeps sessions from beginning.
    """

    saved: SavedPrescription
    prescription: Prescription
    seal: SealState
    key: str
    rows: tuple[tuple[str, tuple[tuple[Item, ItemProposal | None], ...]], ...]
    blocking: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Sessions:
    """Some of the sessions, the latest first.

    Attributes
    ----------
    page, n_pages
        Which page of the list it is, from 1.
    signed_off
        By whom those were signed off that were, by id.
    """

    lines: tuple[PastSession, ...]
    n: int
    page: int
    n_pages: int
    signed_off: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything that a person's page shows.

    Attributes
    ----------
    weeks
        None where nothing is prescribed.
    open_signs
        Warning signs that were answered with yes and nobody has looked into.
    needs
        What needs attention, the most urgent first: what the list of everybody says.
    has_draft
        Whether a change of the prescription has been begun.
    """

    person: str
    today: date
    weeks: Weeks | None
    prescribed: Prescribed | None
    sessions: Sessions
    drawn: list[Drawn]
    calendar: list[list[Day | None]]
    outcomes: tuple[OutcomeScore, ...]
    screens: tuple[RedFlagScreen, ...]
    answers: Screening | None
    open_signs: tuple[RedFlag, ...]
    needs: tuple[Need, ...]
    has_draft: bool

    @property
    def adherence(self) -> float | None:
        """Share of the planned days that were done; None before the first."""
        share = self.weeks.calendar.share if self.weeks else math.nan
        return None if math.isnan(share) else share


def person_view(setting: ReviewSetting, person: str, page: int) -> PersonView:
    """Return what the page of a person shows.

    Parameters
    ----------
    page
        Of the list of sessions, from 1.

    Raises
    ------
    FormcheckError
        If what is kept cannot be read.
    """
    store, today = setting.store, setting.today()
    kept = kept_of(store, person, today)
    weeks = weeks_of(kept, setting.exercises, today) if kept else None
    screens = store.screens(person)
    prescribed = _prescribed(setting, person, weeks, screens) if weeks else None
    answers = newest_answers(prescribed.prescription.red_flags, screens) if prescribed else None
    return PersonView(
        person=person,
        today=today,
        weeks=weeks,
        prescribed=prescribed,
        sessions=_sessions(store, person, page),
        drawn=drawn(weeks) if weeks else [],
        calendar=by_weeks(weeks.calendar.days, today) if weeks else [],
        outcomes=store.outcomes(person)[: -N_SAID - 1 : -1],
        screens=screens[: -N_SAID - 1 : -1],
        answers=answers,
        open_signs=recorded_outcome(answers).open if answers else (),
        needs=_needs(setting, person),
        has_draft=drafts.load(store.folder, person) is not None,
    )


def _needs(setting: ReviewSetting, person: str) -> tuple[Need, ...]:
    """Return what is to be looked at; what is to be reviewed stands beside each session."""
    found = overview(setting.store, setting.exercises, setting.today(), person)
    return tuple(
        need for one in found for need in one.needs if need.kind is not NeedKind.NOT_REVIEWED
    )


def _prescribed(
    setting: ReviewSetting, person: str, weeks: Weeks, screens: tuple[RedFlagScreen, ...]
) -> Prescribed:
    saved = setting.store.prescription(person)
    assert saved is not None
    prescription = prescription_file.parsed(saved.toml, f"revision {saved.revision}")
    seal, signature = state_of(prescription), prescription.signature
    is_whole = seal is SealState.SEALED
    found = check(
        prescription,
        setting.exercises,
        setting.today(),
        screened=answered(prescription.red_flags, screens),
    )
    return Prescribed(
        saved=saved,
        prescription=prescription,
        seal=seal,
        key=fingerprint(signature.public_key) if signature and is_whole else "",
        rows=tuple(_rows(prescription, weeks)),
        blocking=blocks(found),
    )


def _rows(
    prescription: Prescription, weeks: Weeks
) -> Iterator[tuple[str, tuple[tuple[Item, ItemProposal | None], ...]]]:
    proposed = {(one.item.exercise, one.item.side): one for one in weeks.proposals}
    for session in prescription.sessions_now:
        rows = tuple((item, proposed.get((item.exercise, item.side))) for item in session.items)
        yield session.label, rows


def _sessions(store: Store, person: str, page: int) -> Sessions:
    lines = store.sessions(person)
    n_pages = max(1, math.ceil(len(lines) / N_SESSIONS))
    page = min(max(1, page), n_pages)
    end = len(lines) - (page - 1) * N_SESSIONS
    shown = lines[max(0, end - N_SESSIONS) : end]
    if not shown:
        return Sessions((), 0, 1, 1, {})
    since, until = shown[0].started, shown[-1].started + _JUST_AFTER
    sets = store.set_figures(person, since, until)
    rules = store.rules_followed(person, since, until)
    around = pain_around(store.pain(person, since))
    told = past_sessions(shown, sets, rules, around)
    return Sessions(told, len(lines), page, n_pages, _signed_off(store, person, page))


def _signed_off(store: Store, person: str, page: int) -> dict[str, str]:
    """Return who has signed off which of the sessions of a page; the newest come first."""
    asked = Asked(person=person, offset=(page - 1) * N_SESSIONS, limit=N_SESSIONS)
    found = store.listed(asked).sessions
    return {one.id: one.signed_off_by for one in found if one.signed_off_by}
