"""The clinical pages of the documentation say what the tables say."""

import re
from pathlib import Path

import pytest

from formcheck.prescription.outcomes import measures, outcome_table
from formcheck.prescription.programme_rules import sources
from formcheck.prescription.red_flags import red_flags
from formcheck.prescription.stop_rules import stop_table
from formcheck.texts import Texts

DOCS = Path(__file__).parents[2] / "docs"
OUTCOMES = (DOCS / "outcomes.md").read_text(encoding="utf-8")
STOP_RULES = (DOCS / "stop-rules.md").read_text(encoding="utf-8")
ENGLISH = Texts.load("en")


def row(page: str, name: str) -> list[str]:
    (found,) = re.findall(rf"^\| `{name}`(.*)\|$", page, re.MULTILINE)
    return [cell.strip() for cell in found.split("|")]


@pytest.mark.parametrize("measure", measures().values(), ids=lambda one: one.id)
def test_every_measure_is_explained(measure):
    """Scale, direction, both bounds and licence are the table's."""
    _, scale, better, matters, chance, licence = row(OUTCOMES, measure.id)
    assert scale == f"{measure.least:g} to {measure.most:g} {measure.unit}".rstrip()
    assert better == ("higher" if measure.higher_is_better else "lower")
    assert (matters, chance) == (f"{measure.mic:g}", f"{measure.error:g}")
    assert licence == measure.licence


@pytest.mark.parametrize("norm", outcome_table().sit_to_stand_norms, ids=lambda one: one.from_age)
def test_every_norm_is_there(norm):
    """With its source."""
    line = f"| {norm.from_age} to {norm.to_age} | {norm.upper_s:g} s ({norm.sources[0]}"
    assert line in OUTCOMES


@pytest.mark.parametrize("verdict", ["within_error", "between", "improved", "worse"])
def test_what_the_patient_reads_is_quoted(verdict):
    """Word for word."""
    assert row(OUTCOMES, verdict)[-1] == ENGLISH.say(f"outcome_change.{verdict}")


@pytest.mark.parametrize("flag", red_flags().values(), ids=lambda one: one.id)
def test_every_warning_sign_is_explained(flag):
    """Level and sources are the table's; the cause is for the therapist's page alone."""
    _, level, _, _, basis = row(STOP_RULES, flag.id)
    assert (level, basis) == (flag.level, ", ".join(flag.sources))


@pytest.mark.parametrize("rule", stop_table().rules, ids=lambda one: one.id)
def test_every_stop_rule_is_explained(rule):
    """A convention is called one."""
    assert row(STOP_RULES, rule.id)[-1] == f"{rule.basis}: {', '.join(rule.sources)}"


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("s01", stop_table().limits.rise),
        ("s02", stop_table().limits.pain),
        ("s02", stop_table().limits.pain_least),
        ("s02", stop_table().limits.pain_most),
        ("s03", stop_table().limits.start),
        ("s06", stop_table().limits.morning),
        ("s08", round(stop_table().limits.away_s)),
    ],
)
def test_the_numbers_of_the_stop_rules_are_the_tables(rule, number):
    """Each stands in its row."""
    assert str(number) in re.findall(r"\d+", row(STOP_RULES, rule)[1])


@pytest.mark.parametrize("page", [OUTCOMES, STOP_RULES], ids=["outcomes", "stop-rules"])
def test_every_source_of_a_page_is_explained_on_it(page):
    """In the words that the other pages have for it; none is left over."""
    text, listed = page.split("## What they rest on")
    used = {key for key in sources() if re.search(rf"\b{key}\b", text)}
    if page is OUTCOMES:
        used |= {
            key for one in measures().values() for key in (*one.mic_sources, *one.error_sources)
        }
    lines = [line for line in listed.splitlines() if line]
    assert lines == [f"- **{key}**: {sources()[key]}" for key in sorted(used)]


def test_every_source_is_known():
    """Of every table, and every work that a note names by its year."""
    tables = [*measures().values(), *outcome_table().sit_to_stand_norms]
    based = [*tables, *stop_table().rules, *red_flags().values()]
    keys = {
        key for one in based for name, value in one if name.endswith("sources") for key in value
    }
    named = set(re.findall(r"\b[A-Z]{3,}\d{4}\b", " ".join(map(str, based))))
    assert keys
    assert named
    assert (keys | named) - set(sources()) == set()
