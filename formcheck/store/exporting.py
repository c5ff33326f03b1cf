"""Write everything that is kept of a person into one file that needs no formcheck to be read."""

import dataclasses
import json
import math
import zipfile
import zlib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, LargeBinary, select
from sqlalchemy import Table as CoreTable
from sqlalchemy.orm import Session, undefer

import formcheck
from formcheck.files import atomic_path
from formcheck.recordings.meta import SUFFIX
from formcheck.recordings.session_facts import EVENTS, SESSION
from formcheck.store.people import known_row
from formcheck.store.reading import recording_of
from formcheck.store.tables import AuditRow, PersonRow, PrescriptionRow, SessionRow, SetRow, Table

ROWS = "rows.json"
_README = """What formcheck {version} keeps of {person}, written on {today}.

rows.json       every row of every table, by the names of the tables and columns that docs/data.md
                of formcheck explains; times are UTC, what is not known is null
prescriptions/  every revision of the prescription, as it was saved
sessions/       a folder a session, as it was written while it went on:
                session.json    what was planned
                events.jsonl    a line for everything that happened
                *.poses.npz     the landmarks of a set, a zip of numpy arrays, no pictures;
                                `formcheck analyze FOLDER` judges the session again
"""


def export(session: Session, person: str, target: Path) -> Path:
    """Write a zip of everything that is kept of a person, and return where it is.

    Raises
    ------
    StoreError
        If nobody is called so.
    OutputError
        If it cannot be written.
    """
    row = known_row(session, person)
    with (
        atomic_path(target) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        about = _README.format(version=formcheck.__version__, person=person, today=today)
        archive.writestr("README.txt", about)
        rows = json.dumps(rows_of(session, row), ensure_ascii=False, allow_nan=False, indent=1)
        archive.writestr(ROWS, rows + "\n")
        _add_prescriptions(session, row, archive)
        _add_sessions(session, row, archive)
    return target


def rows_of(session: Session, person: PersonRow) -> dict[str, list[dict[str, Any]]]:
    """Return every row of a person as JSON knows it, by table; what is bytes is left out."""
    found = {
        table.name: _rows(session, table, is_theirs(table, person.id))
        for table in Table.metadata.sorted_tables
        if table.foreign_keys or table.name == PersonRow.__tablename__
    }
    audit = AuditRow.metadata.tables[AuditRow.__tablename__]
    return {**found, audit.name: _rows(session, audit, audit.c.subject == person.token)}


def is_theirs(table: CoreTable, person_id: int) -> ColumnElement[bool]:
    """Return what is true of the rows of a table that go with a person, step by step."""
    if table.name == PersonRow.__tablename__:
        return table.c.id == person_id
    # A correction may be about a set, and always goes with its session.
    (key,) = (one for one in table.foreign_keys if not one.parent.nullable)
    parents = select(key.column).where(is_theirs(key.column.table, person_id))
    return key.parent.in_(parents)


def _rows(session: Session, table: CoreTable, which: ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in table.columns if not isinstance(column.type, LargeBinary)]
    asked = select(*columns).where(which).order_by(*table.primary_key)
    return [
        {column.name: _plain(value) for column, value in zip(columns, row, strict=True)}
        for row in session.execute(asked)
    ]


def _add_prescriptions(session: Session, person: PersonRow, archive: zipfile.ZipFile) -> None:
    rows = select(PrescriptionRow).where(PrescriptionRow.person_id == person.id)
    for row in session.scalars(rows):
        archive.writestr(f"prescriptions/revision-{row.revision:03d}.toml", row.toml)


def _add_sessions(session: Session, person: PersonRow, archive: zipfile.ZipFile) -> None:
    rows = select(SessionRow).where(SessionRow.person_id == person.id)
    for row in session.scalars(rows.options(undefer(SessionRow.events))):
        folder = f"sessions/{row.id}"
        archive.writestr(f"{folder}/{SESSION}", row.facts)
        archive.writestr(f"{folder}/{EVENTS}", zlib.decompress(row.events))
        for one in session.scalars(select(SetRow).where(SetRow.session_id == row.id)):
            poses = recording_of(session, one.id)
            archive.writestr(f"{folder}/{one.name}{SUFFIX}", poses, zipfile.ZIP_STORED)


def _plain(value: Any) -> Any:
    match value:
        case None | bool() | int() | float() | str():
            return None if isinstance(value, float) and math.isnan(value) else value
        case datetime() | date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(part) for part in value]
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case _ if dataclasses.is_dataclass(value):
            return _plain(dataclasses.asdict(value))  # type: ignore[arg-type]  # no class is
    raise ValueError(f"{type(value).__name__} cannot be exported")
