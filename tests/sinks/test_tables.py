"""Readings as tables: every frame a row, every unknown empty, nothing half-written."""

import csv
import math
import sys

import pyarrow.parquet as pq
import pytest

from formcheck.analysis.coach import Coach
from formcheck.analysis.snapshot import Snapshot
from formcheck.errors import OutputError
from formcheck.exercises import library
from formcheck.sinks.readings_table import TEXTS, ReadingsSink
from tests.people import poses
from tests.sinks.small_disk import small_disk

COACH_OF = "glute_bridge"


def written(path):
    """Write a clip's readings and return its snapshots."""
    coach = Coach([library.find(COACH_OF)])
    snapshots = [coach.update(0.0 - 0.04, None)]
    with ReadingsSink(path, coach.readings) as sink:
        sink.write(snapshots[0], None)
        for pair in poses(COACH_OF):
            snapshots.append(coach.update(*pair))
            sink.write(snapshots[-1], None)
    return snapshots


def test_csv_has_a_row_a_frame_and_units_in_its_columns(tmp_path):
    """What was read is there with its unit; an empty room leaves the readings empty."""
    path = tmp_path / "readings.csv"
    snapshots = written(path)
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(snapshots)
    assert rows[0]["not_assessed"] == "nobody_in_view"
    assert rows[0]["hip_lift_near [deg]"] == ""
    last = snapshots[-1]
    value = next(v.value for v in last.readings if v.measure == "hip_lift")
    assert float(rows[-1]["hip_lift_near [deg]"]) == pytest.approx(value, rel=1e-5)
    assert rows[-1]["count"] == f"{last.count}"


def test_parquet_says_the_same(tmp_path):
    """The same columns, with types, and nulls for what is unknown."""
    path = tmp_path / "readings.parquet"
    snapshots = written(path)
    table = pq.read_table(path)
    assert table.num_rows == len(snapshots)
    assert set(TEXTS) < set(table.column_names)
    assert table.column("hip_lift_near [deg]").null_count >= 1
    assert not any(math.isnan(v) for v in table.column("held_s").to_pylist())


def test_an_error_in_the_middle_leaves_a_finished_table(tmp_path):
    """What was analysed until then is kept, under its final name alone."""
    path = tmp_path / "readings.csv"
    coach = Coach([library.find(COACH_OF)])

    def write_ten_rows():
        with ReadingsSink(path, coach.readings) as sink:
            for pair in poses(COACH_OF)[:10]:
                sink.write(coach.update(*pair), None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write_ten_rows()
    assert [file.name for file in tmp_path.iterdir()] == ["readings.csv"]
    assert len(path.read_text().splitlines()) == 11


# Fewer rows stay in memory until the file is closed; more are written, and fail, before.
@pytest.mark.parametrize("n_rows", [200, 5000])
@pytest.mark.parametrize("name", ["readings.csv", "readings.parquet"])
def test_a_full_disk_leaves_no_table(tmp_path, name, n_rows):
    """Whenever the disk fills up, the message says so and no file is left, half or whole."""

    def write_rows():
        with small_disk(1000), ReadingsSink(tmp_path / name, []) as sink:
            for number in range(n_rows):
                sink.write(Snapshot(number / 30, None), None)

    with pytest.raises(OutputError, match=f"cannot write .*{name}: the file grows too large"):
        write_rows()
    assert not list(tmp_path.iterdir())


def test_parquet_without_its_library_names_the_extra(tmp_path, monkeypatch):
    """It is not installed by default."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with (
        pytest.raises(OutputError, match=r"install formcheck\[parquet\]"),
        ReadingsSink(tmp_path / "readings.parquet", []),
    ):
        pass
    assert not list(tmp_path.iterdir())
