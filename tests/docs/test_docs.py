"""What the documentation says is true of the code."""

import re
import tomllib
from pathlib import Path

import pytest

from formcheck import measures
from formcheck.cli.app import Commands
from formcheck.exercises import library
from formcheck.exercises.library import load

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page):
    """Every relative link and picture exists."""
    links = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("exercise", library.load_all().values(), ids=lambda e: e.id)
def test_the_readme_lists_every_exercise_with_its_view_and_faults(exercise):
    """The table of exercises is the exercise files'."""
    (row,) = re.findall(rf"^\| `{exercise.id}` \|(.*)\|$", README, re.MULTILINE)
    view, _, faults = (cell.strip() for cell in row.split("|"))
    assert view.startswith(exercise.camera.view)
    assert all(other in view for other in exercise.camera.also)
    assert set(faults.split(", ")) == {finding.name for finding in exercise.findings}


def test_the_readme_lists_every_command():
    """No command is missing from the table."""
    assert [name for name in Commands.says if f"`formcheck {name}" not in README] == []


def test_the_camera_page_lists_every_exercise():
    """Where the camera goes is said for every exercise, as in its file."""
    page = (ROOT / "docs" / "camera-placement.md").read_text(encoding="utf-8")
    for exercise in library.load_all().values():
        low_m, high_m = exercise.camera.height_m
        (row,) = re.findall(rf"^\| `{exercise.id}` \|(.*)\|$", page, re.MULTILINE)
        assert f"{low_m}-{high_m} m" in row
        assert exercise.camera.view in row


def test_the_worked_example_is_a_valid_exercise(tmp_path):
    """The file that CONTRIBUTING shows can be used as it stands."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    tomllib.loads(example)
    file = tmp_path / "heel_raise.toml"
    file.write_text(example, encoding="utf-8")
    assert load(file).variants[0].repetition is not None


@pytest.mark.parametrize("measure", measures.MEASURES.values(), ids=measures.MEASURES)
def test_every_measure_says_what_its_values_mean(measure):
    """A measure's docstring gives the meaning of 0, 1 or its size."""
    assert re.search(r"\b[01]\b|Distance|Height", measure.meaning)


LIBRARY = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
LOOP, OWN_POSES = re.findall(r"```python\n(.*?)```", LIBRARY, re.DOTALL)


def test_ones_own_loop_counts_what_the_clip_shows(monkeypatch, capsys):
    """The page's loop, run as it stands, with the engine: four repetitions, in at most 15 lines."""
    assert len([line for line in LOOP.splitlines() if line and "import" not in line]) <= 15
    monkeypatch.chdir(ROOT)
    exec(compile(LOOP, "docs/library.md", "exec"), {})
    said = capsys.readouterr().out.splitlines()
    assert [line.rpartition(" ")[2] for line in said] == ["1", "2", "3", "4"]


def test_poses_from_elsewhere_are_taken(capsys):
    """The page's second example: a pose that shows nothing is refused with a reason."""
    exec(compile(OWN_POSES, "docs/library.md", "exec"), {})
    assert capsys.readouterr().out.strip()
