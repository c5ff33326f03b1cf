"""Tables for other software."""

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import OutputError, StoreError, UsageError
from formcheck.exchange.layouts import LAYOUTS, page
from formcheck.exchange.rows import outcome_row, pain_row, session_rows
from formcheck.exchange.span import Span
from formcheck.exchange.tables import COLUMNS, write_tables
from formcheck.exercises.library import load_all
from formcheck.reviewing.corrected import reviewed
from formcheck.sinks.table_files import Kind
from tests.exchange.made_up import KIM, session
from tests.robin import ROBIN

ROOT = Path(__file__).parents[2]
BY_NAME = {layout.name: layout for layout in LAYOUTS}


def read(folder, table):
    """Return the rows of a table that was written as CSV."""
    with (folder / f"{table}.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def written(kept, tmp_path):
    """Return the folder with the tables of everybody."""
    write_tables(kept, [ROBIN, KIM], tmp_path / "out")
    return tmp_path / "out"


def test_every_row_has_the_columns_of_its_table_in_every_case(kept):
    """No column without a cell, no cell without a column."""
    rows = [*session_rows(reviewed(kept, session(2).id, load_all()))]
    rows += [("pain", pain_row(ROBIN, one)) for one in kept.pain(ROBIN)]
    rows += [("outcomes", outcome_row(ROBIN, one)) for one in kept.outcomes(ROBIN)]
    for table, row in rows:
        assert set(row) == set(BY_NAME[table].kinds)
    assert {table for table, _ in rows} == set(BY_NAME)


def test_what_was_done_is_in_the_rows(written):
    """Repetitions, holds, faults and what was not assessed, with their numbers."""
    bridges = [row for row in read(written, "repetitions") if row["person"] == KIM]
    assert [row["number"] for row in bridges] == ["1", "2", "3"]
    assert bridges[2]["faults"] == "drops"
    assert (bridges[0]["unit"], bridges[0]["peak_value"]) == ("deg", "0.42")
    (hold,) = (row for row in read(written, "holds") if row["person"] == KIM)
    assert (hold["held_s"], hold["side"], hold["chest_turn_deg"]) == ("11.5", "right", "")
    (fault,) = (row for row in read(written, "faults") if row["person"] == KIM)
    assert (fault["name"], fault["counts"], fault["evidence_s"]) == ("drops", "yes", "12.7")
    (gap,) = (row for row in read(written, "not_assessed") if row["person"] == KIM)
    assert (gap["reason"], gap["end_s"]) == ("landmarks_hidden", "2.5")
    (line,) = (row for row in read(written, "sessions") if row["person"] == KIM)
    assert (line["repetitions"], line["held_s"], line["faults"]) == ("3", "11.5", "1")
    assert line["started"] == "2026-03-04T08:30:00Z"


def test_the_sets_add_up_to_their_session(written):
    """What a session says is the sum of what its sets say."""
    sets = read(written, "sets")
    for line in read(written, "sessions"):
        of_it = [row for row in sets if row["session"] == line["session"]]
        for name in ("repetitions", "repetitions_with_faults", "held_s", "faults"):
            assert float(line[name]) == sum(float(row[name]) for row in of_it)


def test_what_the_machine_said_stands_beside_what_is_true(written):
    """Of three repetitions two are rejected, and one is added; a fault has another name."""
    (line,) = (row for row in read(written, "sessions") if row["session"] == session(2).id)
    assert (line["repetitions_by_machine"], line["repetitions"]) == ("3", "2")
    assert (line["faults_by_machine"], line["faults"]) == ("1", "1")
    assert line["signed_off_by"] == "A. Therapist"
    found = [row for row in read(written, "repetitions") if row["session"] == session(2).id]
    told = [(row["number"], row["status"], row["counts"], row["comment"]) for row in found]
    assert told == [
        ("1", "rejected", "no", "'=HYPERLINK(1)"),
        ("2", "rejected", "no", ""),
        ("3", "machine", "yes", ""),
        ("", "added", "yes", ""),
    ]
    assert (found[3]["start_s"], found[3]["peak_value"], found[3]["faults_by_machine"]) == (
        "20",
        "",
        "",
    )
    (fault,) = (row for row in read(written, "faults") if row["session"] == session(2).id)
    assert (fault["name_by_machine"], fault["name"]) == ("drops", "uneven")
    said = [(row["kind"], row["holds"], row["set"] == "") for row in read(written, "corrections")]
    assert said == [
        ("rejected", "yes", False),
        ("added", "yes", False),
        ("added", "no", False),
        ("rejected", "yes", False),
        ("relabelled", "yes", False),
        ("signed_off", "yes", True),
        ("withdrawn", "no", False),
    ]


def test_no_cell_begins_like_a_formula(written):
    """What somebody wrote, and a spreadsheet would run, is a text there."""
    words = [row["words"] for row in read(written, "pain")]
    assert "sharp;=HYPERLINK(1)" in words
    for file in written.glob("*.csv"):
        with file.open(newline="", encoding="utf-8") as opened:
            for row in csv.reader(opened):
                unsafe = [cell for cell in row if re.match(r"[=+@\t\r]|-(?!\d)", cell)]
                assert unsafe == []


def test_parquet_says_the_same_with_types(kept, written, tmp_path):
    """Rows and values are those of the CSV; moments have a zone, numbers are numbers."""
    write_tables(kept, [ROBIN, KIM], tmp_path / "parquet", parquet=True)
    for layout in LAYOUTS:
        table = pq.read_table(tmp_path / "parquet" / f"{layout.name}.parquet")
        assert table.column_names == list(layout.kinds)
        assert table.num_rows == len(read(written, layout.name))
    sessions = pq.read_table(tmp_path / "parquet" / "sessions.parquet").to_pylist()
    assert sessions[-1]["started"] == datetime(2026, 3, 4, 8, 30, tzinfo=UTC)
    holds = pq.read_table(tmp_path / "parquet" / "holds.parquet").to_pylist()
    assert holds[0]["held_s"] == 11.5
    assert holds[0]["chest_turn_deg"] is None


def test_a_span_takes_what_lies_in_it_only(kept, tmp_path):
    """Sessions, pain and outcomes from the first moment to before the last."""
    march_3, march_4 = (datetime(2026, 3, day, tzinfo=UTC) for day in (3, 4))
    counts = write_tables(kept, [ROBIN, KIM], tmp_path, span=Span(march_3, march_4))
    assert (counts["sessions"], counts["pain"], counts["outcomes"]) == (1, 1, 0)


def test_every_column_is_explained_beside_the_tables_and_in_the_documentation(written):
    """`columns.csv` and docs/tables.md list them all; `formcheck export columns` prints them."""
    with (written / COLUMNS).open(newline="", encoding="utf-8") as file:
        explained = [(row["table"], row["column"]) for row in csv.DictReader(file)]
    assert explained == [(one.name, name) for one in LAYOUTS for name in one.kinds]
    printed = CliRunner().invoke(app, ["export", "columns"]).output
    assert printed.strip() == page().strip()
    assert page().strip() in (ROOT / "docs" / "tables.md").read_text(encoding="utf-8")


def test_names_of_columns_have_units():
    """Seconds, degrees and shares say so in their names."""
    for layout in LAYOUTS:
        for column in layout.columns:
            if column.kind is Kind.NUMBER and "[s]" in column.says:
                assert column.name.endswith("_s")
            if "[deg]" in column.says:
                assert column.name.endswith("_deg")


def said(*words):
    """Run ``formcheck export`` and return what it prints."""
    done = CliRunner().invoke(app, ["export", *map(str, words)])
    if done.exception is not None:
        raise done.exception
    return done.output


def test_the_command_writes_and_notes_it_in_the_trail(folder, store, tmp_path):
    """It says how many rows there are; the audit trail keeps that it was exported, and as what."""
    out = said("tables", "--all", "--out", tmp_path / "t", "--store", folder)
    assert "2 people" in out
    assert "repetitions: 10 rows" in out
    noted = [(one.what, one.about) for one in store.audit_trail()]
    assert noted.count(("person exported", "tables")) == 2


def test_whom_it_is_about_must_be_said_and_known(folder, tmp_path):
    """Nobody, both, and somebody who is not known are refused; nothing is written."""
    where = "--out", tmp_path / "t", "--store", folder
    for people in ([], ["robin", "--all"]):
        with pytest.raises(UsageError, match="--all"):
            said("tables", *people, *where)
    with pytest.raises(StoreError, match="it knows kim, robin"):
        said("tables", "sam", *where)
    with pytest.raises(UsageError, match="before"):
        said("tables", "--all", *where, "--since", "2026-03-04", "--until", "2026-03-03")
    assert not (tmp_path / "t").exists()


def test_without_pyarrow_it_says_what_to_install(kept, tmp_path, monkeypatch):
    """The message names the extra and the way without it; no file is left behind."""
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(OutputError, match=r"install formcheck\[exchange\]"):
        write_tables(kept, [ROBIN], tmp_path / "t", parquet=True)
    assert list((tmp_path / "t").iterdir()) == []
