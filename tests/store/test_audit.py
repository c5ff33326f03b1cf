"""Who did what and when, and what shows if somebody meddles with it."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from formcheck.prescription.pain import Moment
from formcheck.store import PainRating
from tests.store.made_up import BEGAN, session_record
from tests.store.test_said import CORRECTION, DRAFT

TRIGGERS = "audit_is_never_changed", "audit_is_never_shortened"


@pytest.fixture
def used(store):
    """Return a store in which five things were done."""
    store.take_in(session_record())
    store.save_prescription("robin", DRAFT)
    store.add_pain("robin", PainRating(BEGAN, Moment.BEFORE, 2))
    store.add_correction(CORRECTION)
    assert store.check() == ()
    return store


def meddle(store, *statements):
    """Change the database behind the store's back."""
    with closing(sqlite3.connect(store.path)) as connection, connection:
        for trigger in TRIGGERS:
            connection.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            connection.execute(statement)


def test_everything_that_is_done_is_in_the_trail(used):
    """Who, what and about which; in order, by a token and not by the pseudonym."""
    trail = used.audit_trail()
    assert [entry.what for entry in trail] == [
        "person added",
        "session taken in",
        "prescription saved",
        "pain rated",
        "verdict corrected",
    ]
    assert [entry.who for entry in trail[2:]] == ["Dr Example", "robin", "Dr Example"]
    assert len({entry.subject for entry in trail}) == 1
    assert trail[1].about == f"session {session_record().id}"


def test_signing_is_said(used):
    """A prescription with a seal is signed, not only saved."""
    signed = replace(DRAFT, based_on_revision=1, signed_by="Dr Example", signed_at=BEGAN)
    used.save_prescription("robin", signed)
    assert used.audit_trail()[-1].what == "prescription signed"


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE audit SET who = 'Kim' WHERE number = 3", "entry 3 .* was changed"),
        ("UPDATE audit SET time = '2026-01-01T00:00:00.000000Z' WHERE number = 1", "entry 1"),
        ("DELETE FROM audit WHERE number = 2", "lacks entry 2"),
        ("DELETE FROM audit WHERE number = 5", "ends at entry 4; 5 were written"),
        ("UPDATE audit SET link = previous WHERE number = 4", "entry 4 .* does not follow"),
        ("UPDATE audit SET who = NULL, erased_by = 4 WHERE number = 3", "entry 3 .* nothing says"),
        ("UPDATE audit SET who = NULL, erased_by = 99 WHERE number = 3", "entry 3 .* nothing says"),
    ],
)
def test_meddling_shows(used, statement, says):
    """An entry that was changed, taken out or emptied without a reason is named."""
    meddle(used, statement)
    (problem,) = used.check()
    assert re.search(says, problem)


def test_an_added_entry_shows(used):
    """One that does not follow from the last one is named."""
    meddle(
        used,
        "INSERT INTO audit (who, what, entry_digest, previous, link)"
        " VALUES ('Kim', 'pain rated', 'a', 'b', 'c')",
    )
    assert "entry 6" in used.check()[0]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET who = 'Kim' WHERE number = 3", "DELETE FROM audit WHERE number = 5"],
)
def test_the_database_itself_refuses_to_change_the_trail(used, statement):
    """Whoever does not take the triggers away first cannot change or shorten it."""
    refused = pytest.raises(sqlite3.IntegrityError, match="never")
    with closing(sqlite3.connect(used.path)) as connection, refused:
        connection.execute(statement)
    assert used.check() == ()
