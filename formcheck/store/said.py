"""The side of the store that keeps what people say: pain, outcomes, answers and corrections."""

from collections.abc import Sequence
from datetime import datetime

from formcheck.store import saying
from formcheck.store.corrections import Correction
from formcheck.store.database import Database
from formcheck.store.statements import OutcomeScore, PainRating, RedFlagScreen, RuleOverride


class Said:
    """What was said of a person or of a session, of a store that has opened its database."""

    _database: Database

    def add_pain(self, person: str, rating: PainRating) -> None:
        """Keep how much it hurts."""
        with self._database.writing() as session:
            saying.add_pain(session, person, rating)

    def pain(self, person: str, since: datetime | None = None) -> tuple[PainRating, ...]:
        """Return what was said about pain, in order."""
        with self._database.reading() as session:
            return saying.pain(session, person, since)

    def add_outcome(self, person: str, score: OutcomeScore, by: str = "") -> None:
        """Keep what an outcome measure came to; ``by`` the person unless it was another."""
        with self._database.writing() as session:
            saying.add_outcome(session, person, score, by or person)

    def outcomes(self, person: str, measure: str | None = None) -> tuple[OutcomeScore, ...]:
        """Return what outcome measures, or one of them, came to, by day."""
        with self._database.reading() as session:
            return saying.outcomes(session, person, measure)

    def add_screen(self, person: str, screen: RedFlagScreen) -> None:
        """Keep the answers to the red-flag questions."""
        with self._database.writing() as session:
            saying.add_screen(session, person, screen)

    def screens(self, person: str) -> tuple[RedFlagScreen, ...]:
        """Return the answers to the red-flag questions, in order."""
        with self._database.reading() as session:
            return saying.screens(session, person)

    def add_override(self, person: str, override: RuleOverride) -> None:
        """Keep that somebody has set a rule of the programme aside, and why."""
        with self._database.writing() as session:
            saying.add_override(session, person, override)

    def overrides(self, person: str) -> tuple[RuleOverride, ...]:
        """Return the rules that were set aside, in order."""
        with self._database.reading() as session:
            return saying.overrides(session, person)

    def add_correction(self, correction: Correction) -> None:
        """Lay a correction over what the machine says, which stays as it is.

        Raises
        ------
        StoreError
            If there is nothing that it could be about.
        """
        self.add_corrections([correction])

    def add_corrections(self, corrections: Sequence[Correction]) -> None:
        """Lay several corrections over what the machine says: all of them or none.

        Raises
        ------
        StoreError
            If there is nothing that one of them could be about.
        """
        with self._database.writing() as session:
            saying.add_corrections(session, corrections)

    def corrections(self, session_id: str) -> tuple[Correction, ...]:
        """Return the layers over a session, in the order in which they were laid."""
        with self._database.reading() as session:
            return saying.corrections(session, session_id)

    def corrections_of(self, person: str) -> tuple[Correction, ...]:
        """Return the layers over every session of a person, in their order."""
        with self._database.reading() as session:
            return saying.corrections_of(session, person)
