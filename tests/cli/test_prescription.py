"""``formcheck prescription``: from a draft to a sealed plan, as a therapist would."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from formcheck.cli.app import app
from formcheck.errors import FormcheckError, PrescriptionError, UsageError
from formcheck.prescription.seal import SealState, state_of
from formcheck.recordings import prescription_file, therapist_key
from formcheck.reports.programme_rules_page import render_programme_rules

ROOT = Path(__file__).parents[2]
RUNNER = CliRunner()
ANSWERS = [
    *("--person", "P 1", "--goal", "Sit at work", "--since", "2025-11-01", "--starts"),
    *("2026-03-02", "--hard", "turning", "--pain", "4"),
]


def run(*words: str, says: str = "") -> str:
    """Run a command of prescriptions; return what it prints."""
    result = RUNNER.invoke(app, ["prescription", *words], input=says, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> FormcheckError:
    """Return the error that a command ends with."""
    result = RUNNER.invoke(app, ["prescription", *words])
    assert isinstance(result.exception, FormcheckError), result.output
    return result.exception


@pytest.fixture
def plan(tmp_path) -> Path:
    """Return a draft."""
    path = tmp_path / "plan.toml"
    run("new", str(path), *ANSWERS)
    return path


def signed(plan: Path, *more: str) -> None:
    """Seal a plan with a key beside it."""
    run(
        *("sign", str(plan), "--name", "A. Therapist", "--licence", "PT 1"),
        *("--key", str(plan.with_name("key.pem")), "--on", "2026-03-02", *more),
    )


def test_without_a_terminal_warning_signs_are_answered_otherwise(plan):
    """The error says how."""
    assert "answer with --none, or with --yes ID" in str(refused("screen", str(plan)))


def test_from_a_draft_to_a_sealed_plan(plan):
    """Drafted, screened, sealed, and checked: nothing blocks."""
    blocked = RUNNER.invoke(app, ["prescription", "check", str(plan), "--on", "2026-03-02"])
    assert blocked.exit_code == PrescriptionError.exit_code
    assert "red_flags_asked" in blocked.output
    assert "You can begin" in run("screen", str(plan), "--none", "--on", "2026-03-02")
    signed(plan)
    assert state_of(prescription_file.load(plan)) is SealState.SEALED
    assert "Nothing blocks" in run("check", str(plan), "--on", "2026-03-02")


def test_what_blocks_is_not_sealed_and_the_file_stays_as_it_was(plan):
    """A therapist who has not asked about warning signs is told."""
    before = plan.read_text()
    key = str(plan.with_name("key.pem"))
    said = refused("sign", str(plan), "--name", "A", "--licence", "1", "--key", key)
    assert "not sealed" in str(said)
    assert plan.read_text() == before


def test_an_edit_voids_the_seal(plan):
    """And `check` says so."""
    run("screen", str(plan), "--none", "--on", "2026-03-02")
    signed(plan)
    plan.write_text(plan.read_text().replace("repetitions = 8", "repetitions = 9", 1))
    assert "changed after it was sealed" in run("check", str(plan), "--on", "2026-03-02")
    assert "seal is void" in " ".join(run("show", str(plan)).split())


def test_warning_signs_are_asked_one_by_one(plan):
    """Twelve questions; one yes, and the exercises wait."""
    said = run("screen", str(plan), "--on", "2026-03-02", says="n\n" * 3 + "y\n" + "n\n" * 8)
    assert "do not exercise now" in said
    screening = prescription_file.load(plan).red_flags
    assert screening is not None
    assert screening.positive == {"rf04"}
    result = RUNNER.invoke(app, ["prescription", "check", str(plan), "--on", "2026-03-02"])
    assert result.exit_code == PrescriptionError.exit_code


def test_a_warning_sign_that_there_is_not_is_refused(plan):
    """Nothing is written."""
    before = plan.read_text()
    assert "rf99" in str(refused("screen", str(plan), "--yes", "rf99"))
    assert plan.read_text() == before


def test_findings_can_be_read_by_programs(plan):
    """With rule, severity, what, reason and fix of each."""
    run("screen", str(plan), "--none", "--on", "2026-03-02")
    findings = json.loads(run("check", str(plan), "--on", "2026-03-02", "--json"))
    assert {"rule", "severity", "where", "what", "reason", "fix", "set_aside"} == set(findings[0])


def test_a_change_is_checked_against_the_plan_before_it(plan, tmp_path):
    """Twice as much is too much at once."""
    run("screen", str(plan), "--none", "--on", "2026-03-02")
    after = tmp_path / "after.toml"
    after.write_text(plan.read_text().replace("repetitions = 8", "repetitions = 16", 1))
    said = run("check", str(after), "--before", str(plan), "--on", "2026-03-20")
    assert "100% more than before" in said


def test_it_is_shown_in_plain_words_in_each_language(plan):
    """Days, exercises, how much, what for."""
    english = " ".join(run("show", str(plan)).split())
    assert "Every day" in english
    assert "Open book" in english
    assert "Jeden Tag" in run("show", str(plan), "--language", "de")


def test_a_plan_is_never_written_over_unasked(plan):
    """Unless told to."""
    assert "exists" in str(refused("new", str(plan), *ANSWERS))
    run("new", str(plan), *ANSWERS, "--overwrite")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (["--person", "P 1", "--goal", "x"], "--since is missing"),
        (["--person", "P 1", "--goal", "x", "--since", "yesterday"], "no date"),
        (["--person", "/etc", "--goal", "x", "--since", "2026-01-01"], "person"),
        (["--person", "P", "--goal", "x", "--since", "2999-01-01"], "pain begins"),
    ],
)
def test_what_is_missing_or_wrong_is_named(tmp_path, wrong, said):
    """And nothing is written."""
    path = tmp_path / "plan.toml"
    error = refused("new", str(path), *wrong)
    assert isinstance(error, UsageError)
    assert said in str(error)
    assert not path.exists()


def test_a_rule_is_explained(plan):
    """What it asks, why, where later evidence disagrees; an unknown one is refused."""
    assert "never_stretch_alone" in run("rules")
    assert "OWEN2020" in run("rules", "never_stretch_alone")
    assert "known:" in str(refused("rules", "nothing"))
    assert "no date" in str(refused("check", str(plan), "--on", "soon"))


def test_the_page_of_rules_is_the_present_one(tmp_path):
    """`formcheck prescription rules --page docs/programme-rules.md` after a change."""
    run("rules", "--page", str(tmp_path / "rules.md"))
    assert (tmp_path / "rules.md").read_text() == render_programme_rules()
    assert (ROOT / "docs" / "programme-rules.md").read_text() == render_programme_rules()


def test_a_key_is_made_once_kept_from_others_and_may_have_a_passphrase(tmp_path):
    """With another passphrase, or as something else, it is refused."""
    path = tmp_path / "keys" / "key.pem"
    made = therapist_key.make(path, "open")
    assert os.name != "posix" or not path.stat().st_mode & 0o077
    assert therapist_key.load(path, "open").private_bytes_raw() == made.private_bytes_raw()
    with pytest.raises(PrescriptionError, match="a key already"):
        therapist_key.make(path, None)
    for wrong in (None, "shut"):
        with pytest.raises(PrescriptionError):
            therapist_key.load(path, wrong)
    path.write_text("no key")
    with pytest.raises(PrescriptionError, match="not a key"):
        therapist_key.load(path, None)
