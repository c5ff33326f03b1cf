"""The side of the store that lists everybody and every session, and finds among them."""

from collections.abc import Mapping, Sequence
from typing import Any

from formcheck.store import facts, listing
from formcheck.store.database import Database


class Lists:
    """What lists are made of, of a store that has opened its database."""

    _database: Database

    def listed(self, asked: listing.Asked) -> listing.Listed:
        """Return a page of the sessions that are asked for, and how many there are."""
        with self._database.reading() as session:
            return listing.listed(session, asked)

    def summaries(self, person: str) -> tuple[listing.ListedSession, ...]:
        """Return every session of a person as it stands in a list, the oldest first."""
        with self._database.reading() as session:
            return listing.summaries_of(session, person)

    def hits(self, words: Sequence[listing.Word]) -> dict[str, listing.Hits]:
        """Return of whom anything is found by words, by pseudonym."""
        with self._database.reading() as session:
            return listing.hits(session, words)

    def kept_facts(self, person: str | None = None) -> tuple[facts.KeptFacts, ...]:
        """Return what was put together of everybody or of one person, and if it still holds."""
        with self._database.reading() as session:
            return facts.kept_facts(session, person)

    def keep_facts(self, found: Mapping[str, tuple[int, Any]]) -> None:
        """Keep what was put together of some people, each with what was known then.

        Raises
        ------
        StoreError
            If nobody is called so.
        """
        with self._database.writing() as session:
            for person, (stamp, about) in found.items():
                facts.keep_facts(session, person, stamp, about)
